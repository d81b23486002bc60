"""Attacks in every text of a small repository: refused with a message, or harmless on the page. ``make hostile`` does the same with all tips."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from conftest import serving
from hostile import ATTACKS, Poisoned, harmful, poison, unreadable, visit
from playwright.sync_api import Browser, expect
from repository import TIP, Repository, as_yaml

# Texts that no Markdown text may hold; of the others, some are just words.
ALWAYS_REFUSED = {"svg", "script", "frame", "handler"}


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Poisoned]:
    small = Repository(tmp_path_factory.mktemp("vijandig") / "klein")
    for number in range(1, 7):
        figures = [{"value": "3 van de 4", "counts": "mensen aan de balie"}]
        links = [{"title": "Lees meer", "url": f"https://www.voorbeeld.nl/{number}", "kind": "wet"}]
        small.tip(number, conclusion="Kijk elke maand.", keywords=["brief lezen"], links=links, research=[{**TIP["research"][0], "figures": figures}])
    found = poison(small.root)
    small.can_build()
    result = small.run("build")
    assert result.returncode == 0, result.stdout + result.stderr
    return small.root / "site", found


def test_no_attack_does_anything_on_any_page_or_breaks_a_file(poisoned: tuple[Path, Poisoned], browser: Browser) -> None:
    site, found = poisoned
    assert {attack for attack in ATTACKS if not found.refused[attack] and not found.taken[attack]} == set(), "each was tried"
    assert {kind for kind, _ in found.refused} >= ALWAYS_REFUSED
    assert unreadable(site) == []
    tips = [f"tips/{folder.name}/" for folder in (site / "tips").iterdir() if folder.is_dir()]
    page = browser.new_page()
    with serving(site) as address:
        others = ["", "tips/", "mensen/", "bronnen/", "voorbeelden/", "begrippen/", "nieuw/", "kaarten/", "workshop/", "workshop/scherm/", "over/", "selectie/#t=1.2.3.4.5.6"]
        assert visit(page, address, [*tips, *others]) == []
        page.locator("[data-md-component=search-query]").press_sequentially("pwned")
        expect(page.locator(".md-search-result__item").first).to_be_visible()
        assert page.evaluate("typeof __pwned") == "undefined"
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Voeg toe aan mijn selectie").click()
        with page.expect_download() as saved:
            page.get_by_role("button", name="Download voor Excel").click()
        rows = list(csv.reader(io.StringIO(saved.value.path().read_text("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == 7
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "＝"))] == []
    page.close()


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("a.csv", "Tip;Wie\n1;=1+1\n2;'=1+1\n", ["=1+1"]),
        ("a.ics", "BEGIN:VEVENT\r\nSUMMARY:Tip 1\r\n , en meer\r\nATTACH:x\r\nEND:VEVENT\r\n", ["ATTACH:x"]),
        ("a.md", "# Plan\n\n[a](https://www.voorbeeld.nl/) [b](javascript:1) &lt;script> <img src=x>\n", ["img", "href=javascript:1", "src=x"]),
        ("a.exe", "", ["a kind of file that nobody looks into: .exe"]),
    ],
)
def test_a_harmful_file_is_seen(name: str, text: str, wrong: list[str], tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(text.encode())
    assert harmful(file) == wrong


def test_addresses_and_names_take_no_attack(tmp_path: Path) -> None:
    """What becomes part of an address: each attack is refused, in a line of its own."""
    small = Repository(tmp_path / "klein")
    links = [{"title": f"Lees {number}", "url": text, "kind": "wet"} for number, (_, text) in enumerate(ATTACKS)]
    small.tip(1, links=links)
    roles = [{"id": text, "label": "Rol", "explanation": "Wat iemand doet."} for _, text in ATTACKS]
    small.write("content/vocabularies/roles.yml", as_yaml(roles))
    problems = small.problems()
    words = {"constructor", "no"}  # These are names like any other.
    assert len({line.split(":")[1] for line in problems if line.startswith("tips/")}) >= len(ATTACKS)
    refused = {line.split(":")[1] for line in problems if line.startswith("content/vocabularies/roles.yml")}
    assert len(refused) == len([text for _, text in ATTACKS if text not in words])


@pytest.mark.parametrize("text", [text for kind, text in ATTACKS if kind == "yaml"])
def test_yaml_that_means_more_than_text_is_named(text: str, tmp_path: Path) -> None:
    small = Repository(tmp_path / "klein")
    path = small.tip(1)
    small.replace(path, "title: Vraag een inwoner om mee te lezen, 1", f"title: {text}")
    assert [line for line in small.problems() if line.startswith(path)]


@pytest.mark.parametrize("name", ["../../uit.yml", "001-..%2f..%2fuit.yml", "002-a b.yml", "003-A.yml", "004-.yml", "<script>.yml"])
def test_a_file_cannot_lie_about_its_name(name: str, tmp_path: Path) -> None:
    small = Repository(tmp_path / "klein")
    path = small.tip(1)
    (small.root / path).rename(small.root / "tips" / name)
    assert small.problems()
