"""The Atom feed of the newest tips (RFC 4287)."""

from __future__ import annotations

from xml.etree import ElementTree

from generator import addresses
from generator.derive import Site

MOST = 30
_ATOM = "http://www.w3.org/2005/Atom"


def atom(site: Site, base: str) -> str:
    """Return the feed as XML text. ``base`` is the address of the site, ending in a slash."""
    texts = site.knowledge.texts
    newest = site.newest[:MOST]
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "nl"})
    _add(feed, "title", texts.name)
    _add(feed, "subtitle", texts.lists.news.description)
    _add(feed, "id", base)
    _add(feed, "updated", _moment(max((tip.reviewed.isoformat() for tip in newest), default="1970-01-01")))
    ElementTree.SubElement(_add(feed, "author"), "name").text = texts.name
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": base + addresses.FEED})
    ElementTree.SubElement(feed, "link", {"href": base + addresses.NEWS})
    for tip in newest:
        entry = _add(feed, "entry")
        _add(entry, "title", f"Tip {tip.number}: {tip.title}")
        _add(entry, "id", base + addresses.of_tip(tip))
        ElementTree.SubElement(entry, "link", {"href": base + addresses.of_tip(tip)})
        _add(entry, "published", _moment(tip.added.isoformat()))
        _add(entry, "updated", _moment(tip.reviewed.isoformat()))
        _add(entry, "summary", tip.summary)
        ElementTree.SubElement(entry, "category", {"term": tip.theme, "label": site.term("themes", tip.theme).label})
    ElementTree.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode") + "\n"


def _add(parent: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    element.text = text
    return element


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
