"""Write the compiled form of the curated table of parties beside its files: run after every change of them."""

from pathlib import Path

import tidewaiter.evidence.parties.lists as package
from tidewaiter.evidence.parties.lists.rows import read_rows
from tidewaiter.evidence.parties.lists.shipped import COMPILED, compiled

__all__ = ["main"]


def main() -> None:
    """Compile and write; faults of the files are raised."""
    data = compiled()
    (Path(package.__file__).parent / "data" / COMPILED).write_bytes(data)
    print(f"{len(read_rows(data)[1])} entries, {len(data)} bytes")


if __name__ == "__main__":
    main()
