"""Amendments: what they may say, every fault at once, and law with an amendment is law."""

from __future__ import annotations

import datetime as dt

import pytest

from tidewaiter.base.errors import LawFaults, LimitExceeded
from tidewaiter.engine.facts import Instance
from tidewaiter.engine.prove import Prover, Run
from tidewaiter.faces.composition import decider
from tidewaiter.faces.sides import gallery
from tidewaiter.library.amendments import MAX_AMENDMENT, Amendment, amended, read_amendment
from tidewaiter.library.snapshots import Snapshots

HEAD = "amendment: trial\ntitle: {en: Trial}\nfrom: 2024-06-01\n"


def read(text: str) -> Amendment:
    return read_amendment("trial.yaml", HEAD + text, decider().law)


def class_a(amendment: Amendment | None, day: dt.date, tpp: float) -> object:
    """Whether a data center chip of a TPP and no density to speak of is 3A090.a."""
    law = decider().law if amendment is None else amended(decider().law, [amendment])
    program = Snapshots(law, sharing=decider().snapshots).at(day)
    facts = {
        "ic.stated_tpp": tpp, "ic.stated_performance_density": 0.1, "ic.processing_units": True,
        "ic.memory_stack": False, "ic.data_center": True,
    }  # fmt: skip
    circuit = Instance("ic", facts)
    return Run(Prover(program), program, circuit).value("ic.eccn_3a090_a", circuit)


def test_a_number_changes_on_its_day_and_nowhere_else() -> None:
    change = read("numbers: {ic.eccn_3a090_a: {4800: 2400}}\n")
    day, before = dt.date(2024, 6, 1), dt.date(2024, 5, 31)
    assert [class_a(change, day, tpp) for tpp in (2399.0, 2400.0, 2401.0)] == [False, True, True]
    assert [class_a(change, before, tpp) for tpp in (2400.0, 4799.0, 4800.0)] == [False, False, True]
    assert [class_a(None, day, tpp) for tpp in (2400.0, 4799.0, 4800.0)] == [False, False, True]


def test_what_it_says_ends_when_it_ends() -> None:
    change = read("to: 2024-07-01\nrepeals: [ic.eccn_3a090_a]\n")
    days = [dt.date(2024, 5, 31), dt.date(2024, 6, 1), dt.date(2024, 6, 30), dt.date(2024, 7, 1)]
    assert [class_a(change, day, 5000.0) for day in days] == [True, False, False, True]


def test_a_provision_may_be_taken_from_another_day() -> None:
    change = read("takes: {as_of: 2022-01-01, provisions: [ear/classification/3a090_a]}\n")
    assert class_a(change, dt.date(2024, 6, 1), 5000.0) is False


def test_groups_change_and_later_versions_with_them() -> None:
    change = read("groups: {D4: {add: [MY], remove: [AE]}}\n")
    law = amended(decider().law, [change])
    snapshots = Snapshots(law)
    was = decider().snapshots.at(dt.date(2024, 6, 1)).groups["D4"]
    assert snapshots.at(dt.date(2024, 5, 31)).groups["D4"] == decider().snapshots.at(dt.date(2024, 5, 31)).groups["D4"]
    assert snapshots.at(dt.date(2024, 6, 1)).groups["D4"] == (was | {"MY"}) - {"AE"}
    assert "MY" in snapshots.at(dt.date(2026, 11, 23)).groups["D4"]
    assert "MY" in snapshots.at(dt.date(2024, 6, 1)).groups["licensable"]


def test_an_overlay_is_lifted_from_the_day_on() -> None:
    change = read("lifts: [diffusion_not_enforced]\n")
    law = amended(decider().law, [change])
    [held] = [each for each in law.overlays if each.key == "diffusion_not_enforced"]
    assert held.stop is not None
    assert held.stop <= max(held.start, dt.date(2024, 6, 1))


def test_law_with_an_amendment_has_a_hash_of_its_own() -> None:
    one, other = read("repeals: [ic.eccn_3a090_a]\n"), read("repeals: [ic.eccn_3a090_b]\n")
    law = decider().law
    digests = {law.digest, amended(law, [one]).digest, amended(law, [other]).digest, amended(law, [one, other]).digest}
    assert len(digests) == 4


@pytest.mark.parametrize(("key", "text"), list(gallery()), ids=[key for key, _ in gallery()])
def test_every_amendment_of_the_gallery_reads(key: str, text: str) -> None:
    found = read_amendment(f"{key}.yaml", text, decider().law)
    assert found.key == key
    assert found.title.en
    assert found.title.zh
    assert found.says.en
    assert found.says.zh


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "changes nothing"),
        ("nonsense: 1\n", "unknown key"),
        ("replaces: {no_such_term: {when: 'true'}}\n", "decided by no provision"),
        ("replaces: {rs_requirement_a: {when: tpp > 4800}}\n", "tpp"),
        ("replaces: {ic.eccn_3a090_a: {when: tpp > die_area}}\n", "compares number in"),
        ("replaces: {ic.eccn_3a090_a: {when: __import__('os').system('true')}}\n", "3"),
        ("adds: {ic.tpp: {value: 3}}\n", "only truths"),
        ("repeals: [ic.tpp]\n", "only truths"),
        ("numbers: {ic.eccn_3a090_a: {4801: 1}}\n", "does not stand in it"),
        ("numbers: {ic.eccn_3a090_a: {4800: many}}\n", "no pair of numbers"),
        ("takes: {as_of: 2022-01-01, provisions: [no/such/*]}\n", "fits no provision"),
        ("lifts: [no_such_overlay]\n", "is no overlay"),
        ("groups: {D9: {add: [MY]}}\n", "is no group"),
        ("groups: {D4: {add: [XX]}}\n", "no code"),
        ("groups: {licensable: {add: [MY]}}\n", "follows other groups"),
        ("to: 2024-01-01\nrepeals: [ic.eccn_3a090_a]\n", "before it starts"),
        ("repeals: [rs_requirement_a]\nreplaces: {rs_requirement_a: {when: 'true'}}\n", "changed twice"),
        ("replaces: {item_at_a_limb: {when: rs_requirement_a}}\n", "rests on itself"),
        ("to: 2025-01-01\nlifts: [diffusion_not_enforced]\n", "to: goes with"),
        ("listings: [{name: X, list: entity_list, footnote: four}]\n", "footnote"),
    ],
)
def test_a_fault_is_named(text: str, said: str) -> None:
    with pytest.raises(LawFaults) as caught:
        read(text)
    assert said in str(caught.value)


def test_all_faults_come_at_once() -> None:
    with pytest.raises(LawFaults) as caught:
        read("replaces: {no_such_term: {when: 'true'}}\nlifts: [no_such_overlay]\ngroups: {D9: {add: [MY]}}\n")
    assert len(caught.value.faults) == 3


def test_a_monster_is_refused_before_it_is_read() -> None:
    with pytest.raises(LimitExceeded):
        read("note: " + "x" * MAX_AMENDMENT)
