"""Who takes which course by when, and who completed it."""
