"""The keys of an analysed name, and the cheaper keys of a name that may not need an analysis at all."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.evidence.parties.names import AnalysedName
from tidewaiter.evidence.parties.names.folding import fold
from tidewaiter.evidence.parties.names.folding import words as name_words
from tidewaiter.evidence.parties.search.keys import initials, lettered, words
from tidewaiter.evidence.parties.search.postings import Keyed

__all__ = ["cheap_keys", "keys_of"]

_SMALL = frozenset({"of", "the", "and", "for", "in", "de", "la", "y"})
_NAMED = frozenset({"core", "family", "given"})
_UNTOLD = frozenset({"form", "number", "generic"})


def keys_of(name: AnalysedName, *, listed: bool) -> Keyed:
    """What an analysed name is found by. A listed name is found by its terms and its pinyin as well."""
    found = lettered(words(name.folded))
    classes = {word: _share(piece.weight, piece.text) for piece in name.pieces for word in piece.text.split()}
    more = _more(name) if listed or name.hanzi else ()
    spoken = [word for piece in name.pieces if piece.role not in ("form", "number") for word in words(piece.text)]
    return Keyed(
        tuple(found),
        name.folded,
        tuple(classes.get(word, 0.1) for word in found),
        tuple(word for word in more if word not in found),
        _abbreviations(found, spoken),
        name.hanzi,
    )


def cheap_keys(text: str) -> Keyed | None:
    """What a name in plain Latin letters is found by, without its analysis; None for any other name.

    Raises NameFault for a name that cannot be screened.
    """
    if not text.isascii():
        return None
    found = lettered(name_words(fold(text)))
    return Keyed(tuple(found), " ".join(found), (), (), _abbreviations(found, ()))


def _share(weight: float, text: str) -> float:
    return weight / (text.count(" ") + 1)


def _more(name: AnalysedName) -> tuple[str, ...]:
    """Terms by their meaning; the pinyin of each name in it, and of all together."""
    terms = [f"~{piece.concept}" for piece in name.pieces if piece.concept and piece.role not in _UNTOLD]
    spoken = ["".join(piece.syllables) for piece in name.pieces if piece.role in _NAMED and piece.syllables]
    return tuple(dict.fromkeys([*terms, *(each for each in (*spoken, name.pinyin) if len(each) > 2)]))


def _abbreviations(found: Sequence[str], spoken: Sequence[str]) -> tuple[str, ...]:
    """Initials of all words but the small ones, and of those that are no legal form."""
    kept = [initials([word for word in each if word not in _SMALL and word[0].isalpha()]) for each in (found, spoken)]
    return tuple(dict.fromkeys(each for each in kept if each))
