"""All tips as data for the pages that work with tips in the browser: filters, selection, cards and workshop."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator import addresses
from generator.derive import Site
from generator.models import Tip

# What a visitor filters by: its name in an address, its heading, and where it comes from.
FACETS = (
    ("thema", "Thema", "themes"),
    ("vraag", "Jouw vraag", "questions"),
    ("doelgroep", "Doelgroep", "target_groups"),
    ("drempel", "Drempel", "barriers"),
    ("kanaal", "Kanaal", "channels"),
    ("stap", "Stap van de klantreis", "journey_steps"),
    ("factor", "Factor", "factors"),
    ("rol", "Wie doet het", "roles"),
    ("moeite", "Moeite", "effort_levels"),
    ("bewijs", "Bewijs", "evidence_levels"),
    ("organisatie", "Organisatie", "organisations"),
    ("persoon", "Persoon", "people"),
)


def to_json(site: Site) -> str:
    """Return what the browser reads: ``facets``, each with ``id``, ``label`` and ``options``, and ``tips``.

    A tip's ``terms`` are places in the options of all facets, one after the other.
    """
    options = {name: _options(site, name) for _, _, name in FACETS}
    places = {key: place for place, key in enumerate((name, identifier) for _, _, name in FACETS for identifier in options[name])}
    facets = [
        {"id": identifier, "label": label, "options": [{"id": option, "label": said} for option, said in options[name].items()]}
        for identifier, label, name in FACETS
    ]
    tips = [_tip(site, tip, places) for tip in site.tips]
    return json.dumps({"facets": facets, "tips": tips}, ensure_ascii=False, separators=(",", ":"))


def _options(site: Site, name: str) -> dict[str, str]:
    """Return the id and label of everything in a collection that at least one tip has."""
    used = {identifier for tip in site.tips for collection, identifier in _terms(site, tip) if collection == name}
    if name == "people":
        labels = {identifier: person.name for identifier, person in site.knowledge.people.items()}
    elif name == "organisations":
        labels = {identifier: organisation.name for identifier, organisation in site.knowledge.organisations.items()}
    else:
        return {term.id: term.label for term in site.knowledge.vocabularies[name].values() if term.id in used}
    return dict(sorted(((identifier, label) for identifier, label in labels.items() if identifier in used), key=lambda pair: pair[1].casefold()))


def _terms(site: Site, tip: Tip) -> Iterator[tuple[str, str]]:
    yield from (("themes", theme) for theme in (tip.theme, *tip.also_themes))
    yield from (("questions", question) for question in tip.questions)
    yield from ((name, term) for name, tags in tip.tags() for term in tags.all())
    yield ("effort_levels", tip.effort.level)
    yield ("evidence_levels", tip.evidence)
    for told in site.by_tip[tip.number]:
        yield ("organisations", told.organisation_id)
        if told.example.person:
            yield ("people", told.example.person)


def _tip(site: Site, tip: Tip, places: dict[tuple[str, str], int]) -> dict[str, Any]:
    theme = site.term("themes", tip.theme)
    return {
        "number": tip.number,
        "title": tip.title,
        "summary": tip.summary,
        "address": addresses.of_tip(tip),
        "theme": theme.id,
        "effort": tip.effort.level,
        "evidence": tip.evidence,
        "added": tip.added.isoformat(),
        "terms": sorted({places[key] for key in _terms(site, tip) if key in places}),
    }
