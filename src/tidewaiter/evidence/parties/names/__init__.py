"""Names of parties: taken apart, and compared with each other."""

from tidewaiter.evidence.parties.names.aliases import Aliases, AliasTable, OtherName, compare_with_aliases
from tidewaiter.evidence.parties.names.analysis import analyse
from tidewaiter.evidence.parties.names.comparison import compare, quick, score_names, threshold
from tidewaiter.evidence.parties.names.faults import NameFault
from tidewaiter.evidence.parties.names.pieces import Aligned, AnalysedName, Comparison, Piece

__all__ = [
    "AliasTable",
    "Aliases",
    "Aligned",
    "AnalysedName",
    "Comparison",
    "NameFault",
    "OtherName",
    "Piece",
    "analyse",
    "compare",
    "compare_with_aliases",
    "quick",
    "score_names",
    "threshold",
]
