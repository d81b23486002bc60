"""The list of tips that somebody should look at again."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import run
from repository import TODAY, Repository

from generator.derive import derive
from generator.due import lines
from generator.load import load


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "klein")


def listed(repository: Repository, base: str = "") -> list[str]:
    """Return the headings and items of the list as of ``TODAY``, which is 21 November 2026."""
    knowledge = load(repository.root, TODAY).knowledge
    assert knowledge
    return [line for line in lines(derive(knowledge), base, TODAY) if line.startswith(("### ", "- "))]


def test_tips_stand_by_month_with_the_oldest_first(repository: Repository) -> None:
    repository.tip(1, review_by="2027-01-20", roles={"core": ["klantcontact", "communicatie"], "also": ["ict"]})
    repository.tip(2, review_by="2026-11-21", roles={"also": ["ict"]})
    repository.tip(3, review_by="2025-11-30")
    repository.tip(4, review_by="2026-11-20")
    repository.tip(5, review_by="2027-01-21")
    title = "Vraag een inwoner om mee te lezen"
    assert listed(repository) == [
        "### November 2025",
        f"- [Tip 3: {title}, 3](tips/003-lees-mee-3.yml), uiterlijk 30 november 2025 (te laat). Wie kan kijken: de redactie.",
        "### November 2026",
        f"- [Tip 4: {title}, 4](tips/004-lees-mee-4.yml), uiterlijk 20 november 2026 (te laat). Wie kan kijken: de redactie.",
        f"- [Tip 2: {title}, 2](tips/002-lees-mee-2.yml), uiterlijk 21 november 2026. Wie kan kijken: ICT.",
        "### Januari 2027",
        f"- [Tip 1: {title}, 1](tips/001-lees-mee-1.yml), uiterlijk 20 januari 2027. Wie kan kijken: Balie en telefoon, Communicatie.",
    ]


def test_only_tips_on_the_site_are_listed(repository: Repository) -> None:
    repository.tip(1, review_by="2026-01-01")
    repository.tip(2, review_by="2026-01-01", status="concept")
    repository.tip(3, review_by="2026-01-01", status="vervallen", replaced_by=1)
    assert [item.split(":")[0] for item in listed(repository)[1:]] == ["- [Tip 1"]


def test_nobody_is_named_and_a_title_does_nothing(repository: Repository) -> None:
    repository.tip(1, title="Vraag @iedereen om *hulp* bij #12", review_by="2026-01-01")
    text = "\n".join(listed(repository))
    assert "Vraag `@iedereen` om `*hulp*` bij `#12`](tips/001-lees-mee-1.yml)" in text
    assert "Bo de Vries" not in text


def test_the_command_links_to_the_address_that_is_given(repository: Repository) -> None:
    late = date.today() - timedelta(days=1)
    repository.tip(1, review_by=late.isoformat())
    result = run("herzien", "--adres", "https://github.com/voorbeeld/tips/blob/HEAD", cwd=repository.root)
    assert result.returncode == 0 and "(https://github.com/voorbeeld/tips/blob/HEAD/tips/001-lees-mee-1.yml), uiterlijk " in result.stdout


def test_a_quiet_month_is_told(repository: Repository) -> None:
    repository.tip()
    result = run("herzien", cwd=repository.root)
    assert result.returncode == 0 and result.stdout.endswith("hoeft niemand een tip na te kijken.\n") and "###" not in result.stdout


def test_a_knowledge_base_with_errors_gives_the_errors(repository: Repository) -> None:
    repository.tip(theme="gemak")
    result = run("herzien", cwd=repository.root)
    assert result.returncode == 1 and "[onbekende-term]" in result.stdout


def test_help_is_dutch(repository: Repository) -> None:
    assert run("herzien", "--help", cwd=repository.root).stdout.startswith("Gebruik: tipwijzer herzien")
