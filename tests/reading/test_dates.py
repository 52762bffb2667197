"""A table of phrases by days of writing."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.reading.dates import find_dates
from tidewaiter.reading.interval import DateInterval, one_day

__all__: list[str] = []

TABLE = [
    # phrase, day of writing, first and last day meant
    ("2025年1月28日", None, "2025-01-28", "2025-01-28"),
    ("2025 年 1 月 28 日", None, "2025-01-28", "2025-01-28"),
    ("二〇二五年一月二十八日", None, "2025-01-28", "2025-01-28"),
    ("2025年1月", None, "2025-01-01", "2025-01-31"),
    ("2024年2月", None, "2024-02-01", "2024-02-29"),
    ("24年12月", None, "2024-12-01", "2024-12-31"),
    ("2024年第四季度", None, "2024-10-01", "2024-12-31"),
    ("2025年上半年", None, "2025-01-01", "2025-06-30"),
    ("2025-05-17 17:37:27", None, "2025-05-17", "2025-05-17"),
    ("2025/5/7", None, "2025-05-07", "2025-05-07"),
    ("1月28日", "2025-02-03", "2025-01-28", "2025-01-28"),
    ("12月28日", "2025-01-03", "2024-12-28", "2024-12-28"),
    ("1月3日", "2024-12-28", "2025-01-03", "2025-01-03"),
    ("去年12月", "2025-01-28", "2024-12-01", "2024-12-31"),
    ("去年12月", "2026-01-28", "2025-12-01", "2025-12-31"),
    ("去年12月27日", "2025-01-28", "2024-12-27", "2024-12-27"),
    ("本月15日", "2025-01-28", "2025-01-15", "2025-01-15"),
    ("本月15日", "2025-02-01", "2025-02-15", "2025-02-15"),
    ("上月底", "2025-03-05", "2025-02-22", "2025-02-28"),
    ("今年3月27日", "2025-01-28", "2025-03-27", "2025-03-27"),
    ("今年", "2025-01-28", "2025-01-01", "2025-12-31"),
    ("明年1月", "2025-12-01", "2026-01-01", "2026-01-31"),
    ("这几天", "2025-01-28", "2025-01-21", "2025-01-28"),
    ("這兩天", "2025-01-28", "2025-01-26", "2025-01-28"),
    ("昨天", "2025-03-01", "2025-02-28", "2025-02-28"),
    ("上周三", "2025-01-28", "2025-01-22", "2025-01-22"),
    ("周一", "2025-01-28", "2025-01-27", "2025-01-27"),
    ("3天前", "2025-01-02", "2024-12-30", "2024-12-30"),
    ("27日，美国", "2025-01-28", "2025-01-27", "2025-01-27"),
    ("30日，美国", "2025-01-05", "2024-12-30", "2024-12-30"),
    ("January 28, 2025", None, "2025-01-28", "2025-01-28"),
    ("Jan. 28, 2025", None, "2025-01-28", "2025-01-28"),
    ("28 January 2025", None, "2025-01-28", "2025-01-28"),
    ("28th of January 2025", None, "2025-01-28", "2025-01-28"),
    ("Jan. 2025", None, "2025-01-01", "2025-01-31"),
    ("late January 2025", None, "2025-01-20", "2025-01-31"),
    ("Q2 2026", None, "2026-04-01", "2026-06-30"),
    ("the first quarter of 2025", None, "2025-01-01", "2025-03-31"),
    ("1/28/2025", None, "2025-01-28", "2025-01-28"),
    ("3/4/2025", None, "2025-03-04", "2025-04-03"),
    ("May 5", "2025-01-28", "2025-05-05", "2025-05-05"),
    ("Dec. 27", "2025-01-28", "2024-12-27", "2024-12-27"),
    ("last month", "2025-01-28", "2024-12-01", "2024-12-31"),
    ("last December", "2025-01-28", "2024-12-01", "2024-12-31"),
    ("this March", "2025-01-28", "2025-03-01", "2025-03-31"),
    ("next April", "2025-05-28", "2026-04-01", "2026-04-30"),
    ("last week", "2025-01-28", "2025-01-20", "2025-01-26"),
    ("yesterday", "2025-01-01", "2024-12-31", "2024-12-31"),
    ("on Monday", "2025-01-28", "2025-01-27", "2025-01-27"),
    ("three weeks ago", "2025-01-28", "2025-01-04", "2025-01-10"),
    ("last year", "2025-01-28", "2024-01-01", "2024-12-31"),
]


@pytest.mark.parametrize(("phrase", "base", "first", "last"), TABLE)
@pytest.mark.parametrize("around", ["{}", "据报道{}的消息", "It was {} that"])
def test_phrases(phrase: str, base: str | None, first: str, last: str, around: str) -> None:
    if around == "It was {} that" and "日，" in phrase:
        pytest.skip("the bare day is Chinese")
    text = around.format(phrase)
    found = find_dates(text, one_day(dt.date.fromisoformat(base)) if base else None)
    assert len(found) == 1
    assert found[0].interval == DateInterval(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    assert text[found[0].start : found[0].end] == found[0].surface
    assert found[0].surface in phrase


@pytest.mark.parametrize(
    "text",
    [
        "如今日本的公司", "日本周边的国家", "2月30日", "13月5日", "十十月", "H20和H100", "5000亿美元", "版本1.2.3发布",
        "目前天气", "一周一次", "they may 5 chips", "chapter 28", "24/7 support",
        "the march 27 km long", "Feb. 30, 2025",
        "13/13/2025", "2025年13月", "0月", "A100-2024x", "it costs $2025", "", "年月日", "周围的人", "每周三次",
    ],
)  # fmt: skip
def test_traps(text: str) -> None:
    found = find_dates(text, one_day(dt.date(2025, 1, 28)))
    assert [each.surface for each in found if each.surface not in ("2025年",)] == []


def test_without_a_base_relative_dates_stay_open() -> None:
    found = find_dates("去年12月发布,2025年3月27日生效")
    assert [each.interval for each in found] == [None, one_day(dt.date(2025, 3, 27))]


def test_a_base_of_several_days_gives_the_hull() -> None:
    base = DateInterval(dt.date(2024, 12, 30), dt.date(2025, 1, 2))
    assert find_dates("今天", base)[0].interval == base
    assert find_dates("去年12月", base)[0].interval == DateInterval(dt.date(2023, 12, 1), dt.date(2024, 12, 31))
    assert find_dates("今天", DateInterval(dt.date(2025, 1, 1)))[0].interval is None


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["{0}年{1}月{2}日", "{0}-{1:02}-{2:02}"]))
def test_every_day_of_the_calendar(day: dt.date, form: str) -> None:
    found = find_dates(form.format(day.year, day.month, day.day))
    assert [each.interval for each in found] == [one_day(day)]


@given(
    st.text(st.sampled_from("0123456789年月日号今去明上下周一二十天前-/. JanuaryMay,ago\u200b２"), max_size=40),
    st.dates(),
)
def test_any_text_is_survived(text: str, base: dt.date) -> None:
    for each in find_dates(text, one_day(base)):
        assert text[each.start : each.end] == each.surface
        assert each.on(dt.date.max) is None or each.on(dt.date.max) is not None
