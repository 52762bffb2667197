"""The table that is shipped: counts, days, footnotes, names; and the names known not to be listed."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from tidewaiter.base.errors import InputFaults, NameNotFound
from tidewaiter.evidence.parties.lists import (
    absence_proven,
    aliases_of,
    known_unlisted,
    lists,
    party_names,
    party_of,
    shipped_book,
    standing,
)
from tidewaiter.evidence.parties.lists.catalogue import list_of_code, list_of_program, list_of_source
from tidewaiter.evidence.parties.lists.curated import curated_entries
from tidewaiter.evidence.parties.lists.entries import Entry, Footnote
from tidewaiter.evidence.parties.lists.finding import entries_named, entry_of
from tidewaiter.evidence.parties.lists.rows import read_rows
from tidewaiter.evidence.parties.lists.shipped import COMPILED, compiled
from tidewaiter.evidence.parties.lists.standing import LISTED, NOT_LISTED, unclear_since
from tidewaiter.evidence.parties.lists.texts import data_folder

__all__: list[str] = []


def _entry(name: str, code: str) -> Entry:
    (entry,) = (entry for entry in entries_named(shipped_book(), name) if entry.list == code)
    return entry


def test_the_compiled_form_is_up_to_date() -> None:
    assert (data_folder() / COMPILED).read_bytes() == compiled(), "run scripts/parties_compile.py"


def test_every_dated_listing_is_there() -> None:
    counts = Counter(entry.list for entry in shipped_book().entries)
    assert counts == {
        "entity_list": 382,
        "dod_1260h": 83,
        "ns_cmic": 27,
        "fcc_covered": 13,
        "sdn": 6,
        "section_889": 5,
        "section_5949": 3,
    }
    assert all(entry.listed and entry.source and entry.countries for entry in shipped_book().entries)
    assert len({entry.key for entry in shipped_book().entries}) == 519


@pytest.mark.parametrize(
    ("name", "code", "listed", "removed"),
    [
        ("华为技术有限公司", "section_889", date(2019, 8, 13), None),
        ("Yangtze Memory Technologies Co., Ltd.", "dod_1260h", date(2024, 1, 31), None),
        ("ChangXin Memory Technologies, Inc.", "dod_1260h", date(2025, 1, 7), None),
        ("Beijing Megvii Technology Co., Ltd.", "dod_1260h", date(2024, 1, 31), date(2025, 1, 7)),
        ("Advanced Micro-Fabrication Equipment Inc. China", "dod_1260h", date(2024, 1, 31), date(2025, 1, 7)),
        ("Beijing Zhipu Huazhang Technology Co., Ltd.", "entity_list", date(2025, 1, 16), None),
        ("Sugon", "entity_list", date(2019, 6, 24), None),
        ("Inspur Group Co., Ltd.", "entity_list", date(2023, 3, 2), None),
    ],
)
def test_days_of_listing(name: str, code: str, listed: date, removed: date | None) -> None:
    entry = _entry(name, code)
    assert (entry.listed, entry.removed) == (listed, removed)


def test_the_withdrawn_document_lists_and_ends_nothing() -> None:
    days = {day for entry in shipped_book().entries for day in (entry.listed, entry.removed)}
    assert not {date(2026, 2, 13), date(2026, 2, 17)} & days


def test_footnotes_have_their_own_first_day() -> None:
    huawei = _entry("Huawei Technologies Co., Ltd. (Huawei)", "entity_list")
    assert huawei.footnotes == (Footnote(1, date(2020, 5, 15)), Footnote(2, date(2020, 8, 17)))
    assert _entry("Sugon", "entity_list").footnotes == (Footnote(4, date(2022, 10, 21)),)
    assert _entry("Beijing Zhipu Huazhang Technology Co., Ltd.", "entity_list").footnotes == ()
    since = {entry.footnotes[0].since for entry in shipped_book().entries if entry.citation.startswith("88 FR 71992")}
    assert since == {date(2023, 10, 17)}


def test_three_footnotes_are_unclear() -> None:
    doubtful = [entry for entry in shipped_book().entries if unclear_since(entry, 4)]
    assert {entry.names[0].text for entry in doubtful} == {
        "Harbin Institute of Technology",
        "Beijing Institute of Technology",
        "Northwestern Polytechnical University",
    }
    assert {unclear_since(entry, 4) for entry in doubtful} == {date(2023, 3, 2)}
    assert all(entry.footnotes == (Footnote(4, date(2022, 10, 21)),) for entry in doubtful)
    assert unclear_since(_entry("Sugon", "entity_list"), 4) is None


def test_chinese_names_are_marked_as_general_knowledge() -> None:
    names = {name.text: name for name in aliases_of(_entry("Sugon", "entity_list").key)}
    assert any(name.confidence == "low" and name.source for name in names.values())
    printed = [
        name for entry in shipped_book().entries for name in entry.names if name.text == "北京智谱华章科技股份有限公司"
    ]
    assert {name.confidence for name in printed} == {"medium"}
    assert names["曙光信息产业股份有限公司"].source == "printed on the NS-CMIC list"
    assert (names["曙光"].kind, names["曙光"].confidence) == ("weak", "low")


def test_the_gazetteer_knows_party_and_names() -> None:
    keys = party_of("华为")
    assert {"entity_list", "dod_1260h", "section_889"} <= {key.partition(":")[0] for key in keys}
    assert party_of("sugon") == party_of("SUGON")
    assert party_of("no such party") == ()
    assert any(name.weak for name in party_names())
    assert {name.text for name in party_names()} >= {"HiSilicon", "海思"} or party_of("HiSilicon")
    assert aliases_of("no:key") == ()


def test_names_known_not_to_be_listed() -> None:
    found = {each.list: each for each in known_unlisted("深度求索")}
    assert found["entity_list"].since == found["entity_list"].until == date(2026, 7, 31)
    assert found["dod_1260h"].since < found["dod_1260h"].until
    assert {each.list for each in known_unlisted("alibaba")} == {"entity_list", "ns_cmic", "sdn"}
    assert known_unlisted("字节跳动", "sdn")[0].name == "ByteDance"
    assert known_unlisted("Huawei") == ()
    for each in party_names():
        for row in known_unlisted(each.text):
            assert row.list not in {key.partition(":")[0] for key in each.keys}, each.text


def test_the_table_proves_no_absence() -> None:
    book = shipped_book()
    assert not any(absence_proven(code, date(2026, 7, 31), book.editions) for code in lists())
    sugon = _entry("Sugon", "entity_list")
    assert standing(sugon, date(2019, 6, 23), book.editions) == NOT_LISTED
    assert standing(sugon, date(2019, 6, 24), book.editions) == LISTED


def test_lists_are_told_by_code_source_and_program() -> None:
    assert [list_of_code(code) for code in ("EL", "cmic", "sdn", "x")] == ["entity_list", "ns_cmic", "sdn", ""]
    assert list_of_source("Entity List (EL) - Bureau of Industry and Security") == "entity_list"
    assert list_of_source("Gazette") == ""
    assert list_of_program("US-DHS-UFLPA") == "uflpa"
    assert list_of_program("Section 889 of an Act") == "section_889"
    assert all(info.title.zh and info.authority for info in lists().values())


def test_facts_of_lists_are_terms_of_the_law() -> None:
    from tidewaiter.faces.composition import decider

    known = decider().law.vocabulary.facts
    assert [info.fact for info in lists().values() if info.fact and info.fact not in known] == []


def test_names_and_keys_not_found_are_told_with_the_nearest() -> None:
    with pytest.raises(NameNotFound, match="Sugon"):
        entries_named(shipped_book(), "Sugonn")
    with pytest.raises(NameNotFound):
        entries_named(shipped_book(), "  ")
    with pytest.raises(NameNotFound, match="is no entry"):
        entry_of(shipped_book(), "entity_list:none")


def test_faults_of_the_files_are_listed_together() -> None:
    text = """
list: entity_list
acts:
  - {effective: 2030-01-02, basis: effective, source: x, entries: [
      {name: Kites, country: CN, colour: red}, {name: Kites, country: CN, policy: none_such, confidence: sure}]}
  - {basis: effective, source: x, entries: []}
"""
    with pytest.raises(InputFaults) as raised:
        curated_entries({"curated/entity_list.yaml": text})
    assert len(raised.value.faults) == 5


def test_the_compiled_form_is_read_as_written() -> None:
    header, rows = read_rows(compiled())
    assert len(rows) == 519
    assert set(header) >= {"texts", "lists", "unlisted", "doubts"}
