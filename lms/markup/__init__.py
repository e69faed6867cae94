"""Read Markdown sources line by line, name what is wrong with them, and turn them into safe HTML."""
