"""The learner's path: lessons, self-checks, progress and what finishes a course."""
