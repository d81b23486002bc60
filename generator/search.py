"""The search index in the form that Material's search reads: one entry a page, and only words that help to find it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import escape

from generator.derive import Site
from generator.models import Tip
from generator.pages import Page

PATH = "search/search_index.json"
# A word ends at white space, a hyphen or punctuation. Numbers stay whole, so that '12' finds tip 12.
_SEPARATOR = r"[\s\-–,:;.!?()\[\]\"'’‘/]+"
_CONFIG = {
    "lang": ["nl"],
    "separator": _SEPARATOR,
    # No stemmer: Material searches for words that begin with what is typed, and a stemmed word may begin differently.
    "pipeline": ["stopWordFilter"],
    "fields": {"title": {"boost": 100.0}, "tags": {"boost": 40.0}, "text": {"boost": 1.0}},
}
_MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`#>|]+|^ *(?:[-+]|\d+\.) ", re.MULTILINE)


def index(site: Site, pages: Iterable[Page]) -> str:
    """Return the index of all pages that take part in search, as JSON text."""
    tips = {page.address: tip for page, tip in _tips(site, pages)}
    docs = [_entry(page, _text(tips.get(page.address), page)) for page in pages if page.search]
    return json.dumps({"config": _CONFIG, "docs": docs}, ensure_ascii=False, separators=(",", ":"))


def _tips(site: Site, pages: Iterable[Page]) -> Iterable[tuple[Page, Tip]]:
    by_source = {f"tips/{tip.number:03}-{tip.slug}.yml": tip for tip in site.tips}
    return ((page, by_source[page.source]) for page in pages if page.source in by_source)


def _entry(page: Page, text: str) -> dict[str, object]:
    """Return what the search reads of one page.

    Material shows of the text only where it matched, but always shows the title and the tags. So the first tag is the
    summary, and the others are words to find the page by; the style sheet shows the first tag and hides the paragraph
    of text. Material sets all of it as HTML, so it is escaped here.
    """
    assert page.search
    entry: dict[str, object] = {
        "location": page.address,
        "title": escape(page.search.title, quote=False),
        "text": f"<p>{escape(text, quote=False)}</p>" if text else "",
        "tags": [escape(tag, quote=False) for tag in (page.description, *page.search.keywords)],
    }
    if page.search.boost != 1:
        entry["boost"] = page.search.boost
    return entry


def _text(tip: Tip | None, page: Page) -> str:
    if tip is None:
        return plain(page.body) if page.kind == "hand" else ""
    parts = [tip.advice, *tip.steps, tip.not_when, tip.why_it_works, tip.conclusion or ""]
    parts += [part for example in tip.examples for part in (example.heading, example.text)]
    parts += [part for research in tip.research for part in (research.heading, research.text)]
    return plain(" ".join(parts))


def plain(markdown: str) -> str:
    """Return Markdown without its marks, on one line."""
    return " ".join(_MARKUP.sub(r"\1", markdown).split())
