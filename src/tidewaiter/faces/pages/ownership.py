"""Owners as a tree with their shares and lists, and what the law makes of them."""

from __future__ import annotations

from collections.abc import Iterator

from tidewaiter.evidence.parties.ownership import Branch
from tidewaiter.faces.pages.blocks import Block, Line, Lines, Piece, Tree, Twig, line
from tidewaiter.faces.pages.determination import TONES
from tidewaiter.faces.pages.grounds import cited
from tidewaiter.faces.pages.listing import list_title
from tidewaiter.faces.pages.words import Words
from tidewaiter.faces.reasons import biting, tests_of
from tidewaiter.faces.screening.effects import Effects
from tidewaiter.faces.screening.screens import Screening

__all__ = ["law_lines", "ownership_blocks"]

_TESTS = 3
_NEEDS = 3


def ownership_blocks(found: Screening, words: Words) -> Iterator[Block]:
    """The tree, then the law's answer as things stand, and the one if the possible matches are right."""
    owners = found.owners
    assert owners is not None
    yield Tree(words("Owners on {day}", day=found.request.on), (_twig(owners.tree, found, words),))
    if owners.stands:
        title = words("By ownership, as things stand") if owners.supposed else words("By ownership")
        yield Lines(title, tuple(law_lines(owners.stands, words, full=True)))
    if owners.supposed:
        title = words("By ownership, if the possible matches among the owners are right")
        yield Lines(title, tuple(law_lines(owners.supposed, words, full=True)))


def _twig(branch: Branch, found: Screening, words: Words) -> Twig:
    return Twig(_branch_line(branch, found, words), tuple(_twig(each, found, words) for each in branch.owners))


def _branch_line(branch: Branch, found: Screening, words: Words) -> Line:
    name = words("not stated") if branch.rest else branch.name
    share = f"{branch.share} %  " if branch.share is not None else ""
    style = "open" if branch.rest else "strong" if branch.share is None else ""
    parts: list[str | Piece] = [share, Piece(name, style)]
    owners = found.owners
    for each in (owners.found.get(branch.key, ()) if owners else ())[:_NEEDS]:
        if each.is_open or each.is_confirmed:
            what = words("confirmed") if each.is_confirmed else words("possible match")
            title = words.of(list_title(found, each.entry.list))
            parts.append(Piece(f"  [{what}{words.colon}{title}{words.comma}{each.entry.names[0].text}]", "bad"))
    notes = [words("perhaps held on that day") if not branch.sure else "", words("told elsewhere") * branch.above]
    notes.append(words("circle") if branch.around else "")
    parts.append(Piece("".join(f"  {note}" for note in notes if note), "dim"))
    parts.append(Piece(f"  {words.semicolon.join(branch.sources)}" if branch.sources else "", "cite"))
    return line(*parts)


def law_lines(effects: Effects, words: Words, *, full: bool = False) -> Iterator[Line]:
    """What the law says for each kind of dealing; `full` adds the numbers that decide and what is missing."""
    plain = effects.plain
    groups: dict[tuple[str, str], list[str]] = {}
    for each in effects.each:
        if each.exit == "restriction":
            because = words.semicolon.join(
                "".join(piece.text for piece in (Piece(words.of(f.title)), *cited(f.citation, words)))
                for f in each.because[:2]
            )
            groups.setdefault((words.of(each.title), because), []).append(words.of(each.dealing_title))
    if effects.each[0].exit != "restriction":
        first = effects.each[0]
        yield line(
            Piece("○ ", ""),
            words.of(first.dealing_title),
            words.colon,
            Piece(words.of(first.title), TONES.get(first.exit, "open")),
        )
    for (title, because), dealings in groups.items():
        yield line(Piece("● ", "bad"), Piece(title, "bad"), words.colon, words.semicolon.join(dealings))
        yield line("  ", Piece(because, "cite"))
    open_ones = [words.of(each.dealing_title) for each in effects.each[1:] if each.exit not in TONES]
    if open_ones:
        yield line(Piece("? ", "open"), words("open"), words.colon, words.semicolon.join(open_ones))
    layer = plain.layer(plain.headline)
    for each in layer.review:
        if isinstance(each.value, str) and each.value != "none" and biting(layer):
            yield line(words.of(each.title), words.colon, words.value(each.term, each.value))
    if full:
        yield from _figures(effects, words)
    for each in layer.notes if not full else layer.red_flags + layer.notes:
        says = words.of(each.citation.says) if each.citation else ""
        yield line("• ", words.of(each.title), Piece(f" — {says}" if says else "", "dim"))
    yield line(
        Piece(
            words(
                "{count} assumptions of profile {profile}, not verified",
                count=len(plain.assumptions),
                profile=plain.profile,
            ),
            "dim",
        )
    )


def _figures(effects: Effects, words: Words) -> Iterator[Line]:
    plain = effects.plain
    for test in tests_of(plain.layer(plain.headline).proof)[:_TESTS]:
        mark = {True: Piece("✓ ", "good"), False: Piece("✗ ", "bad")}.get(test.holds, Piece("? ", "open"))  # type: ignore[arg-type]
        rule = Piece(f"  {test.citation.citation}" if test.citation else "", "dim")
        yield line(mark, f"{words.of(test.rule)}  [{words.of(test.found)}]", rule)
    for need in plain.missing[:_NEEDS]:
        yield line(Piece("? ", "open"), words("it depends on"), words.colon, words.of(need["ask"]))
    for reading in plain.readings:
        if reading.matters:
            yield line(
                Piece("! ", "open"),
                words("Unsettled law"),
                words.colon,
                words.of(reading.title),
                Piece(f"  {reading.citation}", "cite"),
            )
