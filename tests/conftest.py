"""Fixtures that several test modules share: the real site, built once, a server for it, and a browser."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from filelock import FileLock
from find_browser import find
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

ROOT = Path(__file__).parent.parent
TIPWIJZER = Path(sys.executable).with_name("tipwijzer")
# The tips on the real site, as editors wrote them, by number.
TIPS = {tip["number"]: tip for tip in (yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader) for file in sorted((ROOT / "tips").glob("[0-9]*.yml"))) if tip.get("status", "actueel") == "actueel"}
# Chromium tries to reach its maker's hosts and, as root, refuses its own sandbox.
BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


# A busy machine may need long; who waits in vain fails all the same.
expect.set_options(timeout=20_000)


def run(*arguments: str, cwd: Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the command ``tipwijzer`` in a folder and return what it said."""
    return subprocess.run([TIPWIJZER, *arguments], cwd=cwd, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload,no-any-return]


def copy_repository(folder: Path) -> Path:
    """Copy what a build needs of the real repository into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("tips", "content", "generator"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


@contextmanager
def serving(folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve a folder on loopback, with headers for every answer, and yield its address, ending in a slash."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            super().end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass  # A browser that closes a page in the middle of an answer.

    server = Server(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real repository with its site built, once for all workers: the first builds, the others wait for it."""
    shared = tmp_path_factory.getbasetemp().parent if os.environ.get("PYTEST_XDIST_WORKER") else tmp_path_factory.getbasetemp()
    with FileLock(shared / "echt.lock"):
        folder = shared / "echt" / "tipwijzer"
        if not (folder / "site").exists():
            result = run("build", cwd=copy_repository(folder))
            assert result.returncode == 0, result.stdout + result.stderr
    return folder


@pytest.fixture(scope="session")
def site(repository: Path) -> Path:
    """The built site."""
    return repository / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address where the built site is served."""
    with serving(site) as base:
        yield base


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=find(), args=BROWSER_FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A function that opens a page in a fresh browser context; its options are those of a context.

    Whatever a test does there: no page may ask anything of another host, set a cookie, or do what its policy forbids.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "blob:http://127.0.0.1:", "data:", "file:")):
            wrong.append(f"asked for {request.url}")

    def told(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            wrong.append(message.text)

    def open_page(**options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        context.on("request", asked)
        context.on("console", told)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        wrong += [f"set the cookie {cookie}" for cookie in context.cookies()]
        context.close()
    assert wrong == []
