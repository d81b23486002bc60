"""The copy of the site that opens from disk, and the list of what changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from repository import ROOT

from generator.preview import from_disk

PAGE = '<title>{title} - Tipwijzer</title><nav><a href="../..">Home</a> {menu}</nav><main><p>{text}</p></main>'


def write(site: Path, address: str, title: str, text: str, menu: str = "") -> None:
    file = site / address / "index.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(PAGE.format(title=title, text=text, menu=menu), encoding="utf-8")


def preview(site: Path, before: Path) -> str:
    folder = site.with_name("voorbeeld")
    made = subprocess.run([sys.executable, "-m", "generator.preview", site, before, folder], cwd=ROOT, capture_output=True, text=True, check=True)
    return made.stdout


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path / "site", ".", "Home", "Welkom")
    write(tmp_path / "site", "tips/1-bel", "Bel <code> terug", "Bel.")
    return tmp_path / "site"


@pytest.mark.parametrize(
    ("link", "copied"),
    [
        ('<a href="../12-bel/">', '<a href="../12-bel/index.html">'),
        ('<a class="x" href="../12-bel/#stap">', '<a class="x" href="../12-bel/index.html#stap">'),
        ('<a href="../kaarten/?a=1#t=12.104">', '<a href="../kaarten/index.html?a=1#t=12.104">'),
        ('<a href="../..">', '<a href="../../index.html">'),
        ('<a href="./">', '<a href="./index.html">'),
        ('<meta content="0; url=../12-bel/">', '<meta content="0; url=../12-bel/index.html">'),
        *((same, same) for same in ('<a href="https://www.voorbeeld.nl/a/">', '<a href="#stap">', '<a href="">', '<link href="../assets/a.css">', '<a href="/tips/">', '<a data-href="x/">')),
    ],
)
def test_links_name_the_page(link: str, copied: str) -> None:
    assert from_disk(link) == copied


def test_a_copy_of_a_page_shows_what_there_is_without_scripts_and_says_so() -> None:
    page = '<article class="x" id="inhoud"><noscript><p>JavaScript staat uit. Print dit.</p></noscript><script type="module" src="a.js"></script></article>'
    copied = from_disk(page)
    assert "<script" not in copied and "<noscript" not in copied and "JavaScript staat uit" not in copied
    assert copied.startswith('<article class="x" id="inhoud"><div class="tw-notice"><p>Dit is een voorbeeld') and "Print dit." in copied


def test_the_copy_leads_from_page_to_page(site: Path) -> None:
    preview(site, site.with_name("was"))
    assert 'href="../../index.html"' in (site.with_name("voorbeeld") / "tips/1-bel/index.html").read_text(encoding="utf-8")
    assert 'href="../.."' in (site / "tips/1-bel/index.html").read_text(encoding="utf-8"), "the site itself stays as it was"


def test_pages_that_are_new_changed_or_gone_are_listed(site: Path) -> None:
    before = site.with_name("was")
    write(before, ".", "Home", "Hallo", menu="Een ander menu")
    write(before, "tips/2-weg", "Ga weg", "Weg.")
    text = preview(site, before)
    assert "### Nieuw (1)\n\n- `tips/1-bel/index.html`: Bel `<code>` terug\n" in text
    assert "### Veranderd (1)\n\n- `./index.html`: Home\n" in text
    assert "### Weg (1)\n\n- `tips/2-weg/index.html`: Ga weg\n" in text


def test_a_change_in_the_frame_is_no_change_of_a_page(site: Path) -> None:
    before = site.with_name("was")
    write(before, ".", "Home", "Welkom", menu="Een ander menu")
    write(before, "tips/1-bel", "Bel <code> terug", "Bel.")
    assert "Er verandert niets aan de pagina's." in preview(site, before)


def test_a_long_list_is_cut_off(site: Path) -> None:
    before = site.with_name("was")
    write(before, ".", "Home", "Welkom")
    for number in range(150):
        write(site, f"tips/{number + 2}-lees", "Lees", "Lees.")
    text = preview(site, before)
    assert "### Nieuw (151)" in text and text.count("- `tips/") == 100 and "- en nog 51" in text


def test_without_a_site_to_compare_there_is_still_one_to_see(site: Path) -> None:
    assert "is deze keer niet te zeggen" in preview(site, site.with_name("was"))
    assert (site.with_name("voorbeeld") / "index.html").is_file()
