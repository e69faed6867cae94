"""The administrator's pages: people, their accounts and roles, and the way to all that is administered."""
