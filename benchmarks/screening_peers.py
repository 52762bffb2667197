"""The peers of the screening benchmark, on the same questions; runs in their own environment, knows no tidewaiter.

    PEERS/bin/python benchmarks/screening_peers.py JOB.json

Prints JSON: a list of measures, and of the peers that are not installed. nomenklatura keeps what it analysed by the id
of an entity: each entity here has an id of its own, or the scores would be those of other names.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

__all__ = ["main"]

LINE = 0.7
TOP = 10
RESCORED = 30
_fresh = itertools.count()

Search = Callable[[str], list[int]]
Score = Callable[[str, str, str], float]


def main(path: str) -> int:
    """Measure every peer that can be imported."""
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    found: dict[str, Any] = {"pairs": {}, "search": {}, "absent": []}
    searches: dict[str, Search] = {}
    for name, made in (("rapidfuzz, all names", _rapidfuzz), ("tantivy", _tantivy)):
        try:
            start = time.perf_counter()
            searches[name] = made(job["names"])
            cold = time.perf_counter() - start
        except ImportError as error:
            found["absent"].append(f"{name}: {error}")
            continue
        found["search"][name] = {"cold": cold, **_searched(searches[name], job, job["slips"])}
    try:
        scorers = _scorers()
    except ImportError as error:
        found["absent"].append(f"nomenklatura: {error}")
        scorers = {}
    for name, score in scorers.items():
        found["pairs"][name] = [score(q, c, schema) for q, c, schema in job["pairs"]]
        if searches:
            base, search = list(searches.items())[-1]
            rescored = _rescored(search, score, job["names"])
            measured = _searched(rescored[0], job, job["slips"][: job["few"]])
            alarms = [_alarms(rescored[1], job[kind][: job["few_clean"]]) for kind in ("people", "firms")]
            found["search"][f"{name} on {base}'s {RESCORED} best"] = {**measured, "alarms": alarms}
    print(json.dumps(found))
    return 0


def _searched(search: Search, job: dict[str, Any], slips: list[list[str]]) -> dict[str, Any]:
    for slip in slips[:20]:
        search(slip[0])
    parties, hit, times = job["parties"], 0, []
    start = time.process_time()
    for query, meant in slips:
        at = time.perf_counter()
        rows = search(query)
        times.append(time.perf_counter() - at)
        hit += bool({parties[row] for row in rows} & set(job["meant"][meant]))
    spent = time.process_time() - start
    hanzi = job["hanzi"][: len(slips)]
    reached = sum(any(job["names"][row] == meant for row in search(query)) for query, meant in hanzi)
    times.sort()
    return {
        "recall": hit / len(slips),
        "hanzi": reached / len(hanzi) if hanzi else None,
        "per_second": len(slips) / spent,
        "p50": times[len(times) // 2],
        "p99": times[int(len(times) * 0.99)],
        "asked": len(slips),
    }


# candidates ----------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in folded).split()
    return " ".join(sorted(words))


def _rapidfuzz(names: list[str]) -> Search:
    from rapidfuzz import fuzz, process

    plain = [_plain(name) for name in names]

    def search(query: str) -> list[int]:
        found = process.extract(_plain(query), plain, scorer=fuzz.ratio, limit=max(TOP, RESCORED))
        return [row for _, _, row in found]

    return lambda query: search(query)[:RESCORED]


def _tantivy(names: list[str]) -> Search:
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_text_field("name", stored=False)
    schema.add_integer_field("row", stored=True)
    built = schema.build()
    index = tantivy.Index(built)
    writer = index.writer()
    for row, name in enumerate(names):
        writer.add_document(tantivy.Document(name=_plain(name), row=row))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> list[int]:
        clauses = []
        for word in dict.fromkeys(_plain(query).split()):
            exact = tantivy.Query.term_query(built, "name", word)
            clauses.append((tantivy.Occur.Should, tantivy.Query.boost_query(exact, 2.0)))
            if len(word) > 3:
                near = tantivy.Query.fuzzy_term_query(built, "name", word, distance=1, transposition_cost_one=True)
                clauses.append((tantivy.Occur.Should, near))
        if not clauses:
            return []
        hits = searcher.search(tantivy.Query.boolean_query(clauses), RESCORED).hits
        return [searcher.doc(address)["row"][0] for _, address in hits]

    return search


# nomenklatura --------------------------------------------------------------------------------------------


def _scorers() -> dict[str, Score]:
    from followthemoney import EntityProxy
    from nomenklatura.matching.logic_v1.model import LogicV1
    from nomenklatura.matching.logic_v2.model import LogicV2

    def entity(name: str, schema: str) -> Any:
        known = {"Person": "Person", "Organization": "Organization", "Vessel": "Vessel"}.get(schema, "LegalEntity")
        return EntityProxy.from_dict({"id": f"e{next(_fresh)}", "schema": known, "properties": {"name": [name]}})

    def scorer(algorithm: Any) -> Score:
        config = algorithm.default_config()

        def score(query: str, candidate: str, schema: str) -> float:
            result = algorithm.compare(entity(query, schema), entity(candidate, schema), config)
            return float(result.score)

        return score

    return {"nomenklatura logic-v1": scorer(LogicV1), "nomenklatura logic-v2": scorer(LogicV2)}


def _rescored(search: Search, score: Score, names: list[str]) -> tuple[Search, Callable[[str], float]]:
    def ranked(query: str) -> list[tuple[float, int]]:
        return sorted(((score(query, names[row], ""), row) for row in search(query)), reverse=True)

    def best(query: str) -> float:
        return max((each for each, _ in ranked(query)), default=0.0)

    return lambda query: [row for _, row in ranked(query)[:TOP]], best


def _alarms(best: Callable[[str], float], clean: Iterable[str]) -> float:
    scores = [best(name) for name in clean]
    return 1000 * sum(score >= LINE for score in scores) / max(len(scores), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
