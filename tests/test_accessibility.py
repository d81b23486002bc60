"""Every kind of page in a real browser: axe, narrow screens, no JavaScript, no requests elsewhere, nothing stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe import RULES, STILL, violations
from conftest import TIPS
from kinds_of_pages import KINDS
from playwright.sync_api import Page, expect

SEARCH = "[data-md-component=search-query]"

# Of pages of one template, of lists of things that are alike, and of dark pages, a part will do. The audit looks at all.
IN_THE_DARK = {"home", "all tips", "tip with a law", "self-check", "guide", "guide table", "sources", "workshop on a screen"}
LIKE_A_THEME = {"target group", "barrier", "channel", "factor", "journey step"}
SHORTEN_LISTS = "document.querySelectorAll('article li:nth-child(n + 25), article tr:nth-child(n + 25)').forEach((item) => item.remove())"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in LIKE_A_THEME])
def test_axe_finds_nothing(kind: str, address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(address + KINDS[kind] + ("#t=12.104.23" if kind == "cards" else ""))
    page.evaluate(SHORTEN_LISTS)
    assert violations(page, RULES if kind in IN_THE_DARK else ["default"]) == []


def test_axe_finds_nothing_in_an_open_search(address: str, new_page: Callable[..., Page]) -> None:
    for width in (1280, 360):
        page = new_page(viewport={"width": width, "height": 800})
        page.goto(address)
        page.locator(".tw-hero [data-tw-search]").click()
        page.locator(SEARCH).press_sequentially("brief")
        expect(page.locator(".md-search-result__item").first).to_be_visible()
        page.evaluate(STILL)
        assert violations(page) == []


@pytest.mark.parametrize("kind", KINDS)
def test_fits_a_narrow_screen_without_scrolling_sideways(kind: str, address: str, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 320, "height": 640})
    page.goto(address + KINDS[kind])
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_reads_without_javascript(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(address)
    page.get_by_role("link", name="Bekijk alle tips").click()
    page.get_by_role("link", name=TIPS[12]["title"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TIPS[12]["title"])
    assert page.locator("button:visible").all_inner_texts() == [], "buttons that need JavaScript stay hidden"


def test_asks_nothing_of_other_hosts_and_stores_nothing(address: str, site: Path, new_page: Callable[..., Page]) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in KINDS.values():
        page.goto(address + path)
    page.goto(address)
    page.locator(SEARCH).press_sequentially("brief")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert [url for url in asked if not url.startswith(address)] == []
    assert address + "sitemap.xml" not in asked, "it grows with the number of tips, and no page needs it"
    assert page.context.cookies() == []
    kept = page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))")
    assert kept == ["/.__palette"], "only whether the page is light or dark"
    assert "?" not in page.url


def test_the_choice_of_colours_is_kept(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page(color_scheme="light")
    page.goto(address)
    page.get_by_title("Lichte kleuren gebruiken").click()
    page.get_by_title("Donkere kleuren gebruiken").click()
    page.goto(address + "tips/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_keyboard_reaches_the_content_first_and_then_everything(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(address + KINDS["tip"])
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Naar de inhoud")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('article').contains(document.activeElement)")
    unseen = {"Verbeter deze tip", "Privacy", "Tino de Velde"}
    for _ in range(400):
        page.keyboard.press("Tab")
        unseen.discard(page.evaluate("document.activeElement.textContent.trim()"))
        if not unseen:
            return
    raise AssertionError(f"a trap on the way to {unseen}")


def test_the_contents_of_a_page_never_lie_over_its_footer(address: str, new_page: Callable[..., Page]) -> None:
    """Not even before a script has answered to scrolling: who goes on with Tab would not see where he is."""
    page = new_page(viewport={"width": 1280, "height": 800})
    page.goto(address + KINDS["tip"])
    expect(page.locator(".md-sidebar--secondary .md-nav__link").last).to_be_visible()
    page.wait_for_load_state()
    gap = """() => {
      scrollTo(0, document.body.scrollHeight);
      return document.querySelector("footer.tw-footer").getBoundingClientRect().top - document.querySelector(".md-sidebar--secondary .md-sidebar__scrollwrap").getBoundingClientRect().bottom;
    }"""
    assert page.evaluate(gap) >= 0


def test_sharing_copies_the_address(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(address + KINDS["tip"])
    page.evaluate("delete Navigator.prototype.share")
    page.get_by_role("button", name="Deel deze pagina").click()
    expect(page.get_by_text("De link is gekopieerd.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith("/" + KINDS["tip"])
