"""What the rating knows without a database: marks of counted questions, indicators."""
