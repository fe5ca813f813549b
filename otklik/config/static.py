"""Static files get a name with their hash, but a missing file is no reason to fall over."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    manifest_strict = False

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        """The plain name where the file has not been gathered (tests, a trimmed installation)."""
        try:
            return str(super().hashed_name(name, content, filename))
        except ValueError:
            return name
