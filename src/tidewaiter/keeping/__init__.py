"""What is kept from one run to the next: decisions on possible matches."""

from tidewaiter.keeping.decisions import Disposition, Standing, Subject, Verdict
from tidewaiter.keeping.dispositions import Dispositions

__all__ = ["Disposition", "Dispositions", "Standing", "Subject", "Verdict"]
