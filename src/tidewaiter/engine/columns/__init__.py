"""The batch back end: a program over tables of facts, lowered to Polars expressions in three values.

It gives the reference's answers, row by row. What a table cannot hold or a column cannot show:

- a fact cannot be one of several codes; a decided code that is only known to be one of several comes out as null
  (what rests on it is still as precise as in the reference);
- recursive terms are not lowered: their columns come with the tables (`recursive_column`), and on a row of a relation
  that nobody listed, which a sum, largest or smallest of an incomplete relation asks about, they count as unknown;
- each row of a child table is an instance of its own: an instance that two rows lead to stands in the table twice;
- sums of fractions that binary numbers cannot hold may differ from the reference's in the last digit.
"""

from tidewaiter.engine.columns.evaluation import ASSUMED, evaluate
from tidewaiter.engine.columns.recursion import recursive_column
from tidewaiter.engine.columns.tables import COMPLETE, HIGH, LOW, PARENT, ROW, Related

__all__ = ["ASSUMED", "COMPLETE", "HIGH", "LOW", "PARENT", "ROW", "Related", "evaluate", "recursive_column"]
