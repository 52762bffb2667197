"""The candidate index: what it reads, what it finds, and that nothing makes it fail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.parties.search.books import book, entry

from tidewaiter.evidence.parties.lists import ListBook
from tidewaiter.evidence.parties.names import NameFault, analyse
from tidewaiter.evidence.parties.search import PartyIndex, Query, candidates
from tidewaiter.evidence.parties.search.buckets import bucketed, runs
from tidewaiter.evidence.parties.search.candidates import MOST, Finder
from tidewaiter.evidence.parties.search.keys import bigrams, deletions, initials, joins
from tidewaiter.evidence.parties.search.naming import cheap_keys, keys_of
from tidewaiter.evidence.parties.search.postings import Keyed, Postings, postings

__all__: list[str] = []

INDEX = PartyIndex.build(book())
NAMES = [name.text for entry in INDEX.book.entries for name in entry.names]


def _postings(*names: str) -> Postings:
    return postings([keys_of(analyse(name), listed=True) for name in names])


def _estimates(index: Postings, query: str) -> list[float]:
    keys = cheap_keys(query)
    assert keys is not None
    return [round(estimate, 6) for estimate, _ in Finder(index).find(keys)]


def _found(index: Postings, query: str) -> list[int]:
    keys = cheap_keys(query) or keys_of(analyse(query), listed=False)
    return [row for _, row in Finder(index).find(keys)]


# keys ----------------------------------------------------------------------------------------------------


@given(st.text("abcdefgh", min_size=3, max_size=12), st.data())
def test_words_one_letter_apart_share_a_deletion(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefgh"))
    slips = [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]]
    slips.append(word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :])
    for slip in slips:
        assert set(deletions(word)) & set(deletions(slip)), slip


def test_joins_pairs_and_initials() -> None:
    assert joins(["a", "b", "c"], 3) == ["ab", "bc", "abc"]
    assert joins(["a"]) == []
    assert bigrams("星河集团") == ["星河", "河集", "集团"]
    assert bigrams("星") == ["星"]
    assert initials(["national", "lake", "institute"]) == "nli"
    assert initials(["one", "two"]) == ""


@given(st.lists(st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 99)), max_size=60))
def test_buckets_hold_what_was_put_in(pairs: list[tuple[int, int]]) -> None:
    table = bucketed(pairs)
    for key in {key for key, _ in pairs} | {7}:
        assert sorted(table.get(key)) == sorted({value for other, value in pairs if other == key})


def test_a_key_of_too_many_numbers_is_left_out() -> None:
    table = bucketed([(5, n) for n in range(4)] + [(9, 1)], most=3)
    assert table.get(5) == []
    assert table.get(9) == [1]


def test_runs() -> None:
    table = runs([[1, 2], [], [3]])
    assert [table[at] for at in range(len(table))] == [[1, 2], [], [3]]
    assert table.length(0) == 2


# candidates ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("Zhongxing Kestrol", "Zhongxing Kestrel"),
        ("Gossamerbearings", "Gossamer Bearings"),
        ("Gossamer Bearings", "Gossamerbearings"),
        ("gossamerxbearings", "Gossamer Bearings"),  # a letter for the space
        ("腾曜", "Teng Yao Semiconductor"),
        ("Tengyao", "腾曜半导体有限公司"),
        ("Muhammad Darvani", "MOHAMMED, Darvani"),
        ("NILM", "National Institute of Lacustrine Metrology"),
        ("National Institute of Lacustrine Metrology", "NILM"),
        ("湖北星曜集团", "湖北省星曜控股集团"),
    ],
)
def test_a_likely_row_is_a_candidate(query: str, listed: str) -> None:
    index = _postings(*(f"{word} Trading Company" for word in ("Abalone", "Bramble", "Cinder")), listed)
    assert 3 in _found(index, query)


def _keyed(brand: str) -> Keyed:
    words = (brand, "technology", "trading", "company", "limited")
    return Keyed(words, " ".join(words), (1.0, 0.35, 0.35, 0.1, 0.1))


def test_generic_words_never_drive_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "_BUDGET", 5_000)
    letters = "abcdefghijklmnopqrst"
    brands = [f"{one}x{two}q{three}" for one in letters for two in letters for three in letters[:10]]
    finder = Finder(postings([_keyed(brand) for brand in (*brands, "gossamer")]))
    for query in ("technology trading company limited", "technology", "gossamer technology trading company limited"):
        keys = cheap_keys(query)
        assert keys is not None
        found = finder.find(keys)
        assert len(found) <= MOST
        assert finder.read <= 5_000, query
    assert found[0][1] == len(brands)
    assert finder.read < 500  # the brand is enough: business and legal form are not read through


def test_without_numpy_the_same_rows_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{brand} Technology Trading Company" for brand in ("Gossamer", "Kestrel", "Abalone") for _ in range(150)]
    index = _postings(*names, "Gossamer Holdings", "Kestrel Gossamer Trading")
    queries = ("Gossamer Trading Company", "Kestrell Technology", "Kestrel Gossamer", "Trading Technology Company")
    with_numpy = [_estimates(index, query) for query in queries]
    monkeypatch.setattr(candidates, "_has_numpy", lambda: False)
    assert [_estimates(index, query) for query in queries] == with_numpy
    assert any(len(each) > 3 for each in with_numpy)


def test_at_most_sixty_are_compared() -> None:
    others = (f"Kestrel{n} {n}" for n in range(2000))
    index = _postings(*(f"Gossamer {n}" for n in range(200)), *others)
    assert len(_found(index, "Gossamer")) == MOST


# everything listed is found, nothing fails -------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_listed_name_finds_its_entry_at_the_top(name: str) -> None:
    hits = INDEX.search(name)
    best = [hit for hit in hits if hit.score == hits[0].score]
    assert any(name in [each.text for each in hit.entry.names] for hit in best)
    assert hits[0].above


@given(st.text(max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    try:
        hits = INDEX.search(text)
    except NameFault:
        return
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert len({hit.party for hit in hits}) <= 10


@given(
    st.sampled_from(NAMES),
    st.text(max_size=8),
    st.lists(st.tuples(st.text(max_size=8), st.text(max_size=20)), max_size=3),
    st.text(max_size=40),
)
def test_no_fact_makes_it_fail(name: str, text: str, facts: list[tuple[str, str]], address: str) -> None:
    identifiers = (*facts, ("born", text), ("passport", text))
    hits = INDEX.search(Query(name, text, text, address, identifiers))
    assert all(0 <= hit.score <= 1 and hit.above == (hit.score >= 0.7) for hit in hits)


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=6))
def test_any_names_can_be_listed_and_are_found(texts: list[str]) -> None:
    entries = [entry(str(at), text, kind="") for at, text in enumerate(texts)]
    index = PartyIndex.build(ListBook(tuple(entries), (), "any"))
    for at, text in enumerate(texts):
        try:
            hits = index.search(text)
        except NameFault:
            continue
        assert f"made_up:{at}" in [hit.entry.key for hit in hits], text


def test_the_same_question_has_the_same_answer() -> None:
    fresh = PartyIndex.build(book())
    for name in NAMES[:12]:
        assert fresh.search(name) == INDEX.search(name) == INDEX.search(name)
