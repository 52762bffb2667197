"""What is meant but not named: the list, rule or model named last, or the one rule known to take effect on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from tidewaiter.reading.claims import Claim
from tidewaiter.reading.interval import DateInterval
from tidewaiter.reading.passages import Masked
from tidewaiter.reading.patterns import contains
from tidewaiter.reading.resources import read_data

__all__ = ["Named", "remember", "resolved"]

_LAST = "<last>"
_KNOWN = "<known>"
_INSTRUMENT = "instrument"
_EXACT_DAYS = 3

Named = dict[str, str]
"""The keys of what an article has named so far: the last list, instrument and model, and every kind and key seen."""


def remember(sentence: Masked, last: Named) -> None:
    """Keep the list, the other instrument and the model that a sentence names last."""
    developers = read_data("patterns")["developers"]
    for thing in sentence.things:
        if thing.kind == _INSTRUMENT:
            last["list" if thing.key in read_data("claims")["lists"] else _INSTRUMENT] = thing.key
        elif thing.kind == "model" or thing.key in developers:
            last["model"] = str(developers.get(thing.key, thing.key))
        last[f"every:{thing.kind}"] = thing.key
        last[f"named:{thing.key}"] = thing.key


def resolved(claim: Claim, sentence: Masked, last: Named) -> Claim | None:
    """A claim about something only hinted at, made one about what is meant; None where nothing is."""
    if claim.fields.get(_INSTRUMENT) == _KNOWN:
        return _known(claim, sentence, last)
    if claim.fields.get("what") == "other" and _INSTRUMENT in last and _hints(sentence):
        return replace(claim, about=tuple(dict.fromkeys((*claim.about, last[_INSTRUMENT]))))
    blank = next((name for name in ("list", _INSTRUMENT, "model") if claim.fields.get(name) == _LAST), None)
    if blank is None:
        return claim
    here: Named = {}
    if blank == "model":
        remember(sentence, here)
    key = here.get(blank) or last.get(blank)
    return _with(claim, blank, _LAST, key) if key else None


def _hints(sentence: Masked) -> bool:
    """Whether a sentence without an instrument speaks of "the rule" or "该规则"."""
    return all(thing.kind != _INSTRUMENT for thing in sentence.things) and contains(
        sentence.text, "patterns", "anaphors"
    )


def _with(claim: Claim, blank: str, mark: str, key: str) -> Claim:
    about = tuple(key if each == mark else each for each in claim.about)
    return replace(claim, fields={**claim.fields, blank: key}, about=about)


def _known(claim: Claim, sentence: Masked, last: Named) -> Claim | None:
    """The claim, made one about a rule of which the day stated is known; None otherwise: no wrong day is shown so."""
    date = claim.fields.get("date")
    if not isinstance(date, DateInterval) or (date.days or 999) > _EXACT_DAYS:
        return None
    here = [thing.key for thing in sentence.things if thing.kind == _INSTRUMENT]
    for key in here or [last.get(_INSTRUMENT, "")]:
        if any(day in date for day in _days(key, ("effective", "compliance"))):
            return _with(claim, _INSTRUMENT, _KNOWN, key)
    fitting = list(_by_day(date, last, {thing.key for thing in sentence.things}))
    if len(fitting) != 1 or here:
        return None
    found = _with(claim, _INSTRUMENT, _KNOWN, fitting[0])
    of = [str(name) for name in read_data("acts")["acts"][fitting[0]].get("of", ()) if f"named:{name}" in last]
    return replace(found, about=(*found.about, *of))


def _days(key: str, what: tuple[str, ...]) -> tuple[dt.date, ...]:
    rows = read_data("acts")["acts"].get(key, {}).get("dates", ())
    return tuple(row["day"] for row in rows if row["what"] in what)


def _by_day(date: DateInterval, last: Named, here: set[str]) -> Iterator[str]:
    """The rules that take effect on a day and whose subject the article has named."""
    for key, entry in read_data("acts")["acts"].items():
        named = any(f"every:{name}" in last or f"named:{name}" in last or name in here for name in entry.get("of", ()))
        if named and any(day in date for day in _days(key, ("effective",))):
            yield str(key)
