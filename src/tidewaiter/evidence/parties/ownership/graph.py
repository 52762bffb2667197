"""Who owns what, since when and until when, by which source; and what of it holds on a day."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tidewaiter.base.errors import Fault
from tidewaiter.evidence.parties.ownership.shares import ALL, Share, Span

__all__ = ["Holder", "Holding", "Ownership", "Picture", "Stake", "faults_of", "holder_key"]

_SLACK = 0.5
"""Percent by which rounded shares may add up to more than all."""


_ROUNDING, _DIGITS = 0.05, 6


def holder_key(name: str) -> str:
    """The key under which a name stands for one holder: width, case and spaces make no difference."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@dataclass(frozen=True, slots=True)
class Holder:
    """One who owns or is owned. `country` is ISO-2 or ''."""

    key: str
    name: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Stake:
    """What one holder owns of another. Held from `since` (None: always) up to, not including, `until` (None: still)."""

    owner: str
    owned: str
    share: Share
    since: Span | None = None
    until: Span | None = None
    source: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """A stake as it stands on a day; `sure` is false where its dates leave open whether it was held that day."""

    owner: str
    owned: str
    share: Share
    sure: bool
    sources: tuple[str, ...]
    since: Span | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """The holders and holdings of one day."""

    on: dt.date
    holders: Mapping[str, Holder]
    holdings: Mapping[str, tuple[Holding, ...]]

    def owners(self, key: str) -> tuple[Holding, ...]:
        """The holdings in a holder, the largest first."""
        return self.holdings.get(key, ())

    def name(self, key: str) -> str:
        """The name of a holder."""
        return self.holders[key].name if key in self.holders else key

    def above(self, key: str) -> Mapping[str, str]:
        """All who own the holder, directly or through others, nearest first; each with the one it is reached through.

        The holder itself is never among them.
        """
        found: dict[str, str] = {}
        waiting = deque([key])
        while waiting:
            below = waiting.popleft()
            for each in self.owners(below):
                if each.owner != key and each.owner not in found:
                    found[each.owner] = below
                    waiting.append(each.owner)
        return found

    def rest(self, key: str) -> Share:
        """What the stated shares leave of a holder."""
        low, high = (sum(getattr(each.share, end) for each in self.owners(key)) for end in ("low", "high"))
        ends = (round(max(ALL - high, 0.0), _DIGITS), round(max(ALL - low, 0.0), _DIGITS))
        return Share(0.0, 0.0) if ends[1] < _ROUNDING else Share(*ends)


@dataclass(frozen=True, slots=True)
class Ownership:
    """A graph of dated stakes."""

    holders: Mapping[str, Holder] = field(default_factory=dict)
    stakes: tuple[Stake, ...] = ()

    def keys_of(self, name: str) -> tuple[str, ...]:
        """The holders that a key or a name means; several of one name are several holders."""
        key = holder_key(name)
        exact = [each for each in (name, key) if each in self.holders]
        return tuple(exact[:1]) or tuple(each.key for each in self.holders.values() if holder_key(each.name) == key)

    def on(self, day: dt.date) -> Picture:
        """What holds on a day. A stake that may have begun or ended that day counts from nothing to its share."""
        held: dict[tuple[str, str], list[Holding]] = defaultdict(list)
        for stake in self.stakes:
            state = _held(stake, day)
            if state is not None:
                held[stake.owned, stake.owner].append(_holding(stake, state))
        found: dict[str, list[Holding]] = defaultdict(list)
        for (owned, _), several in held.items():
            found[owned].append(_merged(several))
        return Picture(day, self.holders, {key: _bounded(rows) for key, rows in found.items()})

    def with_stakes(self, holders: Iterable[Holder], stakes: Iterable[Stake]) -> Ownership:
        """The graph with more holders and stakes; holders known before keep their names."""
        more = {each.key: each for each in holders}
        return Ownership({**more, **self.holders}, (*self.stakes, *stakes))


def _held(stake: Stake, day: dt.date) -> bool | None:
    """Whether a stake is held on a day: surely, perhaps (False), or not (None)."""
    since, until = stake.since, stake.until
    if (since and day < since.first) or (until and day >= until.last):
        return None
    return not ((since and day < since.last) or (until and day >= until.first))


def _holding(stake: Stake, sure: bool) -> Holding:
    share = stake.share if sure else Share(0.0, stake.share.high)
    return Holding(stake.owner, stake.owned, share, sure, (stake.source,) if stake.source else (), stake.since)


def _merged(several: list[Holding]) -> Holding:
    """Statements about one stake on one day: the sure ones first, and of those what all of them allow."""
    sure = [each for each in several if each.sure] or several
    low, high = max(each.share.low for each in sure), min(each.share.high for each in sure)
    if low > high:  # statements that do not agree: the truth lies somewhere between them
        low, high = min(each.share.low for each in sure), max(each.share.high for each in sure)
    sources = tuple(dict.fromkeys(source for each in several for source in each.sources))
    first = sure[0]
    return Holding(first.owner, first.owned, Share(low, high), first.sure, sources, first.since)


def _bounded(rows: list[Holding]) -> tuple[Holding, ...]:
    """The holdings in one company, largest first; none can be more than the others leave."""
    taken = sum(each.share.low for each in rows)
    found = []
    for each in rows:
        high = max(min(each.share.high, ALL - (taken - each.share.low)), each.share.low)
        share = Share(each.share.low, high)
        found.append(Holding(each.owner, each.owned, share, each.sure, each.sources, each.since))
    return tuple(sorted(found, key=lambda each: (-each.share.low, -each.share.high, each.owner)))


def faults_of(ownership: Ownership) -> list[Fault]:
    """What cannot be: an owner of itself, an end before the beginning, two shares at once, more than the whole."""
    faults = [fault for stake in ownership.stakes for fault in _own_faults(stake, ownership)]
    by_owned: dict[str, list[Stake]] = defaultdict(list)
    for stake in ownership.stakes:
        by_owned[stake.owned].append(stake)
    for owned, stakes in by_owned.items():
        faults += _conflicts(stakes, ownership)
        faults += _excess(owned, stakes, ownership)
    return faults


def _own_faults(stake: Stake, ownership: Ownership) -> Iterable[Fault]:
    if stake.owner == stake.owned:
        yield Fault(stake.where, f"'{_named(ownership, stake.owner)}' owns itself", "leave a company's own shares out")
    if stake.since and stake.until and stake.until.last <= stake.since.first:
        yield Fault(stake.where, f"ends on {stake.until}, begins on {stake.since}", "it ends after it begins")


def _conflicts(stakes: list[Stake], ownership: Ownership) -> Iterable[Fault]:
    """Two rows of one owner that surely hold on one day and exclude each other."""
    by_owner: dict[str, list[Stake]] = defaultdict(list)
    for stake in stakes:
        by_owner[stake.owner].append(stake)
    for several in by_owner.values():
        for index, later in enumerate(several):
            for earlier in several[:index]:
                apart = later.share.low > earlier.share.high or earlier.share.low > later.share.high
                if apart and any(_held(earlier, day) and _held(later, day) for day in _days((earlier, later))):
                    what = f"'{_named(ownership, later.owner)}' holds {later.share} % and {earlier.share} % at once"
                    yield Fault(later.where, f"{what} ({earlier.where})", "end the one before the other begins")


def _excess(owned: str, stakes: list[Stake], ownership: Ownership) -> Iterable[Fault]:
    """The first day on which what is surely held is more than the whole; found in one sweep over the days."""
    events = []
    for stake in stakes:
        begin = stake.since.last if stake.since else dt.date.min
        end = stake.until.first if stake.until else dt.date.max
        if begin < end:
            events += [(begin, 1, stake), (end, 0, stake)]
    held: dict[str, list[float]] = defaultdict(list)
    total = 0.0
    for day, begins, stake in sorted(events, key=lambda each: each[:2]):
        lows = held[stake.owner]
        total -= min(lows, default=0.0)
        (lows.append if begins else lows.remove)(stake.share.low)
        total += min(lows, default=0.0)
        if total > ALL + _SLACK:
            since = "" if day == dt.date.min else f" on {day}"
            what = f"the shares of '{_named(ownership, owned)}' add up to {total:g} %{since}"
            yield Fault(stake.where, what, "check shares and dates")
            return


def _days(stakes: Iterable[Stake]) -> list[dt.date]:
    """The days on which something surely begins, and a day for what always was."""
    days = {stake.since.last for stake in stakes if stake.since}
    ends = [stake.until.first - dt.timedelta(days=1) for stake in stakes if stake.until]
    return sorted({*days, *ends, dt.date.min + dt.timedelta(days=1)})


def _named(ownership: Ownership, key: str) -> str:
    return ownership.holders[key].name[:80] if key in ownership.holders else key[:80]
