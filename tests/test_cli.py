"""The command ``tipwijzer`` as an editor uses it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from conftest import ROOT, TIPWIJZER, copy_repository, run
from repository import Repository, as_yaml

from generator import new

TIPS = sorted((ROOT / "tips").glob("[0-9]*.yml"))
FREE = int(TIPS[-1].name.partition("-")[0]) + 1  # The number that a new tip gets.
COMMANDS = ["check", "build", "new", "concept", "herzien", "links", "hints", "export", "stats"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copy_repository(tmp_path / "kopie")


@pytest.fixture
def small(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "klein")


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)])
def test_help_is_dutch(command: list[str]) -> None:
    text = run(*command, "--help", cwd=ROOT).stdout
    assert text.startswith("Gebruik: tipwijzer") and "toon deze uitleg" in text
    for english in ("usage", "options", "positional", "show this", "help message", "required"):
        assert english not in text.lower()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["controleer"], "‘controleer’ is geen opdracht. Kijk met tipwijzer --help"),
        (["check", "tips/012.yml"], "‘tips/012.yml’ hoort er niet bij. Kijk met tipwijzer --help"),
        (["serve", "--poort", "{a}"], "Wat je bij --poort schreef, kan niet. Kijk met tipwijzer serve --help"),
        (["serve", "--poort"], "Achter --poort ontbreekt iets."),
        (["concept"], "BESTAND ontbreekt."),
        (["new", "--t", "x"], "Deze opdracht klopt niet."),
    ],
)
def test_a_wrong_command_is_explained_in_dutch(typed: list[str], told: str) -> None:
    result = run(*typed, cwd=ROOT)
    assert result.returncode == 2
    assert result.stderr.splitlines()[-1].startswith(told)


def test_another_folder_is_explained(tmp_path: Path) -> None:
    result = run("check", cwd=tmp_path)
    assert result.returncode == 2 and "geen mappen tips en content" in result.stderr


def test_the_real_tips_have_no_problems() -> None:
    result = run("check", cwd=ROOT)
    assert result.returncode == 0, result.stdout
    assert result.stdout.strip().endswith("0 fouten, 0 waarschuwingen")


def test_check_names_all_problems_and_the_count(copy: Path) -> None:
    tip = next((copy / "tips").glob("012-*.yml"))
    tip.write_text(tip.read_text(encoding="utf-8").replace("theme: gebruiksgemak", "theme: gemak").replace("status: actueel", "status: klaar"), encoding="utf-8")
    result = run("check", cwd=copy)
    lines = result.stdout.strip().splitlines()
    assert result.returncode == 1
    assert [line.split("] ")[0].split("[")[1] for line in lines[:-1]] == ["onbekende-term", "onbekende-term"]
    assert all(line.startswith(f"tips/{tip.name}:") for line in lines[:-1])
    assert lines[-1] == "2 fouten, 0 waarschuwingen"


def test_new_fills_in_the_template_and_the_result_is_valid(copy: Path) -> None:
    result = run("new", "--titel", "Bel terug: ook als je het antwoord nog niet weet", "--thema", "goed-proces", cwd=copy)
    assert result.returncode == 0, result.stderr
    made = copy / f"tips/{FREE}-bel-terug-ook-als-antwoord-nog-niet-weet.yml"
    text = made.read_text(encoding="utf-8")
    assert 'title: "Bel terug: ook als je het antwoord nog niet weet"' in text and f"\nnumber: {FREE}\n" in text
    assert "Wees eerlijk: wanneer heeft iemand niets aan deze tip?" in text, "the explanation stays"
    assert run("check", cwd=copy).returncode == 0


def test_new_asks_what_is_not_given(copy: Path) -> None:
    asked = subprocess.run([TIPWIJZER, "new"], cwd=copy, input="Vraag door\ninclusie\n\n\n", capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    assert f"Nummer [{FREE}]:" in asked.stdout
    assert (copy / f"tips/{FREE}-vraag-door.yml").is_file()


@pytest.mark.parametrize(
    ("taken", "free"),
    [([], 1), ([1, 2, 7], 8), ([1, 2, 4, 9999], 3), (range(1, 10_000), 9999)],  # With all numbers taken, checking goes on too.
)
def test_a_free_number(taken: Iterable[int], free: int) -> None:
    assert new.free_number(taken) == free


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--titel", "Kort", "--thema", "gebruikgemak"], "het thema ‘gebruikgemak’ is er niet – bedoel je ‘gebruiksgemak’?"),
        (["--titel", "Kort", "--thema", "inclusie", "--nummer", "12"], f"nummer 12 is van {TIPS[0].parent.name}/012-varieer-in-vorm-persoonlijk-contact.yml; vrij is bijvoorbeeld {FREE}"),
        (["--titel", "Kort", "--thema", "inclusie", "--nummer", "twaalf"], "een nummer is een getal van 1 tot en met 9999"),
        (["--titel", "x" * 81, "--thema", "inclusie"], "de titel heeft 81 tekens, en dat mogen er hoogstens 80 zijn"),
        (["--titel", "🎉", "--thema", "inclusie"], "een titel heeft woorden"),
        (["--titel", "", "--thema", "inclusie"], "een titel heeft woorden"),
        (["--titel", "Bel <b>nu</b>", "--thema", "inclusie"], "hier staat HTML"),
        (["--titel", "Kort", "--thema", "inclusie", "--slug", "gebruik-juiste-kanaal-op-juiste-moment"], "is van tips/104-"),
        (["--titel", "Kort", "--thema", "inclusie", "--slug", "../../weg"], "alleen kleine letters"),
    ],
)
def test_new_refuses_what_cannot_be_and_makes_nothing(options: list[str], reason: str, copy: Path) -> None:
    before = sorted(file.name for file in (copy / "tips").iterdir())
    result = run("new", *options, cwd=copy)
    assert result.returncode == 1 and reason in result.stderr
    assert sorted(file.name for file in (copy / "tips").iterdir()) == before


def test_new_asks_again_after_a_wrong_answer_and_keeps_the_others(copy: Path) -> None:
    asked = subprocess.run([TIPWIJZER, "new"], cwd=copy, input="\nVraag door\nincl\ninclusie\n12\n\nVraag Door\ndoor\n", capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.count("Dat kan niet: ") == 4 and "bedoel je ‘inclusie’?" in asked.stdout
    assert "\nstatus: concept\n" in (copy / f"tips/{FREE}-door.yml").read_text(encoding="utf-8"), "it isn't on the site yet"


def test_new_without_an_answer_makes_nothing(copy: Path) -> None:
    result = subprocess.run([TIPWIJZER, "new"], cwd=copy, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert result.returncode == 1 and "Er is niets gemaakt" in result.stderr and "Traceback" not in result.stderr


def test_stats_counts_tips_per_theme_and_names_thin_terms() -> None:
    text = run("stats", cwd=ROOT).stdout
    assert "Per thema" in text and "Gebruiksgemak" in text and "Termen met minder dan 4 tips" in text and "gemiddeld" in text
    shares = re.findall(r"([0-9.]+)%  tip (\d+): ", text)
    assert len(shares) == len([file for file in TIPS if "\nstatus: actueel" in file.read_text(encoding="utf-8")])
    assert [float(share) for share, _ in shares] == sorted((float(share) for share, _ in shares), reverse=True)


def test_stats_names_hard_sentences_and_jargon(small: Repository) -> None:
    easy = "In 2024 las men 10.000 brieven. Dat gebeurde in\n2019. Toen hielp het."
    hard = "Wij faciliteren " + " ".join(["brieven"] * 24) + "."
    small.write("content/jargon.yml", as_yaml([{"forms": ["faciliteren", "faciliteert"], "instead": "helpen"}]))
    small.tip(1, advice=easy)
    small.tip(2, advice=f"Kijk in het register. {hard} Dat heet faciliterend.")
    lines = small.run("stats").stdout.splitlines()
    assert lines[lines.index("1 zin met meer dan 25 woorden") + 1] == f"  tip 2: {hard}"
    assert lines[lines.index("Vakwoorden uit content/jargon.yml: 1") + 1] == "  tip 2: ‘faciliteren’ – beter: helpen"
    scores = {int(tip): int(score) for tip, score in re.findall(r"tip (\d+): score (-?\d+)", "\n".join(lines))}
    assert scores[1] > scores[2]


def test_a_knowledge_base_without_a_list_of_jargon_is_fine(small: Repository) -> None:
    small.tip()
    assert not small.problems()
    assert "Vakwoorden uit content/jargon.yml: 0" in small.run("stats").stdout


def test_a_terminal_without_quotes_or_dashes_is_no_reason_to_stop(copy: Path) -> None:
    tip = next((copy / "tips").glob("012-*.yml"))
    tip.write_text(tip.read_text(encoding="utf-8").replace("theme: ", "theme: x"), encoding="utf-8")
    result = run("check", cwd=copy, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert result.returncode == 1 and "[onbekende-term]" in result.stdout + result.stderr and "Traceback" not in result.stderr
