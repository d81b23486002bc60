"""Questions that civil servants type, in a real browser with the real index: the engine, and the search box that uses it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, TIPS, serving
from playwright.sync_api import Browser, Page, expect
from repository import Repository

from generator import pages, search
from generator.derive import derive
from generator.load import load

FIELD = "[data-md-component=search-query]"
RESULT = ".md-search-result__item"
QUESTIONS = yaml.safe_load((ROOT / "tests/data/search-questions.yml").read_text(encoding="utf-8"))
FEWEST_RIGHT = 37  # Of 40 questions, that have a right tip among the first three results.


def index_files(root: Path) -> list[pages.Asset]:
    knowledge = load(root, date.today()).knowledge
    assert knowledge
    site = derive(knowledge)
    return search.files(site, pages.render(site))


Ask = Callable[[str], dict[str, Any]]

# Asks the engine, and adds the texts of the first results.
SEARCH = """async ([base, question]) => {
  const { openSearch } = await import(base + "assets/search/engine.js");
  window.engine ??= await openSearch(base);
  const { results, corrected } = await window.engine.search(question);
  const texts = await window.engine.texts(results.slice(0, 20).map(({ document }) => document));
  return { results, corrected, locations: texts.map(({ location }) => location), titles: texts.map(({ title }) => title) };
}"""


def asking(page: Page, base: str) -> Ask:
    page.goto(base)
    return lambda question: page.evaluate(SEARCH, [base, question])  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def ask(address: str, browser: Browser) -> Iterator[Ask]:
    page = browser.new_page()
    yield asking(page, address)
    page.close()


@pytest.fixture(scope="module")
def ask_small(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """The search of a site with five tips that differ in one word."""
    small = Repository(tmp_path_factory.mktemp("klein") / "tipwijzer")
    for number, word in enumerate(("kanaalsturing", "een contactpersoon", "privé-café", "de ladder van de kluis", "een sleutelkluis"), 1):
        small.tip(number, advice=f"Denk aan {word}.")
    folder = small.root / "site"
    shutil.copytree(ROOT / "generator/theme/assets", folder / "assets")
    small.write("site/index.html", "<!doctype html><title>Leeg</title>")
    for file in index_files(small.root):
        small.write(f"site/{file.path}", file.content)
    with serving(folder) as base:
        page = browser.new_page()
        yield asking(page, base)
        page.close()


def tips(answer: dict[str, Any]) -> list[int]:
    """Return the numbers of the tips among the first results."""
    return [int(location.split("/")[1].split("-")[0]) for location in answer["locations"] if location.startswith("tips/")]


def test_a_right_tip_is_among_the_first_three(ask: Ask) -> None:
    missed = []
    for question in QUESTIONS:
        right = {f"tips/{number}-" for number in question["tips"]}
        found = ask(str(question["ask"]))["locations"][:3]
        if not any(location.startswith(tuple(right)) for location in found):
            missed.append((question["ask"], found))
    assert len(QUESTIONS) == 40
    assert len(missed) <= len(QUESTIONS) - FEWEST_RIGHT, missed


@pytest.mark.parametrize("question", ["12", "tip 12", "Tip 12 "])
def test_a_number_finds_its_tip_first(question: str, ask: Ask) -> None:
    assert tips(ask(question))[0] == 12


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("sturing", 1),  # A compound has it as its second part, and nobody wrote it alone.
        ("kanaal", 1),
        ("persoonlijk contact", 2),  # A compound has both, the other way round.
        ("contactpersonen", 2),
        ("prive", 3),  # Accents, which nobody types.
        ("CAFÉ", 3),
        ("ladders", 4),  # Another form of the word.
        ("laddertje", 4),
        ("ladr", None),  # Too short to be mended.
        ("laddre", 4),
        ("sleutel", 5),
        ("sleutelk", 5),  # While typing.
        ("kluisladder", 4),  # A compound whose parts the tip has apart.
    ],
)
def test_dutch_words_find_each_other(question: str, number: int | None, ask_small: Ask) -> None:
    assert tips(ask_small(question))[:1] == ([number] if number else [])


def test_a_whole_word_counts_more_than_a_part_of_a_compound(ask_small: Ask) -> None:
    assert tips(ask_small("kluis")) == [4, 5]


def test_a_compound_whose_parts_stand_in_no_tip_together_finds_nothing(ask_small: Ask) -> None:
    assert ask_small("kanaalladder")["results"] == []


def test_documents_with_all_words_come_first(ask_small: Ask) -> None:
    assert tips(ask_small("sleutelkluis inwoner"))[0] == 5
    assert tips(ask_small("inwoner kluis ladder"))[0] == 4


def test_says_which_word_was_mended(ask: Ask) -> None:
    assert ask("herinering")["corrected"] == [{"typed": "herinering", "used": "herinnering"}]
    assert ask("phihsing mail")["corrected"] == [{"typed": "phihsing", "used": "phishing"}]
    assert ask("herinnering")["corrected"] == []


def test_a_synonym_of_the_vocabulary_finds_the_tips_of_its_term(ask: Ask) -> None:
    found = ask("zzp")
    entrepreneurs = {number for number, tip in TIPS.items() if "ondernemers" in str(tip.get("target_groups"))}
    assert set(tips(found)[:3]) <= entrepreneurs and "Ondernemers" in found["titles"]
    assert "Mensen met weinig digitale ervaring" in ask("digibeet")["titles"]


def test_finds_people_and_organisations(ask: Ask) -> None:
    for name in ("wouter welling", "gemeente Oss"):
        assert ask(name)["titles"][0].lower() == name.lower()


def test_stop_words_count_only_when_nothing_else_is_asked(ask: Ask) -> None:
    assert ask("wat is de phishing")["results"] == ask("phishing")["results"]
    assert "Wat moet ik volgens de wet?" in ask("wat moet ik")["titles"]


@pytest.mark.parametrize("question", ["", "   ", "?!", "constructor", "toString", "<img src=x onerror=alert(1)>", "\ud83d\ude00", "qqqqwwww"])
def test_strange_questions_find_little_and_break_nothing(question: str, ask: Ask) -> None:
    answer = ask(question)
    assert not answer["results"] or question.startswith("<")


def test_a_whole_page_is_answered_by_its_beginning(ask: Ask) -> None:
    assert tips(ask("phishing " + "x" * 10_000))[:3] == tips(ask("phishing"))[:3] != []
    assert ask("ab " * 5_000)["results"] == ask("ab")["results"]


def test_the_first_documents_are_the_tips_in_the_order_of_their_data(ask: Ask, site: Path) -> None:
    data = json.loads((site / "tips/gegevens.json").read_text(encoding="utf-8"))["tips"]
    for place, tip in enumerate(data):
        first = ask(str(tip["number"]))
        assert first["results"][0]["document"] == place and first["locations"][0] == tip["address"]


def test_fetches_only_what_a_question_needs(address: str, site: Path, new_page: Callable[..., Page]) -> None:
    page = new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.removeprefix(address).partition("?")[0]))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert [path for path in fetched if path.startswith("search/")] == ["search/search_index.json"]
    assert (site / "search/search_index.json").stat().st_size < 100
    page.evaluate(SEARCH, [address, "phishing"])
    words = [path for path in fetched if path.startswith("search/words")]
    assert 0 < len(words) <= 3 < len(list((site / "search").glob("words-*.json")))
    assert not any(path.startswith("search/spelling") for path in fetched)


def test_the_same_site_gives_the_same_index(site: Path, tmp_path: Path) -> None:
    again = index_files(ROOT)
    assert {asset.path: asset.content for asset in again} == {f"search/{file.name}": file.read_text(encoding="utf-8") for file in (site / "search").iterdir()}


def test_every_word_leads_to_documents(site: Path) -> None:
    shards = [json.loads(file.read_text(encoding="utf-8")) for file in (site / "search").glob("words-*.json")]
    roots = {root for _, documents in shards for root in documents}
    forms = {form: root for forms, _ in shards for form, root in forms.items()}
    spelling = {word for file in (site / "search").glob("spelling-*.json") for word in json.loads(file.read_text(encoding="utf-8"))}
    assert len(forms) > 1000 and set(forms.values()) <= roots and spelling <= forms.keys() | roots


# ---------------------------------------------------------------- the search box


def test_a_result_shows_the_number_the_title_and_the_summary(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(address)
    page.locator(FIELD).press_sequentially("12")
    first = page.locator(RESULT).first
    expect(first).to_contain_text(f"12. {TIPS[12]['title']}")
    expect(first).to_contain_text(TIPS[12]["summary"])
    page.locator(FIELD).press("Enter")
    expect(page).to_have_url(f"{address}tips/12-varieer-in-vorm-persoonlijk-contact/")


def test_the_box_says_what_it_searched_for(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(f"{address}tips/12-varieer-in-vorm-persoonlijk-contact/")
    page.locator(FIELD).press_sequentially("herinering")
    expect(page.locator(RESULT).first).to_contain_text("Gezocht op ‘herinnering’")
    page.locator(FIELD).fill("")
    page.locator(FIELD).press("End")  # Material searches when a key goes up.
    expect(page.locator(RESULT)).to_have_count(0)


def test_the_box_says_when_search_cannot_be_reached(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.context.route("**/search/index.json", lambda route: route.abort())
    page.goto(address)
    page.locator(FIELD).press_sequentially("brief")
    expect(page.locator(RESULT)).to_contain_text("Zoeken lukt nu niet")


def test_what_an_attacker_wrote_stays_text(address: str, new_page: Callable[..., Page]) -> None:
    attack = "<img src=x onerror=document.title='gekaapt'> \"&amp; &lt;b&gt;"
    page = new_page()
    page.context.route("**/search/texts-*.json*", lambda route: route.fulfill(json=[["tips/", attack, attack]] * 16))
    page.goto(address)
    page.locator(FIELD).press_sequentially("phisjing")
    first = page.locator(RESULT).first
    expect(first.locator("h1")).to_have_text(attack)
    expect(first.locator("p").last).to_have_text(attack)
    expect(page.locator(f"{RESULT} img")).to_have_count(0)
    page.locator(FIELD).fill("<img src=x onerror=document.title='gekaapt'>")
    page.locator(FIELD).press("End")
    expect(page.locator(f"{RESULT} img")).to_have_count(0)
