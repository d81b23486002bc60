"""The JSON Schema of a tip, for completion and checking while an editor types.

The structural schema follows from the model alone and stands in the repository. The published one also lists the terms,
people and sources that there are; it is made with the site, so that a new term never makes a file stale.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from generator.load import KnowledgeBase
from generator.models import Tip

DIALECT = GenerateJsonSchema.schema_dialect
STRUCTURAL_FILE = "schema/tip.schema.json"


def tip_schema(knowledge: KnowledgeBase | None = None) -> dict[str, Any]:
    """Return the JSON Schema of a tip; with ``knowledge``, references list the ids that exist."""
    schema = Tip.model_json_schema(mode="validation")
    schema = {"$schema": DIALECT, **schema, "title": "Tip", "description": "Een tip van Tipwijzer."}
    return _finish(schema, knowledge)


def to_text(schema: dict[str, Any]) -> str:
    """Return a schema as the text of a file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _finish(node: Any, knowledge: KnowledgeBase | None) -> Any:
    """Replace our marks by enumerations, and leave out the titles and docstrings in English that pydantic adds."""
    if isinstance(node, list):
        return [_finish(item, knowledge) for item in node]
    if not isinstance(node, dict):
        return node
    result = {key: _finish(value, knowledge) for key, value in node.items() if key != "x-collection" and not _is_generated_title(key, value, node)}
    if "x-collection" in node and knowledge:
        result["enum"] = sorted(_ids(node["x-collection"], knowledge))
    if result.get("type") == "object" and "properties" in result and result.get("title") != "Tip":
        result.pop("description", None)
    return result


def _is_generated_title(key: str, value: Any, node: dict[str, Any]) -> bool:
    return key == "title" and isinstance(value, str) and "$schema" not in node


def _ids(collection: str, knowledge: KnowledgeBase) -> list[str]:
    return list(knowledge.vocabularies.get(collection) or getattr(knowledge, collection, {}))


if __name__ == "__main__":  # After changing the model: python -m generator.schema
    Path(STRUCTURAL_FILE).write_text(to_text(tip_schema()), encoding="utf-8")
