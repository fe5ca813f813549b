"""Connector of the telephone line 122."""
