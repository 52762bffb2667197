"""The editions of one list as one history: which party stood on it when, as far as the editions say.

A party in two editions stood on the list between them. A party that a later, whole edition lacks left the list after
the last edition that has it and on the day of that edition at the latest: the day between is not known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tidewaiter.evidence.parties.lists.entries import Address, Edition, Entry, Footnote, ListedName
from tidewaiter.evidence.parties.lists.texts import folded

__all__ = ["FIRST_SEEN", "Snapshot", "history_of"]

FIRST_SEEN = "first_seen"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An edition of one list with its entries; `aliases` says whether it prints other names at all."""

    edition: Edition
    entries: Sequence[Entry]
    aliases: bool = True


@dataclass(slots=True)
class _Spell:
    """One party's time on the list while the editions are gone through."""

    entry: Entry
    seen: list[date]
    names: dict[str, ListedName] = field(default_factory=dict)
    gone: date | None = None
    curated: bool = False
    whole: bool = False


def history_of(snapshots: Iterable[Snapshot], curated: Sequence[Entry] = ()) -> list[Entry]:
    """The parties of one list through its editions, with what the curated entries add.

    Dates that a list itself states go before those that follow from its editions.
    """
    spells: list[_Spell] = []
    forms: dict[str, list[_Spell]] = defaultdict(list)
    whole = date.min
    for snapshot in sorted(snapshots, key=lambda each: (each.edition.as_of, each.edition.origin)):
        _go_through(snapshot, spells, forms)
        whole = max(whole, snapshot.edition.complete_to or whole)
    for entry in curated:
        spell = _found(entry, forms, set())
        if spell is None:
            entry = _unmet(entry, whole)
            spells.append(_Spell(entry, [], {folded(name.text): name for name in entry.names}, curated=True))
        else:
            _enrich(spell, entry)
    return list(_apart(_closed(spell) for spell in spells))


def _apart(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries with a key each: editions of different formats may give one to two parties of one name."""
    used: set[str] = set()
    for entry in entries:
        key, count = entry.key, 1
        while key in used:
            count += 1
            key = f"{entry.key}~{count}"
        used.add(key)
        yield entry if key == entry.key else replace(entry, key=key)


def _unmet(curated: Entry, whole: date) -> Entry:
    """A curated entry that no edition has. It may have left, or be printed otherwise: it is kept, and says so."""
    if curated.removed or not curated.listed or curated.listed > whole:
        return curated
    said = f"Not under this name in the edition of {whole}: it may have left the list, or be printed otherwise."
    return replace(curated, confidence="low", note=" ".join(filter(None, (curated.note, said))))


def _go_through(snapshot: Snapshot, spells: list[_Spell], forms: dict[str, list[_Spell]]) -> None:
    day = snapshot.edition.as_of
    whole = snapshot.edition.complete_to is not None
    matched: set[int] = set()
    for entry in snapshot.entries:
        spell = _found(entry, forms, matched)
        if spell is None or (spell.gone and not entry.removed and not snapshot.edition.holds_removed):
            spell = _begun(entry, day, spell, spells)
            for form in _forms(entry):
                forms[form].append(spell)
        else:
            _go_on(spell, entry, snapshot)
            for form in _forms(entry):
                if spell not in forms[form]:
                    forms[form].append(spell)
        spell.whole = spell.whole or whole
        matched.add(id(spell))
    for spell in spells if whole else ():
        if id(spell) not in matched and spell.gone is None:
            _miss(spell, day)


def _miss(spell: _Spell, day: date) -> None:
    """A whole edition lacks a party. One that only an extract had may be there under another printing of its name."""
    if spell.whole:
        spell.gone = day
    else:
        said = f"Only in an extract of {spell.seen[-1]}; not under this name in the edition of {day}."
        spell.entry = replace(spell.entry, confidence="low", note=said)


def _forms(entry: Entry) -> Iterator[str]:
    """By what an entry is found again: its number, its name."""
    yield entry.key
    yield folded(entry.names[0].text)


def _found(entry: Entry, forms: dict[str, list[_Spell]], taken: set[int]) -> _Spell | None:
    """The party of an entry: by key, else by its name where place or citation do not speak against it."""
    for form in _forms(entry):
        free = [spell for spell in forms.get(form, ()) if id(spell) not in taken]
        if fitting := [spell for spell in free if form == entry.key or _may_be(spell.entry, entry)]:
            return max(fitting, key=lambda spell: _likeness(spell, entry))
    return None


def _may_be(first: Entry, second: Entry) -> bool:
    """Whether two entries of one name may be one party: places do not differ altogether, ids do not differ."""
    places = not first.countries or not second.countries or bool(set(first.countries) & set(second.countries))
    ids = _number(first.key), _number(second.key)
    return places and (ids[0] == ids[1] or not all(ids))


def _number(key: str) -> str:
    """The number of a key that is made of one, '' for a hash."""
    tail = key.partition(":")[2].partition("~")[0]
    return tail if tail.isdigit() and len(tail) < 12 else ""


def _likeness(spell: _Spell, entry: Entry) -> tuple[bool, bool, int]:
    same_citation = bool(entry.citation) and entry.citation.partition(";")[0] in spell.entry.citation
    return spell.gone is None, same_citation, len(set(spell.entry.countries) & set(entry.countries))


def _begun(entry: Entry, day: date, before: _Spell | None, spells: list[_Spell]) -> _Spell:
    """A party's first appearance, or its return after it was gone."""
    if before is not None:
        times = sum(1 for each in spells if each.entry.key.partition("~")[0] == before.entry.key.partition("~")[0])
        entry = replace(entry, key=f"{before.entry.key.partition('~')[0]}~{times + 1}")
    spell = _Spell(entry, [day], {folded(name.text): name for name in entry.names})
    spells.append(spell)
    return spell


def _go_on(spell: _Spell, entry: Entry, snapshot: Snapshot) -> None:
    """What a later edition adds to a party: it is the newer text; names that are no longer printed end."""
    day, last = snapshot.edition.as_of, spell.seen[-1]
    now = {folded(name.text): name for name in entry.names}
    for form, name in now.items():
        if form not in spell.names:
            spell.names[form] = replace(name, since=day if snapshot.aliases else None)
        elif spell.names[form].until:
            spell.names[form] = replace(spell.names[form], until=None)
    if snapshot.aliases:
        for form, name in spell.names.items():
            if form not in now and name.until is None and snapshot.edition.complete_to:
                spell.names[form] = replace(name, until=last)
    primary = folded(entry.names[0].text)
    ordered = [spell.names[primary], *(name for form, name in spell.names.items() if form != primary)]
    spell.names = {folded(name.text): name for name in _one_primary(ordered)}
    spell.seen.append(day)
    spell.gone = None
    spell.entry = _newer(spell.entry, entry)


def _one_primary(names: Sequence[ListedName]) -> Iterator[ListedName]:
    """The first name is the primary, an earlier primary becomes a former name."""
    for place, name in enumerate(names):
        kind = "primary" if not place else "former" if name.kind == "primary" else name.kind
        yield name if kind == name.kind else replace(name, kind=kind)


def _newer(old: Entry, new: Entry) -> Entry:
    """The newer text of an entry under its old key; what only the older one says is kept."""
    return replace(
        new,
        key=old.key,
        kind=new.kind or old.kind,
        countries=new.countries or old.countries,
        addresses=_addresses(old.addresses, new.addresses),
        listed=min(filter(None, (old.listed, new.listed)), default=None),
        listed_basis=old.listed_basis or new.listed_basis,
        citation=new.citation or old.citation,
        footnotes=_footnotes(old.footnotes, new.footnotes),
        requirement=new.requirement or old.requirement,
        policy=new.policy or old.policy,
        programs=new.programs or old.programs,
        identifiers=tuple(dict.fromkeys((*new.identifiers, *old.identifiers))),
        parent=new.parent or old.parent,
        source=new.source or old.source,
        note=new.note or old.note,
    )


def _addresses(old: tuple[Address, ...], new: tuple[Address, ...]) -> tuple[Address, ...]:
    return tuple(dict.fromkeys((*new, *(each for each in old if each.text)))) if new else old


def _footnotes(old: tuple[Footnote, ...], new: tuple[Footnote, ...]) -> tuple[Footnote, ...]:
    """The newer footnotes with the first days that are known."""
    known = {each.number: each.since for each in old}
    return tuple(replace(each, since=each.since or known.get(each.number)) for each in new) if new else old


def _enrich(spell: _Spell, curated: Entry) -> None:
    """A party of an edition with what is known of it beside: days, names, the begin of footnotes, sources."""
    entry = spell.entry
    for name in curated.names:
        form = folded(name.text)
        known = spell.names.get(form)
        if known is None or (name.kind == "weak" and known.kind != "primary"):
            kind = "alias" if known is None and name.kind == "primary" else name.kind
            spell.names[form] = replace(known or name, kind=kind)
    spell.entry = replace(
        entry,
        key=entry.key if _number(entry.key) else curated.key,
        kind=entry.kind or curated.kind,
        countries=entry.countries or curated.countries,
        addresses=entry.addresses or curated.addresses,
        listed=curated.listed,
        listed_basis=curated.listed_basis,
        removed=entry.removed or curated.removed,
        citation=entry.citation or curated.citation,
        footnotes=_footnotes(entry.footnotes, curated.footnotes),
        policy=entry.policy or curated.policy,
        requirement=entry.requirement or curated.requirement,
        identifiers=tuple(dict.fromkeys((*entry.identifiers, *curated.identifiers))),
        parent=curated.parent or entry.parent,
        source=curated.source or entry.source,
        confidence=curated.confidence,
        note=curated.note or entry.note,
    )


def _closed(spell: _Spell) -> Entry:
    """A party's entry with its days: as stated, else as the editions show."""
    entry, names = spell.entry, tuple(spell.names.values())
    if spell.curated:
        return replace(entry, names=names)
    listed, basis = entry.listed, entry.listed_basis
    if listed is None or (basis == FIRST_SEEN and spell.seen[0] < listed):
        listed, basis = spell.seen[0], FIRST_SEEN
    removed = entry.removed
    if spell.gone and (removed is None or removed > spell.gone):
        removed = spell.gone
        names = (replace(names[0], until=spell.seen[-1]), *names[1:])
    return replace(entry, names=names, listed=listed, listed_basis=basis, removed=removed)
