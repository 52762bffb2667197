"""Screening in tables: on distinct names, as columns; only what was confirmed becomes a fact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from tidewaiter.faces.composition import DEFAULT_PROFILE
from tidewaiter.faces.tables import setting
from tidewaiter.tables.frames import answered_frame
from tidewaiter.tables.mapping import Wishes
from tidewaiter.tables.setting import Screened


class _Lists:
    """Screening that knows one listed name, one look-alike, and counts what it was asked."""

    digest = "lists"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def screen(self, names: Sequence[str], on: dt.date | None) -> list[Screened]:
        self.asked += names
        known = {
            "Acme": Screened("possible match", 1, "ACME CO", 97.0),
            "Zeta": Screened("confirmed", 1, "ZETA", 100.0, {"on_entity_list": True}),
        }
        return [known.get(name, Screened("no possible match")) for name in names]


def test_hits_stand_beside_and_only_confirmed_ones_count() -> None:
    lists = _Lists()
    frame = pl.DataFrame({"to": ["DE"] * 6, "end_user": ["Acme", "Zeta", "Acme", "Foo", None, "Zeta"]})
    wishes = Wishes(day=dt.date(2025, 5, 1), constant_item="RTX 4090", screen=("end_user",))
    found = answered_frame(frame, "export", wishes, replace(setting(), screening=lists), DEFAULT_PROFILE)
    assert sorted(lists.asked) == ["Acme", "Foo", "Zeta"]
    assert found["tw_end_user_hits"].to_list() == [1, 1, 1, 0, None, 1]
    assert found["tw_end_user_status"][0] == "possible match"
    without = answered_frame(frame, "export", replace(wishes, screen=()), setting(), DEFAULT_PROFILE)
    same = found["tw_outcome"].cast(pl.String) == without["tw_outcome"].cast(pl.String)
    assert same.to_list() == [True, False, True, True, True, False]
    assert found["tw_outcome"][1] == "license_required"
