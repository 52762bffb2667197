"""An article as a page: what it is, when it appeared and how that is known, whom it names, what the law said."""

from __future__ import annotations

from collections.abc import Iterator

from tidewaiter.base.wording import Wording
from tidewaiter.faces.answers import Answer
from tidewaiter.faces.articles import ChipFinding, Dossier
from tidewaiter.faces.pages.blocks import Block, Grid, Line, Lines, Panel, Piece, line
from tidewaiter.faces.pages.claims import claim_blocks, listed_blocks
from tidewaiter.faces.pages.determination import TONES
from tidewaiter.faces.pages.words import Words
from tidewaiter.faces.reasons import exit_class
from tidewaiter.reading.amounts import QUANTITY

__all__ = ["article_page"]

_EVIDENCE_SHOWN = 6
_NAMES_SHOWN = 12
_PLURALS = {"person": "people", QUANTITY: "quantities"}


def article_page(found: Dossier, words: Words) -> list[Block]:
    """The blocks of a dossier."""
    reading = found.reading
    blocks: list[Block] = [
        Panel(reading.title or words("no title"), tuple(_heading(found, words))),
        Lines(words("How the date is known"), tuple(_evidence(found, words))),
        Lines(words("Mentions"), tuple(_mentions(found, words))),
    ]
    blocks += claim_blocks(found.claims, words, reading.source.text)
    if found.chips:
        head = (words("chip"), words("on the day"), words("now"), words("layers that differ on the day"))
        title = f"{words('What the law says of the chips')} — {words.of(found.asked)}"
        blocks.append(Grid(title, head, tuple(_chip(each, words) for each in found.chips)))
        blocks.append(Lines("", tuple(_closing(found, words))))
    blocks += listed_blocks(found.parties, words)
    notes = tuple(line("• ", words.of(note)) for note in reading.notes)
    if notes:
        blocks.append(Lines(words("Notes"), notes))
    return [block for block in blocks if not isinstance(block, Lines) or block.lines]


def _heading(found: Dossier, words: Words) -> Iterator[Line]:
    reading = found.reading
    interval = reading.dating.interval
    ends = [str(end) if end else "…" for end in (interval.earliest, interval.latest)]
    day = ends[0] if ends[0] == ends[1] else f"{ends[0]} – {ends[1]}"
    state = words(reading.dating.basis)
    yield line(f"{words('date')}{words.colon}", Piece(day, "strong"), words.brackets(state))
    kept, dropped = len(reading.article.lines), len(reading.article.dropped)
    yield line(words("{kept} lines of the article, {dropped} dropped as not part of it", kept=kept, dropped=dropped))


def _evidence(found: Dossier, words: Words) -> Iterator[Line]:
    for each in found.reading.dating.evidence[:_EVIDENCE_SHOWN]:
        bounds = each.bounds
        ends = f"{bounds.earliest or '…'} – {bounds.latest or '…'}"
        used = "" if each.used else words.brackets(words("not used"))
        said = Piece(f"  {words.of(each.why)}", "dim")
        yield line(f"{ends}{used}  ", Piece(each.surface, "strong"), said)
    if not found.reading.dating.determined:
        for each_settle in found.reading.dating.settle:
            yield line(Piece(f"→ {words.of(each_settle)}", "open"))


def _mentions(found: Dossier, words: Words) -> Iterator[Line]:
    kinds = dict.fromkeys(mention.kind for mention in found.reading.mentions)
    for kind in kinds:
        counted: dict[str, list[str]] = {}
        for mention in found.reading.mentions:
            if mention.kind == kind:
                counted.setdefault(mention.key, []).append(mention.surface)
        shown = [
            f"{surfaces[0]}{f' ×{len(surfaces)}' if len(surfaces) > 1 else ''}"
            for surfaces in list(counted.values())[:_NAMES_SHOWN]
        ]
        more = len(counted) - _NAMES_SHOWN
        tail = f" {words('and {more} more', more=more)}" if more > 0 else ""
        yield line(Piece(f"{words(_PLURALS.get(kind, kind))}{words.colon}", "strong"), words.comma.join(shown) + tail)


def _chip(each: ChipFinding, words: Words) -> tuple[Line, ...]:
    surfaces = words.comma.join(each.surfaces[:3])
    then = _joined([_said(found, words) for found in _distinct(each.then)])
    now = line(_said(each.now, words)) if each.now else line("–")
    differing = [
        f"{words.of(layer.title)}{words.colon}{words.of(_title(found, layer.outcome))}"
        for found in each.then[:1]
        for layer in found.layers
        if layer.outcome != found.outcome
    ]
    faults = words.semicolon.join(str(fault) for fault in each.faults)
    name = line(Piece(each.name, "strong"), Piece(words.brackets(surfaces), "dim"))
    return (
        name,
        then or line(Piece(faults or words("date unknown"), "open")),
        now,
        line(words.semicolon.join(differing)),
    )


def _joined(pieces: list[Piece]) -> Line:
    found: list[Piece] = []
    for piece in pieces:
        found += [Piece(" → "), piece] if found else [piece]
    return tuple(found)


def _distinct(found: tuple[Answer, ...]) -> list[Answer]:
    """The answers on the ends of the interval; one where both agree."""
    return list({each.outcome: each for each in found}.values())


def _said(found: Answer, words: Words) -> Piece:
    return Piece(words.of(found.title), TONES.get(exit_class(found.question, found.outcome), "open"))


def _title(found: Answer, code: str) -> Wording:
    from tidewaiter.faces.composition import decider

    return decider().specification(found.question).word(code).title


def _closing(found: Dossier, words: Words) -> Iterator[Line]:
    held = [answer for chip in found.chips for answer in (*chip.then, *filter(None, [chip.now]))]
    if held:
        count = max(len(answer.assumptions) for answer in held)
        profile, digest = held[0].profile, held[0].law_digest[:12]
        text = words(
            "up to {count} assumptions of profile {profile} each; see: tidewaiter check", count=count, profile=profile
        )
        yield line(Piece(f"{text} · {words('law')} {digest} · {words('Not legal advice.')}", "dim"))
    if found.left_out:
        yield line(Piece(words("and {more} more", more=len(found.left_out)), "dim"))
