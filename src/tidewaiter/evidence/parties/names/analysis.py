"""A name taken apart into place, brand, line of business, form, numbers; or into the parts of a person's name."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from tidewaiter.evidence.parties.names.datafiles import data, figures
from tidewaiter.evidence.parties.names.folding import HANZI, fold, words
from tidewaiter.evidence.parties.names.lexicon import LatinTerms, latin_terms
from tidewaiter.evidence.parties.names.pieces import BUSINESS, AnalysedName, Piece
from tidewaiter.evidence.parties.names.segments import binding_hanzi, person_run, segments
from tidewaiter.evidence.parties.names.sounds import sound
from tidewaiter.evidence.parties.names.syllables import parts

__all__ = ["PERSON", "VESSEL", "analyse", "with_brand"]

PERSON = "Person"
VESSEL = "Vessel"
_BRACKETS = re.compile(r"\(([^()]*)\)")
_HAN = re.compile(f"[{HANZI}]")


@cache
def _sets() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str], dict[str, int], dict[str, int]]:
    table = data("words")
    return (
        frozenset(table["binding"]),
        frozenset(table["place_suffixes"]),
        frozenset(table["number_signs"]),
        frozenset(table["ordinal_endings"]),
        table["ordinals"],
        table["tens"],
    )


@cache
def _person_words() -> tuple[frozenset[str], frozenset[str]]:
    table = data("people")
    return frozenset(table["particles"]), frozenset(table["titles"])


@lru_cache(maxsize=131_072)
def _core(token: str) -> Piece:
    weight = 1.0 if len(token) > 3 else 0.8 if len(token) == 3 else 0.6
    return Piece(token, "core", weight, "", parts(token), sound(token))


@lru_cache(maxsize=131_072)
def _given(token: str, role: str) -> Piece:
    particle = token in _person_words()[0]
    weight = 0.15 if particle else 0.5 if len(token) == 1 else figures()["roles"][role]
    return Piece(token, "particle" if particle else role, weight, "", parts(token), sound(token))


@lru_cache(maxsize=4_096)
def _number(digits: str) -> Piece:
    plain = digits.lstrip("0") or "0"
    return Piece(digits, "number", figures()["roles"]["number"], plain)


def _single_letters(tokens: list[str], at: int, terms: LatinTerms) -> int:
    """The end of a row of single letters that begins here; a term of single letters (l l c) is not of the row."""
    end = at
    while end < len(tokens) and len(tokens[end]) == 1 and "a" <= tokens[end] <= "z":
        if end > at and tokens[end] in terms and _term(tokens, end, terms) is not None:
            break
        end += 1
    return end


def _term(tokens: list[str], at: int, terms: LatinTerms) -> tuple[Piece, int] | None:
    """The longest term that begins here, and where it ends."""
    for rest, piece in terms.get(tokens[at], ()):
        end = at + 1 + len(rest)
        if not rest or tuple(tokens[at + 1 : end]) == rest:
            return piece, end
    return None


def _firm_pieces(tokens: list[str]) -> list[Piece]:
    binding, endings, signs, ordinal_ends, ordinals, tens = _sets()
    terms, found, at = latin_terms(), list[Piece](), 0
    while at < len(tokens):
        token = tokens[at]
        if token.isdigit() and token.isascii():
            found.append(_number(token))
            at += 1
            if at < len(tokens) and tokens[at] in ordinal_ends:
                at += 1
            continue
        hit = _term(tokens, at, terms) if token in terms else None
        if hit is not None:
            found.append(hit[0])
            at = hit[1]
            if hit[0].role == "place" and at < len(tokens) and tokens[at] in endings:
                at += 1
            continue
        if token in ordinals:
            found.append(_number(str(ordinals[token])))
        elif token in tens and at + 1 < len(tokens) and tokens[at + 1] in ordinals:
            at += 1
            found.append(_number(str(tens[token] + ordinals[tokens[at]])))
        elif not token.isascii() and _HAN.match(token):
            if len(tokens) == 1 or token not in binding_hanzi():
                found.extend(segments(token))
        elif len(token) == 1 and (end := _single_letters(tokens, at, terms)) > at + 1:
            found.append(_core("".join(tokens[at:end])))
            at = end - 1
        elif token in signs and at + 1 < len(tokens) and tokens[at + 1].isdigit():
            pass
        elif token not in binding:
            found.append(_core(token))
        at += 1
    return found


def _lighter_in_brackets(folded: str, pieces: list[Piece]) -> list[Piece]:
    """Brackets behind a name hold its short form: Huawei Technologies Co., Ltd. (Huawei)."""
    inside = {word for bracket in _BRACKETS.findall(folded) for word in words(bracket)}
    outside = [piece for piece in pieces if piece.role not in ("form", "place") and piece.text not in inside]
    if not inside or not outside:
        return pieces
    return [
        replace(piece, weight=0.2) if piece.role == "core" and piece.text in inside and piece.text.isascii() else piece
        for piece in pieces
    ]


@cache
def _roman() -> dict[str, int]:
    found: dict[str, int] = data("words")["roman"]
    return found


def _vessel_pieces(tokens: list[str]) -> list[Piece]:
    """Ships are called by any word; only their numbers, Roman ones too, part one from the next."""
    found = list[Piece]()
    for token in tokens:
        if token.isdigit() and token.isascii():
            found.append(_number(token))
        elif token in _roman():
            found.append(_number(str(_roman()[token])))
        elif not token.isascii() and _HAN.match(token):
            found.extend(segments(token))
        elif token not in _sets()[2] and token not in _sets()[0]:
            found.append(_core(token))
    return found


def _person_pieces(folded: str, tokens: list[str]) -> list[Piece]:
    titles = _person_words()[1]
    family_words = words(folded.partition(",")[0]) if "," in folded else []
    found = list[Piece]()
    for at, token in enumerate(tokens):
        if not token.isascii() and _HAN.match(token):
            found.extend(person_run(token, alone=len(tokens) == 1))
        elif token not in titles or len(tokens) < 3:
            found.append(_given(token, "family" if at < len(family_words) else "given"))
    return found


def analyse(text: str, schema: str = "") -> AnalysedName:
    """Take a name apart. `schema` is Person, Organization, Vessel or ''.

    Raises NameFault for what is empty, longer than MAX_NAME, or without letters and digits.
    """
    folded = fold(text)
    tokens = words(folded)
    person = schema == PERSON
    if person:
        pieces = _person_pieces(folded, tokens)
    else:
        pieces = _vessel_pieces(tokens) if schema == VESSEL else _firm_pieces(tokens)
        if "(" in folded and len(pieces) > 1:
            pieces = _lighter_in_brackets(folded, pieces)
    if not pieces:
        pieces = [_core(token) for token in tokens]
    return _gathered(text, schema, " ".join(tokens), pieces)


def with_brand(name: AnalysedName, brand: AnalysedName) -> AnalysedName:
    """The same name with the brand of another: for firms whose brand has a second form (新凯来, SiCarrier)."""
    cores = [piece for piece in brand.pieces if piece.role == "core"]
    pieces = list[Piece]()
    for piece in name.pieces:
        if piece.role != "core":
            pieces.append(piece)
        elif cores:
            pieces += cores
            cores = []
    folded = " ".join(piece.text for piece in pieces)
    return _gathered(name.raw, name.schema, folded, pieces)


def _gathered(text: str, schema: str, folded: str, pieces: list[Piece]) -> AnalysedName:
    core, pinyin, solid, numbers, places = "", "", "", [], []
    for piece in pieces:
        role = piece.role
        if role != "form":
            solid += piece.text.replace(" ", "")
        if role == "number":
            numbers.append(piece.concept)
        elif role == "place":
            places.append(piece.concept[6:])
        elif role not in (BUSINESS, "generic", "form", "particle"):
            core += piece.text
            pinyin += "".join(piece.syllables)
    hanzi = "" if folded.isascii() else "".join(_HAN.findall(folded))
    return AnalysedName(
        text, schema, folded, tuple(pieces), hanzi, pinyin, core, solid, frozenset(numbers), frozenset(places)
    )
