"""The page that explains every field of a tip, and what it is made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import html5lib
import pytest
import yaml
from conftest import ROOT
from repository import Repository

from generator import addresses, fields
from generator.derive import derive
from generator.load import load
from generator.models import Tip
from generator.pages import render


def all_fields(found: list[fields.Field]) -> Iterator[fields.Field]:
    for field in found:
        yield field
        yield from all_fields(list(field.parts))


FIELDS = [field for _, found in fields.sections() for field in found]
BY_NAME = {field.name: field for field in FIELDS}


def described(schema: Any) -> Iterator[str]:
    """Yield every description of a field in the model's JSON Schema."""
    for model in (schema, *schema["$defs"].values()):
        yield from (node["description"] for node in model["properties"].values())


@pytest.fixture(scope="module")
def page(site: Path) -> Any:
    """The page as it stands on the site."""
    return html5lib.parse((site / addresses.FIELDS / "index.html").read_text(encoding="utf-8"), namespaceHTMLElements=False)


def shown(page: Any) -> str:
    return " ".join("".join(page.find(".//article").itertext()).split())


def test_every_field_of_the_model_has_a_heading_to_link_to(page: Any) -> None:
    assert [heading.attrib["id"] for heading in page.iterfind(".//article//h3")] == list(Tip.model_fields)
    assert {link.attrib["href"] for link in page.iterfind(".//article//p/a")} >= {f"#{name}" for name in Tip.model_fields}


def test_every_description_stands_on_the_page_fields_within_fields_too(page: Any) -> None:
    text = shown(page)
    assert [description for description in described(Tip.model_json_schema()) if description not in text] == []


def test_every_field_tells_whether_it_must_be_there_what_fits_and_where_it_shows(page: Any) -> None:
    text = shown(page)
    assert text.count("Verplicht: ja") == sum(field.is_required() for field in Tip.model_fields.values())
    assert text.count("Verplicht: ") == text.count("Wat je invult: ") == text.count("Waar je het ziet: ") == len(Tip.model_fields)


def test_examples_keep_their_lines_and_quotes(page: Any) -> None:
    examples = ["".join(code.itertext()) for code in page.iterfind(".//article//pre/code")]
    assert len(examples) == len(Tip.model_fields)
    assert 'date: "2025"' in next(code for code in examples if code.startswith("examples:"))
    assert "\n\n  Pas daarna de uitleg aan. Drie collega's" in next(code for code in examples if code.startswith("advice:"))


def test_examples_come_from_the_template_and_are_valid_yaml() -> None:
    template = yaml.safe_load((ROOT / "tips/_sjabloon.yml").read_text(encoding="utf-8"))
    for field in FIELDS:
        value = yaml.safe_load(field.example + "\n")[field.name]
        assert value == template.get(field.name) or not template.get(field.name), field.name


@pytest.mark.parametrize("name", ["examples", "research", "links", "legal", "recommend_when", "one_service", "replaced_by"])
def test_what_the_template_shows_as_a_comment_is_switched_on(name: str) -> None:
    value = yaml.safe_load(BY_NAME[name].example)[name]
    assert value
    if BY_NAME[name].parts:
        assert set(value[0]) <= {part.name for part in BY_NAME[name].parts}


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("number", "een heel getal van 1 tot en met 9999"),
        ("slug", "kleine letters, cijfers en streepjes, hoogstens 60 tekens"),
        ("title", "tekst, hoogstens 80 tekens"),
        ("theme", "een id uit content/vocabularies/themes.yml"),
        ("steps", "een lijst van 3 tot 7, met in elk onderdeel tekst, hoogstens 400 tekens"),
        ("examples", "een lijst, met in elk onderdeel de velden hieronder"),
        ("effort", "de velden hieronder"),
        ("added", "een datum als jjjj-mm-dd"),
        ("status", "een van: actueel, concept, vervallen; anders geldt actueel"),
        ("conclusion", "tekst, hoogstens 800 tekens"),
    ],
)
def test_limits_are_told_in_words(name: str, limits: str) -> None:
    assert BY_NAME[name].limits == limits


def test_fields_within_fields_have_limits_too() -> None:
    within = {field.name: field for field in all_fields(list(BY_NAME["examples"].parts + BY_NAME["research"].parts))}
    assert within["source"].limits == "de naam van een bestand in content/sources, zonder .yml" and within["source"].required
    assert within["verbatim"].limits == "true of false; anders geldt false" and not within["verbatim"].required
    assert within["date"].limits == "een jaar, maand of dag tussen aanhalingstekens"
    assert within["figures"].limits == "een lijst van hoogstens 3, met in elk onderdeel de velden hieronder"
    assert within["value"].limits == "tekst, hoogstens 24 tekens"


def test_headings_of_the_tip_page_that_are_named_exist(site: Path) -> None:
    pages = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "generator/templates").glob("*tip.md.j2"))
    for field in FIELDS:
        for heading in re.findall("‘(.+?)’", field.shows):
            assert heading.removesuffix("en") in pages, f"{field.name}: {heading}"


def test_a_site_without_the_page_meedoen_has_the_page_all_the_same(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.tip()
    knowledge = load(repository.root, date.today()).knowledge
    assert knowledge
    page = next(page for page in render(derive(knowledge)) if page.address == addresses.FIELDS)
    assert [crumb.label for crumb in page.crumbs] == ["Home"]


def test_the_way_to_the_page_goes_by_meedoen(page: Any) -> None:
    assert "Meedoen" in [" ".join("".join(link.itertext()).split()) for link in page.iter("a") if link.attrib.get("href") == "../"]
