"""The register of rules for other systems as files."""

from otklik.casework.automation.writers.register import register_csv, register_docx

__all__ = ["register_csv", "register_docx"]
