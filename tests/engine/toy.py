"""A small vocabulary with units, codes, dates and relations, for tests of the parser."""

from __future__ import annotations

from tidewaiter.base.wording import NO_WORDING
from tidewaiter.engine.nodes import Node
from tidewaiter.engine.parser import parse_expression
from tidewaiter.engine.syntax import Place
from tidewaiter.engine.types import BOOLEAN, DATE, TEXT, Type, code, numeric
from tidewaiter.engine.vocabulary import ROOT, Domain, Fact, Relationship, Vocabulary, subject_of

__all__ = ["TOY", "read"]

TPP, AREA = numeric((("tpp", 1),)), numeric((("mm2", 1),))


def _fact(term: str, kind: Type) -> Fact:
    return Fact(term, subject_of(term), kind)


TOY = Vocabulary(
    subjects=dict.fromkeys((ROOT, "ic", "peak", "party", "stake"), NO_WORDING),
    facts={
        fact.term: fact
        for fact in (
            _fact("destination", code("country")),
            _fact("origin", code("country")),
            _fact("kind", code("kind")),
            _fact("quantity", numeric()),
            _fact("license_held", BOOLEAN),
            _fact("signed", DATE),
            _fact("buyer", TEXT),
            _fact("ic.tpp", TPP),
            _fact("ic.die_area", AREA),
            _fact("ic.data_center", BOOLEAN),
            _fact("peak.bits", numeric()),
            _fact("party.headquarters", code("country")),
            _fact("party.name", TEXT),
            _fact("party.listed", BOOLEAN),
            _fact("stake.share", numeric((("percent", 1),))),
        )
    },
    relations={
        relation.term: relation
        for relation in (
            Relationship("ics", ROOT, "ic"),
            Relationship("parties", ROOT, "party"),
            Relationship("ic.peaks", "ic", "peak"),
            Relationship("party.owners", "party", "party", "stake"),
        )
    },
    domains={
        "country": Domain("country", dict.fromkeys(("CN", "HK", "MO", "NO", "US", "UA-43"), NO_WORDING)),
        "kind": Domain("kind", dict.fromkeys(("export", "reexport", "transfer"), NO_WORDING)),
    },
    decided={"embargoed": BOOLEAN, "ic.density": numeric((("mm2", -1), ("tpp", 1)))},
    groups={"D5": "country", "A5": "country", "kinds": "kind"},
    tables={"treated_as": "country"},
    units={},
    unit_symbols={},
    unit_names={},
)


def read(text: object, subject: str = ROOT, expect: Type = BOOLEAN) -> Node:
    """An expression over the toy vocabulary, standing at toy.yaml:7:11."""
    return parse_expression(text, TOY, subject, Place("toy.yaml", 7, 11), expect)
