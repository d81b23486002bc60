"""The built site as a whole: links, anchors, heads, counts, HTML, feed, sitemap and structured data."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
import tinycss2
from conftest import ROOT, TIPS
from kinds_of_pages import KINDS
from lxml import html
from lxml.html import HtmlElement

from generator import material_styles

BASE = "https://tipwijzer.example/"


@cache
def document(file: Path) -> HtmlElement:
    return html.document_fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def html_files(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def page_files(site: Path) -> list[Path]:
    return [file for file in html_files(site) if file.name == "index.html"]


def address_of(file: Path, site: Path) -> str:
    return BASE + file.relative_to(site).as_posix().removesuffix("index.html")


def attributes(file: Path, name: str, tag: str = "*") -> list[str]:
    return [element.attrib[name] for element in document(file).iter() if name in element.attrib and tag in ("*", element.tag)]


def test_every_internal_link_and_anchor_leads_somewhere(site: Path) -> None:
    ids = {file: set(attributes(file, "id")) for file in html_files(site)}
    broken = []
    for file in html_files(site):
        for link in [*attributes(file, "href"), *attributes(file, "src")]:
            target = urlsplit(urljoin(address_of(file, site), link))
            if not target.geturl().startswith(BASE):
                continue
            path = site / unquote(target.path).lstrip("/")
            path = path / "index.html" if path.is_dir() else path
            if not path.is_file() or (target.fragment and path in ids and unquote(target.fragment) not in ids[path]):
                broken.append(f"{file.relative_to(site)}: {link}")
    assert broken == []


def test_every_page_has_a_head_of_its_own(site: Path) -> None:
    titles: dict[str, Path] = {}
    for file in page_files(site):
        head = document(file).find("head")
        assert head is not None
        title = head.findtext("title") or ""
        assert title and title not in titles, f"{file} has the title of {titles.get(title)}"
        titles[title] = file
        metas = {meta.attrib.get("name") or meta.attrib.get("property"): meta.attrib.get("content", "") for meta in head.iter("meta")}
        assert len(metas["description"]) > 10, file
        assert metas["og:title"] and metas["og:description"] and metas["og:url"] == address_of(file, site), file
        assert [link.attrib["href"] for link in head.iter("link") if link.attrib.get("rel") == "canonical"] == [address_of(file, site)]
        assert len(list(document(file).iter("h1"))) == 1, f"{file} needs one h1"


def test_structured_data_can_be_read(site: Path) -> None:
    for file in page_files(site):
        scripts = [e.text for e in document(file).iter("script") if e.attrib.get("type") == "application/ld+json"]
        for text in scripts:
            for thing in json.loads(text or "")["@graph"]:
                assert thing["@type"], file
    tip = (site / KINDS["tip"] / "index.html").read_text(encoding="utf-8")
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', tip)[1])  # type: ignore[index]
    assert data["@graph"][0]["headline"] == TIPS[104]["title"]
    assert [step["name"] for step in data["@graph"][1]["itemListElement"]] == ["Home", "Alle tips", "Kanaalsturing", TIPS[104]["title"]]


@pytest.mark.parametrize("kind", KINDS)
def test_html_parses_without_errors_and_ids_are_unique(kind: str, site: Path) -> None:
    file = site / KINDS[kind]
    file = file / "index.html" if file.is_dir() else file
    parser = html5lib.HTMLParser()
    parser.parse(file.read_text(encoding="utf-8"))
    assert [error[1:] for error in parser.errors] == []
    ids = attributes(file, "id")
    assert sorted(ids) == sorted(set(ids))


def test_headings_never_skip_a_level(site: Path) -> None:
    for file in page_files(site):
        body = document(file).find("body")
        assert body is not None
        levels = [int(e.tag[-1]) for e in body.iter() if isinstance(e.tag, str) and re.fullmatch(r"h[1-6]", e.tag)]
        assert levels[0] == 1, file
        assert all(later <= earlier + 1 for earlier, later in zip(levels, levels[1:], strict=False)), (file, levels)


def test_every_list_says_how_many_it_holds(site: Path) -> None:
    for folder in ("tips", "themas/kanaalsturing", "doelgroepen/ouderen", "mensen", "organisaties", "voorbeelden"):
        page = document(site / folder / "index.html")
        parts = [page, *(document(file) for file in sorted((site / folder).glob("pagina-*/index.html")))]
        shown = sum(1 for part in parts for element in part.iter("li") if element.attrib.get("class", "").startswith("tw-card"))
        said = next("".join(e.itertext()) for e in page.iter("p") if e.attrib.get("class") == "tw-count")
        assert said.startswith(f"{shown} "), (folder, said)


def test_terms_without_tips_have_no_page_and_people_without_examples_neither(site: Path) -> None:
    for file in page_files(site):
        assert ">0 tips<" not in file.read_text(encoding="utf-8"), file


def test_a_page_holds_no_word_from_the_machine(site: Path) -> None:
    for file in html_files(site):
        text = file.read_text(encoding="utf-8")
        assert str(ROOT) not in text and str(site.parent) not in text, file
        assert "<!--html-->" not in text and "<!--/html-->" not in text, f"{file} shows marks of a template"


def test_text_in_the_page_is_dutch_also_where_material_speaks(site: Path) -> None:
    english = re.compile(r"\b(Skip to content|Search|Back to top|Made with|Table of contents|Previous|Next|Edit this page|Type to start)\b")
    for kind in KINDS.values():
        file = site / kind
        text = " ".join(document(file / "index.html" if file.is_dir() else file).itertext())
        assert not english.search(re.sub(r"\{.*?\}", "", text)), kind


def test_feed_lists_the_newest_tips(site: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.parse(site / "feed.xml").getroot()
    entries = feed.findall(f"{atom}entry")
    tips = [file for file in (site / "tips").glob("*/index.html")]
    assert len(entries) == min(30, len(tips))
    for entry in entries:
        address = entry.findtext(f"{atom}id") or ""
        assert (site / address.removeprefix(BASE) / "index.html").is_file()
        assert entry.findtext(f"{atom}updated", "").endswith("T00:00:00Z")


def test_sitemap_and_robots_name_every_page(site: Path) -> None:
    sitemap = ElementTree.parse(site / "sitemap.xml").getroot()
    listed = {element.text for element in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert listed == {address_of(file, site) for file in page_files(site)}
    assert f"Sitemap: {BASE}sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")


def test_a_tip_page_has_its_whole_anatomy_in_reading_order(site: Path) -> None:
    page = document(site / KINDS["tip"] / "index.html")
    article = next(e for e in page.iter("article") if e.attrib.get("id") == "inhoud")
    text = " ".join("".join(article.itertext()).split())
    parts = [
        "Tip 104", "Kanaalsturing", TIPS[104]["title"], "In het kort", "Begin zo", "Moeite: middel", "Bewijs:", "minuten lezen",
        "Wat je doet", "Zo pak je het aan", "Wanneer niet", "Voorbeelden", "Jeanine Verhoef", "Projectleider Digitalisering", "Meer tips van Tino", "Wouter Welling",
        "Waarom werkt dit?", "Onderzoek", "Onthoud", "Past hier goed bij", "Zoek verder", "Jouw vraag", "Toegevoegd op", "Verbeter deze tip",
    ]  # fmt: skip
    place = 0
    for part in parts:
        assert part in text[place:], f"{part} is missing, or stands too early"
        place = text.index(part, place) + len(part)


def words(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def test_a_tip_says_in_short_what_to_do_first_with_its_link(site: Path) -> None:
    short = next(e for e in document(site / KINDS["tip"] / "index.html").iter("section") if e.attrib.get("class") == "tw-short")
    first = next(e for e in short.iter("dd"))
    assert words(first) == "Kies deze week één dienst en schrijf de stappen op, van de eerste vraag tot na het besluit."
    assert {"#onderzoek", "#voorbeelden", "#wanneer-niet"} <= {e.attrib["href"] for e in short.iter("a")}


def test_a_source_shows_what_it_found_for_each_tip(site: Path) -> None:
    overview = document(site / "bronnen/index.html")
    parts = [overview, *(document(file) for file in sorted((site / "bronnen").glob("pagina-*/index.html")))]
    entries = [e for part in parts for e in part.iter("li") if e.find("p/a") is not None]
    assert words(next(e for e in overview.iter("p") if e.attrib.get("class") == "tw-count")) == f"{len(entries)} bronnen"
    for entry in entries:
        tips = {re.sub(r"^(\.\./)+", "", a.attrib["href"]).partition("#")[0] for finding in entry.iter("li") if finding is not entry for a in finding.iter("a")}
        link = entry.find("p/a")
        assert link is not None and tips
        source = document(site / "bronnen" / link.attrib["href"].rstrip("/").rpartition("/")[2] / "index.html")
        found = [e for e in source.iter("section") if e.attrib.get("class", "").startswith("tw-found")]
        assert {re.sub(r"^(\.\./)+", "", next(e.iter("a")).attrib["href"]) for e in found} == tips, link.attrib["href"]
    figures = document(site / "bronnen/ipsos-2020-14plus-netnummer/index.html")
    assert [words(e) for e in figures.iter("dd") if "%" in words(e)]


def test_a_term_says_where_to_begin_with_the_least_effort(site: Path) -> None:
    begin = next(e for e in document(site / "themas/kanaalsturing/index.html").iter("aside"))
    assert "Moeite: klein" in words(begin)
    assert (site / "themas/kanaalsturing" / next(begin.iter("a")).attrib["href"]).resolve().is_dir()


@pytest.mark.parametrize("path", ["mensen", "organisaties", "voorbeelden", "bronnen", "begrippen"])
def test_a_long_list_has_links_that_jump_to_its_parts(path: str, site: Path) -> None:
    page = document(site / path / "index.html")
    jumps = next(e for e in page.iter("ul") if e.attrib.get("class") == "tw-jumps")
    assert len([link for link in jumps.iter("a") if "#" in link.attrib["href"]]) > 5


def test_the_edit_link_opens_the_file_of_the_tip(site: Path) -> None:
    links = attributes(site / KINDS["tip"] / "index.html", "href", "a")
    assert "https://git.example/tipwijzer/edit/main/tips/104-gebruik-juiste-kanaal-op-juiste-moment.yml" in links


def test_no_page_uses_a_class_whose_style_is_left_out(site: Path) -> None:
    used = {name for file in html_files(site) for names in attributes(file, "class") for name in names.split()}
    assert [name for name in sorted(used) if material_styles.is_unused(name)] == []


def test_the_style_sheet_keeps_what_is_used(site: Path) -> None:
    (sheet,) = (site / "assets/stylesheets").glob("main.*.css")
    css = sheet.read_text(encoding="utf-8")
    assert [rule for rule in tinycss2.parse_stylesheet(css) if rule.type == "error"] == []
    for kept in (".md-search-result__item", ".md-nav__link", ".md-skip", ".md-typeset table:not([class])", "--md-search-result-icon", "@media print"):
        assert kept in css
    for left_out in (".tabbed-set", ".admonition", "dir=rtl", "--md-mermaid"):
        assert left_out not in css


def test_material_styles_are_trimmed_rule_by_rule() -> None:
    css = '@charset "utf-8";.a,.tabbed-set>.b{color:red;--md-tabbed-icon:url("x")}.tabbed-set{top:0}@media print{.admonition{x:y}}@media screen{[dir=rtl] .a{left:0}.b:not(.admonition){left:1px!important}}'
    assert material_styles.trimmed(css) == '@charset "utf-8";.a{color:red}@media screen{.b:not(.admonition){left:1px!important}}'
