"""What a name is taken apart into, and what loading it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tidewaiter.evidence.parties.names import analyse
from tidewaiter.evidence.parties.names.folding import fold
from tidewaiter.evidence.parties.names.lexicon import hanzi_terms, latin_terms, places_above
from tidewaiter.evidence.parties.names.readings import family_readings, mandarin_of, surname_length
from tidewaiter.evidence.parties.names.segments import hanzi_number
from tidewaiter.evidence.parties.names.syllables import mandarin, parts

__all__: list[str] = []


def roles(name: str, schema: str = "") -> list[tuple[str, str]]:
    return [(piece.text, piece.concept or piece.role) for piece in analyse(name, schema).pieces]


@pytest.mark.parametrize(
    "name",
    [
        "成都市星河智能科技有限公司",
        "成都星河智能科技有限公司",
        "星河智能科技（成都）有限公司",
        "Chengdu Xinghe Intelligent Technology Co., Ltd.",
        "Chengdu Xinghe Zhineng Keji Youxian Gongsi",
        "CHENG DU XING HE ZHI NENG KE JI YOU XIAN GONG SI".replace("CHENG DU", "CHENGDU"),
    ],
)
def test_place_brand_business_form_however_written(name: str) -> None:
    found = analyse(name)
    assert found.places == {"chengdu"}
    assert {piece.concept for piece in found.pieces if piece.role == "business"} == {"business:smart", "business:tech"}
    assert [piece.concept for piece in found.pieces if piece.role == "form"] == ["form:ltd"]
    assert found.pinyin == "xinghe"


def test_numbers_are_digits_however_written() -> None:
    for name in ("第十二研究所", "十二所", "12th Institute", "Institute No. 12", "Twelfth Institute", "第12研究所"):
        assert analyse(name).numbers == {"12"}, name
    assert analyse("Twenty-Eighth Institute").numbers == {"28"}
    assert [hanzi_number(text) for text in ("十", "二十", "五十八", "七七一", "一百零八", "一百二十")] == [
        "10", "20", "58", "771", "108", "120",
    ]  # fmt: skip


def test_a_numeral_in_a_brand_is_no_number() -> None:
    assert analyse("三一重工股份有限公司").numbers == frozenset()
    assert analyse("三峡集团").numbers == frozenset()


def test_a_brand_of_one_character_takes_the_weak_word_beside_it() -> None:
    assert analyse("京东方科技集团股份有限公司").core == "京东方"


def test_single_letters_make_a_form_or_a_word() -> None:
    assert roles("Z.T.E. L.L.C.") == [("zte", "core"), ("l l c", "form:ltd")]


def test_persons() -> None:
    assert [(p.text, p.role) for p in analyse("CHEN, Quan-guo", "Person").pieces] == [
        ("chen", "family"), ("quan", "given"), ("guo", "given"),
    ]  # fmt: skip
    assert [(p.text, p.role) for p in analyse("欧阳志远", "Person").pieces] == [("欧阳", "family"), ("志远", "given")]
    assert [p.role for p in analyse("Abu Bakr al-Saleh", "Person").pieces] == ["particle", "given", "particle", "given"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ｋorvex", "korvex"),
        ("Kor\u200bvex\u200c", "korvex"),
        ("Xi’an", "xian"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Газпром", "gazprom"),
        ("Αθήνα", "athina"),
        ("電広", "电广"),
        ("臺灣", "台湾"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_family_names_have_their_own_readings() -> None:
    readings = {
        "曾": "zeng",
        "单": "shan",
        "仇": "qiu",
        "解": "xie",
        "查": "zha",
        "朴": "piao",
        "区": "ou",
        "尉迟": "yu chi",
    }
    for family, said in readings.items():
        assert family_readings(family)[0] == tuple(said.split()), family
    assert [surname_length(name) for name in ("欧阳娜娜", "欧文", "王伟", "阿卜杜拉", "彡彡")] == [2, 1, 1, 1, 0]


def test_syllables() -> None:
    assert parts("xinghe") == ("xing", "he")
    assert parts("zhongguancun") == ("zhong", "guan", "cun")
    assert parts("lyu") == ("lv",)
    assert parts("korvex") == ()
    assert parts("xian") == ("xian",)
    assert "xiao" in mandarin("hsiao")
    assert {"zhang", "chang"} <= mandarin("chang")
    assert mandarin_of("重庆") == ("chong", "qing")


def test_the_word_lists_agree_with_themselves() -> None:
    assert all(len(piece.syllables) == len(text) for text, piece in hanzi_terms().items() if piece.role != "place")
    assert all(first and piece.concept for first, rows in latin_terms().items() for _, piece in rows)
    assert places_above()["kunshan"] == {"jiangsu", "cn"}
    assert all(place not in above for place, above in places_above().items())


def test_latin_names_load_no_library_of_hanzi() -> None:
    code = (
        "import sys; from tidewaiter.evidence.parties.names import score_names;"
        "score_names('Shenzhen Haixin Keji', 'Shenzhen Haixin Technology Co., Ltd.');"
        "score_names('Chan Siu-ming', 'Chen Xiaoming', 'Person'); score_names('OOO Korvex', 'Korvex');"
        "print([name for name in ('pypinyin', 'opencc', 'numpy', 'polars') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
