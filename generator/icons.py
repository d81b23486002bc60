"""The icons that Material for MkDocs ships, by name such as ``material/laptop``."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def _folder() -> Path:
    spec = find_spec("material")
    assert spec and spec.origin, "mkdocs-material is a dependency"
    return Path(spec.origin).parent / "templates" / ".icons"


def exists(name: str) -> bool:
    """Tell whether there is an icon of this name."""
    return (_folder() / f"{name}.svg").is_file()


@cache
def names(group: str) -> tuple[str, ...]:
    """Return the names of all icons in a group such as ``material``, or none when there is no such group."""
    return tuple(sorted(f"{group}/{file.stem}" for file in (_folder() / group).glob("*.svg")))


@cache
def svg(name: str) -> str:
    """Return the SVG of an icon. Raises OSError when there is none of this name."""
    return (_folder() / f"{name}.svg").read_text(encoding="utf-8").strip()
