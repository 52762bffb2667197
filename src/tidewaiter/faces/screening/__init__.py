"""Screening parties: lists, search, law and decisions put together."""
