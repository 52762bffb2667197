"""What a comparison says of itself: pieces, contradictions, and names known of the parties."""

from __future__ import annotations

import pytest

from tidewaiter.evidence.parties.names import (
    AliasTable,
    Comparison,
    analyse,
    compare,
    compare_with_aliases,
    quick,
    score_names,
    threshold,
)

__all__: list[str] = []

ALIASES = AliasTable(
    [
        ("list_a:1", "Shenzhen SiTower Technologies Co., Ltd.", "Notice 1", ""),
        ("list_a:1", "深圳市新塔来技术有限公司", "the firm's own site", ""),
        ("list_a:2", "深圳市新塔来工业机器有限公司", "Notice 2", ""),
        ("list_a:3", "ZQE Corporation", "Notice 3", ""),
        ("list_a:3", "中岐通讯股份有限公司", "Notice 3", ""),
        ("list_a:3", "中岐", "press", ""),
        ("list_b:9", "SiTower", "Notice 9", ""),
        ("list_b:9", "", "an empty row is left out", ""),
    ]
)


def found(query: str, candidate: str, schema: str = "") -> Comparison:
    return compare(analyse(query, schema), analyse(candidate, schema))


def through(query: str, candidate: str) -> Comparison:
    return compare_with_aliases(analyse(query), analyse(candidate), ALIASES)


def hows(comparison: Comparison) -> dict[str, str]:
    return {row.query or row.candidate: row.how for row in comparison.aligned}


def test_every_piece_is_explained() -> None:
    said = hows(found("成都星河智能科技有限公司", "Chengdu Xinghe Intelligent Technology Co., Ltd."))
    assert said == {"星河": "pinyin", "成都": "pinyin", "智能": "gloss", "科技": "gloss", "有限公司": "gloss"}
    assert hows(found("Korvex Comm Grp", "Korvex Communications"))["comm"] == "abbreviation"
    assert hows(found("Cloud Walker Ltd", "Cloudwalker Ltd"))["cloud walker"] == "joined"
    assert hows(found("HMEC", "Haiyun Marine Equipment Corporation"))["hmec"] == "acronym"


@pytest.mark.parametrize(
    ("query", "candidate", "code"),
    [
        ("Plant 119 Aviation", "Plant 112 Aviation", "number"),
        ("宏图（昆山）光电有限公司", "宏图（南京）光电有限公司", "place"),
        ("Lanhai Bank", "Lanhai Textile", "business"),
        ("11420 Corp.", "Global Corp.", "weak"),
    ],
)
def test_what_speaks_against_pulls_below_the_line(query: str, candidate: str, code: str) -> None:
    comparison = found(query, candidate)
    assert code in comparison.against
    assert comparison.score < threshold()


def test_a_province_and_its_city_do_not_contradict() -> None:
    assert found("江苏明德半导体有限公司", "无锡明德半导体有限公司").against == ()
    assert found("中国明德半导体有限公司", "无锡明德半导体有限公司").score >= threshold()


def test_hanzi_on_both_sides_compare_hanzi() -> None:
    comparison = found("海芯科技", "海鑫科技")
    assert comparison.score < threshold()
    assert found("陈立群", "陈丽群", "Person").against == ("hanzi",)


def test_two_syllables_alone_are_capped() -> None:
    comparison = found("海芯公司", "Haixin Ltd")
    assert comparison.against == ("homophone",)
    assert comparison.score == 0.75


def test_a_two_character_person_name_is_capped() -> None:
    assert found("王伟", "王伟", "Person").score < 0.9
    assert found("王伟", "Wang Wei", "Person").score < found("王伟", "王伟", "Person").score
    assert found("王伟", "Wang Wei", "Person").against == ("short",)
    assert found("王大伟", "王大伟", "Person").score == 1.0


def test_the_second_key_orders_equal_scores() -> None:
    exact, bare = found("Korvex Ltd", "Korvex Ltd"), found("Korvex Ltd", "Korvex LLC")
    assert bare.score >= 0.97
    assert exact.tie > bare.tie


def test_rarity_weighs_words() -> None:
    query, candidate = analyse("Zentara Falcon"), analyse("Zentara Dorado")
    common = compare(query, candidate, lambda word: 0.2 if word == "zentara" else 1.0)
    assert common.score < compare(query, candidate).score


def test_quick_is_near_the_score_of_like_names() -> None:
    for one, other in (("Korvex Technologies", "Kovrex Tech"), ("星河科技", "Xinghe Keji"), ("Ali Hasan", "Aly Hasan")):
        assert quick(analyse(one), analyse(other)) >= 0.6
    assert quick(analyse("Korvex"), analyse("Bluebird")) < 0.5


def test_an_alias_says_through_what_and_who_says_so() -> None:
    comparison = through("深圳市新塔来技术有限公司", "Shenzhen SiTower Technologies Co., Ltd.")
    assert comparison.score == 1.0
    assert comparison.through == "深圳市新塔来技术有限公司 = Shenzhen SiTower Technologies Co., Ltd."
    assert comparison.source == "Notice 1"
    assert found("深圳市新塔来技术有限公司", "Shenzhen SiTower Technologies Co., Ltd.").score < threshold()


def test_a_brand_has_its_second_form_in_other_names_of_its_firm() -> None:
    comparison = through("上海新塔来技术有限公司", "Shanghai SiTower Technologies Ltd")
    assert comparison.score >= threshold()
    assert comparison.through == "新塔来 = sitower"


def test_a_name_of_another_known_party_contradicts() -> None:
    comparison = through("深圳市新塔来工业机器有限公司", "Shenzhen SiTower Technologies Co., Ltd.")
    assert comparison.score < threshold()
    assert through("深圳新塔来工业机器", "深圳新塔来技术").against[-1] == "party"


def test_entries_of_two_lists_may_be_one_party() -> None:
    assert "party" not in through("SiTower Ltd", "Shenzhen SiTower Technologies Co., Ltd.").against


def test_a_short_alias_does_not_hide_another_business() -> None:
    assert through("中岐能源有限公司", "ZQE Corporation").score < threshold()
    assert through("中岐通讯", "ZQE Corporation").score >= threshold()
    assert through("中岐", "ZQE Corporation").score >= threshold()


def test_the_plain_entry_is_the_comparison() -> None:
    assert score_names("Korvex Tech", "Korvex Technologies") == found("Korvex Tech", "Korvex Technologies").score
