"""The engine: what a rule is and what it yields. It knows no law.

Modules: `values` and `types` (what a term can be), `nodes` (the expression tree), `vocabulary` and `program`
(what an expression refers to), `parser` (text to nodes), `reference` (the meaning of the language),
and the back ends `prove`, `columns` and `solve`, each tested against `reference`.
"""

__all__: list[str] = []
