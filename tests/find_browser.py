"""Find a Chromium for the tests, and install one when there is none and that is asked for.

Order: the CHROMIUM environment variable, an installed Chromium or Chrome, Debian's package, and last Playwright's own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find() -> str | None:
    """Return the path of an installed browser, or None when Playwright must use its own."""
    if path := os.environ.get("CHROMIUM"):
        return path
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or (str(MAC) if MAC.exists() else None)


def install() -> None:
    """Install Debian's Chromium where that is possible without asking, or else Playwright's own."""
    if shutil.which("apt-get"):
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            try:
                subprocess.run([*root, "apt-get", "-q", *command], check=False, **quiet)
            except OSError:
                break
        if find():
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=True)


if __name__ == "__main__":
    if "--install" in sys.argv and not find():
        install()
    print(f"browser for the tests: {find() or 'the one of Playwright'}")
