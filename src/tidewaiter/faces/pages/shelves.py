"""Pages of the catalog and the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tidewaiter.faces.pages.blocks import Block, Grid, Line, Lines, Panel, Piece, line
from tidewaiter.faces.pages.words import Words

__all__ = ["fact_page", "facts_page", "item_page", "items_page", "model_page"]

_VALUES_SHOWN = 40


def items_page(rows: Sequence[Mapping[str, Any]], words: Words) -> list[Block]:
    """Items in a table."""
    body = tuple(
        (
            line(Piece(str(row["name"]), "strong")),
            line(words(str(row["form"]))),
            line(_span(row["released"])),
            line(words(str(row["confidence"]))),
        )
        for row in rows
    )
    head = (words("name"), words("form"), words("released"), words("confidence"))
    return [Grid("", head, body), Lines("", (line(Piece(words("{count} items", count=len(rows)), "dim")),))]


def _span(ends: Sequence[str]) -> str:
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} – {ends[1]}"


def item_page(row: Mapping[str, Any], words: Words) -> list[Block]:
    """One item: what it is, its figures, its class on a date, where the figures come from."""
    confidence = words(f"{row['confidence']} confidence")
    said = (words(str(row["form"])), row["vendor"], f"{words('released')} {_span(row['released'])}", confidence)
    lines = [line(" · ".join(said))]
    if row["variants"]:
        because = words.written(row["because"])
        lines.append(
            line(f"{words('stands for')}{words.colon}{words.comma.join(row['variants'])}{words.brackets(because)}")
        )
    if row["note"]:
        lines.append(line(Piece(str(row["note"]), "dim")))
    figures = [
        (line(words(name)), line(_figure(each)), line(Piece(words(str(each["confidence"])), "dim")))
        for name, each in row["figures"].items()
    ]
    figures += [
        (
            line(f"{words('dense rate')} {peak['format']}"),
            line(_figure(peak["tops"])),
            line(Piece(f"{peak['bits']} bit", "dim")),
        )
        for peak in row["peaks"]
    ]
    blocks: list[Block] = [Panel(str(row["name"]), tuple(lines)), Grid(words("Figures"), (), tuple(figures))]
    if row["contains"]:
        parts = tuple(line(f"{part['count']} × {part['item']}") for part in row["contains"])
        blocks.append(Lines(words("Contains"), parts))
    blocks += _classes(row, words)
    sources = tuple(line(f"{key}{words.colon}{text}") for key, text in row["sources"].items())
    blocks.append(Lines(words("Sources"), sources))
    return blocks


def model_page(row: Mapping[str, Any], words: Words) -> list[Block]:
    """One model: who made it, its figures, where they come from."""
    confidence = words(f"{row['confidence']} confidence")
    weights = {True: words("open weights"), False: words("closed weights")}.get(row["open_weights"], "")
    released = f"{words('released')} {_span(row['released'])}"
    said = filter(None, (words("model"), row["vendor"], row["country"], weights, row["license"], released, confidence))
    figures = [
        (line(words(name)), line(_figure(each)), line(Piece(words(str(each["confidence"])), "dim")))
        for name, each in row["figures"].items()
    ]
    for each in row["hardware"]:
        many = f"{each['count']:,} × " if each["count"] else ""
        figures.append((line(words("hardware")), line(f"{many}{each['name']}"), line("")))
    lines = (line(" · ".join(map(str, said))), line(Piece(str(row["note"]), "dim")))
    sources = tuple(line(f"{key}{words.colon}{text}") for key, text in row["sources"].items())
    return [
        Panel(str(row["name"]), tuple(each for each in lines if each)),
        Grid(words("Figures"), (), tuple(figures)),
        Lines(words("Sources"), sources),
    ]


def _figure(figure: Mapping[str, Any]) -> str:
    low, high = figure["at_least"], figure["at_most"]
    value = f"{low:,g}" if low == high else f"{low:,g} – {high:,g}"
    return f"{value} {figure['unit']}"


def _classes(row: Mapping[str, Any], words: Words) -> list[Block]:
    layers = list(row["class"].values())
    shown = [each for each in layers[0] if each["value"] not in (None, False, "none")]
    rows: list[tuple[Line, ...]] = []
    for each in shown:
        if isinstance(each["value"], dict) and not each["value"].get("at_least"):
            continue
        citation = each["citation"]["citation"] if each["citation"] else ""
        value = Piece(words.value(each["term"], each["value"]), "strong")
        rows.append((line(words.written(each["title"])), line(value), line(Piece(citation, "cite"))))
    return [Grid(words("Class on {day}, as the law computes it", day=row["on"]), (), tuple(rows))]


def facts_page(rows: Sequence[Mapping[str, Any]], words: Words) -> list[Block]:
    """Facts in a table."""
    body = tuple(
        (
            line(Piece(str(row["name"]), "strong")),
            line(_kind(row, words)),
            line(words.written(row["title"])),
            line(words.comma.join(f"{_value(row, value, words)}" for value in row["assumed"].values())),
            line(Piece(str(row["option"]), "cite")),
        )
        for row in rows
    )
    return [Grid("", (words("fact"), words("type"), words("title"), words("assumed"), words("option")), body)]


def _kind(row: Mapping[str, Any], words: Words) -> str:
    kind = words(str(row["type"]))
    return f"{kind} {row['unit']}" if row["unit"] else kind


def _value(row: Mapping[str, Any], value: Any, words: Words) -> str:
    if isinstance(value, Mapping) and "same_as" in value:
        return words("same as {term}", term=value["same_as"])
    return words.value(str(row["name"]), value)


def fact_page(row: Mapping[str, Any], words: Words) -> list[Block]:
    """One fact with everything that is said of it."""
    ends = row["range"]
    limits = f"{ends.get('min', '−∞')} – {ends.get('max', '∞')}" if row["type"] == "number" else ""
    entries = [
        (words("question"), words.written(row["ask"])),
        (words("why"), words.written(row["why"])),
        (words("who can verify"), words.who(str(row["who"])) if row["who"] else ""),
        (words("range"), f"{limits} {row['unit']}".strip()),
        (words("option"), str(row["option"]) or f"--fact {row['name']}=…"),
    ]
    entries += [
        (words("assumed under {profile}", profile=profile), _value(row, value, words))
        for profile, value in row["assumed"].items()
    ]
    lines = tuple(line(f"{name}{words.colon}{text}") for name, text in entries if text)
    blocks: list[Block] = [
        Panel(f"{words.written(row['title'])} — {row['name']}{words.brackets(_kind(row, words))}", lines)
    ]
    codes = list(row["values"].items())
    if codes:
        shown = tuple(line(f"{code}{words.colon}{words.written(title)}") for code, title in codes[:_VALUES_SHOWN])
        more = len(codes) - _VALUES_SHOWN
        tail = (line(Piece(words("and {more} more", more=more), "dim")),) if more > 0 else ()
        blocks.append(Lines(words("Values"), (*shown, *tail)))
    return blocks
