"""What the law language reads, and that every node survives the compiled form."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from tests.engine.strategies import programs
from tests.engine.toy import AREA, TPP, read

from tidewaiter.engine import nodes as n
from tidewaiter.engine.codec import decode, encode
from tidewaiter.engine.program import Program
from tidewaiter.engine.types import BOOLEAN, DATE, Type, code, numeric
from tidewaiter.engine.values import ordinal
from tidewaiter.engine.vocabulary import ROOT

COUNTRY = code("country")

READABLE = [
    ("destination == CN", ROOT, BOOLEAN),
    ("CN == destination", ROOT, BOOLEAN),
    ('destination != "UA-43"', ROOT, BOOLEAN),
    ("destination == NO", ROOT, BOOLEAN),
    ("destination == origin", ROOT, BOOLEAN),
    ("destination in {CN, MO}", ROOT, BOOLEAN),
    ("destination not in (D5 | A5) - {MO} & D5", ROOT, BOOLEAN),
    ("treated_as[destination] in D5", ROOT, BOOLEAN),
    ("kind in kinds - {transfer}", ROOT, BOOLEAN),
    ("not license_held or embargoed", ROOT, BOOLEAN),
    ("license_held and (embargoed or quantity > 3)", ROOT, BOOLEAN),
    ("2400 <= tpp < 4800", "ic", BOOLEAN),
    ("ic.tpp / die_area >= density", "ic", BOOLEAN),
    ("tpp >= 4800 and quantity >= -2.5", "ic", BOOLEAN),
    ("any(ics, tpp >= 4800)", ROOT, BOOLEAN),
    ("any(ics)", ROOT, BOOLEAN),
    ("all(ics, data_center, where=tpp > 1)", ROOT, BOOLEAN),
    ("any(ics, any(peaks, bits == 8 and tpp > 1 and destination == CN))", ROOT, BOOLEAN),
    ("sum(owners, share, where=listed) >= 50", "party", BOOLEAN),
    ("any(owners, share > 0 and party.listed)", "party", BOOLEAN),
    ("sum(ics, tpp * quantity)", ROOT, TPP),
    ("max(ics, tpp)", ROOT, TPP),
    ("count(parties, headquarters in D5)", ROOT, numeric()),
    ("sum(parties, 1, per=name)", ROOT, numeric()),
    ("buyer == 'Acme'", ROOT, BOOLEAN),
    ("any(parties, name == buyer)", ROOT, BOOLEAN),
    ("signed >= date(2025, 1, 13)", ROOT, BOOLEAN),
    ("days(signed, as_of) >= 25", ROOT, BOOLEAN),
    ("add_days(signed, 25) <= as_of", ROOT, BOOLEAN),
    ("add_months(as_of, -12) < signed", ROOT, BOOLEAN),
    ("year(signed) == year(as_of)", ROOT, BOOLEAN),
    ("if_else(license_held, 0, tpp)", "ic", TPP),
    ("if_else(license_held, CN, destination)", ROOT, COUNTRY),
    ("first(tpp, 0)", "ic", TPP),
    ("established(license_held) or known(quantity)", ROOT, BOOLEAN),
    ("CN", ROOT, COUNTRY),
    ("true", ROOT, BOOLEAN),
    ("false", ROOT, BOOLEAN),
    ("date(2024, 2, 29)", ROOT, DATE),
    ("tpp / die_area", "ic", numeric((("mm2", -1), ("tpp", 1)))),
    ("2 * 3", "ic", AREA),
    (True, ROOT, BOOLEAN),
    (4800, "ic", TPP),
    (dt.date(2025, 1, 13), ROOT, DATE),
]


@pytest.mark.parametrize(("text", "subject", "expect"), READABLE, ids=[str(each[0]) for each in READABLE])
def test_read_written_and_read_again(text: object, subject: str, expect: Type) -> None:
    node = read(text, subject, expect)
    assert decode(json.loads(json.dumps(encode(node)))) == node


@given(programs(recursive=True))
@settings(max_examples=100)
def test_every_node_survives_the_compiled_form(program: Program) -> None:
    for definition in program.definitions.values():
        assert decode(json.loads(json.dumps(encode(definition.node)))) == definition.node


@pytest.mark.parametrize("value", [["Nothing", 1], ["Const"], ["Not", 1, 2]])
def test_damaged_compiled_forms_are_refused(value: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        decode(value)


def test_chains_are_conjunctions() -> None:
    node = read("2400 <= tpp < 4800", "ic")
    assert isinstance(node, n.And)
    assert node.chain
    assert [part.op for part in node.args if isinstance(part, n.Compare)] == ["<=", "<"]


def test_names_are_found_from_the_inside_out() -> None:
    node = read("any(ics, any(peaks, bits == 8 and tpp > 1 and destination == CN))")
    depths = {part.term: part.depth for part in n.walk(node) if isinstance(part, n.Ref)}
    assert depths == {"peak.bits": 0, "ic.tpp": 1, "destination": 2}


def test_facts_of_the_edge_come_first() -> None:
    node = read("any(owners, share > 0 and listed)", "party")
    depths = {part.term: part.depth for part in n.walk(node) if isinstance(part, n.Ref)}
    assert depths == {"stake.share": 0, "party.listed": 1}


def test_where_narrows() -> None:
    all_of = read("all(ics, data_center, where=tpp > 1)")
    assert isinstance(all_of, n.All)
    assert isinstance(all_of.body, n.Or)
    any_of = read("any(ics, data_center, where=tpp > 1)")
    assert isinstance(any_of, n.Any)
    assert isinstance(any_of.body, n.And)


def test_dates_are_their_ordinals() -> None:
    assert read("date(2025, 1, 13)", ROOT, DATE) == n.Const(float(ordinal(dt.date(2025, 1, 13))), DATE)


def test_literals_take_the_unit_beside_them() -> None:
    assert n.type_of(read("if_else(license_held, 0, tpp)", "ic", TPP)) == TPP
    assert n.type_of(read("first(0, tpp)", "ic", TPP)) == TPP


def test_lines_of_a_condition_are_one() -> None:
    assert read("license_held\nor embargoed\n") == read("license_held or embargoed")
