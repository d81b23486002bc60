"""Audits pages and states in as many browsers as there are processors."""

from __future__ import annotations

import atexit
import os
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from audit.findings import Finding
from audit.page_checks import WIDE, check_page
from audit.states import STATES
from conftest import BROWSER_FLAGS
from find_browser import find
from playwright.sync_api import Browser, Page, expect, sync_playwright

_browser: Browser | None = None


@dataclass(frozen=True)
class Done:
    """What came of one page, or of the states that follow from each other."""

    names: tuple[str, ...]
    findings: tuple[Finding, ...]
    browser: str


def pages_of(site: Path) -> list[str]:
    """Return the addresses of all pages of a built site below its root, the largest first. A page that only points on is none."""
    files = [file for file in site.rglob("*.html") if not re.search('http-equiv="?refresh', file.read_text(encoding="utf-8")[:2000])]
    files.sort(key=lambda file: file.stat().st_size, reverse=True)
    return [str(file.relative_to(site)).removesuffix("index.html") for file in files]


def audit(address: str, pages: list[str], *, states: bool = True) -> Iterator[Done]:
    """Audit pages, and all states, of the site at an address; yield each as it is done."""
    jobs = [*range(len(STATES) if states else 0), *pages]
    with ProcessPoolExecutor(max_workers=os.cpu_count(), initializer=_start) as pool:
        for done in as_completed([pool.submit(_work, address, job) for job in jobs]):
            yield done.result()


def _start() -> None:
    global _browser
    stack = ExitStack()
    playwright = stack.enter_context(sync_playwright())
    _browser = playwright.chromium.launch(executable_path=find(), args=BROWSER_FLAGS)
    atexit.register(stack.close)
    expect.set_options(timeout=60_000)


def _work(address: str, job: int | str) -> Done:
    assert _browser
    # Not held back by the site's own policy, which lets no script in from outside.
    context = _browser.new_context(bypass_csp=True, viewport=WIDE, reduced_motion="reduce", accept_downloads=True)
    page = context.new_page()
    try:
        done = _states(page, address, job) if isinstance(job, int) else [(f"/{job}", _page(page, address, job))]
    finally:
        context.close()
    return Done(tuple(name for name, _ in done), tuple(finding for _, findings in done for finding in findings), f"Chromium {_browser.version}")


def _page(page: Page, address: str, path: str) -> list[Finding]:
    try:
        page.goto(address + path)
        return check_page(page, f"/{path}")
    except Exception as problem:  # A page that stops the audit wasn't audited, and that is a finding too.
        return [Finding("toestand", "niet-onderzocht", f"/{path}", str(problem)[:1500])]


def _states(page: Page, address: str, which: int) -> list[tuple[str, list[Finding]]]:
    states, done = STATES[which], []
    name = states.__name__
    try:
        for name in states(page, address):
            done.append((name, check_page(page, name)))
    except Exception as problem:  # A state that can't be reached wasn't audited, and that is a finding too.
        done.append((f"{name} (vervolg)", [Finding("toestand", "niet-bereikt", name, str(problem)[:1500])]))
    return done
