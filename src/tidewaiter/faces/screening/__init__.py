"""Screening parties: lists, search, law and decisions put together."""

__all__: list[str] = []
