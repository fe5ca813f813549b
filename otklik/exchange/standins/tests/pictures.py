"""Pictures for tests, drawn on the spot."""

from __future__ import annotations

import io

from PIL import Image


def picture(width: int = 200, height: int = 120, colour: str = "grey") -> bytes:
    """A JPEG of one colour."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()
