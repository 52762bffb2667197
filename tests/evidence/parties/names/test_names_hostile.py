"""Whatever text comes in: a score from 0 to 1, or a NameFault; never anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.base.errors import TidewaiterError
from tidewaiter.evidence.parties.names import NameFault, analyse, compare, quick, score_names

__all__: list[str] = []

ALPHABET = st.one_of(
    st.characters(),
    st.sampled_from("abcxyzABC 0123456789-.,'()&/·（）有限公司科技北京王伟陈全国第十二研究所АлиعليΓ\u200b\u200c\ud800"),
)
TEXT = st.text(ALPHABET, max_size=60)
VOCABULARY = (
    "Beijing Shenzhen Huaxing Xinghe Technology Tech Co Ltd Group 12 No Institute 公司 星河 科技 北京 十二所 Ali Hasan"
    " Li Wang Kim OOO The of & Research Korvex Blue Star II 7 J R al bin"
)
WORDS = st.lists(
    st.sampled_from(VOCABULARY.split()),
    min_size=1,
    max_size=9,
).map(lambda words: " ".join(["Zen", *words]))
SCHEMA = st.sampled_from(["", "Person", "Organization", "Vessel"])


@pytest.mark.parametrize(
    "text", ["", " ", "…", "\u200b", "()", "a" * 1_001, "\x00", "\ud800", "·", "。", "'", "\u0301"], ids=repr
)
@pytest.mark.parametrize("schema", ["", "Person", "Organization", "Vessel"])
def test_what_is_no_name_is_a_fault(text: str, schema: str) -> None:
    with pytest.raises(NameFault):
        analyse(text, schema)


def test_a_fault_says_what_would_be_right() -> None:
    with pytest.raises(TidewaiterError) as caught:
        analyse("x" * 10_000)
    assert isinstance(caught.value, NameFault)
    assert "at most 1000" in str(caught.value)


@pytest.mark.parametrize("name", ["a", "王", "7", "公司", "Ltd", "a" * 1_000, "王" * 1_000, "li" * 500, "a b " * 250])
@pytest.mark.parametrize("schema", ["", "Person", "Organization", "Vessel"])
def test_a_name_is_itself(name: str, schema: str) -> None:
    short = schema == "Person" and name == "公司"
    assert score_names(name, name, schema) == (0.85 if short else 1.0)


@given(TEXT, TEXT, SCHEMA)
def test_any_text(one: str, other: str, schema: str) -> None:
    try:
        a, b = analyse(one, schema), analyse(other, schema)
    except NameFault:
        return
    found = compare(a, b)
    assert 0.0 <= found.score <= 1.0
    assert 0.0 <= quick(a, b) <= 1.0
    assert all(0.0 <= row.score <= 1.0 and row.weight >= 0.0 for row in found.aligned)


@given(WORDS, WORDS, SCHEMA)
def test_the_order_of_the_two_hardly_matters(one: str, other: str, schema: str) -> None:
    a, b = analyse(one, schema), analyse(other, schema)
    assert compare(a, b).score == pytest.approx(compare(b, a).score, abs=0.16)


@given(WORDS, SCHEMA)
def test_any_name_is_itself(name: str, schema: str) -> None:
    a = analyse(name, schema)
    found = compare(a, analyse(name, schema))
    assert found.score == 1.0 or found.against == ("short",)
    assert quick(a, a) == 1.0
