"""The coordinator's pages on the people of a centre: adding them, correcting them, what they take."""
