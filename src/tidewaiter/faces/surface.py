"""The public Python surface: the same names as on the command line and in JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tidewaiter.faces.answers import Answer
from tidewaiter.faces.asking import DEFAULT_QUESTION, Asked, answer
from tidewaiter.faces.composition import DEFAULT_PROFILE, decider

if TYPE_CHECKING:
    from tidewaiter.engine.program import Program
    from tidewaiter.faces.articles import Dossier
    from tidewaiter.faces.comparing import Comparison
    from tidewaiter.faces.screening.screens import Screening
    from tidewaiter.library.model import Provision

__all__ = ["Export", "Lawbook", "Question", "check", "compare", "law", "read", "screen"]


class Question:
    """A question as one puts it: a kind, an item, options under the names of the command line, and facts.

    `to="CN"` states the option `--to`, `end_user_hq="CN"` the option `--end-user-hq`; `facts` holds any fact of the
    vocabulary. Whether names and values are right is found when the question is checked.
    """

    __slots__ = ("facts", "item", "kind", "options")

    def __init__(
        self, kind: str, item: str | None = None, facts: Mapping[str, Any] | None = None, **options: Any
    ) -> None:
        self.kind, self.item = kind, item
        self.facts: Mapping[str, Any] = MappingProxyType(dict(facts or {}))
        self.options: Mapping[str, Any] = MappingProxyType(
            {name.replace("_", "-"): value for name, value in options.items()}
        )

    def __repr__(self) -> str:
        stated = [f"item={self.item!r}"] if self.item else []
        stated += [f"{name.replace('-', '_')}={value!r}" for name, value in self.options.items()]
        stated += [f"facts={dict(self.facts)!r}"] if self.facts else []
        return f"{type(self).__name__}({', '.join(stated)})"


class Export(Question):
    """A question about an export: `Export(item="NVIDIA H20", to="CN", exporter="nvidia")`."""

    __slots__ = ()

    def __init__(self, item: str | None = None, facts: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(DEFAULT_QUESTION, item, facts, **options)


def check(
    question: Question,
    on: dt.date | str | None = None,
    profile: str | None = DEFAULT_PROFILE,
    layer: str = "",
    confirm: Sequence[str] = (),
) -> Answer:
    """The determination of a question on a date (today when none is given), as a date or YYYY-MM-DD.

    `profile=None` assumes nothing; `layer` chooses text, enforced, addressee or strictest as the headline.
    `confirm` are keys of list entries (or "best") that parties named in the question are taken for.
    Raises QuestionFaults with every fault of the question.
    """
    stated = (question.options, question.facts)
    return answer(Asked(question.kind, question.item, _day(on), *stated, profile, layer, tuple(confirm)))


def screen(
    name: str,
    on: dt.date | str | None = None,
    *,
    country: str = "",
    address: str = "",
    kind: str = "",
    identifiers: Mapping[str, str] | None = None,
    owners: Mapping[str, float | str | None] | Path | bytes | None = None,
    lists: Sequence[str] = (),
    threshold: float | None = None,
    limit: int = 10,
    confirm: Sequence[str] = (),
) -> Screening:
    """Screen a name against the lists as of a date (today when none is given): possible matches, never more.

    `owners` are names with their percentages ("25-50", None: unknown), or a file of ownership (CSV, FollowTheMoney).
    `lists` are codes such as entity_list, all when empty. `confirm` are keys of entries (or "best") taken for the
    party. `exit_code` of the result: 0 clear and complete, 1 a possible match or restriction, 3 undetermined.
    Raises InputFaults with every fault of the request, and LimitExceeded.
    """
    from tidewaiter.faces.screening.asking import request_of
    from tidewaiter.faces.screening.screens import screen_request

    facts = {"country": country, "address": address, "kind": kind}
    asked = request_of(name, _day(on), facts, identifiers or {}, owners, lists, threshold, limit, confirm)
    return screen_request(asked)


def compare(
    first: str | dt.date, second: str | dt.date, on: dt.date | str | None = None, layer: str = "", question: str = ""
) -> Comparison:
    """What differs between two laws: provisions, groups, and the items, countries and parties that flip.

    A side is a date, `2023-06-01/text`, a layer, `law`, an amendment of the gallery or the path of a file with one.
    `on` and `layer` serve where a side names none. Raises InputFaults with what is wrong with sides or amendment.
    """
    from tidewaiter.faces.comparing import compare as compared
    from tidewaiter.faces.sides import sides_of

    day = None if on is None else _day(on)
    return compared(*sides_of(str(first), str(second), day, layer), (question,) if question else ())


def _day(on: dt.date | str | None) -> dt.date:
    from tidewaiter.base.errors import QuestionFaults
    from tidewaiter.faces.cli.arguments import day_of

    if isinstance(on, dt.date):
        return on.date() if isinstance(on, dt.datetime) else on
    faults: list[Any] = []
    found = day_of(on if on is None else str(on), "on", faults)
    if faults:
        raise QuestionFaults(faults)
    return found


def read(text: str | bytes | Path, published: dt.date | str | None = None) -> Dossier:
    """Read an article (its text or bytes, or a Path to it): date, mentions, and what the law said of its chips.

    Raises InputFaults and LimitExceeded.
    """
    from tidewaiter.faces.articles import MAX_BYTES, read_article
    from tidewaiter.faces.cli.documents import read_bytes

    day = None if published is None else _day(published)
    if isinstance(text, Path):
        return read_article(read_bytes(str(text), MAX_BYTES), published=day, name=text.name)
    return read_article(text, published=day)


class Lawbook:
    """The shipped law: `law.provision("3a090_a")`, `law.on(date, layer)`, `law.coverage()`. Read when first used."""

    __slots__ = ()

    @property
    def digest(self) -> str:
        """The hash of the law's files."""
        return decider().law.digest

    def provision(self, name: str) -> Provision:
        """The provision of a path, term or fragment. Raises NameNotFound or AmbiguousName."""
        from tidewaiter.faces.lawbook import find_provision

        return find_provision(name)

    def on(self, day: dt.date | str, layer: str = "text") -> Program:
        """The law on a day and layer, as the engine runs it. Raises QuestionFaults for what is no day or layer."""
        from tidewaiter.base.errors import QuestionFaults
        from tidewaiter.faces.answers import layer_faults

        if faults := layer_faults(layer, decider().specification(DEFAULT_QUESTION)):
            raise QuestionFaults(faults)
        return decider().snapshots.at(_day(day), layer)

    def coverage(self) -> dict[str, Any]:
        """What is encoded, how well, and what is not: the object of `tidewaiter law coverage --json`."""
        from tidewaiter.faces.lawbook import coverage

        return coverage()

    def __repr__(self) -> str:
        return f"<law {self.digest[:12]}>"


law = Lawbook()
"""The shipped law."""
