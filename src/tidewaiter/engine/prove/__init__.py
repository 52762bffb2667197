"""The `prove` back end: one case, decided fast, with the proof as it was found.

`Prover` compiles a program into closures once; `Run` decides terms of one case. A proof is a nested tuple
`(value, what, parts)`: `what` is the node, definition or fact decided; see `tidewaiter.engine.prove.run`.
"""

from tidewaiter.engine.prove.compiler import Prover
from tidewaiter.engine.prove.routes import Literal, Route, missing, route
from tidewaiter.engine.prove.run import ASSUMED, GIVEN, MISSING, Extent, Frame, Proof, Run

__all__ = [
    "ASSUMED",
    "GIVEN",
    "MISSING",
    "Extent",
    "Frame",
    "Literal",
    "Proof",
    "Prover",
    "Route",
    "Run",
    "missing",
    "route",
]
