"""The form for a new tip on GitHub: its answers become a draft that the check accepts, or a message that says what to change."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import yaml
from conftest import run
from hypothesis import given, settings
from hypothesis import strategies as st
from repository import ROOT, TODAY, Repository

from generator.cli import main
from generator.issue_form import CONSENT, QUESTIONS, draft, read
from generator.load import load
from generator.yaml_source import read_text, read_yaml

FORM = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/nieuwe-tip.yml").read_text(encoding="utf-8"))
ASKED = {part["attributes"]["label"]: part for part in FORM["body"] if part["type"] != "markdown"}
BOXES = [box["label"] for box in ASKED[CONSENT]["attributes"]["options"]]
TEMPLATE = (ROOT / "tips/_sjabloon.yml").read_text(encoding="utf-8")
ANSWERS = {
    "Titel": "Bel terug: ook als je het antwoord nog niet weet",
    "Thema": "Goed proces",
    "Vraag van collega's": "Hoe voorkom ik onnodige telefoontjes?",
    "Samenvatting": "Bel terug op de dag die je noemde.\nOok als je nog niets weet.",
    "Advies": "Bel **terug**, ook zonder antwoord.\n\n### Let op\n\n- Noem een dag.\n- Houd je eraan. Zie [tip 7](tip:7).",
    "Stappen": "1. Kies een dag.\n- Zet hem in je agenda: nu.\n\n* Bel.\n10) 3 keer bellen is genoeg.",
    "Wanneer past de tip niet?": "no",
    "Waarom werkt het?": "Mensen wachten.",
    "Hoeveel werk is het?": "Klein",
    "Wie kost het hoeveel tijd?": "Tien minuten per dag.",
}
EXAMPLE = {
    "Voorbeeld: kop": "De gemeente belde: meteen",
    "Voorbeeld: wat gebeurde er?": "Zij belden.\n\nElke dag.",
    "Voorbeeld: wie deed het?": "Gemeente Voorbeeld",
    "Voorbeeld: bron": "https://www.voorbeeld.nl/lezen/",
}
RESEARCH = {"Onderzoek: kop": "Lezers slaan over", "Onderzoek: wat kwam eruit?": "De helft slaat over.", "Onderzoek: bron": "lezen-2024"}
PATH = "tips/008-bel-terug-ook-als-antwoord-nog-niet-weet.yml"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "klein")
    made.tip(7)
    shutil.copy(ROOT / "tips/_sjabloon.yml", made.root / "tips")
    return made


def message(answers: Mapping[str, str] = ANSWERS, ticked: str = "- [X] ") -> str:
    """Return the message that GitHub makes of answers, by label."""
    parts = [f"### {question.label}\n\n{answers.get(question.label, '_No response_')}" for question in QUESTIONS]
    return "\n\n".join([*parts, f"### {CONSENT}\n\n" + "\n".join(f"{ticked}{box}" for box in BOXES)])


def concept(repository: Repository, text: str | bytes) -> CompletedProcess[str]:
    """Run the command on a message, in this process: that saves starting one for every mistake that can be made."""
    file = repository.write("bericht.md", text)
    output, complaints = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    arguments = ["--map", str(repository.root), "concept", str(file)]
    with redirect_stdout(output), redirect_stderr(complaints):
        code = main(arguments)
    output.seek(0)
    complaints.seek(0)
    return CompletedProcess(arguments, code, output.read(), complaints.read())


def made(repository: Repository, path: str = PATH) -> dict[str, object]:
    """Return the draft as plain data, after the check has found nothing wrong with it."""
    assert repository.problems(date.today()) == []
    document, problems = read_yaml(repository.root / path, repository.root)
    assert document and not problems
    return document.value


def refused(repository: Repository, text: str | bytes) -> list[str]:
    """Return the reasons in a refusal, which leaves nothing behind."""
    before = sorted(file.name for file in (repository.root / "tips").iterdir())
    result = concept(repository, text)
    assert result.returncode == 1 and result.stderr == "", result.stderr
    assert result.stdout.startswith("Van je antwoorden kan nog geen tip worden gemaakt.\n\n- ")
    assert result.stdout.endswith("Verander je antwoorden in het bericht hierboven en bewaar het. Daarna kijken we opnieuw.\n")
    assert sorted(file.name for file in (repository.root / "tips").iterdir()) == before
    return [line[2:] for line in result.stdout.splitlines() if line.startswith("- ")]


def test_form_and_script_know_the_same_questions() -> None:
    assert list(ASKED) == [*(question.label for question in QUESTIONS), CONSENT]
    assert {label for label, part in ASKED.items() if part.get("validations", {}).get("required")} == {question.label for question in QUESTIONS if question.required}
    assert BOXES and all(box["required"] for box in ASKED[CONSENT]["attributes"]["options"])
    assert len({part["id"] for part in ASKED.values()}) == len(ASKED)


@pytest.mark.parametrize(("label", "vocabulary"), [("Thema", "themes"), ("Vraag van collega's", "questions"), ("Hoeveel werk is het?", "effort-levels")])
def test_the_form_offers_what_there_is_to_choose(label: str, vocabulary: str) -> None:
    terms = yaml.safe_load((ROOT / f"content/vocabularies/{vocabulary}.yml").read_text(encoding="utf-8"))
    assert ASKED[label]["attributes"]["options"] == [term["label"] for term in terms]


def test_answers_become_a_draft_that_the_check_accepts(repository: Repository) -> None:
    repository.write("bericht.md", message())
    result = run("concept", "bericht.md", cwd=repository.root)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.splitlines()[:2] == [PATH, ""] and f"Bedankt. Je antwoorden staan als concept in `{PATH}`." in result.stdout
    tip = made(repository)
    assert (tip["number"], tip["slug"], tip["status"], tip["evidence"]) == (8, PATH[9:-4], "concept", "ervaring")
    assert tip["title"] == ANSWERS["Titel"] and tip["advice"] == ANSWERS["Advies"] and tip["not_when"] == "no"
    assert tip["summary"] == "Bel terug op de dag die je noemde. Ook als je nog niets weet."
    assert tip["steps"] == ["Kies een dag.", "Zet hem in je agenda: nu.", "Bel.", "3 keer bellen is genoeg."]
    assert (tip["theme"], tip["questions"]) == ("goed-proces", ["hoe-voorkom-ik-onnodige-vragen"])
    assert tip["effort"] == {"level": "klein", "text": "Tien minuten per dag."}


def test_a_draft_keeps_the_explanation_and_none_of_the_sample(repository: Repository) -> None:
    concept(repository, message())
    text = (repository.root / PATH).read_text(encoding="utf-8")
    assert "# Wees eerlijk: wanneer heeft iemand niets aan deze tip?" in text and "Kopieer dit bestand" not in text
    sample = yaml.safe_load(TEMPLATE)
    same = {field for field, value in made(repository).items() if value == sample.get(field)}
    assert same <= {"also_themes", "examples", "research", "links", "target_groups", "recommend_when", "status", "evidence", "legal", "related", "requires", "former_slugs"}
    assert not {"conclusion", "measure"} & set(made(repository))


@pytest.mark.parametrize("theme", ["goed-proces", "goed PROCES", " Goed proces "])
def test_a_theme_is_known_by_its_label_or_its_id(repository: Repository, theme: str) -> None:
    assert concept(repository, message({**ANSWERS, "Thema": theme})).returncode == 0
    assert made(repository)["theme"] == "goed-proces"


def test_windows_line_ends_and_pasted_characters_do_no_harm(repository: Repository) -> None:
    text = message({**ANSWERS, "Advies": "Bel\u200b te\u00adrug.\n\tNu."}).replace("\n", "\r\n")
    assert concept(repository, text.encode()).returncode == 0
    assert made(repository)["advice"] == "Bel terug.\n  Nu."


def test_complete_examples_and_research_stand_in_the_draft(repository: Repository) -> None:
    result = concept(repository, message({**ANSWERS, **EXAMPLE, **RESEARCH}))
    assert "staat nog niet in de tip" not in result.stdout
    tip = made(repository)
    assert tip["examples"] == [{"heading": EXAMPLE["Voorbeeld: kop"], "text": "Zij belden.\n\nElke dag.", "source": "lezen-2024", "organisation": "gemeente-voorbeeld"}]
    assert tip["research"] == [{"heading": "Lezers slaan over", "text": "De helft slaat over.", "source": "lezen-2024"}]


def test_a_municipality_is_known_by_its_name_alone(repository: Repository) -> None:
    concept(repository, message({**ANSWERS, **EXAMPLE, "Voorbeeld: wie deed het?": "voorbeeld"}))
    assert made(repository)["examples"][0]["organisation"] == "gemeente-voorbeeld"  # type: ignore[index]


def test_a_person_can_be_the_teller(repository: Repository) -> None:
    concept(repository, message({**ANSWERS, **EXAMPLE, "Voorbeeld: wie deed het?": "Bo de Vries"}))
    assert made(repository)["examples"][0]["person"] == "bo-de-vries"  # type: ignore[index]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({**EXAMPLE, "Voorbeeld: bron": "_No response_"}, "Het voorbeeld staat nog niet in de tip: ‘Voorbeeld: bron’ is niet ingevuld."),
        ({**EXAMPLE, "Voorbeeld: bron": "https://kwaad.nl"}, "Het voorbeeld staat nog niet in de tip: de bron ‘`https://kwaad.nl`’ kennen we nog niet."),
        ({**EXAMPLE, "Voorbeeld: bron": "https://kwaad.nl/een pagina"}, "Het voorbeeld staat nog niet in de tip: de bron ‘`https://kwaad.nl/een` pagina’ kan niet: het adres bevat een spatie of een teken dat daar niet hoort."),
        ({**EXAMPLE, "Voorbeeld: wie deed het?": "@iemand"}, "Het voorbeeld staat nog niet in de tip: ‘`@iemand`’ kennen we nog niet als persoon of organisatie."),
        ({"Onderzoek: bron": "lezen-2024"}, "Het onderzoek staat nog niet in de tip: ‘Onderzoek: kop’ is niet ingevuld."),
    ],
)
def test_what_is_not_complete_is_left_out_and_told(repository: Repository, answers: dict[str, str], told: str) -> None:
    result = concept(repository, message({**ANSWERS, **answers}))
    assert result.returncode == 0 and f"- {told}" in result.stdout.splitlines()
    assert (made(repository)["examples"], made(repository)["research"]) == ([], [])


@pytest.mark.parametrize("title", ["No", "2026", "1e3", "On"])
def test_a_short_title_is_no_number_or_yes_or_no(repository: Repository, title: str) -> None:
    assert concept(repository, message({**ANSWERS, "Titel": title})).stdout.startswith(f"tips/008-{title.lower()}.yml\n")
    assert made(repository, f"tips/008-{title.lower()}.yml")["slug"] == title.lower()


def test_a_slug_that_another_tip_has_gets_the_number(repository: Repository) -> None:
    concept(repository, message())
    result = concept(repository, message({**ANSWERS, "Titel": "Bel terug, ook als je het antwoord nog niet weet"}))
    assert result.stdout.startswith("tips/009-bel-terug-ook-als-antwoord-nog-niet-weet-9.yml\n")
    made(repository)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"Titel": "x" * 81}, "‘Titel’ heeft 81 tekens – maak er hoogstens 80 van"),
        ({"Titel": "Vraag een inwoner om mee te lezen, 7"}, "titel ‘Vraag een inwoner om mee te lezen, 7’ staat ook in `tips/007-lees-mee-7.yml` – kies iets anders"),
        ({"Thema": "@alle <b>thema's</b>"}, "‘Thema’: ‘`@alle` `<b>thema's</b>`’ staat niet in de lijst. Kies uit: Gebruiksgemak, Goed proces, "),
        ({"Stappen": "Bel. Schrijf. Vraag."}, "‘Stappen’ heeft 1 onderdeel – geef er minstens 3, elk op een eigen regel"),
        ({"Stappen": "Bel.\nSchrijf.\n<script>"}, "‘Stappen’, nummer 3: hier staat HTML – gebruik Markdown, of schrijf ‘kleiner dan’ voluit"),
        ({"Advies": "Bel.\n\n<script>alert(1)</script>"}, "‘Advies’: hier staat HTML – gebruik Markdown, of schrijf ‘kleiner dan’ voluit"),
        ({"Advies": "# Kop"}, "‘Advies’: deze kop is te hoog (`#`) – gebruik `###` of maak er gewone tekst van"),
        ({"Advies": "Zie [hier](javascript:alert)."}, "‘Advies’: ‘`javascript:alert`’ kan geen link zijn: het adres begint niet met `https://` of `http://` – "),
        ({"Wie kost het hoeveel tijd?": "<b>Jij</b>"}, "‘Wie kost het hoeveel tijd?’: hier staat HTML – gebruik gewone tekst, of schrijf ‘kleiner dan’ voluit"),
        ({**EXAMPLE, "Voorbeeld: wat gebeurde er?": "![x](y)"}, "‘Voorbeeld: wat gebeurde er?’: hier staat een afbeelding – "),
        ({"Samenvatting": "_No response_"}, "‘Samenvatting’ is niet ingevuld."),
        ({"Thema": "_No response_"}, "‘Thema’ is niet ingevuld."),
        ({"Samenvatting": "\u200b"}, "‘Samenvatting’ is niet ingevuld."),
        ({"Advies": "Bel.\n\n### Stappen\n\nGeen."}, "‘Stappen’: dit kopje staat er meer dan één keer. Haal het weg uit je eigen tekst."),
    ],
)
def test_what_cannot_be_is_refused_in_the_words_of_the_form(repository: Repository, answers: dict[str, str], reason: str) -> None:
    reasons = refused(repository, message({**ANSWERS, **answers}))
    assert any(given.startswith(reason) for given in reasons), reasons


def test_all_reasons_come_at_once_and_each_of_them_once(repository: Repository) -> None:
    assert len(refused(repository, message({**ANSWERS, "Titel": "x" * 81, "Samenvatting": "y" * 201, "Advies": "<b>\n<i>\n<u>"}))) == 3


def test_what_is_missing_on_no_list_and_too_long_is_told_together_in_the_order_of_the_form(repository: Repository) -> None:
    answers = {**ANSWERS, **EXAMPLE, "Titel": "x" * 81, "Thema": "Gemak", "Samenvatting": "", "Stappen": "Bel.", "Voorbeeld: kop": "x" * 101, "Voorbeeld: wie deed het?": "Den Haag"}
    reasons = refused(repository, message(answers, ticked="- [ ] "))
    assert [reason.split("’")[0].split("‘")[1] for reason in reasons[:5]] == ["Titel", "Thema", "Samenvatting", "Stappen", CONSENT]
    assert reasons[5:] == ["Het voorbeeld staat nog niet in de tip: ‘Den Haag’ kennen we nog niet als persoon of organisatie."]


def test_what_is_wrong_elsewhere_does_not_stop_a_draft(repository: Repository) -> None:
    repository.tip(6, theme="gemak")
    assert concept(repository, message()).stdout.startswith(f"{PATH}\n")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (message().replace("### Stappen\n", ""), "‘Stappen’: dit kopje is weg. Zet ‘`###` Stappen’ op een eigen regel boven je antwoord."),
        (message(ticked="- [ ] "), "Zet bij ‘Akkoord’ overal een vinkje."),
        (message().partition("### Akkoord")[0], "Zet bij ‘Akkoord’ overal een vinkje."),
    ],
)
def test_a_form_that_was_changed_by_hand_is_explained(repository: Repository, text: str, reason: str) -> None:
    assert [given for given in refused(repository, text) if given.startswith(reason)]


@pytest.mark.parametrize("text", ["", "Hoi, ik heb een idee.", "### Mijn idee\n\nBel terug."])
def test_a_message_that_is_not_the_form_is_explained(repository: Repository, text: str) -> None:
    result = concept(repository, text)
    assert result.returncode == 1 and result.stdout.startswith("Dit bericht is niet gemaakt met het formulier ‘Nieuwe tip’.")
    assert "Verander je antwoorden" not in result.stdout


def test_a_question_that_nobody_must_answer_may_lose_its_heading(repository: Repository) -> None:
    assert concept(repository, message().replace("### Voorbeeld: kop\n", "")).returncode == 0
    assert "_No response_" not in (repository.root / PATH).read_text(encoding="utf-8")


def test_a_message_that_cannot_be_read_is_explained(repository: Repository) -> None:
    result = concept(repository, b"\xff\xfe### Titel")
    assert result.returncode == 1 and result.stdout.startswith("Dit bericht is niet te lezen: dit bestand is niet opgeslagen als UTF-8 – kies in je editor ‘opslaan met codering UTF-8’.")
    result = run("concept", "weg.md", cwd=repository.root)
    assert (result.returncode, result.stderr) == (2, "Het bestand weg.md is er niet.\n")


@pytest.mark.parametrize(
    "text",
    [
        "status: actueel",
        "\n---\nstatus: actueel\n...",
        "!!python/object/apply:os.system [ls]",
        "&a *a",
        "{{ config }} {% raw %}",
        "'\"\\",
        "- a: b\n  c: |",
        "number: 1\nadvice: |\n  x",
        "\\1 \\g<0>",
        "dit # is geen uitleg",
        "%TAG ! x",
    ],
)
def test_what_looks_like_code_stays_text(repository: Repository, text: str) -> None:
    text = f"Schrijf dit.\n{text}"
    assert concept(repository, message({**ANSWERS, "Waarom werkt het?": text, "Titel": text})).returncode == 0
    tip = made(repository, next(f"tips/{file.name}" for file in (repository.root / "tips").glob("008-*.yml")))
    assert (tip["why_it_works"], tip["title"], tip["status"], tip["number"]) == (text, " ".join(text.split()), "concept", 8)


@cache
def knowledge() -> object:
    found = load(ROOT, TODAY).knowledge
    assert found
    return found


@settings(deadline=None, max_examples=200)
@given(st.text(), st.text(), st.text())
def test_any_answer_comes_out_as_it_went_in(tmp_path_factory: pytest.TempPathFactory, title: str, advice: str, step: str) -> None:
    folder = tmp_path_factory.mktemp("formulier")
    (folder / "bericht.md").write_text(message({**ANSWERS, "Titel": title, "Advies": advice, "Stappen": step}), encoding="utf-8", newline="")
    text, _ = read_text(folder / "bericht.md", folder)
    if text is None:
        return
    answers, wrong = read(text)
    if wrong:
        return
    filled_in, wrong = draft(answers, TEMPLATE, knowledge(), 500, set(), TODAY)  # type: ignore[arg-type]
    assert not wrong
    (folder / "tip.yml").write_text(filled_in.text, encoding="utf-8")
    document, problems = read_yaml(folder / "tip.yml", folder)
    assert document and not problems
    assert document.value["title"] == " ".join(answers[("title",)].split())
    assert document.value["advice"] == "\n".join(line.rstrip(" ") for line in answers[("advice",)].split("\n"))
    assert " ".join(document.value["steps"]).split() or not step.strip()
    assert set(document.value) == set(yaml.safe_load(TEMPLATE)) - {"conclusion", "measure"}


def test_help_is_dutch(repository: Repository) -> None:
    assert run("concept", "--help", cwd=repository.root).stdout.startswith("Gebruik: tipwijzer concept")
