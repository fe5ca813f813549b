"""`{% load look %}`: every filter and component of the look (documented in ../README.md)."""

from otklik.web.look.components import basics, blocks, filters, forms, indicators, lists, pictures
from otklik.web.look.library import register

__all__ = ["basics", "blocks", "filters", "forms", "indicators", "lists", "pictures", "register"]
