"""A letter on paper: staff print it, send it and mark it."""
