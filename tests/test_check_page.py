"""The self-check in a real browser on the built site, as a municipality uses it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe import violations
from playwright.sync_api import Page, expect

CHECK = "zelfcheck/"
FIRST_TIP = ".tw-result__tips .tw-result__title"


def open_check(new_page: Callable[..., Page], address: str, **options: object) -> Page:
    page = new_page(**options)
    page.goto(address + CHECK)
    expect(page.get_by_role("heading", name="Begin")).to_be_visible()
    return page


def begin(page: Page, name: str = "Begin met alle vragen") -> None:
    page.get_by_role("button", name=re.compile(name)).click()
    expect(page.get_by_text(re.compile("^Vraag 1 van"))).to_be_visible()


# Press option number `which` of each group, or the last before 'weet ik niet'.
PRESS = """(groups, which) => groups.forEach((group) => {
  const inputs = group.querySelectorAll("input");
  const input = inputs[Math.min(which, inputs.length - 2)];
  if (!input.checked) input.click();
})"""


def answer_all(page: Page, which: int = 0) -> int:
    """Answer every question with its option number ``which`` (or the last), up to the overview; return how many screens."""
    screens = 0
    while "overzicht" not in page.url:
        screens += 1
        page.locator("[data-question]:visible [data-item]").evaluate_all(PRESS, which)
        step(page)
    return screens


def fill_in(page: Page, which: int = 0, name: str = "") -> None:
    """From the start, answer all questions on one page, and go to the overview."""
    page.get_by_role("button", name=re.compile("^Alle vragen op één pagina")).click()
    page.locator("#veld-naam").fill(name)
    page.locator("[data-question]:visible [data-item]").evaluate_all(PRESS, which)
    page.get_by_role("button", name="Naar het overzicht").click()
    expect(page.get_by_role("heading", name="Kijk jullie antwoorden na")).to_be_visible()


def step(page: Page) -> None:
    before = page.url
    page.get_by_role("button", name="Verder").click()
    page.wait_for_url(lambda address: address != before)


def contradict(page: Page) -> None:
    """Go on to a question with several answers, and give one together with 'weet ik niet'."""
    while not page.locator("[data-question][data-kind=meer]:visible input[value=weet-ik-niet]").count():
        step(page)
    inputs = page.locator("[data-question]:visible input")
    inputs.first.check()
    inputs.last.check()
    page.get_by_role("button", name="Verder").click()


def plan(page: Page, status: str) -> None:
    """Choose what to do with the first tip."""
    choice = page.locator(".tw-result__plan").first.get_by_role("button", name=status)
    choice.click()
    expect(choice).to_have_attribute("aria-pressed", "true")


def titles(page: Page) -> list[str]:
    expect(page.locator(FIRST_TIP).first).to_be_visible()
    return page.locator(FIRST_TIP).all_text_contents()  # Of what is not in view, a browser may draw no text.


def test_the_whole_check_gives_tips_with_reasons(address: str, new_page: Callable[..., Page]) -> None:
    page = open_check(new_page, address)
    begin(page)
    page.locator("#veld-naam").fill("Hulp bij schulden")
    assert answer_all(page, which=1) >= 20
    expect(page.get_by_role("heading", name="Kijk jullie antwoorden na")).to_be_focused()
    page.get_by_role("button", name="Bekijk de tips").click()
    expect(page.get_by_role("heading", name="Tips voor Hulp bij schulden")).to_be_visible()
    visible = titles(page)
    assert len(visible) >= 5
    page.get_by_text(re.compile("^Toon meer")).click()
    expect(page.locator(FIRST_TIP).nth(len(visible))).to_be_visible()
    for reason in page.locator(".tw-result__reason").all_text_contents():
        assert re.fullmatch(r"(Omdat .+|Een goede eerste stap .+)\.", reason)
    page.locator(".tw-result__trace summary").first.click()
    expect(page.locator(".tw-result__trace li").first).to_contain_text(re.compile(r": .+ \(telt .+\)"))
    assert not re.search(r"\b(score|niveau|procent|cijfer)\b", page.locator(".tw-result").inner_text(), re.IGNORECASE)


def test_the_short_version_has_five_questions(address: str, new_page: Callable[..., Page]) -> None:
    page = open_check(new_page, address)
    begin(page, "Korte versie")
    expect(page.get_by_text("Vraag 1 van 5")).to_be_visible()
    assert answer_all(page) == 5
    expect(page).to_have_title(re.compile("^Kijk jullie antwoorden na"))


def test_every_question_is_optional_and_an_empty_check_gives_a_start(address: str, new_page: Callable[..., Page]) -> None:
    page = open_check(new_page, address)
    begin(page)
    page.get_by_role("button", name="Naar het overzicht").click()
    page.get_by_role("button", name="Bekijk de tips").click()
    expect(page.locator(".tw-result__reason").first).to_have_text("Een goede eerste stap voor elke dienst.")


def test_by_keyboard_alone(address: str, new_page: Callable[..., Page]) -> None:
    page = open_check(new_page, address)
    page.get_by_role("button", name=re.compile("Korte versie")).focus()
    page.keyboard.press("Enter")
    for number in range(1, 6):
        expect(page.get_by_text(f"Vraag {number} van 5")).to_be_visible()
        expect(page.locator(".tw-question__title:focus")).to_have_count(1)
        for _ in range(2):
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        while page.evaluate("document.activeElement.textContent.trim()") != "Verder":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kijk jullie antwoorden na")).to_be_focused()
    while page.evaluate("document.activeElement.textContent.trim()") != "Bekijk de tips":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(FIRST_TIP).first).to_be_visible()


def test_back_forward_and_reload_keep_the_answers(address: str, new_page: Callable[..., Page]) -> None:
    page = open_check(new_page, address)
    begin(page, "Korte versie")
    page.locator("[data-question]:visible input").nth(1).check()
    first = page.url
    step(page)
    page.go_back()
    expect(page).to_have_url(first)
    expect(page.locator("[data-question]:visible input").nth(1)).to_be_checked()
    page.go_forward()
    expect(page.get_by_text("Vraag 2 van 5")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Vraag 2 van 5")).to_be_visible()
    page.go_back()
    expect(page.locator("[data-question]:visible input").nth(1)).to_be_checked()


def test_one_answer_can_be_changed_without_losing_others(address: str, new_page: Callable[..., Page]) -> None:
    page = open_check(new_page, address)
    begin(page, "Korte versie")
    answer_all(page)
    before = page.locator(".tw-overview dd:not(.tw-overview__change)").all_inner_texts()
    page.get_by_role("link", name=re.compile("^Wijzig")).nth(1).click()
    page.locator("[data-question]:visible [data-item]").first.locator("input").last.check()
    page.get_by_role("button", name="Terug naar het overzicht").click()
    after = page.locator(".tw-overview dd:not(.tw-overview__change)").all_inner_texts()
    assert [place for place, (old, new) in enumerate(zip(before, after, strict=True)) if old != new] == [1]


def test_contradicting_answers_are_explained_and_linked(address: str, new_page: Callable[..., Page]) -> None:
    page = open_check(new_page, address)
    begin(page)
    contradict(page)
    error = page.locator(".tw-question__error:visible")
    expect(error).to_be_focused()
    expect(error).to_contain_text("Er is een probleem")
    expect(error).to_contain_text("‘Weet ik niet’ kan niet samen met een ander antwoord")
    expect(page).to_have_title(re.compile("^Fout: "))
    assert violations(page) == []
    error.get_by_role("link").click()
    expect(page.locator("[data-question]:visible input").first).to_be_focused()


def test_axe_finds_nothing_on_any_screen(address: str, new_page: Callable[..., Page]) -> None:
    """Of questions, one of each kind; of screens, the first and the result also in the dark. The audit looks at all."""
    page = open_check(new_page, address)
    assert violations(page, part="main") == []
    begin(page)
    seen: set[str | None] = set()
    while "overzicht" not in page.url:
        page.locator("[data-question]:visible [data-item]").evaluate_all(PRESS, 0)
        kind = page.locator("[data-question]:visible").get_attribute("data-kind")
        if kind not in seen:
            assert violations(page, ["default"], "main") == [], page.url
        seen.add(kind)
        step(page)
    assert violations(page, ["default"], "main") == []
    page.get_by_role("button", name="Bekijk de tips").click()
    plan(page, "Gaan we doen")
    for summary in page.locator(".tw-result summary").all():
        if summary.is_visible():
            summary.click()
    page.evaluate("document.querySelectorAll('.tw-result li:nth-child(n + 6)').forEach((tip) => tip.remove())")
    assert violations(page, part="main") == []
    page.goto(address + CHECK + "#alles")
    expect(page.get_by_role("heading", name="Alle vragen op één pagina")).to_be_visible()
    assert violations(page, ["default"], "main") == []


def test_every_screen_fits_320_pixels_and_targets_are_large(address: str, new_page: Callable[..., Page]) -> None:
    page = open_check(new_page, address, viewport={"width": 320, "height": 640})
    begin(page)
    while "overzicht" not in page.url:
        assert page.evaluate("document.documentElement.scrollWidth") == 320, page.url
        heights = page.locator("label.tw-option:visible").evaluate_all("(options) => options.map((option) => option.getBoundingClientRect().height)")
        assert all(height >= 44 for height in heights), page.url
        step(page)
    page.get_by_role("button", name="Bekijk de tips").click()
    plan(page, "Later")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_without_javascript_every_question_stands_with_its_tips(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(address + CHECK)
    questions = page.locator("[data-question]")
    assert questions.count() >= 20
    assert all(question.is_visible() for question in questions.all())
    expect(page.locator(".tw-option__tips").first).to_be_visible()
    link = page.locator(".tw-option__tips a").first
    number = link.inner_text()
    link.click()
    expect(page.locator(".tw-number")).to_have_text(f"Tip {number}")


def test_nothing_leaves_the_browser(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    requests: list[tuple[str, str, str | None]] = []
    page.on("request", lambda request: requests.append((request.method, request.url, request.post_data)))
    page.goto(address + CHECK)
    fill_in(page, 2, "Geheime dienst")
    page.get_by_role("button", name="Bekijk de tips").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Bewaar als bestand").click()
    page.get_by_role("button", name="Kopieer een link").click()
    expect(page.get_by_text("De link is gekopieerd")).to_be_visible()
    page.emulate_media(media="print")
    page.pdf()
    link = page.evaluate("navigator.clipboard.readText()")
    assert "#c=" in link and len(link) < 2000 and "Geheime" not in link
    content = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))
    assert content["diensten"][0]["naam"] == "Geheime dienst"
    items = set(content["diensten"][0]["antwoorden"])
    for method, url, body in requests:
        assert method == "GET" and body is None and (url.startswith((address, "blob:")))
        assert "?" not in url and not any(item in url for item in items)
    assert page.context.cookies() == []


def test_a_link_opens_the_same_answers_for_someone_else(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(address + CHECK)
    fill_in(page, 1)
    page.get_by_role("button", name="Bekijk de tips").click()
    page.get_by_role("button", name="Kopieer een link").click()
    expect(page.get_by_text("De link is gekopieerd")).to_be_visible()
    expected = titles(page)
    link = page.evaluate("navigator.clipboard.readText()")
    other = new_page()
    other.goto(link)
    expect(other.get_by_text("De antwoorden uit de link staan hieronder.")).to_be_visible()
    assert "#c=" not in other.url
    other.get_by_role("button", name="Bekijk de tips").click()
    assert titles(other) == expected


def save_file(page: Page, folder: Path, name: str) -> Path:
    with page.expect_download() as saved:
        page.get_by_role("button", name="Bewaar als bestand").first.click()
    file = folder / name
    saved.value.save_as(file)
    return file


def open_file(page: Page, label: str, *files: Path) -> None:
    page.locator("label.tw-file input").and_(page.get_by_label(label)).set_input_files([str(file) for file in files])


def test_a_file_opens_with_answers_and_plan_and_can_be_undone(address: str, new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_check(new_page, address)
    fill_in(page, name="Paspoort")
    page.get_by_role("button", name="Bekijk de tips").click()
    plan(page, "Gaan we doen")
    page.get_by_label("Wie", exact=True).fill("Team balie")
    page.get_by_label("Wie", exact=True).blur()
    file = save_file(page, tmp_path, "check.json")
    other = open_check(new_page, address)
    begin(other)
    other.locator("#veld-naam").fill("Iets anders")
    other.goto(address + CHECK + "#start")
    open_file(other, "Open een bestand", file)
    expect(other.get_by_text("check.json is geopend.")).to_be_visible()
    other.get_by_role("button", name="Bekijk de tips").click()
    expect(other.get_by_role("heading", name="Tips voor Paspoort")).to_be_visible()
    expect(other.get_by_label("Wie", exact=True)).to_have_value("Team balie")
    other.get_by_role("button", name="Terug naar wat er stond").click()
    expect(other.get_by_text(re.compile("^Iets anders"))).to_be_visible()


BAD_FILES = {
    "no JSON": "dit is geen JSON",
    "foreign": '{"soort": "boodschappen", "versie": 1}',
    "newer": '{"soort": "tipwijzer-zelfcheck", "versie": 99, "diensten": []}',
    "prototype": '{"soort": "tipwijzer-zelfcheck", "versie": 1, "vragen": 1, "diensten": [{"naam": "x", "antwoorden": {"__proto__": ["x"]}, "plan": {}}]}',
    "nested": "[" * 5000,
    "numbers": '{"soort": "tipwijzer-zelfcheck", "versie": 1, "vragen": 1, "diensten": [{"naam": 1, "antwoorden": {"soort": [1]}, "plan": {}}]}',
    "10 MB": '{"soort": "tipwijzer-zelfcheck", "x": "' + "a" * 10_000_000 + '"}',
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_refused_with_a_message_and_changes_nothing(content: str, address: str, new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_check(new_page, address)
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    begin(page)
    page.locator("#veld-naam").fill("Blijft staan")
    page.goto(address + CHECK + "#start")
    file = tmp_path / "slecht.json"
    file.write_text(content, encoding="utf-8")
    open_file(page, "Open een bestand", file)
    expect(page.locator(".tw-check__notices .tw-notice")).to_be_visible()
    expect(page.get_by_text("Blijft staan")).to_be_visible()
    assert failures == []


@pytest.mark.parametrize("fragment", ["c=niets", "c=" + "A" * 5000, "c=%00", "%", "vraag=%E0%A4", "c=<script>alert(1)</script>", "bestaat-niet", "vraag=onbekend", "vraag=__proto__", "constructor"])
def test_a_bad_link_still_gives_a_working_page(fragment: str, address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("dialog", lambda dialog: failures.append(dialog.message))
    page.goto(f"{address}{CHECK}#{fragment}")
    expect(page.locator(".tw-check--live")).to_be_visible()
    page.goto(address + CHECK + "#start")
    begin(page)
    assert failures == []


@pytest.mark.parametrize("kept", ["geen json", '{"soort":"tipwijzer-zelfcheck","versie":1,"diensten":null}', "x" * 2_000_000])
def test_corrupt_storage_never_blocks(kept: str, address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(address)
    page.evaluate("(kept) => localStorage.setItem('tipwijzer.zelfcheck', kept)", kept)
    page.goto(address + CHECK)
    begin(page, "Korte versie")
    answer_all(page)
    page.goto(address + CHECK + "#start")
    page.get_by_role("button", name="Wis alles").click()
    expect(page.get_by_text("Alles is gewist, ook in deze browser.")).to_be_visible()


def test_forbidden_storage_never_blocks(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })")
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)) if "check/" in (error.stack or "") else None)
    page.goto(address + CHECK)
    begin(page, "Korte versie")
    answer_all(page)
    page.get_by_role("button", name="Bekijk de tips").click()
    expect(page.locator(FIRST_TIP).first).to_be_visible()
    assert failures == []


def test_two_tabs_show_the_same_answers(address: str, new_page: Callable[..., Page]) -> None:
    one = open_check(new_page, address)
    other = one.context.new_page()
    other.goto(address + CHECK)
    begin(one)
    one.locator("#veld-naam").fill("Samen bezig")
    one.locator("#veld-naam").blur()
    expect(other.locator(".tw-check__notices")).to_contain_text("in een ander venster veranderd")
    begin(other)
    expect(other.locator("#veld-naam")).to_have_value("Samen bezig")


def test_several_services_stand_side_by_side(address: str, new_page: Callable[..., Page]) -> None:
    page = open_check(new_page, address)
    begin(page)
    page.locator("#veld-naam").fill("Paspoort")
    page.goto(address + CHECK + "#start")
    page.get_by_role("button", name="Nog een dienst").click()
    page.locator("#veld-naam").fill("Verhuizen")
    page.goto(address + CHECK + "#start")
    expect(page.get_by_text(re.compile("^Paspoort"))).to_be_visible()
    page.get_by_role("button", name="Haal weg Paspoort").click()
    expect(page.get_by_text("Paspoort is weggehaald.")).to_be_visible()
    page.get_by_role("button", name="Zet terug").click()
    expect(page.locator(".tw-services li")).to_have_count(2)


def test_colleagues_compare_and_agree(address: str, new_page: Callable[..., Page], tmp_path: Path) -> None:
    files = []
    for which, who in ((0, "Ans"), (1, "")):
        page = open_check(new_page, address)
        page.get_by_text("Samen invullen", exact=True).click()
        page.get_by_label("Wie vult in? (mag leeg)").fill(who)
        page.get_by_label("Wie vult in? (mag leeg)").blur()
        begin(page, "Korte versie")
        answer_all(page, which)
        page.goto(address + CHECK + "#start")
        files.append(save_file(page, tmp_path, f"{which}.json"))
    page = open_check(new_page, address)
    page.get_by_text("Samen invullen", exact=True).click()
    page.get_by_role("button", name="Leg antwoorden naast elkaar").click()
    open_file(page, "Open bestanden van collega's", *files)
    expect(page.locator(".tw-differences > li").nth(3)).to_be_visible()
    expect(page.locator(".tw-differences").first).to_contain_text("Ans")
    expect(page.locator(".tw-differences").first).to_contain_text("Persoon 2")
    assert violations(page) == []
    page.locator(".tw-differences input").first.check()
    page.get_by_role("button", name="Ga verder met deze antwoorden").click()
    expect(page.get_by_role("heading", name="Kijk jullie antwoorden na")).to_be_visible()
    page.get_by_role("button", name="Bekijk de tips").click()
    expect(page.get_by_role("heading", name=re.compile(r"\(samen\)"))).to_be_visible()


def test_an_earlier_file_shows_what_changed(address: str, new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_check(new_page, address)
    fill_in(page)
    page.get_by_role("button", name="Bekijk de tips").click()
    file = save_file(page, tmp_path, "toen.json")
    page.goto(address + CHECK + "#start")
    fill_in(page, 1)
    page.goto(address + CHECK + "#start")
    page.get_by_text("Vergelijken met vroeger").click()
    open_file(page, "Open een eerder bestand", file)
    expect(page.get_by_role("heading", name="Wat is er veranderd")).to_be_visible()
    expect(page.locator(".tw-rules > div").nth(10)).to_be_visible()
    expect(page.get_by_role("heading", name="Wat dat met de tips doet")).to_be_visible()
    assert violations(page) == []


def test_the_plan_downloads_for_excel_and_calendar(address: str, new_page: Callable[..., Page]) -> None:
    page = open_check(new_page, address)
    begin(page, "Korte versie")
    answer_all(page)
    page.get_by_role("button", name="Bekijk de tips").click()
    plan(page, "Gaan we doen")
    page.get_by_label("Wie", exact=True).fill("=HYPERLINK(\"x\")")
    page.get_by_label("Wanneer").fill("2027-03-01")
    page.get_by_label("Notitie").fill("eerst overleggen; dan doen")
    page.get_by_label("Notitie").blur()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Bewaar voor Excel").click()
    text = Path(saved.value.path()).read_bytes().decode("utf-8-sig")
    assert saved.value.suggested_filename.endswith(".csv") and "01-03-2027" in text and "'=HYPERLINK" in text
    with page.expect_download() as saved:
        page.get_by_role("button", name="Zet in de agenda").click()
    assert "DTSTART;VALUE=DATE:20270301" in Path(saved.value.path()).read_text(encoding="utf-8")


def open_stored(new_page: Callable[..., Page], address: str, screen: str, **service: object) -> Page:
    """Open a screen of the check as somebody who filled in a service earlier."""
    page = new_page()
    page.goto(address)
    state = {"soort": "tipwijzer-zelfcheck", "versie": 1, "vragen": 1, "diensten": [{"naam": "Paspoort", "kort": False, "antwoorden": {}, "plan": {}, **service}]}
    page.evaluate("(state) => localStorage.setItem('tipwijzer.zelfcheck', JSON.stringify(state))", state)
    page.goto(f"{address}{CHECK}#{screen}")
    return page


def test_the_plan_is_a_table_on_paper_and_keeps_a_tip_that_is_gone(address: str, new_page: Callable[..., Page]) -> None:
    entry = {"status": "later", "wie": "Team balie", "wanneer": "2027-03-01", "notitie": "Eerst overleggen"}
    page = open_stored(new_page, address, "resultaat", plan={"12": entry, "9999": {**entry, "wanneer": ""}})
    expect(page.locator(".tw-plan__row")).to_have_count(2)
    expect(page.locator(".tw-plan__row a")).to_have_count(1)
    page.emulate_media(media="print")
    table = page.get_by_role("table", name="Actieplan: Paspoort")
    expect(table.get_by_role("row").nth(1)).to_contain_text("Team balie01-03-2027Eerst overleggen")
    expect(table.get_by_role("row").nth(2)).to_contain_text("Deze tip staat niet meer op de site")
    expect(page.locator(".tw-plan")).to_be_hidden()


def test_the_plan_keeps_only_a_date_that_can_be(address: str, new_page: Callable[..., Page]) -> None:
    page = open_stored(new_page, address, "resultaat", plan={"12": {"status": "later", "wie": "", "wanneer": "2027-03-01", "notitie": ""}})
    page.get_by_label("Wanneer").evaluate("(field) => { field.value = '20271-01-15'; field.dispatchEvent(new Event('change')); }")
    expect(page.get_by_label("Wanneer")).to_have_value("")
    assert "20271" not in page.evaluate("localStorage.getItem('tipwijzer.zelfcheck')")


def test_the_plan_keeps_the_focus_where_somebody_was(address: str, new_page: Callable[..., Page]) -> None:
    entry = {"status": "gaan-we-doen", "wie": "", "wanneer": "", "notitie": ""}
    page = open_stored(new_page, address, "resultaat", plan={"12": entry, "104": entry})
    page.locator(".tw-plan__row select").first.focus()
    page.locator(".tw-plan__row select").first.select_option("niet-voor-ons")
    expect(page.locator(".tw-plan__row").last).to_contain_text("12. ")
    expect(page.locator(".tw-plan__row select").last).to_be_focused()


def test_two_opposite_answers_are_pointed_out(address: str, new_page: Callable[..., Page]) -> None:
    page = open_stored(new_page, address, "overzicht", antwoorden={"samenhang": ["sluit-aan", "opnieuw"], "kanalen": ["telefoon", "balie"]})
    expect(page.locator(".tw-overview__doubt")).to_have_count(1)
    expect(page.locator(".tw-overview__doubt")).to_contain_text("Dit spreekt elkaar tegen: ‘Een collega ziet wat iemand in een ander kanaal al vertelde’")


def test_links_of_colleagues_can_be_compared(address: str, new_page: Callable[..., Page]) -> None:
    page = open_stored(new_page, address, "start", antwoorden={"bereiken": ["nee"]})
    link = page.evaluate("""async ([base, answers]) => {
      const { encodeService, newService } = await import(base + "assets/check/state.js");
      const data = await (await fetch(base + "zelfcheck/gegevens.json")).json();
      return base + "zelfcheck/#c=" + await encodeService(data, { ...newService(), kort: true, antwoorden: answers });
    }""", [address, {"bereiken": ["zoeken"]}])
    page.get_by_text("Samen invullen", exact=True).click()
    page.get_by_role("button", name="Leg antwoorden naast elkaar").click()
    page.get_by_role("button", name="Doe onze antwoorden van hier erbij").click()
    page.get_by_text("Plak links van collega's").click()
    page.get_by_label("Eén link op een regel").fill(f"{link}\nhttps://elders.example/")
    page.get_by_role("button", name="Open deze links").click()
    expect(page.locator(".tw-check__notices")).to_contain_text("Deze link klopt niet.")
    page.get_by_label("Eén link op een regel").fill(link)
    page.get_by_role("button", name="Open deze links").click()
    expect(page.locator(".tw-differences > li")).to_have_count(1)
    expect(page.locator(".tw-differences")).to_contain_text("Van hier")


def test_why_a_tip_is_missing_can_be_asked(address: str, new_page: Callable[..., Page]) -> None:
    page = open_check(new_page, address)
    page.goto(address + CHECK + "#resultaat")
    page.get_by_text("Waarom staat een tip er niet bij?").click()
    page.locator("#waarom-niet").select_option("104")
    expect(page.locator(".tw-result__why [role=status]")).not_to_be_empty()


def test_a_tip_page_says_when_the_check_names_it(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(address + "tips/12-varieer-in-vorm-persoonlijk-contact/")
    assert page.locator(".tw-when li").count() >= 2
