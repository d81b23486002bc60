"""Put a finished folder in the place of another in one step, so that a reader never meets a mixture."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STALE_AFTER = 3600.0  # Seconds after which a leftover of a killed build is cleared away.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yield an empty folder beside ``folder``; on success it takes its place, on failure ``folder`` stays as it was.

    Raises whatever the body raises, and OSError when the disk refuses.
    """
    _clear_leftovers(folder)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    fresh.chmod(0o755)
    try:
        yield fresh
        _exchange(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _exchange(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
    elif not _exchange_at_once(fresh, folder):
        # Two renames: for a blink there is no folder. Only where the system can't exchange.
        old = fresh.with_name(fresh.name + "-old")
        folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def _exchange_at_once(one: Path, other: Path) -> bool:
    """Exchange two folders in one step with Linux's renameat2; tell whether that was possible."""
    if not sys.platform.startswith("linux"):
        return False
    renameat2 = getattr(ctypes.CDLL(ctypes.util.find_library("c") or None, use_errno=True), "renameat2", None)
    return bool(renameat2) and renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0


def _clear_leftovers(folder: Path) -> None:
    for leftover in folder.parent.glob(f".{folder.name}-*"):
        try:
            stale = time.time() - leftover.stat().st_mtime > _STALE_AFTER
        except OSError:
            continue  # Another build has just cleared it.
        if stale:
            shutil.rmtree(leftover, ignore_errors=True)
