"""Determinations: a question and a date in; outcome by layer, proof, assumptions and what is missing out."""

__all__: list[str] = []
