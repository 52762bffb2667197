"""`tidewaiter figure`: what the analysis found, drawn to a file that takes its name only when it is whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.engine.syntax import nearest
from tidewaiter.faces.answers import layer_faults
from tidewaiter.faces.asking import Asked, face_data
from tidewaiter.faces.cli.arguments import day_of
from tidewaiter.faces.cli.checking import Request, check_question
from tidewaiter.faces.cli.running import Screen
from tidewaiter.faces.composition import decider
from tidewaiter.faces.drawing.captions import said
from tidewaiter.faces.pages.blocks import Block, Lines, line

__all__ = ["KINDS", "FigureRequest", "make_figure"]

_SCHEMA = 1
_ENDINGS = (".svg", ".png")


@dataclass(frozen=True, slots=True)
class FigureRequest:
    """What the command line says of a figure beside the question."""

    request: Request
    out: str
    side: str = ""
    against: str = ""
    plane: str = ""
    chips: tuple[str, ...] = ()
    each: bool = False
    first: str | None = None
    last: str | None = None


def make_figure(made: FigureRequest, screen: Screen) -> None:
    """Draw a figure and write it. Raises QuestionFaults with every fault; then nothing is written."""
    base, places = check_question(made.request, screen)
    kind, items = (places[0] if places else ""), places[1:]
    screen.faults += layer_faults(base.layer, decider().specification(base.question))
    screen.faults += _profile_faults(base.profile)
    if kind not in KINDS:
        what = f"'{kind:.40}' is no kind of figure" if kind else "no kind of figure was named"
        screen.faults.append(Fault("KIND", what, nearest(kind, KINDS) or f"one of {', '.join(KINDS)}"))
    screen.faults += _out_faults(made.out)
    if _is_painted(made.out):
        screen.gather(lambda: _prepared(screen))
    if kind in KINDS:
        screen.faults += _stray(kind, made, items)
    if len(items) == 1:
        base = replace(base, item=items[0])
        screen.gather(lambda: _known_item(items[0]))
    screen.stop()
    svg = screen.gather(lambda: KINDS[kind](made, base, screen))
    screen.stop()
    size = _write(made.out, svg, screen)
    told = {"schema_version": _SCHEMA, "figure": kind, "file": made.out, "bytes": size}
    screen.show(lambda: told, lambda: _page(made.out, size, screen))


def _is_painted(out: str) -> bool:
    return Path(out).suffix.lower() == _ENDINGS[1]


def _prepared(screen: Screen) -> None:
    from tidewaiter.faces.drawing.painting import prepared

    prepared(screen.words.language)


def _page(out: str, size: int, screen: Screen) -> list[Block]:
    return [Lines("", (line(said("written", screen.words, file=out, size=f"{size:,}")),))]


def _profile_faults(profile: str | None) -> list[Fault]:
    profiles = decider().law.profiles
    if profile is None or profile in profiles:
        return []
    remedy = nearest(profile, profiles) or f"one of {', '.join(profiles)}"
    return [Fault("--profile", f"'{profile:.40}' is no profile", remedy)]


def _known_item(name: str) -> None:
    from tidewaiter.evidence import catalog

    catalog.look_up(name, "ITEM")


def _out_faults(out: str) -> list[Fault]:
    path = Path(out)
    if not out:
        return [Fault("--out", "no file was named", "--out figure.svg")]
    if path.suffix.lower() not in _ENDINGS:
        return [Fault("--out", f"'{path.name:.60}' is no {' or '.join(_ENDINGS)} file", "--out figure.svg")]
    if path.is_dir():
        return [Fault("--out", f"'{out:.80}' is a folder", "name a file")]
    if not path.parent.is_dir():
        return [Fault("--out", f"there is no folder '{path.parent!s:.80}'", "make it, or name another")]
    return []


_OWN = {
    "map": {"side", "against", "plane", "chips"},
    "timeline": {"first", "last"},
    "matrix": {"each", "first", "last"},
}
_FLAGS = {"side": "--side", "against": "--against", "plane": "--plane", "chips": "--chip", "each": "--each",
          "first": "--from-date", "last": "--until"}  # fmt: skip
_ITEMS = {"map": 0, "ceiling": 0, "timeline": 1, "matrix": 1}


def _stray(kind: str, made: FigureRequest, items: list[str]) -> list[Fault]:
    """Options and items that another kind of figure would have."""
    found = [
        Fault(flag, f"says nothing of a {kind}", "leave it out")
        for name, flag in _FLAGS.items()
        if getattr(made, name) and name not in _OWN.get(kind, ())
    ]
    if made.request.on and kind != "map":
        found.append(Fault("--on", f"says nothing of a {kind}, which shows all days", "leave it out"))
    only = face_data("figures")["only"].get(kind)
    if only and made.request.question not in only:
        found.append(Fault("--question", f"a {kind} is not drawn of this kind", f"one of {', '.join(only)}"))
    if len(items) > _ITEMS[kind]:
        remedy = "a map takes its chips by --chip NAME" if kind == "map" else f"at most {_ITEMS[kind]}"
        found.append(Fault("ITEM", f"{len(items)} items were named", remedy))
    return found


# the kinds ----------------------------------------------------------------------------------------


def _map(made: FigureRequest, base: Asked, screen: Screen) -> str:
    from tidewaiter.faces.drawing.maps import MapRequest, draw_map, plane_faults
    from tidewaiter.faces.sides import LAW, sides_of

    spec = decider().specification(base.question)
    plane = made.plane or "density"
    screen.faults += plane_faults(base, plane)
    screen.stop()
    first, second = made.side or LAW, made.against or made.side or LAW
    day = base.on if made.request.on else None
    sides = sides_of(first, second, day, base.layer or spec.headline, (base.question,))
    shown = sides if made.against else sides[:1]
    return draw_map(MapRequest(base, shown, plane, made.chips), screen.words)


def _timeline(made: FigureRequest, base: Asked, screen: Screen) -> str:
    from tidewaiter.faces.drawing.histories import timeline_figure
    from tidewaiter.faces.history import stretches

    spec = decider().specification(base.question)
    first = day_of(made.first, "--from-date", screen.faults) if made.first else spec.begins
    last = day_of(made.last, "--until", screen.faults) if made.last else spec.checked_through
    if not base.item and not base.options:
        screen.faults.append(Fault("ITEM", "nothing was asked", "name one: tidewaiter figure timeline H20 --to CN"))
    screen.stop()
    return timeline_figure(base, stretches(base, first, last), screen.words)


def _ceiling(made: FigureRequest, base: Asked, screen: Screen) -> str:
    from tidewaiter.faces.cli.progress import progress
    from tidewaiter.faces.drawing.histories import ceiling_figure
    from tidewaiter.faces.frontier import ceilings_json

    with progress(screen.words("frontier")) as watch:
        found = ceilings_json(base, watch or (lambda done, whole: None))
    return ceiling_figure(base, found, screen.words)


def _matrix(made: FigureRequest, base: Asked, screen: Screen) -> str:
    from tidewaiter.evidence import catalog
    from tidewaiter.faces.cli.progress import progress
    from tidewaiter.faces.drawing.matrices import matrix_figure, matrix_rows

    spec = decider().specification(base.question)
    first = day_of(made.first, "--from-date", screen.faults) if made.first else spec.begins
    last = day_of(made.last, "--until", screen.faults) if made.last else spec.checked_through
    if not spec.begins <= first <= last:
        what = f"{first} to {last} is no stretch of days after {spec.begins}"
        screen.faults.append(Fault("--from-date", what, "put the earlier day first"))
    screen.stop()
    with progress(screen.words("country")) as watch:
        rows = matrix_rows(base, first, last, made.each, watch or (lambda done, whole: None))
    item = catalog.look_up(base.item).chip.name if base.item else ""
    return matrix_figure(base, item, rows, screen.words)


KINDS: dict[str, Callable[[FigureRequest, Asked, Screen], str]] = {
    "map": _map,
    "timeline": _timeline,
    "ceiling": _ceiling,
    "matrix": _matrix,
}
"""The kinds of figures, by name."""


# the file -----------------------------------------------------------------------------------------


def _write(out: str, svg: str, screen: Screen) -> int:
    """Write the figure beside its place and move it there; the number of bytes. Raises InputFaults."""
    path, data = Path(out), svg.encode("utf-8")
    if _is_painted(out):
        from tidewaiter.faces.drawing.painting import png

        data = png(svg, screen.words.language)
    aside = ""
    try:
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=".aside-", delete=False) as file:
            aside = file.name
            file.write(data)
        os.chmod(aside, 0o666 & ~_umask())
        os.replace(aside, path)
        aside = ""
    except OSError as error:
        what = f"cannot be written: {error.strerror or error}"
        raise InputFaults([Fault("--out", what, "nothing was written; name another file")]) from None
    finally:
        if aside:
            Path(aside).unlink(missing_ok=True)
    return len(data)


def _umask() -> int:
    held = os.umask(0)
    os.umask(held)
    return held
