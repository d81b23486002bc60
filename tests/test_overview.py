"""The overview of all tips in a real browser: filters, order, address, keyboard, and without JavaScript."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe import violations
from playwright.sync_api import Page, expect

CARD = "[data-tw-cards] .tw-card"


@pytest.fixture(scope="module")
def data(site: Path) -> dict[str, Any]:
    return json.loads((site / "tips/gegevens.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def with_options(data: dict[str, Any], *wanted: tuple[str, str]) -> set[int]:
    """Return the numbers of the tips that have all of these options."""
    options = [(facet["id"], option["id"]) for facet in data["facets"] for option in facet["options"]]
    return {tip["number"] for tip in data["tips"] if set(wanted) <= {options[term] for term in tip["terms"]}}


def open_overview(new_page: Callable[..., Page], address: str, fragment: str = "", **options: object) -> Page:
    page = new_page(**options)
    page.goto(f"{address}tips/{fragment}")
    expect(page.locator(".tw-filter").first).to_be_attached()  # The script has drawn its first list.
    return page


def expect_tips(page: Page, numbers: set[int]) -> None:
    word = "tip" if len(numbers) == 1 else "tips"
    expect(page.locator("[data-tw-count]")).to_have_text(f"{len(numbers)} {word} gevonden")
    while (more := page.get_by_role("button", name="Toon meer")).count():
        left = more.inner_text()
        more.press("Enter")  # Cards that come into view take their real height, and the button moves.
        expect(page.get_by_role("button", name=left, exact=True)).to_have_count(0)
    assert {int(text) for text in page.locator(f"{CARD} .tw-card__number").evaluate_all("(all) => all.map((one) => one.firstChild.data)")} == numbers


def choose(page: Page, facet: str, option: str) -> None:
    group = page.locator(f"[data-facet={facet}]")
    if group.get_attribute("open") is None:
        group.locator("summary").first.click()
    group.locator(f"input[value={option}]").click()


def test_between_facets_all_and_within_a_facet_one(data: dict[str, Any], address: str, new_page: Callable[..., Page]) -> None:
    page = open_overview(new_page, address)
    choose(page, "thema", "inclusie")
    expect_tips(page, with_options(data, ("thema", "inclusie")))
    choose(page, "thema", "informatieveiligheid")
    either = with_options(data, ("thema", "inclusie")) | with_options(data, ("thema", "informatieveiligheid"))
    expect_tips(page, either)
    choose(page, "moeite", "klein")
    expect_tips(page, either & with_options(data, ("moeite", "klein")))


def test_every_option_tells_how_many_tips_it_leaves(data: dict[str, Any], address: str, new_page: Callable[..., Page]) -> None:
    page = open_overview(new_page, address, "#doelgroep=ouderen")
    group = page.locator("[data-facet=thema]")
    for option in data["facets"][0]["options"]:
        left = len(with_options(data, ("doelgroep", "ouderen"), ("thema", option["id"])))
        line = group.locator("label", has=page.locator(f"input[value={option['id']}]"))
        expect(line.locator(".tw-filter__count")).to_have_text(str(left))
        assert line.locator("input").is_disabled() == (left == 0)


def test_the_address_holds_the_filters_and_back_undoes_them(data: dict[str, Any], address: str, new_page: Callable[..., Page]) -> None:
    page = open_overview(new_page, address)
    choose(page, "thema", "inclusie")
    choose(page, "thema", "informatieveiligheid")
    assert page.url.endswith("#thema=inclusie,informatieveiligheid") or page.url.endswith("#thema=informatieveiligheid,inclusie")
    two = with_options(data, ("thema", "inclusie")) | with_options(data, ("thema", "informatieveiligheid"))
    other = open_overview(new_page, address, "#" + page.url.partition("#")[2])
    expect_tips(other, two)
    page.go_back()
    expect_tips(page, with_options(data, ("thema", "inclusie")))
    page.go_back()
    expect(page.locator("[data-tw-count]")).to_have_text(f"{len(data['tips'])} tips gevonden")
    page.go_forward()
    expect_tips(page, with_options(data, ("thema", "inclusie")))


def test_a_tip_and_back_shows_the_same_list(data: dict[str, Any], address: str, new_page: Callable[..., Page]) -> None:
    page = open_overview(new_page, address, "#thema=kanaalsturing")
    page.locator(f"{CARD} a").first.click()
    expect(page.locator(".tw-number")).to_be_visible()
    page.go_back()
    expect_tips(page, with_options(data, ("thema", "kanaalsturing")))


def test_filters_are_removed_one_by_one(data: dict[str, Any], address: str, new_page: Callable[..., Page]) -> None:
    page = open_overview(new_page, address, "#thema=inclusie&moeite=klein")
    active = page.get_by_role("list", name="Gekozen filters")
    expect(active.get_by_role("button")).to_have_count(3)
    active.get_by_role("button", name="Thema: Inclusie").click()
    expect(active.get_by_role("button")).to_be_focused()
    expect_tips(page, with_options(data, ("moeite", "klein")))
    active.get_by_role("button").click()
    expect(page.locator("[data-tw-count]")).to_have_text(f"{len(data['tips'])} tips gevonden")
    expect(page.get_by_label("Zoek in de tips")).to_be_focused()


@pytest.mark.parametrize(
    ("order", "key"),
    [
        ("nummer", lambda tip: (tip["number"],)),
        ("nieuw", lambda tip: (-int(tip["added"].replace("-", "")), tip["number"])),
        ("moeite", lambda tip: (["klein", "middel", "groot"].index(tip["effort"]), tip["number"])),
    ],
)
def test_orders(order: str, key: Callable[[dict[str, Any]], Any], data: dict[str, Any], address: str, new_page: Callable[..., Page]) -> None:
    page = open_overview(new_page, address)
    page.get_by_label("Volgorde").select_option(order)
    expected = [tip["title"] for tip in sorted(data["tips"], key=key)]
    expect(page.locator(f"{CARD} a").first).to_contain_text(expected[0])
    shown = page.locator(f"{CARD} a").evaluate_all("(all) => all.map((one) => one.lastChild.data)")
    assert shown == expected[: len(shown)] and len(shown) >= 20


def test_more_comes_in_the_same_order_and_takes_the_focus(data: dict[str, Any], address: str, new_page: Callable[..., Page]) -> None:
    page = open_overview(new_page, address)
    shown = page.locator(CARD).count()
    page.get_by_role("button", name="Toon meer").click()
    expect(page.locator(CARD)).to_have_count(min(2 * shown, len(data["tips"])))
    expect(page.locator(f"{CARD} .tw-card__title a").nth(shown)).to_be_focused()
    page.reload()
    expect(page.locator(CARD)).to_have_count(min(2 * shown, len(data["tips"])))


def test_cards_are_made_of_the_tips_found(data: dict[str, Any], address: str, new_page: Callable[..., Page]) -> None:
    page = open_overview(new_page, address, "#thema=inclusie")
    link = page.get_by_role("link", name="Maak kaarten van deze tips").get_attribute("href") or ""
    assert set(map(int, link.partition("#t=")[2].split("."))) == with_options(data, ("thema", "inclusie"))


@pytest.mark.parametrize("fragment", ["#thema=bestaat-niet", "#__proto__=x&constructor=y", "#orde=toString&toon=-3", "#toon=1e99&thema=%E0%A4%A", "#thema=<img src=x onerror=alert(1)>", "#" + "a=b&" * 3000])
def test_a_strange_address_shows_all_tips(fragment: str, data: dict[str, Any], address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}tips/{fragment}")
    expect(page.locator(".tw-filter").first).to_be_attached()
    expect(page.locator("[data-tw-count]")).to_have_text(f"{len(data['tips'])} tips gevonden")
    assert errors == []


def test_a_long_question_in_an_address_ends_in_a_whole_character(address: str, new_page: Callable[..., Page]) -> None:
    """Half an emoji can't stand in an address, and the page makes one of the question."""
    page = new_page()
    page.goto(address + "404.html")
    found = page.evaluate(
        """async ([base, question]) => {
          const { compile, fromFragment, toFragment } = await import(base + "assets/tips/filter.js");
          const index = compile({ facets: [], tips: [] });
          return toFragment(index, fromFragment(index, "zoek=" + question));
        }""",
        [address, "a" * 199 + "😀"],
    )
    assert found == "zoek=" + "a" * 199


def test_by_keyboard(data: dict[str, Any], address: str, new_page: Callable[..., Page]) -> None:
    page = open_overview(new_page, address)
    page.get_by_label("Zoek in de tips").focus()
    while not page.evaluate("document.activeElement.matches('[data-facet=doelgroep] > summary')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-facet=doelgroep] input").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    chosen = page.locator("[data-facet=doelgroep] input:checked").get_attribute("value") or ""
    expect_tips(page, with_options(data, ("doelgroep", chosen)))
    expect(page.locator("[data-facet=doelgroep] input:checked")).to_be_focused()


def test_at_320_pixels_the_filters_fold(address: str, new_page: Callable[..., Page]) -> None:
    page = open_overview(new_page, address, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    expect(page.locator("[data-facet=thema]")).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    choose(page, "thema", "inclusie")
    expect(page.get_by_text("gekozen")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert violations(page) == []


def test_axe_finds_nothing_with_filters_open(address: str, new_page: Callable[..., Page]) -> None:
    page = open_overview(new_page, address, "#thema=inclusie&moeite=klein&persoon=bestaat-niet")
    page.locator("[data-facet=organisatie] summary").first.click()
    expect(page.locator("[data-facet=organisatie] input").first).to_be_visible()
    assert violations(page) == []


def test_without_javascript_all_tips_and_ways_to_subjects(data: dict[str, Any], address: str, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{address}tips/")
    expect(page.locator(".tw-card")).to_have_count(len(data["tips"]))
    expect(page.locator("[data-tw-filters]")).to_be_hidden()
    expect(page.get_by_label("Volgorde")).to_be_hidden()  # It would do nothing.
    page.get_by_role("navigation", name="Tips per onderwerp").get_by_role("link", name="doelgroep").click()
    expect(page.get_by_role("heading", level=1, name="Doelgroepen")).to_be_visible()


def test_paper_holds_no_controls(address: str, new_page: Callable[..., Page]) -> None:
    page = open_overview(new_page, address)
    page.emulate_media(media="print")
    expect(page.locator(".tw-card").first).to_be_visible()
    expect(page.locator("main :is(button, select, input):visible")).to_have_count(0)


def test_text_and_filters_go_together(data: dict[str, Any], address: str, new_page: Callable[..., Page]) -> None:
    page = open_overview(new_page, address)
    page.get_by_label("Zoek in de tips").press_sequentially("bezwaar bellen")
    expect(page.locator(f"{CARD} .tw-card__number").first).to_have_text(re.compile("^22"))
    expect(page.get_by_label("Volgorde")).to_have_value("beste")
    assert "zoek=bezwaar%20bellen" in page.url
    choose(page, "thema", "inclusie")
    expect(page.locator("[data-tw-count]")).not_to_have_text(f"{len(data['tips'])} tips gevonden")
    page.reload()
    expect(page.get_by_label("Zoek in de tips")).to_have_value("bezwaar bellen")
    page.get_by_role("button", name="Wis alle filters").click()
    expect(page.locator("[data-tw-count]")).to_have_text(f"{len(data['tips'])} tips gevonden")
    expect(page.get_by_label("Volgorde")).to_have_value("nummer")


def test_a_typing_error_is_told_and_nothing_found_says_what_to_do(address: str, new_page: Callable[..., Page]) -> None:
    page = open_overview(new_page, address, "#zoek=ontvangstbevestigng")
    expect(page.get_by_text("Gezocht op ‘ontvangstbevestiging’")).to_be_visible()
    expect(page.locator(f"{CARD} .tw-card__number").first).to_have_text(re.compile("^23"))
    page.get_by_label("Zoek in de tips").fill("xqzvw")
    expect(page.get_by_text("Geen tip past hierbij.")).to_be_visible()
    expect(page.locator("[data-tw-count]")).to_have_text("0 tips gevonden")
