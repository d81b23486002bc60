"""Links to the code host: to a file, and to the page that makes a file for a new tip."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import yaml
from repository import ROOT, Repository

from generator.code_host import file_address, form_address, new_file_address

MOST_IN_AN_ADDRESS = 8191  # Of what GitHub takes.


@pytest.mark.parametrize(
    ("base", "line", "address"),
    [
        ("https://git.example/a/b/blob/1a2b", 3, "https://git.example/a/b/blob/1a2b/tips/001-x.yml#L3"),
        ("https://git.example/a/b/blob/1a2b/", None, "https://git.example/a/b/blob/1a2b/tips/001-x.yml"),
        ("", 3, "tips/001-x.yml#L3"),
    ],
)
def test_a_file_has_one_address(base: str, line: int | None, address: str) -> None:
    assert file_address(base, "tips/001-x.yml", line) == address


def test_a_new_file_is_begun_where_the_code_host_does_that() -> None:
    text = "a: 1 # &é\n\tb+c?"
    on_github = new_file_address("https://git.example/a/b/", "edit/main/", "tips/001-x.yml", text)
    assert on_github.startswith("https://git.example/a/b/new/main/tips?filename=001-x.yml&value=")
    assert parse_qs(urlsplit(on_github).query)["value"] == [text]
    assert new_file_address("https://git.example/a/b", "-/edit/main/", "tips/001-x.yml", text) == "https://git.example/a/b/-/new/main?file_name=tips%2F001-x.yml"
    assert form_address("https://git.example/a/b", "edit/main/", "x.yml") == "https://git.example/a/b/issues/new?template=x.yml"
    assert form_address("https://git.example/a/b", "-/edit/main/", "x.yml") == ""


@pytest.mark.parametrize(("repository", "edit"), [("", "edit/main/"), ("https://git.example/a/b", "")])
def test_without_a_code_host_there_is_no_address(repository: str, edit: str) -> None:
    assert (new_file_address(repository, edit, "tips/001-x.yml", ""), form_address(repository, edit, "x.yml")) == ("", "")


def buttons(page: Path) -> dict[str, str]:
    """Return the addresses behind the buttons of a page, by their words."""
    html = page.read_text(encoding="utf-8")
    return {re.sub("<[^>]*>", "", words): unescape(address) for address, words in re.findall(r'<a class="tw-button" href="([^"]*)"[^>]*>(.*?)</a>', html)}


@pytest.mark.parametrize("page", ["tips", "meedoen", "meedoen/velden"])
def test_where_an_editor_looks_a_new_tip_is_one_click_away(page: str, site: Path) -> None:
    found = buttons(site / page / "index.html")
    assert found["Nieuwe tip: vul een formulier in"].endswith("/issues/new?template=nieuwe-tip.yml")
    assert (ROOT / ".github/ISSUE_TEMPLATE/nieuwe-tip.yml").is_file()
    address = found["Nieuwe tip: begin met het sjabloon"]
    assert len(f"https://github.com/login?return_to={quote(address, safe='')}") < MOST_IN_AN_ADDRESS, "who isn't logged in gets there too"


def test_the_file_of_that_link_passes_the_check_and_says_what_to_fill_in(site: Path, tmp_path: Path) -> None:
    query = parse_qs(urlsplit(buttons(site / "tips/index.html")["Nieuwe tip: begin met het sjabloon"]).query)
    tip = yaml.safe_load(query["value"][0])
    assert query["filename"] == [f"{tip['number']:03}-{tip['slug']}.yml"] and tip["status"] == "concept"
    assert tip["number"] == 1 + max(int(file.name.split("-")[0]) for file in (ROOT / "tips").glob("[0-9]*.yml"))
    repository = Repository(tmp_path / "klein")
    repository.tip(1)
    repository.write(f"tips/{query['filename'][0]}", query["value"][0])
    assert repository.problems(date.today()) == []
    assert "# Een opdracht, hoogstens 80 tekens." in query["value"][0]
