"""Names in one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.evidence.catalog.names import MAX_NAME, bare, shown, spaced, unreadable

__all__: list[str] = []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("RTX 4090 D", "rtx4090d"),
        ("Ｈ２０", "H20"),
        ("H\u200b20", "H20"),
        ("Gaudi® 3 (HL-325L)", "gaudi 3 hl325l"),
        ("輝達", "辉达"),
        ("昇騰910C", "昇腾910C"),
        ("H100 SXM", "H100‑SXM"),
    ],
)
def test_the_same_name_written_two_ways(one: str, other: str) -> None:
    assert bare(one) == bare(other)


@pytest.mark.parametrize(
    ("one", "other"), [("H20", "H200"), ("A100", "A1000"), ("V3.2", "V32"), ("910B", "910C"), ("L40", "L40S")]
)
def test_names_that_stay_apart(one: str, other: str) -> None:
    assert bare(one) != bare(other)


@given(st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=40))
def test_normalizing_twice_changes_nothing(name: str) -> None:
    assert bare(bare(name)) == bare(name)
    assert spaced(spaced(name)) == spaced(name)


@given(st.from_regex(r"[A-Za-z]{1,4}[0-9]{1,4}[A-Za-z]{0,2}", fullmatch=True), st.sampled_from([" ", "-", "_", " - "]))
def test_case_and_separators_do_not_matter(name: str, between: str) -> None:
    assert bare(between.join(name)) == bare(name.upper()) == bare(f" {name.lower()}™ ")


@given(st.text(max_size=400))
def test_any_text_is_readable_or_refused_with_a_reason(name: str) -> None:
    if not unreadable(name):
        assert isinstance(bare(name), str)
    assert shown(name).isprintable()
    assert len(shown(name)) <= 61


@pytest.mark.parametrize("name", ["", "  ", "\t", "x" * (MAX_NAME + 1), "H\x0020", "H20\x1b[31m", "\ud800"])
def test_unreadable_names(name: str) -> None:
    assert unreadable(name)
