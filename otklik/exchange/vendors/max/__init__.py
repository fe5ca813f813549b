"""A thin client of the MAX Bot API."""
