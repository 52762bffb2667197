"""The table that is shipped: parties of AI, chips, cloud and supercomputing, as written in the YAML files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.base.wording import Wording, wording
from tidewaiter.base.yaml import load_yaml
from tidewaiter.evidence.parties.lists.drafts import entry_key
from tidewaiter.evidence.parties.lists.entries import Address, Entry, Footnote, ListedName
from tidewaiter.evidence.parties.lists.texts import folded, split_names, words

__all__ = ["Doubt", "curated_entries", "doubts_of", "notes_of"]

Doubt = dict[str, Any]
"""A footnote of an entry that is unclear from a day on: key, footnote, since."""

_IDENTITY = ("name", "id", "country", "city", "parent", "identifiers", "confidence", "note")
_TIMES = ("announced", "identified", "removed")
_TERMS = ("page", "amended", "footnotes", "unclear", "policy", "requirement", "programs")
_FIELDS = frozenset((*_IDENTITY, *_TIMES, *_TERMS))
_CONFIDENCES = ("high", "medium", "low")


def curated_entries(texts: Mapping[str, str]) -> list[Entry]:
    """The entries of the files. Raises InputFaults with every fault."""
    faults: list[Fault] = []
    made = [entry for name, text in texts.items() for entry in _file(name, load_yaml(text, name), faults)]
    seen: dict[str, Entry] = {}
    counts = Counter((entry.list, folded(entry.names[0].text)) for entry in made)
    for entry in made:
        key = entry_key(entry, counts[entry.list, folded(entry.names[0].text)] > 1)
        if key in seen:
            faults.append(Fault(entry.list, f"'{entry.names[0].text}' stands twice", "keep one of the two"))
        seen[key] = replace(entry, key=key)
    if faults:
        raise InputFaults(faults)
    return list(seen.values())


def doubts_of(texts: Mapping[str, str]) -> list[Doubt]:
    """The footnotes that are unclear from a day on, by the hash of the party's name."""
    found = []
    for name, text in texts.items():
        document = load_yaml(text, name)
        for act in document["acts"]:
            for party in act["entries"]:
                if row := party.get("unclear"):
                    key = entry_key(
                        Entry(party.get("id", ""), document["list"], names=(ListedName(party["name"]),)), False
                    )
                    found.append({"key": key, "footnote": row["footnote"], "since": row["since"].isoformat()})
    return found


def _file(name: str, document: Any, faults: list[Fault]) -> Iterator[Entry]:
    for number, act in enumerate(document["acts"], 1):
        where = f"{name}: act {number}"
        if not isinstance(act.get("effective"), date):
            faults.append(Fault(where, "has no day of effect", "write effective: YYYY-MM-DD"))
            continue
        for party in act["entries"]:
            place = f"{where}: {party.get('name', '?')}"
            if unknown := sorted(set(party) - _FIELDS - set(words()["name_fields"])):
                faults.append(
                    Fault(place, f"unknown fields: {', '.join(unknown)}", f"one of {', '.join(sorted(_FIELDS))}")
                )
            if party.get("confidence", "high") not in _CONFIDENCES:
                faults.append(Fault(place, "confidence is not known", "one of " + ", ".join(_CONFIDENCES)))
            for field in ("policy", "requirement"):
                if field in party and party[field] not in document.get(_plural(field), {}):
                    faults.append(Fault(place, f"{field} '{party[field]}' is not in the file", "write it at the top"))
            yield _entry(document, act, party)


def _plural(field: str) -> str:
    return {"policy": "policies", "requirement": "requirements"}[field]


def _entry(document: Mapping[str, Any], act: Mapping[str, Any], party: Mapping[str, Any]) -> Entry:
    city = party.get("city", "")
    citations = [party.get("page") or act.get("citation", ""), *party.get("amended", ())]
    return Entry(
        key=str(party.get("id", "")),
        list=document["list"],
        kind="organization",
        names=_names(party),
        countries=(party["country"],),
        addresses=(Address("", city, party["country"]),) if city else (),
        listed=act["effective"],
        listed_basis=act["basis"],
        removed=party.get("removed"),
        citation="; ".join(filter(None, citations)),
        footnotes=tuple(Footnote(int(number), since) for number, since in party.get("footnotes", {}).items()),
        requirement=document.get("requirements", {}).get(party.get("requirement"), ""),
        policy=document.get("policies", {}).get(party.get("policy"), ""),
        programs=tuple(party.get("programs", ())),
        identifiers=tuple(party.get("identifiers", {}).items()),
        parent=party.get("parent", ""),
        source=act["source"],
        confidence=party.get("confidence", "high"),
        note=_note(act, party).en,
    )


def _names(party: Mapping[str, Any]) -> tuple[ListedName, ...]:
    """The printed names are the entry's own; Chinese names that no list prints are general knowledge."""
    primary, short, _ = split_names(party["name"])
    rows = [ListedName(primary), *(ListedName(text, kind) for text, kind in short)]
    for field, (kind, confidence, source) in words()["name_fields"].items():
        rows += [ListedName(text, kind, None, None, source, confidence) for text in party.get(field, ())]
    found: dict[str, ListedName] = {}
    for name in rows:
        form = folded(name.text)
        # A name held weak stays so, also where it is a short form too.
        if form not in found or (name.kind == "weak" and found[form].kind == "alias"):
            found[form] = name
    return tuple(found.values())


def _note(act: Mapping[str, Any], party: Mapping[str, Any]) -> Wording:
    """What is to be said of a listing, in both languages."""
    said: dict[str, str] = words()["note_sentences"]
    facts = [("published", {"citation": act.get("citation"), "day": act.get("published")})]
    facts += [(field, {"day": party.get(field)}) for field in ("announced", "identified")]
    unclear = party.get("unclear", {})
    facts.append(("unclear", {"footnote": unclear.get("footnote"), "day": unclear.get("since")}))
    own = wording(party.get("note"))
    parts = [own] if own else []
    for field, values in facts:
        if values["day"]:
            sentence = wording(said[field])
            parts.append(Wording(sentence.en.format(**values), sentence.zh.format(**values)))
    return Wording(" ".join(part.en for part in parts), "".join(part.zh for part in parts))


def notes_of(texts: Mapping[str, str]) -> dict[str, str]:
    """The notes in Chinese by the English text."""
    found = {}
    for name, text in texts.items():
        for act in load_yaml(text, name)["acts"]:
            for party in act["entries"]:
                note = _note(act, party)
                if note.en and note.zh:
                    found[note.en] = note.zh
    return found
