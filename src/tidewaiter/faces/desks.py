"""The desk of the reading room: law, catalogs and lists of this house, as the checks of claims ask for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tidewaiter.base.errors import InputFaults
from tidewaiter.base.wording import Wording, wording
from tidewaiter.faces.answers import Answer
from tidewaiter.faces.asking import Asked, answer, face_data
from tidewaiter.faces.composition import decider
from tidewaiter.faces.history import deciding
from tidewaiter.faces.reasons import exit_class, tests_of
from tidewaiter.reading.desk import Figure, ItemState, LawState, Listing, Stretch
from tidewaiter.reading.findings import Evidence

if TYPE_CHECKING:
    from tidewaiter.determine.determination import Citation
    from tidewaiter.evidence.catalog import Chip
    from tidewaiter.evidence.catalog.figures import Figure as Known
    from tidewaiter.evidence.parties.lists import Entry

__all__ = ["HouseDesk", "house_desk", "maker"]

_RESTRICTED = {"clear": False, "restriction": True}


class HouseDesk:
    """The shipped law, catalog and lists; answers are kept, as one article asks the same many times."""

    __slots__ = ("_answers", "_histories")

    def __init__(self) -> None:
        self._answers: dict[tuple[Any, ...], Answer | None] = {}
        self._histories: dict[tuple[str, str, dt.date], tuple[Stretch, ...]] = {}

    def item(self, item: str, destination: str, day: dt.date) -> ItemState | None:
        """What the law says of an item of the catalog to a destination on a day; None where it cannot be asked."""
        chip = _chip(item)
        if chip is None:
            return None
        found = self._asked(_item_question(chip, destination, day))
        return None if found is None else _item_state(found, chip, destination)

    def name(self, key: str) -> str:
        """The full name of an item or model of the catalog; empty for what is none."""
        chip = _chip(key)
        return chip.name if chip else ""

    def history(self, item: str, destination: str, day: dt.date) -> tuple[Stretch, ...]:
        """How the answer moved: the stretches between the law's begin, a day and today, their borders searched for."""
        chip = _chip(item)
        if chip is None:
            return ()
        key = (item, destination, day)
        if key not in self._histories:
            self._histories[key] = self._stretches(chip, destination, day)
        return self._histories[key]

    def _stretches(self, chip: Chip, destination: str, day: dt.date) -> tuple[Stretch, ...]:
        spec = decider().specification(str(face_data("read")["question"]))
        last = min(dt.date.today(), spec.checked_through)
        ends = sorted({spec.begins, min(max(day, spec.begins), last), last})
        first = self._asked(_item_question(chip, destination, ends[0]))
        if first is None:
            return ()
        states = {each: _state_on(first, each) for each in ends}
        for start, end in pairwise(ends):
            _search(first, start, end, states)
        ordered = sorted(states)
        turns = [each for i, each in enumerate(ordered) if i == 0 or states[each] != states[ordered[i - 1]]]
        found = [(each, self._asked(_item_question(chip, destination, each))) for each in turns]
        return tuple(_runs([(each, answered) for each, answered in found if answered], last))

    def figure(self, item: str, measure: str) -> Figure | None:
        """A figure of an item of the catalog."""
        chip = _chip(item)
        if chip is None:
            return None
        if measure in face_data("read")["terms"]:
            return self._from_law(chip, measure)
        known = getattr(chip, str(face_data("read")["fields"].get(measure, "")), None)
        return None if known is None else _figure(chip.name, known)

    def _from_law(self, chip: Chip, measure: str) -> Figure | None:
        """A figure that the law defines, as it stands in the answer's tests."""
        settings = face_data("read")
        found = self._asked(_item_question(chip, str(settings["options"]["to"]), dt.date.today()))
        for finding in found.layers[0].classification if found else ():
            if finding.term == settings["terms"][measure]:
                number = _number(finding.value)
                if number is not None:
                    return Figure(
                        chip.name, number, number, number, settings["units"][measure], "catalog", chip.confidence
                    )
        return None

    def peaks(self, item: str) -> Mapping[str, Figure]:
        """The dense peak rates of an item by format."""
        chip = _chip(item)
        return {peak.format: _figure(chip.name, peak.tops) for peak in chip.peaks} if chip else {}

    def model(self, model: str, measure: str) -> Figure | None:
        """A figure of a model of the catalog."""
        from tidewaiter.evidence.catalog import default_catalog

        name = str(face_data("read")["model_of"].get(model, model))
        found = next((each for each in default_catalog().models() if each.key == name), None)
        if found and measure == "chips":
            counts = [each.count for each in found.hardware if each.count]
            sources = ", ".join(found.sources[:3])
            count = float(counts[0]) if counts else None
            return Figure(found.name, count, count, count, "", sources, found.confidence) if count else None
        known = getattr(found, str(face_data("read")["model_fields"].get(measure, "")), None) if found else None
        return _figure(found.name, known) if found and known is not None else None

    def listings(self, party: str) -> tuple[Listing, ...]:
        """The entries of the curated lists that carry one of the party's names, the earliest of each list."""
        from tidewaiter.evidence.parties.lists import party_of

        by_code = {code: key for key, code in face_data("read")["lists"].items()}
        found: dict[str, Listing] = {}
        for name in _names_of(party):
            for entry in (_entries()[key] for key in party_of(name)):
                list_key = by_code.get(entry.list)
                if list_key and (list_key not in found or _sooner(entry.listed, found[list_key].listed)):
                    source, printed = entry.citation or entry.source, entry.names[0].text
                    listing = Listing(party, list_key, entry.listed, entry.removed, source, entry.confidence, printed)
                    found[list_key] = listing
        return tuple(found.values())

    def absent(self, party: str, list_key: str, day: dt.date) -> bool:
        """Whether a party was looked for in vain on a list that was whole on that day."""
        from tidewaiter.evidence.parties.lists import known_unlisted

        code = str(face_data("read")["lists"].get(list_key, ""))
        rows = [row for name in _names_of(party) for row in known_unlisted(name, code)] if code else []
        return any(row.since <= day <= row.until for row in rows)

    def never_seen(self, party: str, list_key: str, day: dt.date) -> dt.date | None:
        """The day of a later whole list that lacks a party of which no listing or removal is known; None where none."""
        from tidewaiter.evidence.parties.lists import known_unlisted

        code = str(face_data("read")["lists"].get(list_key, ""))
        rows = [row for name in _names_of(party) for row in known_unlisted(name, code)] if code else []
        if any(each.list == list_key for each in self.listings(party)):
            return None
        return min((row.until for row in rows if day <= row.until), default=None)

    def instrument(self, citation: str) -> Evidence | None:
        """An instrument of the law: its title, and the day it was published."""
        found = decider().law.instruments.get(citation)
        return Evidence(found.title, citation, found.confidence or "medium", found.published) if found else None

    def ask(self, question: str, options: Mapping[str, Any], day: dt.date) -> LawState | None:
        """The law's answer to a question; None where it cannot be asked for that day."""
        found = self._asked(Asked(question, None, day, dict(options)))
        if found is None:
            return None
        words = " ".join(f"--{name} {value}" for name, value in options.items())
        return _common(found, f"tidewaiter check --question {question} {words} --on {day}")

    def answered(self, chip: Chip, day: dt.date) -> Answer:
        """The whole answer on a chip to the usual destination, kept like the others. Raises InputFaults."""
        asked = _item_question(chip, str(face_data("read")["options"]["to"]), day)
        return self._asked(asked) or answer(asked)

    def _asked(self, asked: Asked) -> Answer | None:
        key = (asked.question, asked.item, asked.on, tuple(sorted((k, str(v)) for k, v in asked.options.items())))
        if key not in self._answers:
            try:
                self._answers[key] = answer(asked)
            except InputFaults:
                self._answers[key] = None
        return self._answers[key]


@cache
def house_desk() -> HouseDesk:
    """The desk, made once."""
    return HouseDesk()


@cache
def _entries() -> Mapping[str, Entry]:
    from tidewaiter.evidence.parties.lists import shipped_book

    return {entry.key: entry for entry in shipped_book().entries}


@cache
def _names_of(party: str) -> tuple[str, ...]:
    """The usual names of a key of the reading room; the key itself where it is a name."""
    from tidewaiter.reading.gazetteer import built_in_names

    found = [each for each in built_in_names() if each.key == party and each.kind == "company"]
    return tuple(name for each in found for name in (*each.names, *each.exact)) or (party,)


def _sooner(one: dt.date | None, other: dt.date | None) -> bool:
    return one is not None and (other is None or one < other)


def _chip(item: str) -> Chip | None:
    from tidewaiter.evidence.catalog import default_catalog

    return next((each for each in default_catalog().chips() if each.key == item), None)


def _item_question(chip: Chip, destination: str, day: dt.date) -> Asked:
    settings = face_data("read")
    options = {**settings["options"], "to": destination, **maker(chip)}
    return Asked(str(settings["question"]), chip.name, day, options)


def maker(chip: Chip) -> dict[str, str]:
    """The maker as the value of an option, where the law has a code for it."""
    settings = face_data("read")
    own, option = decider(), str(settings["exporter_option"])
    fact = own.law.vocabulary.facts[own.specification(str(settings["question"])).options[option]]
    code = chip.vendor.casefold()
    return {option: code} if code in own.law.vocabulary.domains[fact.type.domain].codes else {}


def _common(found: Answer, command: str = "") -> LawState:
    settings = face_data("read")
    named = [(layer.title, _title(found, layer.outcome)) for layer in found.layers if layer.outcome != found.outcome]
    return LawState(
        day=found.on,
        restricted=_RESTRICTED.get(exit_class(found.question, found.outcome)),
        outcome=found.outcome,
        title=found.title,
        licensable=found.outcome in settings["openable"],
        by_license=found.outcome in settings["by_license"],
        differing=tuple(named),
        evidence=tuple(_cited(deciding(found))),
        confidence=found.confidence,
        command=command,
    )


def _item_state(found: Answer, chip: Chip, destination: str) -> ItemState:
    known = _common(found, _command(chip, destination, found))
    tests = tuple(_test(each) for each in tests_of(found.layer(found.headline).proof))
    common = {field.name: getattr(known, field.name) for field in fields(known)}
    return ItemState(**{**common, "tests": tests, "name": chip.name})


def _command(chip: Chip, destination: str, found: Answer) -> str:
    exporter = "".join(f" --{name} {value}" for name, value in maker(chip).items())
    return f'tidewaiter check --item "{chip.name}" --to {destination}{exporter} --on {found.on}'


def _test(each: Any) -> Wording:
    mark = "✓" if each.holds else "✗"
    cited = each.citation.citation if each.citation else ""
    return Wording(
        f"{mark} {each.rule.en}  [{each.found.en}]  {cited}".rstrip(),
        f"{mark} {each.rule.zh}  [{each.found.zh}]  {cited}".rstrip(),
    )


def _cited(citations: Sequence[Citation]) -> list[Evidence]:
    return [Evidence(each.title, each.citation, each.confidence or "medium", each.since) for each in citations]


def _title(found: Answer, code: str) -> Wording:
    return decider().specification(found.question).word(code).title


def _state_on(found: Answer, day: dt.date) -> tuple[Any, ...]:
    """Restricted or not, and whether the layers agree, on another day for the same facts; quickly, without a proof."""
    from tidewaiter.determine.intake import build_case

    own = decider()
    spec = own.specification(found.question)
    case = build_case(found.facts, own.law.vocabulary)
    values = [run.value(spec.outcome) for _, run in own.runs(spec, case, day, found.profile or None)]
    codes = [value if isinstance(value, str) else "" for value in values]
    return (spec.word(codes[-1]).exit if codes[-1] else "", len(set(codes)) == 1)


def _search(found: Answer, first: dt.date, second: dt.date, states: dict[dt.date, tuple[Any, ...]]) -> None:
    """Find the days between two on which the state changes, by halving; where both ends agree nothing is looked for."""
    days = decider().snapshots.dates
    between = [i for i, day in enumerate(days) if first < day < second]
    if states[first] == states[second] or not between:
        return
    middle = days[max(between, key=_roundness)]
    states[middle] = _state_on(found, middle)
    _search(found, first, middle, states)
    _search(found, middle, second, states)


def _roundness(index: int) -> int:
    """How often two divides a place in the list of days: round places are shared by the searches for all items."""
    return index & -index if index else 1 << 30


def _runs(found: Sequence[tuple[dt.date, Answer]], last: dt.date) -> Iterator[Stretch]:
    """The stretches that begin on some days, each until the day before the next."""
    ends = [day - dt.timedelta(days=1) for day, _ in found[1:]] + [last]
    for (day, each), end in zip(found, ends, strict=True):
        known = _common(each)
        yield Stretch(day, end, known.restricted, known.title, known.differing, known.evidence)


def _figure(name: str, known: Known) -> Figure:
    value = known.value if known.value is not None else (known.at_least + known.at_most) / 2
    sources = ", ".join(known.sources[:3])
    return Figure(name, float(value), known.at_least, known.at_most, known.unit, sources, known.confidence)


def _number(value: Any) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    found = wording(value).en if not isinstance(value, str) else value
    digits = "".join(char for char in found if char.isdigit() or char == ".")
    return float(digits) if digits and digits.count(".") <= 1 else None
