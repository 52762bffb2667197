"""A small made-up book of lists."""

from __future__ import annotations

from datetime import date

from tidewaiter.evidence.parties.lists import Address, Entry, ListBook, ListedName

__all__ = ["book", "entry"]


def entry(
    key: str,
    *names: str | ListedName,
    kind: str = "organization",
    countries: tuple[str, ...] = ("CN",),
    code: str = "made_up",
    identifiers: tuple[tuple[str, str], ...] = (),
    addresses: tuple[Address, ...] = (),
    citation: str = "",
    removed: date | None = None,
) -> Entry:
    """An entry; the first name is the primary, further texts are aliases."""
    held = [name if isinstance(name, ListedName) else ListedName(name, "alias") for name in names]
    first = ListedName(held[0].text, "primary") if isinstance(names[0], str) else held[0]
    return Entry(
        f"{code}:{key}",
        code,
        kind,
        (first, *held[1:]),
        countries,
        addresses,
        identifiers=identifiers,
        citation=citation,
        removed=removed,
    )


def book(*more: Entry, digest: str = "made-up") -> ListBook:
    """Firms, sisters, people and a ship, none of which exists."""
    entries = [
        entry("tengyao", "Chengdu Tengyao Semiconductor Co., Ltd.", "成都腾曜半导体有限公司", "Tengyao Semi"),
        entry("tengyao-sz", "Shenzhen Tengyao Optics Co., Ltd.", "深圳腾曜光学有限公司"),
        entry("inst12", "Northern Lakes Corporation 12th Research Institute", "北湖集团公司第十二研究所"),
        entry("inst14", "Northern Lakes Corporation 14th Research Institute", "北湖集团公司第十四研究所"),
        entry("nilm", "National Institute of Lacustrine Metrology", "Lacustrine Metrology Centre"),
        entry("redheron", "Red Heron Trading LLC", countries=("AE",)),
        entry("volkhov", "Joint Stock Company Volkhovstal", "AO Volkhovstal", countries=("RU",)),
        entry("weak", "Zhelanny Orbital Systems", ListedName("Quasar", "weak"), countries=("RU",)),
        entry(
            "petrov",
            "ORLENKO, Taras Ivanovich",
            kind="person",
            countries=("RU",),
            identifiers=(("born", "12 Mar 1961"),),
        ),
        entry("li", "LIN, Quanzhou", "林泉舟", kind="person", identifiers=(("passport", "E-123 456"),)),
        entry("ship", "MOONLIT HERON", kind="vessel", countries=("PA",), identifiers=(("imo", "1234567"),)),
        *(entry(f"filler{n}", f"{word} Trading Company Limited") for n, word in enumerate(_FILLERS)),
        *more,
    ]
    return ListBook(tuple(entries), (), digest)


_FILLERS_TEXT = """
Abalone Bramble Cinder Dovetail Ember Fathom Gannet Hollow Ironwood Juniper Kestrel Lantern Marrow Nettle Osprey
Pebble Quillon Rowan Saffron Thistle Umber Verdant Willow Yarrow Zephyr
"""
_FILLERS = _FILLERS_TEXT.split()
