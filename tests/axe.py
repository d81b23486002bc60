"""axe on a page in the browser, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# In dark only the colours are checked, because all else is the same.
RULES = {"default": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "slate": ["color-contrast"]}
_SCRIPT = Axe().axe_script
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


def violations(page: Page, schemes: Iterable[str] = RULES, part: str = "html") -> list[str]:
    """Return what axe finds on a page, or in a part of it (a selector), as a line each; none is good.

    ``schemes`` are Material's: 'default' is light, 'slate' dark. The page is left in the last.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SCRIPT)
        page.evaluate(_DRAW_ALL)
    found = []
    for scheme in schemes:
        page.evaluate("(scheme) => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
        page.evaluate(STILL)
        results = page.evaluate("([part, rules]) => axe.run(part, { runOnly: rules, resultTypes: ['violations'] })", [part, RULES[scheme]])
        found += [f"{scheme}: {broken['id']}: {node['html'][:150]}" for broken in results["violations"] for node in broken["nodes"]]
    return found
