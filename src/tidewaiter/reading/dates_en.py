"""The English grammar of dates on folded text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tidewaiter.reading import phrases
from tidewaiter.reading.dates_zh import Found
from tidewaiter.reading.interval import DateInterval
from tidewaiter.reading.phrases import Rule

__all__ = ["matches"]

_MONTHS = {
    name: i
    for i, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d%]|\.\d|:\d)"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_PART = r"(?:(?P<part>early|mid|late|the end of|end of|the beginning of)[- ])?"
_PARTS = {"early": "early", "mid": "mid", "late": "late", "end": "end", "beginning": "early"}
_MONTH_DAY = re.compile(rf"\b(?P<month>{_MONTH})\s{{1,2}}{_DAY}(?:,?\s{{1,2}}{_YEAR})?", re.A)
_DAY_MONTH = re.compile(rf"(?<![\d.,$])\b{_DAY}\s(?:of\s)?(?P<month>{_MONTH})\b(?:,?\s{{1,2}}{_YEAR})?", re.A)
_MONTH_YEAR = re.compile(rf"\b(?i:{_PART})(?P<month>{_MONTH}),?\s(?:of\s)?{_YEAR}", re.A)
_PART_MONTH = re.compile(
    rf"\b(?P<part>(?i:early|mid|late|the end of|end of|the beginning of))[- ](?P<month>{_MONTH})\b(?!\s\d)", re.A
)
_WHICH_MONTH = re.compile(
    rf"\b(?P<which>(?i:last|this|next|in|since|until|by|during))\s(?P<month>{_MONTH})\b(?!,?\s\d)", re.A
)
_SLASHED = re.compile(r"(?<![\d/])(?P<a>[01]?\d)/(?P<b>[0-3]?\d)/(?P<y>(?:19|20)\d\d)(?![\d/])", re.A)
_QUARTER = re.compile(
    rf"\b(?:Q(?P<q>[1-4])|the\s(?P<word>first|second|third|fourth)\squarter)(?:\sof)?\s{_YEAR}", re.I | re.A
)
_BARE_YEAR = re.compile(
    rf"\b(?:in|since|during|by|of|until|through|from|before|after)\s{_YEAR}(?!\s?(?:GPUs?|chips|units))", re.I | re.A
)
_PART_YEAR = re.compile(rf"\b(?P<part>early|mid|late|the end of|end of|the beginning of)[- ]{_YEAR}", re.I | re.A)
_RELATIVE = re.compile(
    r"\b(?P<which>last|this|next|the past|the coming)\s(?P<unit>week|month|year)\b(?!['’]s\s(?:old))", re.I | re.A
)
_WEEKDAYS = {
    name: i for i, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
_WEEKDAY = re.compile(rf"\b(?:(?P<which>last|this|next|on)\s)?(?P<day>(?i:{'|'.join(_WEEKDAYS)}))s?\b", re.A)
_NUMBERS = {
    word: i
    for i, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_AGO = re.compile(
    rf"\b(?P<n>\d{{1,3}}|an?|{'|'.join(_NUMBERS)})\s(?P<unit>day|week|month|year)s?\s(?P<way>ago|earlier|from now)\b",
    re.I | re.A,
)
_WORDS: tuple[tuple[str, int, int, bool], ...] = (
    (r"today|tonight|this (?:morning|afternoon|evening)", 0, 0, False),
    (r"yesterday|last night", -1, -1, False),
    (r"tomorrow", 1, 1, False),
    (
        r"these days|(?:in |over )?(?:the )?(?:past|last) (?:few|couple of|several) days|(?:in )?recent days",
        -7,
        0,
        True,
    ),
    (r"(?:in |over )?(?:the )?(?:past|last) (?:few|several) weeks|(?:in )?recent weeks", -35, 0, True),
    (r"just (?:announced|released|unveiled|published)", -14, 0, True),
    (r"recently|lately", -60, 0, True),
)
_WORD_PATTERNS = tuple(
    (re.compile(rf"\b(?:{p})\b", re.I | re.A), first, last, vague) for p, first, last, vague in _WORDS
)


def matches(text: str) -> Iterator[Found]:
    """Every match in a folded text; matches may overlap."""
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Found | None]], ...] = (
        (_MONTH_DAY, _with_day),
        (_DAY_MONTH, _with_day),
        (_MONTH_YEAR, _month_year),
        (_PART_MONTH, lambda m: _found(m, "partial", phrases.nearest_month(_month(m), _part(m["part"])))),
        (_WHICH_MONTH, _which_month),
        (_SLASHED, _slashed),
        (_QUARTER, _quarter),
        (_BARE_YEAR, lambda m: _absolute(m, phrases.whole(int(m["year"]), None, None), m.start("year"))),
        (_PART_YEAR, _part_year),
        (_RELATIVE, _relative),
        (_WEEKDAY, _weekday),
        (_AGO, _ago),
    )
    for pattern, reader in readers:
        for match in pattern.finditer(text):
            found = reader(match)
            if found:
                yield found
    for pattern, first, last, vague in _WORD_PATTERNS:
        for match in pattern.finditer(text):
            yield Found(match.start(), match.end(), "relative", phrases.days_around(first, last), vague)


def _found(match: re.Match[str], kind: str, rule: Rule, start: int | None = None) -> Found:
    return Found(match.start() if start is None else start, match.end(), kind, rule)


def _absolute(match: re.Match[str], interval: DateInterval | None, start: int | None = None) -> Found | None:
    return _found(match, "absolute", phrases.fixed(interval), start) if interval else None


def _month(match: re.Match[str]) -> int:
    return _MONTHS[match["month"][:3].lower()]


def _part(text: str | None) -> str | None:
    return next((part for key, part in _PARTS.items() if text and key in text.lower()), None)


def _with_day(match: re.Match[str]) -> Found | None:
    month, day = _month(match), int(match["day"])
    if match["year"]:
        return _absolute(match, phrases.whole(int(match["year"]), month, day))
    return _found(match, "partial", phrases.nearest_day(month, day)) if phrases.day(2000, month, day) else None


def _month_year(match: re.Match[str]) -> Found | None:
    return _absolute(
        match, phrases.part_of(phrases.whole(int(match["year"]), _month(match), None), _part(match["part"]))
    )


def _which_month(match: re.Match[str]) -> Found:
    which = match["which"].lower()
    if which in ("last", "this", "next"):
        return _found(match, "relative", phrases.month_of_year(_month(match), which))
    return _found(match, "partial", phrases.nearest_month(_month(match)), match.start("month"))


def _slashed(match: re.Match[str]) -> Found | None:
    """3/4/2025 is 4 March or 3 April: both days bound the interval unless only one order is possible."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    readings = [each for each in (phrases.whole(year, a, b), phrases.whole(year, b, a)) if each]
    return _absolute(match, readings[0].hull(readings[-1])) if readings else None


def _quarter(match: re.Match[str]) -> Found | None:
    quarter = match["q"] or str(("first", "second", "third", "fourth").index(match["word"].lower()) + 1)
    return _absolute(match, phrases.part_of(phrases.whole(int(match["year"]), None, None), f"q{quarter}"))


def _part_year(match: re.Match[str]) -> Found | None:
    return _absolute(match, phrases.part_of(phrases.whole(int(match["year"]), None, None), _part(match["part"])))


def _relative(match: re.Match[str]) -> Found:
    which = match["which"].lower()
    shift = {"last": -1, "this": 0, "next": 1}.get(which)
    unit = match["unit"].lower()
    if shift is None:
        length = {"week": 8, "month": 35, "year": 380}[unit]
        return _found(match, "relative", phrases.days_around(*((-length, 0) if "past" in which else (0, length))))
    if unit == "week":
        return _found(match, "relative", phrases.week(shift))
    rule = phrases.relative_month(shift, None) if unit == "month" else phrases.relative_year(shift, None, None)
    return _found(match, "relative", rule)


def _weekday(match: re.Match[str]) -> Found:
    shift = {"last": -1, "this": 0, "next": 1}.get((match["which"] or "").lower())
    number = _WEEKDAYS[match["day"].lower()]
    rule = phrases.weekday(number, shift)
    if shift == -1:  # "last Monday" is said of this week's as well as of the week before's
        rule = _either(phrases.weekday(number, None), phrases.weekday(number, -1))
    return _found(match, "relative", rule)


def _either(one: Rule, other: Rule) -> Rule:
    def rule(base: object) -> DateInterval | None:
        first, second = one(base), other(base)  # type: ignore[arg-type]
        return first.hull(second) if first and second else first or second

    return rule


def _ago(match: re.Match[str]) -> Found:
    word = match["n"].lower()
    count = int(word) if word.isdigit() else 1 if word in ("a", "an") else _NUMBERS[word]
    way = 1 if match["way"].lower() == "from now" else -1
    return _found(match, "relative", phrases.ago(count, match["unit"].lower(), way))
