"""`lms demo`: a fixed cast with half a year of believable history, for looking at and for trying out."""

from lms.demo.loading import is_empty, load, sign_ins

__all__ = ["is_empty", "load", "sign_ins"]
