"""A determination as a page: headline, layers, classification, requirements, exceptions, assumptions, sources."""

from __future__ import annotations

from collections.abc import Iterator

from tidewaiter.base.wording import Wording
from tidewaiter.determine.determination import Citation, Determination, Finding, LayerFinding
from tidewaiter.faces.asking import plain_relations
from tidewaiter.faces.composition import decider
from tidewaiter.faces.pages.blocks import Block, Grid, Line, Lines, Panel, Piece, Tree, line
from tidewaiter.faces.pages.grounds import Grounds, cited
from tidewaiter.faces.pages.places import place
from tidewaiter.faces.pages.proof import proof_twig
from tidewaiter.faces.pages.words import Words
from tidewaiter.faces.reasons import Test, biting, bound_overlays, exit_class, tests_of

__all__ = ["TONES", "answer_page", "headline_of", "mark_of"]

TONES = {"clear": "good", "restriction": "bad"}
"""The style of an outcome, by its class; others are open."""
_MARKS = {True: Piece("✓ ", "good"), False: Piece("✗ ", "bad"), None: Piece("? ", "open")}
_TESTS_SHOWN = 6
_FEW = 3


def mark_of(value: object) -> Piece:
    """✓, ✗ or ? for a truth."""
    return _MARKS[value if isinstance(value, bool) else None]


def answer_page(found: Determination, words: Words, *, full: bool = False) -> list[Block]:
    """The blocks of a determination; `full` adds the proof, every assumption as its question, and every source."""
    page = _Page(found, words, full)
    return [block for block in page.blocks() if not isinstance(block, (Lines, Grid)) or _has_rows(block)]


def _has_rows(block: Lines | Grid) -> bool:
    return bool(block.lines if isinstance(block, Lines) else block.rows)


def headline_of(found: Determination, words: Words) -> str:
    """Item, facts of the headline and date in a line."""
    spec = decider().specification(found.question)
    named = [str(found.item.get("name") or "")]
    law = decider().law
    shown = [spec.options[name] for name in list(spec.options)[:1]]
    shown.append(str(law.questions[found.question].get("addressee_fact") or ""))
    for term in shown:
        if found.facts.get(term) is not None:
            named.append(f"{words.title(term)} {words.value(term, found.facts[term])}")
    return " · ".join([*filter(None, named), found.on.isoformat()])


def _rows_named(found: Determination, words: Words) -> Iterator[str]:
    """What was said of the rows that a plain question has: `End user: Headquarters China (CN)`."""
    for relation in plain_relations(found.question):
        held = found.facts.get(relation) or {}
        rows = held.get("rows", ()) if isinstance(held, dict) else held
        subject = decider().law.vocabulary.relations[relation].to
        for index, row in enumerate(rows[:_FEW]):
            name = place(found.facts, f"facts.{relation}[{index}]", words)
            terms = {f"{subject}.{key}": value for key, value in row.items()}
            said = {term: words.value(term, value) for term, value in terms.items() if words.has(term)}
            told = [f"{words.title(term)} {value}" for term, value in said.items() if value != name]
            if told:
                yield f"{name}{words.colon}{words.comma.join(told[:_FEW])}"


class _Page:
    def __init__(self, found: Determination, words: Words, full: bool) -> None:
        self.found, self.words, self.full = found, words, full
        self.spec = decider().specification(found.question)
        self.layer = found.layer(found.headline)
        self.exit = exit_class(found.question, found.outcome)
        self.tests: tuple[Test, ...] = tests_of(self.layer.proof)

    def blocks(self) -> Iterator[Block]:
        words = self.words
        yield self._headline()
        if any(each.outcome != self.layer.outcome for each in self.found.layers):
            yield self._difference()
        yield self._classification()
        yield Lines(words("Tests that decide"), tuple(self._tests()))
        yield Lines(words("Requirements"), tuple(self._requirements()))
        own = decider().specification(self.found.question).headings.get("exceptions")
        yield Lines(words.of(own) if own else words("License exceptions"), tuple(self._exceptions()))
        yield Lines(words("Review policy"), tuple(self._valued(self.layer.review)))
        yield Lines(words("Obligations"), tuple(self._said(self.layer.obligations)))
        yield Lines(words("Red flags"), tuple(self._said(self.layer.red_flags)))
        yield Lines(words("Notes"), tuple(self._said(self.layer.notes)))
        yield from Grounds(self.found, words, self.full).blocks()
        if self.full:
            yield Tree(words("Proof"), (proof_twig(self.layer.proof, words),))

    # headline and layers --------------------------------------------------------------------------

    def _headline(self) -> Panel:
        words = self.words
        layer = f"{words.of(self.layer.title)}"
        lines = [line(headline_of(self.found, words)), *map(line, _rows_named(self.found, words))]
        lines += [line(f"{words('Why')}{words.colon}", Piece(self._why()))]
        lines += [line(Piece(words.written(self._said_of_outcome()), "dim"))]
        lines += [line(Piece(f"⚠ {words.of(warning)}", "open")) for warning in self.found.warnings]
        title = f"{words.of(self.found.title)} — {layer}"
        return Panel(title, tuple(lines), TONES.get(self.exit, "open"))

    def _why(self) -> str:
        words = self.words
        if self.exit not in TONES:
            asked = [words.of(need["ask"]) for need in self.found.missing]
            return f"{words('it depends on')}{words.colon}{asked[0]}" if asked else words("a rule or fact is missing")
        if overlays := self._turned_by(self.layer):
            held = biting(self.layer)[:1]
            titles = [words.of(each.title) for each in held]
            titles += [f"{words.of(each.title)}{words.brackets(each.citation)}" for each in overlays[:2]]
            return words.semicolon.join(titles)
        if held := biting(self.layer):
            first = f"{words.of(held[0].title)}{words.brackets(_reference(held[0].citation))}"
            more = len(held) - 1
            return first + (f" {words('and {more} more', more=more)}" if more else "")
        listed = self.layer.classification[:1]
        return words.semicolon.join(f"{words.of(each.title)} {words.value(each.term, each.value)}" for each in listed)

    def _said_of_outcome(self) -> object:
        outcomes = decider().law.questions[self.found.question]["outcomes"]
        return next((each.get("says") for each in outcomes if each["code"] == self.found.outcome), "")

    def _difference(self) -> Block:
        """The layers side by side; loud, because they differ."""
        words = self.words
        rows = []
        for finding in self.found.layers:
            style = TONES.get(exit_class(self.found.question, finding.outcome), "open")
            because = [f"{words.of(each.title)}{words.brackets(each.citation)}" for each in self._turned_by(finding)]
            outcome = words.of(self.spec.word(finding.outcome).title)
            pointer = "→ " if finding.layer == self.found.headline else "  "
            why = Piece(words.semicolon.join(because[:3]) or self._bites(finding), "dim")
            rows.append((line(f"{pointer}{words.of(finding.title)}"), line(Piece(outcome, style)), line(why)))
        return Grid(words("THE LAYERS OF LAW DIFFER"), ("", words("outcome"), words("because of")), tuple(rows), "loud")

    def _turned_by(self, finding: LayerFinding) -> tuple[Citation, ...]:
        """The overlays of a layer, where its outcome is another than that of the layer below."""
        index = self.found.layers.index(finding)
        if index == 0 or self.found.layers[index - 1].outcome == finding.outcome:
            return ()
        return bound_overlays(self.found, finding.layer)

    def _bites(self, finding: LayerFinding) -> str:
        return self.words.semicolon.join(self.words.of(each.title) for each in biting(finding)[:2])

    # classification and tests ---------------------------------------------------------------------

    def _classification(self) -> Block:
        words = self.words
        rows = []
        for index, each in enumerate(self.layer.classification):
            if self.full or index == 0 or _tells(each):
                value = Piece(words.value(each.term, each.value), "strong" if index == 0 else "")
                where = Piece(each.citation.citation if each.citation and self.full else "", "dim")
                rows.append((line(words.of(each.title)), line(value), line(where)))
        item = self.found.item
        title = words("Classification")
        if item.get("name"):
            title += words.brackets(
                f"{item['name']}{words.semicolon}{words('figures')}: {words(str(item['confidence']))}"
            )
        return Grid(title, (), tuple(rows))

    def _tests(self) -> Iterator[Line]:
        """The item's own numbers beside the law's; those of the classification come first."""
        shown = self.tests if self.full else self.tests[:_TESTS_SHOWN]
        for test in shown:
            rule = Piece(f"  {test.citation.citation}" if test.citation else "", "dim")
            yield line(mark_of(test.holds), f"{self.words.of(test.rule)}  [{self.words.of(test.found)}]", rule)

    # what follows ---------------------------------------------------------------------------------

    def _requirements(self) -> Iterator[Line]:
        words = self.words
        held, waiting = biting(self.layer), [each for each in self.layer.requirements if each.value is None]
        for each in held:
            yield line(Piece("● ", "bad"), words.of(each.title), *cited(each.citation, words))
        if waiting and self.exit != "clear":
            titles = words.semicolon.join(words.of(each.title) for each in waiting)
            yield line(Piece("? ", "open"), f"{words('open')}{words.colon}{titles}")

    def _exceptions(self) -> Iterator[Line]:
        words = self.words
        failed = [each for each in self.layer.exceptions if each.status == "failed"]
        for each in self.layer.exceptions:
            if each.status == "failed" and not self.full:
                continue
            status = {"available": True, "failed": False}.get(each.status)
            yield line(
                mark_of(status),
                Piece(f"{each.name}{words.colon}{words(each.status)}", "strong"),
                *cited(each.citation, words),
            )
            order = {False: 0, None: 1, True: 2}
            for condition in sorted(each.conditions, key=lambda held: order.get(held.value, 2)):
                yield line("   ", mark_of(condition.value), words.of(condition.title))
        if failed and not self.full:
            yield line(Piece("✗ ", "bad"), f"{words('failed')}{words.colon}", *_failures(failed, words))

    def _valued(self, findings: tuple[Finding, ...]) -> Iterator[Line]:
        for each in findings:
            if isinstance(each.value, dict) and len(each.value.get("one_of", ())) > _FEW:
                yield line(mark_of(None), self.words.of(each.title), *cited(each.citation, self.words))
            elif each.value not in (None, "none", False):
                shown = self.words.value(each.term, each.value)
                yield line(
                    f"{self.words.of(each.title)}{self.words.colon}",
                    Piece(shown, "strong"),
                    *cited(each.citation, self.words),
                )
            elif each.value is None:
                yield line(mark_of(None), self.words.of(each.title), *cited(each.citation, self.words))

    def _said(self, findings: tuple[Finding, ...]) -> Iterator[Line]:
        for each in findings:
            says = each.citation.says if each.citation else Wording()
            value = "" if each.value is True else f"{self.words.colon}{self.words.value(each.term, each.value)}"
            text = self.words.of(each.title) + value
            said = self.words.of(says)
            yield line("• ", text, Piece(f" — {said}" if said else "", "dim"))


def _failures(failed: object, words: Words) -> list[Piece]:
    """Each failed exception with the first condition that fails."""
    found = []
    for each in failed:  # type: ignore[attr-defined]
        first = next((words.of(c.title) for c in each.conditions if c.value is False), "")
        found.append(f"{each.name}{words.brackets(first)}")
    return [Piece(words.semicolon.join(found), "dim")]


def _tells(finding: Finding) -> bool:
    """Whether a finding of the classification says something to a reader: a number known, a yes, a code."""
    value = finding.value
    if isinstance(value, dict):
        return bool(value.get("at_least"))
    return value not in (None, False, "none")


def _reference(citation: Citation | None) -> str:
    return "; ".join([citation.citation, *citation.instruments[:1]]) if citation else ""
