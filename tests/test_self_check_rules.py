"""What `tipwijzer check` says of the self-check's questions and of the tips' own rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from repository import TODAY, Repository

from generator.derive import derive
from generator.load import load
from generator.self_check import compile_check, reason_of, recommend, why_not

FILE = "content/self-check.yml"


def question(**changes: Any) -> dict[str, Any]:
    """Return a valid question, but for ``changes``; a change of None removes the field."""
    made: dict[str, Any] = {
        "id": "soort",
        "title": "Wat regelen mensen?",
        "short": "Soort dienst",
        "kind": "een",
        "why": "Dan past het advies.",
        "where": "Kijk op jullie site.",
        "options": [
            {"id": "lezen", "label": "Iets lezen", "because": "mensen hier lezen", "gives": {"barriers": ["stress"]}},
            {"id": "anders", "label": "Iets anders", "neutral": True},
        ],
        **changes,
    }
    return {field: value for field, value in made.items() if value is not None}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path)
    made.tip(1, barriers={"core": ["stress"]})
    return made


def said(repository: Repository, *questions: dict[str, Any]) -> list[str]:
    """Return the problems of a self-check with these questions, without file and line."""
    check = {"version": 1, "sections": [{"id": "een", "title": "Een", "questions": list(questions)}]}
    repository.write(FILE, yaml.safe_dump(check, allow_unicode=True, sort_keys=False))
    return [problem.split(": ", 1)[1] for problem in repository.problems()]


def options(*extra: dict[str, Any]) -> list[dict[str, Any]]:
    return [*question()["options"], *extra]


def test_a_good_check_has_no_problems(repository: Repository) -> None:
    assert said(repository, question()) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"options": options({"id": "leeg", "label": "Leeg"})}, "[geen-invloed] het antwoord ‘leeg’ doet niets – geef het labels, of schrijf neutral: true"),
        (
            {"options": options({"id": "wel", "label": "Wel", "because": "het zo is", "gives": {"barriers": ["stress"]}, "neutral": True})},
            "[niet-neutraal] het antwoord ‘wel’ heeft wel invloed – haal neutral weg",
        ),
        (
            {"options": options({"id": "nergens", "label": "Nergens", "because": "het zo is", "gives": {"channels": ["chat"]}})},
            "[geen-tip] het antwoord ‘nergens’ brengt geen enkele tip naar voren – schrijf een tip met deze labels, of kies andere labels",
        ),
        (
            {"options": options({"id": "stil", "label": "Stil", "gives": {"barriers": ["stress"]}})},
            "[zelfcheck] het antwoord ‘stil’ heeft gevolgen maar geen reden – schrijf bij because wat na ‘Omdat’ komt",
        ),
        ({"options": []}, "[zelfcheck] deze vraag heeft minder dan twee antwoorden – voeg antwoorden toe bij options"),
        ({"kind": "rooster"}, "[zelfcheck] alleen een rooster heeft rijen – kies kind: rooster, of haal rows weg"),
        ({"kind": "tekst"}, "[zelfcheck] een vraag met een vrij veld heeft geen antwoorden – haal options en rows weg, of kies een andere kind"),
        (
            {"options": options({"id": "weet-ik-niet", "label": "Weet ik niet", "neutral": True})},
            "[dubbel] ‘weet-ik-niet’ staat hier al – ‘weet ik niet’ komt er vanzelf bij",
        ),
        ({"id": "2024"}, "[vorm] de id ‘2024’ heeft alleen cijfers – zet er een letter bij, zoals jaar-2024"),
        ({"options": options({"id": "3", "label": "Drie", "neutral": True})}, "[vorm] de id ‘3’ heeft alleen cijfers – zet er een letter bij, zoals jaar-2024"),
        ({"skip": {"question": "later", "only": ["x"]}}, "[onbekende-vraag] ‘later’ is geen eerdere vraag – er is nog niets om uit te kiezen"),
        ({"options": options({"id": "fout", "label": "Fout", "because": "x y", "gives": {"barriers": ["sress"]}})}, "[onbekende-term] ‘sections’, nummer 1, ‘questions’, nummer 1, ‘options’, nummer 3, ‘gives’, ‘barriers’, nummer 1: ‘sress’ bestaat niet in content/vocabularies/barriers.yml – bedoel je ‘stress’?"),
    ],
)
def test_a_mistake_in_a_question_is_named(changes: dict[str, Any], expected: str, repository: Repository) -> None:
    assert expected in said(repository, question(**changes))


def test_a_row_must_leave_room_for_the_word_of_the_answer(repository: Repository) -> None:
    row = {"id": "a", "label": "A", "because": "mensen stress hebben", "gives": {"barriers": ["stress"]}}
    grid = question(kind="rooster", rows=[row], options=[{"id": "soms", "label": "Soms", "because": "soms"}, {"id": "nooit", "label": "Nooit", "weight": 0, "neutral": True}])
    assert "[zelfcheck] de reden van deze rij mist {hoe} – zet {hoe} waar ‘vaak’ of ‘veel’ moet komen" in said(repository, grid)


def test_a_skip_names_answers_that_exist(repository: Repository) -> None:
    second = question(id="tweede", skip={"question": "soort", "only": ["leezen"]})
    assert "[onbekend-antwoord] ‘leezen’ is geen antwoord van ‘soort’ – bedoel je ‘lezen’?" in said(repository, question(), second)


def test_a_tip_that_no_answer_brings_up_is_refused(repository: Repository) -> None:
    repository.tip(2, channels={"core": ["chat"]})
    assert said(repository, question()) == ["[onbereikbaar] geen antwoord in de zelfcheck brengt deze tip naar voren – geef de tip labels die in content/self-check.yml bij gives staan"]


def test_a_measure_that_no_answer_can_set_is_a_warning(repository: Repository) -> None:
    repository.tip(1, barriers={"core": ["stress"]}, measure="duidelijke-taal")
    assert said(repository, question()) == [
        "[geen-gewoonte] geen antwoord in de zelfcheck zegt dat een gemeente ‘duidelijke-taal’ al doet, dus deze tip komt nooit bij Blijven doen"
        " – zet has: [duidelijke-taal] bij een antwoord in content/self-check.yml"
    ]
    has = {"id": "al", "label": "Dat doen wij al", "because": "jullie dit al doen", "has": ["duidelijke-taal"]}
    assert said(repository, question(options=options(has))) == []


def test_a_tip_with_a_mistake_is_told_beside_a_self_check(repository: Repository) -> None:
    repository.tip(1, barriers={"core": ["stress"]}, examples=[{"heading": "Het lukte", "text": "Zo ging het.", "source": "lezen-2024"}])
    told = said(repository, question(), question())
    assert "[voorbeeld] dit voorbeeld noemt geen persoon en geen organisatie – vul person of organisation in" in told
    assert "[dubbel] de vraag ‘soort’ staat er twee keer – geef een van de twee een andere id" in told


def test_a_self_check_that_leads_nowhere_is_named(repository: Repository) -> None:
    (repository.root / FILE).symlink_to("weg.yml")
    assert [problem.split(": ", 1)[1] for problem in repository.problems()] == ["[geen-bestand] dit is geen gewoon bestand – haal het weg of zet er een tekstbestand neer"]


def test_the_text_of_a_question_is_shown_as_typed_and_holds_no_markup(repository: Repository) -> None:
    assert "[html] ‘sections’, nummer 1, ‘questions’, nummer 1, ‘why’: hier staat HTML – gebruik gewone tekst, of schrijf ‘kleiner dan’ voluit" in said(repository, question(why="Dan <b>past</b> het."))
    assert said(repository, question(where="Zie [tip 99](tip:99).")) == ["[link] in ‘where’ kan geen link staan – noem het nummer van de tip, zoals tip 12, of de naam van de site"]


def test_a_tip_about_one_service_is_not_among_the_first_but_says_which(repository: Repository) -> None:
    repository.tip(2, barriers={"core": ["stress"]}, one_service="geboorteaangifte")
    assert said(repository, question()) == []
    knowledge = load(repository.root, TODAY).knowledge
    assert knowledge and knowledge.self_check
    data = compile_check(derive(knowledge))
    result = recommend(data, {"soort": ["lezen"]})
    assert [found["number"] for found in result["first"]] == [1] and [found["number"] for found in result["rest"]] == [2]
    assert reason_of(data, result["rest"][0]) == "Omdat mensen hier lezen. Alleen als het gaat om geboorteaangifte."
    assert why_not(data, {"soort": ["lezen"]}, 2) == "one"
    repository.tip(2, barriers={"core": ["stress"]}, one_service="geboorteaangifte", recommend_when=[rule(soort=["lezen"])])
    knowledge = load(repository.root, TODAY).knowledge
    assert knowledge and knowledge.self_check
    result = recommend(compile_check(derive(knowledge)), {"soort": ["lezen"]})
    assert result["first"][0]["number"] == 2, "a rule of its own knows better"


def rule(**when: list[str]) -> dict[str, Any]:
    return {"when": when, "reason": "Omdat het zo is."}


def test_an_own_rule_brings_a_tip_up(repository: Repository) -> None:
    repository.tip(2, channels={"core": ["chat"]}, recommend_when=[rule(soort=["anders"])])
    good = question(options=[question()["options"][0], {"id": "anders", "label": "Iets anders"}])
    assert said(repository, good) == []


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([rule(soor=["lezen"])], "[onbekende-vraag] de zelfcheck heeft geen vraag ‘soor’ – bedoel je ‘soort’?"),
        ([rule(soort=["leze"])], "[onbekend-antwoord] ‘leze’ is geen antwoord van ‘soort’ – bedoel je ‘lezen’?"),
        ([rule(soort=["lezen"], tweede=["lezen"])], "[regel-geldt-nooit] ‘tweede’ valt weg bij deze antwoorden op ‘soort’ – haal een van de twee uit de regel"),
        ([rule(soort=["lezen", "anders"]), rule(soort=["lezen"])], "[regel-overbodig] regel 1 geldt altijd al als deze geldt – haal deze regel weg of maak hem anders"),
    ],
)
def test_a_mistake_in_an_own_rule_is_named(rules: list[dict[str, Any]], expected: str, repository: Repository) -> None:
    repository.tip(1, barriers={"core": ["stress"]}, recommend_when=rules)
    assert expected in said(repository, question(), question(id="tweede", skip={"question": "soort", "only": ["lezen"]}))
