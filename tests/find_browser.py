"""Find a Chromium for the tests, and install one when there is none and that is asked for.

Order: the CHROMIUM environment variable, an installed Chromium or Chrome, Debian's package, and last Playwright's own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Without the parts that draw windows, a page opens in half the time and all tests take two thirds of it.
LIGHT = "chromium-headless-shell"
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find() -> str | None:
    """Return the path of an installed browser, or None when Playwright must use its own."""
    if path := os.environ.get("CHROMIUM"):
        return path
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or (str(MAC) if MAC.exists() else None)


def install() -> None:
    """Install Debian's light Chromium where that is possible without asking; where there is then none at all, Playwright's own."""
    _apt("update")
    _apt("install", "-y", "--no-install-recommends", LIGHT)
    if not find():
        _apt("install", "-y", "--no-install-recommends", "chromium")
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=True)


def _apt(*command: str) -> None:
    """Run Debian's package manager where it is there and asks nothing. A machine without a network must not wait long for it."""
    root = [] if _is_root() else ["sudo", "-n"]
    if all(shutil.which(program) for program in (*root[:1], "apt-get")):
        patience = ["-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=20"]
        subprocess.run([*root, "apt-get", "-q", *patience, *command], check=False, stdout=subprocess.DEVNULL, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


if __name__ == "__main__":
    # Who is root and has apt-get works in a container, as continuous integration does: a package more bothers nobody there.
    if "--install" in sys.argv and (not find() or (_is_root() and find() == shutil.which("chromium"))):
        install()
    print(f"browser for the tests: {find() or 'the one of Playwright'}")
