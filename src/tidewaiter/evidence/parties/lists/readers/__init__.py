"""Readers of the formats in which the lists come."""

__all__: list[str] = []
