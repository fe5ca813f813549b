"""Calm colours that survive a black-and-white printer."""

from __future__ import annotations

INK = "#1f2933"
ACCENT = "#2f5d8a"
PALE = "#b9c9da"
GRID = "#9aa5b1"
PAPER = "#ffffff"
STEPS = ("#f1f4f7", "#d5e0ea", "#a9c0d6", "#6f96bb", "#2f5d8a")
