"""Write the site as plain Markdown with an mkdocs.yml that any MkDocs-compatible builder can build."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator import pages
from generator.derive import Site

THEME = Path(__file__).parent / "theme"
# What differs between our own build and one without our plugin.
_REPLACEMENTS = (
    ("docs_dir: content/pages", "docs_dir: docs"),
    ("custom_dir: generator/theme", "custom_dir: theme"),
    ("  - tipwijzer\n", "  - search:\n      lang: nl\n"),
)


def export(site: Site, config_file: Path, base: str, folder: Path) -> int:
    """Write pages, style and configuration into ``folder`` and return the number of pages.

    ``base`` is the address of the site. Raises OSError when the disk refuses.
    """
    rendered = pages.render(site, base)
    for page in rendered:
        _write(folder / "docs" / page.path, page.markdown)
    for asset in pages.assets(site, base):
        _write(folder / "docs" / asset.path, asset.content)
    shutil.copytree(THEME, folder / "theme", dirs_exist_ok=True)
    _write(folder / "mkdocs.yml", _config(config_file.read_text(encoding="utf-8")))
    return len(rendered)


def _config(text: str) -> str:
    for ours, plain in _REPLACEMENTS:
        assert text.count(ours) == 1, f"mkdocs.yml must hold once: {ours}"
        text = text.replace(ours, plain)
    return text


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
