"""The fields of a tip, for the page that explains them: what the model and the template tell of each, and where it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from generator.models import VOCABULARIES, Tip

# The template explains the model, so it belongs to the code: the same for every knowledge base.
TEMPLATE = Path(__file__).parent.parent / "tips" / "_sjabloon.yml"
_SECTION = re.compile(r"^# --- (.+?) -+$", re.MULTILINE)
_PATTERNS = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "kleine letters, cijfers en streepjes",
    "^[a-z]{2}$": "twee kleine letters",
    r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$": "een jaar, maand of dag tussen aanhalingstekens",
}
# Where a visitor sees what stands in a field.
_SHOWS: Mapping[str, str] = {
    "number": "Boven de titel, op kaartjes en in het adres.",
    "slug": "In het adres van de pagina.",
    "title": "Bovenaan de pagina, op kaartjes en in zoekresultaten.",
    "theme": "Boven de titel, in de kleur van de tip, en onder ‘Zoek verder’.",
    "also_themes": "Onder ‘Zoek verder’, en op de pagina van dat thema.",
    "summary": "Onder de titel, op kaartjes en in zoekresultaten.",
    "advice": "Onder ‘Wat je doet’.",
    "steps": "Onder ‘Zo pak je het aan’. De eerste stap staat ook onder ‘In het kort’.",
    "not_when": "Onder ‘Wanneer niet’.",
    "examples": "Onder ‘Voorbeelden’, en op de pagina van de persoon, de organisatie en de bron.",
    "why_it_works": "Onder ‘Waarom werkt dit?’.",
    "research": "Onder ‘Onderzoek’, en op de pagina van de bron. De cijfers staan groot.",
    "conclusion": "Onder ‘Onthoud’.",
    "links": "Onder ‘Handige links’.",
    "questions": "Onder ‘Zoek verder’, en op de pagina van die vraag.",
    "target_groups": "Onder ‘Zoek verder’, en op de pagina van die doelgroep. De zelfcheck gebruikt dit ook.",
    "barriers": "Onder ‘Zoek verder’, en op de pagina van die drempel. De zelfcheck gebruikt dit ook.",
    "channels": "Onder ‘Zoek verder’, en op de pagina van dat kanaal. De zelfcheck gebruikt dit ook.",
    "service_traits": "Niet op de pagina. De zelfcheck gebruikt dit.",
    "journey_steps": "Onder ‘Zoek verder’, en op de pagina van die stap. De zelfcheck gebruikt dit ook.",
    "factors": "Onder ‘Zoek verder’, en op de pagina van die factor. De zelfcheck gebruikt dit ook.",
    "roles": "Wat bij core staat: onder ‘In het kort’, bij ‘Wie begint’.",
    "measure": "Niet op de pagina. De zelfcheck gebruikt dit.",
    "one_service": "Onder ‘In het kort’, bij ‘Gaat alleen over’, en in de zelfcheck.",
    "recommend_when": "Niet op de pagina. De reden staat in de uitslag van de zelfcheck.",
    "effort": "Onder ‘In het kort’, bij ‘Moeite’. Het woord staat ook op kaartjes.",
    "evidence": "Onder ‘In het kort’, bij ‘Bewijs’, en op kaartjes.",
    "legal": "Onder ‘Dit staat in de wet’, en op de pagina van de bron.",
    "related": "Onder ‘Past hier goed bij’. Laat je dit leeg, dan kiest het programma.",
    "requires": "Onder ‘In het kort’, bij ‘Doe eerst’.",
    "added": "Onderaan de pagina, en bij de nieuwe tips.",
    "reviewed": "Onderaan de pagina.",
    "review_by": "Niet op de pagina. De redactie ziet zo wanneer de tip aan de beurt is.",
    "status": "Bepaalt of de tip op de site staat.",
    "replaced_by": "Op de pagina van een vervallen tip, als link naar de nieuwe.",
    "former_slugs": "Niet op de pagina. Oude adressen sturen bezoekers door.",
    "keywords": "Niet op de pagina. De zoekfunctie gebruikt dit.",
}


@dataclass(frozen=True)
class Field:
    """A field that an editor fills in.

    ``limits`` says in Dutch what fits in it. ``parts`` are the fields inside it. ``example`` is YAML and ``shows`` a sentence
    in Dutch; a part has neither.
    """

    name: str
    description: str
    required: bool
    limits: str
    parts: tuple[Field, ...] = ()
    example: str = ""
    shows: str = ""


def sections() -> list[tuple[str, list[Field]]]:
    """Return the fields of a tip in the order of the model, under the headings of the template."""
    template = TEMPLATE.read_text(encoding="utf-8")
    schema = Tip.model_json_schema()
    fields = [
        Field(found.name, found.description, found.required, found.limits, found.parts, example(template, found.name), _SHOWS[found.name])
        for found in _fields(schema, schema["$defs"])
    ]
    return [(heading, list(group)) for heading, group in groupby(fields, key=lambda field: _heading(template, field.name))]


def example(template: str, name: str) -> str:
    """Return how a template fills a field in. What it shows as a comment, since not every tip needs it, is switched on."""
    found = re.search(rf"^(?:# )?({name}:.*)\n((?:\n*(?:#  |  ).*\n)*)", template, re.MULTILINE)
    assert found, f"the template doesn't show {name}"
    first, rest = found.groups()
    if rest.startswith("#"):
        first, rest = f"{name}:", re.sub("^#", "", rest, flags=re.MULTILINE)
    return f"{first}\n{rest}".rstrip()


def _heading(template: str, name: str) -> str:
    before = re.split(rf"^(?:# )?{name}:", template, maxsplit=1, flags=re.MULTILINE)[0]
    return _SECTION.findall(before)[-1]


def _fields(schema: Mapping[str, Any], models: Mapping[str, Any]) -> Iterator[Field]:
    """Yield the fields of a model's JSON Schema; ``models`` are the schemas that it refers to by name."""
    for name, node in schema["properties"].items():
        inside = _followed(_followed(node, models).get("items", node), models)
        parts = tuple(_fields(inside, models)) if "properties" in inside else ()
        default = node.get("default")
        limits = _limits(node, models) + (f"; anders geldt {str(default).lower()}" if isinstance(default, str | bool) else "")
        yield Field(name, node["description"], name in schema.get("required", ()), limits, parts)


def _followed(node: Mapping[str, Any], models: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a node of a schema stands for: not the choice to leave it out, and not a reference."""
    node = next((choice for choice in node.get("anyOf", ()) if choice.get("type") != "null"), node)
    return models[node["$ref"].rpartition("/")[2]] if "$ref" in node else node


def _limits(node: Mapping[str, Any], models: Mapping[str, Any]) -> str:
    """Return in Dutch what a value must be."""
    node = _followed(node, models)
    match node:
        case {"x-collection": collection} if collection in VOCABULARIES:
            return f"een id uit content/vocabularies/{VOCABULARIES[collection]}"
        case {"x-collection": collection}:
            return f"de naam van een bestand in content/{collection}, zonder .yml"
        case {"enum": choices}:
            return f"een van: {', '.join(choices)}"
        case {"format": "date"}:
            return "een datum als jjjj-mm-dd"
        case {"type": "array", "items": items}:
            return f"een lijst{_number_of(node)}, met in elk onderdeel {_limits(items, models)}"
        case {"type": "integer"}:
            return f"een heel getal van {node['minimum']} tot en met {node['maximum']}"
        case {"type": "boolean"}:
            return "true of false"
        case {"type": "object", "properties": _}:
            return "de velden hieronder"
        case {"type": "object"}:
            return "namen van vragen, elk met een lijst van antwoorden"
    kind = _PATTERNS[node["pattern"]] if "pattern" in node else "tekst"
    return f"{kind}, hoogstens {node['maxLength']} tekens" if "maxLength" in node else kind


def _number_of(node: Mapping[str, Any]) -> str:
    """Return how many items a list may have."""
    least, most = node.get("minItems"), node.get("maxItems")
    if least and most:
        return f" van {least} tot {most}"
    if least or most:
        return f" van minstens {least}" if least else f" van hoogstens {most}"
    return ""
