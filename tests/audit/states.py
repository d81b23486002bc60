"""Every state of the pages that work with tips: what a visitor sees after a click, an answer or a mistake.

Each function brings a fresh page from state to state and yields the name of each; it goes on when that state was audited.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Page, expect
from test_check_page import CHECK, answer_all, begin, contradict, open_file, plan, save_file, step
from test_guide_page import GUIDE, SERVICES, STRATEGY, opened
from test_selection import PAGE as SELECTION
from test_selection import open_kept
from test_workshop import BOARD, KEPT, LAST, open_board

State = Callable[[Page, str], Iterator[str]]
_LONG = "Langdurigheidsonderzoeksverantwoordelijkheidsverklaring"  # No word in Dutch is longer than what people type.


def check_questions(page: Page, address: str) -> Iterator[str]:
    page.goto(address + CHECK)
    begin(page)
    while "overzicht" not in page.url:
        yield f"Zelfcheck, {page.url.partition('#')[2].partition('=')[0]}"
        for group in page.locator("[data-question]:visible [data-item]").all():
            group.locator("input").first.check()
        step(page)
    yield "Zelfcheck, overzicht"
    page.get_by_role("button", name="Bekijk de tips").click()
    plan(page, "Gaan we doen")
    yield "Zelfcheck, tips met een plan"
    _open_all(page)
    yield "Zelfcheck, tips met alles open"


def check_mistakes(page: Page, address: str) -> Iterator[str]:
    page.goto(address + CHECK)
    begin(page)
    contradict(page)
    expect(page.locator(".tw-question__error:visible")).to_be_visible()
    yield "Zelfcheck, antwoorden die niet samengaan"
    page.goto(address + "404.html")
    page.goto(address + CHECK + "#c=kapot")
    yield "Zelfcheck, kapotte link"
    page.goto(address + "404.html")
    page.goto(address + CHECK + "#alles")
    expect(page.get_by_role("heading", name="Alle vragen op één pagina")).to_be_visible()
    yield "Zelfcheck, alle vragen"


def check_empty(page: Page, address: str) -> Iterator[str]:
    page.goto(address + CHECK)
    begin(page)
    page.get_by_role("button", name="Naar het overzicht").click()
    yield "Zelfcheck, overzicht zonder antwoorden"
    page.get_by_role("button", name="Bekijk de tips").click()
    expect(page.locator(".tw-result__reason").first).to_be_visible()
    yield "Zelfcheck, tips zonder antwoorden"


def check_together(page: Page, address: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for which, who in ((0, "Ans"), (1, _LONG)):
            page.goto(address + "404.html")
            page.evaluate("localStorage.clear()")
            page.goto(address + CHECK)
            page.get_by_text("Samen invullen", exact=True).click()
            page.get_by_label("Wie vult in? (mag leeg)").fill(who)
            page.get_by_label("Wie vult in? (mag leeg)").blur()
            begin(page, "Korte versie")
            answer_all(page, which)
            page.goto(address + CHECK + "#start")
            files.append(save_file(page, Path(folder), f"{which}.json"))
        _open_all(page)
        yield "Zelfcheck, begin met alles open"
        page.goto(address + "404.html")
        page.goto(address + CHECK)
        page.get_by_text("Samen invullen", exact=True).click()
        page.get_by_role("button", name="Leg antwoorden naast elkaar").click()
        yield "Zelfcheck, samen: nog geen bestanden"
        open_file(page, "Open bestanden van collega's", *files)
        expect(page.locator(".tw-differences > li").first).to_be_visible()
        yield "Zelfcheck, samen: antwoorden naast elkaar"


def check_over_time(page: Page, address: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        page.goto(address + CHECK)
        begin(page)
        answer_all(page, which=0)
        page.goto(address + CHECK + "#start")
        file = save_file(page, Path(folder), "toen.json")
        begin(page)
        answer_all(page, which=1)
        page.goto(address + CHECK + "#start")
        page.get_by_text("Vergelijken met vroeger").click()
        open_file(page, "Open een eerder bestand", file)
        expect(page.get_by_role("heading", name="Wat is er veranderd")).to_be_visible()
        yield "Zelfcheck, vergelijken met vroeger"


def guide(page: Page, address: str) -> Iterator[str]:
    for path, name in ((GUIDE, "Kanaalwijzer"), (STRATEGY, "Kanalenstrategie")):
        opened(page, address, path, SERVICES)
        yield f"{name}, ingevuld"
        _open_all(page)
        yield f"{name}, ingevuld met alles open"


def filters(page: Page, address: str) -> Iterator[str]:
    page.goto(address + "tips/#thema=inclusie&moeite=klein&persoon=bestaat-niet")
    expect(page.locator(".tw-filter").first).to_be_attached()
    yield "Alle tips, gefilterd"
    _open_all(page)
    yield "Alle tips, alle filters open"
    page.goto(address + "404.html")
    page.goto(address + "tips/#thema=inclusie&kanaal=telefoon&doelgroep=jongeren&moeite=groot")
    expect(page.locator("[data-tw-count]")).to_contain_text("gevonden")
    yield "Alle tips, weinig of niets gevonden"


def searching(page: Page, address: str) -> Iterator[str]:
    for words, name in (("brief", "met resultaten"), ("qqqxyz", "niets gevonden")):
        page.goto(address)
        page.locator(".tw-hero [data-tw-search]").click()
        query = page.locator("[data-md-component=search-query]")
        query.press_sequentially(words)
        expect(page.locator(".md-search-result__meta")).to_contain_text(re.compile("result|gevonden"))
        yield f"Zoeken, {name}"
        page.goto(address + "404.html")


def selection(page: Page, address: str) -> Iterator[str]:
    open_kept(lambda: page, address, (104, "een notitie"), 12, 9876)
    yield "Selectie, drie tips"
    page.get_by_role("button", name="Haal weg tip 12").click()
    yield "Selectie, tip weggehaald"
    page.get_by_role("button", name="Zet in het actieplan").click()
    expect(page.get_by_role("link", name="Bekijk het plan")).to_be_visible()
    yield "Selectie, in het plan gezet"
    page.goto(address + SELECTION + "#t=104.12.9876")
    expect(page.get_by_role("heading", level=1)).to_have_text("Een gedeelde selectie")
    yield "Selectie, gedeeld"
    open_kept(lambda: page, address, *range(1, 60))
    yield "Selectie, vol"


def cards(page: Page, address: str) -> Iterator[str]:
    for way in ("fold", "single"):
        page.goto(address + "404.html")
        page.goto(address + "kaarten/#t=12.104.23")
        page.locator(f"[name=way][value={way}]").check()
        yield f"Kaarten, drie tips ({way})"


def board(page: Page, address: str) -> Iterator[str]:
    open_board(page, address, kept=KEPT)
    for place in range(1, LAST + 1):
        page.goto(f"{address}{BOARD}#stap-{place}")
        expect(page.get_by_text(f"Stap {place} van {LAST}")).to_be_visible()
        yield f"Workshop, stap {place}"
        page.locator(".tw-board details").first.locator("summary").click()
        yield f"Workshop, stap {place} met uitleg"


STATES: tuple[State, ...] = (check_questions, check_mistakes, check_empty, check_together, check_over_time, guide, filters, searching, selection, cards, board)


def _open_all(page: Page) -> None:
    """Open whatever folds, the parts within parts too."""
    page.evaluate("document.querySelectorAll('main details').forEach((details) => { details.open = true; })")
