"""Pages of the lists of restricted parties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tidewaiter.faces.pages.blocks import Block, Grid, Line, Lines, Panel, Piece, line
from tidewaiter.faces.pages.words import Words

__all__ = ["entry_page", "history_page", "import_page", "lists_page"]

_FAULTS_SHOWN = 20

_Row = Mapping[str, Any]


def lists_page(data: _Row, words: Words) -> list[Block]:
    """All lists in a table, and what their completeness means."""
    head = (words("list"), words("code"), words("editions"), words("entries"), words("complete"))
    rows = tuple(_list_row(row, words) for row in data["lists"])
    closing = (
        line(Piece(words("On other days a name that is not found is undetermined, not clear."), "dim")),
        line(Piece(words("To take a full list: tidewaiter lists import FILE"), "dim")),
    )
    return [Grid(words("Lists of restricted parties"), head, rows), Lines("", closing)]


def _list_row(row: _Row, words: Words) -> tuple[Line, ...]:
    editions = row["editions"]
    days = words.comma.join(dict.fromkeys(each["as_of"] for each in editions))
    complete = words.comma.join(_span(*each) for each in row["complete"])
    return (
        line(Piece(words.written(row["title"]), "strong")),
        line(str(row["list"])),
        line(days or Piece(words("no edition"), "dim")),
        line(f"{editions[-1]['entries']:,}" if editions else ""),
        line(complete) if complete else line(Piece(words("never") if editions else "", "open")),
    )


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"


def import_page(data: _Row, words: Words) -> list[Block]:
    """What an import stored, and what it left out."""
    title = f"{data['file']} · {data['as_of']} · {words('{count} entries', count=data['entries'])}"
    stored = tuple(
        (line(Piece(each["list"], "strong")), line(f"{each['entries']:,}"), line(_completeness(each, words)))
        for each in data["editions"]
    )
    counts = {
        "editions stored": len(stored),
        "editions stored before": len(data["known"]),
        "rows that repeat a party, joined with it": data["joined"],
    }
    lines = [line(f"{words(what)}{words.colon}{count}") for what, count in counts.items() if count]
    tone = "open" if data["rejected"] else "good"
    blocks: list[Block] = [Panel(title, tuple(lines), tone)]
    if stored:
        blocks.append(Grid(words("Editions"), (words("list"), words("entries"), words("complete")), stored))
    blocks += _faults(words("Rows left out"), data["rejected"], words)
    return blocks + _faults(words("Remarks"), data["remarks"], words)


def _completeness(edition: _Row, words: Words) -> str:
    if not edition["complete_from"]:
        return words("never")
    return _span(edition["complete_from"], edition["complete_to"])


def _faults(title: str, rows: Sequence[_Row], words: Words) -> list[Block]:
    if not rows:
        return []
    lines = [line(f"{row['where']}: {row['what']}; {row['remedy']}".rstrip("; ")) for row in rows[:_FAULTS_SHOWN]]
    if len(rows) > _FAULTS_SHOWN:
        lines.append(line(Piece(words("{count} more; --json shows all", count=len(rows) - _FAULTS_SHOWN), "dim")))
    return [Lines(f"{title} {words.brackets(str(len(rows))).strip()}", tuple(lines))]


def entry_page(data: _Row, words: Words, titles: Mapping[str, Any]) -> list[Block]:
    """One entry with all it holds."""
    names = tuple(
        (line(Piece(name["text"], "" if place else "strong")), line(words(name["kind"])), line(_printed(name, words)))
        for place, name in enumerate(data["names"])
    )
    return [
        Panel(data["names"][0]["text"], tuple(_head(data, words, titles))),
        Grid(words("Names"), (), names),
        Grid(words("Particulars"), (), tuple(_particulars(data, words))),
    ]


def _head(data: _Row, words: Words, titles: Mapping[str, Any]) -> list[Line]:
    lines = [line(Piece(words.written(titles[data["list"]]), "strong"), f" · {data['key']}"), line(_stay(data, words))]
    if data["note"]:
        lines.append(line(Piece(words.written(data["note"]), "dim")))
    return lines


def _stay(data: _Row, words: Words) -> str:
    """From when to when the entry stood on its list, and how that is known."""
    if not data["listed"]:
        return words("day of listing not known")
    first_seen = data["listed_basis"] == "first_seen"
    start = words("listed on or before {day}" if first_seen else "listed {day}", day=data["listed"])
    basis = "" if first_seen else words.brackets(words(data["listed_basis"]))
    if not data["removed"]:
        return start + basis
    if data["last_seen"]:
        end = words("last seen {seen}, gone by {day}", seen=data["last_seen"], day=data["removed"])
    else:
        end = words("until {day}", day=data["removed"])
    return f"{start}{basis} · {end}"


def _printed(name: _Row, words: Words) -> str:
    """When and where a name was printed, and how sure it is."""
    parts = []
    if name["since"]:
        parts.append(f"{words('from')} {name['since']}")
    if name["until"]:
        parts.append(f"{words('to')} {name['until']}")
    if name["confidence"] != "high":
        parts.append(words(f"{name['confidence']} confidence"))
    if name["source"]:
        parts.append(words(name["source"]))
    return words.comma.join(parts)


def _particulars(data: _Row, words: Words) -> list[tuple[Line, ...]]:
    footnotes = words.comma.join(_footnote(each, words) for each in data["footnotes"])
    rows = [
        ("country", words.comma.join(data["countries"])),
        ("citation", data["citation"]),
        ("footnotes", footnotes),
        ("requirement", data["requirement"]),
        ("review policy", data["policy"]),
        ("programs", words.comma.join(data["programs"])),
        ("parent", data["parent"]),
        *(("address", ", ".join(filter(None, (a["text"], a["city"], a["country"])))) for a in data["addresses"]),
        *((each["kind"], each["value"]) for each in data["identifiers"]),
        ("source", data["source"]),
        ("confidence", words(data["confidence"])),
    ]
    return [(line(Piece(words(name), "dim")), line(text)) for name, text in rows if text]


def _footnote(each: _Row, words: Words) -> str:
    text = str(each["number"])
    if each["since"]:
        text += words.brackets(f"{words('from')} {each['since']}")
    if each["unclear_since"]:
        text += words.brackets(words("unclear since {day}", day=each["unclear_since"]))
    return text


def history_page(data: _Row, words: Words, titles: Mapping[str, Any]) -> list[Block]:
    """The entries of a name with what happened to them, and the lists looked through in vain."""
    blocks: list[Block] = []
    for entry in data["entries"]:
        rows = tuple(
            (line(each["on"]), line(words(each["event"])), line(_detail(each, words))) for each in entry["events"]
        )
        blocks.append(Panel(entry["names"][0]["text"], tuple(_head(entry, words, titles))))
        blocks.append(Grid(words("History"), (), rows))
    if data["not_found"]:
        lines = [
            line(
                Piece(words.written(titles[each["list"]]), "strong"),
                f"{words.colon}{words('not found, {days}', days=_span(each['from'], each['to']))} ",
                Piece(each["source"], "cite"),
            )
            for each in data["not_found"]
        ]
        note = words.written(data["not_found"][0]["note"])
        lines += [line(note)] if note else []
        lines.append(line(Piece(words("Other days are undetermined."), "dim")))
        blocks.append(Lines(words("Looked for and not found"), tuple(lines)))
    return blocks


def _detail(event: _Row, words: Words) -> str:
    return words(event["detail"]) if event["event"] == "listed" else event["detail"]
