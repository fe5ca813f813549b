"""Main paths in a real browser."""
