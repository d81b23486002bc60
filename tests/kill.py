"""Kill builds, fill the disk and build twice at once, and tell whether the site was ever anything but whole.

Usage: python tests/kill.py [--kills N] [--seed N]      (default: 50 kills)

A small repository alternates between two texts. Each build is killed with all its processes at a random moment; then the site must
be, file for file, the one of before or the one that was being built. The disk is a small one in memory, which takes root on Linux.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conftest import TIPWIJZER, run
from repository import Repository

TEXTS = ("De eerste tekst van deze tip.", "De tweede tekst, die langer is dan de eerste.")


def fingerprint(folder: Path) -> dict[str, str]:
    """Return every file of a folder with a hash of its content."""
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.rglob("*")) if file.is_file()}


def leftovers(root: Path) -> list[Path]:
    """Return the folders of builds that did not end."""
    return list(root.glob(".site-*"))


def write(repository: Repository, text: str) -> None:
    """Write the tips with a text, which stands on many pages."""
    for number in (1, 12, 62):
        repository.tip(number, summary=text)


def start(root: Path) -> subprocess.Popen[bytes]:
    """Start a build in a process group of its own."""
    return subprocess.Popen([TIPWIJZER, "build"], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def kill_builds(root: Path, kills: int, chance: random.Random) -> list[str]:
    """Kill builds at random moments, print what was found, and return what was wrong."""
    repository = Repository(root)
    repository.can_build()
    sites = []
    for text in TEXTS:
        write(repository, text)
        began = time.monotonic()
        result = run("build", cwd=root)
        assert result.returncode == 0, result.stdout + result.stderr
        seconds = time.monotonic() - began
        sites.append(fingerprint(root / "site"))
    old, wrong = 1, []
    found = {"before": 0, "after": 0, "ended": 0}
    most_left = 0
    for number in range(kills):
        write(repository, TEXTS[1 - old])
        process = start(root)
        moment = chance.uniform(0, seconds * 1.1)
        time.sleep(moment)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            seconds *= 1.03  # Or a machine that gets busier would have no kills near the end.
        else:
            found["ended"] += 1
            seconds = min(seconds, moment)
        now = fingerprint(root / "site") if (root / "site").is_dir() else {}
        most_left = max(most_left, len(leftovers(root)))
        if now not in sites:
            wrong.append(f"kill {number} after {moment:.2f} s: the site is a mixture, or gone")
            break
        found["after" if sites.index(now) != old else "before"] += 1
        old = sites.index(now)
    for leftover in leftovers(root):
        os.utime(leftover, (time.time() - 60,) * 2)
    result = run("build", cwd=root)
    if result.returncode or leftovers(root):
        wrong.append(f"the next build answers {result.returncode} and leaves {len(leftovers(root))} folders: {result.stderr}")
    print(f"killed {kills} builds: old site {found['before']} times, new site {found['after']} times, of which {found['ended']} had ended")
    print(f"left: at most {most_left} folders, cleared by the next build")
    return wrong


def two_at_once(root: Path, times: int) -> list[str]:
    """Start two builds at once, some without an earlier site, and return what was wrong."""
    wrong = []
    expected = fingerprint(root / "site")
    for number in range(times):
        if number % 2:
            shutil.rmtree(root / "site")
        codes = [process.wait() for process in [start(root), start(root)]]
        if codes != [0, 0] or fingerprint(root / "site") != expected or leftovers(root):
            wrong.append(f"two builds at once answer {codes}, and {len(leftovers(root))} folders are left")
    print(f"built twice at once {times} times, half of them without an earlier site")
    return wrong


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path | None]:
    """Yield a folder on a disk of its own, of a size in bytes, or None where that can't be."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    mounted = bool(shutil.which("mount")) and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", folder], check=True)


def full_disk(root: Path, disk: Path) -> list[str]:
    """Build on a disk without room for a second site, and return what was wrong."""
    repository = Repository(disk / "tipwijzer")
    repository.can_build()
    write(repository, TEXTS[0])
    shutil.copytree(root / "site", repository.root / "site")
    before = fingerprint(repository.root / "site")
    result = run("build", cwd=repository.root)
    print(f"full disk: {result.stderr.strip()}")
    whole = fingerprint(repository.root / "site") == before and not leftovers(repository.root)
    if result.returncode != 1 or "de schijf is vol" not in result.stderr or "Traceback" in result.stderr or not whole:
        return [f"a full disk: answers {result.returncode}, the old site is {'whole' if whole else 'harmed'}: {result.stderr}"]
    return []


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "tipwijzer"
        wrong = kill_builds(root, given.kills, random.Random(given.seed))
        wrong += two_at_once(root, 6)
        size = sum(-(-file.stat().st_size // 4096) * 4096 for file in root.rglob("*") if file.is_file())
        with small_disk(Path(folder) / "schijf", size * 3 // 2) as disk:
            if disk:
                wrong += full_disk(root, disk)
            else:
                print("full disk: skipped, for a small disk can't be made here")
    print("\n".join(wrong) or "always whole")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
