"""Ownership: what files say, what holds on a day, and what the law makes of it."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.base.errors import InputFaults, LimitExceeded
from tidewaiter.evidence.parties.ownership import (
    Holder,
    Share,
    branches,
    direct_stakes,
    holder_key,
    owner_rows,
    read_ownership,
)
from tidewaiter.evidence.parties.ownership.drawing import Branch
from tidewaiter.evidence.parties.ownership.relation import MAX_DEPTH
from tidewaiter.evidence.parties.ownership.shares import ANY, day_span, share_of
from tidewaiter.faces.asking import Asked, answer

IN_FORCE = dt.date(2025, 10, 15)
SUSPENDED = dt.date(2025, 12, 1)


def graph(text: str) -> Any:
    return read_ownership(text.encode(), "t.csv")


def outcome(text: str, owned: str, listed: set[str], day: dt.date = IN_FORCE, **facts: Any) -> tuple[str, Any]:
    """The law's word on a company whose owners in `listed` stand on the Entity List."""

    def facts_of(holder: Holder) -> dict[str, Any]:
        return {"on_entity_list": holder.name in listed}

    key = holder_key(owned)
    rows = owner_rows(graph(text).on(day), key, facts_of)
    party = {"id": key, "role": "end_user", "headquarters": "CN", "owners": rows, **facts}
    found = answer(Asked("party", None, day, {"to": "CN"}, {"parties": [party]}))
    return found.outcome, found


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("51", 51, 51),
        ("51 %", 51, 51),
        ("33,3", 33.3, 33.3),
        ("50-75", 50, 75),
        ("25 % to 50 %", 25, 50),
        (">= 25", 25, 100),
        ("more than 25%", 25, 100),
        ("50以上", 50, 100),
        ("< 10", 0, 10),
        ("", 0, 100),
        ("未知", 0, 100),
        ("0", 0, 0),
        ("１００％", 100, 100),
    ],
)
def test_shares_are_read(text: str, low: float, high: float) -> None:
    assert share_of(text.translate(str.maketrans("１０", "10"))) == Share(low, high)


@pytest.mark.parametrize("text", ["101", "-5", "half", "60-40", "1e2", "५०", "5 0", "50 60"])
def test_what_is_no_share(text: str) -> None:
    assert share_of(text) is None


def test_parts_of_days_are_spans() -> None:
    assert str(day_span("2024")) == "2024-01-01..2024-12-31"
    assert str(day_span("2024-02")) == "2024-02-01..2024-02-29"
    assert str(day_span("2023-12")) == "2023-12-01..2023-12-31"
    assert [day_span(text) for text in ("2024-02-30", "soon", "0000", "9999-13")] == [None] * 4
    assert str(day_span("9999-12")) == "9999-12-01..9999-12-31"


def test_every_fault_of_a_table_is_told_with_its_line() -> None:
    text = "owner,owned,share,from,to\n" + (
        "A,B,120,,\n,B,5,,\nC,C,5,,\nD,B,60,2024-13-01,\nE,B,60,,\nF,B,60,,\nG,B,1,2024,2023\n"
    )
    with pytest.raises(InputFaults) as caught:
        graph(text)
    said = [str(fault) for fault in caught.value.faults]
    for piece in ("t.csv:2: share", "t.csv:3: owner", "t.csv:4: 'C' owns itself", "t.csv:5: from", "add up to 120 %"):
        assert any(piece in each for each in said), (piece, said)
    assert any("t.csv:8: ends on" in each for each in said)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b'owner,owned\n"A,B',
        b"a\0b",
        b"name,share\nA,5\n",
        b"{",
        b'{"id":"x"}',
        b"[]",
        b"owner,owner,owned\n",
    ],
)
def test_what_is_no_ownership_is_a_fault(data: bytes) -> None:
    with pytest.raises(InputFaults):
        read_ownership(data)


@given(st.binary(max_size=200))
def test_hostile_bytes_end_in_faults_at_worst(data: bytes) -> None:
    with contextlib.suppress(InputFaults, LimitExceeded):
        read_ownership(b"owner,owned,share,from,to\n" + data)


def test_two_statements_at_once_must_agree() -> None:
    with pytest.raises(InputFaults, match="at once"):
        graph("owner,owned,share\nA,B,30\nA,B,60\n")
    assert graph("owner,owned,share\nA,B,30\nA,B,30\n").on(IN_FORCE).owners("b")[0].share == Share(30, 30)
    narrowed = graph("owner,owned,share\nA,B,25-50\nA,B,40-75\n").on(IN_FORCE).owners("b")[0]
    assert narrowed.share == Share(40, 50)


def test_a_stake_is_held_from_its_day_up_to_its_end() -> None:
    found = graph("owner,owned,share,from,to\nA,B,60,2024-05-01,2025-05-01\nC,B,60,2025-05-01,\n")
    names = {day: [each.owner for each in found.on(dt.date.fromisoformat(day)).owners("b")] for day in (
        "2024-04-30", "2024-05-01", "2025-04-30", "2025-05-01", "2026-01-01")}  # fmt: skip
    assert names == {
        "2024-04-30": [],
        "2024-05-01": ["a"],
        "2025-04-30": ["a"],
        "2025-05-01": ["c"],
        "2026-01-01": ["c"],
    }


def test_a_day_that_is_only_a_year_leaves_the_share_open() -> None:
    found = graph("owner,owned,share,from\nA,B,60,2025\n")
    held = found.on(dt.date(2025, 6, 1)).owners("b")[0]
    assert (held.sure, held.share) == (False, Share(0, 60))
    assert found.on(dt.date(2025, 12, 31)).owners("b")[0].sure
    assert found.on(dt.date(2024, 12, 31)).owners("b") == ()


def test_no_share_is_more_than_the_others_leave() -> None:
    found = graph("owner,owned,share\nA,B,70\nC,B,\n").on(IN_FORCE)
    assert [(each.owner, each.share) for each in found.owners("b")] == [("a", Share(70, 70)), ("c", Share(0, 30))]
    assert found.rest("b") == Share(0, 30)


def test_follow_the_money_is_read() -> None:
    rows: list[dict[str, Any]] = [
        {"id": "p", "schema": "Company", "properties": {"name": ["Parent Co"], "jurisdiction": ["cn"]}},
        {"id": "c", "schema": "Company", "properties": {"name": ["Child Co"]}},
        {"id": "o", "schema": "Ownership", "properties": {
            "owner": ["p"], "asset": ["c"], "percentage": ["51%"], "startDate": ["2025-01-01"],
            "sourceUrl": ["https://example.org"]}},
        {"id": "d", "schema": "Directorship", "properties": {"director": ["p"], "organization": ["c"]}},
    ]  # fmt: skip
    found = read_ownership("\n".join(map(json.dumps, rows)).encode())
    held = found.on(IN_FORCE).owners("c")[0]
    assert (held.owner, held.share, held.sources) == ("p", Share(51, 51), ("https://example.org",))
    assert found.holders["p"] == Holder("p", "Parent Co", "CN")
    assert found.on(dt.date(2024, 12, 31)).owners("c") == ()
    rows.append({"id": "x", "schema": "Ownership", "properties": {"owner": ["p"], "percentage": ["lots"]}})
    with pytest.raises(InputFaults) as caught:
        read_ownership("\n".join(map(json.dumps, rows)).encode(), "f")
    assert [fault.where for fault in caught.value.faults] == ["f:5: asset", "f:5: percentage"]


def test_owners_stated_one_by_one() -> None:
    found = direct_stakes("X", ["SMIC=30", "Huawei Investment = 25", "Unknown Fund"])
    assert [str(each.share) for each in found.on(IN_FORCE).owners("x")] == ["30", "25", "0–45"]
    with pytest.raises(InputFaults) as caught:
        direct_stakes("X", ["A=70", "B=60", "C=lots", "=5", "x=5", "A=1"])
    assert len(caught.value.faults) == 5


CHAIN = "owner,owned,share\nTop,Mid,50\nMid,Low,25\nOther,Low,25\nOutsider,Low,50\nElse,Mid,50\n"


def test_the_law_adds_up_and_looks_through() -> None:
    assert outcome(CHAIN, "Low", {"Top", "Other"})[0] == "license_required"
    assert outcome(CHAIN, "Low", {"Other"})[0] == "no_license_required"
    assert outcome(CHAIN, "Low", {"Top", "Other"}, SUSPENDED)[0] == "no_license_required"


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        (["30", "25", "45"], "license_required"),  # 55 of listed owners
        (["30", "19.9", "50.1"], "no_license_required"),
        (["30", "", "20"], "undetermined"),  # the second may hold anything up to 50
        (["30", "", "51"], "undetermined"),  # intervals do not know that the second and the rest share 19
        (["30", "", "65"], "no_license_required"),
        (["30", "20-25", "45"], "license_required"),
        (["30", "15-25", "45"], "undetermined"),
        (["30", "10", "10"], "undetermined"),  # half is in unknown hands
        (["30", "10", "50.5"], "no_license_required"),  # 9.5 are left
    ],
)
def test_unknown_shares_are_never_a_no(shares: list[str], expected: str) -> None:
    rows = "".join(f"{owner},X,{share}\n" for owner, share in zip(("L1", "L2", "Free"), shares, strict=True))
    assert outcome("owner,owned,share\n" + rows, "X", {"L1", "L2"})[0] == expected


def test_circles_are_decided() -> None:
    around = "owner,owned,share\nA,B,60\nB,A,60\nListed,A,{0}\nFree,A,{1}\nFree,B,40\n"
    assert outcome(around.format(30, 10), "B", {"Listed"})[0] == "no_license_required"
    assert outcome(around.format(40, 0), "B", {"Listed"})[0] == "no_license_required"
    half = "owner,owned,share\nA,B,100\nB,A,50\nListed,A,50\n"
    assert outcome(half, "B", {"Listed"})[0] == "license_required"


def test_chains_are_followed_to_a_limit() -> None:
    def chain(length: int) -> str:
        rows = "".join(f"N{i + 1},N{i},100\n" for i in range(length))
        return f"owner,owned,share\n{rows}"

    assert outcome(chain(40), "N0", {"N40"})[0] == "license_required"
    with pytest.raises(LimitExceeded):
        outcome(chain(MAX_DEPTH + 10), "N0", set())


def test_the_tree_tells_each_owner_once() -> None:
    found = graph("owner,owned,share\nA,B,60\nB,A,20\nT,A,80\nT,B,10\n")
    tree = branches(found.on(IN_FORCE), "b")
    assert [(each.name, each.above, each.rest) for each in tree.owners] == [
        ("A", False, False), ("T", False, False), ("", False, True)]  # fmt: skip
    above = tree.owners[0].owners
    assert [(each.name, each.above, each.around) for each in above] == [("T", True, False), ("B", True, True)]
    assert tree.owners[2].share == Share(30, 30)


def drawn(branch: Branch) -> int:
    return 1 + sum(map(drawn, branch.owners))


@given(st.lists(st.tuples(st.sampled_from("ABCDEFG"), st.sampled_from("ABCDEFG"), st.integers(0, 14)), max_size=20))
def test_any_graph_is_drawn_and_handed_over(stakes: list[tuple[str, str, int]]) -> None:
    rows = {(owner, owned): share for owner, owned, share in stakes if owner != owned}
    text = "owner,owned,share\nA,B,5\n" + "".join(
        f"{owner},{owned},{share}\n" for (owner, owned), share in rows.items() if (owner, owned) != ("A", "B")
    )
    picture = graph(text).on(IN_FORCE)
    assert drawn(branches(picture, "a")) <= 2 * (len(rows) + 2) + 8
    assert owner_rows(picture, "a", lambda holder: {})["complete"] is True
    assert ANY.low == 0
