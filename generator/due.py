"""Which tips somebody should look at again, as a list in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from generator.code_host import file_address
from generator.derive import Site
from generator.inert import as_data
from generator.load import tip_path
from generator.models import Tip
from generator.pages import dutch_date, partial_date

_AHEAD = timedelta(days=60)


def lines(site: Site, base: str, today: date) -> Iterator[str]:
    """Yield the lines of a list of tips whose review date has passed or comes soon: by month, the oldest first.

    ``base`` is as in ``file_address``.
    """
    due = sorted((tip for tip in site.tips if tip.review_by <= today + _AHEAD), key=lambda tip: (tip.review_by, tip.number))
    if not due:
        yield f"Tot en met {dutch_date(today + _AHEAD)} hoeft niemand een tip na te kijken."
        return
    yield "Lees de tip en kijk of alles nog klopt: de stappen, de cijfers en de links. Pas aan wat anders moet."
    yield "Zet daarna bij `reviewed` de datum van vandaag, en bij `review_by` de dag dat iemand weer moet kijken."
    for month, tips in groupby(due, lambda tip: f"{tip.review_by:%Y-%m}"):
        yield ""
        yield f"### {partial_date(month).capitalize()}"
        yield ""
        for tip in tips:
            late = " (te laat)" if tip.review_by < today else ""
            yield f"- [Tip {tip.number}: {as_data(tip.title)}]({file_address(base, tip_path(tip))}), uiterlijk {dutch_date(tip.review_by)}{late}. Wie kan kijken: {_who(site, tip)}."


def _who(site: Site, tip: Tip) -> str:
    """Return the roles that know the subject of a tip, never a person."""
    roles = site.knowledge.vocabularies["roles"]
    return ", ".join(as_data(roles[role].label) for role in tip.roles.core or tip.roles.also) or "de redactie"
