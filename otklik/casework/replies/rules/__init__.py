"""Pure rules of answers."""
