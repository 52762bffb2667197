"""What somebody states, as facts of the engine: every fault of an input at once, each with its path and a remedy.

Facts come as plain data: `{destination: CN, ics: [{die_area: 814}], parties: {complete: false, rows: […]}}`.
A list of rows is complete; a mapping with `rows` says so or not. Rows may carry `id`, and `ref` names another row,
so that owners may own each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tidewaiter.base.errors import Fault, QuestionFaults
from tidewaiter.determine.statements import MAX_ROWS, stated_value
from tidewaiter.engine.facts import Instance, Row, Rows
from tidewaiter.engine.syntax import nearest
from tidewaiter.engine.values import Value
from tidewaiter.engine.vocabulary import ROOT, Relationship, Vocabulary, qualified

__all__ = ["MAX_FAULTS", "MAX_NESTING", "build_case"]

_MARKS = ("id", "ref")
MAX_NESTING = 60
"""Deepest nesting of rows within rows."""
MAX_FAULTS = 200
"""Faults after which an input is not read further."""


def build_case(facts: Mapping[str, Any], vocabulary: Vocabulary, where: str = "facts") -> Instance:
    """The case that the facts describe. Raises QuestionFaults with every fault of the input."""
    intake = _Intake(vocabulary)
    case = intake.instance(ROOT, facts, where)
    intake.link()
    if intake.faults:
        raise QuestionFaults(intake.faults)
    return case


class _Intake:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.faults: list[Fault] = []
        self.named: dict[str, Instance] = {}
        self.made: list[Instance] = []
        self.waiting: list[tuple[str, Instance, str]] = []
        self.rows_read = self.depth = 0

    def fault(self, where: str, what: str, remedy: str = "") -> None:
        self.faults.append(Fault(where, what, remedy))

    def instance(self, subject: str, data: Any, where: str, link: str = "") -> Instance:
        """An instance of a subject; facts of the edge (`link`) are left for `edge`."""
        made = Instance(subject, label=where)
        self.made.append(made)
        if not isinstance(data, Mapping):
            self.fault(where, f"{data!r:.60} is no mapping of facts to values")
            return made
        facts: dict[str, Value] = {}
        relations: dict[str, Rows] = {}
        for key, value in data.items():
            if len(self.faults) < MAX_FAULTS:
                self.entry(subject, str(key), value, f"{where}.{str(key)[:60]}", facts, relations, link)
        made.facts, made.relations = facts, relations
        if "id" in data and self.named.setdefault(str(data["id"]), made) is not made:
            self.fault(f"{where}.id", f"'{data['id']!s:.60}' is the id of another row too", "give each row its own")
        return made

    def entry(
        self,
        subject: str,
        key: str,
        value: Any,
        where: str,
        facts: dict[str, Value],
        relations: dict[str, Rows],
        link: str,
    ) -> None:
        term = qualified(subject, key)
        if term in self.vocabulary.facts:
            if value is not None:
                facts[term] = stated_value(self.vocabulary.facts[term], value, self.vocabulary, where, self.faults)
        elif term in self.vocabulary.relations:
            relations[term] = self.rows(self.vocabulary.relations[term], value, where)
        elif key not in _MARKS and not (link and qualified(link, key) in self.vocabulary.facts):
            self.unknown(subject, key, where)

    def unknown(self, subject: str, key: str, where: str) -> None:
        prefix = "" if subject == ROOT else f"{subject}."
        known = [
            term.removeprefix(prefix)
            for term, entry in {**self.vocabulary.facts, **self.vocabulary.relations}.items()
            if entry.subject == subject  # type: ignore[attr-defined]
        ]
        if qualified(subject, key) in self.vocabulary.decided:
            self.fault(where, f"'{key}' is decided by law, not stated", "state the facts it rests on")
        else:
            self.fault(where, f"'{key}' is no fact here", nearest(key, known) or "see: tidewaiter vocabulary")

    def rows(self, relation: Relationship, value: Any, where: str) -> Rows:
        complete: bool | None = True
        if isinstance(value, Mapping) and "rows" in value:
            complete = value.get("complete")
            for key in set(value) - {"rows", "complete"}:
                self.fault(f"{where}.{key}", f"unknown key '{key}'", "rows and complete")
            if complete is not None and not isinstance(complete, bool):
                self.fault(f"{where}.complete", f"{complete!r} is no truth", "true or false")
            value = value["rows"]
        if not isinstance(value, list):
            self.fault(where, "is no list of rows", "[{…}, {…}], or {complete: false, rows: […]}")
            return Rows()
        if relation.nonempty and complete and not value:
            self.fault(where, "is complete and empty", f"state at least one of {relation.title.text()}")
        self.rows_read += len(value)
        if self.rows_read > MAX_ROWS:
            self.fault(where, f"more than {MAX_ROWS} rows", "split the question")
            return Rows()
        if self.depth == MAX_NESTING:
            self.fault(where, f"more than {MAX_NESTING} rows within each other", "name rows by id and ref")
            return Rows()
        self.depth += 1
        rows = tuple(self.row(relation, each, f"{where}[{i}]") for i, each in enumerate(value))
        self.depth -= 1
        return Rows(rows, complete)

    def row(self, relation: Relationship, data: Any, where: str) -> Row:
        edge = self.edge(relation.link, data, where) if relation.link and isinstance(data, Mapping) else None
        if isinstance(data, Mapping) and "ref" in data:
            for key in data:
                if key != "ref" and qualified(relation.link or relation.to, str(key)) not in self.edge_facts(relation):
                    self.fault(
                        f"{where}.{str(key)[:60]}",
                        f"'{key!s:.60}' stands beside ref",
                        "state it on the row that is named",
                    )
            stand_in = Instance(relation.to, label=where)
            self.waiting.append((str(data["ref"]), stand_in, where))
            return Row(stand_in, edge)
        return Row(self.instance(relation.to, data, where, relation.link), edge)

    def edge(self, link: str, data: Mapping[str, Any], where: str) -> Instance:
        own = {key: value for key, value in data.items() if qualified(link, str(key)) in self.vocabulary.facts}
        return self.instance(link, own, where)

    def edge_facts(self, relation: Relationship) -> frozenset[str]:
        """The facts of a relation's edges: all that a row may say of itself that names another by `ref`."""
        return frozenset(
            term for term, fact in self.vocabulary.facts.items() if relation.link and fact.subject == relation.link
        )

    def link(self) -> None:
        """Let each `ref` stand for the row it names."""
        targets: dict[int, Instance] = {}
        for name, stand_in, where in self.waiting:
            target = self.named.get(name)
            if target is None:
                self.fault(where, f"'{name:.60}' is the id of no row", nearest(name, self.named))
            elif target.subject != stand_in.subject:
                self.fault(where, f"'{name:.60}' is the id of a {target.subject}, not of a {stand_in.subject}")
            else:
                targets[id(stand_in)] = target
        for holder in self.made if targets else ():
            holder.relations = {term: _resolved(rows, targets) for term, rows in holder.relations.items()}


def _resolved(rows: Rows, targets: Mapping[int, Instance]) -> Rows:
    return Rows(tuple(Row(targets.get(id(row.target), row.target), row.link) for row in rows.rows), rows.complete)
