"""Checks over the whole law: cycles, recursion, sources, layers, groups that follow each other in a ring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tidewaiter.base.errors import Fault
from tidewaiter.engine import nodes as n
from tidewaiter.engine.program import references
from tidewaiter.engine.sets import group_names
from tidewaiter.engine.syntax import nearest
from tidewaiter.engine.vocabulary import SameAs
from tidewaiter.library.model import Law, Provision, Rule, Source, Version, rule_nodes

__all__ = ["check_law", "unused_terms"]


def check_law(law: Law) -> list[Fault]:
    """Every fault that shows only when all files are seen together."""
    return [*_cycles(law), *_recursion(law), *_sources(law), *_group_rings(law), *_assumptions(law), *_relations(law)]


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
    for name, term, version in _changes(law):
        if term not in recursive:
            continue
        for rule in _rules(version):
            parts = [*rule_nodes(rule)]
            negated = [part.node for part in (*rule.unless, *rule.rebutted_by)]
            if any(_negative(node, recursive, True) for node in parts if node not in negated) or any(
                set(references(node)) & recursive for node in negated
            ):
                yield Fault(
                    f"{name}.yaml", f"'{term}' is not monotone in a recursive term", "no 'not', '<' or unless around it"
                )


def _negative(node: n.Node, recursive: set[str], positive: bool) -> bool:
    """Whether a recursive term stands where more of it could make the whole less true."""
    if not set(references(node)) & recursive:
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
        case n.Compare(op=">=" | ">", left=n.Count() | n.Fold(how="sum" | "max") as left, right=right):
            inner = left.body if isinstance(left, n.Count) else left.where
            return bool(set(references(right)) & recursive) or (
                inner is not None and _negative(inner, recursive, positive)
            )
    return True


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
            if isinstance(value, SameAs) and value.term not in law.vocabulary.facts:
                yield Fault("vocabulary", f"'{fact.term}' is assumed to equal '{value.term}', which is no fact")
            if fact.type.kind == "code" and isinstance(value, str):
                codes = law.vocabulary.domains[fact.type.domain].codes
                if value not in codes:
                    yield Fault("vocabulary", f"'{fact.term}' is assumed '{value}'", nearest(value, codes))


def _relations(law: Law) -> Iterator[Fault]:
    subjects = law.vocabulary.subjects
    for relation in law.vocabulary.relations.values():
        for subject in filter(None, (relation.to, relation.link)):
            if subject not in subjects:
                yield Fault("vocabulary", f"'{relation.term}' leads to '{subject}', which is no subject")


def unused_terms(law: Law, roots: list[str]) -> list[Provision]:
    """Provisions that no root term rests on: encoded, but without effect on any question."""
    edges = _edges(law)
    seen: set[str] = set()
    waiting = [root for root in roots if root in edges]
    while waiting:
        term = waiting.pop()
        if term not in seen:
            seen.add(term)
            waiting += edges[term]
    return [provision for term, provision in law.provisions.items() if term not in seen]
