"""Analysis: what would change under another law, and where its lines run."""

from __future__ import annotations

__all__: list[str] = []
