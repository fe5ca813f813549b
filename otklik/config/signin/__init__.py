"""Signing in: staff accounts, and people whom another system vouches for."""

from otklik.config.signin.external import ExternalAccountAdapter
from otklik.config.signin.staff import StaffAccountAdapter

__all__ = ["ExternalAccountAdapter", "StaffAccountAdapter"]
