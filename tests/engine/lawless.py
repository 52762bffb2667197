"""A small vocabulary that means nothing: the facts, relations, groups and tables of generated programs."""

from __future__ import annotations

import datetime as dt

from tidewaiter.base.wording import NO_WORDING
from tidewaiter.engine.types import BOOLEAN, DATE, TEXT, Type, code, numeric
from tidewaiter.engine.values import Interval, OneOf, Value, ordinal
from tidewaiter.engine.vocabulary import ROOT, Domain, Fact, Relationship, SameAs, Vocabulary, subject_of

__all__ = [
    "COLOR", "COLORS", "DAYS", "FACTS", "GROUPS", "NUMBER", "NUMBERS", "PROFILE", "RELATIONS", "TABLES", "VOCABULARY",
    "WORDS",
]  # fmt: skip

PROFILE = "plain"
COLORS = ("red", "green", "blue", "gray")
WORDS = ("alpha", "beta")
NUMBERS = (-2.0, -0.25, 0.0, 0.25, 1.0, 2.0, 2.25, 3.0, 9.75, 10.0, 50.0)
DAYS = tuple(float(ordinal(dt.date(2024, 1, 1)) + shift) for shift in (-400, -1, 0, 1, 30, 366))
COLOR, NUMBER = code("color"), numeric(None)


def _fact(
    term: str, kind: Type, low: float = float("-inf"), high: float = float("inf"), assume: Value | SameAs = None
) -> Fact:
    return Fact(term, subject_of(term), kind, "", low, high, {} if assume is None else {PROFILE: assume})


FACTS = [
    _fact("amount", NUMBER, 0, 100, 3.0),
    _fact("balance", NUMBER, -10, 10),
    _fact("width", NUMBER, assume=Interval(1.0, 2.0)),
    _fact("flag", BOOLEAN, assume=False),
    _fact("open", BOOLEAN),
    _fact("color", COLOR, assume="red"),
    _fact("origin", COLOR, assume=SameAs("color")),
    _fact("paint", COLOR),
    _fact("word", TEXT),
    _fact("day", DATE, DAYS[0], DAYS[-1]),
    _fact("due", DATE, assume=DAYS[2]),
    _fact("item.amount", NUMBER, 0, 50),
    _fact("item.balance", NUMBER, -5, 5, SameAs("balance")),
    _fact("item.flag", BOOLEAN, assume=True),
    _fact("item.color", COLOR, assume=SameAs("color")),
    _fact("item.day", DATE),
    _fact("piece.amount", NUMBER, 0, 10, SameAs("piece.weight")),
    _fact("piece.weight", NUMBER, 1, 20),
    _fact("piece.flag", BOOLEAN),
    _fact("piece.color", COLOR, assume=OneOf(frozenset(("red", "blue")))),
    _fact("party.flag", BOOLEAN),
    _fact("party.color", COLOR),
    _fact("party.amount", NUMBER, -10, 10),
    _fact("stake.share", NUMBER, 0, 100, 50.0),
    _fact("stake.flag", BOOLEAN),
]
RELATIONS = [
    Relationship("items", ROOT, "item", assume_complete=frozenset((PROFILE,))),
    Relationship("parties", ROOT, "party", assume_none=frozenset((PROFILE,))),
    Relationship("item.pieces", "item", "piece"),
    Relationship("party.owners", "party", "party", "stake", False, frozenset((PROFILE,)), frozenset((PROFILE,))),
]
GROUPS = {
    "warm": frozenset(("red",)),
    "cold": frozenset(("green", "blue")),
    "every": frozenset(COLORS),
    "none": frozenset[str](),
}
TABLES = {"shade": {"red": "green", "gray": "blue"}, "swap": {"red": "blue", "blue": "red"}}

VOCABULARY = Vocabulary(
    subjects=dict.fromkeys((ROOT, "item", "piece", "party", "stake"), NO_WORDING),
    facts={fact.term: fact for fact in FACTS},
    relations={relation.term: relation for relation in RELATIONS},
    domains={"color": Domain("color", dict.fromkeys(COLORS, NO_WORDING))},
    decided={},
    groups=dict.fromkeys(GROUPS, "color"),
    tables=dict.fromkeys(TABLES, "color"),
    units={},
    unit_symbols={},
    unit_names={},
)
