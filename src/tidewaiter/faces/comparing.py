"""Two laws compared: the provisions and groups that differ, and the items, countries and parties that flip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from tidewaiter.analysis.changes import Change, GroupChange, changes, group_changes
from tidewaiter.analysis.flips import Flip, Subject, flips
from tidewaiter.analysis.sides import Side
from tidewaiter.base.wording import Wording, wording
from tidewaiter.determine.determination import Determination
from tidewaiter.determine.intake import build_case
from tidewaiter.engine.facts import Instance, reachable
from tidewaiter.evidence import catalog
from tidewaiter.faces.asking import Asked, face_data, fact_path, stated
from tidewaiter.faces.composition import DEFAULT_PROFILE, decider
from tidewaiter.library.amendments import Listing

__all__ = ["Compared", "Comparison", "ListingFlip", "compare", "proofs_of"]

_Progress = Callable[[str, int, int], None]
"""Told the question, how many of its subjects are done, and how many there are."""
_LISTING = "listing"


@dataclass(frozen=True, slots=True)
class Compared:
    """One question under both laws."""

    question: str
    changes: tuple[Change, ...]
    groups: tuple[GroupChange, ...]
    flips: tuple[Flip, ...]
    tried: int
    codes: int


@dataclass(frozen=True, slots=True)
class ListingFlip:
    """A party that an amendment lists, and what that does to a plain dealing with it."""

    listing: Listing
    before: Determination
    after: Determination


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs between two sides: the questions that an amendment or a date touches, and the listings."""

    before: Side
    after: Side
    questions: tuple[Compared, ...]
    listings: tuple[ListingFlip, ...] = ()
    titles: Mapping[str, Wording] = field(default_factory=dict)

    def to_json(self, *, proofs: int = 25, witness: bool = False) -> dict[str, Any]:
        """Plain data with `schema_version`, the same as `tidewaiter compare --json` prints."""
        from tidewaiter.faces.comparison import comparison_json

        return comparison_json(self, proofs, witness)


def compare(
    before: Side,
    after: Side,
    only: Sequence[str] = (),
    progress: _Progress = lambda question, done, whole: None,
    processes: int = 1,
) -> Comparison:
    """What differs between two sides, over the questions given or all of which anything differs."""
    found = []
    titles: dict[str, Wording] = {}
    for question in only or decider().law.questions:
        spec = decider().specification(question)
        if not after.changed_terms(before, spec):
            continue
        subjects, domain = _subjects(question, titles)
        codes = len(decider().law.vocabulary.domains[domain].codes) if domain else 0
        told = partial(_told, progress, question, len(subjects))
        flipped = flips(before, after, spec, subjects, domain, DEFAULT_PROFILE, None, told, processes)
        changed = changes(before, after, spec), group_changes(before, after, spec)
        found.append(Compared(question, *changed, flipped, len(subjects), codes))
    return Comparison(before, after, tuple(found), tuple(_listings(after)), titles)


def _told(progress: _Progress, question: str, whole: int, done: int) -> None:
    progress(question, done, whole)


def _subjects(question: str, titles: dict[str, Wording]) -> tuple[list[Subject], str]:
    """What is tried out of a question, and the domain of the codes that take turns ('' where none do)."""
    settings = face_data("compare").get(question) or {}
    axis = list(settings.get("axis") or ())
    found = []
    for case in settings.get("cases") or ():
        options = {**settings["options"], **case["options"]}
        titles[case["key"]] = wording(case["title"])
        found.append(_subject(case["key"], Asked(question, case.get("item"), options=options), axis))
    if settings.get("items"):
        for chip in catalog.default_catalog().chips():
            titles[chip.key] = Wording(chip.name)
            found.append(_subject(chip.key, Asked(question, chip.key, options=dict(settings["options"])), axis))
    return found, _domain(question, axis)


def _domain(question: str, axis: Sequence[str]) -> str:
    spec, vocabulary = decider().specification(question), decider().law.vocabulary
    for name in axis:
        path = spec.options.get(name) or fact_path(name, spec) or ""
        relation, _, fact = path.partition("[")
        term = path if not fact else f"{vocabulary.relations[relation].to}.{path.rpartition('.')[2]}"
        return vocabulary.facts[term].type.domain
    return ""


def _subject(key: str, asked: Asked, axis: Sequence[str]) -> Subject:
    """The case of a question, with the places that the axis sets: those that differ when it asks about another code."""
    case = _case(asked)
    if not axis:
        return Subject(key, key, case, ())
    domain, held = _domain(asked.question, axis), {str(asked.options[name]) for name in axis}
    other = next(code for code in decider().law.vocabulary.domains[domain].codes if code not in held)
    twin = _case(replace(asked, options={**asked.options, **dict.fromkeys(axis, other)}))
    return Subject(key, key, case, tuple(_places(case, twin)))


def _case(asked: Asked) -> Instance:
    return build_case(stated(asked)[0], decider().law.vocabulary)


def _places(case: Instance, twin: Instance) -> Iterator[tuple[Instance, str]]:
    for one, other in zip(reachable(case), reachable(twin), strict=True):
        for term, value in one.facts.items():
            if other.facts.get(term) != value:
                yield one, term


def _listings(side: Side) -> Iterator[ListingFlip]:
    """Each party that an amendment of the side lists, dealt with before and after."""
    from tidewaiter.evidence.parties.lists.catalogue import lists

    settings = face_data("compare")[_LISTING]
    for amendment in side.amendments:
        for listing in amendment.listings:
            known = lists().get(listing.list)
            if known is None or not known.fact or side.day < amendment.start:
                continue
            asked = Asked(settings["question"], on=side.day, options={**settings["options"], "name": listing.names[0]})
            facts, about = stated(asked)
            row = known.fact.rpartition(".")[2]
            before, after = (_listed(facts, settings["row"], row, truth) for truth in (False, True))
            decide = side.decider.decide
            yield ListingFlip(
                listing,
                decide(asked.question, before, side.day, profile=DEFAULT_PROFILE, item=about),
                decide(asked.question, after, side.day, profile=DEFAULT_PROFILE, item=about),
            )


def _listed(facts: Mapping[str, Any], relation: str, fact: str, truth: bool) -> dict[str, Any]:
    held = facts[relation]
    rows = held["rows"] if isinstance(held, Mapping) else held
    changed = [{**row, fact: truth} for row in rows]
    return {**facts, relation: {**held, "rows": changed} if isinstance(held, Mapping) else changed}


def proofs_of(comparison: Comparison, question: str, flip: Flip) -> tuple[Determination, Determination]:
    """The determinations of a flip on both sides, for the first of its codes."""
    settings = face_data("compare")[question]
    options = dict(settings["options"])
    item = None
    for case in settings.get("cases") or ():
        if case["key"] == flip.subject.key:
            options, item = {**options, **case["options"]}, case.get("item")
            break
    else:
        item = flip.subject.key
    if flip.codes:
        options |= dict.fromkeys(settings.get("axis") or (), flip.codes[0])
    facts, about = stated(Asked(question, item, options=options))
    one, other = (
        side.decider.decide(question, facts, side.day, profile=DEFAULT_PROFILE, item=about)
        for side in (comparison.before, comparison.after)
    )
    return one, other
