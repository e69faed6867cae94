"""Courses as data: reading, checking, published versions, laws and glossary."""
