"""What an answer rests on, as blocks: readings, what is missing, assumptions, sources, the law's digest."""

from __future__ import annotations

from collections.abc import Iterator

from tidewaiter.determine.determination import Assumption, Citation, Determination, Need
from tidewaiter.faces.composition import decider
from tidewaiter.faces.pages.blocks import Block, Grid, Line, Lines, Piece, line
from tidewaiter.faces.pages.places import place
from tidewaiter.faces.pages.words import Words
from tidewaiter.faces.reasons import exit_class

__all__ = ["Grounds", "cited"]

_DIGEST_SHOWN = 12
_SOURCES_SHOWN = 8


def cited(citation: Citation | None, words: Words) -> tuple[Piece, ...]:
    """A citation behind a finding: provision, instruments, since when, confidence where it is not high."""
    if citation is None:
        return ()
    parts = [citation.citation, words.comma.join(citation.instruments[:2])]
    if citation.since:
        parts.append(words("since {day}", day=citation.since))
    if citation.confidence != "high":
        parts.append(words(f"{citation.confidence} confidence"))
    return (Piece("  " + words.semicolon.join(filter(None, parts)), "cite"),)


class Grounds:
    """The lower half of a page."""

    def __init__(self, found: Determination, words: Words, full: bool) -> None:
        self.found, self.words, self.full = found, words, full

    def blocks(self) -> Iterator[Block]:
        """Readings, what is missing, assumptions, sources and the closing line."""
        words, found = self.words, self.found
        yield Lines(words("Unsettled law"), tuple(self._readings()))
        is_open = exit_class(found.question, found.outcome) not in ("clear", "restriction")
        if is_open:
            yield Lines(words("Shortest route to a restriction"), tuple(self._needs(found.to_restriction)))
            yield Lines(words("What remains to be shown to clear"), tuple(self._needs(found.to_clearance)))
        yield from self._assumptions()
        yield self._sources()

    def _readings(self) -> Iterator[Line]:
        words = self.words
        spec = decider().specification(self.found.question)
        quiet = [each for each in self.found.readings if not each.matters]
        for each in self.found.readings:
            if each.matters or self.full:
                elsewhere = each.layer != self.found.headline
                layer = words.brackets(words.of(dict(spec.layers)[each.layer])) if elsewhere else ""
                yield line(Piece(words.of(each.title), "strong"), layer, Piece(f"  {each.citation}", "cite"))
                for name, says, outcome in each.outcomes:
                    default = words.brackets(words("taken here")) if name == each.default else ""
                    yield line(
                        f"  {words.of(says) or name}{default} → ", Piece(words.of(spec.word(outcome).title), "strong")
                    )
                yield line(Piece(f"  {words('why the default')}{words.colon}{words.of(each.why)}", "dim"))
        if quiet and not self.full:
            titles = words.semicolon.join(words.of(each.title) for each in quiet)
            yield line(Piece(f"{words('without effect here')}{words.colon}{titles}", "dim"))

    def _needs(self, needs: tuple[Need, ...]) -> Iterator[Line]:
        words = self.words
        asked: dict[str, Line] = {}
        for need in needs:
            wanted = words("yes") if need.want else words("no")
            if not need.facts:
                asked.setdefault(
                    words.of(need.text), line(f"{words.of(need.text)}{words.colon}", Piece(wanted, "strong"))
                )
            for fact in need.facts:
                who = words.brackets(words.who(str(fact["who"]))) if fact.get("who") else ""
                about = place(self.found.facts, str(fact["about"]), words)
                text = f"{words.of(fact['ask'])}{f' [{about}]' if about else ''}{who}"
                hint = Piece(f"  ⇐ {words.of(need.text)}{words.colon}{wanted}", "dim")
                asked.setdefault(text, line("? ", text, hint))
        yield from asked.values()

    def _assumptions(self) -> Iterator[Block]:
        """Every assumption: as its question with `full`, else gathered by who can verify it."""
        words, found = self.words, self.found
        if not found.assumptions:
            if not found.profile:
                yield Lines(words("Assumptions"), (line(Piece(words("none: --strict"), "dim")),))
            return
        count = len(found.assumptions)
        title = words("{count} assumptions of profile {profile}, not verified", count=count, profile=found.profile)
        if self.full:
            rows = tuple(self._asked(each) for each in found.assumptions)
            yield Grid(title, (words("question"), words("taken as"), words("who can verify")), rows)
        else:
            yield Lines(title, tuple(self._gathered()))

    def _asked(self, each: Assumption) -> tuple[Line, ...]:
        about = place(self.found.facts, each.about, self.words)
        asked = self.words.of(each.ask) + (f" [{about}]" if about else "")
        return (line(asked), line(self._taken(each)), line(self.words.who(each.who)))

    def _taken(self, each: Assumption) -> str:
        if decider().law.vocabulary.type_of(each.term) is None:
            return self.words(str(each.value))
        return self.words.value(each.term, each.value)

    def _gathered(self) -> Iterator[Line]:
        words = self.words
        by_who: dict[str, dict[str, list[str]]] = {}
        for each in self.found.assumptions:
            titles = by_who.setdefault(each.who, {}).setdefault(self._taken(each), [])
            title = words.title(each.term)
            if title not in titles:
                titles.append(title)
        for who, values in by_who.items():
            parts = [f"{words.semicolon.join(titles)} = {value}" for value, titles in values.items()]
            yield line(Piece(f"{words.who(who) or words('asker')}{words.colon}", "strong"), " | ".join(parts))

    def _sources(self) -> Lines:
        words, found = self.words, self.found
        lines: list[Line] = []
        for each in found.sources if self.full else ():
            lines.append(line(words.of(each.title), *cited(each, words)))
        instruments = list(dict.fromkeys(key for each in found.sources for key in each.instruments))
        if not self.full:
            shown = words.semicolon.join(instruments[:_SOURCES_SHOWN])
            more = len(instruments) - _SOURCES_SHOWN
            lines.append(line(shown + (f" {words('and {more} more', more=more)}" if more > 0 else "")))
        weakest = [words.of(each.title) for each in found.sources if each.confidence == found.confidence][:2]
        lines.append(
            line(
                f"{words('weakest confidence')}{words.colon}",
                Piece(words(found.confidence), "strong"),
                Piece(words.brackets(words.semicolon.join(weakest)), "dim"),
                Piece(f" · {words('law')} {found.law_digest[:_DIGEST_SHOWN]} · {words('Not legal advice.')}", "dim"),
            )
        )
        if not self.full:
            lines.append(
                line(Piece(words("--proof shows the proof tree, every assumption as a question, every source."), "dim"))
            )
        return Lines(words("Sources"), tuple(lines))
