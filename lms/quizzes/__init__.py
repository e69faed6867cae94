"""Attempts, answers and grades."""
