"""The cards to print: rendered to PDF, measured as they come out of the printer, and read with a QR reader."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import violations
import yaml
import zxingcpp
from conftest import TIPS, copy_repository
from playwright.sync_api import Page, expect
from repository import TODAY, Repository, as_yaml

from generator import cards
from generator.derive import derive
from generator.load import load
from generator.serve import previewing

CARDS = "kaarten/"
PER_SHEET, FOLDED_PER_SHEET = 4, 2
STATUS = ".tw-print__status"
MM = 96 / 25.4
EDGE = 6.0  # What an office printer leaves white.
# Every face, mark and label of every sheet: where it lies on its sheet, in millimetres.
MEASURE = """() => [...document.querySelectorAll('.tw-sheet')].map((sheet) => {
  const origin = sheet.getBoundingClientRect(), mm = 96 / 25.4;
  const box = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return [left - origin.left, top - origin.top, right - origin.left, bottom - origin.top].map((value) => value / mm);
  };
  const shown = (element) => element.getClientRects().length > 0;
  return {
    label: sheet.querySelector('.tw-sheet__label').textContent,
    labelBox: box(sheet.querySelector('.tw-sheet__label')),
    marks: [...sheet.querySelectorAll('.tw-mark')].filter(shown).map(box),
    fold: [...sheet.querySelectorAll('.tw-marks__fold')].filter(shown).map(box),
    faces: [...sheet.querySelectorAll('.tw-face')].map((face) => ({
      name: face.querySelector('h3').textContent.replace(', achterkant', '').replace('. ', ' '),
      front: face.classList.contains('tw-face--front'), box: box(face),
      over: Math.max(face.scrollHeight - face.clientHeight, face.scrollWidth - face.clientWidth),
      inside: [...face.querySelectorAll('*')].filter(shown).every((part) => {
        const [left, top, right, bottom] = box(part), [faceLeft, faceTop, faceRight, faceBottom] = box(face);
        return left > faceLeft + 4 && top > faceTop + 4 && right < faceRight - 4 && bottom < faceBottom - 4;
      }),
      codes: face.querySelectorAll('svg[role=img]').length,
    })),
  };
})"""
# The code as a QR reader gets it: 5 points a module, '1' for a light point.
PIXELS = """async (svg) => {
  const image = new Image(), side = Number(svg.getAttribute('viewBox').split(' ')[2]) * 5, copy = svg.cloneNode(true);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', side);
  copy.setAttribute('height', side);
  image.src = 'data:image/svg+xml,' + encodeURIComponent(copy.outerHTML);
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: side, height: side }), context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, side, side);
  context.drawImage(image, 0, 0);
  const points = context.getImageData(0, 0, side, side).data;
  return [side, Array.from({ length: side * side }, (_, place) => (points[place * 4] > 127 ? '1' : '0')).join('')];
}"""


def open_cards(new_page: Callable[..., Page], address: str, fragment: str = "", **options: Any) -> Page:
    page = new_page(**options)
    page.goto(address + CARDS + fragment)
    expect(page.locator(STATUS)).not_to_be_empty()
    return page


def choose(page: Page, way: str, blank: int = 0) -> None:
    page.locator(f"[name=way][value={way}]").check()
    page.locator("[name=blank]").select_option(str(blank))


def pdf_pages(page: Page) -> int:
    """Print the page and return how many pages of A4 come out."""
    document = page.pdf(prefer_css_page_size=True)
    boxes = [tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([^\]]*)\]", document)]
    assert boxes and all(abs(width - 595.28) < 1 and abs(height - 841.89) < 1 for _, _, width, height in boxes)
    return len(boxes)


def printed(page: Page) -> list[dict[str, Any]]:
    """Return every sheet with what lies on it, as it is laid out for paper."""
    page.emulate_media(media="print")
    sheets: list[dict[str, Any]] = page.evaluate(MEASURE)
    page.emulate_media(media="null")
    return sheets


def faults(sheets: list[dict[str, Any]]) -> list[str]:
    """Return what would go wrong with these sheets at the printer or under the knife."""
    found = []
    for sheet in sheets:
        boxes = [face["box"] for face in sheet["faces"]]
        for face in sheet["faces"]:
            left, top, right, bottom = face["box"]
            if abs(right - left - 93) > 0.1 or abs(bottom - top - 132) > 0.1:
                found.append(f"{sheet['label']}: {face['name']} has another size")
            if face["over"] > 0 or not face["inside"]:
                found.append(f"{sheet['label']}: {face['name']} ({'front' if face['front'] else 'back'}) does not fit")
        lines = [*sheet["marks"], sheet["labelBox"]]
        found += [f"{sheet['label']}: something lies outside what a printer prints" for left, top, right, bottom in lines if min(left, top, 210 - right, 297 - bottom) < EDGE]
        found += [f"{sheet['label']}: {one} lies over {other}" for one in lines for other in [*boxes, *lines] if one is not other and overlap(one, other)]
        found += [f"{sheet['label']}: cards lie over each other" for one in boxes for other in boxes if one is not other and overlap(one, other)]
        edges = {round(value, 1) for mark in sheet["marks"] for value in cut(mark)}
        found += [f"{sheet['label']}: no mark at {place}" for box in boxes for place in box if not any(abs(place - edge) <= 0.2 for edge in [*edges, *(105.0 for _ in sheet["fold"])])]
    return found


def overlap(one: list[float], other: list[float]) -> bool:
    """Tell whether two boxes share more than an edge."""
    return min(one[2], other[2]) - max(one[0], other[0]) > 0.05 and min(one[3], other[3]) - max(one[1], other[1]) > 0.05


def cut(mark: list[float]) -> list[float]:
    """Return where a mark says to cut: the middle of its width or of its height, whichever is thin."""
    left, top, right, bottom = mark
    return [(left + right) / 2] if right - left < bottom - top else [(top + bottom) / 2]


def names(faces: list[dict[str, Any]], front: bool) -> list[str]:
    return [face["name"] for face in faces if face["front"] is front]


def sheets_for(number: int, per_sheet: int = PER_SHEET) -> int:
    return -(-number // per_sheet)


def test_the_backs_of_double_sided_cards_lie_behind_their_fronts(address: str, new_page: Callable[..., Page]) -> None:
    page = open_cards(new_page, address)
    blank = 1 + -len(TIPS) % PER_SHEET  # So that one card is left for the last sheet.
    choose(page, "double", blank=blank)
    expect(page.locator(STATUS)).to_have_text(f"{len(TIPS)} kaarten en {blank} lege {'kaart' if blank == 1 else 'kaarten'} op {sheets_for(len(TIPS) + blank)} vellen, aan twee kanten.")
    sheets = printed(page)
    assert len(sheets) == 2 * sheets_for(len(TIPS) + blank) == pdf_pages(page)
    assert faults(sheets) == []
    for front, back in zip(sheets[::2], sheets[1::2], strict=True):
        assert front["label"].replace("voorkant", "achterkant") == back["label"]
        assert names(front["faces"], True) == names(back["faces"], False) != [] == names(front["faces"], False) == names(back["faces"], True)
        for one, other in zip(front["faces"], back["faces"], strict=True):
            left, top, right, bottom = one["box"]
            turned = [210 - right, top, 210 - left, bottom]  # Turned over the long edge, left and right change places.
            assert all(abs(a - b) < 0.2 for a, b in zip(turned, other["box"], strict=True)), one["name"]
        assert sorted(210 - round(cut(mark)[0], 1) for mark in front["marks"][:6]) == sorted(round(cut(mark)[0], 1) for mark in back["marks"][:6])
    assert len(sheets[-1]["faces"]) == 1, "the last sheet is not full"


def test_cards_to_fold_have_their_back_beside_them(address: str, new_page: Callable[..., Page]) -> None:
    page = open_cards(new_page, address)
    choose(page, "fold", blank=1)
    expect(page.locator(STATUS)).to_have_text(f"{len(TIPS)} kaarten en 1 lege kaart op {sheets_for(len(TIPS) + 1, FOLDED_PER_SHEET)} vellen.")
    sheets = printed(page)
    assert len(sheets) == sheets_for(len(TIPS) + 1, FOLDED_PER_SHEET) == pdf_pages(page)
    assert faults(sheets) == []
    for sheet in sheets:
        assert names(sheet["faces"], True) == names(sheet["faces"], False) != []
        [[left, *_]] = sheet["fold"]
        for front, back in zip(sheet["faces"][::2], sheet["faces"][1::2], strict=True):
            assert front["front"] and not back["front"]
            assert abs(front["box"][2] - left) < 0.2 and abs(back["box"][0] - left) < 0.2, "the fold lies between front and back"
            assert abs(front["box"][1] - back["box"][1]) < 0.1


def test_cards_of_one_side_have_the_code_on_the_front(address: str, new_page: Callable[..., Page]) -> None:
    page = open_cards(new_page, address)
    choose(page, "single")
    expect(page.locator(STATUS)).to_have_text(f"{len(TIPS)} kaarten op {sheets_for(len(TIPS))} vellen.")
    sheets = printed(page)
    assert len(sheets) == sheets_for(len(TIPS)) == pdf_pages(page)
    assert faults(sheets) == []
    faces = [face for sheet in sheets for face in sheet["faces"]]
    assert len(faces) == len(TIPS) and all(face["front"] and face["codes"] == 1 for face in faces)
    choose(page, "double", blank=12)
    expect(page.locator(STATUS)).to_have_text(f"{len(TIPS)} kaarten en 12 lege kaarten op {sheets_for(len(TIPS) + 12)} vellen, aan twee kanten.")
    faces = [face for sheet in printed(page) for face in sheet["faces"] if face["name"] != "Eigen tip"]
    assert [face["codes"] for face in faces] == [0 if face["front"] else 1 for face in faces], "and goes back to the back"


@pytest.fixture(scope="module")
def stretched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with tips as long as editors may ever make them: the real ones 1.3 times as long, and a longest one."""
    folder = copy_repository(tmp_path_factory.mktemp("lang") / "tipwijzer")
    for file in sorted((folder / "tips").glob("[0-9]*.yml")):
        tip = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
        tip["title"], tip["summary"] = longer(tip["title"], 80), longer(tip["summary"], 200)
        tip["steps"] = [longer(step, 400) for step in tip["steps"]]
        tip["why_it_works"] = longer(tip["why_it_works"].split("\n\n")[0].replace("\n", " "), 1500)
        file.write_text(as_yaml(tip), encoding="utf-8")
    word = "aansprakelijkheidswaardevaststellingsveranderingen"
    tip = {**yaml.safe_load((folder / "tips/012-varieer-in-vorm-persoonlijk-contact.yml").read_text(encoding="utf-8")), "number": 9000, "slug": "a" * 60}
    tip |= {"title": (word + " wwwwwwwwwwww")[:80], "summary": f"{word} {word} {word} wwwwwww."[:200], "steps": [(f"{word} " * 8)[:400].strip()] * 7}
    (folder / f"tips/9000-{'a' * 60}.yml").write_text(as_yaml(tip | {"why_it_works": "w" * 290 + ". Kort."}), encoding="utf-8")
    with previewing(folder / "mkdocs.yml") as (_, base):  # No need to build all pages for one.
        yield base
    shutil.rmtree(folder)


def longer(text: str, most: int) -> str:
    """Return a text 1.3 times as long, but no longer than it may be."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return (text.rstrip(".") + ", " + plain[: int(len(text) * 0.3) - 2].strip())[:most].strip()


def test_longer_texts_fit_as_well(stretched: str, new_page: Callable[..., Page]) -> None:
    page = open_cards(new_page, stretched)
    for way in ("single", "fold"):
        choose(page, way)
        expect(page.locator(".tw-sheet").first).to_have_class(re.compile(way))
        assert faults(printed(page)) == [], way
    left_out = page.locator(".tw-face--back", has=page.locator(".tw-face__more"))
    expect(left_out).to_have_count(1)  # Only the longest of all leaves out steps, and says so.
    expect(left_out).to_contain_text(re.compile(r"En nog \d stap(pen)? op de site\."))


def test_a_phone_reads_the_address_of_the_tip(address: str, new_page: Callable[..., Page]) -> None:
    page = open_cards(new_page, address)
    base = page.locator("link[rel=canonical]").get_attribute("href").removesuffix(CARDS)  # type: ignore[union-attr]
    tips = page.evaluate("async (address) => (await (await fetch(address)).json()).tips", address + "tips/gegevens.json")
    expected = {tip["number"]: base + tip["address"] for tip in tips}
    assert len(expected) == len(TIPS)
    for code in page.locator(".tw-face svg[role=img]").all():
        number = int(code.get_attribute("aria-label").removeprefix("QR-code naar tip "))  # type: ignore[union-attr]
        assert read(code.evaluate(PIXELS)) == expected[number]
        printed_address = code.locator("xpath=ancestor::article[1]//p[@class='tw-face__address']/b").text_content()
        assert f"https://{printed_address}" == expected.pop(number)
    assert expected == {}


def read(pixels: tuple[int, str]) -> str:
    """Return what a QR reader sees, given the side of a square and its points."""
    side, points = pixels
    light = bytes(255 if point == "1" else 0 for point in points)
    [found] = zxingcpp.read_barcodes(memoryview(light).cast("B", (side, side)))  # type: ignore[call-overload]
    return str(found.text)


def fronts(page: Page) -> list[str]:
    return page.locator(".tw-face--front:not(.tw-face--blank) .tw-face__number").all_text_contents()


def test_a_link_says_which_cards_in_its_own_order(address: str, new_page: Callable[..., Page]) -> None:
    page = open_cards(new_page, address, "#t=104.12")
    expect(page.locator(STATUS)).to_have_text("2 kaarten op 1 vel, aan twee kanten.")
    assert fronts(page) == ["104", "12"]
    expect(page.get_by_label("Welke kaarten?")).to_have_value("link")
    page.get_by_label("Welke kaarten?").select_option("theme-kanaalsturing")
    expect(page.locator(STATUS)).to_contain_text(re.compile(r"^\d+ kaarten op"))
    assert set(page.locator(".tw-face--front .tw-face__theme").all_text_contents()) == {"Kanaalsturing"}
    page.evaluate("location.hash = 't=20.9999.9998'")
    expect(page.locator(STATUS)).to_have_text("De tips 9999 en 9998 staan niet op deze site. 1 kaart op 1 vel, aan twee kanten.")
    assert fronts(page) == ["20"]


def test_a_broken_link_is_told_and_gives_all_cards(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    wrong: list[object] = []
    page.on("pageerror", lambda error: wrong.append(error))
    page.on("dialog", lambda dialog: wrong.append(dialog))
    page.goto(address + CARDS + "#t=<img src=x onerror=alert(1)>")
    for fragment in ("t=<img src=x onerror=alert(2)>", "t=1..2", "t=-5", "%", "t=" + "1." * 5000, '"]'):
        expect(page.locator(STATUS)).to_have_text(
            f"De link naar deze kaarten klopt niet. Kies hier zelf welke kaarten je wilt. {len(TIPS)} kaarten op {sheets_for(len(TIPS))} vellen, aan twee kanten."
        )
        page.evaluate("location.hash = 't=12'")
        expect(page.locator(STATUS)).to_have_text("1 kaart op 1 vel, aan twee kanten.")
        page.evaluate("(fragment) => { location.hash = fragment; }", fragment)
    expect(page.locator(STATUS)).to_contain_text("De link naar deze kaarten klopt niet.")
    assert len(fronts(page)) == len(TIPS) and wrong == []


def test_the_selection_gives_its_cards_and_nothing_else_is_kept(address: str, new_page: Callable[..., Page]) -> None:
    page = open_cards(new_page, address)
    expect(page.locator("[value=selection]")).to_be_disabled()
    stored = '{"versie":1,"tips":[{"nummer":50,"notitie":""},{"nummer":2,"notitie":"eerst"},{"nummer":9999,"notitie":""}]}'
    page.evaluate("(text) => localStorage.setItem('tipwijzer.selectie', text)", stored)
    page.reload()
    page.get_by_label("Welke kaarten?").select_option(label="Mijn selectie (2)")
    expect(page.locator(STATUS)).to_have_text("2 kaarten op 1 vel, aan twee kanten.")
    assert fronts(page) == ["50", "2"]
    choose(page, "fold", blank=3)
    expect(page.locator(STATUS)).to_have_text("2 kaarten en 3 lege kaarten op 3 vellen.")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('tipwijzer'))") == ["tipwijzer.selectie"]
    assert page.evaluate("localStorage.getItem('tipwijzer.selectie')") == stored
    other = page.context.new_page()
    other.goto(address + "over/")
    other.evaluate("localStorage.removeItem('tipwijzer.selectie')")
    expect(page.locator(STATUS)).to_have_text(f"{len(TIPS)} kaarten en 3 lege kaarten op {sheets_for(len(TIPS) + 3, FOLDED_PER_SHEET)} vellen.")


def test_the_printer_is_asked_with_the_advice_that_goes_with_the_way(address: str, new_page: Callable[..., Page]) -> None:
    page = open_cards(new_page, address, "#t=12", viewport={"width": 320, "height": 640})
    page.evaluate("window.print = () => (document.title = 'geprint')")
    advice = page.locator(".tw-print__advice li:visible")
    expect(advice.filter(has_text="lange zijde")).to_have_count(1)
    for way, text in (("fold", "stippellijn"), ("single", "Print één kant.")):
        page.locator(f"[name=way][value={way}]").check()
        expect(advice.filter(has_text=text)).to_have_count(1)
        expect(advice.filter(has_text="lange zijde")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert violations(page) == []
    frame, sheet = page.locator(".tw-frame").first, page.locator(".tw-sheet").first
    assert abs(frame.bounding_box()["width"] - sheet.bounding_box()["width"]) < 3, "the preview is as wide as its frame"  # type: ignore[index]
    page.get_by_role("button", name="Print de kaarten").click()
    expect(page).to_have_title("geprint")


def test_without_javascript_front_and_back_print_side_by_side(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto(address + CARDS)
    expect(page.locator("noscript .tw-notice")).to_be_visible()
    expect(page.get_by_role("button", name="Print de kaarten")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert pdf_pages(page) == (len(TIPS) + 2) // 2, "two tips a page, and one blank card"
    page.emulate_media(media="print")
    for card in page.locator(".tw-deck__card").all()[:3]:
        front, back = (face.bounding_box() for face in card.locator(".tw-face").all())
        assert front and back and abs(front["x"] + 93 * MM - back["x"]) < 1 and abs(front["y"] - back["y"]) < 1


def test_a_card_holds_plain_text_and_the_first_sentences(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "tips")
    repository.tip(
        1,
        steps=["Lees **hardop** met [deze tip](tip:2).", "Schrijf 3 \\* 4 < 20 & lach.", "Noem naam_van_veld."],
        why_it_works="### Kort\n\nWie *schrijft*, leest te veel. Een ander\nniet. " + "Dit is een zin die er niet meer bij past, want hij is lang. " * 4,
    )
    repository.tip(2, why_it_works="- een\n- twee")
    knowledge = load(repository.root, TODAY).knowledge
    assert knowledge
    first, second = cards.deck(derive(knowledge), "https://voorbeeld.nl/")
    assert first.steps == ("Lees hardop met deze tip.", "Schrijf 3 * 4 < 20 & lach.", "Noem naam_van_veld.")
    assert first.why.startswith("Wie schrijft, leest te veel. Een ander niet. Dit is") and len(first.why) <= 150 and first.why.endswith("lang.")
    assert (first.address, second.why, first.steps_left) == ("https://voorbeeld.nl/tips/1-lees-mee-1/", "", 0)


def test_every_size_of_type_in_use_has_its_rule(site: Path) -> None:
    used = set(re.findall(r"tw-type-[0-9-]+", (site / "kaarten/index.html").read_text(encoding="utf-8")))
    css = (site / "assets/cards/page.css").read_text(encoding="utf-8")
    assert len(used) > 5
    assert {f"{name} {{ --tw-type: {name.removeprefix('tw-type-').replace('-', '.').removesuffix('.0')}pt; }}" for name in used} <= {line.removeprefix(".") for line in css.splitlines()}
