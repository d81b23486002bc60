"""The workshop: its script as a content file, as a page to print, and on a shared display in a real browser."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe import RULES, violations
from conftest import TIPS
from playwright.sync_api import Page, expect
from repository import Repository

SCRIPT = "content/workshop.yml"
BOARD = "workshop/scherm/"
KEY = "tipwijzer.workshop"
LAST = 7
# A workshop in which three tips were chosen and one has its agreement.
KEPT: dict[str, Any] = {
    "soort": "tipwijzer-workshop", "versie": 1, "duur": 90, "naam": "Paspoort aanvragen", "bron": "alle",
    "stapels": {"12": "meer", "20": "meer", "34": "meer", "40": "meer", "104": "meer", "2": "minder"}, "zetten": [[2, None]], "gekozen": [12, 104],
    "afspraken": {"12": {"wie": "Sanne", "wanneer": "2026-12-01", "notitie": "Bel drie inwoners; vraag door"}}, "klokken": {}, "klok": True,
}  # fmt: skip


def open_board(page: Page, address: str, fragment: str = "", kept: object = None) -> Page:
    """Open the board, with something in the browser's storage when ``kept`` is given, and wait until it shows a step."""
    if kept is not None:
        page.goto(address + "404.html")
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, kept if isinstance(kept, str) else json.dumps(kept)])
    page.goto(address + BOARD + fragment)
    expect(page.get_by_text(re.compile(r"^Stap \d van 7$"))).to_be_visible()
    return page


def stored(page: Page) -> Any:
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", KEY))


def pile(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=re.compile(f"^{name}, "))


def status(page: Page) -> Any:
    return page.locator(".tw-board__status")


# ---------------------------------------------------------------- the script as content


@pytest.fixture
def small(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "klein")
    repository.tip(1)
    return repository


def said(repository: Repository) -> list[str]:
    return [problem.split(": ", 1)[1] for problem in repository.problems()]


def test_a_script_must_fit_its_time(small: Repository) -> None:
    text = (small.root / SCRIPT).read_text(encoding="utf-8")
    small.write(SCRIPT, text.replace("minutes_60: 15", "minutes_60: 16").replace("minutes_90: 20", "minutes_90: 15"))
    line = text.splitlines().index("steps:") + 1
    assert small.problems() == [
        f"{SCRIPT}:{line}: [minuten] ‘minutes_60’ van alle stappen is samen 61, en dat moet 60 zijn – maak stappen samen 1 minuut korter",
        f"{SCRIPT}:{line}: [minuten] ‘minutes_90’ van alle stappen is samen 80, en dat moet 90 zijn – maak stappen samen 10 minuten langer",
    ]
    result = small.run("check")
    assert result.returncode != 0 and "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  choose:\n", "  kiezen:\n", ["[ontbreekt] het veld ‘steps’, ‘choose’ ontbreekt – voeg het toe; kijk hoe het in een ander bestand of onderdeel staat"]),
        ("minutes_60: 15", "minutes_60: veel", ["[soort] ‘steps’, ‘place’, ‘minutes_60’ moet een heel getal zijn – schrijf alleen cijfers, zonder aanhalingstekens"]),
        ("minutes_60: 15", "minutes_60: 0", ["[buiten-bereik] ‘steps’, ‘place’, ‘minutes_60’: 0 kan niet – kies een getal vanaf 1"]),
        ("page: cards", "page: kaarten", ["[onbekende-term] ‘bring’, nummer 1, ‘page’: ‘kaarten’ kan hier niet – kies uit: cards, check of board"]),
        ("title: Lees het plan voor", "title: Lees <b>het plan</b> voor", ["[html] ‘steps’, ‘close’, ‘title’: "]),
        ("leader_tips:\n", "leader_tips: []\nx:\n", ["[te-weinig] ‘leader_tips’ heeft 0 onderdelen – geef er minstens 1", "[onbekend-veld] het veld ‘x’ bestaat niet"]),
    ],
)
def test_a_mistake_in_the_script_is_named(small: Repository, old: str, new: str, expected: list[str]) -> None:
    small.replace(SCRIPT, old, new)
    problems = said(small)
    for start in expected:
        assert any(problem.startswith(start) for problem in problems), problems


def test_a_script_that_is_not_there(small: Repository) -> None:
    (small.root / SCRIPT).unlink()
    assert small.problems() == [f"{SCRIPT}:1: [bestand-ontbreekt] het bestand {SCRIPT} ontbreekt – haal het terug uit de vorige versie"]


# ---------------------------------------------------------------- the page with the script


def test_the_minutes_on_the_page_add_up_and_are_those_of_the_board(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(address + "workshop/")
    rows = [[int(cell) for cell in row.locator("td").all_inner_texts()] for row in page.locator(".tw-script__table tbody tr").all()]
    assert [sum(column) for column in zip(*rows, strict=True)] == [60, 90]
    for place, (short, long) in enumerate(rows, 1):
        expect(page.locator(f"#stap-{place} .tw-script__minutes")).to_contain_text(re.compile(rf"{short} min van 60 vanaf [\d:]+ {long} min van 90"))
    open_board(page, address)
    for place, (short, _) in enumerate(rows, 1):
        page.goto(f"{address}{BOARD}#stap-{place}")
        expect(page.locator(".tw-clock__time")).to_have_text(f"{short}:00")


def test_the_script_prints_on_two_pages(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(address + "workshop/")
    printed = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 2


def test_without_javascript_the_board_points_to_paper(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(address + BOARD)
    notice = page.locator(".tw-notice")
    expect(notice).to_contain_text("heeft JavaScript nodig")
    expect(page.locator(".tw-board__script li")).to_have_count(LAST)
    assert page.locator("button:visible").count() == 0
    notice.get_by_role("link", name="draaiboek").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Workshop met tips")


# ---------------------------------------------------------------- a whole workshop


def focus_on(page: Page, name: str) -> None:
    """Press Tab until something whose name or label begins with ``name`` has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        found = page.evaluate("(at => at.ariaLabel || at.labels?.[0]?.textContent || at.textContent)(document.activeElement)")
        if found.strip().startswith(name):
            return
    raise AssertionError(f"the keyboard doesn't reach {name!r}")


def go_on(page: Page, to: int) -> None:
    focus_on(page, "Verder: ")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Stap {to} van 7")).to_be_visible()
    expect(page.locator(".tw-board__heading")).to_be_focused()


def test_a_whole_workshop_by_keyboard_with_a_reload_in_the_middle(address: str, new_page: Callable[..., Page]) -> None:
    page = open_board(new_page(), address, "#t=2.5.12.20.34.40.104")
    focus_on(page, "Voor welke dienst?")
    page.keyboard.type("Paspoort aanvragen")
    go_on(page, 2)
    expect(page.locator(".tw-board__cards > li")).to_have_count(7)
    go_on(page, 3)
    first = page.locator(".tw-big__title").inner_text()
    focus_on(page, "Meer doen")
    for left in (6, 5, 4, 3, 2):
        page.keyboard.press("Enter")  # The focus stays where it is, for the next card.
        expect(status(page)).to_contain_text(f"ligt op Meer doen. Nog {left} kaarten.")
    expect(pile(page, "Meer doen")).to_have_accessible_name("Meer doen, 5 kaarten")
    page.reload()
    expect(pile(page, "Meer doen")).to_have_accessible_name("Meer doen, 5 kaarten")
    assert page.locator(".tw-big__title").inner_text() != first
    focus_on(page, "Niet nu")
    page.keyboard.press("Enter")
    expect(pile(page, "Niet nu")).to_have_accessible_name("Niet nu, 1 kaart")
    focus_on(page, "Maak de laatste zet ongedaan")
    page.keyboard.press("Enter")
    expect(pile(page, "Niet nu")).to_have_accessible_name("Niet nu, 0 kaarten")
    go_on(page, 4)
    focus_on(page, "Stapel van tip")
    page.keyboard.press("ArrowUp")  # From Meer doen to Blijven doen.
    expect(page.locator(".tw-column").nth(1)).to_contain_text("1 kaart")
    expect(page.locator(".tw-column").nth(1).get_by_role("combobox")).to_be_focused()
    go_on(page, 5)
    expect(page.get_by_role("checkbox")).to_have_count(4)
    for _ in range(2):
        page.keyboard.press("Tab")
        while page.evaluate("document.activeElement.type") != "checkbox":
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
    expect(page.locator(".tw-board__count")).to_have_text("2 van hoogstens 4 gekozen.")
    go_on(page, 6)
    focus_on(page, "Wie bij tip")
    page.keyboard.type("Sanne en Ömer")
    focus_on(page, "Eerste stap bij tip")
    page.keyboard.type("Bel drie inwoners")
    page.reload()
    expect(page.get_by_label("Wie bij").first).to_have_value("Sanne en Ömer")
    go_on(page, 7)
    expect(page.get_by_role("heading", name="Plan voor Paspoort aanvragen")).to_be_visible()
    expect(page.locator(".tw-board__plan > li")).to_have_count(2)
    expect(page.locator(".tw-board__plan > li").first).to_contain_text("Sanne en Ömer")
    expect(page.locator(".tw-board__plan > li").first).to_contain_text("Bel drie inwoners")
    page.go_back()
    expect(page.get_by_text("Stap 6 van 7")).to_be_visible()


def test_all_cards_can_get_a_pile_and_come_back(address: str, new_page: Callable[..., Page]) -> None:
    page = open_board(new_page(), address, "#t=12.104")
    page.get_by_role("link", name="3. Leg de kaarten").click()
    expect(page.locator(".tw-big__title")).to_contain_text(TIPS[12]["title"])
    page.get_by_role("button", name="Volgende kaart").click()
    expect(page.locator(".tw-big__title")).to_contain_text(TIPS[104]["title"])
    page.get_by_label("Kaart op het scherm").select_option("12")
    pile(page, "Blijven doen").click()
    expect(page.locator(".tw-big__title")).to_contain_text(TIPS[104]["title"])
    pile(page, "Minder doen").click()
    expect(page.get_by_text("Alle kaarten liggen op een stapel.")).to_be_focused()
    page.get_by_role("button", name="Maak de laatste zet ongedaan").click()
    expect(status(page)).to_have_text("Tip 104 ligt niet meer op een stapel.")
    expect(page.locator(".tw-big__title")).to_contain_text(TIPS[104]["title"])
    page.get_by_role("button", name="Maak de laatste zet ongedaan").click()
    page.get_by_role("button", name="Maak de laatste zet ongedaan").click()
    expect(status(page)).to_have_text("Er is geen zet om ongedaan te maken.")


def test_at_most_four_and_only_from_the_right_pile(address: str, new_page: Callable[..., Page]) -> None:
    page = open_board(new_page(), address, "#stap-5", KEPT)
    expect(page.get_by_role("checkbox")).to_have_count(5)
    for number in (20, 34):
        page.get_by_role("checkbox", name=re.compile(f"^{number}")).check()
    page.get_by_role("checkbox", name=re.compile("^40")).click()
    expect(status(page)).to_have_text("Jullie hebben er al 4. Haal er eerst één weg.")
    expect(page.get_by_role("checkbox", name=re.compile("^40"))).not_to_be_checked()
    page.get_by_role("link", name="4. Bespreek").click()
    page.get_by_label("Stapel van tip 12", exact=True).select_option("Niet nu")
    page.get_by_role("link", name="6. Spreek af").click()
    expect(page.locator(".tw-agree > li")).to_have_count(3)
    page.get_by_role("link", name="3. Leg de kaarten").click()
    page.get_by_role("button", name="Maak de laatste zet ongedaan").click()
    page.get_by_role("link", name="6. Spreek af").click()
    expect(page.locator(".tw-agree > li")).to_have_count(4)
    expect(page.get_by_label("Wie bij tip 12")).to_have_value("Sanne")


def test_later_steps_say_what_comes_first(address: str, new_page: Callable[..., Page]) -> None:
    page = open_board(new_page(), address, "#stap-7")
    page.get_by_role("link", name="Kies hoogstens vier tips").last.click()
    page.get_by_role("link", name="Leg eerst kaarten op een stapel").click()
    expect(page.get_by_text("Stap 3 van 7")).to_be_visible()


# ---------------------------------------------------------------- which tips


def test_tips_of_a_theme_the_selection_and_the_self_check(address: str, new_page: Callable[..., Page]) -> None:
    page = open_board(new_page(), address)
    source = page.get_by_label("Welke tips doen mee?")
    expect(source.locator("option[value=selectie]")).to_be_disabled()
    source.select_option("zelfcheck")
    expect(status(page)).to_contain_text("nog geen ingevulde zelfcheck")
    expect(source).to_have_value("alle")
    source.select_option("thema-kanaalsturing")
    expect(status(page)).to_have_text(re.compile("kaarten liggen klaar"))
    count = int(re.findall(r"\d+", page.locator(".tw-board__count").inner_text())[0])
    page.goto(f"{address}{BOARD}#stap-2")
    expect(page.locator(".tw-board__cards > li")).to_have_count(count)
    expect(page.locator(".tw-board__cards > li.tw-theme-kanaalsturing")).to_have_count(count)
    page.evaluate("localStorage.setItem('tipwijzer.selectie', JSON.stringify({versie: 1, tips: [{nummer: 104, notitie: ''}, {nummer: 9999, notitie: ''}]}))")
    check = {"soort": "tipwijzer-zelfcheck", "versie": 1, "vragen": 1, "diensten": [{"naam": "", "antwoorden": {"drempels": ["lezen"]}}]}
    page.goto(address + "zelfcheck/gegevens.json")
    data = json.loads(page.locator("body").inner_text())
    item, asked = next((item, asked) for item, asked in data["items"].items() if any(option["tips"] for option in asked["options"].values()))
    option = next(name for name, option in asked["options"].items() if option["tips"])
    check["vragen"], check["diensten"] = data["version"], [{"naam": "", "antwoorden": {item: [option]}}]
    page.evaluate("(text) => localStorage.setItem('tipwijzer.zelfcheck', text)", json.dumps(check))
    open_board(page, address)
    expect(source).to_have_value("thema-kanaalsturing")
    source.select_option("selectie")
    expect(page.locator(".tw-board__count")).to_have_text("1 kaart doet mee.")
    source.select_option("zelfcheck")
    expect(status(page)).to_contain_text(re.compile("klaar"))
    assert stored(page)["bron"] == "zelfcheck"
    assert stored(page)["tips"]


def test_a_link_brings_its_tips_and_can_be_undone(address: str, new_page: Callable[..., Page]) -> None:
    page = open_board(new_page(), address, "#t=104.12.9999", KEPT)
    expect(page.locator(".tw-notice")).to_contain_text("2 tips uit de link doen mee. 1 nummer uit de link staat niet op de site.")
    assert page.url.endswith("#stap-1")
    assert stored(page)["tips"] == [104, 12]
    page.get_by_role("button", name="Maak dit ongedaan").click()
    expect(page.locator(".tw-board__count")).to_contain_text(f"{len(TIPS)} kaarten doen mee.")


@pytest.mark.parametrize("fragment", ["#t=9999", "#t=<img src=x onerror=window.hit=1>", "#t=", "#t=12.%00", "#%E0%A4%A", "#stap-99", "#__proto__"])
def test_a_hostile_fragment_is_refused(fragment: str, address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    open_board(page, address, fragment)
    expect(page.locator(".tw-board__count")).to_contain_text(f"{len(TIPS)} kaarten doen mee.")
    assert (page.locator(".tw-notice").count() == 1) == fragment.startswith("#t=")
    assert errors == [] and page.evaluate("window.hit") is None


# ---------------------------------------------------------------- storage and files


@pytest.mark.parametrize("kept", ["{", "null", "[]", '{"soort": "x"}', '{"soort": "tipwijzer-workshop", "versie": 99}'])
def test_spoiled_storage_does_not_block(kept: str, address: str, new_page: Callable[..., Page]) -> None:
    page = open_board(new_page(), address, kept=kept)
    expect(page.locator(".tw-notice")).to_contain_text("is niet te lezen")
    page.get_by_label("Voor welke dienst?").fill("Nieuw")
    page.reload()
    expect(page.get_by_label("Voor welke dienst?")).to_have_value("Nieuw")


def test_hostile_storage_is_cleaned(address: str, new_page: Callable[..., Page]) -> None:
    nasty = "<img src=x onerror=window.hit=1>"
    kept = {
        **KEPT, "duur": 1e9, "naam": nasty, "bron": "thema-x y", "tips": [12, "12", -1, {}], "stapels": {"12": "meer", "5": "__proto__", "9999": "meer", "x": "meer"},
        "zetten": [[12, "weg"], "x", [12]], "gekozen": [12, 12, 9999, nasty], "klokken": {"1": {"rest": -5, "eind": None}, "2": {"rest": 1, "eind": 1e300}, "a": 1},
        "afspraken": {"12": {"wie": nasty, "wanneer": "2026-02-30", "notitie": 7}, "20": None}, "extra": 1,
    }  # fmt: skip
    page = open_board(new_page(), address, "#stap-7", kept)
    expect(page.get_by_role("heading", name=f"Plan voor {nasty}")).to_be_visible()
    expect(page.locator(".tw-board__plan > li")).to_have_count(1)
    expect(page.locator(".tw-board__plan dd")).to_have_text([nasty, "Nog niet afgesproken", "Nog niet afgesproken"])
    assert page.evaluate("window.hit") is None
    page.get_by_role("link", name="1. Begin").click()
    expect(page.get_by_label("60 minuten")).to_be_checked()
    page.get_by_label("90 minuten").check()
    found = stored(page)
    assert set(found) == {*KEPT, "tips"}
    assert (found["duur"], found["stapels"], found["gekozen"], found["zetten"], found["klokken"]) == (90, {"12": "meer"}, [12], [], {})


def test_storage_that_looks_right_is_cleaned_too(address: str, new_page: Callable[..., Page]) -> None:
    """A list that reads like a source, a number written in another way, and a text that would end in half an emoji."""
    page = new_page()
    page.goto(address + "404.html")
    kept = {**KEPT, "bron": [["thema-x"]], "tips": [12], "naam": "a" * 119 + "😀", "stapels": {"12.0": "meer", " 12": "meer", "20": "meer"}}
    found = page.evaluate("async ([base, kept]) => (await import(base + 'assets/board/state.js')).sound(kept, [12, 20])", [address, kept])
    assert (found["bron"], found["tips"], found["naam"], found["stapels"]) == ("alle", [12, 20], "a" * 119, {"20": "meer"})


def test_the_board_works_where_storage_is_forbidden(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })")
    page.goto(address + BOARD + "#stap-3")
    pile(page, "Meer doen").click()
    expect(page.locator(".tw-notice")).to_contain_text("Bewaren in deze browser lukt niet.")
    expect(pile(page, "Meer doen")).to_have_accessible_name("Meer doen, 1 kaart")


def test_wiping_can_be_undone_and_nothing_stays(address: str, new_page: Callable[..., Page]) -> None:
    page = open_board(new_page(), address, "#stap-7", KEPT)
    page.get_by_role("button", name="Wis alles").click()
    expect(page.get_by_text("Stap 1 van 7")).to_be_visible()
    expect(page.get_by_label("Voor welke dienst?")).to_have_value("")
    assert page.evaluate("(key) => localStorage.getItem(key)", KEY) is None
    page.get_by_role("button", name="Maak dit ongedaan").click()
    expect(page.get_by_label("Voor welke dienst?")).to_have_value("Paspoort aanvragen")
    assert stored(page)["afspraken"]["12"]["wie"] == "Sanne"


def test_another_tab_gets_what_changed(address: str, new_page: Callable[..., Page]) -> None:
    page = open_board(new_page(), address, "#stap-3", KEPT)
    other = open_board(page.context.new_page(), address, "#stap-3")
    pile(other, "Niet nu").click()
    expect(pile(page, "Niet nu")).to_have_accessible_name("Niet nu, 1 kaart")


def test_a_workshop_is_saved_and_opened_as_a_file(address: str, tmp_path: Path, new_page: Callable[..., Page]) -> None:
    page = open_board(new_page(), address, kept=KEPT)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Bewaar als bestand").click()
    assert re.fullmatch(r"workshop-paspoort-aanvragen-\d{4}-\d\d-\d\d\.json", waiting.value.suggested_filename)
    saved, broken = tmp_path / "goed.json", tmp_path / "kapot.json"
    waiting.value.save_as(saved)
    broken.write_text('{"soort": "iets anders"}', encoding="utf-8")
    other = open_board(new_page(), address)
    other.get_by_label("Open een bestand").set_input_files(broken)
    expect(other.locator(".tw-notice")).to_contain_text("komt niet uit de workshop")
    other.get_by_label("Open een bestand").set_input_files(saved)
    expect(other.get_by_label("Voor welke dienst?")).to_have_value("Paspoort aanvragen")
    expect(other.get_by_label("90 minuten")).to_be_checked()


def test_the_plan_is_downloaded_as_that_of_the_self_check(address: str, tmp_path: Path, new_page: Callable[..., Page]) -> None:
    page = open_board(new_page(permissions=["clipboard-read", "clipboard-write"]), address, "#stap-7", KEPT)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Bewaar voor Excel").click()
    assert re.fullmatch(r"actieplan-paspoort-aanvragen-.*\.csv", waiting.value.suggested_filename)
    rows = list(csv.DictReader(waiting.value.path().read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [(row["Nummer"], row["Status"], row["Wie"], row["Wanneer"], row["Notitie"]) for row in rows] == [
        ("12", "Gaan we doen", "Sanne", "01-12-2026", "Bel drie inwoners; vraag door"),
        ("104", "Gaan we doen", "", "", ""),
    ]
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Zet in de agenda").click()
    calendar = waiting.value.path().read_text(encoding="utf-8")
    assert calendar.count("BEGIN:VEVENT") == 1 and "DTSTART;VALUE=DATE:20261201" in calendar
    page.get_by_role("button", name="Kopieer als tekst").click()
    expect(status(page)).to_have_text("Het plan is gekopieerd.")
    assert page.evaluate("navigator.clipboard.readText()").startswith("## Actieplan: Paspoort aanvragen")


# ---------------------------------------------------------------- clock


def test_the_clock_counts_speaks_three_times_and_never_moves_on(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.clock.install(time="2026-11-21T10:00:00")
    open_board(page, address, "#stap-2")
    page.clock.pause_at("2026-11-21T10:01:00")
    time, said = page.locator(".tw-clock__time"), status(page)
    page.get_by_role("button", name="Start").click()
    page.clock.run_for(60_000)
    expect(time).to_have_text("9:00")
    expect(said).to_be_empty()
    page.clock.run_for(4 * 60_000 + 1000)
    expect(said).to_have_text("Nog 5 minuten.")
    page.get_by_role("button", name="Pauze").click()
    page.clock.run_for(10 * 60_000)
    expect(time).to_have_text("4:59")
    page.get_by_role("button", name="Plus 1 minuut").click()
    expect(time).to_have_text("5:59")
    page.get_by_role("button", name="Start").click()
    page.clock.run_for(5 * 60_000)
    expect(time).to_have_text("0:59")
    expect(said).to_have_text("Nog 1 minuut.")
    page.clock.run_for(60_000)
    expect(time).to_have_text("0:00")
    expect(said).to_have_text("De tijd is om.")
    page.clock.run_for(10 * 60_000)
    expect(page.get_by_text("Stap 2 van 7")).to_be_visible()
    page.get_by_role("button", name="Zet terug").click()
    expect(time).to_have_text("10:00")


def test_the_clock_goes_on_after_a_reload_and_stops_at_another_step(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.clock.install(time="2026-11-21T10:00:00")
    open_board(page, address, "#stap-3")
    page.clock.pause_at("2026-11-21T10:01:00")
    page.get_by_role("button", name="Start").click()
    page.clock.run_for(60_000)
    page.reload()
    page.clock.run_for(60_000)
    expect(page.locator(".tw-clock__time")).to_have_text("13:00")
    page.goto(f"{address}{BOARD}#stap-4")
    expect(page.locator(".tw-clock__time")).to_have_text("5:00")
    page.clock.run_for(5 * 60_000)
    page.goto(f"{address}{BOARD}#stap-3")
    expect(page.locator(".tw-clock__time")).to_have_text("13:00")
    expect(page.get_by_role("button", name="Start")).to_be_visible()


def test_the_clock_can_be_hidden_and_then_says_nothing(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.clock.install(time="2026-11-21T10:00:00")
    open_board(page, address, "#stap-2")
    page.clock.pause_at("2026-11-21T10:01:00")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Verberg de klok").click()
    expect(page.locator(".tw-clock")).to_be_hidden()
    page.clock.run_for(6 * 60_000)
    expect(status(page)).to_be_empty()
    page.get_by_role("button", name="Toon de klok").click()
    expect(page.locator(".tw-clock__time")).to_have_text("4:00")
    assert page.get_by_role("timer").count() == 0 and page.locator(".tw-clock [aria-live]").count() == 0


# ---------------------------------------------------------------- for everyone


def test_axe_finds_nothing_on_any_step(address: str, new_page: Callable[..., Page]) -> None:
    page = open_board(new_page(), address, kept=KEPT)
    for place in range(1, LAST + 1):
        page.goto(f"{address}{BOARD}#stap-{place}")
        expect(page.get_by_text(f"Stap {place} van 7")).to_be_visible()
        page.locator(".tw-board details").first.locator("summary").click()
        assert violations(page, RULES if place in (1, 3) else ["default"]) == [], f"step {place}"


def test_every_step_fits_a_narrow_screen_with_large_targets(address: str, new_page: Callable[..., Page]) -> None:
    page = open_board(new_page(viewport={"width": 320, "height": 640}), address, kept=KEPT)
    for place in range(1, LAST + 1):
        page.goto(f"{address}{BOARD}#stap-{place}")
        expect(page.get_by_text(f"Stap {place} van 7")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 320, f"step {place}"
        low = "[...document.querySelectorAll('.tw-board :is(button, select, .tw-button, nav a)')].filter(at => at.offsetParent && at.offsetHeight < 44).map(at => at.textContent)"
        assert page.evaluate(low) == [], f"step {place}"


def test_full_screen_is_a_button_only_where_the_browser_can(address: str, new_page: Callable[..., Page]) -> None:
    page = open_board(new_page(), address)
    page.get_by_role("button", name="Volledig scherm").click()
    expect(page.get_by_role("button", name="Uit volledig scherm")).to_be_visible()
    page.get_by_role("button", name="Uit volledig scherm").click()
    expect(page.get_by_role("button", name="Volledig scherm", exact=True)).to_be_visible()
    other = new_page()
    other.add_init_script("Object.defineProperty(Document.prototype, 'fullscreenEnabled', { get: () => false })")
    open_board(other, address)
    expect(other.get_by_role("button", name=re.compile("volledig scherm", re.IGNORECASE))).to_have_count(0)
