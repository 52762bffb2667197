"""What the catalog holds: chips (and what is made of them) and models, as immutable values."""

from __future__ import annotations

from dataclasses import dataclass

from tidewaiter.evidence.catalog.figures import Confidence, Figure, Span

__all__ = ["Chip", "Found", "Hardware", "Model", "Part", "Peak"]


@dataclass(frozen=True, slots=True)
class Peak:
    """A dense peak rate: number format, the bits of its largest input, tera-operations a second.

    `readings` holds other defensible widths by name, where the width of the format is open.
    """

    format: str
    bits: int
    tops: Figure
    readings: tuple[tuple[str, int], ...] = ()

    def width(self, reading: str = "") -> int:
        """The bits under a named reading; the usual width where the format has no such reading."""
        return dict(self.readings).get(reading, self.bits)


@dataclass(frozen=True, slots=True)
class Part:
    """So many of one item inside another."""

    item: str
    count: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A circuit, card, server or memory stack. An unknown figure or flag is None.

    die_area: all logic dies, mm2. memory_bandwidth, link, host_link: GB/s; link is chip to chip, both
    directions (that of the host bus where there is no other). transistors: thousand millions. tdp: W.
    `peaks_complete` tells that no faster format is left out of `peaks`. `contains` is empty but for assemblies.
    """

    key: str
    name: str
    vendor: str
    family: str
    variant: str
    form: str
    aliases: tuple[str, ...]
    released: Span
    headquarters: str | None
    process: str | None
    nonplanar: bool | None
    peaks: tuple[Peak, ...]
    peaks_complete: bool
    die_area: Figure | None
    logic_dies: int | None
    transistors: Figure | None
    memory_type: str | None
    memory_gb: Figure | None
    memory_bandwidth: Figure | None
    dram: bool | None
    contains_hbm: bool | None
    link: Figure | None
    host_link: Figure | None
    tdp: Figure | None
    data_center: bool | None
    hbm_bandwidth: Figure | None
    hbm_area: Figure | None
    published_tpp: float | None
    contains: tuple[Part, ...]
    sources: tuple[str, ...]
    confidence: Confidence
    note: str

    @property
    def is_stack(self) -> bool:
        """Whether it is a memory stack by itself."""
        return self.hbm_bandwidth is not None

    @property
    def processes(self) -> bool:
        """Whether it computes."""
        return not self.is_stack

    @property
    def dram_bandwidth(self) -> Figure | None:
        """The memory bandwidth if the memory is DRAM; None for parts that live on SRAM."""
        return self.memory_bandwidth if self.dram else None

    @property
    def applicable_die_area(self) -> Figure | None:
        """The logic area in mm2 if it is known to be made with non-planar transistors."""
        return self.die_area if self.nonplanar else None


@dataclass(frozen=True, slots=True)
class Hardware:
    """Chips that a model was trained on: their usual name and how many, when known."""

    name: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model. parameters and tokens are counts; operations are integer or floating-point
    operations of training, with the `method` that gave them; hardware_hours are chip-hours."""

    key: str
    name: str
    developer: str
    country: str
    aliases: tuple[str, ...]
    released: Span
    parameters_total: Figure | None
    parameters_active: Figure | None
    tokens: Figure | None
    operations: Figure | None
    method: str | None
    hardware: tuple[Hardware, ...]
    hardware_hours: Figure | None
    cost_usd: Figure | None
    open_weights: bool | None
    license: str
    sources: tuple[str, ...]
    confidence: Confidence
    note: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a name led to: the chip, how many the name spoke of, and, when a family name was resolved to
    one variant, the others and why this one may stand for them (English, Chinese)."""

    chip: Chip
    count: int = 1
    others: tuple[str, ...] = ()
    because: str = ""
    because_zh: str = ""
