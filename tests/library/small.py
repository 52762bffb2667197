"""A small law of a few files, to be spoilt by tests."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tidewaiter.base.errors import Fault, LawFaults
from tidewaiter.library.loader import read_law

__all__ = ["SMALL", "faults_of", "told", "with_files"]

HEAD = "source: ACT\n    confidence: high\n    checked: 2026-01-01"

SMALL: dict[str, str] = {
    "vocabulary/country.yaml": "domain: country\ncodes: [CN, HK, MO, NO, US]\n",
    "vocabulary/transaction.yaml": """subject: transaction
title: {en: Transaction, zh: 交易}
facts:
  destination: {type: code, values: country, title: {en: Destination, zh: 目的地}}
  exporter: {type: code, values: [acme, other], title: {en: Exporter, zh: 出口商}}
  weight: {type: number, unit: kg, min: 0, max: 100, title: {en: Weight, zh: 重量}}
relations:
  parties: {to: party, title: {en: Parties, zh: 当事方}}
""",
    "vocabulary/party.yaml": """subject: party
title: {en: Party, zh: 当事方}
facts:
  listed: {type: boolean, title: {en: Listed, zh: 列入清单}}
relations:
  owners: {to: party, link: stake, title: {en: Owners, zh: 所有人}}
""",
    "vocabulary/stake.yaml": """subject: stake
title: {en: Stake, zh: 持股}
facts:
  share: {type: number, min: 0, max: 100, title: {en: Share, zh: 份额}}
  change: {type: number, min: -100, max: 100, title: {en: Change, zh: 变动}}
""",
    "vocabulary/units.yaml": "units:\n  kg: {symbol: kg}\n",
    "profiles/plain.yaml": "profile: plain\ntitle: {en: Plain, zh: 普通}\n",
    "questions/export.yaml": "question: export\naddressee_fact: exporter\n",
    "instruments/acts.yaml": "- {id: ACT, title: The Act}\n- {id: ORDER, title: The Order}\n",
    "groups/near.yaml": """group: near
domain: country
title: {en: Near, zh: 近邻}
versions:
  - {from: 2022-01-01, source: ACT, confidence: high, checked: 2026-01-01, set: [CN, HK]}
  - {from: 2024-01-01, source: ACT, confidence: high, checked: 2026-01-01, add: [MO]}
""",
    "rules/heavy.yaml": f"""decides: heavy
title: {{en: Heavy, zh: 重}}
citation: section 1
versions:
  - from: 2022-01-01
    {HEAD}
    when: weight >= 50
""",
    "rules/owned.yaml": f"""decides: party.owned
title: {{en: Owned, zh: 被持有}}
citation: section 2
recursive: true
versions:
  - from: 2022-01-01
    {HEAD}
    when: sum(owners, share, where=listed or owned) >= 50
""",
    "rules/outcome.yaml": f"""decides: outcome
type: code
values: [free, license]
before: free
title: {{en: Outcome, zh: 结论}}
citation: section 3
versions:
  - from: 2022-01-01
    {HEAD}
    cases:
      - {{when: heavy and destination in near, value: license}}
      - {{otherwise: free}}
""",
}


def with_files(*changes: Mapping[str, str | None]) -> dict[str, str]:
    """The small law with files replaced, added, or (None) left out."""
    texts: dict[str, str | None] = dict(SMALL)
    for change in changes:
        texts.update(change)
    return {name: text for name, text in texts.items() if text is not None}


def faults_of(texts: Mapping[str, str]) -> tuple[Fault, ...]:
    """Every fault of a law that has some."""
    with pytest.raises(LawFaults) as caught:
        read_law(texts)
    return caught.value.faults


def told(*changes: Mapping[str, str | None]) -> str:
    """What is said of the small law with these changes."""
    return "\n".join(str(fault) for fault in faults_of(with_files(*changes)))
