"""The trainer's pages: checking, publishing and how questions do."""
