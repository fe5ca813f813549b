"""Checks of an installation, each with its mend."""

from __future__ import annotations

from otklik.config.doctor.check import Finding, examine

__all__ = ["Finding", "examine"]
