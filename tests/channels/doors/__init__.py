"""Channels that come to our own door: the site, the line 122, Open311, files of other systems."""
