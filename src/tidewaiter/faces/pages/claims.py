"""Checked claims as a page: a summary of statuses, then each claim with its reasons, evidence and what came later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tidewaiter.base.wording import wording
from tidewaiter.faces.articles import PartyFinding, Verified
from tidewaiter.faces.pages.blocks import Block, Grid, Line, Lines, Panel, Piece, line
from tidewaiter.faces.pages.words import Words
from tidewaiter.reading.desk import Listing
from tidewaiter.reading.findings import Checked, Evidence
from tidewaiter.reading.resources import read_data

__all__ = ["claim_blocks", "listed_blocks", "verified_page"]

_QUOTE = 60
_TONES = {
    "holds": "good",
    "contradicted": "bad",
    "qualified": "open",
    "allegation": "open",
    "borne_out": "good",
    "not_so_far": "dim",
    "open": "dim",
    "not_checkable": "dim",
}
_EVIDENCE_SHOWN = 7
_TESTS_SHOWN = 4


def claim_blocks(claims: Sequence[Checked], words: Words, text: str = "") -> list[Block]:
    """The blocks of claims; `text` is the source's text, from which short quotations are taken."""
    if not claims:
        return []
    blocks: list[Block] = [Lines(words("Claims"), (_summary(claims, words),))]
    for number, each in enumerate(claims, 1):
        blocks.append(Lines(_title(number, each, words), tuple(_lines(each, words, text))))
    return blocks


def listed_blocks(parties: Sequence[PartyFinding], words: Words) -> list[Block]:
    """The companies of an article that are on a list, as possible matches."""
    if not parties:
        return []
    head = (words("company"), words("on the day"), words("later"))
    rows = tuple((_party(each), _listed(each.then, words), _listed(each.later, words)) for each in parties)
    return [Grid(words("Companies on lists (possible matches by name)"), head, rows)]


def _party(each: PartyFinding) -> Line:
    return line(Piece(each.surfaces[0] if each.surfaces else each.key, "strong"))


def _listed(found: Sequence[Listing], words: Words) -> Line:
    labels = read_data("labels")
    texts = [
        f"{words.of(wording(labels.get(each.list) or each.list))} {each.listed}{words.brackets(each.entry)}"
        for each in found
    ]
    return line(words.semicolon.join(texts) or "–")


def verified_page(found: Verified, words: Words) -> list[Block]:
    """The page of claims that another program supplied."""
    ends = [str(end) for end in (found.days.earliest, found.days.latest) if end]
    day = " – ".join(dict.fromkeys(ends))
    blocks: list[Block] = [Panel(words("Claims checked"), (line(f"{words('date')}{words.colon}{day}"),))]
    blocks += claim_blocks(found.claims, words)
    closing = (
        f"{words('checked')} {found.checked_on} · {words('law')} {found.law_digest[:12]} · {words('Not legal advice.')}"
    )
    return [*blocks, Lines("", (line(Piece(closing, "dim")),))]


def _summary(claims: Sequence[Checked], words: Words) -> Line:
    counts = Counter(each.finding.status for each in claims)
    statuses = read_data("claims")["statuses"]
    parts = [f"{words.of(wording(statuses[key]))} {counts[key]}" for key in statuses if counts[key]]
    return line(words.comma.join(parts))


def _title(number: int, each: Checked, words: Words) -> str:
    data = read_data("claims")
    status = words.of(wording(data["statuses"][each.finding.status]))
    kind = words.of(wording(data["types"][each.claim.kind]["title"]))
    return f"{number}. {status}{words.colon}{kind}{words.brackets(_who(each, words))}"


def _who(each: Checked, words: Words) -> str:
    claim = each.claim
    stance = "" if claim.stance == "asserted" else words(claim.stance)
    speaker = claim.speaker.replace("_", " ") if claim.speaker else ""
    label = read_data("labels").get(claim.speaker or "")
    if isinstance(label, dict):
        speaker = words.of(wording(label))
    return words.comma.join(part for part in (speaker, stance) if part)


def _lines(each: Checked, words: Words, text: str) -> Iterator[Line]:
    finding = each.finding
    quoted = _quote(each, text)
    if quoted:
        yield line(Piece(quoted, "cite"))
    yield line(Piece(words.of(finding.why), _TONES.get(finding.status, "")))
    for shown in finding.arithmetic[:_TESTS_SHOWN]:
        yield line("  = ", words.of(shown))
    for evidence in finding.evidence[:_EVIDENCE_SHOWN]:
        yield line("  • ", *_evidence(evidence, words))
    if finding.later:
        yield line(Piece(f"  {words('later')}{words.colon}", "strong"))
    for evidence in finding.later[:_EVIDENCE_SHOWN]:
        yield line("  → ", *_evidence(evidence, words))
    if finding.command:
        yield line(Piece(f"  $ {finding.command}", "dim"))
    if finding.amendment:
        yield line(Piece(f"  {words('an amendment to try')}{words.colon}", "dim"))
        for row in finding.amendment.rstrip().splitlines():
            yield line(Piece(f"    {row}", "dim"))


def _quote(each: Checked, text: str) -> str:
    """The words of the claim, cut short: an article is quoted only as far as needed."""
    span = each.claim.span
    words = text[span.start : span.end] if span and text else each.claim.sentence
    words = " ".join(words.split())
    if not words:
        return ""
    return f"“{words[:_QUOTE]}…”" if len(words) > _QUOTE else f"“{words}”"


def _evidence(each: Evidence, words: Words) -> Iterator[Piece]:
    if each.day:
        yield Piece(f"{each.day}  ", "strong")
    yield Piece(words.of(each.says))
    source = f"{each.source}{words.comma}" if each.source else ""
    yield Piece(words.brackets(f"{source}{words(each.confidence)}"), "dim")
