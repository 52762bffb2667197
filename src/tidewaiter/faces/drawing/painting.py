"""SVG painted as PNG, with fonts that are on the machine: no character is left to a box."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.base.wording import Language
from tidewaiter.faces.asking import face_data

__all__ = ["font_folders", "has_font", "png", "prepared"]

_ZOOM = 2.0
_FULL = frozenset({"W", "F"})
_CHINESE: Language = "zh"


def font_folders() -> tuple[Path, ...]:
    """The folders where systems keep their fonts."""
    named = [Path(os.path.expandvars(os.path.expanduser(each))) for each in face_data("figures")["font_folders"]]
    return tuple(folder for folder in named if folder.is_dir())


def has_font(language: Language) -> bool:
    """Whether a known font for a language is on the machine."""
    return language in _found()


def prepared(language: Language) -> None:
    """Raise InputFaults where the renderer, or a font for the language, is missing."""
    _font(language, False)
    _renderer()


def png(svg: str, language: Language) -> bytes:
    """The drawing as PNG. Raises InputFaults where the renderer or a font for the drawing's characters is missing."""
    wide = any(unicodedata.east_asian_width(char) in _FULL for char in svg)
    family, files = _font(_CHINESE if wide else language, wide)
    painted = _renderer().svg_to_bytes(
        svg_string=svg, zoom=_ZOOM, skip_system_fonts=True, font_files=files, font_family=family,
        sans_serif_family=family,
    )  # fmt: skip
    return bytes(painted)


def _renderer() -> Any:
    try:
        import resvg_py
    except ImportError:
        remedy = "install tidewaiter[figures], or name a file that ends in .svg"
        raise InputFaults([Fault("--out", "PNG needs the library resvg-py", remedy)]) from None
    return resvg_py


def _font(language: Language, written: bool) -> tuple[str, list[str]]:
    """A family for a language and its files; `written` tells that the drawing holds Chinese characters."""
    held = _found()
    if language not in held:
        wish = "Chinese characters" if written or language == _CHINESE else "Latin letters"
        remedy = "install one (such as Noto Sans CJK), or name a file that ends in .svg"
        raise InputFaults([Fault("--out", f"no font with {wish} was found on this machine", remedy)])
    return held[language]


def _found() -> dict[str, tuple[str, list[str]]]:
    """For each language the first known family that is there: its name, and its files."""
    files = dict(_files())
    found: dict[str, tuple[str, list[str]]] = {}
    for language, families in face_data("figures")["fonts"].items():
        for row in families:
            there = [str(files[name.lower()]) for name in row["files"] if name.lower() in files]
            if there:
                found[language] = row["family"], there
                break
    return found


def _files() -> Iterator[tuple[str, Path]]:
    wanted = {name.lower() for rows in _families().values() for row in rows for name in row["files"]}
    for folder in font_folders():
        for place, _, names in os.walk(folder):
            yield from ((name.lower(), Path(place, name)) for name in names if name.lower() in wanted)


def _families() -> Mapping[str, list[Mapping[str, list[str]]]]:
    found: Mapping[str, list[Mapping[str, list[str]]]] = face_data("figures")["fonts"]
    return found
