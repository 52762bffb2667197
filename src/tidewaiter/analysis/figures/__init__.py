"""Figures: what the analysis found, drawn as SVG. Data in, text out; nothing is read, fetched or run."""

__all__: list[str] = []
