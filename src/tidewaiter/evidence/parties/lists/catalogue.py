"""The lists known: titles, authority, the fact of the law that a confirmed hit states, what their absence proves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from tidewaiter.base.wording import NO_WORDING, Wording, wording

__all__ = ["ListInfo", "list_of_code", "list_of_extract", "list_of_program", "list_of_source", "lists"]


@dataclass(frozen=True, slots=True)
class ListInfo:
    """One list. `fact` is the term of the law's vocabulary that a confirmed hit states, '' when none is.

    `least` is the number of entries below which a file cannot be the whole list; `partial` lists are never whole.
    `enacted` is the day from which a statute's list is complete.
    """

    code: str
    title: Wording
    agency: str
    authority: str
    fact: str = ""
    least: int = 0
    partial: bool = False
    enacted: date | None = None
    remark: Wording = NO_WORDING
    csl: str = ""
    short: str = ""
    programs: tuple[str, ...] = ()
    extracts: tuple[str, ...] = ()
    statute: str = ""


@lru_cache(maxsize=1)
def lists() -> Mapping[str, ListInfo]:
    """All lists known, by code, in the order of the data."""
    from tidewaiter.evidence.parties.lists.shipped import shipped_lists

    return {code: _info(code, row) for code, row in shipped_lists().items()}


def _info(code: str, row: Mapping[str, Any]) -> ListInfo:
    enacted = row.get("enacted")
    return ListInfo(
        code=code,
        title=wording(row["title"]),
        agency=row["agency"],
        authority=row["authority"],
        fact=row.get("fact", ""),
        least=row.get("least", 0),
        partial=row.get("partial", False),
        enacted=date.fromisoformat(enacted) if isinstance(enacted, str) else enacted,
        remark=wording(row.get("remark")),
        csl=row.get("csl", ""),
        short=row.get("code", ""),
        programs=tuple(row.get("programs", ())),
        extracts=tuple(row.get("extracts", ())),
        statute=row.get("statute", ""),
    )


@lru_cache(maxsize=256)
def list_of_source(source: str) -> str:
    """The code of a list by its name in the Consolidated Screening List, '' when unknown; the longest fit counts."""
    fits = [info for info in lists().values() if info.csl and source.startswith(info.csl)]
    return max(fits, key=lambda info: len(info.csl)).code if fits else ""


def list_of_code(code: str) -> str:
    """The code of a list by its own code or the short one of the Consolidated Screening List, '' when unknown."""
    if code in lists():
        return code
    return next((info.code for info in lists().values() if info.short and info.short == code.upper()), "")


def list_of_program(program: str) -> str:
    """The code of a list by another publisher's program id or the name of a statute, '' when unknown."""
    for info in lists().values():
        if program in info.programs or (info.statute and program.startswith(info.statute + " ")):
            return info.code
    return ""


def list_of_extract(name: str) -> str:
    """The code of a list by the id of an extract, '' when unknown."""
    return next((info.code for info in lists().values() if name in info.extracts), "")
