"""Asking: a question by names, options and facts; every fault of it at once; one answer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults, QuestionFaults
from tidewaiter.base.wording import Wording
from tidewaiter.determine.options import with_options
from tidewaiter.determine.specification import Specification
from tidewaiter.engine.syntax import nearest
from tidewaiter.engine.vocabulary import ROOT
from tidewaiter.faces.answers import Answer, layer_faults, on_layer
from tidewaiter.faces.composition import DEFAULT_PROFILE, decider, item_facts

__all__ = ["DEFAULT_QUESTION", "MAX_NAME", "Asked", "answer", "face_data", "fact_path", "plain_relations", "stated"]

DEFAULT_QUESTION = "export"
"""The kind of question that is meant when none is named."""
MAX_NAME = 300
"""Longest name of an item, in characters."""
_NAME = "party_name"
_ROW = re.compile(r"^(?:(?P<relation>\w+)\[[^\]]*\]\.)?(?P<fact>\w+)$")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as somebody puts it. `options` by the names of the question, `facts` as the vocabulary names them.

    `confirm` are keys of list entries that the parties named are taken for; None leaves names unscreened.
    """

    question: str = DEFAULT_QUESTION
    item: str | None = None
    on: dt.date = field(default_factory=dt.date.today)
    options: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    profile: str | None = DEFAULT_PROFILE
    layer: str = ""
    confirm: tuple[str, ...] | None = ()


def answer(asked: Asked) -> Answer:
    """The answer to a question. Raises QuestionFaults with every fault of item, options, facts, date and profile."""
    own = decider()
    spec = own.specification(asked.question)
    faults: list[Fault] = []
    facts, about = _stated(asked, spec, faults)
    faults += layer_faults(asked.layer, spec)
    notes: tuple[Wording, ...] = ()
    try:
        facts, notes = _listings(facts, asked)
        found = Answer.of(own.decide(asked.question, facts, asked.on, profile=asked.profile, item=about))
    except InputFaults as error:
        faults += [_named(fault, asked.options, spec) for fault in error.faults]
    if faults:
        raise QuestionFaults(faults)
    told = Answer.of(found, warnings=(*found.warnings, *notes)) if notes else found
    return on_layer(told, asked.layer, own) if asked.layer else told


def _listings(facts: dict[str, Any], asked: Asked) -> tuple[dict[str, Any], tuple[Wording, ...]]:
    """The facts with the confirmed listings of the parties named, and what is to be told of their names."""
    if asked.confirm is None or not (asked.confirm or _names_a_party(facts)):
        return facts, ()
    from tidewaiter.faces.screening.questions import with_listings

    return with_listings(facts, asked.on, asked.confirm)


def _names_a_party(value: Any) -> bool:
    """Whether a party bears a name anywhere in the facts: only then are the lists read."""
    if isinstance(value, Mapping):
        return _NAME in value or any(map(_names_a_party, value.values()))
    return isinstance(value, list | tuple) and any(map(_names_a_party, value))


def stated(asked: Asked) -> tuple[dict[str, Any], dict[str, Any]]:
    """All facts that a question states, the item's figures among them, and what is said of the item.

    Raises QuestionFaults with every fault of item and options.
    """
    faults: list[Fault] = []
    found = _stated(asked, decider().specification(asked.question), faults)
    if faults:
        raise QuestionFaults(faults)
    return found


def _stated(asked: Asked, spec: Specification, faults: list[Fault]) -> tuple[dict[str, Any], dict[str, Any]]:
    figures, about = _item(asked.item, faults)
    options = _known_options(asked.options, spec, faults)
    facts = _plain_rows(spec.name, {**figures, **asked.facts})
    return with_options(facts, options, _opened(spec, options), decider().law.vocabulary), about


def _item(name: str | None, faults: list[Fault]) -> tuple[dict[str, Any], dict[str, Any]]:
    if not name:
        return {}, {}
    if len(name) > MAX_NAME:
        faults.append(Fault("item", f"a name of {len(name)} characters", f"at most {MAX_NAME}"))
        return {}, {}
    try:
        return item_facts(name)
    except InputFaults as error:
        faults += error.faults
        return {}, {}


def _known_options(options: Mapping[str, Any], spec: Specification, faults: list[Fault]) -> dict[str, Any]:
    """The options that the question has; a fault for each other one."""
    vocabulary = decider().law.vocabulary
    known: dict[str, Any] = {}
    for name, value in options.items():
        if name.replace("_", "-") in spec.options or fact_path(name, spec) is not None:
            known[name] = value
        else:
            own = [*spec.options, *(term for term, fact in vocabulary.facts.items() if fact.subject == spec.subject)]
            remedy = nearest(name, own) or "see: tidewaiter check --help"
            faults.append(Fault(f"--{name}", f"'{name:.60}' is no option of this question", remedy))
    return known


def fact_path(name: str, spec: Specification | None = None) -> str | None:
    """The path of any fact: `quantity`, `ic.die_area` (on every row), `parties[role=end_user].location`.

    Where several relations lead to a subject, the one that the question's own options name comes first.
    """
    vocabulary = decider().law.vocabulary
    if name in vocabulary.facts:
        fact = vocabulary.facts[name]
        if fact.subject == ROOT:
            return name
        held = [each for each in vocabulary.relations.values() if each.subject == ROOT and each.to == fact.subject]
        named = {path.partition("[")[0] for path in spec.options.values()} if spec else set()
        held.sort(key=lambda each: each.term not in named)
        return f"{held[0].term}[*].{name.rpartition('.')[2]}" if held else None
    match = _ROW.match(name)
    return name if match and match["relation"] in vocabulary.relations else None


def _opened(spec: Specification, options: Mapping[str, Any]) -> Specification:
    """The question with paths of facts as options of their own, as `with_options` looks names up."""
    paths = {name.replace("_", "-"): path for name in options if (path := fact_path(name, spec)) is not None}
    return replace(spec, options={**paths, **spec.options})


def _named(fault: Fault, options: Mapping[str, Any], spec: Specification) -> Fault:
    """A fault of a fact, under the name of the option that stated it."""
    place = re.sub(r"\[\d+\]", "[]", fault.where.removeprefix("facts."))
    for name in options:
        path = spec.options.get(name.replace("_", "-")) or fact_path(name, spec) or ""
        if re.sub(r"\[[^\]]*\]", "[]", path) == place:
            return Fault(f"--{name}", fault.what, fault.remedy)
    return fault


def _plain_rows(question: str, facts: dict[str, Any]) -> dict[str, Any]:
    rows = plain_relations(question)
    return {**{relation: {"rows": [dict(row) for row in each]} for relation, each in rows.items()}, **facts}


def plain_relations(question: str) -> dict[str, Any]:
    """The rows that exist in every transaction of a question, by relation."""
    return dict((face_data("plain").get(question) or {}).get("relations") or {})


@cache
def face_data(name: str) -> Any:
    """A data file of the faces, read once."""
    from importlib import resources

    from tidewaiter.base.yaml import load_yaml

    text = resources.files("tidewaiter.faces").joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    return load_yaml(text, f"{name}.yaml")
