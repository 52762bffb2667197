"""Checks over the whole law: cycles, recursion, sources, layers, groups that follow each other in a ring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tidewaiter.base.errors import Fault
from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import references
from tidewaiter.engine.sets import group_names
from tidewaiter.engine.syntax import nearest
from tidewaiter.engine.types import BOOLEAN
from tidewaiter.engine.values import Interval
from tidewaiter.engine.vocabulary import Fact, SameAs, Vocabulary
from tidewaiter.library.addressees import unbound
from tidewaiter.library.model import Law, Rule, Source, Version, rule_nodes

__all__ = ["check_law", "reached_terms"]


def check_law(law: Law) -> list[Fault]:
    """Every fault that shows only when all files are seen together."""
    checks = (_cycles, _recursion, _sources, _group_rings, _assumptions, _relations, unbound)
    return [fault for check in checks for fault in check(law)]


def _rules(version: Version) -> list[Rule]:
    return [version.rule, *(reading.rule for reading in version.readings)]


def _changes(law: Law) -> Iterator[tuple[str, str, Version]]:
    """(file, term, version) of every provision version and overlay change."""
    for provision in law.provisions.values():
        yield from ((provision.name, provision.term, version) for version in provision.versions)
    for overlay in law.overlays:
        for changed in (overlay.replaces, overlay.adds):
            yield from ((overlay.name, term, version) for term, version in changed.items())


def _edges(law: Law) -> dict[str, set[str]]:
    edges: dict[str, set[str]] = {term: set() for term in law.provisions}
    for _, term, version in _changes(law):
        for rule in _rules(version):
            for node in rule_nodes(rule):
                edges[term].update(other for other in references(node) if other in edges)
    return edges


def _components(edges: Mapping[str, set[str]]) -> list[list[str]]:
    """Strongly connected components with a cycle in them (Tarjan, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []
    for start in edges:
        work = [(start, iter(sorted(edges[start])))] if start not in index else []
        while work:
            node, successors = work[-1]
            if node not in index:
                index[node] = low[node] = len(index)
                stack.append(node)
            for other in successors:
                if other not in index:
                    work.append((other, iter(sorted(edges[other]))))
                    break
                if other in stack:
                    low[node] = min(low[node], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    cut = stack.index(node)
                    component, stack[cut:] = stack[cut:], []
                    if len(component) > 1 or node in edges[node]:
                        found.append(component)
    return found


def _cycles(law: Law) -> Iterator[Fault]:
    for component in _components(_edges(law)):
        plain = [term for term in component if not law.provisions[term].recursive]
        for term in plain:
            ring = " → ".join([*component, component[0]])
            remedy = "break the ring, or mark monotone truths over relations recursive: true"
            yield Fault(f"{law.provisions[term].name}.yaml", f"'{term}' rests on itself: {ring}", remedy)


def _recursion(law: Law) -> Iterator[Fault]:
    recursive = {term for term, provision in law.provisions.items() if provision.recursive}
    for term in sorted(recursive):
        if law.provisions[term].type != BOOLEAN:
            yield Fault(
                f"{law.provisions[term].name}.yaml", f"'{term}' is recursive and no boolean", "only truths may be"
            )
    for name, term, version in _changes(law):
        for rule in _rules(version) if term in recursive else ():
            if _shrinks(rule, recursive, law):
                remedy = "no 'not', '<', unless or cases around it, no sum of what may be negative"
                yield Fault(f"{name}.yaml", f"'{term}' is not monotone in a recursive term", remedy)


def _shrinks(rule: Rule, recursive: set[str], law: Law) -> bool:
    """Whether more of a recursive term could make the rule less true."""
    branches = [part for branch in rule.branches for part in (branch.when, branch.value) if part is not None]
    barred = [part.node for part in (*rule.unless, *rule.rebutted_by, *branches)]
    nodes = [node for node in rule_nodes(rule) if node not in barred]
    return (
        any(_holds(node, recursive) for node in barred)
        or any(_negative(node, recursive, True) for node in nodes)
        or any(_may_fall(part, recursive, law) for node in nodes for part in n.walk(node))
    )


def _may_fall(node: n.Node, recursive: set[str], law: Law) -> bool:
    """Whether a node sums what may be negative over rows that a recursive term selects."""
    if not isinstance(node, n.Fold) or node.how != "sum" or node.where is None or not _holds(node.where, recursive):
        return False
    fact = law.vocabulary.facts.get(node.value.term) if isinstance(node.value, n.Ref) else None
    constant = isinstance(node.value, n.Const) and isinstance(node.value.value, float) and node.value.value >= 0
    return not constant and (fact is None or fact.low < 0)


def _negative(node: n.Node, recursive: set[str], positive: bool) -> bool:
    """Whether a recursive term stands where more of it could make the whole less true."""
    if not _holds(node, recursive):
        return False
    match node:
        case n.Ref():
            return not positive
        case n.And(args=args) | n.Or(args=args):
            return any(_negative(arg, recursive, positive) for arg in args)
        case n.Any(body=body) | n.All(body=body):
            return _negative(body, recursive, positive)
        case n.Not(arg=arg):
            return _negative(arg, recursive, not positive)
        case n.Compare(op=">=" | ">", left=n.Count(body=body), right=right):
            return _holds(right, recursive) or _negative(body, recursive, positive)
        case n.Compare(op=">=" | ">", left=n.Fold(how="sum" | "max") as fold, right=right):
            fixed = [part for part in (fold.value, fold.per, right) if part is not None]
            if any(_holds(part, recursive) for part in fixed):
                return True
            return fold.where is not None and _negative(fold.where, recursive, positive)
    return True


def _holds(node: n.Node, recursive: set[str]) -> bool:
    """Whether a recursive term stands anywhere in a node."""
    return bool(set(references(node)) & recursive)


def _sources(law: Law) -> Iterator[Fault]:
    for name, source in _all_sources(law):
        for key in source.instruments:
            if key not in law.instruments:
                remedy = nearest(key, law.instruments) or "declare it in law/instruments"
                yield Fault(f"{name}.yaml", f"source '{key}' is no instrument", remedy)


def _all_sources(law: Law) -> Iterator[tuple[str, Source]]:
    for name, _, version in _changes(law):
        yield name, version.source
    for group in (*law.groups.values(), *law.tables.values()):
        yield from ((group.name, version.source) for version in group.versions)


def _group_rings(law: Law) -> Iterator[Fault]:
    edges = {
        key: {name for name in group_names(group.value) if name in law.groups} if group.value else set()
        for key, group in law.groups.items()
    }
    for component in _components(edges):
        yield Fault(f"{law.groups[component[0]].name}.yaml", f"groups follow each other: {' → '.join(component)}")


def _assumptions(law: Law) -> Iterator[Fault]:
    for fact in law.vocabulary.facts.values():
        for profile, value in fact.assume.items():
            if profile not in law.profiles:
                yield Fault("vocabulary", f"'{fact.term}' is assumed under '{profile}', which is no profile")
            if isinstance(value, SameAs):
                yield from _copied(fact, value, profile, law.vocabulary)
            elif fact.type.kind == "code" and isinstance(value, str):
                codes = law.vocabulary.domains[fact.type.domain].codes
                if value not in codes:
                    yield Fault("vocabulary", f"'{fact.term}' is assumed '{value}'", nearest(value, codes))
            elif not _assumable(fact, value):
                yield Fault("vocabulary", f"'{fact.term}' is assumed {value!r}", f"a {fact.type.kind} is wanted")


def _assumable(fact: Fact, value: object) -> bool:
    match fact.type.kind:
        case "boolean":
            return isinstance(value, bool)
        case "number" | "date":
            return isinstance(value, Interval) or (isinstance(value, (int, float)) and not isinstance(value, bool))
    return isinstance(value, str)


def _copied(fact: Fact, same: SameAs, profile: str, vocabulary: Vocabulary) -> Iterator[Fault]:
    """An assumption that copies another fact: one of its kind, and not, by way of others, itself."""
    seen = [fact.term]
    while isinstance(same, SameAs):
        other = vocabulary.facts.get(same.term)
        if other is None:
            yield Fault("vocabulary", f"'{seen[-1]}' is assumed to equal '{same.term}', which is no fact")
            return
        if other.type.kind != fact.type.kind:
            yield Fault("vocabulary", f"'{seen[-1]}' is assumed to equal '{same.term}', a {other.type.kind}")
            return
        if same.term in seen:
            ring = " → ".join([*seen, same.term])
            yield Fault("vocabulary", f"'{fact.term}' is assumed to equal itself: {ring}", "break the ring")
            return
        seen.append(same.term)
        same = other.assume.get(profile)  # type: ignore[assignment]


def _relations(law: Law) -> Iterator[Fault]:
    subjects = law.vocabulary.subjects
    for relation in law.vocabulary.relations.values():
        for subject in filter(None, (relation.to, relation.link)):
            if subject not in subjects:
                yield Fault("vocabulary", f"'{relation.term}' leads to '{subject}', which is no subject")


def reached_terms(law: Law, roots: Iterable[str]) -> frozenset[str]:
    """The decided terms that the root terms rest on, on any date and layer, themselves included."""
    edges = _edges(law)
    seen: set[str] = set()
    waiting = [root for root in roots if root in edges]
    while waiting:
        term = waiting.pop()
        if term not in seen:
            seen.add(term)
            waiting += edges[term]
    return frozenset(seen)
