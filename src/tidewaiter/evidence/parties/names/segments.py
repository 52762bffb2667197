"""Runs of hanzi taken apart by the longest term that fits."""

from __future__ import annotations

import re
from functools import cache

from tidewaiter.evidence.parties.names.datafiles import data, figures
from tidewaiter.evidence.parties.names.lexicon import hanzi_terms
from tidewaiter.evidence.parties.names.pieces import BUSINESS, Piece
from tidewaiter.evidence.parties.names.readings import family_readings, mandarin_of, surname_length

__all__ = ["binding_hanzi", "hanzi_number", "person_run", "segments"]

_LONGEST = 12
_HOUSES = "院所厂局"


@cache
def _numerals() -> re.Pattern[str]:
    signs = "".join(data("words")["digits"]) + "十百"
    counted = "|".join(sorted(data("words")["counted"], key=len, reverse=True))
    return re.compile(f"第([{signs}]+)|([{signs}]+)(?={counted})|([{signs}]{{3,}})")


def hanzi_number(text: str) -> str:
    """A number in hanzi as digits: 十二 is 12, 七七一 is 771."""
    digits: dict[str, int] = data("words")["digits"]
    if not set(text) & {"十", "百"}:
        return str(int("".join(str(digits[sign]) for sign in text)))
    total = unit = 0
    for sign in text:
        if sign in digits:
            unit = digits[sign]
        else:
            total, unit = total + (unit or 1) * (100 if sign == "百" else 10), 0
    return str(total + unit)


def _core(text: str) -> Piece:
    return Piece(text, "core", figures()["roles"]["core"] + 0.15 * max(len(text) - 2, 0), "", mandarin_of(text))


@cache
def binding_hanzi() -> frozenset[str]:
    """Hanzi that only bind others, and phrases before names."""
    return frozenset(data("words")["hanzi_binding"])


def _at(text: str, at: int, *, after: bool) -> tuple[Piece | None, int]:
    """The term or number that begins here, and its length; one character only at the end, or after a term."""
    number = _numerals().match(text, at)
    if number:
        digits = hanzi_number(next(group for group in number.groups() if group))
        return Piece(number.group(), "number", figures()["roles"]["number"], digits), len(number.group())
    terms = hanzi_terms()
    for length in range(min(_LONGEST, len(text) - at), 0, -1):
        piece = terms.get(text[at : at + length])
        if piece is not None and (length > 1 or at + 1 == len(text) or (after and text[at] in _HOUSES)):
            return piece, length
    return None, 1


def segments(text: str) -> list[Piece]:
    """The pieces of a run of simplified hanzi in a firm's name."""
    for phrase in binding_hanzi():
        if len(phrase) > 1:
            text = text.removeprefix(phrase) or text
    found, core, at = list[Piece](), "", 0
    while at < len(text):
        piece, length = _at(text, at, after=bool(found) and not core)
        if piece is None:
            core += text[at]
        else:
            if core:
                found.append(_core(core))
            core = ""
            found.append(piece)
        at += length
    if core:
        found.append(_core(core))
    return _mended(found)


def _mended(found: list[Piece]) -> list[Piece]:
    """A single character is no brand: with the weak word beside it, it is (京 + 东方)."""
    if len(found) > 1:
        found = [piece for piece in found if piece.role != "core" or piece.text not in binding_hanzi()] or found
    cores = [at for at, piece in enumerate(found) if piece.role == "core"]
    if len(cores) != 1 or len(found[cores[0]].text) != 1:
        return found
    at = cores[0]
    if at + 1 < len(found) and found[at + 1].role in ("generic", BUSINESS) and len(found[at + 1].text) <= 2:
        return [*found[:at], _core(found[at].text + found[at + 1].text), *found[at + 2 :]]
    return found


def person_run(text: str, *, alone: bool) -> list[Piece]:
    """Family and given name of a person in hanzi; a run that is no whole name stays together."""
    for title in data("people")["hanzi_titles"]:
        text = text.removesuffix(title) or text
    weights, length = figures()["roles"], surname_length(text)
    if not alone or not length or not 2 <= len(text) <= 4:
        return [Piece(text, "given", weights["given"], "", mandarin_of(text))]
    family, given = text[:length], text[length:]
    pieces = [Piece(family, "family", weights["family"], "", family_readings(family)[0])]
    return pieces + ([Piece(given, "given", weights["given"], "", mandarin_of(text)[length:])] if given else [])
