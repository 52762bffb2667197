"""A screening as a page: the outcome, possible parties with their law, tables of the rest, what a negative is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidewaiter.faces.asking import face_data
from tidewaiter.faces.pages.blocks import Block, Grid, Line, Lines, Panel, Piece, line
from tidewaiter.faces.pages.determination import TONES
from tidewaiter.faces.pages.listing import cited, list_title, listing_grid, said, since_line
from tidewaiter.faces.pages.ownership import law_lines, ownership_blocks
from tidewaiter.faces.pages.words import Words
from tidewaiter.faces.screening.coverage import Cover
from tidewaiter.faces.screening.proposals import Proposal
from tidewaiter.faces.screening.screens import Screening

__all__ = ["screening_page"]

_LISTED_SHOWN = 8
_DIGEST = 12
_ALIKE = 0.3


def screening_page(found: Screening, words: Words) -> list[Block]:
    """The blocks of a screening."""
    page = _Page(found, words)
    blocks = [block for block in page.blocks() if not isinstance(block, (Lines, Grid)) or _has_rows(block)]
    return [*blocks, Lines("", (page.closing(),))]


def _has_rows(block: Lines | Grid) -> bool:
    return bool(block.lines if isinstance(block, Lines) else block.rows)


class _Page:
    def __init__(self, found: Screening, words: Words) -> None:
        self.found, self.words = found, words
        self.counted = [each for each in found.proposals if each.is_open or each.is_confirmed]

    def blocks(self) -> Iterator[Block]:
        words, found = self.words, self.found
        yield self._headline()
        told: set[str] = set()
        for number, (party, effects) in enumerate(found.effects.items(), 1):
            yield listing_grid(number, [each for each in self.counted if each.party == party], found, words)
            if effects:
                yield Lines(words("If this is the party"), tuple(law_lines(effects, words, told)))
        rest = [each for each in self.counted if each.party not in found.effects]
        yield self._table(words("More possible matches"), rest)
        yield self._table(words("On another day"), [each for each in found.proposals if each.is_elsewhen])
        yield self._table(words("Cleared before"), [each for each in found.proposals if each.verdict == "cleared"])
        alike = [p for p in found.proposals if not p.hit.above and not p.verdict and p.hit.score >= _ALIKE]
        yield self._table(words("Names alike, below the line: not taken for the party"), alike[:_LISTED_SHOWN])
        if found.owners:
            yield from ownership_blocks(found, words, told)
        yield self._covers()
        yield Lines("", tuple(self._looked()))

    def _headline(self) -> Panel:
        words, found = self.words, self.found
        told = face_data("screening")["outcomes"][found.outcome]
        asked = found.request
        facts = [asked.country, asked.address, *(f"{kind} {value}" for kind, value in asked.identifiers)]
        lines = [line(" · ".join(filter(None, [asked.name, *facts, asked.on.isoformat()])))]
        shown = self.counted or [each for each in found.proposals if each.is_elsewhen]
        lines += [self._summary(each) for each in _first_of_lists(shown)]
        lines += self._several()
        lines += self._owned()
        lines.append(line(Piece(words.written(told["says"]), "dim")))
        if self.counted and any(effects is None for effects in found.effects.values()):
            lines.append(line(Piece(words("The law encoded here begins on {day}.", day=found.law_begins), "dim")))
        lines += [line(Piece(f"⚠ {words.of(each)}", "open")) for each in found.warnings]
        return Panel(words.of(found.title), tuple(lines), told["tone"])

    def _summary(self, each: Proposal) -> Line:
        words = self.words
        title = words.of(list_title(self.found, each.entry.list))
        when = since_line(each, self.found.request.on, words)
        source = words.brackets(cited(each.entry, words))
        return line(Piece(f"{title}{words.colon}", "strong"), f"{each.entry.names[0].text}{words.pause}{when}{source}")

    def _several(self) -> Iterator[Line]:
        """Where a name is borne by several legal persons, that it names none of them."""
        parties = {each.party: each for each in self.counted}
        if len(parties) > 1:
            text = self.words(
                "Several legal persons could be meant: {count}. A brand or group is none of them.", count=len(parties)
            )
            yield line(Piece(text, "open"))

    def _owned(self) -> Iterator[Line]:
        """What the law makes of the owners, in a line."""
        words, owners = self.words, self.found.owners
        for title, effects in (
            ("By ownership", owners.stands if owners else None),
            ("if the possible matches among the owners are right", owners.supposed if owners else None),
        ):
            if effects:
                first = effects.each[0]
                tone = TONES.get(first.exit, "open")
                yield line(Piece(f"{words(title)}{words.colon}", "strong"), Piece(words.of(first.title), tone))

    def _table(self, title: str, rows: Sequence[Proposal]) -> Grid:
        words = self.words
        cells = tuple(
            (
                line(each.entry.names[0].text),
                line(f"{each.hit.score:.2f}"),
                line(since_line(each, self.found.request.on, words), words.brackets(cited(each.entry, words))),
                line(Piece(self._why(each), "dim")),
                line(Piece(each.entry.key, "dim")),
            )
            for each in rows
        )
        head = ("name", "score", "dates", "remarks", "list and key")
        return Grid(title, tuple(words(each) for each in head), cells)

    def _why(self, each: Proposal) -> str:
        """The name that is alike where it is not the entry's own, what speaks against, and what was decided."""
        parts = []
        if each.hit.name.kind != "primary":
            parts.append(f"{said('kinds', each.hit.name.kind, self.words)} {each.hit.name.text}")
        codes = [*each.hit.comparison.against, *(reason.code for reason in each.hit.against)]
        parts += [said("reasons", code, self.words) for code in dict.fromkeys(codes)]
        if each.standing and each.verdict:
            decided = each.standing.disposition
            parts.append(f"{decided.by}{self.words.comma}{decided.at.date()}{self.words.colon}{decided.reason}")
        return self.words.semicolon.join(parts)

    def _covers(self) -> Block:
        """The lists of which something is at hand."""
        words = self.words
        held = [each for each in self.found.covers if each.editions or each.complete]
        head = ("list", "for this day", "complete here", "editions")
        return Grid(words("What was searched"), tuple(words(each) for each in head), tuple(map(self._cover, held)))

    def _cover(self, each: Cover) -> tuple[Line, ...]:
        words = self.words
        state = Piece(words("complete"), "good") if each.complete else Piece(words("not complete"), "open")
        spans = [str(a) if a == b else f"{a} – {b}" for a, b in each.intervals]
        held = [
            f"{e.as_of} {words(e.origin)}{words.pause}{words('{count} entries', count=e.entries)}"
            for e in each.editions[-2:]
        ]
        return (
            line(words.of(each.info.title)),
            line(state),
            line(words.comma.join(spans) or "–"),
            line(Piece(words.semicolon.join(held), "dim")),
        )

    def _looked(self) -> Iterator[Line]:
        """What is not at hand; then the lists on which this very name was looked for in vain, and for which days."""
        words = self.words
        absent = [words.of(each.info.title) for each in self.found.covers if not each.editions and not each.complete]
        if absent:
            yield line(
                Piece("? ", "open"), words("not at hand"), words.colon, Piece(words.semicolon.join(absent), "dim")
            )
        looked = [each for each in self.found.covers if each.looked]
        groups: dict[tuple[str, str], list[str]] = {}
        for each in looked:
            assert each.looked is not None
            days = (
                str(each.looked.since)
                if each.looked.since == each.looked.until
                else f"{each.looked.since} – {each.looked.until}"
            )
            groups.setdefault((days, words.of(each.looked.note)), []).append(words.of(each.info.title))
        for (days, note), titles in groups.items():
            told = words(
                "Looked for by this name and not on it, {days}: {lists}.", days=days, lists=words.semicolon.join(titles)
            )
            yield line("• ", told, Piece(f" {note}" if note else "", "dim"))

    def closing(self) -> Line:
        words, found = self.words, self.found
        digests = f"{words('lists')} {found.lists_digest[:_DIGEST]} · {words('law')} {found.law_digest[:_DIGEST]}"
        return line(Piece(f"{digests} · {words('Not legal advice.')}", "dim"))


def _first_of_lists(shown: Sequence[Proposal]) -> list[Proposal]:
    """The best of each list."""
    first: dict[str, Proposal] = {}
    for each in shown:
        first.setdefault(each.entry.list, each)
    return list(first.values())
