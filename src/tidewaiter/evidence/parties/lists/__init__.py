"""Lists of restricted parties: entries, dated editions, importers, and the table that is shipped."""

from tidewaiter.evidence.parties.lists.catalogue import ListInfo, lists
from tidewaiter.evidence.parties.lists.entries import Address, Edition, Entry, Footnote, ListBook, ListedName
from tidewaiter.evidence.parties.lists.gazetteer import (
    PartyName,
    Unlisted,
    aliases_of,
    known_unlisted,
    party_names,
    party_of,
)
from tidewaiter.evidence.parties.lists.shipped import shipped_book
from tidewaiter.evidence.parties.lists.standing import absence_proven, complete_days, standing
from tidewaiter.evidence.parties.lists.store import ListStore

__all__ = [
    "Address",
    "Edition",
    "Entry",
    "Footnote",
    "ListBook",
    "ListInfo",
    "ListStore",
    "ListedName",
    "PartyName",
    "Unlisted",
    "absence_proven",
    "aliases_of",
    "complete_days",
    "known_unlisted",
    "lists",
    "party_names",
    "party_of",
    "shipped_book",
    "standing",
]
