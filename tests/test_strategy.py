"""The channel strategy in a real browser: ways back, other tabs, storage that fails, comparing, and the document in all its forms."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import markdown
import pytest
from playwright.sync_api import Page, expect

GUIDE, STRATEGY = "kanaalwijzer/", "kanalenstrategie/"
KEY, OFF = "tipwijzer.zelfcheck", "tipwijzer.zelfcheck.uit"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Service = dict[str, Any]
AFVAL: Service = {"naam": "Afval", "kanalen": {"dienst": "afval"}}
SCHULDEN: Service = {"naam": "Hulp bij schulden", "kanalen": {"dienst": "schuldhulp"}}
CAN_NOT_STORE = "Storage.prototype.setItem = () => { throw new DOMException('vol', 'QuotaExceededError'); }"


@pytest.fixture(scope="module")
def guide(site: Path) -> dict[str, Any]:
    return json.loads((site / "kanaalwijzer/gegevens.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def state_of(site: Path) -> Callable[..., dict[str, Any]]:
    """A function that makes the state of the self-check with some services."""
    version = json.loads((site / "zelfcheck/gegevens.json").read_text(encoding="utf-8"))["version"]

    def make(*services: Service, **more: Any) -> dict[str, Any]:
        whole = [{"naam": "", "kort": False, "antwoorden": {}, "plan": {}, "kanalen": {}, **service} for service in services]
        return {"soort": "tipwijzer-zelfcheck", "versie": 2, "vragen": version, "diensten": whole, **more}

    return make


@pytest.fixture
def opened(address: str, new_page: Callable[..., Page], state_of: Callable[..., dict[str, Any]]) -> Callable[..., Page]:
    """A function that opens the strategy in a fresh browser that holds some services."""

    def open_page(*services: Service, script: str = "", **more: Any) -> Page:
        page = new_page()
        if services:
            keep(page, address, state_of(*services, **more))
        if script:
            page.add_init_script(script)
        page.goto(address + STRATEGY)
        expect(page.locator(".tw-strategy--live")).to_be_attached()
        return page

    return open_page


def keep(page: Page, address: str, state: dict[str, Any]) -> None:
    """Put a state in the browser's storage, as another tab of the site would."""
    page.goto(address + "404.html")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(state)])


def stored(page: Page) -> dict[str, Any]:
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", KEY))  # type: ignore[no-any-return]


def give(page: Page, label: str, state: dict[str, Any], name: str = "check.json") -> None:
    page.get_by_label(label).set_input_files({"name": name, "mimeType": "application/json", "buffer": json.dumps(state).encode()})


def names(page: Page) -> list[str]:
    return page.locator(".tw-matrix tbody th").all_inner_texts()


def conflicts(page: Page) -> str:
    return page.get_by_role("heading", name="Waar het knelt").locator("xpath=following-sibling::*[1]").inner_text()


def downloaded(page: Page, button: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes()


def markdown_of(page: Page) -> str:
    return downloaded(page, "Download als Markdown").decode()


def part(text: str, heading: str) -> str:
    """The part of a Markdown text under a heading of the second or third level."""
    found = re.search(rf"^##+ {re.escape(heading)}\n\n(.*?)(?=\n\n## |\Z)", text, re.M | re.S)
    assert found, text
    return found[1]


# ---------------------------------------------------------------- files


def test_what_an_opened_file_replaced_can_come_back(opened: Callable[..., Page], state_of: Callable[..., dict[str, Any]]) -> None:
    page = opened(AFVAL, strategie={"doelen": "Ons doel"})
    page.get_by_text("Vergelijken met vroeger").click()
    give(page, "Open een eerder bestand", state_of(AFVAL))
    expect(page.get_by_role("region", name="Toen en nu")).to_be_visible()
    give(page, "Open een bestand", state_of(SCHULDEN), "van-collega.json")
    expect(page.get_by_text("van-collega.json is geopend.")).to_be_visible()
    assert names(page) == ["Hulp bij schulden"]
    expect(page.get_by_label("Wat willen jullie bereiken?")).to_have_value("")
    expect(page.get_by_role("region", name="Toen en nu")).to_have_count(0)
    page.get_by_role("button", name="Terug naar wat er stond").click()
    expect(page.get_by_role("button", name="Terug naar wat er stond")).to_have_count(0)
    assert names(page) == ["Afval"] and stored(page)["diensten"][0]["naam"] == "Afval"
    expect(page.get_by_label("Wat willen jullie bereiken?")).to_have_value("Ons doel")


def test_an_empty_page_opens_a_file_and_goes_back_to_empty(opened: Callable[..., Page], state_of: Callable[..., dict[str, Any]]) -> None:
    page = opened()
    give(page, "Open een bestand", state_of(AFVAL))
    expect(page.locator(".tw-matrix")).to_be_visible()
    page.get_by_role("button", name="Terug naar wat er stond").click()
    expect(page.get_by_role("link", name="Naar de Kanaalwijzer")).to_be_visible()
    expect(page.locator(".tw-matrix")).to_be_hidden()


def test_comparing_tells_what_went_what_came_and_what_could_not_be_read(opened: Callable[..., Page], state_of: Callable[..., dict[str, Any]]) -> None:
    twice = [{"naam": "Loket", "kanalen": {"dienst": "afval"}}, {"naam": "Loket", "kanalen": {"dienst": "schuldhulp"}}]
    page = opened(*twice, {"naam": "Nieuw", "kanalen": {"dienst": "melding"}})
    page.get_by_text("Vergelijken met vroeger").click()
    give(page, "Open een eerder bestand", state_of(*twice, {"naam": "Gesloten", "kanalen": {"dienst": "klacht", "aanbod": ["fax"]}}, datum="2026-03-01"))
    table = page.get_by_role("region", name="Toen en nu")
    rows = table.locator("tbody tr")
    expect(table.get_by_role("columnheader", name="Op 01-03-2026")).to_be_visible()
    expect(rows).to_have_count(4)
    for place in (0, 1):
        expect(rows.nth(place)).to_contain_text("hetzelfde")
    assert rows.nth(0).locator("td").first.inner_text() != rows.nth(1).locator("td").first.inner_text()
    expect(rows.nth(2)).to_contain_text("Stond er nog niet in")
    expect(rows.nth(3).get_by_role("rowheader")).to_have_text("Gesloten")
    expect(rows.nth(3)).to_contain_text("Staat er niet meer in")
    expect(page.locator("details .tw-notice")).to_contain_text("kon niet mee")
    give(page, "Open een eerder bestand", {"soort": "iets anders"})
    expect(page.locator("details .tw-notice")).to_contain_text("Dit bestand komt niet uit de zelfcheck.")
    assert len(names(page)) == 3


# ---------------------------------------------------------------- keeping


def test_what_another_tab_wrote_stays_when_this_one_writes(opened: Callable[..., Page], address: str, state_of: Callable[..., dict[str, Any]]) -> None:
    page = opened(AFVAL)
    page.get_by_label("Wat willen jullie bereiken?").fill("Wie belt, ")
    other = page.context.new_page()
    state = stored(page)
    state["diensten"].append(state_of(SCHULDEN)["diensten"][0])
    keep(other, address, state)
    expect(page.locator(".tw-matrix tbody th")).to_have_text(["Afval", "Hulp bij schulden"])
    expect(page.locator(".tw-notice", has_text="in een ander venster veranderd")).to_be_visible()
    expect(page.get_by_label("Wat willen jullie bereiken?")).to_be_focused()
    page.keyboard.type("spreekt iemand.")
    expect(page.get_by_label("Wat willen jullie bereiken?")).to_have_value("Wie belt, spreekt iemand.")
    kept = stored(page)  # the other tab may hear of it a moment later
    assert [service["naam"] for service in kept["diensten"]] == ["Afval", "Hulp bij schulden"]
    assert kept["strategie"] == {"doelen": "Wie belt, spreekt iemand."}


def test_what_another_tab_wiped_does_not_come_back(opened: Callable[..., Page], address: str) -> None:
    page = opened(AFVAL)
    other = page.context.new_page()
    other.goto(address + "404.html")
    other.evaluate("localStorage.clear()")
    expect(page.locator(".tw-notice", has_text="In een ander venster is alles gewist.")).to_be_visible()
    expect(page.get_by_role("link", name="Naar de Kanaalwijzer")).to_be_visible()
    expect(page.locator(".tw-matrix")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("link", name="Naar de Kanaalwijzer")).to_be_visible()


def test_what_could_not_be_read_from_storage_is_told(opened: Callable[..., Page]) -> None:
    page = opened({"naam": "Afval", "kanalen": {"dienst": "weg"}})
    expect(page.locator(".tw-notice", has_text="kon niet mee")).to_be_visible()


def test_the_page_says_that_keeping_is_off(opened: Callable[..., Page], state_of: Callable[..., dict[str, Any]]) -> None:
    page = opened(script=f"localStorage.setItem('{OFF}', 'ja')")
    off = page.locator(".tw-notice", has_text="Bewaren in deze browser staat uit.").locator("visible=true")
    expect(off).to_have_count(1)
    give(page, "Open een bestand", state_of(AFVAL))
    expect(page.get_by_text("check.json is geopend.")).to_be_visible()
    expect(off).to_have_count(1)
    page.get_by_label("Wat willen jullie bereiken?").fill("Een doel")
    expect(off).to_have_count(2)
    assert page.evaluate("(key) => localStorage.getItem(key)", KEY) is None


def test_the_page_says_that_keeping_fails(opened: Callable[..., Page]) -> None:
    page = opened(AFVAL, script=CAN_NOT_STORE)
    page.get_by_label("Wat willen jullie bereiken?").fill("Een doel")
    expect(page.locator(".tw-notice", has_text="Bewaren in deze browser lukt niet. Bewaar het als bestand.")).to_be_visible()


# ---------------------------------------------------------------- side by side


def test_services_keep_their_number_and_lead_to_the_guide(opened: Callable[..., Page], address: str) -> None:
    page = opened(AFVAL, {}, {"kanalen": {"groep": "ouderen"}})
    assert names(page) == ["Afval", "Dienst 3"]
    links = page.locator(".tw-matrix tbody th a").evaluate_all("(all) => all.map(({ href }) => href)")
    assert links == [f"{address}{GUIDE}#dienst=1", f"{address}{GUIDE}#dienst=3"]


def test_what_pinches_is_true_for_each_service(opened: Callable[..., Page]) -> None:
    page = opened(
        {"naam": "Paspoort", "kanalen": {"dienst": "paspoort", "aanbod": ["website", "balie"]}},
        {"naam": "Verhuizen", "kanalen": {"dienst": "verhuizing", "aanbod": ["website", "e-formulier"]}},
        {"naam": "Rijbewijs", "kanalen": {"dienst": "rijbewijs", "aanbod": ["website"]}},
    )
    told = conflicts(page)
    assert "Bij Paspoort hebben jullie naast de balie geen tweede kanaal met een mens dat zonder computer werkt. Voeg de telefoon toe." in told
    assert re.search(r"Bij Verhuizen( en Rijbewijs)? hebben jullie geen kanaal waar een mens helpt zonder computer\.", told)


@pytest.mark.parametrize("often", ["soms", "vaak"])
def test_how_often_a_service_is_sensitive_is_said_as_it_is(often: str, opened: Callable[..., Page]) -> None:
    # Only a step that the law puts in one channel can be a text for what is often sensitive.
    page = opened({"naam": "Verhuizen", "kanalen": {"dienst": "verhuizing", "gevoelig": often, "aanbod": ["e-formulier"]}})
    told = conflicts(page)
    assert ("Verhuizen ligt soms gevoelig, maar begint met" in told) == (often == "soms")


# ---------------------------------------------------------------- the document


def test_the_reason_is_that_of_the_group_where_it_asks_for_more(opened: Callable[..., Page], guide: dict[str, Any]) -> None:
    service = next(one for one in guide["services"] if one["needs"]["taal"] == 1)
    group = next(one for one in guide["groups"] if one["id"] == "laaggeletterden")
    page = opened({"naam": "Dienst", "kanalen": {"dienst": service["id"], "groep": group["id"]}})
    told = part(markdown_of(page), "Waarom wij dit kiezen")
    assert f"- Taal is belangrijk. {group['label']}: {group['why']}" in told and service["why"]["taal"] not in told
    raised_by_service = next(factor for factor, level in service["needs"].items() if level > 1)
    assert service["why"][raised_by_service] in told


def test_each_route_says_how_it_follows_on_the_main_one(opened: Callable[..., Page], guide: dict[str, Any]) -> None:
    page = opened(AFVAL)
    channels = {channel["label"]: channel for channel in guide["channels"]}
    text = markdown_of(page)
    row = next(line for line in text.splitlines() if line.startswith("| Afval |"))
    main, support, fallback = (channels[label] for label in row.strip("| ").split(" | ")[1:])
    told = part(text, "Waarom wij dit kiezen")
    assert f"Zo sluiten de routes aan. {main['hand_on']}" in told
    for channel in (support, fallback):
        assert f"- Van {main['noun']} naar {channel['noun']}: {channel['take_over']}" in told


def test_the_plan_names_the_service(opened: Callable[..., Page]) -> None:
    entry = {"status": "gaan-we-doen", "wie": "Sanne", "wanneer": "2027-01-05", "notitie": ""}
    page = opened(AFVAL, {"kanalen": {"dienst": "paspoort"}, "plan": {"12": entry}}, {"plan": {"12": entry}})
    told = part(markdown_of(page), "Wat wij gaan doen")
    assert "| Dienst | Wat | Wie | Wanneer |" in told
    assert re.search(r"^\| Paspoort of identiteitskaart aanvragen \| Tip 12: .+ \| Sanne \| 05-01-2027 \|$", told, re.M)
    assert re.search(r"^\| Dienst 3 \| Tip 12: ", told, re.M)


def test_the_document_names_its_sources_and_counts_its_estimates(opened: Callable[..., Page], guide: dict[str, Any]) -> None:
    # Only time and empathy matter here, and the website's time is what the municipality found itself.
    page = opened({"naam": "Onze dienst", "kanalen": {"nodig": {"tijd": 3, "empathie": 2}, "taak": "weten", "waarden": {"website": {"tijd": 3}}}})
    text = markdown_of(page)
    channels = {channel["label"]: channel for channel in guide["channels"]}
    row = next(line for line in text.splitlines() if line.startswith("| Onze dienst |"))
    cells = [(channels[label], factor) for label in row.strip("| ").split(" | ")[1:] for factor in ("tijd", "empathie")]
    grounds = [channel["ground"][factor] for channel, factor in cells if (channel["id"], factor) != ("website", "tijd")]
    sources = {ground["source"] for ground in grounds} - {None}
    sourced = sum(ground["source"] is not None for ground in grounds)
    assert len(grounds) < len(cells) and 0 < sourced < len(grounds), "this says something only with all three kinds"
    guessed = part(text, "Wat hierin geschat is")
    assert f"telden daaruit {len(grounds)} waarden mee: {sourced} met een bron en {len(grounds) - sourced} met een inschatting van de makers." in guessed
    assert "Hoe belangrijk iets is voor een dienst, is ook een inschatting" in guessed and "- Onze dienst: tijd en empathie." in guessed
    listed = part(text, "Bronnen").replace("\\", "").splitlines()
    assert {line.removeprefix("- ") for line in listed[: len(sources)]} == sources


def test_levels_that_nobody_chose_are_not_called_chosen(opened: Callable[..., Page]) -> None:
    assert "kozen wij zelf" not in part(markdown_of(opened(AFVAL)), "Wat hierin geschat is")


@pytest.mark.parametrize("typed", ["- geen lijst", "-", "+ geen lijst", "* geen lijst", "1. geen lijst", "12) geen lijst", "> geen citaat", "# geen kop", "---", "===", "    geen code", "```", "=== \n---"])
def test_markdown_shows_the_start_of_a_text_as_typed(typed: str, opened: Callable[..., Page]) -> None:
    page = opened({"naam": typed, "kanalen": {"dienst": "afval"}}, strategie={"doelen": typed})
    html = markdown.markdown(markdown_of(page), extensions=["tables"])
    shown = re.escape(typed.strip().replace(">", "&gt;")).replace("\\ \\\n", r"\s*<br\s*/?>\s*")
    assert re.search(rf"bereiken</h2>\s*<p>{shown}</p>", html), html[:600]
    assert re.search(rf"<li>{shown}: alle inwoners\.</li>", html), html[:1200]


def test_word_gets_a_document_of_today_with_title_and_language(opened: Callable[..., Page]) -> None:
    page = opened({"naam": "Half \ud83d teken", "kanalen": {"dienst": "afval"}})
    with zipfile.ZipFile(io.BytesIO(downloaded(page, "Download voor Word"))) as archive:
        assert archive.testzip() is None
        parts = {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}
    mode = next(parts["word/settings.xml"].iter(f"{WORD}compatSetting"))
    assert (mode.get(f"{WORD}name"), mode.get(f"{WORD}val")) == ("compatibilityMode", "15")
    assert {found.tag.rpartition("}")[2]: found.text for found in parts["docProps/core.xml"]} == {"title": "Kanalenstrategie, eerste versie", "language": "nl-NL"}
    targets = {found.get("Target") for name in ("_rels/.rels", "word/_rels/document.xml.rels") for found in parts[name]}
    assert targets == {"word/document.xml", "docProps/core.xml", "styles.xml", "numbering.xml", "settings.xml"}
    typed = {found.get("PartName") for found in parts["[Content_Types].xml"] if found.get("PartName")}
    assert typed == {f"/{name}" for name in parts if name.endswith(".xml") and not name.startswith("[")}


def test_a_browser_that_can_make_no_zip_points_at_markdown(opened: Callable[..., Page]) -> None:
    page = opened(AFVAL, script="delete globalThis.CompressionStream")
    page.get_by_role("button", name="Download voor Word").click()
    expect(page.locator(".tw-notice", has_text="Download het als Markdown")).to_be_visible()
    assert markdown_of(page).startswith("# Kanalenstrategie")


def test_print_gives_the_document_and_not_the_tool(opened: Callable[..., Page]) -> None:
    page = opened(AFVAL)
    page.get_by_label("Wat willen jullie bereiken?").fill("Iedereen geholpen.\nOok op maandag.")
    headings = re.findall(r"^## (.+)$", markdown_of(page), re.M)
    expect(page.get_by_role("heading", name="Kanalenstrategie, eerste versie")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_have_text(["Kanalenstrategie, eerste versie"])
    assert "Iedereen geholpen.\nOok op maandag." in page.locator("main").inner_text()
    expect(page.get_by_role("heading", level=2)).to_have_text(headings)
    for tool in (page.locator(".tw-matrix"), page.get_by_label("Wat willen jullie bereiken?"), page.get_by_role("button")):
        expect(tool.locator("visible=true")).to_have_count(0)


def test_print_without_services_gives_the_paper_to_fill_in(opened: Callable[..., Page]) -> None:
    page = opened()
    expect(page.get_by_role("heading", name="Vul dit samen in")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Vul dit samen in")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(["Kanalenstrategie"])
    expect(page.get_by_role("link", name="Naar de Kanaalwijzer")).to_be_hidden()
