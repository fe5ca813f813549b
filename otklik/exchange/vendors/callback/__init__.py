"""Posting to an address that somebody else has named: nothing inside our own network is reached."""

from otklik.exchange.vendors.callback.addresses import AddressRefused, checked
from otklik.exchange.vendors.callback.client import Answer, post

__all__ = ["AddressRefused", "Answer", "checked", "post"]
