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
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows.
    fcntl = None  # type: ignore[assignment]

_YOUNG = 10.0  # Seconds in which a folder may have no lock yet.
_STALE_AFTER = 3600.0  # Seconds after which a leftover is cleared away where nothing can tell whether a build still works in it.
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
    lock = _lock(fresh)
    try:
        yield fresh
        _exchange(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def write(file: Path, text: str) -> None:
    """Write a text file in one step: whoever reads it, finds the old text or the new. Raises OSError when the disk refuses."""
    fresh = file.with_name(f".{file.name}-{os.getpid()}")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def _lock(folder: Path) -> int | None:
    """Lock a folder for as long as this process lives; return what to close, or None when another has it or nothing here can lock."""
    if fcntl is None:
        return None
    opened = None
    try:
        opened = os.open(folder, os.O_RDONLY)
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        if opened is not None:
            os.close(opened)
        return None
    return opened


def _exchange(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        with suppress(OSError):  # Another build may be the first after all.
            fresh.rename(folder)
            return
    if not _exchange_at_once(fresh, folder):
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
            age = time.time() - leftover.stat().st_mtime
        except OSError:
            continue  # Another build has just cleared it.
        lock = _lock(leftover) if age > _YOUNG else None
        if lock is not None or age > _STALE_AFTER:
            shutil.rmtree(leftover, ignore_errors=True)
        if lock is not None:
            os.close(lock)
