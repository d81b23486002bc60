"""Write the site as plain Markdown with an mkdocs.yml that any MkDocs-compatible builder can build."""

from __future__ import annotations

import json
import re
import shutil
from html import escape
from pathlib import Path

from generator import pages, search
from generator.derive import Site

THEME = Path(__file__).parent / "theme"
# What differs between our own build and one without our plugin.
_REPLACEMENTS = (
    ("docs_dir: content/pages", "docs_dir: docs"),
    ("custom_dir: generator/theme", "custom_dir: theme"),
    ("  name: material\n", "  name: material\n  variant: classic\n"),  # For Zensical, which looks like Material only then.
    ("  - tipwijzer\n", "  - search:\n      lang: nl\n"),
)


def export(site: Site, config_file: Path, base: str, folder: Path) -> int:
    """Write pages, style and configuration into ``folder`` and return the number of pages.

    ``base`` is the address of the site. Raises OSError when the disk refuses.
    """
    rendered = pages.render(site, base)
    for page in rendered:
        _write(folder / "docs" / page.path, page.markdown)
    for asset in (*pages.assets(site, base), *search.files(site, rendered)):
        _write(folder / "docs" / asset.path, asset.content)
    # The search box is that of whoever builds.
    shutil.copytree(THEME, folder / "theme", dirs_exist_ok=True, ignore=shutil.ignore_patterns("search.html"))
    _write(folder / "mkdocs.yml", _config(config_file.read_text(encoding="utf-8"), site))
    return len(rendered)


def _config(text: str, site: Site) -> str:
    texts = site.knowledge.texts
    # Templates write the name and the description as they are. Nobody edits what was made of other files.
    fields = {"site_name": escape(texts.name), "site_description": escape(texts.description), "edit_uri": ""}
    text = re.sub(rf"^({'|'.join(fields)}):.*\n", "", text, flags=re.MULTILINE)
    text = "".join(f"{field}: {json.dumps(value, ensure_ascii=False)}\n" for field, value in fields.items()) + text  # JSON is YAML.
    for ours, plain in _REPLACEMENTS:
        assert text.count(ours) == 1, f"mkdocs.yml must hold once: {ours}"
        text = text.replace(ours, plain)
    return text


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
