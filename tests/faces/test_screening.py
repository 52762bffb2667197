"""Screening: what a possible match says, what a negative is worth, what decisions and owners change."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.faces.small_lists import COMPLETE, DAY, ENTRIES, entry, small

import tidewaiter as tw
from tidewaiter.base.errors import InputFaults, LimitExceeded, QuestionFaults
from tidewaiter.evidence.parties.lists import Address
from tidewaiter.evidence.parties.ownership import direct_stakes, read_ownership
from tidewaiter.faces.screening.columns import ListScreening
from tidewaiter.faces.screening.matches import match_responses
from tidewaiter.faces.screening.questions import with_listings
from tidewaiter.faces.screening.screens import Request, Screening, screen_request
from tidewaiter.faces.screening.sources import Sources
from tidewaiter.keeping import Disposition

LISTED = "Xinghe Quantum Technology Co., Ltd."
NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


@pytest.fixture
def own(tmp_path: Path) -> Sources:
    return small(tmp_path)


def screened(own: Sources, name: str, day: dt.date = DAY, **more: Any) -> Screening:
    return screen_request(Request(name, day, **more), own)


def decide(own: Sources, verdict: Any, name: str, key: str, **facts: Any) -> None:
    from tidewaiter.faces.screening.proposals import subject_of

    held = next(each for each in own.book.entries if each.key == key)
    subject = subject_of(Request(name, DAY, **facts).query)
    own.dispositions.record(Disposition(verdict, "looked it up", "J. Doe", NOW, subject, key, held.digest))


# what a possible match says -----------------------------------------------------------------------


@pytest.mark.parametrize("name", [LISTED, "Xinghe Quantum Technology", "星河量子科技有限公司", "星河量子"])
def test_a_listed_party_is_a_possible_match_and_no_more(own: Sources, name: str) -> None:
    found = screened(own, name)
    assert (found.outcome, found.exit_code) == ("possible_match", 1)
    best = found.proposals[0]
    assert (best.entry.key, best.status, best.verdict) == ("entity_list:1", "listed", "")
    effects = found.effects[best.party]
    assert effects is not None
    assert effects.plain.outcome == "license_required"
    assert [each.dealing for each in effects.restricted] == ["items"]
    assert effects.plain.assumptions


def test_the_law_of_each_list_is_its_own(own: Sources) -> None:
    found = screened(own, "Dongfang Haiyan Optics Group Co., Ltd.", dt.date(2026, 7, 20))
    restricted = {each.dealing for effects in found.effects.values() if effects for each in effects.restricted}
    assert restricted == {"securities", "defense_contract"}
    blocked = screened(own, "Morskaya Zvezda Shipping", country="RU")
    effects = next(iter(blocked.effects.values()))
    assert effects is not None
    assert effects.plain.outcome == "prohibited"
    assert {"items", "business", "investment"} <= {each.dealing for each in effects.restricted}


def test_programs_and_footnotes_are_told_as_of_the_day(own: Sources) -> None:
    def facts(name: str, day: dt.date) -> dict[str, Any]:
        from tidewaiter.faces.screening.listed import confirmed_facts

        return confirmed_facts([screened(own, name, day).proposals[0].entry], day)

    assert facts("Morskaya Zvezda Shipping", DAY) == {"on_sdn_list": True, "sdn_744_8": True}
    assert facts("Heiying Cyber Studio", DAY) == {"on_sdn_list": True, "sdn_744_8": False}
    before = facts(LISTED, DAY - dt.timedelta(days=1))
    assert (before["entity_list_footnote"], before["entity_review_class"]) == ("none", "presumption_of_denial")
    assert facts(LISTED, DAY)["entity_list_footnote"] == "fn4"


def test_other_days_are_told_with_their_dates(own: Sources) -> None:
    cases = {
        ("Beifang Lanyue Microsystems", dt.date(2025, 11, 30)): ("elsewhen", "later", 0),
        ("Beifang Lanyue Microsystems", dt.date(2025, 12, 1)): ("possible_match", "listed", 1),
        ("Yuhang Tiangong Laboratory", dt.date(2025, 5, 31)): ("possible_match", "listed", 1),
        ("Yuhang Tiangong Laboratory", dt.date(2025, 6, 1)): ("elsewhen", "left", 0),
        ("Beifang Lanyue Microsystems", dt.date(2024, 6, 1)): ("elsewhen", "later", 3),
    }
    for (name, day), expected in cases.items():
        found = screened(own, name, day)
        assert (found.outcome, found.proposals[0].status, found.exit_code) == expected, (name, day)


@pytest.mark.parametrize(
    ("basis", "days", "status"),
    [
        ("publication", 7, "undated"),
        ("publication", 8, "later"),
        ("effective", 1, "later"),
        ("first_seen", 9, "undated"),
    ],
)
def test_a_day_that_is_not_known_well_is_no_clearance(tmp_path: Path, basis: str, days: int, status: str) -> None:
    """A day of publication may be a week late; a first sight on a snapshot says nothing of the days before."""
    held = replace(ENTRIES[1], listed_basis=basis, listed=DAY + dt.timedelta(days=days))
    found = screened(small(tmp_path, (), (held,)), "Beifang Lanyue Microsystems")
    assert found.proposals[0].status == status
    assert found.exit_code == (1 if status == "undated" else 3)


def test_days_before_the_law_that_is_encoded_still_get_an_answer(own: Sources) -> None:
    early = replace(ENTRIES[0], listed=dt.date(2019, 5, 16))
    older = Sources(own.book, small(own.dispositions.path.parent, (), (early,)).index, own.lists, own.dispositions)
    found = screened(older, LISTED, dt.date(2020, 1, 1))
    assert found.outcome == "possible_match"
    assert list(found.effects.values()) == [None]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("Room 12, 3/F, Example Centre, 2-16 Fa Yuen Street, Hong Kong", "above"),
        ("Rm 12, Example Center, 2-16 Fayuen St., Mongkok", "above"),
        ("Example Centre, 2-16 Fa Yuen Street", "above"),  # the room is not told: not to be ruled out
        ("Room 99, Example Centre, 2-16 Fa Yuen Street", "below"),
        ("12 Queen's Road, Hong Kong", "none"),
        ("", "none"),
    ],
)
def test_an_address_of_its_own_is_found_whoever_is_there(tmp_path: Path, address: str, status: str) -> None:
    place = Address("Room 12, 3/F Example Centre, 2-16 Fa Yuen Street, Mong Kok, Kowloon, Hong Kong", "", "HK")
    held = entry(
        "entity_list:4", "Address 04", kind="address", addresses=(place,), countries=("HK",), citation="89 FR 51653"
    )
    own = small(tmp_path, None, (held,))
    found = screened(own, "Gemeindebäckerei Huber", address=address)
    assert [each.hit.above for each in found.proposals] == {"above": [True], "below": [False], "none": []}[status]
    if status == "above":
        assert found.outcome == "possible_match"
        assert screened(own, "", address=address).outcome == "possible_match"
        from tidewaiter.faces.screening.listed import confirmed_facts

        assert confirmed_facts([held], DAY) == {"at_listed_address": "first_eight"}


# what a negative is worth -------------------------------------------------------------------------


def test_a_negative_is_clear_only_where_every_list_is_complete(tmp_path: Path, own: Sources) -> None:
    assert (screened(own, "Gemeindebäckerei Huber").outcome, screened(own, "Gemeindebäckerei Huber").exit_code) == (
        "no_match", 0)  # fmt: skip
    for day in (COMPLETE[0] - dt.timedelta(days=1), COMPLETE[1] + dt.timedelta(days=1)):
        assert screened(own, "Gemeindebäckerei Huber", day).exit_code == 3
    partly = small(tmp_path, ("entity_list",))
    assert screened(partly, "Gemeindebäckerei Huber").outcome == "undetermined"
    assert screened(partly, "Gemeindebäckerei Huber", lists=("entity_list",)).exit_code == 0
    assert screened(partly, "Gemeindebäckerei Huber", lists=("entity_list", "sdn")).exit_code == 3


def test_only_the_lists_asked_are_told(own: Sources) -> None:
    assert screened(own, LISTED, lists=("sdn",)).exit_code == 0
    with pytest.raises(QuestionFaults, match="is no list"):
        screened(own, LISTED, lists=("nowhere",))


def test_every_fault_of_a_request_is_told(own: Sources) -> None:
    with pytest.raises(QuestionFaults) as caught:
        screened(own, LISTED, lists=("nowhere",), threshold=2.0, limit=0)
    assert {fault.where for fault in caught.value.faults} == {"--list", "--threshold", "--limit"}


@pytest.mark.parametrize("name", ["", " ", "!!!", "x" * 10_000, "\u200b\u200b"])
def test_what_is_no_name_is_a_fault(own: Sources, name: str) -> None:
    with pytest.raises(InputFaults):
        screened(own, name)


@pytest.mark.parametrize("name", ["x", "Ж", "星", "a\x00b", "\u202egnihtemos", "Co., Ltd.", "有限公司", "=1+1"])
def test_odd_names_get_an_answer(own: Sources, name: str) -> None:
    assert screened(own, name).outcome in ("no_match", "possible_match")


# decisions ----------------------------------------------------------------------------------------


def test_a_cleared_match_stays_cleared_until_something_changes(own: Sources) -> None:
    decide(own, "cleared", LISTED, "entity_list:1", country="CN")
    assert screened(own, LISTED, country="CN").exit_code == 0
    other = screened(own, LISTED, country="HK")
    assert other.outcome == "possible_match"
    standing = other.proposals[0].standing
    assert standing is not None
    assert standing.changed == ("country",)
    changed = (replace(ENTRIES[0], policy="Policy of denial"), *ENTRIES[1:])
    newer = Sources(own.book, small(own.dispositions.path.parent, None, changed).index, own.lists, own.dispositions)
    again = screened(newer, LISTED, country="CN")
    assert again.exit_code == 1
    assert again.proposals[0].standing is not None
    assert again.proposals[0].standing.changed == ("entry",)


def test_a_confirmed_match_is_a_listing_and_settles_its_list(own: Sources) -> None:
    decide(own, "confirmed", LISTED, "entity_list:1")
    found = screened(own, LISTED)
    assert (found.outcome, found.exit_code) == ("listed", 1)
    assert not any(each.is_open for each in found.proposals if each.entry.list == "entity_list")


def test_a_confirmed_party_that_left_its_list_is_not_listed(own: Sources) -> None:
    decide(own, "confirmed", "Yuhang Tiangong Laboratory", "entity_list:3")
    assert screened(own, "Yuhang Tiangong Laboratory").outcome == "elsewhen"


def test_taking_a_match_for_the_party_records_nothing(own: Sources) -> None:
    for keys in (("best",), ("entity_list:1",)):
        assert screened(own, LISTED, confirm=keys).outcome == "listed"
    assert own.dispositions.all() == ()
    with pytest.raises(InputFaults, match="is no possible match"):
        screened(own, LISTED, confirm=("entity_list:99",))


# owners -------------------------------------------------------------------------------------------


def owned(own: Sources, shares: list[str], day: dt.date = DAY, **more: Any) -> Screening:
    return screened(own, "Gemeindebäckerei Huber", day, owners=direct_stakes("Gemeindebäckerei Huber", shares), **more)


def test_listed_owned_and_alike_are_three_answers(own: Sources) -> None:
    assert screened(own, LISTED).outcome == "possible_match"
    half = owned(own, [f"{LISTED}=50", "Kantine Nord=50"])
    assert (half.outcome, half.exit_code) == ("owned_if", 1)
    assert half.owners is not None
    assert half.owners.stands is not None
    assert half.owners.stands.plain.outcome == "undetermined"
    alike = screened(own, "Xinghe Bakery and Sons")
    assert alike.exit_code == 0
    assert owned(own, [f"{LISTED}=49", "Kantine Nord=51"]).exit_code == 0  # below half, whoever it is


def test_owners_count_once_they_are_confirmed(own: Sources) -> None:
    decide(own, "confirmed", LISTED, "entity_list:1")
    assert owned(own, [f"{LISTED}=50", "Kantine Nord=50"]).outcome == "owned"
    assert owned(own, [f"{LISTED}=49.9", "Kantine Nord=50.1"]).exit_code == 0
    assert owned(own, [f"{LISTED}=30", "Kantine Nord"]).outcome == "owners_open"
    assert owned(own, [f"{LISTED}=50", "Kantine Nord=50"], dt.date(2025, 12, 1)).exit_code == 0  # suspended
    decide(own, "cleared", LISTED, "entity_list:1")
    assert owned(own, [f"{LISTED}=50", "Kantine Nord=50"]).exit_code == 0


def test_the_ofac_rule_holds_on_every_day(own: Sources) -> None:
    shares = ["Morskaya Zvezda Shipping=25", "Heiying Cyber Studio=25", "Kantine Nord=50"]
    for day in (dt.date(2025, 3, 1), DAY, dt.date(2025, 12, 1)):
        found = owned(own, shares, day, confirm=("best",))
        assert found.outcome == "owned"
        assert found.owners is not None
        assert found.owners.stands is not None
        assert found.owners.stands.plain.outcome == "prohibited"


def test_owners_from_a_file_are_looked_through(own: Sources) -> None:
    rows = (
        f'owner,owned,share,from\n"{LISTED}",Middle Holding,60,2025-10-01\nOthers,Middle Holding,40,\n'
        "Middle Holding,Bäckerei,55,\nOthers,Bäckerei,45,\n"
    )
    ownership = read_ownership(rows.encode())
    later, before = (
        screened(own, "Bäckerei", day, owners=ownership, confirm=("best",))
        for day in (DAY, DAY.replace(month=9, day=30))
    )
    assert (later.outcome, before.outcome) == ("owned", "owners_open")  # who held the 60 before is not told
    with pytest.raises(QuestionFaults, match="nobody of the owners"):
        screened(own, "Somebody Else", owners=ownership)


def test_owners_that_hold_each_other_without_end_are_refused(own: Sources) -> None:
    rows = "".join(f"Kreis {i},Kreis {j},1\n" for i in range(30) for j in range(30) if i != j)
    with pytest.raises(LimitExceeded, match="hold each other"):
        screened(own, "Kreis 0", owners=read_ownership(f"owner,owned,share\n{rows}".encode()))


def test_owners_of_follow_the_money_are_found_by_name_or_id(own: Sources) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "a1", "schema": "Company", "properties": {"name": ["Bäckerei"]}},
        {"id": "a2", "schema": "Company", "properties": {"name": ["Doppel"]}},
        {"id": "a3", "schema": "Company", "properties": {"name": ["Doppel"]}},
        {"id": "b1", "schema": "Company", "properties": {"name": [LISTED], "jurisdiction": ["cn"]}},
        {"id": "o1", "schema": "Ownership", "properties": {"owner": ["b1"], "asset": ["a1"], "percentage": ["75%"]}},
        {"id": "o2", "schema": "Ownership", "properties": {"owner": ["b1"], "asset": ["a2"], "percentage": ["75%"]}},
    ]
    ownership = read_ownership("\n".join(map(json.dumps, rows)).encode())
    for name in ("Bäckerei", "a1"):
        assert screened(own, name, owners=ownership, confirm=("best",)).outcome == "owned"
    with pytest.raises(QuestionFaults, match="2 holders"):
        screened(own, "Doppel", owners=ownership)


# other shapes -------------------------------------------------------------------------------------


def test_the_json_form_is_plain_and_whole(own: Sources) -> None:
    found = owned(own, [f"{LISTED}=50", "Kantine Nord"])
    data = json.loads(json.dumps(found.to_json()))
    assert data["schema_version"] == 1
    assert data["ownership"]["tree"]["owners"][0]["share"] == {"at_least": 50, "at_most": 50}
    hit = json.loads(json.dumps(screened(own, LISTED).to_json()))["hits"][0]
    assert (hit["key"], hit["status"], hit["citation"]) == ("entity_list:1", "listed", "89 FR 1")
    assert hit["if_this_party"]["outcome"] == "license_required"


def test_the_shape_of_yente(own: Sources) -> None:
    query = {"schema": "Company", "properties": {"name": [LISTED], "country": ["cn"]}}
    found = match_responses({"q1": query, "q2": {"properties": {"name": ["Gemeindebäckerei Huber"]}}}, DAY, own=own)
    first, second = found["responses"]["q1"], found["responses"]["q2"]
    assert first["query"] == query
    best = first["results"][0]
    assert {"id", "caption", "schema", "properties", "score", "match", "datasets"} <= set(best)
    assert (best["id"], best["caption"], best["match"]) == ("entity_list:1", LISTED, True)
    assert best["properties"]["country"] == ["cn"]
    assert not any(each["match"] for each in second["results"])
    with pytest.raises(QuestionFaults) as caught:
        match_responses({"a": {}, "b": {"properties": {"name": ["!!"]}}}, DAY, own=own)
    assert len(caught.value.faults) == 2


# questions ----------------------------------------------------------------------------------------


def test_a_name_in_a_question_is_a_likeness_that_has_to_be_settled(own: Sources) -> None:
    facts = {"parties": [{"role": "end_user", "party_name": LISTED}, {"role": "purchaser"}]}
    held, notes = with_listings(facts, DAY, own=own)
    assert held == {"parties": [{**facts["parties"][0], "resembles_listed": "entity_list"}, {"role": "purchaser"}]}
    assert "possible match, to be settled: Entity List: Xinghe" in notes[0].en
    assert "可能匹配，有待核实：实体清单：Xinghe" in notes[0].zh
    stated, _ = with_listings({"parties": [{"party_name": LISTED, "resembles_listed": "none"}]}, DAY, own=own)
    assert stated["parties"][0]["resembles_listed"] == "none"


def test_a_confirmed_listing_becomes_a_fact_that_what_is_stated_outweighs(own: Sources) -> None:
    def facts(**more: Any) -> dict[str, Any]:
        return {"parties": {"rows": [{"party_name": LISTED, **more}]}}

    held, _ = with_listings(facts(), DAY, ["best"], own)
    assert held["parties"]["rows"][0]["on_entity_list"] is True
    decide(own, "confirmed", LISTED, "entity_list:1")
    held, notes = with_listings(facts(), DAY, (), own)
    assert held["parties"]["rows"][0]["entity_list_footnote"] == "fn4"
    assert "confirmed by J. Doe" in notes[0].en
    stated, notes = with_listings(facts(on_entity_list=False), DAY, (), own)
    assert stated == facts(on_entity_list=False)
    assert "confirmed" not in notes[0].en
    owners, _ = with_listings({"parties": [{"owners": [{"share": 60, "party_name": LISTED}]}]}, DAY, (), own)
    assert owners["parties"][0]["owners"][0]["on_entity_list"] is True


def test_keys_that_are_no_match_are_faults(own: Sources) -> None:
    with pytest.raises(QuestionFaults):
        with_listings({"parties": [{"party_name": LISTED}]}, DAY, ["sdn:1"], own)
    with pytest.raises(QuestionFaults):
        with_listings({}, DAY, ["best"], own)


def test_names_of_tables(own: Sources) -> None:
    screening = ListScreening(own)
    names = [LISTED, "Beifang Lanyue Microsystems", "Gemeindebäckerei Huber", "!!"]
    assert [each.status for each in screening.screen(names, DAY)] == ["possible_match", "elsewhen", "none", "rejected"]
    assert [each.status for each in screening.screen(names, None)] == ["possible_match"] * 2 + ["none", "rejected"]
    before = screening.digest
    decide(own, "confirmed", LISTED, "entity_list:1")
    counted, undated = screening.screen([LISTED], DAY)[0], screening.screen([LISTED], None)[0]
    assert counted.facts is not None
    assert (counted.status, counted.facts["on_entity_list"]) == ("listed", True)
    assert (undated.status, undated.facts) == ("possible_match", {"resembles_listed": "entity_list"})
    assert screening.digest != before


def test_the_python_surface() -> None:
    found = tw.screen("智谱", on="2025-02-15", lists="EL")
    assert (found.outcome, [each.info.code for each in found.covers]) == ("possible_match", ["entity_list"])
    with pytest.raises(QuestionFaults) as caught:
        tw.screen("智谱", country="Mars", lists=["nowhere"], owners={"A": "200"})
    assert len(caught.value.faults) == 3
    owners = tw.screen("Example", on="2025-10-15", country="中国", owners={"SMIC": 30, "Huawei": "25-30", "Fund": None})
    assert owners.outcome == "owned_if"
