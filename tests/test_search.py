"""Questions that civil servants ask, in a real browser with the real index: the right tip is among the first three."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

RESULT = ".md-search-result__item"

# What someone types, and the number of the tip that should come up.
QUESTIONS = [
    ("tip 12", 12),
    ("104", 104),
    ("ontvangstbevestiging", 23),
    ("wcag", 42),
    ("mantelzorger machtigen", 40),
    ("kosten telefoontje", 62),
    ("ransomware", 51),
    ("phishing mail", 50),
    ("kanalenstrategie", 9),
    ("hoe snel moet ik antwoorden op e-mail", 8),
    ("gebruikerstest met vijf mensen", 20),
    ("bezwaar bellen", 22),
    ("pdf vervangen", 32),
]


@pytest.fixture(scope="module")
def search(address: str, browser: object) -> Iterator[Callable[[str], list[str]]]:
    page: Page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(address)
    field = page.locator("[data-md-component=search-query]")
    field.click()

    def ask(question: str) -> list[str]:
        field.fill("")
        field.press("End")  # Material searches when a key goes up.
        expect(page.locator(RESULT)).to_have_count(0)
        field.fill(question)
        field.press("End")
        expect(page.locator(RESULT).first).to_be_visible()
        return [text.strip() for text in page.locator(f"{RESULT} h1").all_inner_texts()]

    yield ask
    page.close()


@pytest.mark.parametrize(("question", "number"), QUESTIONS)
def test_finds_the_tip(question: str, number: int, search: Callable[[str], list[str]]) -> None:
    titles = search(question)
    assert any(title.startswith(f"{number}. ") for title in titles[:3]), titles[:5]


@pytest.mark.parametrize("number", [12, 104, 2])
def test_a_number_finds_its_tip_first(number: int, search: Callable[[str], list[str]]) -> None:
    assert search(str(number))[0].startswith(f"{number}. ")
    assert search(f"tip {number}")[0].startswith(f"{number}. ")


@pytest.mark.parametrize(("question", "title"), [("Wouter Welling", "Wouter Welling"), ("digibeet", "Mensen met weinig digitale ervaring"), ("kcc", "Telefoon"), ("doenvermogen", "43. ")])
def test_finds_people_terms_by_synonym_and_keywords(question: str, title: str, search: Callable[[str], list[str]]) -> None:
    titles = search(question)
    assert any(found.startswith(title) for found in titles[:3]), titles[:5]


def test_a_result_shows_the_number_the_title_and_the_summary(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(address)
    page.locator("[data-md-component=search-query]").press_sequentially("12")
    first = page.locator(RESULT).first
    expect(first).to_contain_text("12. Varieer in vorm persoonlijk contact")
    expect(first).to_contain_text("Zet een naam onder elk bericht")
    assert "Moeite" not in first.inner_text()
