"""Ownership: a dated graph of who holds what share of whom, handed to the law as its relation of owners."""

from tidewaiter.evidence.parties.ownership.drawing import Branch, branches
from tidewaiter.evidence.parties.ownership.graph import Holder, Ownership, Picture, Stake, holder_key
from tidewaiter.evidence.parties.ownership.reading import direct_stakes, read_ownership
from tidewaiter.evidence.parties.ownership.relation import owner_rows, relation_name
from tidewaiter.evidence.parties.ownership.shares import Share

__all__ = [
    "Branch",
    "Holder",
    "Ownership",
    "Picture",
    "Share",
    "Stake",
    "branches",
    "direct_stakes",
    "holder_key",
    "owner_rows",
    "read_ownership",
    "relation_name",
]
