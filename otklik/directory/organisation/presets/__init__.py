"""Organisations that ship as data: one YAML file for each municipal centre's regulation."""

from otklik.directory.organisation.presets.loading import PresetError, available, load

__all__ = ["PresetError", "available", "load"]
