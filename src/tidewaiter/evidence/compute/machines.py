"""So many chips as one machine: peak, memory bandwidth and memory together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.evidence.catalog.figures import Figure
from tidewaiter.evidence.catalog.items import Chip
from tidewaiter.evidence.compute.resources import stand_ins

__all__ = ["Machine", "machine"]

_TERA = 1e12
_GIGA = 1e9


@dataclass(frozen=True, slots=True)
class Machine:
    """`chips` of one kind. peaks: dense operations a second by format; bandwidth: bytes a second; memory: bytes.

    All are of the whole machine; None where the data sheet is silent.
    """

    key: str
    name: str
    chips: int
    peaks: Mapping[str, float]
    bandwidth: float | None
    memory: float | None

    def peak(self, number_format: str) -> tuple[str, float]:
        """The dense peak for a format, and the format that stands in where the chip lacks it.

        Raises InputFaults when no peak serves.
        """
        for each in stand_ins(number_format):
            if each in self.peaks:
                return each, self.peaks[each]
        raise InputFaults([Fault(self.name, f"no dense rate for {number_format} is known", "choose another format")])

    def moved(self) -> float:
        """The memory bandwidth. Raises InputFaults when it is not known."""
        if self.bandwidth is None:
            raise InputFaults([Fault(self.name, "the memory bandwidth is not known", "choose another chip")])
        return self.bandwidth

    def ridge(self, number_format: str) -> float:
        """Operations for each byte moved at which computing takes as long as moving."""
        return self.peak(number_format)[1] / self.moved()


def machine(chip: Chip, chips: int = 1) -> Machine:
    """So many of a chip; InputFaults for fewer than one, or for an assembly."""
    if chips < 1:
        raise InputFaults([Fault("chips", f"{chips} chips", "at least 1")])
    if chip.contains:
        inside = ", ".join(f"{part.count} x {part.item}" for part in chip.contains)
        raise InputFaults([Fault(chip.name, "is an assembly", f"name its chips: {inside}")])
    peaks = {peak.format: _best(peak.tops) * _TERA * chips for peak in chip.peaks}
    return Machine(
        chip.key,
        chip.name,
        chips,
        peaks,
        _times(chip.memory_bandwidth, _GIGA * chips),
        _times(chip.memory_gb, _GIGA * chips),
    )


def _best(figure: Figure) -> float:
    return figure.value if figure.value is not None else (figure.at_least + figure.at_most) / 2


def _times(figure: Figure | None, factor: float) -> float | None:
    return None if figure is None else _best(figure) * factor
