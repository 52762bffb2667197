"""Sentences and clauses of Chinese and English text, as offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Span", "clause_around", "sentences"]

_END = re.compile(r"(?:[。！？!?；;…]+|\.(?=\s+[\"'“‘(]?[A-Z\u4e00-\u9fff]|\s*$))[”’」』\"')）]*|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|No|Inc|Corp|Ltd|Co|vs|Sen|Rep|Gov|Gen|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)|\.[A-Z])$"
)
_LOOK_BACK = 400
_CLAUSE_END = re.compile(r"[,，、；;：:。！？!?\n]|\s[-–—]+\s")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open offsets [start, end) into a text."""

    start: int
    end: int


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text in order, closing quotation marks included, outer spaces not."""
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match.group().startswith(".") and _ABBREVIATION.search(text[max(0, match.start() - 6) : match.start()]):
            continue
        spans.append(Span(start, match.end()))
        start = match.end()
    spans.append(Span(start, len(text)))
    return tuple(span for span in (_trimmed(text, span) for span in spans) if span.end > span.start)


def _trimmed(text: str, span: Span) -> Span:
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, max(start, span.start + len(piece.rstrip())))


def clause_around(text: str, start: int, end: int) -> Span:
    """The clause or clauses (between commas, semicolons, colons) that [start, end) lies in."""
    before = max(0, start - _LOOK_BACK)
    for match in _CLAUSE_END.finditer(text, before, start):
        before = match.end()
    after = _CLAUSE_END.search(text, end)
    return Span(before, after.start() if after else len(text))
