"""Pages of the law itself: provisions, their history and differences, groups, instruments, coverage."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tidewaiter.faces.lawbook import overlays_on, referring, version_on
from tidewaiter.faces.pages.blocks import Block, Grid, Line, Lines, Panel, Piece, line
from tidewaiter.faces.pages.words import Words
from tidewaiter.library.model import Instrument, Overlay, Provision, Source, Version
from tidewaiter.library.rules import rule_lines

__all__ = [
    "coverage_page",
    "difference_page",
    "group_page",
    "groups_page",
    "history_page",
    "instruments_page",
    "list_page",
    "provision_page",
    "regime_page",
]


def list_page(found: Sequence[Provision], words: Words) -> list[Block]:
    """Provisions in a table."""
    rows = tuple(
        (line(Piece(each.name, "strong")), line(words.of(each.title)), line(Piece(each.citation, "cite")))
        for each in found
    )
    return [Grid("", (words("path"), words("title"), words("citation")), rows)]


def _heading(provision: Provision, words: Words) -> Panel:
    kind = words(provision.type.kind)
    lines = (line(Piece(provision.citation, "cite")), line(f"{provision.name} · {provision.term} · {kind}"))
    return Panel(words.of(provision.title), lines)


def provision_page(provision: Provision, day: dt.date | None, words: Words) -> list[Block]:
    """A provision: its versions (or the one on a day), overlays, readings, and who refers to it."""
    blocks: list[Block] = [_heading(provision, words)]
    versions = provision.versions if day is None else [v for v in (version_on(provision, day),) if v]
    blocks += [_version(each, words) for each in versions]
    if day is not None and not versions:
        blocks.append(Lines(day.isoformat(), (line(words("not in force")),)))
    for overlay, how, version in overlays_on(provision):
        if day is None or (overlay.start <= day and (overlay.stop is None or day < overlay.stop)):
            blocks.append(_overlay(overlay, how, version, words))
    names = [each.name for each in referring(provision)]
    if names:
        blocks.append(Lines(words("Referred to by"), tuple(line(name) for name in names)))
    return blocks


def _span(start: dt.date, stop: dt.date | None, words: Words) -> str:
    return words("from {day}", day=start) + (f" {words('until {day}', day=stop)}" if stop else "")


def _version(version: Version, words: Words) -> Lines:
    title = _span(version.start, version.stop, words)
    if version.stop is not None:
        title += words.brackets(words(version.end))
    return Lines(title, tuple(_body(version, version.source, words)))


def _body(version: Version, source: Source, words: Words) -> Iterator[Line]:
    if source.says:
        yield line(words.of(source.says))
    for text in rule_lines(version.rule) if not version.readings else ():
        yield line(Piece(text, "strong"))
    for reading in version.readings:
        default = words.brackets(words("taken here")) if reading.name == version.default_reading else ""
        yield line(f"{words('reading')} {reading.name}{default}{words.colon}{words.of(reading.says)}")
        yield from (line(Piece(f"  {text}", "strong")) for text in rule_lines(reading.rule))
    if version.why:
        yield line(Piece(f"{words('why the default')}{words.colon}{words.of(version.why)}", "dim"))
    yield _source(source, words)


def _source(source: Source, words: Words) -> Line:
    checked = words("checked {day}", day=source.checked) if source.checked else ""
    parts = [words.comma.join(source.instruments), words(f"{source.confidence} confidence"), checked]
    return line(Piece(words.semicolon.join(filter(None, parts)), "cite"))


def _overlay(overlay: Overlay, how: str, version: Version, words: Words) -> Lines:
    binds = f" {words('binds {whom}', whom=overlay.binds)}" if overlay.binds else ""
    title = (
        f"{words('Overlay')} {overlay.key} [{words(overlay.layer)}] {_span(overlay.start, overlay.stop, words)}{binds}"
    )
    body = [line(words.of(overlay.title)), line(f"{words(how)}{words.colon}"), *_body(version, overlay.source, words)]
    return Lines(title, tuple(body))


def history_page(provision: Provision, words: Words) -> list[Block]:
    """One row for each version and overlay, by date."""
    entries: list[tuple[dt.date, tuple[Line, ...]]] = []
    for version in provision.versions:
        texts = rule_lines(version.rule) or [f"{words('reading')} {r.name}" for r in version.readings]
        entries.append(
            (
                version.start,
                _entry(
                    version.start,
                    words("text"),
                    words.of(version.source.says) or "; ".join(texts),
                    version.source,
                    words,
                ),
            )
        )
        if version.stop is not None:
            end = (
                line(version.stop.isoformat()),
                line(words("text")),
                line(Piece(words(version.end), "open")),
                line(""),
            )
            entries.append((version.stop, end))
    for overlay, how, _ in overlays_on(provision):
        said = f"{words(how)}{words.colon}{words.of(overlay.title)}"
        entries.append((overlay.start, _entry(overlay.start, words(overlay.layer), said, overlay.source, words)))
        if overlay.stop is not None:
            over = (
                line(overlay.stop.isoformat()),
                line(words(overlay.layer)),
                line(f"{words('ends')}{words.colon}{words.of(overlay.title)}"),
                line(""),
            )
            entries.append((overlay.stop, over))
    rows = tuple(row for _, row in sorted(entries, key=lambda entry: entry[0]))
    return [
        _heading(provision, words),
        Grid(words("History"), (words("date"), words("layer"), words("what"), words("source")), rows),
    ]


def _entry(day: dt.date, layer: str, said: str, source: Source, words: Words) -> tuple[Line, ...]:
    return (line(day.isoformat()), line(layer), line(said), line(Piece(words.comma.join(source.instruments), "cite")))


def difference_page(provision: Provision, days: tuple[dt.date, dt.date], words: Words) -> list[Block]:
    """What went (-) and what came (+) between two dates; overlays that began or ended between."""
    before, after = (_stated(version_on(provision, day), words) for day in days)
    blocks: list[Block] = [_heading(provision, words)]
    title = f"{days[0]} → {days[1]}"
    if before == after:
        blocks.append(Lines(title, (line(words("the codified text is the same")),)))
    else:
        styles = {"-": "bad", "+": "good", " ": "dim"}
        changed = [row for row in difflib.ndiff(before, after) if row[0] in styles]
        blocks.append(Lines(title, tuple(line(Piece(row.rstrip(), styles[row[0]])) for row in changed)))
    low, high = min(days), max(days)
    between = []
    for overlay, how, _ in overlays_on(provision):
        for day, word in ((overlay.start, words(how)), (overlay.stop, words("ends"))):
            if day is not None and low < day <= high:
                between.append(line(f"{day} {words(overlay.layer)}, {word}{words.colon}{words.of(overlay.title)}"))
    if between:
        blocks.append(Lines(words("Overlays between"), tuple(between)))
    return blocks


def _stated(version: Version | None, words: Words) -> list[str]:
    if version is None:
        return [words("not in force")]
    rows = list(rule_lines(version.rule)) if not version.readings else []
    for reading in version.readings:
        rows += [f"{words('reading')} {reading.name}: {text}" for text in rule_lines(reading.rule)]
    return [*rows, words.of(version.source.says), f"{version.citation} · {', '.join(version.source.instruments)}"]


def groups_page(rows: Sequence[Mapping[str, Any]], words: Words) -> list[Block]:
    """Groups and tables with how many they hold."""
    body = tuple(
        (
            line(Piece(str(row["group"]), "strong")),
            line(str(len(row.get("members", row.get("map", ()))))),
            line(words.written(row["title"])),
            line(Piece(str(row["citation"]), "cite")),
        )
        for row in rows
    )
    return [
        Grid(
            words("on {day}", day=rows[0]["on"]),
            (words("group"), words("members"), words("title"), words("citation")),
            body,
        )
    ]


def group_page(row: Mapping[str, Any], words: Words) -> list[Block]:
    """One group or table: who is in it on a day, and its changes."""
    held = row.get("members") or [f"{key}→{value}" for key, value in row.get("map", {}).items()]
    lines = [
        line(Piece(str(row["citation"]), "cite")),
        line(f"{words('on {day}', day=row['on'])}{words.colon}{len(held)}"),
    ]
    if row["derived_from"]:
        lines.append(line(f"{words('derived')}{words.colon}{row['derived_from']}"))
    if printed := row.get("printed"):
        lines.append(_lag(frozenset(held), frozenset(printed["members"]), printed["group"], words))
    blocks: list[Block] = [
        Panel(f"{row['group']} — {words.written(row['title'])}", tuple(lines)),
        Lines(words("Members"), tuple(line(" ".join(held[i : i + 20])) for i in range(0, len(held), 20))),
    ]
    changes = tuple(_change(each, words) for each in row["changes"])
    if changes:
        blocks.append(
            Grid(words("Changes"), (words("from"), words("added"), words("removed"), words("source")), changes)
        )
    return blocks


def _lag(held: frozenset[str], printed: frozenset[str], name: str, words: Words) -> Line:
    """How the printed text differs on the day from the list that controls."""
    differing = [f"+{code}" for code in sorted(printed - held)] + [f"−{code}" for code in sorted(held - printed)]
    text = " ".join(differing) if differing else words("the same members")
    return line(f"{words('printed text')} {name}{words.colon}{text}")


def _change(each: Mapping[str, Any], words: Words) -> tuple[Line, ...]:
    added = " ".join(each["added"]) if len(each["added"]) <= 12 else str(len(each["added"]))
    return (
        line(each["from"]),
        line(added),
        line(" ".join(each["removed"])),
        line(Piece(words.comma.join(each["instruments"]), "cite")),
    )


def instruments_page(found: Iterable[Instrument], words: Words) -> list[Block]:
    """Published acts in a table."""
    rows = tuple(
        (
            line(str(each.published or "")),
            line(Piece(each.key, "strong")),
            line(words.of(each.title)),
            line(" ".join(filter(None, (each.agency, each.kind)))),
            line(each.confidence),
        )
        for each in found
    )
    return [
        Grid("", (words("published"), words("instrument"), words("title"), words("agency"), words("confidence")), rows)
    ]


def coverage_page(found: Mapping[str, Any], words: Words) -> list[Block]:
    """Counts, each body of law in one row, each of its sections, the weakest versions, and what is not encoded."""
    counts = found["counts"]
    overlays = words.comma.join(f"{words(layer)} {count}" for layer, count in counts["overlays"].items())
    shown = [
        f"{words(key)} {counts[key]}" for key in ("provisions", "versions", "groups", "tables", "instruments", "facts")
    ]
    lines = (line(" · ".join(shown)), line(f"{words('overlays')}{words.colon}{overlays}"))
    weakest = tuple(
        line(f"{each['name']} ", Piece(f"{each['from']} ", "dim"), Piece(words.comma.join(each["instruments"]), "cite"))
        for each in found["weakest"]
    )
    return [
        Panel(f"{words('The law encoded')} · {found['law_digest'][:12]}", lines),
        *regime_page(found, words),
        Lines(words("Weakest confidence"), weakest),
        Lines(words("Not encoded"), tuple(_omissions(found["not_encoded"], words))),
    ]


def _omissions(entries: Iterable[Mapping[str, Any]], words: Words) -> Iterator[Line]:
    for each in entries:
        what, citation = words.written(each.get("what")), f"  {each.get('citation', '')}"
        yield line("✗ ", Piece(what, "strong"), Piece(citation, "cite"))
        yield line(f"    {words.written(each.get('reason'))} ", Piece(f"→ {words.written(each.get('effect'))}", "dim"))


def regime_page(found: Mapping[str, Any], words: Words) -> list[Block]:
    """The bodies of law in scope, one row each; then each section: how far encoded, why, how surely, last checked."""
    columns = ("body of law", "encoded", "partly", "deliberately not", "--regime")
    rows = tuple(
        (
            line(Piece(words.written(row["title"]), "strong")),
            *(line(str(row[key])) for key in _STATUS_MARKS),
            line(row["regime"]),
        )
        for row in found["scope"]
    )
    blocks: list[Block] = [Grid(words("Law in scope"), tuple(words(key) for key in columns), rows)]
    for row in found["scope"]:
        lines = tuple(each for section in row["sections"] for each in _section(section, words))
        blocks.append(Lines(words.written(row["title"]), lines))
    return blocks


_STATUS_MARKS = {"encoded": "✓", "partly": "◐", "left_out": "✗"}


def _section(each: Mapping[str, Any], words: Words) -> Iterator[Line]:
    mark = _STATUS_MARKS[each["status"]]
    yield line(f"{mark} ", Piece(each["section"], "strong"), f"  {words.written(each['title'])}")
    if reason := words.written(each["reason"]):
        yield line(f"    {reason}")
    for what in each["left_out"]:
        yield line(Piece(f"    ✗ {words.written(what)}", "dim"))
    count = len(each["provisions"]) + len(each["overlays"]) + len(each["groups"])
    confidence = words(f"{each['confidence']} confidence") if each["confidence"] else ""
    checked = words("checked {day}", day=each["oldest_check"]) if each["oldest_check"] else ""
    sources = words.comma.join(each["sources"][:_SOURCES_SHOWN])
    more = len(each["sources"]) - _SOURCES_SHOWN
    sources += words.brackets(words("{count} more", count=more)) if more > 0 else ""
    parts = (f"{words('provisions')} {count}" if count else "", confidence, checked, sources)
    yield line(Piece(f"    {words.semicolon.join(filter(None, parts))}", "cite"))


_SOURCES_SHOWN = 3
