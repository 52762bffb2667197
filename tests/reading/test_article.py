"""The article among menus, recommended items and disclaimers."""

import datetime as dt

import pytest
from tests.reading.names import CHIPS

from tidewaiter.reading.article import Article, split_article
from tidewaiter.reading.reader import read
from tidewaiter.reading.samples import sample_article
from tidewaiter.reading.source import load_source

__all__: list[str] = []

FIRST = "美国商务部周二宣布了新的芯片规则，涉及先进计算芯片和半导体制造设备，市场对此早有预期，股价只有小幅波动。"
SECOND = "规则的核心是把性能门槛和用途分开处理，企业需要重新核对每一笔订单，并保留相应的证明文件以备日后检查。"
SHORT = "影响还有待观察。"


def split(text: str) -> Article:
    return split_article(load_source(text))


def kept(text: str) -> list[str]:
    return [line.text for line in split(text).lines]


def test_the_chinese_sample() -> None:
    name, data = sample_article("zh")
    article = split_article(load_source(data, name=name))
    assert len(article.lines) == 4
    assert 250 <= len(article.text) <= 400
    assert article.title == "股价大跌之后,算力禁令还会加码吗?"
    assert article.lines[0].text.startswith("英伟达股价今天")
    assert article.lines[-1].text.endswith("不再是唯一的路。")
    assert {d.reason.en for d in article.dropped if d.place == "before"} == {
        "a breadcrumb menu", "a list of links", "only digits and marks", "a menu or page tool",
    }  # fmt: skip


def test_the_english_sample() -> None:
    name, data = sample_article("en")
    article = split_article(load_source(data, name=name))
    assert [line.text.split()[0] for line in article.lines] == ["Nvidia", "Some", "The", "Nor"]
    assert article.title == "After the sell-off, will the chip rules tighten?"
    assert [d.reason.en for d in article.dropped] == ["a menu or page tool", "a disclaimer or notice"]


def test_a_page_without_boilerplate_is_kept_whole() -> None:
    assert kept(f"{FIRST}\n\n{SECOND}\n\n{SHORT}") == [FIRST, SECOND, SHORT]


def test_a_short_news_item() -> None:
    text = f"首页\n登录\n新规则来了\n{FIRST}\n相关推荐\n十种省电的办法\n十种省电的办法\n"
    assert kept(text) == [FIRST]
    assert split(text).title == "新规则来了"


def test_short_paragraphs_and_headings_inside_stay() -> None:
    text = f"{FIRST}\n一、背景\n{SECOND}\n为什么是现在?\n{FIRST}后来又有补充。\n{SHORT}\n责任编辑:某某"
    assert kept(text) == [FIRST, "一、背景", SECOND, "为什么是现在?", FIRST + "后来又有补充。", SHORT]


def test_an_advertisement_inside_is_left_out_and_reported() -> None:
    article = split(f"{FIRST}\n打开APP阅读全文\n{SECOND}")
    assert [line.text for line in article.lines] == [FIRST, SECOND]
    assert [(d.place, d.reason.en) for d in article.dropped] == [("inside", "a menu or page tool")]


def test_a_sentence_about_disclaimers_is_not_one() -> None:
    text = "法院认为,合同里的免责条款无效,因为双方在签订合同时没有就芯片的最终用途作出说明,买方也无从得知。"
    assert kept(f"{FIRST}\n{text}\n{SECOND}") == [FIRST, text, SECOND]


def test_wrapped_english_paragraphs_are_joined() -> None:
    text = (
        "Chips and the law\n\nThe rule of October changed what a company must check before it\n"
        "ships an accelerator abroad. Its lawyers now read data sheets, and its\nengineers read regulations.\n\n"
        "Nobody has counted the hours that went into this, but they were many, and\nmore will follow when "
        "the rule changes again.\n\nShare this\nRelated articles\nTen walks\nTen dishes\n"
    )
    article = split(text)
    assert [line.text.split()[0] for line in article.lines] == ["The", "Nobody"]
    assert "check before it\nships" in article.lines[0].text
    assert article.title == "Chips and the law"


@pytest.mark.parametrize("text", ["H20被禁", "英伟达H20", "Nvidia H20 chips", "x"])
def test_a_scrap_is_kept_and_said_to_be_unrecognized(text: str) -> None:
    reading = read(text, gazetteer=CHIPS)
    assert reading.text == text or reading.title == text
    assert not reading.article.recognized
    assert any("no run of sentences" in note.en for note in reading.notes)


def test_nothing_is_found_where_nothing_is() -> None:
    text = (
        "周末的早晨,老城区的菜市场照例热闹。摊主们天没亮就把新鲜蔬菜摆好,熟客挑上一把小葱,顺手再拿两个西红柿,聊几句家常就走了。\n"
        "卖豆腐的老人说,他在这里摆摊三十年,看着巷子里的孩子一个个长大,又带着自己的孩子回来买豆腐,日子就这样慢慢过去。\n"
    )
    reading = read(text, gazetteer=CHIPS)
    assert reading.mentions == ()
    assert reading.dating.basis == "undetermined"
    assert not reading.dating.determined
    assert reading.dating.interval.earliest is None
    assert reading.dating.settle
    assert any("not determined" in note.en for note in reading.notes)


def test_json_form() -> None:
    import json

    name, data = sample_article("zh")
    result = read(data, gazetteer=CHIPS, name=name, published=dt.date(2025, 1, 29)).to_json()
    assert result["schema_version"] == 1
    assert json.loads(json.dumps(result)) == result
    assert result["title"] == "股价大跌之后,算力禁令还会加码吗?"
