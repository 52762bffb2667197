"""Builds the wheel and checks that all code, law and data files are inside, unchanged, and that nothing else is.

    python scripts/wheel_check.py

Exit code 0: complete; 1: something is missing, changed or too much; 2: the wheel could not be built.
Needs hatchling (in the `test` extra), and no network.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

__all__ = ["build", "copy_of_checkout", "main", "package_files", "wheel_faults"]

ROOT = Path(__file__).resolve().parents[1]
GENERATED = "tidewaiter/library/compiled_law.json"
"""What the build adds to the package: the compiled law."""
LARGEST = 25_000_000
"""Largest wheel accepted, in bytes: the core stays small."""


def copy_of_checkout(folder: Path) -> Path:
    """What a wheel is built from, copied into `folder`, so that edits made meanwhile do no harm."""
    copy = folder / "checkout"
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, copy / name)
    return copy


def package_files(checkout: Path) -> dict[str, bytes]:
    """Every file of the package by its path inside a wheel."""
    source = checkout / "src"
    files = (path for path in (source / "tidewaiter").rglob("*") if path.is_file())
    return {path.relative_to(source).as_posix(): path.read_bytes() for path in files}


def build(checkout: Path) -> Path:
    """Builds the wheel of a checkout; RuntimeError says why when that fails."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False, timeout=300)
    wheels = sorted((checkout / "dist").glob("tidewaiter-*.whl"))
    if done.returncode or not wheels:
        raise RuntimeError((done.stderr or done.stdout).strip() or "hatchling built no wheel")
    return wheels[-1]


def wheel_faults(wheel: Path, expected: dict[str, bytes]) -> list[str]:
    """What a wheel lacks, changed or has too much, one line each."""
    with zipfile.ZipFile(wheel) as archive:
        inside = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    extra = [name for name in inside if name not in expected and ".dist-info/" not in name and name != GENERATED]
    size = wheel.stat().st_size
    return [
        *(f"missing: {name}" for name in sorted({*expected, GENERATED} - inside.keys())),
        *(f"changed: {name}" for name in sorted(expected.keys() & inside.keys()) if inside[name] != expected[name]),
        *(f"not of the package: {name}" for name in sorted(extra)),
        *([f"too large: {size:,} bytes; at most {LARGEST:,}"] if size > LARGEST else []),
    ]


def main() -> int:
    """Builds, checks, reports; the exit code."""
    with tempfile.TemporaryDirectory() as scratch:
        checkout = copy_of_checkout(Path(scratch))
        try:
            wheel = build(checkout)
        except RuntimeError as error:
            print(f"the wheel could not be built: {error}", file=sys.stderr)
            return 2
        expected = package_files(checkout)
        faults = wheel_faults(wheel, expected)
        print("\n".join(faults) or f"{wheel.name}: {len(expected)} files, {wheel.stat().st_size:,} bytes")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
