"""Rule 12 beyond single destinations: how many members, and which list shows which text."""

import datetime as dt

import pytest
from tests.acceptance.suite import snapshots_of

LICENSABLE = frozenset(
    (
        *("AF", "AM", "AZ", "BH", "BY", "CD", "CF", "CN", "CU", "EG", "ER", "GE", "HT", "IQ", "IR"),
        *("JO", "KG", "KH", "KP", "KW", "KZ", "LA", "LB", "LY", "MD", "MM", "MN", "MO", "NI", "OM"),
        *("PK", "QA", "RU", "SA", "SD", "SO", "SS", "SY", "TJ", "TM", "UZ", "VE", "VN", "YE", "ZW"),
    )
)


def test_licensable_set_of_july_2026() -> None:
    members = snapshots_of("12_groups").at(dt.date(2026, 7, 23)).groups["licensable"]
    assert len(LICENSABLE) == 45
    assert members == LICENSABLE


@pytest.mark.parametrize(
    ("day", "missing", "added"),
    [
        (dt.date(2026, 7, 9), set[str](), {"AE"}),
        (dt.date(2024, 3, 14), {"NI"}, {"AE"}),
        (dt.date(2024, 3, 15), set[str](), {"AE"}),
        (dt.date(2025, 11, 7), set[str](), {"AE"}),
    ],
)
def test_licensable_set_moves_with_its_parts(day: dt.date, missing: set[str], added: set[str]) -> None:
    members = snapshots_of("12_groups").at(day).groups["licensable"]
    assert members == LICENSABLE - missing | added


def test_table_and_controlling_list_stand_apart() -> None:
    snapshots = snapshots_of("12_groups")
    printed = snapshots.law.groups["D5"].prints
    for day, differs in ((dt.date(2025, 11, 6), set()), (dt.date(2025, 12, 1), {"KH"}), (dt.date(2026, 2, 3), set())):
        groups = snapshots.at(day).groups
        assert groups[printed] - groups["D5"] == differs
        assert groups["D5"] <= groups[printed]


def test_norway_is_text() -> None:
    groups = snapshots_of("12_groups").at(dt.date(2026, 7, 23)).groups
    assert "NO" in groups["A5"]
    assert all(isinstance(code, str) for members in groups.values() for code in members)
