"""Terms that rest on themselves along relations: least fixpoints, rings, long chains, and what is unknown."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.acceptance.suite import snapshots_of

from tidewaiter.determine.intake import build_case
from tidewaiter.engine.facts import Instance
from tidewaiter.engine.prove import Prover, Run, missing, route
from tidewaiter.engine.reference import Reference
from tidewaiter.engine.values import Value

TERM = "party.half_owned"
PROGRAM = snapshots_of("02_affiliates").at(dt.date(2025, 10, 15))
SHARES = (10, 30, 50, 60)


def parties(rows: list[dict[str, Any]]) -> tuple[Instance, list[Instance]]:
    case = build_case({"parties": rows}, PROGRAM.vocabulary)
    return case, [row.target for row in case.relations["parties"].rows]


def values(rows: list[dict[str, Any]]) -> list[Value]:
    """The term on every party, by both evaluators, asked in both orders."""
    case, held = parties(rows)
    forward = [Reference(PROGRAM, case).value(TERM, party) for party in held]
    reference, run = Reference(PROGRAM, case), Run(Prover(PROGRAM), PROGRAM, case)
    assert [reference.value(TERM, party) for party in reversed(held)][::-1] == forward
    assert [run.value(TERM, party) for party in held] == forward
    return forward


@st.composite
def webs(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Up to four parties that own each other in any way; some listings and completeness are not stated."""
    count = draw(st.integers(1, 4))
    rows: list[dict[str, Any]] = []
    for i in range(count):
        listed = draw(st.sampled_from((True, False, False, None)))
        owners = [
            {"ref": f"p{draw(st.integers(0, count - 1))}", "share": draw(st.sampled_from(SHARES))}
            for _ in range(draw(st.integers(0, 2)))
        ]
        complete = draw(st.sampled_from((True, True, True, False)))
        row = {"id": f"p{i}", "organized_in": "SG", "owners": {"complete": complete, "rows": owners}}
        rows.append(row if listed is None else {**row, "listed": listed})
    return rows


def by_hand(rows: list[dict[str, Any]]) -> list[bool]:
    """The least fixpoint of a web of which all is known."""
    caught = [False] * len(rows)
    for _ in rows:
        for i, row in enumerate(rows):
            owners = [(int(owner["ref"][1:]), owner["share"]) for owner in row["owners"]["rows"]]
            caught[i] = sum(share for j, share in owners if rows[j]["listed"] or caught[j]) >= 50
    return caught


def completions(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The web with every missing listing stated; an open list of owners stays as it is, or gains a listed owner."""
    choices: list[list[dict[str, Any]]] = []
    for row in rows:
        told = [row] if "listed" in row else [{**row, "listed": True}, {**row, "listed": False}]
        owners = row["owners"]["rows"]
        more = [owners] if row["owners"]["complete"] else [owners, [*owners, {"ref": f"p{len(rows)}", "share": 50}]]
        choices.append([{**each, "owners": {"complete": True, "rows": held}} for each in told for held in more])
    outsider = {"id": f"p{len(rows)}", "organized_in": "CN", "listed": True, "owners": {"complete": True, "rows": []}}
    return [[*chosen, outsider] for chosen in itertools.product(*choices)]


@given(webs())
@settings(max_examples=150)
def test_every_completion_lies_inside(rows: list[dict[str, Any]]) -> None:
    found = values(rows)
    outcomes = [by_hand(each) for each in completions(rows)]
    for i, value in enumerate(found):
        if value is not None:
            assert {outcome[i] for outcome in outcomes} == {value}


@given(webs())
@settings(max_examples=100)
def test_all_known_is_the_least_fixpoint(rows: list[dict[str, Any]]) -> None:
    for each in completions(rows)[:2]:
        assert values(each) == by_hand(each)


@given(webs())
@settings(max_examples=60)
def test_an_open_answer_in_a_web_waits_for_something(rows: list[dict[str, Any]]) -> None:
    case, held = parties(rows)
    for party in held:
        proof = Run(Prover(PROGRAM), PROGRAM, case).prove(TERM, party)
        assert bool(missing(proof)) == (proof[0] is None)


def chain(length: int, last: dict[str, Any]) -> list[dict[str, Any]]:
    """Each party owned whole by the next."""
    rows = [
        {"id": f"p{i}", "listed": False, "organized_in": "SG", "owners": [{"ref": f"p{i + 1}", "share": 100}]}
        for i in range(length)
    ]
    return [*rows, {"id": f"p{length}", "organized_in": "SG", **last}]


@pytest.mark.parametrize(
    ("last", "expected"),
    [({"listed": True}, True), ({"listed": False, "owners": []}, False), ({"owners": []}, None)],
    ids=["listed", "free", "open"],
)
def test_long_chains(last: dict[str, Any], expected: bool | None) -> None:
    case, held = parties(chain(1000, last))
    started = time.perf_counter()
    run = Run(Prover(PROGRAM), PROGRAM, case)
    proof = run.prove(TERM, held[0])
    assert proof[0] is expected
    waits = {item.term for item, _ in missing(proof)}
    assert waits == ({"party.listed"} if expected is None else set())
    way = route(proof, lambda value: value)
    assert (len(way) if way is not None else None) == {True: 0, False: None, None: 1}[expected]
    assert time.perf_counter() - started < 10


@given(webs(), st.integers(0, 3), st.sampled_from([True, False, None]))
def test_what_is_supposed_counts_in_chains_as_if_it_were_stated(
    rows: list[dict[str, Any]], at: int, listed: bool | None
) -> None:
    at = at % len(rows)
    case, held = parties(rows)
    changed = {key: value for key, value in rows[at].items() if key != "listed"}
    stated = changed if listed is None else {**changed, "listed": listed}
    expected = values([*rows[:at], stated, *rows[at + 1 :]])
    run = Run(Prover(PROGRAM), PROGRAM, case)
    run.suppose("party.listed", held[at], listed)
    assert [run.value(TERM, party) for party in held] == expected
    shared = Run(Prover(PROGRAM, run.prover, frozenset()), PROGRAM, case, None, run)
    assert [shared.value(TERM, party) for party in reversed(held)][::-1] == expected
