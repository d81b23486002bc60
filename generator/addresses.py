"""The address of every page, relative to the site: ``tips/12-korte-naam/``. The home page is the empty text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from generator.models import FACETS, Tip

if TYPE_CHECKING:
    from generator.load import KnowledgeBase

# The folder of each collection that has a page per entry.
FOLDERS: Mapping[str, str] = {
    "themes": "themas",
    "questions": "vragen",
    "target_groups": "doelgroepen",
    "barriers": "drempels",
    "channels": "kanalen",
    "factors": "factoren",
    "journey_steps": "klantreis",
    "people": "mensen",
    "organisations": "organisaties",
    "sources": "bronnen",
}
HOME = ""
TIPS = "tips/"
EXAMPLES = "voorbeelden/"
NEWS = "nieuw/"
GLOSSARY = "begrippen/"
FIELDS = "meedoen/velden/"
CHECK = "zelfcheck/"
CHECK_RULES = "zelfcheck/zo-werkt-de-check/"
CHECK_DATA = "zelfcheck/gegevens.json"
GUIDE = "kanaalwijzer/"
GUIDE_TABLE = "kanaalwijzer/tabel/"
GUIDE_RULES = "kanaalwijzer/zo-werkt-de-kanaalwijzer/"
GUIDE_DATA = "kanaalwijzer/gegevens.json"
STRATEGY = "kanalenstrategie/"
FEED = "feed.xml"
TIPS_DATA = "tips/gegevens.json"
SELECTION = "selectie/"
CARDS = "kaarten/"
WORKSHOP = "workshop/"
BOARD = "workshop/scherm/"
SCHEMA = "schema/tip.schema.json"


def of_tip(tip: Tip) -> str:
    """Return the address of a tip."""
    return f"{TIPS}{tip.number}-{tip.slug}/"


def of_entry(collection: str, identifier: str) -> str:
    """Return the address of a term, person, organisation or source."""
    return f"{FOLDERS[collection]}/{identifier}/"


def of_list(collection: str) -> str:
    """Return the address of the overview of a collection."""
    return f"{FOLDERS[collection]}/"


def redirects(tips: Iterable[Tip]) -> dict[str, str]:
    """Return the former addresses of tips with the address that each has now."""
    return {f"{TIPS}{tip.number}-{slug}/": of_tip(tip) for tip in tips for slug in tip.former_slugs}


def of_hand_page(name: str) -> str:
    """Return the address of a hand-written page, given the name of its file."""
    return f"{name.removesuffix('.md')}/"


def relative(address: str, page: str) -> str:
    """Return a link to ``address`` for use on ``page``; both are addresses relative to the site."""
    return "../" * page.count("/") + address or "./"


def lasting(knowledge: KnowledgeBase) -> frozenset[str]:
    """Return the addresses that may never vanish once published.

    These are tips (their former addresses included), terms and hand-written pages. People, organisations and sources are
    not: someone may ask to be taken off the site.
    """
    tips = [tip for tip in knowledge.tips if tip.status != "concept"]
    terms = [of_entry(name, term) for name in FACETS for term in knowledge.vocabularies[name]]
    pages = [of_hand_page(page.path) for page in knowledge.hand_pages]
    return frozenset([*map(of_tip, tips), *redirects(tips), *terms, *pages])
