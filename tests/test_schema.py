"""The JSON Schema, the template and the model tell the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import jsonschema
import pytest
from conftest import ROOT, copy_repository, run

from generator import models, schema
from generator.load import load
from generator.yaml_source import read_yaml

TIPS = sorted((ROOT / "tips").glob("*.yml"))


def all_models() -> Iterator[type[models.Model]]:
    pending = [models.Model]
    while pending:
        found = pending.pop().__subclasses__()
        pending.extend(found)
        yield from found


def test_every_field_is_described_in_dutch() -> None:
    missing = [f"{model.__name__}.{name}" for model in all_models() for name, field in model.model_fields.items() if not field.description]
    assert missing == []


def test_models_are_frozen_and_refuse_unknown_fields() -> None:
    for model in all_models():
        assert model.model_config.get("frozen") is True and model.model_config.get("extra") == "forbid", model


def test_the_schema_in_the_repository_is_fresh() -> None:
    committed = (ROOT / schema.STRUCTURAL_FILE).read_text(encoding="utf-8")
    assert committed == schema.to_text(schema.tip_schema()), "run: python -m generator.schema"


@pytest.fixture(scope="module")
def published(site: Path) -> dict[str, object]:
    """The schema as published with the site."""
    return json.loads((site / "schema/tip.schema.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.mark.parametrize("tip", TIPS, ids=lambda file: file.stem)
def test_every_tip_and_the_template_fit_the_published_schema(tip: Path, published: dict[str, object]) -> None:
    document, problems = read_yaml(tip, ROOT)
    assert problems == [] and document
    jsonschema.validate(document.value, published)


def test_the_published_schema_knows_the_terms_and_the_structural_one_does_not(published: dict[str, object]) -> None:
    theme = published["properties"]["theme"]  # type: ignore[index]
    assert "kanaalsturing" in theme["enum"]
    assert "kanaalsturing" not in json.dumps(schema.tip_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate("kanaalstruring", theme)


def test_the_template_is_a_valid_tip_that_shows_every_field(tmp_path: Path) -> None:
    folder = copy_repository(tmp_path / "kopie")
    template = (ROOT / "tips/_sjabloon.yml").read_text(encoding="utf-8")
    for name in models.Tip.model_fields:
        assert f"\n{name}:" in template or f"\n# {name}:" in template, f"the template doesn't show {name}"
    (folder / "tips/9999-laat-het-sjabloon-zien.yml").write_text(template, encoding="utf-8")
    result = run("check", cwd=folder)
    assert result.returncode == 0, result.stdout


def test_the_template_is_valid_with_its_examples_switched_on(tmp_path: Path) -> None:
    folder = copy_repository(tmp_path / "kopie")
    text = (ROOT / "tips/_sjabloon.yml").read_text(encoding="utf-8")
    for field in ("examples", "research", "links", "legal"):
        before, _, after = text.partition(f"\n{field}: []\n")
        example, _, rest = after.partition("\n\n")
        assert example.startswith("#  - "), f"the template shows an example of {field}"
        text = f"{before}\n{field}:\n" + "\n".join(line.removeprefix("#") for line in example.splitlines()) + f"\n\n{rest}"
    (folder / "tips/9999-laat-het-sjabloon-zien.yml").write_text(text, encoding="utf-8")
    result = run("check", cwd=folder)
    assert result.returncode == 0, result.stdout


def test_every_status_is_explained_in_the_template() -> None:
    template = (ROOT / "tips/_sjabloon.yml").read_text(encoding="utf-8")
    for status in get_args(models.Tip.model_fields["status"].annotation):
        assert f"{status} =" in template


def test_the_real_content_is_enough_for_a_first_site() -> None:
    knowledge = load(ROOT, date.today()).knowledge
    assert knowledge
    assert len(knowledge.tips) >= 24
    assert {tip.theme for tip in knowledge.tips} == set(knowledge.vocabularies["themes"]), "tips in all nine themes"
    assert {12, 104} <= {tip.number for tip in knowledge.tips}
