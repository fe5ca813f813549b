"""A thin client of ЕСИА: entry, exchange of the code, the person, signing by several profiles."""
