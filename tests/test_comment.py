"""All problems as one comment on a proposal: the same as the command shows, and nothing that an editor wrote does anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import run
from hypothesis import example, given, settings
from hypothesis import strategies as st
from repository import Repository

from generator.comment import MARKER, comment
from generator.inert import as_code, as_data
from generator.problems import Problem

BASE = "https://github.com/voorbeeld/tips/blob/1a2b3c4"
HOSTILE = [
    "@iedereen kijk op https://kwaad.nl",
    "zie #12 en GH-12 en voorbeeld/tips#3 en 1a2b3c4d5e",
    "[klik](https://kwaad.nl) ![](https://kwaad.nl/x.png)",
    "<img src=x onerror=alert(1)> <!-- weg -->",
    "``dubbel`` en ` los",
    "**vet** _schuin_ ~~weg~~ $x$ a|b \\@iedereen",
    "www.kwaad.nl post@kwaad.nl &#64;iedereen :smile:",
    "een\n\n# kop\n\n/close",
]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "klein")


def outside_code(markdown: str) -> str:
    """Return what CommonMark doesn't take as code: a run of backticks is closed by the next run of the same length."""
    rest = ""
    while match := re.search(r"(?<!`)(`+)(?!`)", markdown):
        rest, markdown = rest + markdown[: match.start()], markdown[match.end() :]
        closing = re.search(rf"(?<!`){match[1]}(?!`)", markdown)
        assert closing, "code that isn't closed"
        markdown = markdown[closing.end() :]
    return rest + markdown


def as_shown(markdown: str) -> str:
    """Return Markdown made by ``as_data`` as a reader sees it."""
    return re.sub(r"(?<!`)(`+)(?!`) ?(.*?) ?(?<!`)\1(?!`)", r"\2", markdown)


@pytest.mark.parametrize("changes", [{}, {"theme": "gemak", "steps": ["Eén."]}, {"research": []}], ids=["goed", "fout", "waarschuwing"])
def test_the_command_says_the_same_with_and_without_a_comment(repository: Repository, changes: dict[str, object]) -> None:
    repository.tip(**changes)
    plain = run("check", cwd=repository.root)
    commented = run("check", "--opmerking", "opmerking.md", "--adres", BASE, cwd=repository.root)
    assert (commented.returncode, commented.stdout, commented.stderr) == (plain.returncode, plain.stdout, plain.stderr)
    text = (repository.root / "opmerking.md").read_text(encoding="utf-8")
    problems = plain.stdout.splitlines()[:-1]
    assert text.splitlines()[0] == MARKER
    assert text.count("**Zo los je het op:**") == len(problems)
    assert ("Alles klopt" in text) == (not problems)
    assert ("houdt je voorstel niet tegen" in text) == (bool(problems) and plain.returncode == 0)


def test_problems_stand_by_file_with_a_link_to_the_line(repository: Repository) -> None:
    first, second = repository.tip(1, theme="gebruiksgemk", evidence="praktik"), repository.tip(2, theme="gebruiksgemk")
    repository.run("check")
    run("check", "--opmerking", "opmerking.md", "--adres", f"{BASE}/", cwd=repository.root)
    lines = (repository.root / "opmerking.md").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "### De controle: 3 fouten, 0 waarschuwingen"
    assert [line for line in lines if line.startswith("#### ")] == [f"#### `{first}`", f"#### `{second}`"]
    assert f"- [Regel 4]({BASE}/{first}#L4), fout `onbekende-term`: ‘theme’: ‘gebruiksgemk’ bestaat niet in `content/vocabularies/themes.yml`" in lines
    assert lines[-1] == "  **Zo los je het op:** bedoel je ‘gebruiksgemak’?"


def test_without_an_address_there_are_no_links(repository: Repository) -> None:
    repository.tip(theme="gemak")
    run("check", "--opmerking", "opmerking.md", cwd=repository.root)
    text = (repository.root / "opmerking.md").read_text(encoding="utf-8")
    assert "- Regel 4, fout" in text and "](" not in text


@pytest.mark.parametrize("text", HOSTILE)
def test_what_an_editor_wrote_does_nothing_in_a_comment(text: str) -> None:
    made = comment([Problem(f"tips/{text}.yml", 3, "html", f"‘title’: {text}", text)], BASE)
    written = outside_code(made.removeprefix(MARKER))
    links = re.findall(r"\[[^\]]*\]\([^)\s]*\)", written)
    assert len(links) == 1 and links[0].startswith(f"[Regel 3]({BASE}/tips/") and links[0].endswith(".yml#L3)")
    assert not re.search(r"[@<>\[\]_~$|\\&/]|#[0-9]|www\.|GH-|[0-9a-f]{7}|:smile:", written.replace(links[0], ""))
    assert [line[:4] for line in made.splitlines() if line.startswith("#")] == ["### ", "####"], "no heading of its own"


@settings(deadline=None)
@given(st.text(min_size=1))
@example("`")
@example("a` ``b`` c```")
@example("x](y) [x]: https://kwaad.nl")
def test_any_text_is_shown_as_it_is_and_means_nothing(text: str) -> None:
    made = as_data(text)
    assert not re.search(r"[@#<>\[\]_*~$|\\&/`\x00-\x1f]|\w[.:]\w", outside_code(made))
    if text.isprintable():
        assert as_shown(made) == " ".join(text.split())
    assert outside_code(as_code(text)) == ""


def test_a_file_with_an_odd_name_is_no_way_into_the_comment(repository: Repository) -> None:
    repository.tip()
    (repository.root / "tips" / "x](y) @bob `\n\udcff.yml").write_text("a: 1", encoding="utf-8")
    result = run("check", "--opmerking", "opmerking.md", "--adres", BASE, cwd=repository.root, errors="surrogateescape")
    text = (repository.root / "opmerking.md").read_text(encoding="utf-8")
    assert result.returncode == 1 and "Traceback" not in result.stderr
    assert "#### `` tips/x](y) @bob `\\n\\udcff.yml ``\n" in text
    assert f"]({BASE}/tips/x%5D%28y%29%20%40bob%20%60%0A%FF.yml#L1)" in text


def test_a_comment_stays_within_what_fits() -> None:
    problems = [Problem(f"tips/{number:04}-{'naam' * 12}.yml", 1, "html", "hier staat HTML " * 10, "gebruik gewone tekst") for number in range(500)]
    text = comment(problems, BASE)
    told = re.search(r"Er zijn er nog ([0-9]+)\.", text)
    assert told and int(told[1]) + text.count("Zo los je het op") == 500
    assert 50_000 < len(text) < 65_000


def test_a_place_that_cannot_be_written_is_explained(repository: Repository) -> None:
    repository.tip()
    result = run("check", "--opmerking", "er/niet/opmerking.md", cwd=repository.root)
    assert result.returncode == 2 and result.stderr == "In er/niet/opmerking.md kan niet geschreven worden. Bestaat de map, en mag je erin schrijven?\n"


def test_an_address_that_is_none_is_a_wrong_command(repository: Repository) -> None:
    result = run("check", "--opmerking", "opmerking.md", "--adres", "javascript:alert(1)", cwd=repository.root)
    assert result.returncode == 2 and "Wat je bij --adres schreef, kan niet." in result.stderr
    assert not (repository.root / "opmerking.md").exists()
