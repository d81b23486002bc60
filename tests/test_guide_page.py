"""The Kanaalwijzer and the strategy in a real browser: advice, files, links, documents, keyboard, narrow screens, no JavaScript."""

from __future__ import annotations

import base64
import json
import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from playwright.sync_api import Locator, Page, expect

GUIDE, STRATEGY, CHECK = "kanaalwijzer/", "kanalenstrategie/", "zelfcheck/"
KEY = "tipwijzer.zelfcheck"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SERVICES = [
    {"naam": "Hulp bij schulden", "kanalen": {"dienst": "schuldhulp", "aanbod": ["website", "e-mail"]}, "plan": {"12": {"status": "gaan-we-doen", "wie": "Sanne", "wanneer": "2027-01-05", "notitie": ""}}},
    {"naam": "", "kanalen": {"dienst": "paspoort"}},
    {"naam": "Afval", "kanalen": {"dienst": "afval"}},
    {"naam": "Verhuizen", "kanalen": {"dienst": "verhuizing"}},
]


def opened(page: Page, address: str, path: str, services: list[dict[str, Any]] | None = None, **more: Any) -> Page:
    """Open a page, with services in the browser's storage when they are given."""
    if services is not None:
        page.goto(address + CHECK + "gegevens.json")
        version = json.loads(page.locator("body").inner_text())["version"]
        filled = [{"naam": "", "kort": False, "antwoorden": {}, "plan": {}, "kanalen": {}, **service} for service in services]
        page.goto(address + "404.html")
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps({"soort": "tipwijzer-zelfcheck", "versie": 2, "vragen": version, "diensten": filled, **more})])
    page.goto(address + path)
    expect(page.locator(".tw-route, .tw-matrix, .tw-strategy a").first).to_be_visible()
    return page


def stored(page: Page) -> dict[str, Any]:
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", KEY))  # type: ignore[no-any-return]


def route(page: Page, name: str) -> Locator:
    return page.locator(".tw-route", has=page.get_by_text(name, exact=True))


def routes(page: Page) -> list[str]:
    return page.locator(".tw-route h3").all_inner_texts()


def test_choosing_a_service_gives_its_routes_and_reasons(address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(), address, GUIDE)
    page.get_by_label("Waar lijkt jullie dienst op?").select_option(label="Paspoort of identiteitskaart aanvragen")
    expect(page.get_by_role("heading", name="Ons advies: paspoort of identiteitskaart aanvragen")).to_be_visible()
    assert routes(page)[0] == "Balie"
    expect(page.locator("#advies .tw-notice")).to_contain_text("Eén stap ligt vast.")
    expect(page.locator("[data-factor=tijd] [data-why]")).not_to_be_empty()
    expect(route(page, "Hoofdroute")).to_contain_text("De balie schiet hier tekort op een eigen moment en plaats.")
    expect(route(page, "Altijd een mens")).to_contain_text("De telefoon past bij een eigen moment en plaats, en schiet nergens tekort.")
    expect(route(page, "Altijd een mens").get_by_role("heading", level=4, name="Van de balie naar")).to_be_visible()
    page.reload()
    expect(page.locator(".tw-route h3").first).to_have_text("Balie")
    assert stored(page)["diensten"][0]["kanalen"] == {"dienst": "paspoort"}


def test_a_choice_changes_the_advice_and_a_new_service_begins_anew(address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(), address, GUIDE, [{"kanalen": {"dienst": "verhuizing"}}])
    before = routes(page)
    page.locator("[data-field=gevoelig]").get_by_label("Vaak").check()
    expect(page.locator(".tw-route h3").first).not_to_have_text(before[0])
    page.locator("[data-factor=empathie]").get_by_label("Heel belangrijk").check()
    expect(page.locator("[data-factor=empathie] [data-why]")).to_have_text("Zo kozen jullie het hier.")
    assert stored(page)["diensten"][0]["kanalen"] == {"dienst": "verhuizing", "gevoelig": "vaak", "nodig": {"empathie": 3}}
    page.get_by_label("Waar lijkt jullie dienst op?").select_option("afval")
    assert stored(page)["diensten"][0]["kanalen"] == {"dienst": "afval"}
    page.get_by_role("button", name="Terug naar wat er stond").click()
    assert stored(page)["diensten"][0]["kanalen"] == {"dienst": "verhuizing", "gevoelig": "vaak", "nodig": {"empathie": 3}}
    page.get_by_role("button", name="Begin opnieuw met deze dienst").click()
    assert stored(page)["diensten"][0]["kanalen"] == {}
    expect(page.get_by_label("Waar lijkt jullie dienst op?")).to_be_focused()


def test_a_municipality_without_a_human_channel_is_told_to_add_one(address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(), address, GUIDE, [{"kanalen": {"dienst": "verhuizing"}}])
    for name in ("Website", "E-formulier", "E-mail"):
        page.locator("#kanalen").get_by_label(name, exact=True).check()
    expect(route(page, "Altijd een mens")).to_contain_text("Dit kanaal hebben jullie nog niet. Voeg het toe.")
    expect(route(page, "Hoofdroute")).not_to_contain_text("Voeg het toe.")


def test_own_values_hold_and_can_be_taken_back(address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(), address, GUIDE, [{"kanalen": {"dienst": "verhuizing", "aanbod": ["website", "e-formulier", "mijn-omgeving", "telefoon"]}}])
    assert routes(page)[0] == "E-formulier"
    item = page.locator("[data-channel=e-formulier]")
    item.locator("summary").click()
    item.get_by_label("Tijd").focus()
    item.get_by_label("Tijd").select_option(label="weinig")
    expect(page.locator(".tw-route h3").first).to_have_text("Mijn-omgeving")
    expect(item.get_by_label("Tijd")).to_be_focused()
    assert stored(page)["diensten"][0]["kanalen"]["waarden"] == {"e-formulier": {"tijd": 0}}
    item.get_by_label("Tijd").select_option(index=0)
    expect(page.locator(".tw-route h3").first).to_have_text("E-formulier")
    assert "waarden" not in stored(page)["diensten"][0]["kanalen"]


def test_answers_of_the_self_check_count_so_that_nobody_answers_twice(address: str, new_page: Callable[..., Page]) -> None:
    answers = {"soort": ["hulp"], "verloop.gevoelig": ["vaak"], "verloop.uitleg": ["soms"], "belangrijk": ["gehoord"], "kanalen": ["website", "telefoon"], "groepen.lezen": ["veel"]}
    page = opened(new_page(), address, GUIDE, [{"naam": "Schuldhulp", "antwoorden": answers}])
    expect(page.get_by_role("heading", name="Ons advies voor Schuldhulp")).to_be_visible()
    expect(page.locator("[data-factor=empathie]").get_by_label("Heel belangrijk")).to_be_checked()
    expect(page.locator("[data-factor=empathie] [data-why]")).to_contain_text("Uit jullie zelfcheck:")
    expect(page.locator("[data-factor=complexiteit]").get_by_label("Belangrijk", exact=True)).to_be_checked()
    expect(page.locator("[data-field=gevoelig]").get_by_label("Vaak")).to_be_checked()
    expect(page.locator("[data-field=taak]").get_by_label("Samen bespreken wat nodig is")).to_be_checked()
    expect(page.locator("#kanalen input:checked")).to_have_count(2)
    expect(page.locator("[data-group-why]")).to_contain_text("moeite hebben met lezen en schrijven")
    assert routes(page)[0] == "Telefoon"


def test_the_picture_and_the_table_say_the_same(address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(), address, GUIDE, [{"kanalen": {"dienst": "schuldhulp"}}])
    main = page.locator(".tw-route").first
    name = main.locator("h3").inner_text()
    names = main.get_by_role("img").evaluate_all("(all) => all.map((one) => one.getAttribute('aria-label'))")
    assert len(names) == 7 and all(re.fullmatch(r"(gewoon|belangrijk|heel belangrijk) voor deze dienst, en dit kanaal biedt dat (weinig|redelijk|goed|heel goed)", text) for text in names)
    page.get_by_text("Alle kanalen naast elkaar").click()
    row = page.locator(".tw-guide__all tbody tr", has=page.get_by_role("rowheader", name=name, exact=True))
    levels = [int(text.split()[0]) for text in row.locator("td").all_inner_texts()[:7]]
    words = ["weinig", "redelijk", "goed", "heel goed"]
    assert [text.rpartition("biedt dat ")[2] for text in names] == [words[level] for level in levels]
    assert main.locator(".tw-bars__told").count() == row.locator("td strong").count()


def test_the_whole_by_keyboard(address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(), address, GUIDE)
    services = page.get_by_label("Waar lijkt jullie dienst op?")
    services.focus()
    labels = services.locator("option").all_text_contents()
    for _ in range(labels.index("Vragen over afval")):
        page.keyboard.press("ArrowDown")
    expect(services.locator("option:checked")).to_have_text("Vragen over afval")
    expect(page.locator(".tw-route h3").first).to_have_text("Website")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Voor wie?")).to_be_focused()
    page.locator("[data-factor=tijd] input:checked").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-factor=tijd] input:checked")).to_be_focused()
    expect(page.locator("[data-factor=tijd] [data-why]")).to_have_text("Zo kozen jullie het hier.")
    page.get_by_role("button", name="Nog een dienst").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Waar lijkt jullie dienst op?")).to_be_focused()
    page.get_by_label("Welke van jullie diensten?").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Welke van jullie diensten?")).to_be_focused()
    expect(page.locator(".tw-route h3").first).to_have_text("Website")
    page.keyboard.press("Tab")
    page.keyboard.type("Afval bij ons")
    expect(page.get_by_role("heading", name="Ons advies voor Afval bij ons")).to_be_visible()
    expect(page.get_by_label("Hoe heet de dienst bij jullie?")).to_be_focused()


def test_a_file_goes_to_and_fro_with_the_self_check(address: str, new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(new_page(), address, GUIDE, SERVICES)
    with page.expect_download() as download:
        page.get_by_role("button", name="Bewaar als bestand").click()
    file = tmp_path / "check.json"
    download.value.save_as(file)
    assert json.loads(file.read_text(encoding="utf-8"))["diensten"][0]["kanalen"] == SERVICES[0]["kanalen"]
    other = opened(new_page(), address, STRATEGY)
    other.get_by_label("Open een bestand").set_input_files(file)
    expect(other.locator(".tw-matrix tbody tr")).to_have_count(len(SERVICES))
    other.goto(address + CHECK)
    expect(other.get_by_role("heading", name="Welkom terug")).to_be_visible()


@pytest.mark.parametrize(
    "channels",
    [
        {"dienst": 3}, {"nodig": {"tijd": 9}}, {"nodig": {"tijd": "2"}}, {"waarden": {"balie": {"tijd": 4}}}, {"aanbod": "balie"}, {"waarden": []}, [],
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_and_nothing_is_lost(channels: object, address: str, new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(new_page(), address, GUIDE, [{"kanalen": {"dienst": "afval"}}])
    state = stored(page)
    state["diensten"][0]["kanalen"] = channels
    file = tmp_path / "kapot.json"
    file.write_text(json.dumps(state), encoding="utf-8")
    page.get_by_label("Open een bestand").set_input_files(file)
    expect(page.locator(".tw-notice", has_text="Dit bestand is beschadigd")).to_be_visible()
    assert stored(page)["diensten"][0]["kanalen"] == {"dienst": "afval"}


def test_unknown_choices_are_left_out_and_told(address: str, new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(new_page(), address, GUIDE, [{"kanalen": {"dienst": "afval"}}])
    state = stored(page)
    state["diensten"][0]["kanalen"] = {"dienst": "weg", "groep": "ouderen", "aanbod": ["balie", "fax"], "nodig": {"tijd": 2, "geur": 3}, "waarden": {"fax": {"tijd": 1}, "balie": {"tijd": 2}}}
    file = tmp_path / "oud.json"
    file.write_text(json.dumps(state), encoding="utf-8")
    page.get_by_label("Open een bestand").set_input_files(file)
    expect(page.locator(".tw-notice", has_text="konden niet mee")).to_be_visible()
    assert stored(page)["diensten"][0]["kanalen"] == {"groep": "ouderen", "aanbod": ["balie"], "nodig": {"tijd": 2}, "waarden": {"balie": {"tijd": 2}}}
    page.get_by_role("button", name="Terug naar wat er stond").click()
    assert stored(page)["diensten"][0]["kanalen"] == {"dienst": "afval"}


def test_a_link_brings_one_service_and_holds_no_name(address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(permissions=["clipboard-read", "clipboard-write"]), address, GUIDE, [{"naam": "Geheim", "kanalen": {"dienst": "afval", "groep": "ouderen"}}])
    page.get_by_role("button", name="Kopieer een link").click()
    expect(page.locator(".tw-notice", has_text="De link is gekopieerd.")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    packed = link.partition("#c=")[2]
    text = zlib.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), -15).decode()
    assert "afval" in text and "Geheim" not in text
    other = new_page()
    other.goto(link)
    expect(other.locator(".tw-notice", has_text="De dienst uit de link staat hieronder.")).to_be_visible()
    assert stored(other)["diensten"][0]["kanalen"] == {"dienst": "afval", "groep": "ouderen"}
    assert stored(other)["diensten"][0]["naam"] == "" and "#" not in other.url
    other.goto(address + GUIDE + "#c=kapot")
    expect(other.locator(".tw-notice", has_text="Deze link klopt niet.")).to_be_visible()


def test_a_link_never_takes_the_place_of_a_plan(address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(permissions=["clipboard-read", "clipboard-write"]), address, GUIDE, [{"kanalen": {"dienst": "afval"}}])
    page.get_by_role("button", name="Kopieer een link").click()
    expect(page.locator(".tw-notice", has_text="De link is gekopieerd.")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    other = opened(new_page(), address, GUIDE, [{"plan": {"12": {"status": "later", "wie": "", "wanneer": "", "notitie": ""}}}])
    other.goto(link)
    expect(other.locator(".tw-notice", has_text="Jullie eigen diensten zijn er ook nog.")).to_be_visible()
    assert [bool(one["plan"]) for one in stored(other)["diensten"]] == [True, False]


def test_more_services_than_a_file_may_hold_are_refused(address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(), address, GUIDE, [{"naam": f"Dienst {number}"} for number in range(30)])
    page.get_by_role("button", name="Nog een dienst").click()
    expect(page.locator(".tw-notice", has_text="Meer dan 30 diensten kan niet.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Welke van jullie diensten?").locator("option")).to_have_count(30)


def test_what_another_tab_changed_is_not_written_over(address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(), address, GUIDE, [{"kanalen": {"dienst": "verhuizing"}}])
    check = page.context.new_page()
    check.goto(address + CHECK + "#vraag=soort")
    check.get_by_label("Iets betalen, of uitstel of kwijtschelding vragen").check()
    expect(page.get_by_text("Jullie antwoorden uit de zelfcheck tellen mee.")).to_be_visible()
    page.get_by_label("Voor wie?").select_option("ouderen")
    assert stored(page)["diensten"][0]["antwoorden"] == {"soort": ["betalen"]}
    expect(check.get_by_label("Iets betalen, of uitstel of kwijtschelding vragen")).to_be_checked()
    check.evaluate("localStorage.clear()")
    expect(page.get_by_label("Voor wie?")).to_have_value("")


def test_going_back_shows_what_was_chosen_since(address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(), address, GUIDE, [{"kanalen": {"dienst": "verhuizing"}}])
    page.goto(address + STRATEGY)
    page.get_by_label("Wat willen jullie bereiken?").fill("Iedereen geholpen")
    page.get_by_label("Wat willen jullie bereiken?").blur()
    page.go_back()
    page.get_by_label("Voor wie?").select_option("ouderen")
    assert stored(page)["strategie"] == {"doelen": "Iedereen geholpen"}


def test_a_browser_that_keeps_nothing_says_so(address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(), address, GUIDE)
    page.evaluate("localStorage.setItem('tipwijzer.zelfcheck.uit', 'ja')")
    page.get_by_label("Voor wie?").select_option("ouderen")
    expect(page.get_by_text("staat het bewaren in deze browser uit")).to_be_visible()
    assert page.evaluate("(key) => localStorage.getItem(key)", KEY) is None


def test_the_advice_is_printed_and_the_questions_are_not(address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(), address, GUIDE, [{"kanalen": {"dienst": "afval"}}])
    page.emulate_media(media="print")
    expect(page.locator(".tw-route").first).to_be_visible()
    expect(page.locator("[data-factor=tijd]")).to_be_hidden()
    expect(page.locator(".tw-guide__bar")).to_be_hidden()


def test_a_link_to_a_service_shows_that_one(address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(), address, GUIDE + "#dienst=3", SERVICES)
    expect(page.get_by_role("heading", name="Ons advies voor Afval")).to_be_visible()
    page.evaluate("location.hash = 'dienst=99'")
    expect(page.get_by_role("heading", name="Ons advies voor Verhuizen")).to_be_visible()


# ---------------------------------------------------------------- the strategy


def test_the_matrix_shows_each_service_and_what_is_missing(address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(), address, STRATEGY, SERVICES)
    rows = page.locator(".tw-matrix tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.nth(1)).to_contain_text("Paspoort of identiteitskaart aanvragen")
    for row in rows.all():
        assert sorted(text.splitlines()[0] for text in row.locator("td").all_inner_texts() if text.strip()) == ["Altijd een mens", "Helpt daarbij", "Hoofdroute"]
    expect(rows.first).to_contain_text("hebben jullie nog niet")
    conflicts = page.get_by_role("heading", name="Waar het knelt").locator("xpath=following-sibling::ul[1]")
    expect(conflicts).to_contain_text("Bij Hulp bij schulden hebben jullie geen kanaal waar een mens helpt zonder computer.")
    expect(conflicts).to_contain_text("Voor Hulp bij schulden past geen van jullie kanalen als hoofdroute.")
    expect(conflicts).to_contain_text("4 van de 4 diensten hebben de telefoon als plek waar mensen altijd een mens vinden.")


def test_the_document_opens_as_word_and_holds_what_was_written(address: str, new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(new_page(), address, STRATEGY, [*SERVICES, {"naam": "<w:t> & \u0007 ]]> 🙂", "kanalen": {"dienst": "melding"}}])
    page.get_by_label("Wat willen jullie bereiken?").fill("Wie belt, wordt geholpen.\nOok op maandag & <dinsdag>.")
    page.get_by_label("Wat willen jullie bereiken?").blur()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download voor Word").click()
    assert download.value.suggested_filename == "kanalenstrategie.docx"
    file = tmp_path / "strategie.docx"
    download.value.save_as(file)
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        parts = {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}
    assert {"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml", "word/numbering.xml"} <= parts.keys()
    body = parts["word/document.xml"]
    paragraphs = ["".join(text.text or "" for text in found.iter(f"{WORD}t")) for found in body.iter(f"{WORD}p")]
    styles = {found.attrib[f"{WORD}val"] for found in body.iter(f"{WORD}pStyle")}
    assert styles <= {found.attrib[f"{WORD}styleId"] for found in parts["word/styles.xml"].iter(f"{WORD}style")}
    assert "Wie belt, wordt geholpen." in paragraphs and "Ook op maandag & <dinsdag>." in paragraphs
    assert "<w:t> &  ]]> 🙂" in paragraphs
    for heading in ("Wat wij willen bereiken", "Voor wie wij dit doen", "Welk kanaal waarvoor is", "Waarom wij dit kiezen", "Waar het knelt", "Wat wij gaan doen", "Hoe wij het volgen", "Wat hierin geschat is", "Bronnen"):
        assert heading in paragraphs
    assert "Sanne" in paragraphs and "05-01-2027" in paragraphs
    page.reload()
    expect(page.get_by_label("Wat willen jullie bereiken?")).to_have_value("Wie belt, wordt geholpen.\nOok op maandag & <dinsdag>.")


def test_markdown_shows_what_was_typed_as_typed(address: str, new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(new_page(), address, STRATEGY, [{"naam": "<img src=x> | *ster*", "kanalen": {"dienst": "afval"}}])
    with page.expect_download() as download:
        page.get_by_role("button", name="Download als Markdown").click()
    file = tmp_path / "strategie.md"
    download.value.save_as(file)
    text = file.read_text(encoding="utf-8")
    assert r"| &lt;img src=x> \| \*ster\* | Website |" in text and text.startswith("# Kanalenstrategie, eerste versie\n")


def test_an_earlier_file_is_laid_beside_now(address: str, new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(new_page(), address, STRATEGY, SERVICES)
    state = stored(page)
    state["datum"] = "2026-03-01"
    state["diensten"][2]["kanalen"] = {"dienst": "afval", "gevoelig": "vaak"}
    del state["diensten"][3]
    file = tmp_path / "toen.json"
    file.write_text(json.dumps(state), encoding="utf-8")
    page.get_by_text("Vergelijken met vroeger").click()
    page.get_by_label("Open een eerder bestand").set_input_files(file)
    table = page.get_by_role("region", name="Toen en nu")
    expect(table.get_by_role("columnheader", name="Op 01-03-2026")).to_be_visible()
    expect(table.locator("tbody tr").nth(0)).to_contain_text("hetzelfde")
    expect(table.locator("tbody tr").nth(2)).not_to_contain_text("hetzelfde")
    expect(table.locator("tbody tr").nth(3)).to_contain_text("Stond er nog niet in")


def test_without_services_the_strategy_says_where_to_begin(address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(), address, STRATEGY)
    expect(page.get_by_role("link", name="Naar de Kanaalwijzer")).to_be_visible()
    expect(page.locator(".tw-matrix")).to_have_count(0)


# ---------------------------------------------------------------- for everyone


@pytest.mark.parametrize("path", [GUIDE, STRATEGY])
def test_axe_finds_nothing_when_it_is_filled(path: str, address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(), address, path, SERVICES)
    for details in page.locator("main details summary").all():
        details.click()
    assert violations(page) == []


@pytest.mark.parametrize("path", [GUIDE, STRATEGY])
def test_nothing_sticks_out_on_a_narrow_screen(path: str, address: str, new_page: Callable[..., Page]) -> None:
    page = opened(new_page(viewport={"width": 320, "height": 640}), address, path, SERVICES)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_without_javascript_the_questions_and_the_table_are_there(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(address + GUIDE)
    expect(page.locator("[data-factor]")).to_have_count(7)
    page.get_by_role("link", name="tabel met kanalen").click()
    expect(page.get_by_role("region", name="Tabel met advies per dienst").locator("tbody tr").first).to_be_visible()
    assert page.locator(".tw-ground").count() > 91
    page.goto(address + STRATEGY)
    expect(page.get_by_role("region", name="Lege tabel voor diensten en kanalen")).to_be_visible()
