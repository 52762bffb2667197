"""Claims found in an article: by patterns on its sentences, by known statements and predictions, and by events."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from tidewaiter.reading.amounts import QUANTITY, Amount
from tidewaiter.reading.anaphora import Named, remember, resolved
from tidewaiter.reading.claims import Claim
from tidewaiter.reading.dates import DatePhrase
from tidewaiter.reading.passages import Masked, Passage, Thing, masked
from tidewaiter.reading.patterns import Pattern, contains, patterns
from tidewaiter.reading.resources import read_data
from tidewaiter.reading.sentences import Span
from tidewaiter.reading.stances import is_modal, is_negated, speaker_of, stance_of

__all__ = ["by_patterns", "claim_at"]

_MOST = 400
_OTHER = "other"
_NAMED = ("chip", "model", "company", "instrument", "person")
_SUBJECTS = {"chip": "item", "instrument": "instrument", "model": "model"}


def by_patterns(passages: Iterable[Passage]) -> tuple[Claim, ...]:
    """The claims that the patterns find, in the order of the text; at most 400."""
    found: list[Claim] = []
    last: Named = {}
    for passage in passages:
        for index, span in enumerate(passage.sentences):
            if len(found) >= _MOST:
                return tuple(found)
            sentence = masked(passage, span)
            if sentence.things:
                claims = (resolved(claim, sentence, last) for claim in _in_sentence(passage, sentence))
                kept = _distinct(claim for claim in claims if claim)
                found += [replace(claim, stance="denied") for claim in kept] if _taken_back(passage, index) else kept
            remember(sentence, last)
    return tuple(found)


def _taken_back(passage: Passage, index: int) -> bool:
    """Whether the next sentence begins by rejecting what this one says."""
    following = passage.sentences[index + 1 : index + 2]
    text = passage.folded.text[following[0].start : following[0].end].lower().lstrip('”"』」’ ') if following else ""
    return any(text.startswith(str(word)) for word in read_data("claims")["rejection"])


def _in_sentence(passage: Passage, sentence: Masked) -> Iterator[Claim]:
    for pattern in patterns():
        if pattern.possible(sentence):
            for match in pattern.expression.finditer(sentence.text):
                yield from _claims(passage, sentence, pattern, match)


def _distinct(found: Iterable[Claim]) -> list[Claim]:
    """One claim a sentence for each type and subject, the first pattern's; a prediction goes before a state."""
    kept: dict[tuple[Any, ...], Claim] = {}
    claims = list(found)
    ahead = [claim for claim in claims if claim.kind == "prediction" and claim.fields["what"] != _OTHER]
    foreseen = {(claim.fields.get("item"), claim.fields.get("party")) for claim in ahead}
    stated = [claim for claim in claims if claim.kind in ("control_status", "listing", "requirement")]
    others = 0
    for claim in claims:
        if claim.fields.get("what") == _OTHER:
            others += 1
            if ahead or others > 1 or any(set(claim.about) & set(each.about) for each in stated):
                continue
        subject = (claim.fields.get("item"), claim.fields.get("party"))
        if claim.kind in ("control_status", "listing") and _is_foreseen(claim, subject, foreseen):
            continue
        key = (claim.kind, *_identity(claim))
        kept.setdefault(key, claim)
    return list(kept.values())


def _identity(claim: Claim) -> tuple[Any, ...]:
    if claim.kind == QUANTITY:
        return (claim.fields.get("value"),)
    return (claim.about, claim.fields.get("measure") if claim.kind in ("cost_compute", "comparison") else None)


def _is_foreseen(claim: Claim, subject: tuple[Any, Any], foreseen: set[tuple[Any, Any]]) -> bool:
    parts = {each for pair in foreseen for each in pair if each}
    return any(each in parts for each in subject if each) and claim.fields.get("status") in (
        "banned",
        "controlled",
        "listed",
        "allowed",
    )


def _claims(passage: Passage, sentence: Masked, pattern: Pattern, match: re.Match[str]) -> Iterator[Claim]:
    groups = match.groupdict()
    fields = dict(pattern.values)
    for name in ("item", "than", "list", "instrument", "model", "party"):
        if groups.get(name):
            fields[name] = sentence.thing(groups[name]).key
    if groups.get("subject"):
        fields["named"] = tuple(dict.fromkeys(each.key for each in sentence.things if each.kind in _NAMED))
        thing = sentence.thing(groups["subject"])
        fields[_SUBJECTS.get(thing.kind, "list" if thing.key in read_data("claims")["lists"] else "party")] = thing.key
    if pattern.kind == "cost_compute" and "model" not in fields:
        fields["model"] = "<last>"
    if fields.get("than") is not None and fields["than"] == fields.get("item"):
        return
    if not _add_amounts(fields, sentence, pattern, groups, match):
        return
    _add_date(fields, sentence, groups, pattern.kind, match)
    for several, name in (("items", "item"), ("firms", "party")):
        if groups.get(several):
            for thing in sentence.all(groups[several]):
                yield from _made(passage, sentence, pattern.kind, {**fields, name: thing.key}, match)
            return
    yield from _made(passage, sentence, pattern.kind, fields, match)


def _made(
    passage: Passage, sentence: Masked, kind: str, fields: dict[str, Any], match: re.Match[str]
) -> Iterator[Claim]:
    span = Span(match.start(), match.end())
    if kind == "prediction" and fields["what"] == "list" and "party" not in fields:
        if not contains(match.group(), "patterns", "generic"):
            return
        fields = {**fields, "what": "list_more"}
    if kind == "listing" and fields["status"] == "listed" and is_negated(match.group()):
        fields = {**fields, "status": "absent"}
    if kind == "listing" and fields["status"] == "listed" and _only_decided(sentence, match):
        return
    if (
        kind == "control_status"
        and fields["status"] == "allowed"
        and contains(match.group(), "patterns", "not_allowed")
    ):
        fields = {**fields, "status": "controlled"}
    around = sentence.text[max(0, match.start() - 30) : match.end() + 60]
    if kind == "control_status" and fields["status"] == "allowed" and contains(around, "patterns", "with_license"):
        fields = {**fields, "status": "needs_license"}
    if kind == "control_status" and fields["status"] == "not_controlled" and _forbidden_without(sentence, match):
        fields = {**fields, "status": "needs_license"}
    if kind == "control_status" and _meant_otherwise(sentence, match, fields):
        return
    if kind == "control_status":
        _add_place(fields, sentence, span)
    if kind == QUANTITY:
        fields["unlawful"] = contains(sentence.text, "claims", "allegation")
    if kind == "comparison" and "measure" not in fields:
        fields["measure"] = _measure(sentence.text)
    named = fields.pop("named", ())
    claim = claim_at(passage, sentence, kind, fields, span, about=named)
    if not (kind == QUANTITY and not claim.about):
        yield claim


def claim_at(
    passage: Passage,
    sentence: Masked,
    kind: str,
    fields: dict[str, Any],
    span: Span,
    topic: str = "",
    about: tuple[str, ...] = (),
) -> Claim:
    """A claim at a span of a masked sentence, with its speaker and stance."""
    speaker = speaker_of(sentence, span)
    spec = read_data("claims")["types"][kind]["fields"]
    named = tuple(str(fields[key]) for key in spec if key in fields and spec[key].get("name"))
    inner = sentence.back(span.start, span.end)
    return Claim(
        kind=kind,
        fields=fields,
        sentence=passage.surface(sentence.span.start, sentence.span.end),
        speaker=speaker,
        stance=stance_of(sentence, span, speaker),
        topic=topic,
        span=passage.place(inner.start, inner.end),
        place=passage.place(sentence.span.start, sentence.span.end),
        about=tuple(dict.fromkeys((*named, *about))),
    )


def _forbidden_without(sentence: Masked, match: re.Match[str]) -> bool:
    """Whether something is forbidden "without a license": it needs one."""
    before = sentence.text[max(0, match.start() - 50) : match.end()]
    return contains(match.group(), "patterns", "without") and contains(before, "patterns", "forbidden")


def _only_decided(sentence: Masked, match: re.Match[str]) -> bool:
    """Whether a listing was only agreed, asked for or voted on."""
    return contains(sentence.text[max(0, match.start() - 12) : match.end()], "patterns", "only_decided")


def _meant_otherwise(sentence: Masked, match: re.Match[str], fields: dict[str, Any]) -> bool:
    """Whether words around a state of an item make it one that may come, or turn it round."""
    before = sentence.text[max(0, match.start() - 12) : match.end()]
    if fields["status"] in ("banned", "controlled", "needs_license", "was_allowed") and is_negated(match.group()):
        return not re.search(r"当初|此前|之前|此前|过去|then|until|before", match.group())
    return fields["status"] != "was_allowed" and is_modal(before) and not contains(before, "claims", "denial")


def _measure(text: str) -> str:
    for measure in read_data("patterns")["measures"]:
        if contains(text, "patterns", "measures", measure):
            return str(measure)
    return "overall"


def _amount(thing: Thing) -> Amount:
    assert isinstance(thing.content, Amount)
    return thing.content


def _add_amounts(
    fields: dict[str, Any], sentence: Masked, pattern: Pattern, groups: dict[str, Any], match: re.Match[str]
) -> bool:
    """Fill in numbers; False where the number is not one of the kind that the pattern looks for."""
    data = read_data("patterns")
    if groups.get("times"):
        words = {
            **read_data("amounts")["number_words"],
            "两": 2,
            "twice": 2,
            **{char: i for i, char in enumerate("零一二三四五六七八九十")},
        }
        fields["times"] = float(words.get(groups["times"]) or groups["times"])
    if groups.get("percent"):
        fields["times"] = _amount(sentence.thing(groups["percent"])).size / 100
    if groups.get("money"):
        amount = _amount(sentence.thing(groups["money"]))
        fields |= {"value": amount.size, "unit": amount.unit}
        return not contains(sentence.text, "patterns", "per_price")
    if groups.get("number"):
        amount = _amount(sentence.thing(groups["number"]))
        fields |= {"value": amount.size, "unit": amount.unit}
        if pattern.kind == QUANTITY:
            return amount.unit == "chips"
        measures = data["model_measures" if pattern.kind == "cost_compute" else "item_measures"]
        if amount.unit not in measures:
            return False
        fields["measure"] = measures[amount.unit]
        if fields["measure"] == "memory_bandwidth" and contains(match.group(), "patterns", "interconnect"):
            fields["measure"] = "interconnect"
        near = sentence.text[max(0, match.start() - 6) : match.end() + 16]
        if fields["measure"] == "parameters" and contains(near, "patterns", "active"):
            fields["measure"] = "active_parameters"
    return True


def _add_date(
    fields: dict[str, Any], sentence: Masked, groups: dict[str, Any], kind: str, match: re.Match[str]
) -> None:
    """The date of the claim: the one the pattern names, or for states the only one of the sentence."""
    token = groups.get("date")
    things = [sentence.thing(token)] if token else []
    if not things and kind in ("control_status", "listing"):
        near = sentence.text[max(0, match.start() - 30) : match.end() + 30]
        things = [thing for thing in sentence.all(near) if thing.kind == "date"]
        things = things if len(things) == 1 else []
    for thing in things:
        assert isinstance(thing.content, DatePhrase)
        if thing.content.interval is not None:
            fields["date"] = thing.content.interval
        if kind == "control_status":
            place = sentence.text.find(f"{sentence.things.index(thing)}⟧")
            around = sentence.text[max(0, place - 12) : place + 8]
            fields["since"] = bool(re.search(r"since |自|起|以来|从", around))


def _add_place(fields: dict[str, Any], sentence: Masked, span: Span) -> None:
    """The destination: the only place named in the sentence besides the one whose law is meant."""
    own = read_data("mentions")["lawgiver"]
    places = [thing.key for thing in sentence.things if thing.kind == "place" and thing.key not in own]
    distinct = tuple(dict.fromkeys(places))
    if len(distinct) == 1 and len(distinct[0]) == 2:
        fields["to"] = distinct[0]
