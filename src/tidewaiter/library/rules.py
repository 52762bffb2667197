"""Rules as the lines that a reader sees."""

from __future__ import annotations

from tidewaiter.library.model import Rule

__all__ = ["rule_lines"]


def rule_lines(rule: Rule) -> tuple[str, ...]:
    """The text of a rule, one line each part."""
    lines = []
    if rule.value is not None:
        lines.append(f"{'presumed: ' if rule.presumption else ''}{rule.value.text}")
    for branch in rule.branches:
        lines.append(f"{branch.value.text}  if {branch.when.text}" if branch.when else f"otherwise {branch.value.text}")
    for word, parts in (
        ("rebutted by", rule.rebutted_by),
        ("unless", rule.unless),
        ("requires", rule.requires),
        ("notwithstanding", rule.notwithstanding),
    ):
        lines += [f"{word} {part.text}" for part in parts]
    return tuple(lines)
