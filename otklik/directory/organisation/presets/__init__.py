"""Organisations that ship as data: one YAML file for each municipal centre's regulation."""

from otklik.directory.organisation.presets.loading import PresetInvalid, available, load

__all__ = ["PresetInvalid", "available", "load"]
