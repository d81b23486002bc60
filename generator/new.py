"""A new tip: the commented template with number, slug, title and theme filled in, whole or short enough for a link."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import yaml

from generator import addresses, text_rules
from generator.load import KnowledgeBase, tip_path
from generator.models import TAG_FIELDS
from generator.problems import nearest

MOST_IN_A_TITLE = 80
SLUG = re.compile(r"(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*")
# Words that say little in an address.
_SMALL_WORDS = frozenset("de het een en of van voor met op in aan te je jouw jullie ze zij bij dat die is er".split())

_LINK_HEAD = """\
# Je nieuwe tip. Vervang de tekst achter de Engelse woorden. Regels met # zijn uitleg.
# Kies een eigen korte naam: bij slug en in de naam van het bestand. Meer uitleg en voorbeelden staan in tips/_sjabloon.yml.

"""


def free_number(taken: Iterable[int]) -> int:
    """Return the lowest number above all others that is free, or the lowest free one when 9999 is taken; 9999 when there is none."""
    taken = set(taken)
    following = max(taken, default=0) + 1
    return following if following <= 9999 else next((number for number in range(1, 10000) if number not in taken), 9999)


def slug_of(title: str) -> str:
    """Return a proposal for the slug of a title: its main words, without accents, at most 60 characters."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    telling = [word for word in words if word not in _SMALL_WORDS] or words
    slug = ""
    for word in telling:
        if len(slug) + len(word) + 1 > 60:
            break
        slug = f"{slug}-{word}".strip("-")
    return slug or "nieuwe-tip"


def without_sample_labels(template: str) -> str:
    """Return the template as a draft, without the labels and keywords of its sample: somebody who doesn't see them would leave them in."""
    for field in TAG_FIELDS:
        template = replaced(template, field, f"{field}: {{core: [], also: []}}")
    for field in ("conclusion", "measure"):  # These may be left out.
        template = replaced(template, field, f"# {field}:")
    return replaced(replaced(template, "keywords", "keywords: []"), "status", "status: concept")


def for_link(template: str, number: int, today: date) -> tuple[str, str]:
    """Return the path and the text of a draft that fits in an address, for the page of the code host that makes a file.

    That is the template without the manual at its start, the samples in comments and the lines that divide. Whoever gets it chooses the slug.
    """
    sample, slug = yaml.load(template, yaml.CSafeLoader), "korte-naam"
    _, section, rest = template.partition("# --- ")
    text = re.sub(r"^#  .*\n| -+$", "", without_sample_labels(_LINK_HEAD + section + rest), flags=re.MULTILINE)
    return f"tips/{number:03}-{slug}.yml", filled_in(text, number, slug, sample["title"], sample["theme"], today)


def replaced(text: str, field: str, written: str) -> str:
    """Return the text of a tip with ``written`` instead of a field and all that is indented below it."""
    text, found = re.subn(rf"^{field}:.*(\n+ .*)*", lambda _: written, text, count=1, flags=re.MULTILINE)
    assert found, f"the template has no field {field}"
    return text


class Rules:
    """What an answer about a new tip must keep to. Each rule returns in Dutch why an answer can't be, or an empty text."""

    def __init__(self, knowledge: KnowledgeBase, files: Mapping[str, tuple[int, str]]) -> None:
        """``files`` are the names in ``tips/``, each with the number and slug in it: a tip with mistakes has a place too."""
        published = (re.fullmatch(rf"{addresses.TIPS}([0-9]+)-([a-z0-9-]+)/", address) for address in knowledge.published_addresses)
        self.themes = tuple(knowledge.vocabularies["themes"])
        self._titles = {tip.title.casefold(): tip_path(tip) for tip in knowledge.tips}
        self._numbers = {int(found[1]): "een oud adres van de site" for found in published if found}
        self._slugs = {slug: tip_path(tip) for tip in knowledge.tips for slug in tip.former_slugs}
        for name, (number, slug) in files.items():
            self._numbers[number] = self._slugs[slug] = f"tips/{name}"

    def title(self, answer: str) -> str:
        if not any(char.isalpha() for char in answer):
            return "een titel heeft woorden, zoals ‘Bel binnen een dag terug’"
        if len(answer) > MOST_IN_A_TITLE:
            return f"de titel heeft {len(answer)} tekens, en dat mogen er hoogstens {MOST_IN_A_TITLE} zijn"
        if answer.casefold() in self._titles:
            return f"deze titel heeft {self._titles[answer.casefold()]} al"
        return "; ".join(f"{finding.message} – {finding.hint}" for finding in text_rules.findings(answer, text_rules.PLAIN, ()))

    def theme(self, answer: str) -> str:
        return "" if answer in self.themes else f"het thema ‘{answer}’ is er niet – {nearest(answer, self.themes)}"

    def number(self, answer: str) -> str:
        if not re.fullmatch("[0-9]{1,4}", answer) or not int(answer):
            return "een nummer is een getal van 1 tot en met 9999"
        return f"nummer {int(answer)} is van {self._numbers[int(answer)]}; vrij is bijvoorbeeld {self.free_number()}" if int(answer) in self._numbers else ""

    def slug(self, answer: str) -> str:
        if not SLUG.fullmatch(answer):
            return "de korte naam heeft alleen kleine letters, cijfers en streepjes, hoogstens 60 tekens"
        return f"de korte naam ‘{answer}’ is van {self._slugs[answer]}" if answer in self._slugs else ""

    def free_number(self) -> int:
        """Return a number that no tip has or had."""
        return free_number(self._numbers)

    def free_slug(self, title: str, number: str) -> str:
        """Return a slug for a title that no tip has or had: with the tip's number behind it, if need be."""
        slug = slug_of(title)
        return f"{slug[:55].rstrip('-')}-{number}" if slug in self._slugs else slug


def filled_in(template: str, number: int, slug: str, title: str, theme: str, today: date) -> str:
    """Return the template's text as a draft with these values, and dates from today on."""
    values = {
        "number": str(number),
        "slug": json.dumps(slug),  # Or YAML takes 2026 for a number, and no for a yes or no.
        "title": json.dumps(title, ensure_ascii=False),
        "theme": theme,
        "also_themes": "[]",
        "added": today.isoformat(),
        "reviewed": today.isoformat(),
        "review_by": (today + timedelta(days=365)).isoformat(),
        "status": "concept",
    }
    for field, value in values.items():
        line = f"{field}: {value}"
        template, found = re.subn(rf"^{field}: .*$", lambda _, line=line: line, template, count=1, flags=re.MULTILINE)
        assert found, f"the template has no field {field}"
    return template
