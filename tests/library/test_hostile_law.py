"""Whatever stands in a law file, the answer is law or faults, never a crash."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.library.small import SMALL

from tidewaiter.base.errors import TidewaiterError
from tidewaiter.base.yaml import load_yaml
from tidewaiter.library.loader import read_law
from tidewaiter.library.snapshots import Snapshots

OVERLAY = """overlay: posture
layer: enforced
title: {en: Posture, zh: 姿态}
source: ACT
confidence: high
checked: 2026-01-01
from: 2023-01-01
binds: acme
replaces: {heavy: {when: weight >= 60}}
adds: {party.owned: {when: listed}}
"""
TABLE = """table: treated_as
domain: country
title: Treated
versions: [{from: 2022-01-01, source: ACT, confidence: high, checked: 2026-01-01, map: {HK: CN}}]
"""
TEXTS = {**SMALL, "overlays/posture.yaml": OVERLAY, "groups/treated_as.yaml": TABLE}
JUNK: list[Any] = [None, True, 0, -1.5, "", "x", "heavy", "near", [], ["x"], [1, [2]], {}, {"x": 1}, {"en": 1}]
JUNK += [dt.date(2023, 1, 1), "2023-01-01", [{}], [None], {"from": 3}, "sum(owners, share)", "1 / 0", [{"from": "x"}]]


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value of a document."""
    found = [path] if path else []
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in entries:
        found += paths(part, (*path, key))
    return found


def spoil(value: Any, path: tuple[Any, ...], junk: Any, how: str) -> None:
    """Replace, drop or rename what stands at a path."""
    for key in path[:-1]:
        value = value[key]
    if how == "drop":
        del value[path[-1]]
    elif how == "rename" and isinstance(value, dict):
        value[str(junk)] = value.pop(path[-1])
    else:
        value[path[-1]] = junk


@given(st.sampled_from(sorted(TEXTS)), st.data())
@settings(max_examples=300)
def test_junk_anywhere(name: str, data: st.DataObject) -> None:
    document = load_yaml(TEXTS[name], name)
    path = data.draw(st.sampled_from(paths(document)))
    spoil(document, path, data.draw(st.sampled_from(JUNK)), data.draw(st.sampled_from(("put", "drop", "rename"))))
    text = yaml.safe_dump(document, allow_unicode=True)
    read_and_use({**TEXTS, name: text})


@given(st.sampled_from(sorted(TEXTS)), st.sampled_from(JUNK))
@settings(max_examples=100)
def test_whole_files_of_junk(name: str, junk: Any) -> None:
    read_and_use({**TEXTS, name: yaml.safe_dump(junk)})


def read_and_use(texts: dict[str, str]) -> None:
    with contextlib.suppress(TidewaiterError):
        use(Snapshots(read_law(texts)))


def use(snapshots: Snapshots) -> None:
    for layer in ("text", "enforced", "addressee"):
        for day in (dt.date(2021, 1, 1), dt.date(2023, 6, 1), dt.date(2026, 1, 1)):
            assert snapshots.at(day, layer).order is not None
