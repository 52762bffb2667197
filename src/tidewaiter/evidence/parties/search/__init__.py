"""Search: the prepared names of listed parties, and the possible matches of a name asked."""

from tidewaiter.evidence.parties.search.container import StaleCache
from tidewaiter.evidence.parties.search.hits import Hit, Query, Reason
from tidewaiter.evidence.parties.search.index import PartyIndex

__all__ = ["Hit", "PartyIndex", "Query", "Reason", "StaleCache"]
