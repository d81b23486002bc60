"""Keeping tips, and the page with the kept tips, in a real browser on the built site."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from axe import violations
from kinds_of_pages import KINDS
from playwright.sync_api import Locator, Page, expect

PAGE = "selectie/"
FORBIDDEN = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
TITLE = ".tw-selection__list .tw-card__title"


def open_kept(new_page: Callable[..., Page], address: str, *tips: int | tuple[int, str], path: str = PAGE, **options: object) -> Page:
    """Open the page of the selection in a browser that already keeps tips, each a number or a number with a note."""
    page = new_page(**options)
    page.goto(address + "feed.xml")
    kept = [{"nummer": tip, "notitie": ""} if isinstance(tip, int) else {"nummer": tip[0], "notitie": tip[1]} for tip in tips]
    page.evaluate("(kept) => localStorage.setItem('tipwijzer.selectie', JSON.stringify({ versie: 1, tips: kept }))", kept)
    page.goto(address + path)
    return page


def stored(page: Page, key: str = "tipwijzer.selectie") -> Any:
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", key))


def numbers(page: Page) -> list[int]:
    return [tip["nummer"] for tip in stored(page)["tips"]]


def save_button(page: Page, number: int) -> Locator:
    return page.locator(f"tw-save[data-tip='{number}'] button").first


def expect_rows(page: Page, *expected: int) -> None:
    expect(page.locator(TITLE)).to_have_text([re.compile(rf"^(Tip )?{number}\b") for number in expected])


# ---------------------------------------------------------------- keeping


def test_a_card_is_kept_without_opening_it_and_the_header_counts(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(address + "tips/")
    expect(page.locator(".tw-selection-link")).to_have_accessible_name("Selectie")
    expect(save_button(page, 12)).to_have_accessible_name("Bewaar tip 12")
    save_button(page, 12).click()
    expect(save_button(page, 12)).to_have_accessible_name("Bewaard (haal tip 12 uit je selectie)")
    expect(page.get_by_text("Tip 12 is bewaard. Je selectie heeft 1 tip.")).to_have_count(1)
    save_button(page, 5).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tw-selection-link")).to_have_accessible_name("Selectie 2 tips")
    assert page.url == address + "tips/"
    page.reload()
    expect(save_button(page, 12)).to_contain_text("Bewaard")
    save_button(page, 12).click()
    expect(page.get_by_text("Tip 12 is weggehaald. Je selectie heeft 1 tip.")).to_have_count(1)
    assert numbers(page) == [5]


def test_a_tip_page_keeps_its_tip_and_the_link_leads_to_the_selection(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(address + KINDS["tip"])
    page.get_by_role("button", name="Bewaar tip 104", exact=True).click()
    expect(page.get_by_role("button", name="Bewaard (haal tip 104")).to_be_focused()
    page.get_by_role("link", name="Selectie 1 tip").click()
    expect_rows(page, 104)


def test_every_card_can_be_kept(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    for kind in ("home", "theme", "question", "news", "tip"):
        page.goto(address + KINDS[kind])
        cards = page.locator("li.tw-card:has(.tw-card__number)")
        assert cards.count() > 0
        expect(cards.locator("button", has_text="Bewaar")).to_have_count(cards.count())
        box = cards.first.get_by_role("button").bounding_box()
        assert box and box["width"] >= 44 and box["height"] >= 44


def test_the_result_of_the_check_can_be_kept(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(address + "zelfcheck/#resultaat")
    first = page.locator(".tw-result__tip tw-save button").first
    first.click()
    expect(first).to_contain_text("Bewaard")
    expect(page.locator("[data-tw-kept]")).to_contain_text("1")


def test_without_javascript_and_on_paper_there_is_no_button(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(address + PAGE)
    expect(page.get_by_text("werkt alleen met JavaScript")).to_be_visible()
    page.get_by_role("article").get_by_role("link", name="Bekijk alle tips").click()
    expect(page).to_have_url(address + "tips/")
    assert page.get_by_text("Bewaar", exact=True).count() == 0
    page = new_page()
    page.goto(address + "tips/")
    expect(save_button(page, 12)).to_be_visible()
    page.emulate_media(media="print")
    expect(save_button(page, 12)).to_be_hidden()


def test_the_button_does_not_move_what_is_on_the_page(address: str, new_page: Callable[..., Page]) -> None:
    sizes = []
    for script in (True, False):
        page = new_page(java_script_enabled=script, viewport={"width": 360, "height": 740})
        page.goto(address + KINDS["theme"])
        sizes.append([page.locator(".tw-card").nth(place).bounding_box() for place in range(3)])
    assert sizes[0] == sizes[1]


def test_two_tabs_stay_in_step(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, 12)
    other = page.context.new_page()
    other.goto(address + "tips/")
    save_button(other, 5).click()
    expect_rows(page, 12, 5)
    page.get_by_label("Notitie bij tip 5").fill("Vraag Aïcha")
    page.get_by_role("button", name="Haal weg tip 12").click()
    expect(save_button(other, 12)).to_have_accessible_name("Bewaar tip 12")
    expect(other.locator(".tw-selection-link")).to_have_accessible_name("Selectie 1 tip")
    save_button(other, 23).click()
    expect_rows(page, 5, 23)
    expect(page.get_by_label("Notitie bij tip 5")).to_have_value("Vraag Aïcha")


@pytest.mark.parametrize("script", [FORBIDDEN, FULL])
def test_without_storage_it_works_for_the_page_and_says_so(script: str, address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.add_init_script(script)
    page.goto(address + "tips/")
    save_button(page, 12).click()
    expect(save_button(page, 12)).to_contain_text("Bewaard")
    expect(page.locator("[data-tw-saved]")).to_contain_text("kan je selectie niet bewaren")
    expect(page.locator("[data-tw-saved]")).to_be_in_viewport(ratio=1)
    assert page.locator("[data-tw-saved]").bounding_box()["height"] > 30  # type: ignore[index]
    page.goto(address + PAGE + "#t=12.104")
    page.get_by_role("button", name="Voeg toe aan mijn selectie").click()
    expect_rows(page, 12, 104)
    expect(page.get_by_text("kan je selectie niet bewaren")).to_be_visible()
    page.get_by_role("button", name="Zet tip 12 lager").click()
    expect_rows(page, 104, 12)


def test_spoiled_storage_is_told_and_mended_by_the_next_tip(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address)
    for kept in ("{", "null", "[]", '{"versie":2,"tips":[]}', '{"versie":1,"tips":7}', '{"versie":1}'):
        page.evaluate("(kept) => localStorage.setItem('tipwijzer.selectie', kept)", kept)
        page.reload()
        expect(page.get_by_text("niet meer te lezen")).to_be_visible()
        expect(page.get_by_text("Je hebt nog geen tips bewaard.")).to_be_visible()
    page.goto(address + "tips/")
    save_button(page, 12).click()
    page.goto(address + PAGE)
    expect_rows(page, 12)
    expect(page.get_by_text("niet meer te lezen")).to_have_count(0)


def test_what_is_not_sound_in_storage_is_left_out(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address)
    hostile = [None, 3, {"nummer": "12"}, {"nummer": 0}, {"nummer": 1.5}, {"nummer": 10000}, {"nummer": 12, "notitie": 7}, {"nummer": 12, "notitie": "twee keer"}]
    text = {"nummer": 104, "notitie": "<img src=x onerror=alert(1)>" + "x" * 600}
    page.evaluate("(tips) => localStorage.setItem('tipwijzer.selectie', JSON.stringify({ versie: 1, tips }))", [*hostile, text])
    page.reload()
    expect_rows(page, 12, 104)
    expect(page.get_by_label("Notitie bij tip 12")).to_have_value("")
    expect(page.get_by_label("Notitie bij tip 104")).to_have_value(re.compile("^<img.{496}$"))
    assert page.locator(".tw-selection img").count() == 0


def test_a_selection_has_an_end_and_says_so(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, *range(1000, 1300), path="tips/")
    save_button(page, 12).click()
    expect(page.get_by_text("Je selectie is vol: meer dan 300 tips kan niet.")).to_be_visible()
    expect(save_button(page, 12)).to_have_accessible_name("Bewaar tip 12")


# ---------------------------------------------------------------- the page


def test_an_empty_selection_says_what_to_do(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(address + PAGE)
    expect(page.get_by_text("Je hebt nog geen tips bewaard.")).to_be_visible()
    expect(page.get_by_role("link", name="Bekijk alle tips")).to_have_attribute("href", address + "tips/")
    expect(page.get_by_role("link", name="Doe de zelfcheck")).to_have_attribute("href", address + "zelfcheck/")
    assert page.evaluate("localStorage.getItem('tipwijzer.selectie')") is None


def test_moving_by_keyboard_keeps_the_focus_on_the_tip(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, 12, (104, "blijft erbij"), 23)
    page.get_by_role("button", name="Zet tip 104 hoger").focus()
    page.keyboard.press("Enter")
    expect_rows(page, 104, 12, 23)
    expect(page.get_by_text("Tip 104 staat nu op plek 1 van 3.")).to_have_count(1)
    expect(page.get_by_role("button", name="Zet tip 104 hoger")).to_be_disabled()
    expect(page.get_by_role("button", name="Zet tip 104 lager")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect_rows(page, 12, 23, 104)
    expect(page.get_by_role("button", name="Zet tip 104 hoger")).to_be_focused()
    page.reload()
    expect_rows(page, 12, 23, 104)
    expect(page.get_by_label("Notitie bij tip 104")).to_have_value("blijft erbij")


def test_removing_can_be_undone_in_place(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, 12, (104, "mijn notitie"), 23)
    page.get_by_role("button", name="Haal weg tip 104").click()
    expect(page.get_by_role("button", name="Zet terug tip 104")).to_be_focused()
    expect(page.locator(".tw-selection__list > li").nth(1)).to_contain_text("Tip 104 is weggehaald.")
    assert numbers(page) == [12, 23]
    page.keyboard.press("Enter")
    expect_rows(page, 12, 104, 23)
    expect(page.get_by_label("Notitie bij tip 104")).to_have_value("mijn notitie")
    expect(page.get_by_role("button", name="Haal weg tip 104")).to_be_focused()


def test_the_last_tip_can_be_put_back(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, 12)
    page.get_by_role("button", name="Haal weg tip 12").click()
    expect(page.get_by_role("link", name="Kies andere tips")).to_be_visible()
    page.get_by_role("button", name="Zet terug tip 12").click()
    expect_rows(page, 12)


def test_a_note_is_kept_while_typing(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, 12, 104)
    note = page.get_by_label("Notitie bij tip 104")
    note.press_sequentially("Bel de balie")
    expect(note).to_be_focused()
    assert stored(page)["tips"][1]["notitie"] == "Bel de balie"
    note.fill("x" * 600)
    assert len(stored(page)["tips"][1]["notitie"]) == 500
    page.reload()
    expect(note).to_have_value("x" * 500)


def test_all_can_be_removed_and_put_back(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, (12, "een"), 104)
    page.get_by_role("button", name="Maak de selectie leeg").click()
    expect(page.get_by_text("Je hebt nog geen tips bewaard.")).to_be_visible()
    expect(page.get_by_role("button", name="Zet 2 tips terug")).to_be_focused()
    page.keyboard.press("Enter")
    expect_rows(page, 12, 104)
    expect(page.get_by_label("Notitie bij tip 12")).to_have_value("een")


def test_a_tip_that_is_gone_keeps_its_note_and_stays_out_of_links(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, 12, (9876, "toch bewaren"))
    expect_rows(page, 12, 9876)
    expect(page.get_by_text("Deze tip staat niet meer op de site.")).to_be_visible()
    expect(page.get_by_label("Notitie bij tip 9876")).to_have_value("toch bewaren")
    expect(page.get_by_role("link", name="Maak er kaarten van")).to_have_attribute("href", address + "kaarten/#t=12")


# ---------------------------------------------------------------- taking along


def test_sharing_copies_numbers_and_no_notes(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, 104, (12, "geheim"), permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("delete Navigator.prototype.share")
    page.get_by_role("button", name="Deel als link").click()
    expect(page.get_by_text("De link is gekopieerd.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == address + PAGE + "#t=104.12"
    page.evaluate("Navigator.prototype.share = async (what) => { window.given = what; }")
    page.get_by_role("button", name="Deel als link").click()
    page.evaluate("async () => { while (!window.given) await new Promise(requestAnimationFrame); }")
    assert page.evaluate("window.given.url") == address + PAGE + "#t=104.12"


def test_sharing_without_a_clipboard_shows_the_link(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, 12)
    page.evaluate("() => { delete Navigator.prototype.share; navigator.clipboard.writeText = async () => { throw new Error('no'); }; }")
    page.get_by_role("button", name="Deel als link").click()
    expect(page.get_by_label("Tekst om te kopiëren")).to_have_value(address + PAGE + "#t=12")
    expect(page.get_by_label("Tekst om te kopiëren")).to_be_focused()


def test_downloads_are_harmless_and_hold_the_notes(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, (104, '=HYPERLINK("x";"y")'), (12, "# geen kop; wel <b>tekst</b>\nen meer"))
    title = page.locator(TITLE).first.locator("a").evaluate("(link) => link.lastChild.textContent")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download voor Excel").click()
    assert re.fullmatch(r"tipwijzer-selectie-\d{4}-\d\d-\d\d\.csv", saved.value.suggested_filename)
    octets = saved.value.path().read_bytes()
    assert octets.startswith(b"\xef\xbb\xbf")
    header, first, second = csv.reader(io.StringIO(octets.decode("utf-8-sig"), newline=""), delimiter=";")
    assert header == ["Nummer", "Tip", "Samenvatting", "Thema", "Moeite", "Notitie", "Link"]
    assert (first[0], first[1], first[5]) == ("104", title, "'=HYPERLINK(\"x\";\"y\")")
    assert first[6] == address + KINDS["tip"]
    assert second[5] == "# geen kop; wel <b>tekst</b>\nen meer"
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download als tekst").click()
    text = saved.value.path().read_text("utf-8")
    assert text.startswith("# Mijn selectie van Tipwijzer\n")
    assert f"## [104. {title}]({address}{KINDS['tip']})" in text
    assert "**Notitie:** \\# geen kop; wel &lt;b>tekst&lt;/b><br>en meer\n" in text


def test_cards_are_made_of_the_selection_in_its_order(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, 104, 12)
    cards = page.get_by_role("link", name="Maak er kaarten van")
    expect(cards).to_have_attribute("href", address + "kaarten/#t=104.12")
    page.get_by_role("button", name="Zet tip 12 hoger").click()
    expect(cards).to_have_attribute("href", address + "kaarten/#t=12.104")


def test_tips_go_to_the_plan_of_the_check_and_leave_what_stands_there(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, (104, "eerst vragen"), (12, "nieuw"))
    plan = {"12": {"status": "doen-we-al", "wie": "Anja", "wanneer": "2027-01-15", "notitie": "oud"}}
    service = {"naam": "Hulp bij schulden", "kort": False, "antwoorden": {}, "plan": plan}
    state = {"soort": "tipwijzer-zelfcheck", "versie": 1, "vragen": 1, "datum": "", "invuller": "", "diensten": [service]}
    page.evaluate("(state) => localStorage.setItem('tipwijzer.zelfcheck', JSON.stringify(state))", state)
    page.get_by_role("button", name="Zet in het actieplan van de zelfcheck").click()
    expect(page.get_by_text("1 tip toegevoegd aan het actieplan van ‘Hulp bij schulden’, bij ‘Later’. 1 tip stond er al in en is niet veranderd.")).to_be_visible()
    kept = stored(page, "tipwijzer.zelfcheck")["diensten"][0]["plan"]
    assert kept == {**plan, "104": {"status": "later", "wie": "", "wanneer": "", "notitie": "eerst vragen"}}
    page.get_by_role("link", name="Bekijk het plan").click()
    expect(page.locator(".tw-plan__row")).to_have_count(2)
    expect(page.locator(".tw-plan__row").first.get_by_label("Wat")).to_have_value("later")


def test_without_a_check_the_plan_begins(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, 104, 12, 9876)
    page.get_by_role("button", name="Zet in het actieplan van de zelfcheck").click()
    expect(page.get_by_text("2 tips toegevoegd aan het actieplan, bij ‘Later’.")).to_be_visible()
    page.get_by_role("button", name="Zet in het actieplan van de zelfcheck").click()
    expect(page.get_by_text("Er is niets toegevoegd aan het actieplan. 2 tips stonden er al in")).to_be_visible()


def test_the_plan_is_not_touched_when_keeping_is_off(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, 104)
    page.evaluate("localStorage.setItem('tipwijzer.zelfcheck.uit', 'ja')")
    page.get_by_role("button", name="Zet in het actieplan van de zelfcheck").click()
    expect(page.get_by_text("In de zelfcheck staat bewaren uit.")).to_be_visible()
    assert page.evaluate("localStorage.getItem('tipwijzer.zelfcheck')") is None


def test_prints_tips_with_note_and_address_and_nothing_to_press(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, (104, "eerst vragen"), 12)
    page.get_by_label("Notitie bij tip 12").fill("net getypt")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text(re.compile(r"^Tipwijzer, \d+ [a-z]+ \d{4}$"))).to_be_visible()
    expect(page.get_by_text("Notitie: eerst vragen")).to_be_visible()
    expect(page.get_by_text("Notitie: net getypt")).to_be_visible()
    expect(page.get_by_text(address + KINDS["tip"])).to_be_visible()
    expect(page.locator("button:visible, textarea:visible")).to_have_count(0)


# ---------------------------------------------------------------- a shared selection


def test_a_shared_selection_leaves_the_own_one_alone(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, (12, "van mij"), path=PAGE + "#t=104.12.9876")
    expect(page.get_by_role("heading", level=1)).to_have_text("Een gedeelde selectie")
    expect(page.get_by_text("Tip 9876 staat niet op deze site.")).to_be_visible()
    expect(page.locator(".tw-selection .tw-card__number")).to_have_text([re.compile("^104"), re.compile("^12")])
    assert numbers(page) == [12]
    page.get_by_role("button", name="Voeg toe aan mijn selectie").click()
    expect_rows(page, 12, 104)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn selectie")
    expect(page.get_by_label("Notitie bij tip 12")).to_have_value("van mij")
    assert "#" not in page.url
    expect(page.get_by_text("1 tip toegevoegd.")).to_be_visible()
    expect(page.get_by_role("button", name="Maak dit ongedaan")).to_be_focused()
    page.keyboard.press("Enter")
    expect_rows(page, 12)


def test_a_shared_selection_can_replace_the_own_one_and_back(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, (12, "van mij"), 23, path=PAGE + "#t=104.12")
    page.get_by_role("button", name="Vervang mijn selectie").click()
    expect_rows(page, 104, 12)
    page.get_by_role("button", name="Maak dit ongedaan").click()
    expect_rows(page, 12, 23)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Een gedeelde selectie")
    page.get_by_role("button", name="Naar mijn selectie").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect_rows(page, 12, 23)


def test_a_link_opens_also_on_the_page_itself(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, 12)
    expect_rows(page, 12)  # Before it has its tips, a page opens its link without taking the focus.
    page.evaluate("location.hash = 't=104'")
    expect(page.get_by_role("heading", level=1, name="Een gedeelde selectie")).to_be_focused()
    page.locator(".tw-skip, .md-skip").focus()
    page.keyboard.press("Enter")
    expect_rows(page, 12)
    expect(page.get_by_text("klopt niet")).to_have_count(0)


def test_a_broken_link_changes_nothing(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, 12, path=f"{PAGE}#t=12.")
    told = page.get_by_text("Deze link naar een selectie klopt niet.")
    expect(told).to_be_visible()
    for fragment in ("t=", "t=12,104", "t=abc", "t=12345", "x=12", "t=%3Cimg%20src=x%3E", "t=-1", "%E0%A4%A", "T=12"):
        page.evaluate("location.hash = ''")
        expect(told).to_have_count(0)
        page.evaluate("(fragment) => { location.hash = fragment; }", fragment)
        expect(told).to_be_visible()
        expect_rows(page, 12)
    assert numbers(page) == [12]


def test_a_link_with_only_unknown_tips(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, 12, path=PAGE + "#t=" + ".".join(str(number) for number in [0, *range(9000, 9020)]))
    expect(page.get_by_text("Deze tips staan niet op deze site: 0, 9000, 9001, 9002, 9003, 9004, 9005, 9006, 9007, 9008 en nog 11.")).to_be_visible()
    expect(page.get_by_role("button", name="Voeg toe")).to_have_count(0)
    page.get_by_role("button", name="Naar mijn selectie").click()
    expect_rows(page, 12)


# ---------------------------------------------------------------- for everybody


def test_axe_finds_nothing_and_it_fits(address: str, new_page: Callable[..., Page]) -> None:
    page = open_kept(new_page, address, (104, "een notitie"), 12, 9876, viewport={"width": 320, "height": 640})
    expect_rows(page, 104, 12, 9876)
    assert violations(page) == []
    page.get_by_role("button", name="Haal weg tip 12").click()
    page.get_by_role("button", name="Zet in het actieplan").click()
    expect(page.get_by_role("link", name="Bekijk het plan")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.goto(address + PAGE + "#t=104.12.9876")
    expect(page.get_by_role("heading", level=1)).to_have_text("Een gedeelde selectie")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    for control in page.locator(".tw-selection button, .tw-header a.tw-selection-link").all():
        box = control.bounding_box()
        assert box and box["height"] >= 44 and box["width"] >= 44


def test_says_that_tips_did_not_load(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.route("**/tips/gegevens.json", lambda route: route.abort())
    page.goto(address + PAGE)
    expect(page.get_by_text("De tips zijn niet te laden.")).to_be_visible()
