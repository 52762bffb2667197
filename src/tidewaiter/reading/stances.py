"""Who says a claim, and how: asserted by the article, reported of somebody, denied, asked, or only supposed."""

from __future__ import annotations

import re
from functools import cache

from tidewaiter.reading.passages import Masked, Thing
from tidewaiter.reading.patterns import contains, words
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.sentences import Span

__all__ = ["is_modal", "is_negated", "is_unreal", "speaker_of", "stance_of"]

_ACTOR = r"⟦[oaps]\d+⟧"
_REACH = 40
_LEAST_QUOTE = 12


def speaker_of(sentence: Masked, claim: Span) -> str | None:
    """The key of the person, company or agency that the sentence makes the speaker of a claim; None: nobody.

    `claim` is the claim's span in the masked text. In Chinese the speaker comes first; in English also after.
    """
    if quoted := _quoted(sentence, claim):
        return quoted
    before = [match for match in _said().finditer(sentence.text) if match.end("verb") <= claim.start + 2]
    if before:
        return _nearest(sentence, before[-1]["actor"])
    after = _said_after().search(sentence.text, claim.end) or _said().search(sentence.text, claim.end)
    if after and after.start() - claim.end <= _REACH and re.search(r"[a-z]", after["verb"]):
        return _nearest(sentence, after["actor"])
    return None


def _quoted(sentence: Masked, claim: Span) -> str | None:
    """The last actor named before a quotation that the claim lies in; None outside of quotations."""
    text = sentence.text
    opened = max(text.rfind(mark, 0, claim.start + 1) for mark in '“「"')
    closed = max(text.rfind(mark, 0, claim.start) for mark in "”」")
    if opened < 0 or closed > opened or claim.end - opened < _LEAST_QUOTE:
        return None
    actors = sentence.all("".join(re.findall(_ACTOR, text[:opened])))
    return actors[-1].key if actors else None


def _nearest(sentence: Masked, text: str) -> str:
    found: tuple[Thing, ...] = sentence.all(text)
    return found[-1].key


@cache
def _verbs() -> str:
    data = read_data("claims")["speech"]
    zh = "|".join(re.escape(word) for word in sorted(data["zh"], key=len, reverse=True))
    en = "|".join(rf"\b{re.escape(word)}\b" for word in sorted(data["en"], key=len, reverse=True))
    return f"{zh}|{en}"


@cache
def _said() -> re.Pattern[str]:
    between = r"(?:(?!⟦[oaps])[^。!?;\n“]){0,30}?"
    return re.compile(rf"(?P<actor>{_ACTOR}){between}(?P<verb>{_verbs()})")


@cache
def _said_after() -> re.Pattern[str]:
    return re.compile(rf"(?P<verb>{_verbs()})[^.;!?]{{0,12}}?(?P<actor>{_ACTOR})")


def stance_of(sentence: Masked, claim: Span, speaker: str | None) -> str:
    """One of the stances of data/claims.yaml."""
    text = sentence.text
    if any(re.search(pattern, text.rstrip('"”’』」) ')) for pattern in read_data("claims")["ask"][:1]):
        return "asked"
    if words("claims", "condition").search(text[: claim.start + 1]) or _condition_within(text, claim):
        return "conditional"
    denial = words("claims", "denial").search(text)
    if denial and (denial.start() <= claim.end + _REACH):
        return "denied"
    if speaker or contains(text[: claim.end + _REACH], "claims", "hearsay"):
        return "reported"
    return "asserted"


def _condition_within(text: str, claim: Span) -> bool:
    match = words("claims", "condition").search(text, claim.start, claim.end)
    return match is not None


def is_modal(text: str) -> bool:
    """Whether a piece of masked text speaks of what may or will be."""
    return contains(text, "claims", "modal")


def is_unreal(text: str) -> bool:
    """Whether a piece of text says that something did not happen, or is only rumored."""
    return contains(text, "claims", "not_happened")


def is_negated(text: str) -> bool:
    """Whether a piece of masked text holds a negation."""
    return contains(text, "claims", "negation")
