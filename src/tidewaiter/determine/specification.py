"""How a kind of question is composed: read from `law/questions`, because composition and precedence are law data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tidewaiter.base.wording import Wording, wording
from tidewaiter.library.model import Law

__all__ = ["Listed", "OutcomeWord", "Specification", "specification"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A term that a determination lists, with the terms of its conditions where it has any."""

    term: str
    name: str = ""
    conditions: tuple[str, ...] = ()
    title: Wording = Wording()  # noqa: RUF009 (frozen)


@dataclass(frozen=True, slots=True)
class OutcomeWord:
    """An outcome: its code, wording and whether it is clear, a restriction, or undetermined."""

    code: str
    title: Wording
    exit: str


@dataclass(frozen=True, slots=True)
class Specification:
    """The composition of one kind of question. `opens` are the options that an interview asks for first; `headings` are
    this question's own words over what it lists (`exceptions`), where they differ from the usual ones."""

    name: str
    subject: str
    title: Wording
    begins: dt.date
    checked_through: dt.date
    outcome: str
    layers: tuple[tuple[str, Wording], ...]
    headline: str
    when_binding: str
    outcomes: tuple[OutcomeWord, ...]
    classification: tuple[Listed, ...]
    requirements: tuple[Listed, ...]
    exceptions: tuple[Listed, ...]
    review: tuple[Listed, ...]
    obligations: tuple[Listed, ...]
    red_flags: tuple[Listed, ...]
    notes: tuple[Listed, ...]
    options: Mapping[str, str]
    opens: tuple[str, ...]
    headings: Mapping[str, Wording]

    def word(self, code: str) -> OutcomeWord:
        """The outcome of a code; what is not decided is the last one, undetermined."""
        return next((word for word in self.outcomes if word.code == code), self.outcomes[-1])

    def codes(self, exit_class: str) -> frozenset[str]:
        """The codes of an exit class."""
        return frozenset(word.code for word in self.outcomes if word.exit == exit_class)


def specification(law: Law, name: str) -> Specification:
    """The specification of a kind of question. KeyError when the law composes no such question."""
    data = law.questions[name]
    headline = data.get("headline") or {}
    listed = {key: _listed(data.get(key)) for key in _LISTS}
    return Specification(
        name,
        str(data["subject"]),
        wording(data.get("title")),
        data["begins"],
        data["checked_through"],
        str(data["outcome"]),
        tuple((str(layer["key"]), wording(layer.get("title"))) for layer in data["layers"]),
        str(headline.get("default", data["layers"][0]["key"])),
        str(headline.get("when_binding", "")),
        tuple(
            OutcomeWord(str(each["code"]), wording(each.get("title")), str(each["exit"])) for each in data["outcomes"]
        ),
        **listed,
        options={str(key): str(value) for key, value in (data.get("options") or {}).items()},
        opens=tuple(str(name) for name in data.get("opens") or ()),
        headings={str(key): wording(value) for key, value in (data.get("headings") or {}).items()},
    )


_LISTS = ("classification", "requirements", "exceptions", "review", "obligations", "red_flags", "notes")


def _listed(entries: Any) -> tuple[Listed, ...]:
    found = []
    for entry in entries or ():
        if isinstance(entry, str):
            found.append(Listed(entry))
        else:
            conditions = tuple(str(term) for term in entry.get("conditions") or ())
            found.append(
                Listed(str(entry["term"]), str(entry.get("name") or ""), conditions, wording(entry.get("title")))
            )
    return tuple(found)
