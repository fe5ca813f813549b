"""Rules of the outbox, of threads, and of what may stand in a table. Pure."""
