"""A new tip: the commented template with number, slug, title and theme filled in."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

SLUG = re.compile(r"(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*")
# Words that say little in an address.
_SMALL_WORDS = frozenset("de het een en of van voor met op in aan te je jouw jullie ze zij bij dat die is er".split())


def free_number(taken: Iterable[int]) -> int:
    """Return the lowest number above all others that is free, or the lowest free one when 9999 is taken."""
    taken = set(taken)
    following = max(taken, default=0) + 1
    return following if following <= 9999 else next(number for number in range(1, 10000) if number not in taken)


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


def filled_in(template: str, number: int, slug: str, title: str, theme: str, today: date) -> str:
    """Return the template's text with these values, and dates from today on."""
    values = {
        "number": str(number),
        "slug": json.dumps(slug),  # Or YAML takes 2026 for a number, and no for a yes or no.
        "title": json.dumps(title, ensure_ascii=False),
        "theme": theme,
        "also_themes": "[]",
        "added": today.isoformat(),
        "reviewed": today.isoformat(),
        "review_by": (today + timedelta(days=365)).isoformat(),
    }
    for field, value in values.items():
        line = f"{field}: {value}"
        template, replaced = re.subn(rf"^{field}: .*$", lambda _, line=line: line, template, count=1, flags=re.MULTILINE)
        assert replaced, f"the template has no field {field}"
    return template
