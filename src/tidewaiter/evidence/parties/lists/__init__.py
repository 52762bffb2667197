"""Lists of restricted parties: entries, dated editions, importers, and the table that is shipped."""

from tidewaiter.evidence.parties.lists.entries import Address, Edition, Entry, Footnote, ListBook, ListedName

__all__ = ["Address", "Edition", "Entry", "Footnote", "ListBook", "ListedName"]
