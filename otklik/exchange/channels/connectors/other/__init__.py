"""Any other system: its program sends messages by a signed webhook, staff carry the answers."""
