"""Every check on one page that is open in a browser. The page is left in another state than it was in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audit.findings import Finding
from axe import prepare, run
from playwright.sync_api import Page

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
MOST_STOPS = 6000
SCRIPT = (Path(__file__).parent / "in_page.js").read_text(encoding="utf-8")
# What WCAG 1.4.12 lets readers set, and text twice as large without a larger page (1.4.4).
SPACING = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"
LARGE = "html { font-size: 250% !important }"  # Material's is 125%.
_STYLE = """(css) => {
  const sheet = window.tipwijzerSheet ??= new CSSStyleSheet();
  sheet.replaceSync(css);
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
}"""
# Scripts may answer to another size.
_DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def check_page(page: Page, name: str) -> list[Finding]:
    """Return what all checks find on a page that is open at ``WIDE``; ``name`` is what the report calls it."""
    prepare(page)
    page.evaluate(SCRIPT)
    return [Finding(check, rule, name, where) for check, rule, where in _found(page)]


def _ask(page: Page, function: str) -> list[tuple[str, str]]:
    return [(found["rule"], found["where"]) for found in page.evaluate(f"tipwijzerAudit.{function}()")]


def _found(page: Page) -> Iterator[tuple[str, str, str]]:
    yield from (("opbouw", *found) for found in _ask(page, "structure"))
    yield from (("beweging", *found) for found in _ask(page, "motion"))
    page.evaluate("document.getAnimations().forEach((animation) => animation.cancel())")  # axe waits until all is still.
    for scheme in ("default", "slate"):
        yield from ((f"axe-{scheme}", rule["id"], node["html"][:200]) for rule in run(page, scheme) for node in rule["nodes"])
    page.evaluate("document.body.setAttribute('data-md-color-scheme', 'default')")
    page.evaluate("tipwijzerAudit.keep_shapes()")
    page.emulate_media(forced_colors="active")
    for function in ("shapes_gone", "same_when_chosen"):
        yield from (("vaste-kleuren", *found) for found in _ask(page, function))
    page.emulate_media(forced_colors="none")
    for check, size, css in (("zoom-400", NARROW, ""), ("tekstafstand", NARROW, SPACING), ("tekstafstand", WIDE, SPACING), ("tekst-200", WIDE, LARGE)):
        page.set_viewport_size(size)
        page.evaluate(_STYLE, css)
        page.evaluate(_DRAWN)
        yield from ((check, *found) for found in _ask(page, "layout"))
    page.evaluate(_STYLE, "")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": page.evaluate("tipwijzerAudit.paper_width()"), "height": 950})
    page.evaluate(_DRAWN)
    yield from (("print", *found) for found in _ask(page, "layout"))
    page.emulate_media(media="screen")
    page.set_viewport_size(WIDE)
    yield from (("toetsenbord", *found) for found in _walk(page))  # Last, because a page may answer to focus.


def _walk(page: Page) -> list[tuple[str, str]]:
    page.evaluate("tipwijzerAudit.start_walk()")
    for _ in range(0, MOST_STOPS, 20):
        for _ in range(20):
            page.keyboard.press("Tab")
        if page.evaluate("tipwijzerAudit.walked()"):
            if page.evaluate("Boolean(document.activeElement.closest('.md-search'))"):
                page.keyboard.press("Tab")  # A search box that stays open would lie over what the next state needs.
            return _ask(page, "end_walk")
    return [*_ask(page, "end_walk"), ("val", f"na {MOST_STOPS} keer Tab nog niet rond")]
