"""The options of `tidewaiter screen`, read: every fault at once."""

from __future__ import annotations

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.evidence.parties.ownership import Ownership, direct_stakes, read_ownership
from tidewaiter.evidence.parties.ownership.reading import MAX_BYTES
from tidewaiter.faces.cli.arguments import day_of
from tidewaiter.faces.cli.documents import read_bytes
from tidewaiter.faces.cli.running import Screen
from tidewaiter.faces.cli.screening import MAX_NAMES, Wanted
from tidewaiter.faces.screening.options import country_of, identifiers_of, kind_of, lists_of
from tidewaiter.faces.screening.screens import Request

__all__ = ["requests_of"]


def requests_of(wanted: Wanted, screen: Screen) -> list[Request]:
    """The requests, one for each name; faults are noted on the screen."""
    names = list(wanted.names) or ([""] if wanted.address.strip() else [])
    if not names:
        screen.faults.append(Fault("NAME", "nobody was named", 'tidewaiter screen "Example Ltd" --on 2025-02-15'))
    if len(names) > MAX_NAMES:
        screen.faults.append(Fault("NAME", f"{len(names)} names", f"at most {MAX_NAMES}; put them into a file: --file"))
        names = []
    day = day_of(wanted.on, "--on", screen.faults)
    faults = screen.faults
    base = Request(
        "",
        day,
        country_of(wanted.country, "--country", faults),
        wanted.address,
        kind_of(wanted.kind, "--kind", faults),
        identifiers_of(wanted.identifiers, faults),
        lists_of(wanted.lists, faults),
        _number(wanted.threshold, faults),
        _count(wanted.limit, faults),
        None,
        wanted.confirm,
    )
    found = []
    for name in names:
        owners = _owners(name, wanted, screen)
        found.append(_named(base, name, owners))
    return found


def _named(base: Request, name: str, owners: Ownership | None) -> Request:
    from dataclasses import replace

    return replace(base, name=name, owners=owners)


def _owners(name: str, wanted: Wanted, screen: Screen) -> Ownership | None:
    if wanted.owner and wanted.owners:
        screen.faults.append(Fault("--owner", "stands beside --owners", "put it into the file"))
        return None
    try:
        if wanted.owners:
            return read_ownership(read_bytes(wanted.owners, MAX_BYTES), wanted.owners)
        return direct_stakes(name, list(wanted.owner)) if wanted.owner else None
    except InputFaults as error:
        screen.faults += error.faults
        return None


def _number(text: str | None, faults: list[Fault]) -> float | None:
    if text is None:
        return None
    try:
        return float(text)
    except ValueError:
        faults.append(Fault("--threshold", f"'{text:.40}' is no number", "above 0, up to 1, such as 0.8"))
        return None


def _count(text: str | None, faults: list[Fault]) -> int:
    if text is None:
        return Request("").limit
    if text.isascii() and text.isdecimal() and len(text) < 9:
        return int(text)
    faults.append(Fault("--limit", f"'{text:.40}' is no whole number", "such as 10"))
    return Request("").limit
