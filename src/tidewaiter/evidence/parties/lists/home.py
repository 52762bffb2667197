"""Where tidewaiter keeps a user's files, and how it writes them: aside, to the disk, then in one step into place."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tidewaiter.base.errors import Fault
from tidewaiter.evidence.parties.lists.drafts import ListFault

__all__ = ["locked", "user_folder", "write_whole"]

_VARIABLE = "TIDEWAITER_HOME"


def user_folder() -> Path:
    """The user's folder: $TIDEWAITER_HOME, else the platform's usual place for data. It need not exist."""
    if given := os.environ.get(_VARIABLE):
        return Path(given).expanduser()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "tidewaiter"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "tidewaiter"
    return Path(os.environ.get("XDG_DATA_HOME", "") or Path.home() / ".local" / "share") / "tidewaiter"


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all; what stood there stays until then.

    Raises ListFault when it cannot be written: a full disk, no permission.
    """
    aside = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".aside-", delete=False) as file:
            aside = file.name
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except OSError as error:
        if aside:
            Path(aside).unlink(missing_ok=True)
        raise _unwritten(path, error) from None


def _unwritten(path: Path, error: OSError) -> ListFault:
    reason = (error.strerror or str(error)).lower()
    return ListFault([Fault(str(path), f"cannot be written: {reason}", "what was stored before is still in use")])


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for writing. Raises ListFault when another run holds it, or when it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / ".lock").open("a+b")
    except OSError as error:
        raise _unwritten(folder, error) from None
    with file:
        if not _taken(file):
            raise ListFault([Fault(str(folder), "another import is running", "wait for it, then run this again")])
        yield


def _taken(file: IO[bytes]) -> bool:
    """Take the lock of a file without waiting; it falls with the process, also when that is killed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
