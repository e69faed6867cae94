"""Completion figures as of a tree head, their exports and receipts."""
