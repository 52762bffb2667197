"""The solver back end: questions about all facts at once, answered by Z3 within stated bounds.

`overlap` and `gap` of cases, `first_holds` (can a case ever be the one that is chosen?), `can_hold`, `can_be`, and
`equivalent` of two programs. Every example found is turned into plain facts and checked by the reference evaluator; an
answer that the solver does not reach in time is "undecided", never a guess. Z3 is loaded with the first question.
"""

from tidewaiter.engine.solve.answers import Answer, Bounds, Witness
from tidewaiter.engine.solve.questions import can_be, can_hold, equivalent, first_holds, gap, inquire, overlap

__all__ = [
    "Answer",
    "Bounds",
    "Witness",
    "can_be",
    "can_hold",
    "equivalent",
    "first_holds",
    "gap",
    "inquire",
    "overlap",
]
