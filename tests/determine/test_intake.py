"""Facts as somebody states them: every fault at once, each with its path and a remedy; nothing wrong gets through."""

from __future__ import annotations

import datetime as dt
import json
import math
import time
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.acceptance.suite import law_of

from tidewaiter.base.errors import Fault, QuestionFaults
from tidewaiter.determine.intake import MAX_FAULTS, MAX_NESTING, build_case
from tidewaiter.determine.statements import MAX_ROWS, MAX_TEXT
from tidewaiter.engine.facts import Instance, reachable
from tidewaiter.engine.values import Interval, OneOf, ordinal
from tidewaiter.library.loader import load_law

OWNERS, LETTER, BULK, NAC = (law_of(name).vocabulary for name in ("02_affiliates", "10_letter", "07_bulk", "04_nac"))


def faults(data: Any, vocabulary: Any = LETTER) -> tuple[Fault, ...]:
    with pytest.raises(QuestionFaults) as caught:
        build_case(data, vocabulary)
    return caught.value.faults


def said(data: Any, vocabulary: Any = LETTER) -> str:
    return "\n".join(str(fault) for fault in faults(data, vocabulary))


def stated(data: dict[str, Any], vocabulary: Any = LETTER) -> Any:
    return build_case(data, vocabulary).facts


def test_six_faults_at_once() -> None:
    data = {
        "exporter": "nvidea",
        "destination": "Chinna",
        "dram_bandwidth": "4000 GB/s",
        "tpp": -1,
        "exporter_holds_letter": "maybe",
        "destnation": "CN",
    }
    found = {fault.where: str(fault) for fault in faults(data)}
    assert set(found) == {f"facts.{key}" for key in data}
    assert "one of nvidia, amd, distributor, other" in found["facts.exporter"]
    assert "a number in GB_per_s, without the unit" in found["facts.dram_bandwidth"]
    assert "is outside 0 to inf tpp" in found["facts.tpp"]
    assert "write true, false or unknown" in found["facts.exporter_holds_letter"]
    assert "did you mean destination?" in found["facts.destnation"]


BAD: list[tuple[str, Any, str]] = [
    ("tpp", math.nan, "no finite number"),
    ("tpp", math.inf, "no finite number"),
    ("tpp", -math.inf, "no finite number"),
    ("tpp", {"at_most": math.inf}, "no finite number"),
    ("tpp", {"at_least": math.nan}, "no finite number"),
    ("tpp", -0.001, "outside 0"),
    ("tpp", True, "True is no number"),
    ("tpp", "800", "'800' is no number"),
    ("tpp", dt.date(2025, 1, 1), "is no number"),
    ("tpp", [800], "is no number"),
    ("tpp", 10**400, "too large"),
    ("tpp", {"at_least": 5, "at_most": 4}, "swap them"),
    ("tpp", {"about": 5}, "is no interval"),
    ("tpp", {}, "is no interval"),
    ("tpp", {"at_least": {"at_least": 1}}, "is no number"),
    ("exporter_holds_letter", 1, "neither true nor false"),
    ("exporter_holds_letter", "yes", "neither true nor false"),
    ("exporter_holds_letter", [], "neither true nor false"),
    ("destination", 86, "86 is no code"),
    ("destination", True, "is no code"),
    ("destination", ["CN"], "is no code"),
    ("destination", "XX", "'XX' is none of country"),
    ("destination", {"one_of": []}, "nothing to choose from"),
    ("destination", {"one_of": ["CN", "XX"]}, "'XX' is none of country"),
    ("destination", {"one_of": "CN"}, "is no code"),
    ("destination", {"any_of": ["CN"]}, "is no code"),
    ("destination", "C" * (MAX_TEXT + 1), "is no code"),
    ("outcome", "license_required", "'outcome' is decided by law, not stated; state the facts it rests on"),
    ("parties", [], "'parties' is no fact here"),
    ("x" * 10_000, 1, "is no fact here"),
]


@pytest.mark.parametrize(("key", "value", "expected"), BAD, ids=[f"{each[0][:9]}={each[1]!r:.40}" for each in BAD])
def test_what_is_no_value_is_refused(key: str, value: Any, expected: str) -> None:
    found = faults({key: value})
    assert len(found) == 1
    assert expected in str(found[0])
    assert len(str(found[0])) < 11_000


DATES: list[tuple[Any, str]] = [
    (20250113, "20250113 is no day; write YYYY-MM-DD"),
    (45670.0, "is no day"),
    (True, "is no day"),
    ("13.1.2025", "is no day"),
    ("2025-02-30", "is no day"),
    ({}, "is no day"),
    ({"at_least": "2025-02-01", "at_most": "2025-01-01"}, "at_least lies after at_most; swap them"),
    ({"at_least": 5}, "5 is no day"),
    (dt.datetime(2025, 1, 1, 12), "is no day"),
]


@pytest.mark.parametrize(("value", "expected"), DATES, ids=[str(each[0]) for each in DATES])
def test_what_is_no_day_is_refused(value: Any, expected: str) -> None:
    assert expected in said({"notice_day": value}, NAC)


def test_days() -> None:
    day = dt.date(2025, 1, 13)
    assert stated({"notice_day": day}, NAC) == stated({"notice_day": "2025-01-13"}, NAC) == {"notice_day": ordinal(day)}
    assert stated({"notice_day": {"at_least": day, "at_most": "2025-01-13"}}, NAC) == {"notice_day": ordinal(day)}
    assert stated({"notice_day": {"at_most": day}}, NAC) == {"notice_day": Interval(-math.inf, ordinal(day))}
    assert stated({"notice_day": "unknown"}, NAC) == {"notice_day": None}


def test_values() -> None:
    assert stated({"tpp": 800}) == {"tpp": 800.0}
    assert stated({"tpp": {"at_least": 5, "at_most": 5}}) == {"tpp": 5.0}
    assert stated({"tpp": {"at_least": 5}}) == {"tpp": Interval(5.0, math.inf)}
    assert stated({"tpp": {"at_most": 5}}) == {"tpp": Interval(0, 5.0)}
    assert stated({"tpp": "unknown", "destination": None}) == {"tpp": None}
    assert stated({"destination": {"one_of": ["CN", "HK"]}}) == {"destination": OneOf(frozenset(("CN", "HK")))}
    assert stated({"destination": {"one_of": ["CN", "CN"]}}) == {"destination": "CN"}
    assert stated({"destination": "NO"}) == {"destination": "NO"}


PLACES = [
    *(("China", "CN"), ("中国", "CN"), ("中國", "CN"), ("PRC", "CN"), ("Mainland China", "CN"), ("中國大陸", "CN")),
    *(("hong kong", "HK"), ("香港", "HK"), ("Macau", "MO"), ("澳门", "MO"), ("台湾", "TW"), ("臺灣", "TW")),
    *(
        ("United States", "US"),
        ("U.S.", "US"),
        ("USA", "US"),
        ("美国", "US"),
        ("美國", "US"),
        ("Norway", "NO"),
        ("挪威", "NO"),
    ),
    *(
        ("越南", "VN"),
        ("Viet Nam", "VN"),
        ("阿联酋", "AE"),
        ("UAE", "AE"),
        ("Crimea", "UA-43"),
        ("cn", "CN"),
        ("ＣＮ", "CN"),
    ),
]


@pytest.mark.parametrize(("name", "code"), PLACES)
def test_countries_by_their_names(name: str, code: str) -> None:
    assert stated({"destination": name}, load_law().vocabulary) == {"destination": code}


def test_no_name_means_two_countries() -> None:
    domain = load_law().vocabulary.domains["country"]
    seen: dict[str, str] = {}
    for code, wording in domain.codes.items():
        for name in (code, wording.en, wording.zh, *domain.names.get(code, ())):
            assert seen.setdefault(name.casefold(), code) == code, name


# rows ---------------------------------------------------------------------------------------------


def test_completeness_as_stated() -> None:
    for value, complete in (([{}], True), ({"rows": [{}]}, None), ({"complete": False, "rows": [{}]}, False)):
        assert build_case({"parties": value}, OWNERS).relations["parties"].complete is complete


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([], "is complete and empty; state at least one of Parties"),
        ({"rows": [], "complete": True}, "is complete and empty"),
        ({"rows": [{}], "complete": "yes"}, "facts.parties.complete: 'yes' is no truth"),
        ({"rows": [{}], "complete": 1}, "facts.parties.complete: 1 is no truth"),
        ({"rows": [{}], "compelte": True}, "facts.parties.compelte: unknown key"),
        ({"listed": True}, "is no list of rows"),
        ("all", "is no list of rows"),
        (None, "is no list of rows"),
        (["Huawei"], "facts.parties[0]: 'Huawei' is no mapping"),
        ([{"listd": True}], "facts.parties[0].listd: 'listd' is no fact here; did you mean listed?"),
        ([{"share": 5}], "facts.parties[0].share: 'share' is no fact here"),
        ([{"owners": [{"share": 101}]}], "facts.parties[0].owners[0].share: 101 is outside 0 to 100 percent"),
        ([{"owners": [{"ref": "x"}]}], "facts.parties[0].owners[0]: 'x' is the id of no row"),
        ([{"id": "acme"}, {"owners": [{"ref": "acne"}]}], "did you mean acme?"),
        ([{"id": "a"}, {"id": "a"}], "facts.parties[1].id: 'a' is the id of another row too"),
        (
            [{"id": "a"}, {"owners": [{"ref": "a", "listed": True}]}],
            "facts.parties[1].owners[0].listed: 'listed' stands beside ref",
        ),
        (
            [{"id": "a"}, {"owners": [{"ref": "a", "foo": True}]}],
            "facts.parties[1].owners[0].foo: 'foo' stands beside ref",
        ),
    ],
)
def test_faulty_rows(value: Any, expected: str) -> None:
    assert expected in said({"parties": value}, OWNERS)


def test_a_ref_to_a_row_of_another_kind() -> None:
    vocabulary = law_of("01_worldwide").vocabulary
    assert "is the id of a ic, not of a party" in said({"ics": [{"id": "a"}], "parties": [{"ref": "a"}]}, vocabulary)


def test_rings_are_closed() -> None:
    data: dict[str, Any] = {
        "parties": [{"id": "a", "owners": [{"share": 60, "id": "b", "owners": [{"ref": "a", "share": 60}]}]}]
    }
    case = build_case(data, OWNERS)
    a = case.relations["parties"].rows[0].target
    b = a.relations["party.owners"].rows[0].target
    edge = b.relations["party.owners"].rows[0]
    assert edge.target is a
    assert edge.link is not None
    assert edge.link.facts == {"stake.share": 60.0}
    assert [each.subject for each in reachable(case)].count("party") == 2


def test_refs_may_come_before_the_row_they_name() -> None:
    case = build_case({"parties": [{"owners": [{"ref": "z", "share": 5}]}, {"id": "z", "listed": True}]}, OWNERS)
    first, second = (row.target for row in case.relations["parties"].rows)
    assert first.relations["party.owners"].rows[0].target is second


def test_one_row_may_be_named_by_many() -> None:
    rows: list[Any] = [{"id": "z"}, *({"owners": [{"ref": "z", "share": 5}]} for _ in range(3000))]
    started = time.perf_counter()
    case = build_case({"parties": rows}, OWNERS)
    assert time.perf_counter() - started < 5
    assert sum(1 for _ in reachable(case)) == 1 + 3001 + 3000


def test_too_many_rows() -> None:
    assert f"more than {MAX_ROWS} rows" in said({"parties": [{}] * (MAX_ROWS + 1)}, OWNERS)


def test_too_many_faults_are_cut_short() -> None:
    started = time.perf_counter()
    found = faults({"parties": [{"organized_in": f"Landia {i}"} for i in range(50_000)]}, OWNERS)
    assert time.perf_counter() - started < 5
    assert MAX_FAULTS <= len(found) <= MAX_FAULTS + 5


def test_rows_nested_without_end() -> None:
    data: dict[str, Any] = {}
    for _ in range(5000):
        data = {"owners": [data]}
    assert f"more than {MAX_NESTING} rows within each other" in said({"parties": [data]}, OWNERS)


def test_no_mapping_at_all() -> None:
    for data in cast(tuple[Any, ...], (None, [], "facts", 3)):
        assert "is no mapping of facts" in said(data)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(("CN", "a", "unknown")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("parties", "owners", "listed", "share", "id", "ref", "rows", "complete", "organized_in"))
            | st.sampled_from(("at_least", "at_most", "one_of", "x")),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON)
@settings(max_examples=300)
def test_whatever_is_stated_is_facts_or_faults(data: Any) -> None:
    try:
        case = build_case(data, OWNERS)
    except QuestionFaults as error:
        lines = [str(fault) for fault in error.faults]
    else:
        lines = []
        assert isinstance(case, Instance)
        values = [value for each in reachable(case) for value in each.facts.values()]
        assert not any(isinstance(value, float) and not math.isfinite(value) for value in values)
    assert all(line.startswith("facts") for line in lines), json.dumps(lines)


def test_what_is_stated_to_be_unknown_is_not_assumed() -> None:
    from tidewaiter.faces.asking import Asked, answer

    options = {"dealing": "defense_contract", "name": "Example Foundry"}
    day = dt.date(2026, 7, 1)
    assumed, stated = (
        answer(Asked("party", on=day, options={**options, **more})) for more in ({}, {"list-1260h": "unknown"})
    )
    assert assumed.exit_code == 0
    assert "party.on_1260h_list" in {each.term for each in assumed.assumptions}
    assert stated.outcome == "undetermined"
    assert "party.on_1260h_list" not in {each.term for each in stated.assumptions}
