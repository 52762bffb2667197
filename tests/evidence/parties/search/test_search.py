"""Search on a small made-up list: other scripts, slips of the pen, sisters, people, facts beside the name."""

from __future__ import annotations

from datetime import date

import pytest
from tests.evidence.parties.search.books import book, entry

from tidewaiter.evidence.parties.lists import Address, ListBook, ListedName
from tidewaiter.evidence.parties.names import NameFault
from tidewaiter.evidence.parties.search import Hit, PartyIndex, Query

__all__: list[str] = []


@pytest.fixture(scope="module")
def index() -> PartyIndex:
    return PartyIndex.build(book())


def _best(index: PartyIndex, query: Query | str) -> Hit:
    hits = index.search(query)
    assert hits, query
    return hits[0]


def _key(hit: Hit) -> str:
    return hit.entry.key.partition(":")[2]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Chengdu Tengyao Semiconductor Co., Ltd.", "tengyao"),
        ("CHENGDU TENGYAO SEMICONDUCTOR CO LTD", "tengyao"),
        ("成都腾曜半导体有限公司", "tengyao"),
        ("成都騰曜半導體有限公司", "tengyao"),  # traditional
        ("腾曜半导体", "tengyao"),
        ("Tengyao Bandaoti", "tengyao"),  # pinyin throughout
        ("Teng Yao Semiconductor", "tengyao"),  # written apart
        ("Chengdu Tengyoa Semiconductor", "tengyao"),  # neighbors swapped
        ("RedHeron Trading", "redheron"),  # written together
        ("Red Herron Trading LLC", "redheron"),  # doubled
        ("Trading Red Heron", "redheron"),  # in another order
        ("Volkhovstal", "volkhov"),  # without its form
        ("NILM", "nilm"),  # initials
        ("Taras Orlenko", "petrov"),
        ("Orlenko Taras Ivanovitch", "petrov"),
        ("林泉舟", "li"),
        ("Lin Quan-zhou", "li"),
        ("Волховсталь", "volkhov"),  # Cyrillic
        ("Ｒｅｄ　Ｈｅｒｏｎ　Ｔｒａｄｉｎｇ", "redheron"),  # full width
        ("Red\u200c Heron\u200b Trading", "redheron"),  # invisible characters
    ],
)
def test_the_party_comes_first(index: PartyIndex, query: str, expected: str) -> None:
    assert _key(_best(index, query)) == expected


@pytest.mark.parametrize(
    "query", ["Chengdu Tengyao Semiconductor", "腾曜半导体", "Red Heron Trading", "Taras Orlenko", "AO Volkhovstal"]
)
def test_a_listed_party_is_above_the_line_with_its_reasons(index: PartyIndex, query: str) -> None:
    hit = _best(index, query)
    assert hit.above
    assert 0.7 <= hit.score <= 1
    assert hit.comparison.aligned
    assert hit.name in hit.entry.names


@pytest.mark.parametrize(
    "query",
    [
        "Ltd",
        "Trading Company Limited",
        "Co., Ltd.",
        "Beijing Technology Co., Ltd.",
        "有限公司",
        "科技有限公司",
        "Research Institute",
        "Margaret Fairweather",
        "Hangzhou Moxuan Catering Management Co., Ltd.",
        "杭州墨轩餐饮管理有限公司",
        "11420 Corp.",
    ],
)
def test_others_stay_below_the_line(index: PartyIndex, query: str) -> None:
    assert not [hit for hit in index.search(query) if hit.above]


@pytest.mark.parametrize(
    "query",
    [
        "Foshan Yilan Biotechnology Co., Ltd.",
        "Chengdu Yilan Trading Co., Ltd.",  # Chen is a name, not Chengdu
        "佛山怡岚贸易有限公司",
        "Shanghai Lanchen Media Co., Ltd.",
        "Foshan Yelan Food Co., Ltd.",
    ],
)
def test_a_brand_of_two_syllables_does_not_carry_a_likeness_alone(query: str) -> None:
    listed = [entry("yilan", "Yilan Limited"), entry("chen", "Yi-Lan Chen", kind="", countries=())]
    index = PartyIndex.build(book(*listed))
    assert not [hit for hit in index.search(query) if hit.above]


@pytest.mark.parametrize("query", ["Yilan Ltd", "YILAN CO., LTD.", "Yi Lan Limited", "Chen Yi-Lan", "Yilan Chen"])
def test_what_else_agrees_or_is_not_said_leaves_it_above(query: str) -> None:
    listed = [entry("yilan", "Yilan Limited"), entry("chen", "Yi-Lan Chen", kind="", countries=())]
    assert _best(PartyIndex.build(book(*listed)), query).above


def test_a_brand_beside_the_place_and_trade_that_a_listed_firm_has_is_no_brand() -> None:
    more = entry("model", "Shanghai Cultural Media Company Limited")
    hits = PartyIndex.build(book(more)).search("Shanghai Linze Culture Media Co., Ltd.")
    assert not [hit for hit in hits if hit.above]


def test_numbered_institutes_of_one_group_are_kept_apart(index: PartyIndex) -> None:
    for query in ("北湖集团公司第十二研究所", "Northern Lakes Corporation 12th Research Institute"):
        above = [_key(hit) for hit in index.search(query) if hit.above]
        assert above == ["inst12"], query


def test_sisters_that_share_a_brand_are_parties_of_their_own(index: PartyIndex) -> None:
    parties = {hit.party for hit in index.search("Tengyao") if hit.entry.key.startswith("made_up:tengyao")}
    assert len(parties) == 2


# facts beside the name -----------------------------------------------------------------------------------


def test_a_country_raises_or_lowers_and_says_so(index: PartyIndex) -> None:
    plain = _best(index, "Red Heron Trade")
    same = _best(index, Query("Red Heron Trade", country="AE"))
    other = _best(index, Query("Red Heron Trade", country="br"))
    assert other.score < plain.score <= same.score
    assert [reason.code for reason in same.for_] == ["country"]
    assert [(reason.code, reason.asked, reason.listed) for reason in other.against] == [("country", "BR", "AE")]


def test_an_identifier_finds_a_party_under_another_name(index: PartyIndex) -> None:
    query = Query("Wholly Different Name", identifiers=(("passport", "e123456"),))
    hit = _best(index, query)
    assert _key(hit) == "li"
    assert hit.above
    assert "identifier" in [reason.code for reason in hit.for_]


def test_another_number_of_the_same_kind_speaks_against(index: PartyIndex) -> None:
    hit = _best(index, Query("Lin Quanzhou", identifiers=(("passport", "E999999"),)))
    assert "identifier" in [reason.code for reason in hit.against]
    assert hit.score < _best(index, "Lin Quanzhou").score


@pytest.mark.parametrize(
    ("born", "for_", "against"),
    [
        ("1961-03-12", ["birth_date"], []),
        ("1961", ["birth_year"], []),
        ("1962", [], []),
        ("1990-01-01", [], ["birth_date"]),
        ("unknown", [], []),
    ],
)
def test_dates_of_birth(index: PartyIndex, born: str, for_: list[str], against: list[str]) -> None:
    hit = _best(index, Query("Orlenko, Taras", "Person", identifiers=(("birth_date", born),)))
    assert [reason.code for reason in hit.for_] == for_
    assert [reason.code for reason in hit.against if reason.code != "lone_word"] == against


def test_a_person_is_no_firm_and_a_firm_no_ship(index: PartyIndex) -> None:
    assert "kind" in [reason.code for reason in _best(index, Query("Red Heron Trading", "Person")).against]
    ship = [hit for hit in index.search("Moonlit Heron Foods Co., Ltd.") if _key(hit) == "ship"]
    assert not [hit for hit in ship if hit.above]
    assert _best(index, "Moonlit Heron").above


def test_a_weak_alias_counts_less(index: PartyIndex) -> None:
    hit = _best(index, "Quasar")
    assert _key(hit) == "weak"
    assert [reason.code for reason in hit.against] == ["weak"]
    assert hit.score < hit.comparison.score


def test_an_address_raises() -> None:
    listed = entry("a", "Kestrel Optics", addresses=(Address("4 Mill Lane, Suite 9", "Xiangtan", "CN"),))
    index = PartyIndex.build(book(listed))
    hit = _best(index, Query("Kestrel Optic", address="9th floor, 4 Mill Lane, Xiangtan"))
    assert [reason.code for reason in hit.for_] == ["address"]


def test_a_name_out_of_use_on_the_day_is_said_to_be_so() -> None:
    old = ListedName("Gossamer Bearings", "former", until=date(2020, 1, 1))
    index = PartyIndex.build(book(entry("g", "Tallow Bearings", old)))
    assert "name_ended" in [r.code for r in _best(index, Query("Gossamer Bearings", on=date(2024, 1, 1))).against]
    assert not _best(index, Query("Gossamer Bearings", on=date(2019, 1, 1))).against


# one party on several lists --------------------------------------------------------------------------------


def _parties(*entries: object) -> set[str]:
    index = PartyIndex.build(ListBook(tuple(entries), (), "several"))  # type: ignore[arg-type]
    return {hit.party for hit in index.search("Tallow Bearings Co., Ltd.")}


def test_one_party_on_two_lists_is_one() -> None:
    first = entry("1", "Tallow Bearings Co., Ltd.", code="first")
    assert len(_parties(first, entry("1", "TALLOW BEARINGS COMPANY LIMITED", code="second"))) == 1
    assert len(_parties(first, entry("1", "Tallow Bearings Co., Ltd.", code="second", countries=()))) == 1


def test_other_forms_countries_and_people_are_not_merged() -> None:
    first = entry("1", "Tallow Bearings Co., Ltd.", code="first")
    assert len(_parties(first, entry("1", "Tallow Bearings Joint Stock Company", code="second"))) == 2
    assert len(_parties(first, entry("1", "Tallow Bearings Co., Ltd.", code="second", countries=("RU",)))) == 2
    people = [entry(key, "HASSELT, Ivar", kind="person", code="p") for key in ("1", "2")]
    index = PartyIndex.build(ListBook(tuple(people), (), "people"))
    assert len({hit.party for hit in index.search("Ivar Hasselt")}) == 2


def test_an_entry_without_a_country_does_not_join_two_others() -> None:
    entries = [entry(str(n), "Tallow Bearings Co., Ltd.", countries=c) for n, c in enumerate([(), ("CN",), ("RU",)])]
    assert len(_parties(*entries)) == 2


def test_the_limit_counts_parties(index: PartyIndex) -> None:
    assert len({hit.party for hit in index.search("Trading Company Limited", limit=3)}) <= 3
    twice = [entry("1", "Tallow Bearings Co., Ltd.", code=code) for code in ("first", "second")]
    two = PartyIndex.build(ListBook(tuple(twice), (), "two"))
    assert len(two.search("Tallow Bearings Co., Ltd.", limit=1)) == 2


# batches and bad input ---------------------------------------------------------------------------------------


def test_a_batch_answers_in_order_and_says_what_cannot_be_a_name(index: PartyIndex) -> None:
    told: list[int] = []
    names = ["Red Heron Trading", "", "Volkhovstal", "Red Heron Trading", "x" * 10_000]
    found = list(index.batch(names, progress=told.append))
    assert [isinstance(each, NameFault) for each in found] == [False, True, False, False, True]
    assert found[0] == found[3] == index.search("Red Heron Trading")
    assert told == [5]


def test_several_processes_answer_the_same(index: PartyIndex) -> None:
    names = [entry.names[0].text for entry in index.book.entries] * 2 + ["", "nobody at all"]
    one, two = list(index.batch(names)), list(index.batch(names, processes=2))
    assert [each if isinstance(each, list) else str(each) for each in one] == [
        each if isinstance(each, list) else str(each) for each in two
    ]
    assert isinstance(two[-2], NameFault)


@pytest.mark.parametrize("query", ["", "  ", "\u200b", "...", "x" * 10_000])
def test_what_cannot_be_a_name_is_a_fault(index: PartyIndex, query: str) -> None:
    with pytest.raises(NameFault):
        index.search(query)


def test_an_empty_book_answers_nothing() -> None:
    index = PartyIndex.build(ListBook((), (), "empty"))
    assert index.search("Red Heron Trading") == []
    assert len(index) == 0


def test_names_that_cannot_be_analysed_are_left_out_and_the_rest_is_found() -> None:
    index = PartyIndex.build(book(entry("odd", "---", "Gossamer Bearings")))
    assert _key(_best(index, "Gossamer Bearings")) == "odd"
