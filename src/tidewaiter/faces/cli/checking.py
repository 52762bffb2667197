"""`tidewaiter check`: questions from arguments or a document, answers in order, the worst exit code."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import Any

from tidewaiter.base.errors import Fault, InputFaults
from tidewaiter.faces.answers import Answer
from tidewaiter.faces.asking import DEFAULT_QUESTION, Asked, answer
from tidewaiter.faces.cli.arguments import day_of, read_arguments
from tidewaiter.faces.cli.running import Screen, worst
from tidewaiter.faces.composition import DEFAULT_PROFILE, decider
from tidewaiter.faces.pages.blocks import Block, Panel

__all__ = ["Request", "check", "check_question"]

_OPEN_EXIT, _FEW = 3, 6
_FIXED = (
    "question",
    "item",
    "on",
    "profile",
    "strict",
    "layer",
    "proof",
    "fact",
    "json",
    "lang",
    "no-ask",
    "confirm-listing",
)


@dataclass(frozen=True, slots=True)
class Request:
    """The fixed options of a question as text, and the free arguments."""

    words: tuple[str, ...]
    question: str
    item: str | None
    on: str | None
    profile: str | None
    strict: bool
    layer: str
    facts: tuple[str, ...]
    confirm: tuple[str, ...] = ()


def check(request: Request, screen: Screen, *, proof: bool, ask: bool) -> int:
    """Answer the request; returns the exit code. Raises QuestionFaults with every fault of every question."""
    asked, several = _asked(request, screen)
    found = []
    for index, each in enumerate(asked):
        result = _answered(each, f"questions[{index}]." if several else "", screen)
        found += [result] if result else []
    screen.stop()
    if ask and len(found) == 1 and found[0].exit_code == _OPEN_EXIT and _is_talking(screen):
        settled = _talk(found[0], asked[0], screen)
        if settled is found[0] and not proof:
            return settled.exit_code
        found = [settled]
    code = worst(each.exit_code for each in found)
    screen.show(lambda: _data(found, several, code, proof), lambda: _pages(found, screen, proof))
    return code


def _answered(asked: Asked, where: str, screen: Screen) -> Answer | None:
    try:
        return answer(asked)
    except InputFaults as error:
        screen.faults += [Fault(f"{where}{fault.where}", fault.what, fault.remedy) for fault in error.faults]
        return None


def _asked(request: Request, screen: Screen) -> tuple[list[Asked], bool]:
    """The questions to answer, and whether a document held a list of them."""
    base, places = check_question(request, screen)
    if len(places) > 1:
        many = f"{len(places)} documents: {', '.join(places)}"
        screen.faults.append(Fault("arguments", f"{many:.120}", "name one; an item goes with --item"))
        return [], False
    if not places:
        if not base.item and not base.options:
            screen.faults.append(Fault("question", "nothing was asked", _remedy(request.question)))
        return ([base] if base.item or base.options else []), False
    from tidewaiter.faces.cli.documents import read_document

    read = screen.gather(lambda: read_document(places[0], base))
    if read is None:
        return [], False
    questions, faults, several = read
    screen.faults += faults
    return [_over(each, request, base) for each in questions], several


def _remedy(question: str) -> str:
    """What to state: a chip and a country, or the first options of another question."""
    if question == DEFAULT_QUESTION:
        return "--item NAME --to COUNTRY, or a document; see: tidewaiter check --help"
    names = list(decider().specification(question).options)
    return f"state at least one fact: --{', --'.join(names[:_FEW])} …; {len(names)} options in all, or a document"


def check_question(request: Request, screen: Screen) -> tuple[Asked, list[str]]:
    """The question of the arguments alone, and the documents named; faults are noted on the screen."""
    known = screen.gather(lambda: decider().specification(request.question))
    if known is None:
        screen.stop()
    free = read_arguments(request.words, request.facts, request.question, _FIXED)
    screen.faults += free.faults
    profile = None if request.strict or request.profile == "none" else request.profile or DEFAULT_PROFILE
    if request.strict and request.profile not in (None, "none"):
        screen.faults.append(Fault("--strict", "stands beside --profile", "keep one of the two"))
    on = day_of(request.on, "--on", screen.faults)
    base = Asked(request.question, request.item, on, free.options, {}, profile, request.layer, request.confirm)
    return base, free.places


def _over(asked: Asked, request: Request, base: Asked) -> Asked:
    """A question of a document, with what the command line says instead."""
    changes: dict[str, Any] = {}
    if request.on is not None:
        changes["on"] = base.on
    if request.item is not None:
        changes["item"] = request.item
    if request.layer:
        changes["layer"] = request.layer
    if request.profile is not None or request.strict:
        changes["profile"] = base.profile
    return replace(asked, **changes)


def _is_talking(screen: Screen) -> bool:
    return not screen.as_json and sys.stdin.isatty() and sys.stdout.isatty()


def _talk(found: Answer, asked: Asked, screen: Screen) -> Answer:
    from tidewaiter.faces.cli.interview import interview
    from tidewaiter.faces.cli.terminal import print_page

    print_page(_pages([found], screen, proof=False))
    print(f"\n{screen.words('Some facts decide. Press Enter where you do not know; Ctrl-D stops.')}")
    return interview(found, asked, answer, screen.words)


def _data(found: list[Answer], several: bool, code: int, proof: bool) -> Any:
    data = [each.to_json(proof=proof) for each in found]
    return {"schema_version": 1, "exit_code": code, "determinations": data} if several else data[0]


def _pages(found: list[Answer], screen: Screen, proof: bool) -> list[Block]:
    from tidewaiter.faces.pages.determination import answer_page

    blocks: list[Block] = []
    for index, each in enumerate(found):
        if len(found) > 1:
            blocks.append(Panel(f"[{index + 1}/{len(found)}]", ()))
        blocks += answer_page(each, screen.words, full=proof)
    return blocks
