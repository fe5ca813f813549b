"""Reading terms, bulk changes, discipline and reaction."""
