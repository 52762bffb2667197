"""Benchmarks: one command, ratios against peers in the same run."""

__all__: list[str] = []
