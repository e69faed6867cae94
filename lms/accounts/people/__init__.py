"""Pages on one person, alike for the administrator, who may change everybody, and the coordinator of a centre."""
