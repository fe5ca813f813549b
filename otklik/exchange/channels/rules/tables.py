"""Cells of tables that leave the house."""

from __future__ import annotations

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def neutral(value: str) -> str:
    """Text that a spreadsheet will not run as a formula when it opens a CSV file."""
    return f"'{value}" if value.lstrip(" \n\u00a0").startswith(DANGEROUS) else value
