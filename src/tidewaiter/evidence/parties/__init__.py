"""Parties: names, lists, search, ownership."""

__all__: list[str] = []
