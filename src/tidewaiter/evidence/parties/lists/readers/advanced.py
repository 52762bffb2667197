"""OFAC's advanced XML: parties whose names, places, papers and sanctions stand in different parts, joined by ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from tidewaiter.evidence.parties.lists.drafts import Draft, Report
from tidewaiter.evidence.parties.lists.entries import Address
from tidewaiter.evidence.parties.lists.readers.remarks import identifier
from tidewaiter.evidence.parties.lists.readers.request import Request
from tidewaiter.evidence.parties.lists.sources import open_list
from tidewaiter.evidence.parties.lists.texts import clean, country_code, day_in, kind_code, words
from tidewaiter.evidence.parties.lists.xml_stream import Element, xml_elements

__all__ = ["read_advanced"]

_REFERENCES = (
    "AliasType",
    "PartySubType",
    "List",
    "IDRegDocType",
    "LocPartType",
    "RelationType",
    "Country",
    "AreaCode",
)
_PARTS = ("DateOfIssue", "Location", "IDRegDocument", "DistinctParty", "ProfileRelationship", "SanctionsEntry")
_WANTED = frozenset((*_REFERENCES, *_PARTS))


@dataclass(slots=True)
class _Party:
    """A party before its sanctions are known."""

    line: int
    id: str
    kind: str
    names: list[tuple[str, str]]
    places: list[str]
    identities: list[str]


@dataclass(slots=True)
class _Parts:
    """What the parts of the document say, by their ids."""

    references: dict[tuple[str, str], str] = field(default_factory=dict)
    places: dict[str, Address] = field(default_factory=dict)
    papers: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    parties: dict[str, _Party] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)

    def text(self, kind: str, element: Element, attribute: str) -> str:
        """What a reference says in words."""
        return self.references.get((kind, element.attributes.get(attribute, "")), "")


def read_advanced(request: Request, report: Report) -> Iterator[Draft]:
    """Each party once for each list that its sanctions entries name."""
    parts = _Parts()
    with open_list(request.path) as stream:
        for element in xml_elements(stream, report.name, _WANTED):
            if element.tag == "SanctionsEntry":
                yield from _entry(element, parts, request, report)
            elif element.tag == "DateOfIssue":
                report.as_of = _day(element)
            else:
                _READ.get(element.tag, _reference)(element, parts)


def _reference(element: Element, parts: _Parts) -> None:
    value = element.attributes.get("ISO2") or element.attributes.get("Description") or ""
    parts.references[element.tag, element.attributes.get("ID", "")] = clean(element.text()) or value


def _location(element: Element, parts: _Parts) -> None:
    """A place: city and country by the kind of part, the rest is the street."""
    street, city = list[str](), ""
    for part in element.elements("LocationPart"):
        text = ", ".join(filter(None, (clean(value.text()) for value in part.every("Value"))))
        if "city" in parts.text("LocPartType", part, "LocPartTypeID").casefold():
            city = text
        elif text:
            street.append(text)
    country = next(
        (parts.text("Country", each, "CountryID") for each in element.every("LocationCountry")),
        next((parts.text("AreaCode", each, "AreaCodeID") for each in element.every("LocationAreaCode")), ""),
    )
    parts.places[element.attributes.get("ID", "")] = Address(", ".join(street), city, country_code(country))


def _paper(element: Element, parts: _Parts) -> None:
    kind = parts.text("IDRegDocType", element, "IDRegDocTypeID")
    number = " ".join(clean(each.text()) for each in element.elements("IDRegistrationNo"))
    owner = element.attributes.get("IdentityID", "")
    if pair := identifier(kind, number):
        parts.papers.setdefault(owner, []).append(pair)


def _party(element: Element, parts: _Parts) -> None:
    for profile in element.elements("Profile"):
        own = profile.attributes.get("ID", "")
        kind = parts.text("PartySubType", profile, "PartySubTypeID")
        names = [name for alias in profile.every("Alias") for name in _names(alias, parts)]
        names.sort(key=lambda name: name[1] != "primary")
        places = [each.attributes.get("LocationID", "") for each in profile.every("VersionLocation")]
        fixed = clean(element.attributes.get("FixedRef")) or own
        identities = [each.attributes.get("ID", "") for each in profile.elements("Identity")]
        kind = kind_code(kind) or "organization"
        parts.parties[own] = _Party(element.line, fixed, kind, names, places, identities)


def _names(alias: Element, parts: _Parts) -> Iterator[tuple[str, str]]:
    """The names of an alias in every script; the parts of a name in their order."""
    for place, written in enumerate(alias.elements("DocumentedName")):
        text = " ".join(filter(None, (clean(part.text()) for part in written.every("NamePartValue"))))
        if alias.attributes.get("Primary") == "true":
            kind = "alias" if place else "primary"
        elif alias.attributes.get("LowQuality") == "true":
            kind = "weak"
        else:
            said = parts.text("AliasType", alias, "AliasTypeID").casefold()
            kind = "former" if said.startswith("f") else "alias"
        if text:
            yield text, kind


def _relation(element: Element, parts: _Parts) -> None:
    owner, owned = element.attributes.get("From-ProfileID", ""), element.attributes.get("To-ProfileID", "")
    said = parts.text("RelationType", element, "RelationTypeID").casefold()
    if any(word in said for word in words()["owning_relations"]):
        # The first profile stands in the relation to the second: "owned by", "subsidiary of".
        parts.owners.setdefault(owner, owned)


def _entry(element: Element, parts: _Parts, request: Request, report: Report) -> Iterator[Draft]:
    party = parts.parties.get(element.attributes.get("ProfileID", ""))
    if party is None:
        report.reject(element.line, "a sanctions entry of no party in the file", "fetch it again")
        return
    title = parts.text("List", element, "ListID")
    code = request.code or next(
        (row["list"] for row in words()["advanced_lists"] if title.startswith(row["starts"])), ""
    )
    if not code:
        report.reject(element.line, f"list '{title}' is not known", "give --list")
        return
    own = element.attributes["ProfileID"]
    owner = parts.parties.get(parts.owners.get(own, ""))
    draft = Draft(party.line, code, party.names[0][0] if party.names else "", party.id, party.kind, party.names[1:])
    draft.addresses = [parts.places[each] for each in party.places if each in parts.places]
    draft.countries = [each.country for each in draft.addresses]
    draft.addresses = [each for each in draft.addresses if each.text or each.city]
    draft.listed, draft.listed_basis = _listed(element), "effective"
    draft.programs = [
        clean(comment.text())
        for measure in element.elements("SanctionsMeasure")
        for comment in measure.elements("Comment")
    ]
    draft.identifiers = [pair for each in party.identities for pair in parts.papers.get(each, ())]
    draft.parent = owner.names[0][0] if owner and owner.names else ""
    yield draft


def _listed(element: Element) -> date | None:
    days = [day for event in element.elements("EntryEvent") for each in event.elements("Date") if (day := _day(each))]
    return min(days, default=None)


def _day(element: Element) -> date | None:
    parts = [next((clean(each.text()) for each in element.every(tag)), "") for tag in ("Year", "Month", "Day")]
    if not all(part.isdigit() for part in parts):
        return day_in(clean(element.text()))
    year, month, day = parts
    return day_in(f"{year:0>4}-{month}-{day}")


_READ = {
    "Location": _location,
    "IDRegDocument": _paper,
    "DistinctParty": _party,
    "ProfileRelationship": _relation,
}
