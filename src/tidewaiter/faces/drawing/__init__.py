"""Figures of questions: what each kind shows is gathered here, drawn by `analysis/figures`, and painted as PNG."""

__all__: list[str] = []
