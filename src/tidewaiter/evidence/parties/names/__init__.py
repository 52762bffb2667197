"""Names of parties: taken apart, and compared with each other."""

from tidewaiter.evidence.parties.names.analysis import analyse
from tidewaiter.evidence.parties.names.comparison import compare, quick, score_names, threshold
from tidewaiter.evidence.parties.names.faults import NameFault
from tidewaiter.evidence.parties.names.pieces import Aligned, AnalysedName, Comparison, Piece

__all__ = [
    "Aligned",
    "AnalysedName",
    "Comparison",
    "NameFault",
    "Piece",
    "analyse",
    "compare",
    "quick",
    "score_names",
    "threshold",
]
