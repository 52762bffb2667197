"""`python -m tidewaiter.library.check`: read the shipped law and print every fault with its place."""

from __future__ import annotations

import sys

from tidewaiter.base.errors import LawFaults
from tidewaiter.library.loader import load_law

__all__ = ["main"]


def main() -> int:
    """Print what was read, or every fault; exit code 2 when there is one."""
    try:
        law = load_law()
    except LawFaults as error:
        print("\n".join(str(fault) for fault in error.faults))
        print(f"{len(error.faults)} faults")
        return 2
    print(f"{len(law.provisions)} provisions, {len(law.overlays)} overlays, {len(law.groups)} groups: no faults")
    return 0


if __name__ == "__main__":
    sys.exit(main())
