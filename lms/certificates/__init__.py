"""Certificates: issued once, rendered on demand, verified by anyone."""
