"""The Chinese grammar of dates, and numeric dates, on folded (simplified, half-width) text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tidewaiter.reading import phrases
from tidewaiter.reading.interval import DateInterval
from tidewaiter.reading.phrases import Rule

__all__ = ["Found", "matches", "number"]


@dataclass(frozen=True, slots=True)
class Found:
    """A match of the grammar: offsets in the folded text, kind, rule, vagueness."""

    start: int
    end: int
    kind: str
    rule: Rule
    vague: bool = False


_DIGITS = {char: i for i, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_NOT_AFTER_DIGIT = r"(?<![\d.])"
_YEAR = (
    rf"(?:{_NOT_AFTER_DIGIT}(?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{{3}}"
    rf"|{_NOT_AFTER_DIGIT}\d\d(?=年\d{{1,2}}月))\s?年"
)
_RELATIVE_YEARS = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}
_RELATIVE_MONTHS = {"本月": 0, "这个月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1}
_MONTH_PARTS = {
    "初": "early",
    "上旬": "first_third",
    "中旬": "middle_third",
    "下旬": "last_third",
    "底": "end",
    "末": "end",
}
_YEAR_PARTS = {
    "年初": "early", "初": "early", "年中": "mid", "年底": "end", "底": "end", "年末": "end", "末": "end",
    "上半年": "first_half", "下半年": "second_half",
}  # fmt: skip
_MONTH_DATE = re.compile(
    rf"(?:(?:(?P<year>{_YEAR})|(?P<ryear>{'|'.join(_RELATIVE_YEARS)}))\s?)?"
    rf"(?:(?P<month>(?<![\d.]){_N})\s?月份?|(?<!日)(?P<rmonth>{'|'.join(_RELATIVE_MONTHS)}))"
    rf"(?:\s?(?P<day>{_N})\s?[日号]|(?P<part>初(?![步次始期])|上旬|中旬|下旬|底|末))?"
)
_YEAR_DATE = re.compile(
    rf"(?:(?P<year>{_YEAR})|(?P<ryear>{'|'.join(_RELATIVE_YEARS)}))"
    rf"(?:的?(?:第?(?P<quarter>[1-4一二三四])季度?|(?P<part>上半年|下半年|年初|年中|年底|年末|初(?![步次始期])|底|末)))?"
)
_NUMERIC = re.compile(
    r"(?<![\d.\-/])(?P<y>(?:19|20)\d\d)(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d]|[-/.]\d)"
    r"(?:[ T]\d\d:\d\d(?::\d\d)?)?"
)
_DAY_ALONE = re.compile(
    r"(?<![\d.月年至到-])(?P<day>[1-3]?\d)日(?=[,，、]|[电讯]|早|晚|凌晨|上午|下午|消息|宣布|发布|表示|公布|报道|在|对)"
)
_WEEKDAYS = {char: i for i, char in enumerate("一二三四五六日")} | {"天": 6, "末": 5}
_WEEKDAY = re.compile(
    r"(?<![一每两几三四多整])(?P<which>上上|上|下|本|这)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末])(?!次|个|年|场|篇|边|度|期)"
)
_WEEK = re.compile(r"(?<!日)(?P<which>上上|上|下|本|这)(?:一|个)?(?:周|星期|礼拜)(?![一二三四五六日天末边期])")
_WEEK_SHIFTS = {"上上": -2, "上": -1, "下": 1, "本": 0, "这": 0}
_AGO = re.compile(
    r"(?P<n>\d{1,3}|[一二两三四五六七八九十半几数]{1,3})\s?(?P<unit>天|日|个?星期|周|个?礼拜|个月|年)多?(?:以|之)?(?P<way>前|后)(?!端|沿|景|[\d一二三四五六七八九十])"
)
_UNITS = {"天": "day", "日": "day", "星期": "week", "周": "week", "礼拜": "week", "月": "month", "年": "year"}
_WORDS: tuple[tuple[str, int, int, bool], ...] = (
    (r"大前天", -3, -3, False),
    (r"(?<![大目以])前天|前日(?!本)", -2, -2, False),
    (r"昨天|昨日|昨晚|昨夜", -1, -1, False),
    (r"今天|(?<!如)今日(?!本)|今晨|今早|今晚", 0, 0, False),
    (r"明天|明日|明晚", 1, 1, False),
    (r"(?<![今之以])后天", 2, 2, False),
    (r"这两天|这一两天|过去两天|近两天", -2, 0, True),
    (r"这几天|这些天|过去的?几天|近几天|最近几天|连日来?|几天来|这几日|近几日|过去数日|数日来", -7, 0, True),
    (r"(?<![附邻])近日(?!本)|日前(?<!\d日前)(?<![目]日前)|近来|新近", -14, 0, True),
    (r"刚刚|刚(?=[推发宣公出上签成])", -14, 0, True),
    (r"最近(?!的[一地])|近期|不久前", -60, 0, True),
    (r"过去[一1]?个?(?:周|星期)", -8, 0, True),
    (r"过去几周|近几周", -35, 0, True),
)
_WORD_PATTERNS = tuple((re.compile(pattern), first, last, vague) for pattern, first, last, vague in _WORDS)


def number(text: str) -> int:
    """A number below 100 in digits or Chinese numerals."""
    if text.isdigit():
        return int(text)
    if "十" not in text:
        return int("".join(str(_DIGITS[char]) for char in text))
    tens, _, ones = text.partition("十")
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def matches(text: str) -> Iterator[Found]:
    """Every match in a folded text; matches may overlap."""
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Found | None]], ...] = (
        (_MONTH_DATE, _month_date),
        (_YEAR_DATE, _year_date),
        (_NUMERIC, _numeric),
        (_DAY_ALONE, _day_alone),
        (_WEEKDAY, _weekday),
        (_WEEK, lambda m: _found(m, "relative", phrases.week(_WEEK_SHIFTS[m["which"]]))),
        (_AGO, _ago),
    )
    for pattern, reader in readers:
        for match in pattern.finditer(text):
            found = _safely(reader, match)
            if found:
                yield found
    for pattern, first, last, vague in _WORD_PATTERNS:
        for match in pattern.finditer(text):
            yield Found(match.start(), match.end(), "relative", phrases.days_around(first, last), vague)


def _safely(reader: Callable[[re.Match[str]], Found | None], match: re.Match[str]) -> Found | None:
    """Numerals such as 十十 match the pattern and are no number."""
    try:
        return reader(match)
    except (ValueError, KeyError):
        return None


def _found(match: re.Match[str], kind: str, rule: Rule) -> Found:
    return Found(match.start(), match.end(), kind, rule)


def _absolute(match: re.Match[str], interval: DateInterval | None) -> Found | None:
    return _found(match, "absolute", phrases.fixed(interval)) if interval else None


def _year(text: str) -> int:
    digits = text.rstrip("年 ")
    year = int(digits) if digits.isdigit() else int("".join(str(_DIGITS[char]) for char in digits))
    return year + 2000 if year < 100 else year


def _month_date(match: re.Match[str]) -> Found | None:
    day = number(match["day"]) if match["day"] else None
    part = _MONTH_PARTS[match["part"]] if match["part"] else None
    if match["rmonth"]:
        return _found(match, "relative", phrases.relative_month(_RELATIVE_MONTHS[match["rmonth"]], day, part))
    month = number(match["month"])
    if match["year"]:
        return _absolute(match, phrases.part_of(phrases.whole(_year(match["year"]), month, day), part))
    if not phrases.whole(2000, month, day):
        return None
    if match["ryear"]:
        return _found(match, "relative", phrases.relative_year(_RELATIVE_YEARS[match["ryear"]], month, day, part))
    rule = phrases.nearest_day(month, day) if day else phrases.nearest_month(month, part)
    return _found(match, "partial", rule)


def _year_date(match: re.Match[str]) -> Found | None:
    part = _YEAR_PARTS[match["part"]] if match["part"] else None
    if match["quarter"]:
        part = f"q{number(match['quarter'])}"
    if match["year"]:
        return _absolute(match, phrases.part_of(phrases.whole(_year(match["year"]), None, None), part))
    rule = phrases.relative_year(_RELATIVE_YEARS[match["ryear"]], None, None, part)
    return _found(match, "relative", rule)


def _numeric(match: re.Match[str]) -> Found | None:
    return _absolute(match, phrases.whole(int(match["y"]), int(match["m"]), int(match["d"])))


def _day_alone(match: re.Match[str]) -> Found | None:
    day = int(match["day"])
    return _found(match, "partial", phrases.day_of_month(day)) if 1 <= day <= 31 else None


def _weekday(match: re.Match[str]) -> Found:
    shift = _WEEK_SHIFTS[match["which"]] if match["which"] else None
    return _found(match, "relative", phrases.weekday(_WEEKDAYS[match["day"]], shift))


def _ago(match: re.Match[str]) -> Found | None:
    unit = next(value for key, value in _UNITS.items() if key in match["unit"])
    way = -1 if match["way"] == "前" else 1
    if match["n"][0] in "几数半":
        spans = {"day": (2, 10), "week": (10, 60), "month": (45, 330), "year": (400, 3650)}
        least, most = (100, 250) if match["n"] == "半" and unit == "year" else spans[unit]
        first, last = (-most, -least) if way < 0 else (least, most)
        return Found(match.start(), match.end(), "relative", phrases.days_around(first, last), True)
    count = number(match["n"].replace("两", "二"))
    return _found(match, "relative", phrases.ago(count, unit, way))
