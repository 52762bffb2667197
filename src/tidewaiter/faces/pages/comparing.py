"""Pages of a comparison of two laws, and of the gallery of amendments."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tidewaiter.faces.composition import decider
from tidewaiter.faces.pages.blocks import Block, Grid, Line, Lines, Panel, Piece, line
from tidewaiter.faces.pages.determination import TONES
from tidewaiter.faces.pages.words import Words
from tidewaiter.faces.reasons import exit_class

__all__ = ["amendment_page", "comparison_page", "gallery_page"]

_Data = Mapping[str, Any]
_FLIPS_SHOWN = 25
_CODES_SHOWN = 8
_PROVISIONS_SHOWN = 12
_BAR = 40


def comparison_page(found: _Data, words: Words) -> list[Block]:
    """The blocks of a comparison."""
    blocks: list[Block] = [_head(found, words)]
    shown: set[str] = set()
    for each in found["questions"]:
        blocks += _question(each, shown, words)
    blocks += _listings(found["listings"], words)
    if not found["questions"] and not found["listings"]:
        blocks.append(Lines("", (line(words("Nothing that any question rests on differs.")),)))
    blocks.append(Lines("", (line(Piece(words("Not legal advice."), "dim")),)))
    return blocks


def _head(found: _Data, words: Words) -> Panel:
    lines = []
    for key in ("before", "after"):
        side = found[key]
        lines.append(
            line(
                Piece(f"{words(key)}{words.colon}", "dim"),
                Piece(words.written(side["title"]), "strong"),
                f" · {side['on']} · {words(side['layer'])} · ",
                Piece(f"{words('law')} {side['law'][:12]}", "dim"),
            )
        )
        lines += [line(Piece(words("takes effect only on {day}", day=day), "open")) for day in side["not_yet"]]
    return Panel(words("Two laws compared"), tuple(lines))


def _question(each: _Data, shown: set[str], words: Words) -> Iterator[Block]:
    """One question; provisions that an earlier one has shown are not shown again."""
    title = words.of(decider().specification(each["question"]).title)
    yield Panel(title, (line(_summary(each, words)),), "strong")
    yield from _provisions([change for change in each["provisions"] if change["term"] not in shown], words)
    shown |= {change["term"] for change in each["provisions"]}
    for group in each["groups"]:
        changed = [f"+ {words.comma.join(group['added'])}"] if group["added"] else []
        changed += [f"- {words.comma.join(group['removed'])}"] if group["removed"] else []
        yield Lines(f"{words('group')} {group['group']}", tuple(line(text) for text in changed))
    if each["flips"]:
        yield _chart(each, words)
        yield _flips(each, words)
    yield from _witness(each.get("witness"), words)


def _summary(each: _Data, words: Words) -> str:
    flipped, tried = each["flipped"], each["tried"]
    if not tried["subjects"]:
        return words("{count} provisions differ", count=len(each["provisions"]))
    return words(
        "{count} provisions differ; of {tried} cases tried {subjects} flip, in {answers} answers",
        count=len(each["provisions"]), tried=f"{tried['subjects']:,}", subjects=f"{flipped['subjects']:,}",
        answers=f"{flipped['answers']:,}",
    )  # fmt: skip


def _provisions(changes: Sequence[_Data], words: Words) -> Iterator[Block]:
    for change in changes[:_PROVISIONS_SHOWN]:
        lines = [line(Piece(f"{change['citation']} · {change['path']}", "cite")), *_difference(change)]
        for key in ("before", "after"):
            said = words.written(change[key]["says"]) if change[key] else ""
            if said:
                lines.append(line(Piece(f"{words(key)}{words.colon}{said}", "dim")))
        yield Lines(words.written(change["title"]), tuple(lines))
    if len(changes) > _PROVISIONS_SHOWN:
        yield Lines("", (line(Piece(words("and {more} more", more=len(changes) - _PROVISIONS_SHOWN), "dim")),))


def _difference(change: _Data) -> Iterator[Line]:
    old, new = (change[key]["lines"] if change[key] else [] for key in ("before", "after"))
    for row in difflib.ndiff(old, new):
        if not row.startswith("? "):
            yield line(Piece(row, {"-": "bad", "+": "good"}.get(row[0], "")))


def _chart(each: _Data, words: Words) -> Lines:
    """How many answers went from what to what, as bars."""
    spec = decider().specification(each["question"])
    rows = each["flipped"]["by_outcome"]
    most = max(row["answers"] for row in rows)
    lines = []
    for row in rows:
        bar = "█" * max(round(row["answers"] / most * _BAR), 1)
        names = [words.of(spec.word(row[key]).title) for key in ("before", "after")]
        tone = TONES.get(exit_class(each["question"], row["after"]), "open")
        lines.append(line(Piece(bar, tone), f" {row['answers']:,}  {names[0]} → ", Piece(names[1], tone)))
    return Lines(words("Answers that flip"), tuple(lines))


def _flips(each: _Data, words: Words) -> Grid:
    spec = decider().specification(each["question"])
    rows = []
    for flip in each["flips"][:_FLIPS_SHOWN]:
        cells = [line(Piece(words.written(flip["title"]), "strong")), line(_codes(flip["codes"], words))]
        for key in ("before", "after"):
            tone = TONES.get(exit_class(each["question"], flip[key]), "open")
            cells.append(line(Piece(words.of(spec.word(flip[key]).title), tone)))
        because = [words.written(one["title"]) for one in flip.get("because_after") or flip.get("because_before") or ()]
        rows.append((*cells, line(Piece(words.semicolon.join(because[:2]), "cite"))))
    more = len(each["flips"]) - _FLIPS_SHOWN
    if more > 0:
        rows.append((line(Piece(words("and {more} more", more=f"{more:,}"), "dim")), *[line("")] * 4))
    head = (words("case"), words("where"), words("before"), words("after"), words("decided by"))
    return Grid(words("What flips"), head, tuple(rows))


def _witness(found: _Data | None, words: Words) -> Iterator[Block]:
    if not found:
        return
    real, made = found["real"], found["hypothetical"]
    lines = []
    if real:
        where = words.brackets(_codes(real["codes"], words))
        lines.append(line(f"{words('real')}{words.colon}", Piece(words.written(real["title"]), "strong"), where))
    if made:
        text = f"{words.title(made['term'])}{words.colon}{words.value(made['term'], made['values'][0])} → "
        lines.append(line(f"{words('hypothetical')}{words.colon}{text}{words.value(made['term'], made['values'][1])}"))
        lines += [line(Piece(str(made["facts"]), "cite")), line(Piece(found["bounds"], "dim"))]
    yield Lines(words("Witness"), tuple(lines) or (line(words("none found")),))


def _codes(codes: Sequence[str], words: Words) -> str:
    shown = words.comma.join(codes[:_CODES_SHOWN])
    more = len(codes) - _CODES_SHOWN
    return f"{shown} {words('and {more} more', more=more)}" if more > 0 else shown


def _listings(listings: Sequence[_Data], words: Words) -> Iterator[Block]:
    if not listings:
        return
    spec = decider().specification(str(listings[0]["question"]))
    rows = []
    for each in listings:
        outcomes = [words.of(spec.word(each[key]).title) for key in ("before", "after")]
        because = words.semicolon.join(words.written(one["title"]) for one in each["because_after"][:2])
        names = words.comma.join(each["names"][:2])
        rows.append(
            (
                line(Piece(names, "strong")),
                line(outcomes[0]),
                line(Piece(outcomes[1], "bad")),
                line(Piece(because, "cite")),
            )
        )
    head = (words("party"), words("before"), words("after"), words("decided by"))
    yield Grid(words("Parties listed"), head, tuple(rows))


def gallery_page(found: _Data, words: Words) -> list[Block]:
    """The gallery in a table."""
    rows = tuple(
        (
            line(Piece(str(each["amendment"]), "strong")),
            line(words.written(each["title"])),
            line(each["from"]),
            line(Piece(words.written(each["says"]), "dim")),
        )
        for each in found["amendments"]
    )
    head = (words("key"), words("title"), words("from"), words("what it does"))
    return [Grid("", head, rows)]


def amendment_page(found: _Data, words: Words) -> list[Block]:
    """One amendment with its text."""
    title = f"{words.written(found['title'])} — {found['amendment']}"
    head = Panel(title, (line(words.written(found["says"])),))
    return [head, Lines("YAML", tuple(line(row) for row in found["text"].splitlines()))]
