"""Regions, retraining centres and state bodies: places, which know no people."""
