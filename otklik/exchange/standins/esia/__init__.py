"""A stand-in of ЕСИА: entry by a chosen test citizen, signed requests checked by OpenSSL."""
