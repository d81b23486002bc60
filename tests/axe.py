"""axe on a page in the browser, in light and in dark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# In dark only the colours are checked, because all else is the same.
RULES = {"default": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "slate": ["color-contrast"]}
_SCRIPT = Axe().axe_script
VERSION = re.search(r"axe v([\d.]+)", _SCRIPT)[1]  # type: ignore[index]
# Not with wait_for_function: that evaluates text inside the page, which the site's policy forbids.
STILL = """async () => {
  while (document.getAnimations().some((animation) => animation.playState === "running")) await new Promise(requestAnimationFrame);
}"""
# What a browser puts off drawing keeps the colours that it had before.
_DRAW_ALL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important }");
  document.adoptedStyleSheets.push(sheet);
}"""
_RUN = "([part, rules]) => axe.run(part, { runOnly: rules, resultTypes: ['violations'] }).then((results) => results.violations)"


def prepare(page: Page) -> None:
    """Put axe in a page, and let the page draw all of itself."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SCRIPT)
        page.evaluate(_DRAW_ALL)


def run(page: Page, scheme: str, part: str = "html") -> list[dict[str, Any]]:
    """Return what axe finds in one of Material's schemes ('default' is light, 'slate' dark), as axe tells it. The page must be prepared."""
    page.evaluate("(scheme) => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
    page.evaluate(STILL)
    return page.evaluate(_RUN, [part, RULES[scheme]])  # type: ignore[no-any-return]


def violations(page: Page, schemes: Iterable[str] = RULES, part: str = "html") -> list[str]:
    """Return what axe finds on a page, or in a part of it (a selector), as a line each; none is good.

    The page is left in the last of ``schemes``.
    """
    prepare(page)
    return [f"{scheme}: {broken['id']}: {node['html'][:150]}" for scheme in schemes for broken in run(page, scheme, part) for node in broken["nodes"]]
