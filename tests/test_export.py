"""The same pages as plain Markdown, for any MkDocs-compatible builder."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, TIPWIJZER, run
from mkdocs.config import load_config
from mkdocs.structure.files import get_files

from generator.derive import derive
from generator.load import load
from generator.mkdocs_plugin import TipwijzerPlugin
from generator.whole_html import without_marks


pytestmark = pytest.mark.xdist_group("export")  # One export for all.


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "uit"
    assert run("export", str(folder), cwd=ROOT).returncode == 0
    return folder


def test_the_plugin_and_the_export_hold_the_same_markdown(exported: Path) -> None:
    config = load_config(config_file=str(ROOT / "mkdocs.yml"))
    plugin = config.plugins["tipwijzer"]
    assert isinstance(plugin, TipwijzerPlugin)
    knowledge = load(ROOT, date.today()).knowledge
    assert knowledge
    plugin.use(derive(knowledge))
    files = config.plugins.on_files(get_files(config), config=config)
    built = {file.src_uri: without_marks(file.content_string) for file in files if file.is_documentation_page()}
    written = {}
    for file in (exported / "docs").rglob("*.md"):
        _, meta, body = file.read_text(encoding="utf-8").split("---\n", 2)
        written[file.relative_to(exported / "docs").as_posix()] = body.removeprefix("\n")
        head = yaml.load(meta, yaml.CSafeLoader)
        assert head["title"] and head["description"]
    assert written == built


def test_plain_mkdocs_builds_the_export_with_the_same_addresses(site: Path, exported: Path) -> None:
    result = subprocess.run([TIPWIJZER.with_name("mkdocs"), "build", "--strict", "--quiet"], cwd=exported, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr

    def pages(folder: Path) -> set[str]:
        return {file.relative_to(folder).as_posix() for file in folder.rglob("*.html")}

    assert pages(exported / "site") == pages(site)
    check, ours = ((folder / "zelfcheck/index.html").read_text(encoding="utf-8") for folder in (exported / "site", site))
    for part in ('src="../assets/check/page.js"', 'href="../assets/check/page.css"', 'aria-label="Kruimelpad"', "tw-content--check", 'name="description"', 'href="../kanaalwijzer/"'):
        assert part in check and part in ours, part
    assert json.loads((exported / "site/search/index.json").read_text(encoding="utf-8")) == json.loads((site / "search/index.json").read_text(encoding="utf-8"))


def test_export_writes_into_no_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "notities.txt").write_text("van mij", encoding="utf-8")
    result = run("export", str(tmp_path), cwd=ROOT)
    assert result.returncode == 1 and "niet leeg" in result.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["notities.txt"]
