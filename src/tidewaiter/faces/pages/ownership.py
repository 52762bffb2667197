"""Owners as a tree with their shares and lists, and what the law makes of them."""

from __future__ import annotations

import re
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

_EXPLAINED = re.compile(r"[(（:：]")
_TESTS = 3
_NEEDS = 3


def ownership_blocks(found: Screening, words: Words, told: set[str]) -> Iterator[Block]:
    """The tree, then the law's answer as things stand, and the one if the possible matches are right."""
    owners = found.owners
    assert owners is not None
    yield Tree(words("Owners on {day}", day=found.request.on), (_twig(owners.tree, found, words),))
    yield Lines("", tuple(_remarks(found, words)))
    if owners.stands:
        title = words("By ownership, as things stand") if owners.supposed else words("By ownership")
        yield Lines(title, tuple(law_lines(owners.stands, words, told, full=True)))
    if owners.supposed:
        title = words("By ownership, if the possible matches among the owners are right")
        yield Lines(title, tuple(law_lines(owners.supposed, words, told, full=True)))


def _remarks(found: Screening, words: Words) -> Iterator[Line]:
    """What the lists say of owners themselves, where an owner is on one or may be: affiliates, for instance."""
    several = (each for rows in found.owners.found.values() for each in rows) if found.owners else ()
    codes = {each.entry.list for each in several if each.is_open or each.is_confirmed}
    for each in found.covers:
        if each.info.code in codes and each.info.remark:
            yield line(Piece(f"• {words.of(each.info.title)}{words.colon}{words.of(each.info.remark)}", "dim"))


def _twig(branch: Branch, found: Screening, words: Words) -> Twig:
    return Twig(_branch_line(branch, found, words), tuple(_twig(each, found, words) for each in branch.owners))


def _branch_line(branch: Branch, found: Screening, words: Words) -> Line:
    name = words("not stated") if branch.rest else branch.name
    share = f"{branch.share} %  " if branch.share is not None else ""
    style = "open" if branch.rest else "strong" if branch.share is None else ""
    parts: list[str | Piece] = [share, Piece(name, style)]
    parts += _matches(branch, found, words)
    notes = [words("perhaps held on that day") if not branch.sure else "", words("told elsewhere") * branch.above]
    notes.append(words("circle") if branch.around else "")
    parts.append(Piece("".join(f"  {note}" for note in notes if note), "dim"))
    parts.append(Piece(f"  {words.semicolon.join(branch.sources)}" if branch.sources else "", "cite"))
    return line(*parts)


def _matches(branch: Branch, found: Screening, words: Words) -> Iterator[Piece]:
    """The lists on which an owner is confirmed, and those on which it may be, each with the first entry's name."""
    several = found.owners.found.get(branch.key, ()) if found.owners else ()
    for what, counted in (
        ("confirmed", [each for each in several if each.is_confirmed]),
        ("possible match", [each for each in several if each.is_open]),
    ):
        if counted:
            titles = dict.fromkeys(words.of(list_title(found, each.entry.list)) for each in counted)
            name = counted[0].entry.names[0].text
            yield Piece(f"  [{words(what)}{words.colon}{name}{words.semicolon}{words.comma.join(titles)}]", "bad")


def law_lines(effects: Effects, words: Words, told: set[str], *, full: bool = False) -> Iterator[Line]:
    """What the law says for each kind of dealing; `full` adds the numbers that decide and what is missing.

    `told` are the notes that stand higher up on the page; they are named only.
    """
    plain = effects.plain
    groups: dict[tuple[str, str], list[str]] = {}
    for each in effects.each:
        if each.exit == "restriction":
            because = words.semicolon.join(
                "".join(piece.text for piece in (Piece(words.of(f.title)), *cited(f.citation, words)))
                for f in each.because[:2]
            )
            groups.setdefault((words.of(each.title), because), []).append(_short(words.of(each.dealing_title)))
    if effects.each[0].exit != "restriction":
        first = effects.each[0]
        yield line(
            Piece("○ ", ""),
            _short(words.of(first.dealing_title)),
            words.colon,
            Piece(words.of(first.title), TONES.get(first.exit, "open")),
        )
    for (title, because), dealings in groups.items():
        yield line(Piece("● ", "bad"), Piece(title, "bad"), words.colon, words.semicolon.join(dealings))
        yield line("  ", Piece(because, "cite"))
    open_ones = [_short(words.of(each.dealing_title)) for each in effects.each[1:] if each.exit not in TONES]
    if open_ones:
        yield line(Piece("? ", "open"), words("open"), words.colon, words.semicolon.join(open_ones))
    layer = plain.layer(plain.headline)
    for policy in layer.review:
        if isinstance(policy.value, str) and policy.value != "none" and biting(layer):
            yield line(words.of(policy.title), words.colon, words.value(policy.term, policy.value))
    if full:
        yield from _figures(effects, words)
    elif effects.each[0].exit not in TONES:
        yield from _waiting(effects, words)
    for note in (*layer.red_flags, *layer.notes) if full else layer.notes:
        says = words.of(note.citation.says) if note.citation and note.term not in told else ""
        told.add(note.term)
        yield line("• ", words.of(note.title), Piece(f" — {says}" if says else "", "dim"))
    count = len(plain.assumptions)
    assumed = words("{count} assumptions of profile {profile}, not verified", count=count, profile=plain.profile)
    yield line(Piece(assumed, "dim"))


def _short(title: str) -> str:
    """A title without what explains it in brackets or after a colon."""
    return _EXPLAINED.split(title)[0].strip()


def _figures(effects: Effects, words: Words) -> Iterator[Line]:
    plain = effects.plain
    for test in tests_of(plain.layer(plain.headline).proof)[:_TESTS]:
        mark = {True: Piece("✓ ", "good"), False: Piece("✗ ", "bad")}.get(test.holds, Piece("? ", "open"))  # type: ignore[arg-type]
        rule = Piece(f"  {test.citation.citation}" if test.citation else "", "dim")
        yield line(mark, f"{words.of(test.rule)}  [{words.of(test.found)}]", rule)
    yield from _waiting(effects, words)
    for reading in plain.readings:
        if reading.matters:
            yield line(
                Piece("! ", "open"),
                words("Unsettled law"),
                words.colon,
                words.of(reading.title),
                Piece(f"  {reading.citation}", "cite"),
            )


def _waiting(effects: Effects, words: Words) -> Iterator[Line]:
    """The first questions on which the answer depends."""
    for ask in list(dict.fromkeys(words.of(need["ask"]) for need in effects.plain.missing))[:_NEEDS]:
        yield line(Piece("? ", "open"), words("it depends on"), words.colon, ask)
