"""Hints for writers: what is named, what is not, and that they hold for the real tips."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, run
from repository import SELF_CHECK, SOURCE, Repository, as_yaml

from generator import hints
from generator.checks import check_all
from generator.derive import Site, derive
from generator.hints import Hint, fictional_municipalities, passive
from generator.load import load
from generator.readability import sentences

LONG = "Wij lezen " + " ".join(["brief"] * 24) + "."


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def site_of(root: Path) -> Site:
    loaded = load(root, date.today())
    assert loaded.knowledge
    return derive(loaded.knowledge)


def found(repository: Repository, number: int = 1, municipalities: Any = ()) -> list[Hint]:
    """Return the hints for one tip."""
    site = site_of(repository.root)
    tips = [tip for tip in site.knowledge.tips if tip.number == number]
    return [hint for _, group in hints.hints(site, tips, municipalities) for hint in group]


def codes(repository: Repository, **options: Any) -> list[str]:
    return [hint.code for hint in found(repository, **options)]


def besides_labels(repository: Repository) -> list[Hint]:
    """Return the hints for the first tip, but for those about terms: where there are so few tips, every term has few."""
    return [hint for hint in found(repository) if hint.code != "label"]


@cache
def real() -> Site:
    return site_of(ROOT)


@cache
def hints_of_real() -> dict[int, list[Hint]]:
    return {tip.number: group for tip, group in hints.hints(real(), real().tips, fictional_municipalities(ROOT))}


def test_a_good_tip_has_no_hints(repository: Repository) -> None:
    repository.tip(1, title="Laat een ander meelezen", summary="Dan hoor je waar het stokt.", channels={"core": ["brief"]})
    site = site_of(repository.root)
    lines = list(hints.lines(hints.hints(site, site.tips, [])))
    assert lines == [
        "tips/001-lees-mee-1.yml: Laat een ander meelezen",
        "  geen hints",
        "\n1 tip bekeken. Hints zijn advies: je hoeft ze niet te volgen.",
    ]


# ---------------------------------------------------------------- how it reads


def test_a_word_that_is_in_no_list_is_named_with_the_one_that_may_be_meant(repository: Repository) -> None:
    repository.tip(1, not_when="De wachtijd is kort.")
    assert [str(hint) for hint in found(repository) if hint.code == "spelling"] == [
        "[spelling] ‘not_when’: ‘wachtijd’ staat niet in de woordenlijst: ‘De wachtijd is kort.’ – bedoel je ‘wachttijd’? Klopt het woord, zet het dan in content/spelling.yml"
    ]


@pytest.mark.parametrize("text", ["Open het gemeenteloket.", "Kijk op het wachttijdbord.", "Lees de verhuizingsbrief.", "Vraag het Fryslab.", "De brievenbus-actie hielp.", "Vraag om foto's."])
def test_compounds_and_names_are_no_mistakes(repository: Repository, text: str) -> None:
    repository.tip(1, not_when=text)
    assert "spelling" not in codes(repository)


def test_a_word_of_our_own_list_or_of_another_tip_is_right(repository: Repository) -> None:
    repository.tip(1, not_when="Een belspatje en een tikfluut.")
    repository.tip(2, not_when="Een tikfluut.")
    assert [hint.message.split("’")[0] for hint in found(repository) if hint.code == "spelling"] == ["‘belspatje"]
    repository.write("content/spelling.yml", "- belspatje\n")
    assert "spelling" not in codes(repository)


def test_a_long_sentence_is_named_with_its_field_and_a_suggestion(repository: Repository) -> None:
    repository.tip(1, steps=["Kies een brief.", LONG, "Pas de brief aan."])
    hint = next(hint for hint in found(repository) if hint.code == "lange-zin")
    assert str(hint) == f"[lange-zin] ‘steps’, nummer 2: deze zin heeft 26 woorden: ‘{LONG}’ – maak er twee zinnen van"


@pytest.mark.parametrize(
    ("changes", "location"),
    [
        ({"summary": LONG}, ("summary",)),
        ({"advice": f"Begin hier.\n\n- Kies een brief.\n- {LONG}"}, ("advice",)),
        ({"not_when": LONG}, ("not_when",)),
        ({"why_it_works": f"Dat werkt.\n{LONG}"}, ("why_it_works",)),
        ({"conclusion": LONG.replace("lezen", "**lezen**")}, ("conclusion",)),
        ({"effort": {"level": "klein", "text": LONG}}, ("effort", "text")),
        ({"examples": [{"heading": "Kort", "text": LONG, "person": "bo-de-vries", "source": "lezen-2024"}]}, ("examples", 0, "text")),
        ({"research": [{"heading": "Kort", "text": f"{part}.", "source": "lezen-2024"} for part in ("Kort", LONG[:-1])]}, ("research", 1, "text")),
    ],
)
def test_a_hint_knows_the_field_that_its_sentence_stands_in(changes: dict[str, Any], location: tuple[str | int, ...], repository: Repository) -> None:
    repository.tip(1, **changes)
    assert [hint.location for hint in found(repository) if hint.code == "lange-zin"] == [location]


def test_a_hint_leads_to_its_line(repository: Repository) -> None:
    path = repository.tip(1, steps=["Kies een brief.", LONG, "Pas de brief aan."])
    document = load(repository.root, date.today()).documents[path]
    hint = next(hint for hint in found(repository) if hint.code == "lange-zin")
    assert LONG in (repository.root / path).read_text(encoding="utf-8").splitlines()[document.line(hint.location) - 1]


def test_jargon_is_named_with_its_sentence_and_what_to_write_instead(repository: Repository) -> None:
    repository.write("content/jargon.yml", as_yaml([{"forms": ["faciliteren"], "instead": "helpen"}]))
    repository.tip(1, not_when="Zij faciliteren al.")
    assert [str(hint) for hint in besides_labels(repository)] == ["[vakwoord] ‘not_when’: ‘faciliteren’ is een moeilijk woord: ‘Zij faciliteren al.’ – schrijf liever: helpen"]


def test_a_tip_that_is_hard_as_a_whole_is_told(repository: Repository) -> None:
    hard = "Gemeentelijke dienstverleningsprofessionals organiseren structurele kwaliteitsverbeteringen binnen uiteenlopende samenwerkingsverbanden en verantwoordelijkheidsgebieden van overheidsorganisaties in verschillende arbeidsmarktregio's. "
    repository.tip(1, advice=hard * 8)
    assert "moeilijk" in codes(repository) and "lange-zinnen" not in codes(repository)
    repository.tip(1, advice=f"{LONG} " * 12)
    assert "lange-zinnen" in codes(repository) and "moeilijk" not in codes(repository)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Je wordt gebeld.", "wordt gebeld"),
        ("Spreek af wie belt als een bericht niet wordt gelezen.", "wordt gelezen"),
        ("Wordt het daar opgelost, dan is iedereen ervan af.", "Wordt het daar opgelost"),
        ("De bijlage wordt elk jaar bijgewerkt.", "wordt elk jaar bijgewerkt"),
        ("Vraag of het blok vanzelf gevuld kan worden met een datum.", "gevuld kan worden"),
        ("Geef de keus om gebeld te worden.", "gebeld te worden"),
        ("Er werd in 2020 iets besteld, zegt zij.", "werd in 2020 iets besteld"),
    ],
)
def test_a_passive_is_told(sentence: str, words: str) -> None:
    assert passive(sentence) == words


@pytest.mark.parametrize(
    "sentence",
    [
        "De brief wordt beter als je hem vertaalt.",
        "De bedenktijd wordt langer.",
        "Dit wordt een bericht.",
        "Dat wordt een belangrijk verbeterpunt.",
        "Het geluid wordt harder, en de veiligheid wordt groter.",
        "De gemeente wordt groter dan gedacht.",
        "Zij is boos geworden.",
        "Wie ziek wordt, belt de gemeente.",
        "Het werd stil, en iemand geeuwde.",
        "Zo kunnen zij bellen als het ingewikkeld wordt.",
        "Een mail kan door huisgenoten worden gezien.",  # It tells who.
        "Wij vonden dat een dienst beter wordt van gesprekken met deze lijst.",
    ],
)
def test_what_only_looks_like_a_passive_is_left_alone(sentence: str) -> None:
    assert passive(sentence) is None


def test_a_passive_is_hinted_at_with_its_sentence(repository: Repository) -> None:
    repository.tip(1, conclusion="Zo wordt je brief gelezen.")
    assert [(hint.code, hint.location) for hint in besides_labels(repository)] == [("lijdend", ("conclusion",))]
    assert "‘Zo wordt je brief gelezen.’" in besides_labels(repository)[0].message


def test_few_sentences_of_the_real_tips_are_called_passive() -> None:
    """More would be noise: people wrote these with care."""
    read = [sentence for tip in real().tips for _, sentence in sentences(tip)]
    assert 0.005 < sum(passive(sentence) is not None for sentence in read) / len(read) < 0.02


# ---------------------------------------------------------------- sources


def test_a_source_without_address_or_year_is_told_once_where_it_is_first_named(repository: Repository) -> None:
    repository.write("content/sources/lezen-2024.yml", "".join(line for line in SOURCE.splitlines(keepends=True) if not line.startswith(("url", "year"))))
    repository.tip(1)
    assert [str(hint) for hint in besides_labels(repository)] == [
        "[bron] ‘examples’, nummer 1, ‘source’: de bron ‘lezen-2024’ heeft geen adres (url) en geen jaar (year) – vul aan wat je kunt vinden in content/sources/lezen-2024.yml"
    ]


# ---------------------------------------------------------------- tips that are alike, and terms


OTHER = {"title": "Plant bomen naast het gemeentehuis", "summary": "Groen maakt wachten prettiger. Zet bankjes in de schaduw.", "theme": "inclusie", "questions": ["wat-moet-volgens-de-wet"]}
TWIN = {"title": "Laat een inwoner je brief hardop lezen", "summary": "Geef je brief aan een inwoner. Je hoort waar het lezen stokt.", "keywords": ["voorlezen"]}


def test_a_tip_that_resembles_another_names_it_and_what_they_share(repository: Repository) -> None:
    repository.tip(1, **TWIN)
    repository.tip(2, **OTHER)
    repository.tip(33, title="Vraag een inwoner om je brief te lezen")
    hint = next(hint for hint in found(repository) if hint.code == "lijkt-op")
    assert hint.message.startswith("lijkt op tip 33, ‘Vraag een inwoner om je brief te lezen’: zelfde ‘")
    assert "‘brief’" in hint.message
    assert "33 bij related" in hint.suggestion


@pytest.mark.parametrize(("number", "changes"), [(1, {"related": [33]}), (1, {"requires": [33]}), (33, {"related": [1]})])
def test_tips_of_which_one_names_the_other_are_no_news(number: int, changes: dict[str, Any], repository: Repository) -> None:
    repository.tip(1, **TWIN, **(changes if number == 1 else {}))
    repository.tip(2, **OTHER)
    repository.tip(33, **(changes if number == 33 else {}))
    assert "lijkt-op" not in codes(repository)


def test_tips_about_something_else_are_not_alike(repository: Repository) -> None:
    repository.tip(1, **TWIN)
    repository.tip(2, **OTHER)
    assert "lijkt-op" not in codes(repository) + codes(repository, number=2)


@pytest.mark.xdist_group("hints")
def test_few_of_the_real_tips_are_alike_and_most_of_those_name_each_other() -> None:
    told = [hint for group in hints_of_real().values() for hint in group if hint.code == "lijkt-op"]
    assert len(told) <= len(real().tips) / 20
    likeness = hints._Likeness(real())
    pairs = [pair for pair in combinations([tip.number for tip in real().tips], 2) if likeness.between(*pair) >= hints.ALIKE]
    assert len(told) / 2 < len(pairs) < len(real().tips) / 4


def test_a_term_that_few_tips_are_about_is_offered_where_the_tip_uses_its_word(repository: Repository) -> None:
    repository.tip(1, keywords=["Livechat"], channels={"also": ["chat"]})
    repository.tip(2, **OTHER, channels={"core": ["chat"]})
    assert [str(hint) for hint in found(repository) if hint.location == ("channels",) and "chat" in hint.message] == [
        "[label] ‘channels’: in deze tip staat ‘livechat’, en over ‘Chat’ gaat nog maar 1 tip – gaat jouw tip er echt over, zet chat dan bij core"
    ]


def offered(repository: Repository) -> list[str]:
    """Return the channels that the first tip is offered."""
    return [hint.message.split("‘")[2].split("’")[0] for hint in found(repository) if hint.code == "label" and hint.location == ("channels",)]


def test_a_term_is_not_offered_when_the_tip_is_about_it_or_enough_tips_are(repository: Repository) -> None:
    words = {"title": "Begin met chat", "summary": "Zo kan iemand snel iets vragen."}
    repository.tip(1, **words, channels={"core": ["chat"]})
    assert offered(repository) == []
    repository.tip(1, **words)
    assert offered(repository) == ["Chat"] and "over ‘Chat’ gaat nog geen tip" in str(found(repository))
    for number in range(2, 6):
        repository.tip(number, **{**OTHER, "title": f"{OTHER['title']}, {number}"}, channels={"core": ["chat"]})
    assert offered(repository) == []


def test_part_of_a_word_is_not_the_word(repository: Repository) -> None:
    repository.tip(1, title="Begin met chatelaines", summary="Zo kan iemand snel iets vragen.")
    assert offered(repository) == []


# ---------------------------------------------------------------- the self-check


def test_what_a_tip_does_to_the_self_check_is_told(repository: Repository) -> None:
    repository.write("content/self-check.yml", SELF_CHECK)
    repository.tip(1, barriers={"core": ["stress"]}, effort={"level": "groot", "text": "Een jaar."})
    for number in range(2, 9):  # Of small effort, so an answer without weight brings these up first.
        repository.tip(number, **{**OTHER, "title": f"{OTHER['title']}, {number}"}, barriers={"core": ["stress"]})
    for number, answer in enumerate(["lezen", "anders", "anders", "anders"]):
        repository.write(f"tests/municipalities/{number}.yml", f"name: Ergens\nanswers:\n  soort: [{answer}]\n")
    municipalities = fictional_municipalities(repository.root)
    assert len(municipalities) == 4
    hint = next(hint for hint in found(repository, municipalities=municipalities) if hint.code == "zelfcheck")
    assert hint.message == "in de zelfcheck staat deze tip bij 1 van de 4 verzonnen gemeenten bij de eerste 5, bij 1 bij de eerste 10"


def test_a_tip_that_pushes_others_away_is_told(repository: Repository) -> None:
    repository.write("content/self-check.yml", SELF_CHECK)
    repository.tip(1, barriers={"core": ["stress"]})
    hint = next(hint for hint in found(repository, municipalities=[{"soort": ["lezen"]}]) if hint.code == "zelfcheck")
    assert "dat is veel" in hint.suggestion


def test_without_a_self_check_or_municipalities_nothing_is_told_of_it(repository: Repository) -> None:
    repository.tip(1, barriers={"core": ["stress"]})
    assert "zelfcheck" not in codes(repository, municipalities=[{"soort": ["lezen"]}])
    repository.write("content/self-check.yml", SELF_CHECK)
    assert fictional_municipalities(repository.root) == []
    assert "zelfcheck" not in codes(repository)


# ---------------------------------------------------------------- which tips


def test_a_draft_is_seen_as_if_it_stood_on_the_site(repository: Repository) -> None:
    repository.tip(1, **TWIN, status="concept")
    repository.tip(2, **OTHER)
    repository.tip(33)
    assert "lijkt-op" in codes(repository)
    assert "lijkt-op" not in codes(repository, number=33), "a draft that nobody asks about is not there yet"


def test_a_withdrawn_tip_has_no_hints(repository: Repository) -> None:
    repository.tip(1, advice=LONG, status="vervallen", replaced_by=2)
    repository.tip(2, **OTHER)
    site = site_of(repository.root)
    assert list(hints.lines(hints.hints(site, [site.by_number[1]], []))) == ["\n0 tips bekeken. Hints zijn advies: je hoeft ze niet te volgen."]


# ---------------------------------------------------------------- in a comment on a proposal


BASE = "https://git.example/a/b/blob/1a2b3c"


def commented(repository: Repository, *files: str) -> str:
    """Return what the command adds to a comment."""
    repository.write("opmerking.md", "Alles klopt.\n")
    result = run("hints", "--opmerking", "opmerking.md", "--adres", BASE, *files, cwd=repository.root)
    assert result.returncode == 0, result.stdout + result.stderr
    whole = (repository.root / "opmerking.md").read_text(encoding="utf-8")
    assert whole.startswith("Alles klopt.\n")
    return whole.removeprefix("Alles klopt.\n")


def test_hints_go_below_the_comment_under_their_own_heading_with_links_to_lines(repository: Repository) -> None:
    path = repository.tip(1, not_when=f"@iedereen {LONG}", channels={"core": ["brief"]})
    repository.tip(2, **OTHER, conclusion=LONG)
    text = commented(repository, path)
    line = (repository.root / path).read_text(encoding="utf-8").splitlines().index(f"not_when: '@iedereen {LONG}'") + 1
    assert text.startswith("\n### Hints bij je tekst\n\nDit is advies. Het houdt je voorstel niet tegen, en je hoeft het niet te volgen.\n\n#### `tips/001-lees-mee-1.yml`\n\n")
    assert f"- [Regel {line}]({BASE}/{path}#L{line}), `lange-zin`: deze zin heeft 27 woorden: ‘`@iedereen` Wij lezen brief" in text
    assert "  **Je kunt dit doen:** maak er twee zinnen van\n" in text
    assert "002-" not in text and "<details>" not in text


def test_without_hints_nothing_is_added(repository: Repository) -> None:
    repository.tip(1, title="Laat een ander meelezen", summary="Dan hoor je waar het stokt.", channels={"core": ["brief"]})
    site = site_of(repository.root)
    assert hints.comment(hints.hints(site, site.tips, []), {}, BASE) == ""


def test_many_hints_are_folded_up_and_fit(repository: Repository) -> None:
    path = repository.tip(1)
    documents = load(repository.root, date.today()).documents
    many = [Hint(site_of(repository.root).tips[0], ("advice",), "lange-zin", LONG, "maak er twee zinnen van")] * 300
    text = hints.comment([(many[0].tip, many)], documents, BASE)
    told = re.search(r"Er zijn er nog ([0-9]+)\.", text)
    assert f"\n<details>\n<summary>Bekijk de 300 hints</summary>\n\n#### `{path}`\n\n- " in text
    assert told and int(told[1]) + text.count("**Je kunt dit doen:**") == 300
    assert text.endswith("\n</details>\n") and 25_000 < len(text) < 32_000


# ---------------------------------------------------------------- what was left in or out


def test_what_the_template_shows_is_told_where_it_was_left_in(repository: Repository) -> None:
    sample = yaml.safe_load((ROOT / "tips/_sjabloon.yml").read_text(encoding="utf-8"))
    repository.tip(1, title=sample["title"], advice=sample["advice"], steps=["Kies een brief.", *sample["steps"]])
    assert [hint.location for hint in found(repository) if hint.code == "sjabloon"] == [("title",), ("advice",), ("steps", 1)]


def test_a_tip_without_core_labels_is_told(repository: Repository) -> None:
    repository.tip(1, channels={"also": ["brief"]})
    assert "bij geen enkel label staat iets bij core" in [hint.message for hint in found(repository)]
    repository.tip(1, channels={"core": ["brief"]})
    assert "bij geen enkel label staat iets bij core" not in [hint.message for hint in found(repository)]


@pytest.mark.xdist_group("hints")
def test_the_real_tips_have_hints_and_no_problems_with_them() -> None:
    site, every = real(), hints_of_real()
    assert list(every) == [tip.number for tip in site.tips]
    told = Counter(hint.code for group in every.values() for hint in group)
    assert told["zelfcheck"] == len(site.tips)
    assert told["lange-zin"] + told["vakwoord"] + told["moeilijk"] + told["lange-zinnen"] <= len(site.tips) / 4
    assert not any(hint.location == () for group in every.values() for hint in group if hint.code in ("lijdend", "lange-zin", "vakwoord", "bron"))
    assert check_all(load(ROOT, date.today()), date.today()) == []
