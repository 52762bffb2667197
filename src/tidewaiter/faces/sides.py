"""The sides of a comparison as somebody names them: a date, a layer, an amendment of the gallery or of a file."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from tidewaiter.analysis.sides import Side, amended_decider
from tidewaiter.base.errors import Fault, InputFaults, QuestionFaults
from tidewaiter.base.wording import Wording
from tidewaiter.determine.specification import Specification
from tidewaiter.engine.syntax import nearest
from tidewaiter.faces.asking import Asked
from tidewaiter.faces.cli.documents import read_bytes
from tidewaiter.faces.composition import decider
from tidewaiter.library.amendments import MAX_AMENDMENT, Amendment, read_amendment

__all__ = ["LAW", "Stand", "amendment_of", "begun", "gallery", "side_of", "sides_of", "stand_of"]

LAW = "law"
"""The word for the law as it is."""
_LAYER = "enforced"
_Sides = tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class Stand:
    """What somebody named as a side: a day, a layer, an amendment; each may be missing."""

    name: str
    day: dt.date | None = None
    layer: str = ""
    amendment: Amendment | None = None


def gallery() -> Iterator[tuple[str, str]]:
    """Key and text of every amendment of the gallery."""
    folder = resources.files("tidewaiter.analysis").joinpath("gallery")
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".yaml") and not entry.name.startswith("not_"):
            yield entry.name.removesuffix(".yaml"), entry.read_text(encoding="utf-8")


@cache
def _from_gallery(key: str) -> Amendment | None:
    text = dict(gallery()).get(key)
    return None if text is None else read_amendment(f"{key}.yaml", text, decider().law)


def amendment_of(name: str) -> Amendment:
    """The amendment of a gallery key or of a file. Raises InputFaults with every fault."""
    found = _from_gallery(name)
    if found is not None:
        return found
    if os.sep not in name and not name.endswith((".yaml", ".yml")) and not Path(name).is_file():
        known = [key for key, _ in gallery()]
        remedy = nearest(name, known) or f"a file, or one of {', '.join(known)}"
        raise InputFaults([Fault("side", f"'{name:.80}' is no date, layer or amendment", remedy)])
    try:
        text = read_bytes(name, MAX_AMENDMENT).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputFaults([Fault(name, f"is no UTF-8 text at byte {error.start}", "save it as UTF-8")]) from None
    return read_amendment(Path(name).name, text, decider().law)


def stand_of(name: str) -> Stand:
    """What a name stands for: `2023-06-01`, `2023-06-01/text`, `enforced`, `law`, a gallery key, a file.

    Raises InputFaults.
    """
    layers = {key for question in decider().law.questions for key, _ in decider().specification(question).layers}
    first, _, layer = name.partition("/")
    if name in layers:
        return Stand(name, layer=name)
    if first == LAW and (not layer or layer in layers):
        return Stand(name, layer=layer)
    try:
        day = dt.date.fromisoformat(first)
    except ValueError:
        return Stand(name, amendment=amendment_of(name))
    if layer and layer not in layers:
        remedy = nearest(layer, layers) or f"one of {', '.join(sorted(layers))}"
        raise InputFaults([Fault("side", f"'{layer:.40}' is no layer", remedy)])
    return Stand(name, day, layer)


def side_of(stand: Stand, day: dt.date, layer: str) -> Side:
    """The side of a comparison; `day` and `layer` serve where the stand names none."""
    held = (stand.amendment,) if stand.amendment else ()
    day, layer = stand.day or day, stand.layer or layer
    title = stand.amendment.title if stand.amendment else Wording(f"Law of {day}", f"{day}的法律")
    return Side(amended_decider(decider(), held), day, layer, title, held)


def sides_of(first: str, second: str, day: dt.date | None, layer: str, questions: Sequence[str] = ()) -> _Sides:
    """Two sides by name. `day` (else the day of an amendment, else today) and `layer` serve where a side names none.

    Raises QuestionFaults with every fault of both.
    """
    faults: list[Fault] = []
    stands = [_tried(name, faults) for name in (first, second)]
    if faults or stands[0] is None or stands[1] is None:
        raise QuestionFaults(faults)
    begun = max((each.amendment.start for each in stands if each and each.amendment), default=None)
    day, layer = day or begun or dt.date.today(), layer or _LAYER
    sides = side_of(stands[0], day, layer), side_of(stands[1], day, layer)
    begins = min(decider().specification(name).begins for name in questions or decider().law.questions)
    for side in sides:
        if side.day < begins:
            faults.append(Fault("side", f"{side.day} lies before the law that is encoded", f"{begins} or later"))
    if faults:
        raise QuestionFaults(faults)
    return sides


def begun(asked: Asked, spec: Specification) -> Specification:
    """The specification of a question whose law has begun by the day asked about. Raises QuestionFaults."""
    if asked.on < spec.begins:
        what = f"{asked.on} lies before the law that is encoded"
        raise QuestionFaults([Fault("--on", what, f"{spec.begins} or later")])
    return spec


def _tried(name: str, faults: list[Fault]) -> Stand | None:
    try:
        return stand_of(name)
    except InputFaults as error:
        faults += error.faults
        return None
