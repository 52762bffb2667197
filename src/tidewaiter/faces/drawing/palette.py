"""How outcomes are painted, by their exit class and their order in the question."""

from __future__ import annotations

from tidewaiter.analysis.figures.canvas import Swatch
from tidewaiter.determine.specification import Specification
from tidewaiter.faces.asking import face_data
from tidewaiter.faces.pages.words import Words

__all__ = ["swatches"]


def swatches(spec: Specification, words: Words) -> dict[str, Swatch]:
    """The paint of each outcome of a question, in the question's order."""
    paints = face_data("figures")["paints"]
    used = dict.fromkeys(paints, 0)
    found = {}
    for word in spec.outcomes:
        row = paints[word.exit][min(used[word.exit], len(paints[word.exit]) - 1)]
        used[word.exit] += 1
        paint = (str(row[key]) for key in ("fill", "ink", "hatch", "mark"))
        found[word.code] = Swatch(words.of(word.title), *paint)
    return found
