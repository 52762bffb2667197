"""The article's own date."""

import datetime as dt

import pytest
from tests.reading.names import CHIPS

from tidewaiter.base.errors import InputFaults
from tidewaiter.reading.dating import Dating
from tidewaiter.reading.events import events
from tidewaiter.reading.reader import read
from tidewaiter.reading.samples import sample_article

__all__: list[str] = []

LONG = (
    "这是一段用来充当正文的文字,它说明企业需要核对订单,保留证明文件,"
    "并且在发货以前确认最终用户和最终用途,以免日后出现麻烦。"
)
ITEMS = "相关推荐\n某个视频的标题\n2025-05-17 10:00:00\n另一个视频的标题\n2024-12-13 10:00:00"


def dated(text: str, published: dt.date | None = None) -> Dating:
    return read(text, published=published).dating


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_samples_are_dated_by_content(language: str) -> None:
    name, data = sample_article(language)
    dating = read(data, gazetteer=CHIPS, name=name).dating
    assert dating.basis == "content"
    assert dating.interval.earliest
    assert dating.interval.latest
    assert dt.date(2025, 1, 27) <= dating.interval.earliest <= dating.interval.latest <= dt.date(2025, 1, 31)


def test_a_given_date_wins_and_contradictions_are_told() -> None:
    name, data = sample_article("zh")
    reading = read(data, name=name, published=dt.date(2024, 6, 1))
    assert (reading.dating.basis, reading.dating.interval.latest) == ("given", dt.date(2024, 6, 1))
    assert any(not each.used for each in reading.dating.evidence)
    assert any("contradict" in note.en for note in reading.notes)


def test_a_given_date_must_be_one() -> None:
    with pytest.raises(InputFaults, match="is no date"):
        read(LONG, published="28 January")  # type: ignore[arg-type]


def test_metadata_is_taken() -> None:
    page = f"<html><head><meta name='pubdate' content='2025-01-28 10:00'></head><body><p>{LONG}</p></body></html>"
    assert dated(page).basis == "metadata"
    assert dated(page).interval.earliest == dt.date(2025, 1, 28)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"新规则来了怎么办\n2025-01-28 10:00 来源:某报\n{LONG}", "2025-01-28"),
        (f"新规则来了怎么办\n2025年1月28日\n{LONG}", "2025-01-28"),
        (f"新华社北京2025年1月28日电 {LONG}", "2025-01-28"),
        (f"{LONG}\n{LONG}再多说一句。\n2025年1月28日", "2025-01-28"),
        ("WASHINGTON, Jan. 28, 2025 (Reuters) - The bureau said that it would look at the rule again, and that "
         "companies should check what they ship before they ship it. Nobody was surprised.", "2025-01-28"),
    ],
)  # fmt: skip
def test_a_dateline_is_taken(text: str, day: str) -> None:
    assert dated(text).basis == "dateline"
    assert dated(text).interval.earliest == dt.date.fromisoformat(day)


def test_a_dateline_without_a_year_takes_it_from_the_content() -> None:
    text = f"新华社北京1月28日电 英伟达股价周一大跌17%,市场震动,分析人士认为芯片需求的前景因此要重新评估。{LONG}"
    assert dated(text).basis == "dateline"
    assert dated(text).interval.earliest == dt.date(2025, 1, 28)


def test_timestamps_of_other_items_are_not_the_date() -> None:
    text = f"规则来了以后怎么办\n{LONG}\n{ITEMS}"
    dating = dated(text)
    assert dating.basis == "undetermined"
    assert not dating.determined
    assert (dating.interval.earliest, dating.interval.latest) == (None, dt.date(2025, 5, 17))


def test_a_past_event_bounds_from_below_only() -> None:
    dating = dated(f"{LONG}DeepSeek-R1发布以来,开源模型的格局变了。")
    assert (dating.basis, dating.interval.earliest, dating.interval.latest) == ("content", dt.date(2025, 1, 20), None)
    assert not dating.determined
    assert dating.settle


def test_an_event_ahead_bounds_from_above() -> None:
    dating = dated(f"{LONG}目前H20等不受控的芯片仍可出货。智谱上周被列入实体清单。")
    assert dating.interval.earliest == dt.date(2025, 1, 20)
    assert dating.interval.latest == dt.date(2025, 1, 26)
    assert "ahead_event" in {each.kind for each in dating.evidence}


@pytest.mark.parametrize(
    "clause",
    ["智谱可能被列入实体清单。", "如果智谱被放进实体清单,影响很大。", "分析人士称智谱或将登上实体清单。"],
)
def test_a_supposition_is_no_past_event(clause: str) -> None:
    assert not [each for each in dated(LONG + clause).evidence if each.kind == "past_event"]


def test_suppositions_in_english() -> None:
    text = (
        "Zhipu could be added to the Entity List, two people familiar with the discussions told the paper this spring."
    )
    assert not [each for each in dated(text).evidence if each.kind == "past_event"]


def test_a_relative_date_far_from_the_event_is_not_attached() -> None:
    far = "英伟达股价大跌17%一事已经写进教科书,各家商学院都拿它当案例,学生们读完以后往往要争论很久才肯散去,"
    text = f"{far}今天也是如此。{LONG}"
    assert "relative" not in {each.kind for each in dated(text).evidence}


def test_traditional_and_full_width_text_is_dated_alike() -> None:
    text = f"英偉達股價今天大跌１７％,市場震動。{LONG}"
    assert dated(text).interval.latest == dt.date(2025, 1, 28)


def test_a_date_ahead_bounds_from_above_and_one_behind_from_below() -> None:
    dating = dated(f"{LONG}规则已于2025年1月13日公布,将于2025年5月15日生效。")
    assert (dating.interval.earliest, dating.interval.latest) == (dt.date(2025, 1, 13), dt.date(2025, 5, 15))


def test_an_announcement_of_something_to_come_is_past() -> None:
    dating = dated(f"英伟达宣布,将恢复H20在中国的销售。{LONG}")
    assert dating.interval.earliest == dt.date(2025, 7, 14)


def test_a_date_belongs_to_the_wider_of_two_events() -> None:
    text = (
        "The bureau rescinded the AI Diffusion Rule yesterday, lawyers said, and nobody was surprised by that at all."
    )
    relative = [each for each in dated(text).evidence if each.kind == "relative"]
    assert [each.event for each in relative] == ["diffusion_rescission"]
    assert dated(text).interval.latest == dt.date(2025, 5, 15)


def test_evidence_is_bounded() -> None:
    text = "英伟达股价今天大跌17%。2025年1月13日公布了规则。\n" * 2000
    assert len(dated(text).evidence) <= 310


KINDS = frozenset(
    [
        "rule",
        "proposal",
        "statute",
        "bill",
        "order",
        "letter",
        "filing",
        "announcement",
        "guidance",
        "ruling",
        "listing",
        "license",
        "release",
        "report",
        "allegation",
        "denial",
        "indictment",
        "action",
        "market",
        "foreign",
        "event",
    ]
)


def test_every_event_is_complete() -> None:
    assert len({event.key for event in events()}) == len(events()) >= 150
    for event in events():
        assert event.title.en
        assert event.title.zh
        assert event.source
        assert event.confidence in ("high", "medium", "low")
        assert event.kind in KINDS
        assert event.who or event.kind not in ("allegation", "denial", "report")
        assert event.days.closed
        assert set(event.then) <= {each.key for each in events()}
