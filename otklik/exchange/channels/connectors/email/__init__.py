"""A mailbox of the centre."""
