"""One possible party: its entries, names, dates, citations, policy, and what speaks for and against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from tidewaiter.base.wording import Wording
from tidewaiter.evidence.parties.lists.entries import Entry
from tidewaiter.evidence.parties.lists.history import FIRST_SEEN
from tidewaiter.faces.asking import face_data
from tidewaiter.faces.pages.blocks import Grid, Piece, line
from tidewaiter.faces.pages.words import Words
from tidewaiter.faces.screening.proposals import Proposal
from tidewaiter.faces.screening.screens import Screening

__all__ = ["cited", "list_title", "listing_grid", "said", "since_line"]

_NAMES_SHOWN = 6
_TEXT = 220
_CITED = 3


def said(group: str, code: str, words: Words) -> str:
    """A code of screening in words; the code itself where it has none."""
    found = face_data("screening")[group].get(code)
    return words.written(found) if found else code.replace("_", " ")


def cited(entry: Entry, words: Words, most: int = 1) -> str:
    """The first citations of an entry, and how many more there are."""
    parts = [part.strip() for part in entry.citation.split(";") if part.strip()]
    more = f" {words('and {more} more', more=len(parts) - most)}" if len(parts) > most else ""
    return "; ".join(parts[:most]) + more


def list_title(found: Screening, code: str) -> Wording:
    """The title of a list."""
    return next((each.info.title for each in found.covers if each.info.code == code), Wording(code))


def since_line(each: Proposal, day: dt.date, words: Words) -> str:
    """When the entry stood on its list, as far as it matters on a day."""
    entry = each.entry
    code = "seen" if each.status == "listed" and entry.listed_basis == FIRST_SEEN else each.status
    text = said("statuses", code, words).format(listed=entry.listed, removed=entry.removed, day=day)
    return text + (f"{words.comma}{words('removed {day}', day=entry.removed)}" if _leaves(each) else "")


def _leaves(each: Proposal) -> bool:
    return each.status == "listed" and each.entry.removed is not None


def listing_grid(number: int, several: Sequence[Proposal], found: Screening, words: Words) -> Grid:
    """A possible party, whose entries stand on one list or several."""
    best = several[0]
    countries = words.comma.join(dict.fromkeys(c for each in several for c in each.entry.countries))
    title = f"{number}  {best.entry.names[0].text}{words.brackets(countries)}"
    if best.is_confirmed:
        title += f" — {words('confirmed')}"
    rows = [*_likeness(best, words)]
    for each in several:
        rows += _entry(each, found, words)
    rows += [row for each in several for row in _decision(each, words)]
    return Grid(title, (), tuple((line(Piece(head, "dim")), line(*parts)) for head, parts in rows), "strong")


_Row = tuple[str, tuple[Piece | str, ...]]


def _likeness(best: Proposal, words: Words) -> Iterator[_Row]:
    hit = best.hit
    kind = [said("kinds", hit.name.kind, words), words(hit.name.source) if hit.name.source else ""]
    kind.append(words(f"{hit.name.confidence} confidence") if hit.name.confidence != "high" else "")
    about = words.brackets(words.comma.join(filter(None, kind)))
    yield (
        words("address alike") if hit.name.kind == "address" else words("name alike"),
        (Piece(hit.name.text, "strong"), about, f"  {hit.score:.2f}"),
    )
    pieces = [
        f"{a.query or '–'} ~ {a.candidate or '–'}{words.brackets(said('how', a.how, words))}"
        for a in hit.comparison.aligned
        if a.how != "equal" or a.query != a.candidate
    ]
    if pieces:
        yield words("compared"), (words.semicolon.join(pieces[:_NAMES_SHOWN]),)
    favor = [f"{said('reasons', r.code, words)} {r.listed}".strip() for r in hit.for_]
    if favor:
        yield words("speaks for"), (Piece(words.semicolon.join(favor), "good"),)
    codes = [said("reasons", code, words) for code in hit.comparison.against]
    codes += [f"{said('reasons', r.code, words)} {r.listed}".strip() for r in hit.against]
    if codes:
        yield words("speaks against"), (Piece(words.semicolon.join(dict.fromkeys(codes)), "open"),)


def _entry(each: Proposal, found: Screening, words: Words) -> Iterator[_Row]:
    entry, day = each.entry, found.request.on
    when = since_line(each, day, words)
    basis = words.brackets(said("bases", entry.listed_basis, words)) if entry.listed_basis else ""
    yield (
        words.of(list_title(found, entry.list)),
        (Piece(when, "strong"), basis, Piece(f"  {cited(entry, words, _CITED)}", "cite")),
    )
    notes = [str(note.number) for note in entry.footnotes if note.since is None or note.since <= day]
    later = [f"{note.number} ({note.since})" for note in entry.footnotes if note.since and note.since > day]
    if notes or later:
        text = words.comma.join(notes) or words("none on that day")
        more = f"{words.semicolon}{words('later')}{words.colon}{words.comma.join(later)}" if later else ""
        yield words("footnote"), (text + more,)
    printed = _printed(found, entry.list, words)
    for head, text in (("requirement", entry.requirement), ("license policy", entry.policy)):
        if text:
            short = text[:_TEXT] + ("…" if len(text) > _TEXT else "")
            yield words(head), (short, Piece(words.brackets(printed), "dim"))
    if entry.programs:
        yield words("programs"), (words.comma.join(entry.programs),)
    places = [", ".join(filter(None, (a.text, a.city, a.country))) for a in entry.addresses[:2]]
    numbers = [f"{kind} {value}" for kind, value in entry.identifiers[:_NAMES_SHOWN]]
    for head, texts in (("address", places), ("identifiers", numbers)):
        if texts:
            yield words(head), (words.semicolon.join(texts),)
    if entry.parent:
        yield words("parent"), (entry.parent,)
    if entry.note:
        yield words("remark"), (Piece(entry.note[:_TEXT], "dim"),)
    yield words("key"), (Piece(entry.key, "dim"),)


def _printed(found: Screening, code: str, words: Words) -> str:
    """Of which day the texts of a list are, where that is not the day asked about: policies changed over time."""
    days = [e.as_of for cover in found.covers if cover.info.code == code for e in cover.editions]
    newest = max(days, default=found.request.on)
    return words("as printed on {day}", day=newest) if newest > found.request.on else ""


def _decision(each: Proposal, words: Words) -> Iterator[_Row]:
    if each.supposed:
        yield words("decision"), (Piece(words("taken for the party in this run; not recorded"), "open"),)
    elif each.standing:
        held = each.standing.disposition
        text = f"{words(held.verdict)}{words.comma}{held.by}{words.comma}{held.at.date()}{words.colon}{held.reason}"
        changes = [said("changes", code, words) for code in each.standing.changed]
        again = f" — {words('open again')}{words.colon}{words.comma.join(changes)}" if changes else ""
        yield words("decision"), (text, Piece(again, "open"))
