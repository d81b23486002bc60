"""Whatever is wrong in what an editor wrote: one clear Dutch line for each problem, and never a traceback, a hang or a half-read file.

Expectations are lines as an editor sees them, without the path where all of them are about one file.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import markdown
import pytest
import yaml
from mkdocs.config import load_config
from repository import GLOSSARY, ORGANISATION, PAGE, PERSON, ROOT, SOURCE, TIP, TODAY, Repository, as_yaml

from generator import pages
from generator.checks import check_all
from generator.derive import derive
from generator.load import load
from generator.problems import report
from generator.whole_html import WholeHtml

TIP_FILE = "tips/001-lees-mee-1.yml"
OVER = "content/pages/over.md"
PERSON_FILE = "content/people/bo-de-vries.yml"
SOURCE_FILE = "content/sources/lezen-2024.yml"
THEMES = "content/vocabularies/themes.yml"
ROLES = "content/vocabularies/roles.yml"
PUBLISHED = "content/published-addresses.txt"
EXAMPLE, RESEARCH = TIP["examples"][0], TIP["research"][0]
DUTY = {"law": "Awb", "article": "artikel 2:1", "text": "De overheid helpt.", "source": "lezen-2024"}
LINK = {"title": "Lezen", "url": "https://www.voorbeeld.nl/lezen", "kind": "wet"}


@pytest.fixture
def small(tmp_path: Path) -> Repository:
    """A small repository without problems: two tips, and one of everything else."""
    repository = Repository(tmp_path / "klein")
    repository.tip(1)
    repository.tip(2)
    return repository


def in_tip(*lines: str) -> list[str]:
    """Return lines as they are printed when they are about the first tip."""
    return [f"{TIP_FILE}:{line}" for line in lines]


def test_the_small_repository_has_no_problems(small: Repository) -> None:
    assert small.problems() == []


def test_a_term_may_do_without_an_icon(small: Repository) -> None:
    for file in (small.root / "content/vocabularies").glob("*.yml"):
        if file.name != "themes.yml":
            file.write_text(re.sub(r"^  icon: .*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")
    assert small.problems() == []
    knowledge = load(small.root, TODAY).knowledge
    assert knowledge
    made = {page.address: page.body for page in pages.render(derive(knowledge), "https://tipwijzer.example/")}
    assert "tw-icon--none" not in made[""].lower() and "Hoe test ik mijn dienst" in made[""]


# ---------------------------------------------------------------- YAML that can't be read

COLON = "er staat een dubbele punt waar dat niet kan – zet aanhalingstekens om tekst met ‘: ’ erin, of kijk naar de inspringing en naar de regel erboven"
NO_COLON = "hier ontbreekt een dubbele punt na de naam van een veld – schrijf ‘veld: waarde’ of spring de tekst in onder het veld erboven"
NO_SPACE = "na de dubbele punt staat geen gewone spatie – typ na de dubbele punt zelf een spatie"
OPEN_QUOTE = "een aanhalingsteken wordt niet gesloten – zet hetzelfde aanhalingsteken aan het eind van de tekst"
AFTER_QUOTE = "er staat tekst na een aanhalingsteken of een haak – zet aanhalingstekens om de hele tekst, en schrijf een ' erin als ''"
INDENT = "de inspringing klopt niet – laat velden die bij elkaar horen met evenveel spaties beginnen"
LIST_INDENT = "de inspringing van deze lijst klopt niet – laat elke regel van de lijst met evenveel spaties en een streepje beginnen"
OPEN_BRACKET = "een lijst of groep tussen haken wordt niet gesloten – zet ] of } aan het eind en komma's ertussen"
QUOTE_IT = "zet aanhalingstekens om de tekst"
BACKSLASH = "een schuine streep tussen dubbele aanhalingstekens betekent iets anders – gebruik enkele aanhalingstekens om deze tekst"
AFTER_BAR = "na | of > staat tekst op dezelfde regel – begin de tekst op de volgende regel, ingesprongen, of zet er aanhalingstekens om"
OUTSIDE = "na het begin van het bestand staat iets dat er niet bij hoort – laat elk veld vooraan de regel beginnen met ‘naam: ’"
CONFLICT = "hier staan twee versies door elkaar (een merge-conflict) – kies welke tekst blijft en haal de regels met <<<<<<<, ======= en >>>>>>> weg"
TOO_DEEP = "de lijsten en groepen zitten hier te diep in elkaar – maak de inhoud platter"
KEY = "de naam van een veld is geen gewone tekst – schrijf ‘naam: waarde’, of zet aanhalingstekens om een tekst die met { of [ begint"
ALIAS = "hier staat een anker of alias (& of *) – schrijf de tekst voluit, of zet er aanhalingstekens om"
TAG = "hier staat een YAML-tag (een woord dat met ! begint) – haal de tag weg, of zet aanhalingstekens om de tekst"

SYNTAX: dict[str, tuple[str, ...]] = {
    "a colon inside a text": ("number: 1\ntitle: let op: dit\n", f"2: [yaml] {COLON}"),
    "a field too far in": ("number: 1\n  title: x\n", f"2: [yaml] {COLON}"),
    "no colon on the first line": ("number 1\nslug: a\n", f"2: [yaml] {COLON}"),
    "no colon": ("number: 1\nslug a\ntitle: x\n", f"2: [yaml] {NO_COLON}"),
    "no colon on the last line": ("number: 1\ntitle: x\nslug a\n", f"3: [yaml] {NO_COLON}"),
    "no space after the colon": ("number: 1\ntitle:x\nslug: a\n", f"2: [yaml] {NO_SPACE}"),
    "a no-break space after the colon": ("number: 1\ntitle:\u00a0x\nslug: a\n", f"2: [yaml] {NO_SPACE}"),
    "a curled quote around a colon": ("number: 1\ntitle: “let op: dit”\n", '2: [yaml] een gekruld aanhalingsteken (“) telt niet als aanhalingsteken – zet rechte aanhalingstekens om de tekst: "…"'),
    "a text that isn't indented": ("number: 1\nadvice: |\nabc def\nslug: x\n", f"3: [yaml] {NO_COLON}"),
    "a dash without a space": ("steps:\n-a\n-b\n", "2: [yaml] na het streepje ontbreekt een spatie – schrijf ‘- ’ voor elk onderdeel van een lijst"),
    "an open double quote": ('number: 1\ntitle: "abc\nslug: a\n', f"2: [yaml] {OPEN_QUOTE}"),
    "an open single quote": ("number: 1\ntitle: 'abc\nslug: a\n", f"2: [yaml] {OPEN_QUOTE}"),
    "an open quote before a document mark": ('number: 1\ntitle: "x\n---\ny"\n', f"2: [yaml] {OPEN_QUOTE}"),
    "text after a quote": ('number: 1\ntitle: "abc" def\n', f"2: [yaml] {AFTER_QUOTE}"),
    "an apostrophe in single quotes": ("number: 1\ntitle: 'foto's'\n", f"2: [yaml] {AFTER_QUOTE}"),
    "text after a bracket": ("number: 1\ntitle: [Let op] dit\n", f"2: [yaml] {AFTER_QUOTE}"),
    "a bracket too many": ("number: 1\nkeywords: [a]]\n", f"2: [yaml] {AFTER_QUOTE}"),
    "a field too far out": ("  number: 1\ntitle: x\n", f"2: [yaml] {OUTSIDE}"),
    "text after the end mark": ("number: 1\n...\nnumber: 2\n", f"3: [yaml] {OUTSIDE}"),
    "a field halfway": ("effort:\n    level: klein\n   text: x\n", f"3: [yaml] {INDENT}"),
    "a list that moves out": ("steps:\n  - a\n - b\n", f"3: [yaml] {INDENT}"),
    "a list after fields": ("number: 1\n- a\n", f"2: [yaml] {INDENT}"),
    "a text that moves out": ("number: 1\nadvice: |\n    abc\n  def\n", f"4: [yaml] {INDENT}"),
    "a field inside a list": ("steps:\n  - a\n  slug: x\n", f"3: [yaml] {LIST_INDENT}"),
    "fields after a list": ("- a\nnumber: 1\n", f"2: [yaml] {LIST_INDENT}"),
    "a list on the line of its field": (
        "number: 1\nsteps: - a\n",
        "2: [yaml] een streepje van een lijst staat op een plek waar dat niet kan – begin de lijst op een nieuwe regel onder de naam van het veld",
    ),
    "an open bracket": ("number: 1\nkeywords: [a, b\nslug: a\n", f"2: [yaml] {OPEN_BRACKET}"),
    "an open bracket at the end": ("number: 1\nkeywords: [a, b\n", f"2: [yaml] {OPEN_BRACKET}"),
    "an open bracket and nothing more": ("number: [\n", "1: [yaml] hier ontbreekt een waarde – vul een waarde in of haal de komma of het streepje weg"),
    "an open brace": ("number: 1\neffort: {level: klein\nslug: a\n", f"2: [yaml] {OPEN_BRACKET}"),
    "a comma too many": ("number: 1\nkeywords: [a,,b]\n", "2: [yaml] hier ontbreekt een waarde – vul een waarde in of haal de komma of het streepje weg"),
    "a text that begins with @": ("number: 1\ntitle: @abc\n", f"2: [yaml] een tekst begint met een teken dat in YAML iets anders betekent – {QUOTE_IT}"),
    "a text that begins with `": ("number: 1\ntitle: `abc`\n", f"2: [yaml] een tekst begint met een teken dat in YAML iets anders betekent – {QUOTE_IT}"),
    "a text that begins with bold": ("number: 1\ntitle: **Let op** dit\n", f"2: [yaml] een tekst begint met * of &, en dat betekent in YAML iets anders – {QUOTE_IT}"),
    "a text that begins with &": ("number: 1\ntitle: & dit\n", f"2: [yaml] een tekst begint met * of &, en dat betekent in YAML iets anders – {QUOTE_IT}"),
    "a text that begins with !": ("number: 1\ntitle: !x!y z\n", f"2: [yaml] een tekst begint met !, en dat betekent in YAML iets anders – {QUOTE_IT}"),
    "a line that begins with %": ("number: 1\n%abc\n", "2: [yaml] een regel begint met %, en dat betekent in YAML iets anders – zet iets voor het % of spring de regel in"),
    "a version of YAML": ("%YAML 2.0\n---\nnumber: 1\n", f"1: [yaml] dit is geen geldige YAML – vergelijk deze regel met een bestand dat wel klopt, en {QUOTE_IT}"),
    "an escape that is none": ('number: 1\ntitle: "a\\qb"\n', f"2: [yaml] {BACKSLASH}"),
    "a path in double quotes": ('number: 1\ntitle: "C:\\xzz"\n', f"2: [yaml] {BACKSLASH}"),
    "half a character": ('number: 1\ntitle: "\\ud800"\n', f"2: [yaml] {BACKSLASH}"),
    "text after a bar": ("number: 1\nadvice: | abc\n", f"2: [yaml] {AFTER_BAR}"),
    "a quote as in mail": ("number: 1\nadvice: >> abc\n", f"2: [yaml] {AFTER_BAR}"),
    "a second document": ("number: 1\n---\nnumber: 2\n", "2: [twee-documenten] na ‘---’ begint een tweede document – zet elk document in een eigen bestand"),
    "a merge conflict": ("number: 1\n<<<<<<< HEAD\nslug: a\n=======\nslug: b\n>>>>>>> x\n", f"2: [conflict] {CONFLICT}"),
    "a merge conflict in a text": ("advice: |\n  x\n<<<<<<< HEAD\n  a\n=======\n  b\n>>>>>>> x\n", f"3: [conflict] {CONFLICT}"),
    "italics that look like an alias": ("number: 1\ntitle: *Let op* dit\n", f"2: [alias] {ALIAS}"),
    "brackets without end": ("number: 1\ntitle: " + "[" * 100_000 + "\n", f"2: [te-diep] {TOO_DEEP}"),
    "brackets that are closed": ("number: 1\ntitle: " + "[" * 90_000 + "]" * 90_000 + "\n", f"2: [te-diep] {TOO_DEEP}"),
    "braces without end": ("number: 1\ntitle: " + "{a: " * 40_000 + "\n", f"2: [te-diep] {TOO_DEEP}"),
    "dashes without end": ("number: 1\ntitle:\n  " + "- " * 90_000 + "\n", f"3: [te-diep] {TOO_DEEP}"),
    "keys without end": ("? " * 90_000 + "\n", f"1: [sleutel] {KEY}", f"1: [te-diep] {TOO_DEEP}"),
}


@pytest.mark.parametrize("name", SYNTAX)
def test_yaml_that_cannot_be_read(small: Repository, name: str) -> None:
    text, *expected = SYNTAX[name]
    small.write(TIP_FILE, text)
    assert small.problems() == in_tip(*expected)


def test_a_key_at_the_end_of_a_file_without_a_last_line_end(small: Repository) -> None:
    small.write(TIP_FILE, (small.root / TIP_FILE).read_text(encoding="utf-8") + "? tittel")
    assert small.problems() == in_tip("34: [onbekend-veld] het veld ‘tittel’ bestaat niet – bedoel je ‘title’?")


def test_a_tab_is_named_once_and_not_as_a_syntax_error_too(small: Repository) -> None:
    small.write(TIP_FILE, "number: 1\neffort:\n\tlevel: klein\n    text: x\n")
    assert small.problems() == in_tip("3: [tab] hier staat een tab – gebruik spaties om in te springen")


def test_a_tab_does_not_hide_another_problem(small: Repository) -> None:
    small.write(TIP_FILE, "number:\t1\nslug: a\ntitle: x\ntheme: z\nsummary: @z\n")
    assert [line.split(" ")[0] for line in small.problems()] == [f"{TIP_FILE}:1:", f"{TIP_FILE}:5:"]


def test_a_tab_inside_a_text(small: Repository) -> None:
    small.replace(TIP_FILE, "Luister en zeg", "Luister\ten zeg")
    assert small.problems() == in_tip("9: [tab] hier staat een tab – gebruik spaties om in te springen")


def test_a_field_that_stands_twice(small: Repository) -> None:
    small.replace(TIP_FILE, "theme: gebruiksgemak", "theme: gebruiksgemak\ntitle: Nog een titel")
    assert small.problems() == in_tip("5: [dubbel-veld] het veld ‘title’ staat er twee keer – houd er één; het eerste staat op regel 3")


CURLED = "staan gekrulde aanhalingstekens, en die komen mee op de site – typ rechte: \"…\"; horen ze bij de tekst, zet er dan nog rechte omheen"


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("theme: gebruiksgemak", "theme: “gebruiksgemak”", [f"4: [aanhalingsteken] om ‘gebruiksgemak’ {CURLED}"]),
    ("theme: gebruiksgemak", "theme: gebruiksgemak\nkeywords: [‘brief’]", [f"5: [aanhalingsteken] om ‘brief’ {CURLED}"]),
    ("theme: gebruiksgemak", 'theme: gebruiksgemak\nkeywords: ["“brief”", “a” en “b”]', []),
])  # fmt: skip
def test_quotes_of_a_word_processor(small: Repository, old: str, new: str, expected: list[str]) -> None:
    small.replace(TIP_FILE, old, new)
    assert small.problems() == in_tip(*expected)


@pytest.mark.parametrize("bullet", "–•")
def test_a_list_of_a_word_processor(small: Repository, bullet: str) -> None:
    wrong = f"12: [streepje] deze regel begint met ‘{bullet}’, en dat maakt geen lijst – begin elk onderdeel van een lijst met een gewoon streepje: ‘- ’"
    small.replace(TIP_FILE, "- Kijk mee.", f"{bullet} Kijk mee.")
    assert small.problems() == in_tip(wrong)
    small.replace(TIP_FILE, f"{bullet} Kijk mee.", f"  {bullet} Kijk mee.")  # Then YAML takes it for the rest of the line above.
    assert small.problems() == in_tip("10: [te-weinig] ‘steps’ heeft 2 onderdelen – geef er minstens 3", wrong)


def test_of_a_tip_and_a_copy_of_its_file_the_copy_is_wrong(small: Repository) -> None:
    small.write("tips/001-lees-mee-1 (1).yml", (small.root / TIP_FILE).read_bytes())
    assert {line.partition(":")[0] for line in small.problems()} == {"tips/001-lees-mee-1 (1).yml"}


# ---------------------------------------------------------------- values that YAML reads otherwise

NUMBER = "een gewoon getal"
AMBIGUOUS = {
    "no": "true of false", "on": "true of false", "Yes": "true of false", "y": "true of false", "True": "true of false", "FALSE": "true of false",
    "NULL": "true of false", "012": "12", "00": "0", "0o17": NUMBER, "0x1F": NUMBER, "0b11": NUMBER, "1_000": NUMBER, "1e3": NUMBER, ".5": NUMBER,
    "5.": NUMBER, "12:30": NUMBER, "1:30:00": NUMBER, ".inf": NUMBER, "-.INF": NUMBER, ".NaN": NUMBER, "12345678901234567890": NUMBER,
}  # fmt: skip
TITLE, THE_NUMBER, ADDED = f"title: {TIP['title']}, 1\n", "number: 1\n", f"added: '{TIP['added']}'\n"
NO_DATE = "31: [datum] ‘added’ is geen datum – schrijf jjjj-mm-dd, bijvoorbeeld 2026-11-21"
WHOLE_NUMBER = "1: [soort] ‘number’ moet een heel getal zijn – schrijf alleen cijfers, zonder aanhalingstekens"


def ambiguous(value: str) -> str:
    return f"[yaml-onduidelijk] ‘{value}’ kan in YAML iets anders betekenen dan er staat – schrijf {AMBIGUOUS[value]}, of \"{value}\" met aanhalingstekens als het tekst is"


def test_values_that_yaml_1_1_and_1_2_read_differently(small: Repository) -> None:
    file = small.root / TIP_FILE
    small.write(TIP_FILE, file.read_text(encoding="utf-8") + "keywords:\n" + "".join(f"- {value}\n" for value in AMBIGUOUS))
    assert small.problems() == in_tip(*(f"{line}: {ambiguous(value)}" for line, value in enumerate(AMBIGUOUS, 35)))


@pytest.mark.parametrize(("line", "field", "old", "value"), [(1, "number", THE_NUMBER, "012"), (3, "title", TITLE, "on"), (31, "added", ADDED, "12:30")])
def test_an_ambiguous_value_gets_one_message_whatever_its_field_asks(small: Repository, line: int, field: str, old: str, value: str) -> None:
    small.replace(TIP_FILE, old, f"{field}: {value}\n")
    assert small.problems() == in_tip(f"{line}: {ambiguous(value)}")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (TITLE, "title: 12", ["3: [soort] ‘title’ moet tekst zijn – zet er aanhalingstekens om"]),
        (TITLE, "title: 1.5", ["3: [soort] ‘title’ moet tekst zijn – zet er aanhalingstekens om"]),
        (TITLE, "title: true", ["3: [soort] ‘title’ moet tekst zijn – zet er aanhalingstekens om"]),
        (TITLE, "title: null", ["3: [leeg-veld] ‘title’ is leeg – vul het in"]),
        (TITLE, "title: ~", ["3: [leeg-veld] ‘title’ is leeg – vul het in"]),
        (TITLE, "title:", ["3: [leeg-veld] ‘title’ is leeg – vul het in"]),
        (TITLE, "title: tip #12 lezen", ["3: [yaml-onduidelijk] wat na ‘ #’ staat, telt niet mee – zet aanhalingstekens om de tekst, of zet een spatie na # als het uitleg is"]),
        (TITLE, "title: Lees tip 12  # uitleg voor collega's", []),
        (TITLE, 'title: "no"', []),
        (TITLE, 'title: "tip #12"', []),
        (TITLE, "title: !!python/object/apply:os.system [x]", [f"3: [tag] {TAG}"]),
        (TITLE, "title: !!str x", [f"3: [tag] {TAG}"]),
        (TITLE, "title: ! x", [f"3: [tag] {TAG}"]),
        (TITLE, "title: &anker tekst", [f"3: [alias] {ALIAS}"]),
        (TITLE, "&anker title: tekst", [f"3: [alias] {ALIAS}"]),
        (TITLE, "title: *anker", [f"3: [alias] {ALIAS}"]),
        (TITLE, "title: {{ titel }}", [f"3: [sleutel] {KEY}"]),
        (TITLE, 'title: "a\\u202eb"', ["3: [verborgen-teken] hier staat een onzichtbaar teken (U+202E) – haal de code van dat teken weg"]),
        (TITLE, 'title: "a\\x07\\u200bb"', ["3: [verborgen-teken] hier staat een onzichtbaar teken (U+0007, U+200B) – haal de code van dat teken weg"]),
        (TITLE, "title: a\u202eb", ["3: [verborgen-teken] hier staat een onzichtbaar teken (U+202E) – typ deze regel opnieuw, zonder te plakken"]),
        (TITLE, "title: a\x07b", ["3: [verborgen-teken] hier staat een onzichtbaar teken (U+0007) – typ deze regel opnieuw, zonder te plakken"]),
        (TITLE, "title: a\x00b", ["3: [verborgen-teken] hier staat een onzichtbaar teken (U+0000) – typ deze regel opnieuw, zonder te plakken"]),
        (TITLE, "title: a\ufffeb", ["3: [verborgen-teken] hier staat een onzichtbaar teken (U+FFFE) – typ deze regel opnieuw, zonder te plakken"]),
        (TITLE, "title: \u3164", ["3: [leeg-veld] ‘title’ is leeg – vul het in", "3: [verborgen-teken] hier staat een onzichtbaar teken (U+3164) – typ deze regel opnieuw, zonder te plakken"]),
        (TITLE, "title: a\u2028b", ["3: [verborgen-teken] hier staat een onzichtbaar teken (U+2028) – typ deze regel opnieuw, zonder te plakken"]),
        (THE_NUMBER, 'number: "1"', [WHOLE_NUMBER]),
        (THE_NUMBER, "number: 1.0", [WHOLE_NUMBER]),
        (THE_NUMBER, "number: true", [WHOLE_NUMBER]),
        (THE_NUMBER, "number: [1]", [WHOLE_NUMBER]),
        (THE_NUMBER, "number: ~", ["1: [leeg-veld] ‘number’ is leeg – vul het in"]),
        (THE_NUMBER, "number: 0", ["1: [buiten-bereik] ‘number’: 0 kan niet – kies een getal vanaf 1"]),
        (THE_NUMBER, "number: 10000", ["1: [buiten-bereik] ‘number’: 10000 kan niet – kies een getal tot en met 9999"]),
        (ADDED, "added: 2025-01-10", []),
        (ADDED, "added: 2025-01-10 # een zaterdag", []),
        (ADDED, "added: 20250110", [NO_DATE]),
        (ADDED, "added: 2025-02-30", [NO_DATE]),
        (ADDED, "added: 2025-1-1", [NO_DATE]),
        (ADDED, "added: 10-01-2025", [NO_DATE]),
        (ADDED, "added: 2025-01-10T00:00:00", [NO_DATE]),
        (ADDED, "added: gisteren", [NO_DATE]),
        (ADDED, "<<: {added: 2025-01-10}", ["1: [ontbreekt] het veld ‘added’ ontbreekt – voeg het toe; in tips/_sjabloon.yml staat hoe",
                                            "31: [onbekend-veld] het veld ‘<<’ bestaat niet – kies uit de {n} die er zijn, zoals added, advice, also_themes, barriers, channels"]),
    ],
)  # fmt: skip
def test_a_value_of_another_kind(small: Repository, old: str, new: str, expected: list[str]) -> None:
    small.replace(TIP_FILE, old, new + "\n")
    assert [re.sub(r"uit de \d+ die", "uit de {n} die", line) for line in small.problems()] == in_tip(*expected)


def test_aliases_that_would_grow_are_not_followed(small: Repository) -> None:
    laughs = "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9) if i else 'lol'}]\n" for i in range(9))
    small.write(TIP_FILE, laughs + "number: 1\n")
    assert in_tip(f"9: [alias] {ALIAS}")[0] in small.problems()


def test_a_merge_key_brings_nothing_in(small: Repository) -> None:
    small.replace(TIP_FILE, "effort:\n  level: klein\n", "effort:\n  <<: *basis\n  level: klein\n")
    assert small.problems() == in_tip(f"28: [alias] {ALIAS}")


def test_a_damaged_file_gets_messages_and_never_a_traceback(small: Repository) -> None:
    whole = (small.root / TIP_FILE).read_text(encoding="utf-8")
    chance = random.Random(12)
    for _ in range(80):
        text = whole
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(text))
            text = text[:place] + chance.choice(("", ":", ": ", "- ", "[", "}", '"', "'", "&a ", "*a", "!", "|", "\n", "\n  ", "#", "? ", "\t", "%", "---\n", "\0")) + text[place + chance.randint(0, 3) :]
        text = text[: chance.randrange(len(text))] if chance.random() < 0.3 else text
        small.write(TIP_FILE, text)
        for problem in check_all(load(small.root, TODAY), TODAY):
            assert problem.path == TIP_FILE and 1 <= problem.line <= max(1, len(text.splitlines())), (problem, text)


def test_numbers_that_take_a_careless_pattern_hours(small: Repository) -> None:
    small.replace(TIP_FILE, TITLE, f"title: {'0_' * 90_000}x\n")
    assert small.problems() == in_tip("3: [te-lang] ‘title’ heeft 180001 tekens – maak er hoogstens 80 van")


# ---------------------------------------------------------------- whole files


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "1: [leeg] dit bestand is leeg – vul het in of haal het weg"),
        (b" \n\n", "1: [leeg] dit bestand is leeg – vul het in of haal het weg"),
        (b"# alleen uitleg\n# en meer uitleg\n", "1: [leeg] dit bestand is leeg – vul het in of haal het weg"),
        (b"---\n", "1: [leeg] dit bestand is leeg – vul het in of haal het weg"),
        (b"- number: 1\n", "1: [soort] het bestand moet uit velden bestaan – schrijf ‘veld: waarde’ op eigen regels; in tips/_sjabloon.yml staat hoe"),
        (b"zomaar tekst\n", "1: [soort] het bestand moet uit velden bestaan – schrijf ‘veld: waarde’ op eigen regels; in tips/_sjabloon.yml staat hoe"),
        ("number: 1\ntitle: één\n".encode("latin-1"), "2: [geen-utf8] dit bestand is niet opgeslagen als UTF-8 – kies in je editor ‘opslaan met codering UTF-8’"),
        ("number: 1\n".encode("utf-16"), "1: [geen-utf8] dit bestand is niet opgeslagen als UTF-8 – kies in je editor ‘opslaan met codering UTF-8’"),
        (b"number: 1\n" + b"#" * 200_000, "1: [te-groot] dit bestand is groter dan 200 kB – maak de tekst korter of verdeel hem over meer tips"),
    ],
)
def test_a_file_that_holds_no_tip(small: Repository, content: bytes, expected: str) -> None:
    small.write(TIP_FILE, content)
    assert small.problems() == in_tip(expected)


@pytest.mark.parametrize("path", [TIP_FILE, PERSON_FILE, THEMES, "content/glossary.yml", OVER])
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(small: Repository, path: str) -> None:
    before = load(small.root, TODAY).knowledge
    small.write(path, b"\xef\xbb\xbf" + (small.root / path).read_bytes().replace(b"\n", b"\r\n"))
    assert small.problems() == []
    assert vars(load(small.root, TODAY).knowledge) == vars(before)


def rename(old: str, new: str) -> Callable[[Repository], object]:
    return lambda small: (small.root / old).rename(small.root / new)


def write(path: str, content: str | bytes) -> Callable[[Repository], object]:
    return lambda small: small.write(path, content)


def change(path: str, old: str, new: str) -> Callable[[Repository], object]:
    return lambda small: small.replace(path, old, new)


def remove(path: str) -> Callable[[Repository], object]:
    return lambda small: shutil.rmtree(small.root / path) if (small.root / path).is_dir() else (small.root / path).unlink()


def link(path: str, target: str) -> Callable[[Repository], object]:
    return lambda small: (small.root / path).symlink_to(target)


def fifo(path: str) -> Callable[[Repository], object]:
    return lambda small: ((small.root / path).unlink(missing_ok=True), os.mkfifo(small.root / path))


def folder(path: str) -> Callable[[Repository], object]:
    return lambda small: (small.root / path).mkdir()


NAME = "de bestandsnaam past niet bij nummer 1 en slug ‘lees-mee-1’ – noem het bestand 001-lees-mee-1.yml of verbeter het nummer of de slug"
NO_TIP = "[bestandsnaam] dit is geen bestand met een tip – geef het een naam als 012-korte-naam.yml, of zet het ergens anders"
NO_FILE = "[geen-bestand] dit is geen gewoon bestand – haal het weg of zet er een tekstbestand neer"
BAD_NAME = "[bestandsnaam] deze bestandsnaam kan niet – gebruik kleine letters, cijfers en streepjes, en eindig op"
TAKEN = "[bestandsnaam] deze naam is al van een pagina die wij maken – geef je pagina een andere naam"

FILES: dict[str, tuple[Callable[[Repository], object], list[str]]] = {
    "another ending": (rename(TIP_FILE, "tips/001-lees-mee-1.yaml"), [f"tips/001-lees-mee-1.yaml:1: [bestandsnaam] {NAME}"]),
    "a number of one figure": (rename(TIP_FILE, "tips/1-lees-mee-1.yml"), [f"tips/1-lees-mee-1.yml:1: [bestandsnaam] {NAME}"]),
    "a number of four figures": (rename(TIP_FILE, "tips/0001-lees-mee-1.yml"), [f"tips/0001-lees-mee-1.yml:2: [bestandsnaam] {NAME}"]),
    "another number": (rename(TIP_FILE, "tips/003-lees-mee-1.yml"), [f"tips/003-lees-mee-1.yml:1: [bestandsnaam] {NAME}"]),
    "another slug": (rename(TIP_FILE, "tips/001-iets-anders.yml"), [f"tips/001-iets-anders.yml:2: [bestandsnaam] {NAME}"]),
    "a name with spaces": (rename(TIP_FILE, "tips/Tip 1.yml"), [f"tips/Tip 1.yml:1: [bestandsnaam] {NAME}"]),
    "a name that forges output": (write("tips/x\n::error::y.yml", ""), ["tips/x\\n::error::y.yml:1: [bestandsnaam] deze bestandsnaam kan niet – noem het bestand naar nummer en slug, zoals 012-korte-naam.yml", "tips/x\\n::error::y.yml:1: [leeg] dit bestand is leeg – vul het in of haal het weg"]),
    "a copy": (
        lambda small: shutil.copy(small.root / TIP_FILE, small.root / "tips/005-kopie.yml"),
        [
            f"tips/005-kopie.yml:1: [bestandsnaam] {NAME}",
            f"tips/005-kopie.yml:1: [dubbel] nummer ‘1’ staat ook in {TIP_FILE} – kies een vrij nummer, zoals 3, ook in de naam van het bestand",
            f"tips/005-kopie.yml:2: [dubbel] slug ‘lees-mee-1’ staat ook in {TIP_FILE} – kies iets anders",
            f"tips/005-kopie.yml:3: [dubbel] titel ‘Vraag een inwoner om mee te lezen, 1’ staat ook in {TIP_FILE} – kies iets anders",
        ],
    ),
    "another kind of file": (write("tips/README.md", "Hoi"), [f"tips/README.md:1: {NO_TIP}"]),
    "a folder in tips": (write("tips/oud/003-x.yml", "number: 3"), [f"tips/oud:1: {NO_TIP}"]),
    "a folder with the name of a tip": (folder("tips/005-x.yml"), [f"tips/005-x.yml:1: {NO_FILE}"]),
    "a link to elsewhere": (link("tips/005-x.yml", str(ROOT / "mkdocs.yml")), ["tips/005-x.yml:1: [buiten-map] dit bestand is een verwijzing naar buiten de map – zet het bestand zelf hier neer"]),
    "a link to a device": (link("tips/005-x.yml", "/dev/zero"), [f"tips/005-x.yml:1: {NO_FILE}"]),
    "a link to nothing": (link("tips/005-x.yml", "nergens.yml"), [f"tips/005-x.yml:1: {NO_FILE}"]),
    "a link to itself": (link("tips/005-x.yml", "005-x.yml"), [f"tips/005-x.yml:1: {NO_FILE}"]),
    "no tips": (remove("tips"), ["tips:1: [map-ontbreekt] de map tips ontbreekt of is niet te lezen – haal hem terug uit de vorige versie"]),
    "no people": (remove("content/people"), ["content/people:1: [map-ontbreekt] de map content/people ontbreekt of is niet te lezen – haal hem terug uit de vorige versie"]),
    "no sources": (remove("content/sources"), ["content/sources:1: [map-ontbreekt] de map content/sources ontbreekt of is niet te lezen – haal hem terug uit de vorige versie"]),
    # Vocabularies: none of these may cascade into the tips that use them.
    "a vocabulary that is gone": (remove(THEMES), [f"{THEMES}:1: [bestand-ontbreekt] het bestand {THEMES} ontbreekt – haal het terug uit de vorige versie"]),
    "a vocabulary with a syntax error": (write(THEMES, "- id: [a, b\n- id: c\n"), [f"{THEMES}:1: [yaml] {OPEN_BRACKET}"]),
    "a vocabulary that is empty": (write(THEMES, "# niets\n"), [f"{THEMES}:1: [leeg] dit bestand is leeg – vul het in of haal het weg"]),
    "a vocabulary without terms": (write(THEMES, "[]\n"), [f"{THEMES}:1: [soort] hier hoort een lijst met onderdelen – begin elk onderdeel met een streepje"]),
    "a vocabulary that is no list": (write(THEMES, "id: gebruiksgemak\n"), [f"{THEMES}:1: [soort] hier hoort een lijst met onderdelen – begin elk onderdeel met een streepje"]),
    "a vocabulary of words": (write(ROLES, "- ict\n"), [f"{ROLES}:1: [soort] nummer 1 moet uit velden bestaan – schrijf ‘veld: waarde’ op eigen regels; kijk hoe het in een ander bestand of onderdeel staat"]),
    "a term without its id": (change(THEMES, "- id: gebruiksgemak\n  label", "- label"), [f"{THEMES}:3: [ontbreekt] het veld nummer 1, ‘id’ ontbreekt – voeg het toe; kijk hoe het in een ander bestand of onderdeel staat"]),
    "a term with a list as id": (change(THEMES, "- id: gebruiksgemak", "- id: [a]"), [f"{THEMES}:3: [soort] nummer 1, ‘id’ moet tekst zijn – schrijf gewone tekst, geen lijst"]),
    "a term without its label": (change(THEMES, "  label: Gebruiksgemak\n", ""), [f"{THEMES}:3: [ontbreekt] het veld nummer 1, ‘label’ ontbreekt – voeg het toe; kijk hoe het in een ander bestand of onderdeel staat"]),
    "a term that stands twice": (write(ROLES, "- {id: a, label: A, explanation: A.}\n- {id: a, label: B, explanation: B.}\n"), [f"{ROLES}:2: [dubbel] ‘a’ staat er twee keer – haal een van de twee weg, of noem hem anders"]),
    "an icon that is not there": (write(ROLES, "- {id: a, label: A, explanation: A.}\n- id: b\n  label: B\n  explanation: B.\n  icon: material/laptp\n"), [f"{ROLES}:5: [onbekend-pictogram] het pictogram ‘material/laptp’ bestaat niet – bedoel je ‘material/laptop’ of ‘material/lamp’?"]),
    "an icon from elsewhere": (write(ROLES, "- {id: a, label: A, explanation: A., icon: ../../etc/passwd}\n"), [f"{ROLES}:1: [vorm] nummer 1, ‘icon’: ‘../../etc/passwd’ heeft niet de goede vorm – schrijf een pictogram als material/laptop"]),
    "a colour by name": (change(THEMES, 'light: "#96340f"', "light: rood"), [f"{THEMES}:11: [vorm] nummer 1, ‘colour’, ‘light’: ‘rood’ heeft niet de goede vorm – schrijf een kleur als \"#0a5f7a\""]),
    # The glossary and the texts of the site.
    "no glossary": (remove("content/glossary.yml"), ["content/glossary.yml:1: [bestand-ontbreekt] het bestand content/glossary.yml ontbreekt – haal het terug uit de vorige versie"]),
    "an organisation that has a file already": (write("content/organisations/gemeente-verzonnen.yml", ORGANISATION), [
        "content/organisations/gemeente-verzonnen.yml:1: [niet-gebruikt] geen tip verwijst hiernaar – gebruik het in een tip, of haal het bestand weg",
        "content/organisations/gemeente-voorbeeld.yml:1: [dubbel] ‘Gemeente Voorbeeld’ staat ook in content/organisations/gemeente-verzonnen.yml – houd één van de twee over",
    ]),
    "a term that begins with a tip of another": (change("content/vocabularies/questions.yml", "  icon: material/rocket-launch-outline\n", "  icon: material/rocket-launch-outline\n  begin: 2\n"), [
        "content/vocabularies/questions.yml:6: [begin] tip 2 heeft het label ‘waar-begin-ik’ niet – kies een tip met dit label",
    ]),
    "a word that stands twice": (write("content/glossary.yml", GLOSSARY * 2), ["content/glossary.yml:3: [dubbel] ‘balie’ staat er twee keer – haal een van de twee weg, of noem hem anders"]),
    "no texts": (remove("content/site.yml"), ["content/site.yml:1: [bestand-ontbreekt] het bestand content/site.yml ontbreekt – haal het terug uit de vorige versie"]),
    "a text of another name": (change("content/site.yml", "tagline:", "tagine:"), ["content/site.yml:3: [ontbreekt] het veld ‘tagline’ ontbreekt – voeg het toe; kijk hoe het in een ander bestand of onderdeel staat", "content/site.yml:4: [onbekend-veld] het veld ‘tagine’ bestaat niet – bedoel je ‘tagline’?"]),
    # People, organisations and sources.
    "a person with a syntax error": (write(PERSON_FILE, 'name: "Bo\n'), [f"{PERSON_FILE}:1: [yaml] {OPEN_QUOTE}"]),
    "a person that is a list": (write(PERSON_FILE, "- Bo\n"), [f"{PERSON_FILE}:1: [soort] het bestand moet uit velden bestaan – schrijf ‘veld: waarde’ op eigen regels; kijk hoe het in een ander bestand of onderdeel staat"]),
    "a person with a field too many": (change(PERSON_FILE, "role:", "rol:"), [f"{PERSON_FILE}:2: [onbekend-veld] het veld ‘rol’ bestaat niet – bedoel je ‘role’?"]),
    "a person at an unknown organisation": (change(PERSON_FILE, "voorbeeld", "vorbeeld"), [f"{PERSON_FILE}:3: [onbekende-term] ‘organisation’: ‘gemeente-vorbeeld’ bestaat niet in content/organisations/ – bedoel je ‘gemeente-voorbeeld’?"]),
    "a person in a file with spaces": (rename(PERSON_FILE, "content/people/Bo de Vries.yml"), [f"content/people/Bo de Vries.yml:1: {BAD_NAME} .yml"]),
    "a person in a file with another ending": (rename(PERSON_FILE, "content/people/bo-de-vries.yaml"), [f"content/people/bo-de-vries.yaml:1: {BAD_NAME} .yml"]),
    "a person in a folder": (write("content/people/oud/x.yml", PERSON), [f"content/people/oud:1: {BAD_NAME} .yml"]),
    "a person in a hidden way": (write("content/people/_x.yml", PERSON), [f"content/people/_x.yml:1: {BAD_NAME} .yml"]),
    "a person who is gone": (remove(PERSON_FILE), [f"tips/00{n}-lees-mee-{n}.yml:18: [onbekende-term] ‘examples’, nummer 1, ‘person’: ‘bo-de-vries’ bestaat niet in content/people/ – er is nog niets om uit te kiezen" for n in (1, 2)]),
    "an organisation of an unknown kind": (write("content/organisations/gemeente-voorbeeld.yml", ORGANISATION.replace("kind: gemeente", "kind: gemeent")), ["content/organisations/gemeente-voorbeeld.yml:2: [onbekende-term] ‘kind’: ‘gemeent’ bestaat niet in content/vocabularies/organisation-kinds.yml – bedoel je ‘gemeente’?"]),
    "a source with a year as text": (change(SOURCE_FILE, "year: 2024", 'year: "2024"'), [f"{SOURCE_FILE}:3: [soort] ‘year’ moet een heel getal zijn – schrijf alleen cijfers, zonder aanhalingstekens"]),
    "a source of long ago": (change(SOURCE_FILE, "year: 2024", "year: 24"), [f"{SOURCE_FILE}:3: [buiten-bereik] ‘year’: 24 kan niet – kies een getal vanaf 1900"]),
    "a source without a title": (change(SOURCE_FILE, "title: Mensen lezen anders dan je denkt\n", ""), [f"{SOURCE_FILE}:1: [ontbreekt] het veld ‘title’ ontbreekt – voeg het toe; kijk hoe het in een ander bestand of onderdeel staat"]),
    # Pages.
    "a page without front matter": (write(OVER, "# Over ons\n"), [f"{OVER}:1: [kopgegevens] de titel en beschrijving bovenaan ontbreken of kloppen niet – begin met ---, title: …, description: … en weer ---"]),
    "a page with other front matter": (change(OVER, "title: Over ons", "title: Over ons\ntemplate: anders.html"), [f"{OVER}:1: [kopgegevens] de titel en beschrijving bovenaan ontbreken of kloppen niet – begin met ---, title: …, description: … en weer ---"]),
    "a page without a description": (change(OVER, "description: Wat dit is en voor wie.\n", ""), [f"{OVER}:1: [kopgegevens] ‘description’ ontbreekt bovenaan – zet er één regel met description: …"]),
    "a page with two titles": (change(OVER, "title: Over ons", "title: Over ons\ntitle: Over jou"), [f"{OVER}:1: [kopgegevens] ‘title’ staat er twee keer bovenaan – zet er één regel met title: …"]),
    "a page with an empty title": (change(OVER, "title: Over ons", 'title: ""'), [f"{OVER}:2: [leeg-veld] ‘title’: hier staat geen tekst – schrijf er iets, of haal het veld weg"]),
    "a page with a long title": (change(OVER, "title: Over ons", f"title: {'x' * 81}"), [f"{OVER}:2: [te-lang] ‘title’ heeft 81 tekens – maak er hoogstens 80 van"]),
    "a page without a heading": (change(OVER, "# Over ons\n", ""), [f"{OVER}:5: [kop] de pagina begint niet met een kop – begin de tekst met # en de titel"]),
    "a page with two main headings": (write(OVER, PAGE + "\n# Nog een\n"), [f"{OVER}:10: [kop] dit is de tweede hoofdkop van de pagina – gebruik ##"]),
    "a page with a main heading in a list": (write(OVER, PAGE + "\n- tekst\n\n    # Kop\n"), [f"{OVER}:5: [opmaak] deze tekst wordt iets dat niet mag: het element h1 – schrijf het eenvoudiger op"]),
    "a page that skips a heading": (write(OVER, PAGE + "\n### Nog een\n"), [f"{OVER}:10: [kop] deze kop slaat een niveau over (###) – gebruik ##"]),
    "a page with HTML": (write(OVER, PAGE + "\n<script>x</script>\n"), [f"{OVER}:10: [html] hier staat HTML – gebruik Markdown, of schrijf ‘kleiner dan’ voluit"]),
    "a page with links that can't be": (
        write(OVER, PAGE + "\n[a](//evil.md)\n[b](javascript:x)\n[c](tip:99)\n[d](../x.md)\n[e](tip:1) [f](over.md#kop) [g](#kop)\n"),
        [
            f"{OVER}:10: [link] ‘//evil.md’ kan geen link zijn: het adres begint niet met https:// of http:// – gebruik een adres dat met https:// begint, of tip:12",
            f"{OVER}:11: [link] ‘javascript:x’ kan geen link zijn: het adres begint niet met https:// of http:// – gebruik een adres dat met https:// begint, of tip:12",
            f"{OVER}:12: [onbekende-tip] ‘tip:99’ verwijst naar een tip die er niet is – gebruik het nummer van een bestaande tip, zoals tip:12",
            f"{OVER}:13: [link] ‘../x.md’ kan geen link zijn: het adres begint niet met https:// of http:// – gebruik een adres dat met https:// begint, of tip:12",
        ],
    ),
    "a page with a tab": (change(OVER, "Dit is", "Dit\tis"), [f"{OVER}:8: [tab] hier staat een tab – gebruik spaties om in te springen"]),
    "a page that turns text round": (change(OVER, "Dit is", "Dit\u202e is"), [f"{OVER}:8: [verborgen-teken] hier staat een onzichtbaar teken (U+202E) – typ deze regel opnieuw, zonder te plakken"]),
    "a page with a conflict": (write(OVER, PAGE + "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n"), [f"{OVER}:9: [conflict] {CONFLICT}"]),
    "a page that is too long": (write(OVER, PAGE + "Dit is veel. " * 3000), [f"{OVER}:1: [te-lang] deze pagina heeft {len(PAGE) + 39_000} tekens – maak er hoogstens 30000 van, of verdeel de tekst over meer pagina's"]),
    "a page in another encoding": (write(OVER, PAGE.encode() + b"caf\xe9\n"), [f"{OVER}:9: [geen-utf8] dit bestand is niet opgeslagen als UTF-8 – kies in je editor ‘opslaan met codering UTF-8’"]),
    "a page that links to itself": (lambda small: (remove(OVER)(small), link(OVER, "over.md")(small)), [f"{OVER}:1: {NO_FILE}"]),
    "a page with capitals": (write("content/pages/Over-ons.md", PAGE), [f"content/pages/Over-ons.md:1: {BAD_NAME} .md"]),
    "a page in place of the home page": (write("content/pages/index.md", PAGE), [f"content/pages/index.md:1: {TAKEN}"]),
    "a page in place of a list": (write("content/pages/tips.md", PAGE), [f"content/pages/tips.md:1: {TAKEN}"]),
    "a file that MkDocs would publish": (write("content/pages/_x.html", "<script>alert(1)</script>"), [f"content/pages/_x.html:1: {BAD_NAME} .md"]),
    "a picture among the pages": (write("content/pages/x.svg", "<svg/>"), [f"content/pages/x.svg:1: {BAD_NAME} .md"]),
    "a folder among the pages": (write("content/pages/sub/x.md", PAGE), [f"content/pages/sub:1: {BAD_NAME} .md"]),
    "a folder that is called as a page": (folder("content/pages/x.md"), [f"content/pages/x.md:1: {NO_FILE}"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_as_it_should_be(small: Repository, name: str) -> None:
    act, expected = FILES[name]
    act(small)
    assert small.problems() == expected


def test_a_page_cannot_take_the_place_of_one_that_we_make(small: Repository) -> None:
    knowledge = load(ROOT, date.today()).knowledge
    assert knowledge
    by_hand = {page.path.removesuffix(".md") for page in knowledge.hand_pages}  # Ours may stand below one of these.
    made = {page.address.partition("/")[0] or "index" for page in pages.render(derive(knowledge)) if page.kind != "hand"} - by_hand
    assert len(made) > 10
    for name in made:
        small.write(f"content/pages/{name}.md", PAGE)
    assert small.problems() == [f"content/pages/{name}.md:1: {TAKEN}" for name in sorted(made)]


def test_pipes_do_not_make_the_command_wait(small: Repository) -> None:
    paths = [OVER, PERSON_FILE, PUBLISHED, "content/site.yml", THEMES, "tips/005-x.yml"]
    for path in paths:
        fifo(path)(small)
    result = small.run("check")
    assert (result.returncode, result.stderr) == (1, "")
    assert result.stdout.splitlines() == [*(f"{path}:1: {NO_FILE}" for path in paths if path != PUBLISHED), "5 fouten, 0 waarschuwingen"]


@pytest.fixture
def forbidden() -> Iterator[Repository]:
    """A repository below a folder that anyone may enter, looked at as a user who isn't root: root may read everything."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        repository = Repository(Path(name) / "klein")
        repository.tip(1)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        yield repository
        os.seteuid(user)


def test_a_file_that_may_not_be_read(forbidden: Repository) -> None:
    user = os.geteuid()
    os.seteuid(os.getuid())
    (forbidden.root / TIP_FILE).chmod(0)
    os.seteuid(user)
    assert forbidden.problems() == in_tip("1: [niet-te-lezen] dit bestand is niet te lezen – controleer of het bestaat en of je er rechten op hebt")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("content/people", "content/people:1: [map-ontbreekt] de map content/people ontbreekt of is niet te lezen – haal hem terug uit de vorige versie"),
        ("content/vocabularies", f"{THEMES}:1: [bestand-ontbreekt] het bestand {THEMES} ontbreekt – haal het terug uit de vorige versie"),
    ],
)
def test_a_folder_that_may_not_be_read(forbidden: Repository, path: str, expected: str) -> None:
    user = os.geteuid()
    os.seteuid(os.getuid())
    (forbidden.root / path).chmod(0)
    os.seteuid(user)
    problems = forbidden.problems()
    os.seteuid(os.getuid())
    (forbidden.root / path).chmod(0o755)
    assert expected in problems and not [line for line in problems if not line.startswith(path)]


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS takes no such file names")
def test_a_name_that_is_no_text(small: Repository) -> None:
    (small.root / os.fsdecode(b"tips/\xff.yml")).write_text("number: 3\n", encoding="utf-8")
    result = small.run("check")
    assert result.returncode == 1 and result.stderr == ""
    assert result.stdout.startswith("tips/\\udcff.yml:1: [bestandsnaam] deze bestandsnaam kan niet")


def test_what_an_editor_wrote_cannot_forge_a_line(small: Repository) -> None:
    small.replace(TIP_FILE, "theme: gebruiksgemak", 'theme: "x\\n::error::y"')
    small.replace(TIP_FILE, "evidence: praktijk", f"evidence: {'heel ' * 100}veel")
    problems = small.problems()
    assert problems[0].startswith(f"{TIP_FILE}:4: [onbekende-term] ‘theme’: ‘x\\n::error::y’ bestaat niet in {THEMES}")
    assert problems[1] == in_tip(f"30: [onbekende-term] ‘evidence’: ‘{'heel ' * 12}…’ bestaat niet in content/vocabularies/evidence-levels.yml – kies uit: ervaring, onderzoek, praktijk, wettelijk")[0]
    assert len(report(check_all(load(small.root, TODAY), TODAY)).splitlines()) == 3
    annotations = [line for line in small.run("check", github=True).stdout.splitlines() if line.startswith("::")]
    assert [line.partition("::")[2].partition("::")[0] for line in annotations] == [f"error file={TIP_FILE},line={line},title=onbekende-term" for line in (4, 30)]


# ---------------------------------------------------------------- fields of a tip

SECOND_LINE_UP = "schrijf ‘veld: waarde’ op eigen regels; in tips/_sjabloon.yml staat hoe"
LIST = "moet een lijst zijn – zet elk onderdeel op een regel die begint met een gewoon streepje (- ), of tussen [ en ]"
TEXT = "moet tekst zijn – zet er aanhalingstekens om"
NO_LIST = "moet tekst zijn – schrijf gewone tekst, geen lijst"
NO_GROUP = "moet tekst zijn – staat er een dubbele punt in de zin, zet dan aanhalingstekens om de hele zin"
MISSING = "ontbreekt – voeg het toe; in tips/_sjabloon.yml staat hoe"
SLUG_FORM = "heeft niet de goede vorm – gebruik kleine letters, cijfers en streepjes, zonder spaties"
PART_OF_DATE = 'heeft niet de goede vorm – schrijf een jaar, maand of dag tussen aanhalingstekens, zoals "2024" of "2024-05-31"'
MONTH = "bestaat niet – kijk hoeveel dagen de maand heeft"
FUTURE = "– gebruik de dag van vandaag of eerder"
THEME_IDS = "deel-en-werk-samen, digitaal-op-orde, gebruiksgemak, goed-proces, inclusie, informatieveiligheid, intern-draagvlak, kanaalsturing, ken-je-gebruiker"

FIELDS: list[tuple[dict[str, Any], list[str]]] = [
    # Missing, unknown and of the wrong kind.
    ({"questions": None}, [f"1: [ontbreekt] het veld ‘questions’ {MISSING}"]),
    ({"tittle": "x"}, ["34: [onbekend-veld] het veld ‘tittle’ bestaat niet – bedoel je ‘title’?"]),
    ({"examples": [{**EXAMPLE, "bron": "x"}]}, ["20: [onbekend-veld] het veld ‘examples’, nummer 1, ‘bron’ bestaat niet – bedoel je ‘source’?"]),
    ({"examples": [{**EXAMPLE, "peron": "x"}]}, ["20: [onbekend-veld] het veld ‘examples’, nummer 1, ‘peron’ bestaat niet – bedoel je ‘person’?"]),
    ({"examples": [{**EXAMPLE, "foto": "x"}]}, ["20: [onbekend-veld] het veld ‘examples’, nummer 1, ‘foto’ bestaat niet – kies uit: date, heading, organisation, person, source, text, verbatim"]),
    ({"target_groups": {"kern": ["ouderen"]}}, ["35: [onbekend-veld] het veld ‘target_groups’, ‘kern’ bestaat niet – kies uit: also, core"]),
    ({"effort": {"level": "klein"}}, [f"27: [ontbreekt] het veld ‘effort’, ‘text’ {MISSING}"]),
    ({"examples": [{"person": "bo-de-vries"}]}, [f"16: [ontbreekt] het veld ‘examples’, nummer 1, ‘{field}’ {MISSING}" for field in ("heading", "source", "text")]),
    ({"title": ["a"]}, [f"3: [soort] ‘title’ {NO_LIST}"]),
    ({"title": {"a": 1}}, [f"3: [soort] ‘title’ {NO_GROUP}"]),
    ({"slug": 5}, [f"2: [soort] ‘slug’ {TEXT}"]),
    ({"steps": "Kies een brief."}, [f"10: [soort] ‘steps’ {LIST}"]),
    ({"steps": {"a": 1}}, [f"10: [soort] ‘steps’ {LIST}"]),
    ({"steps": ["a", "b", 5]}, [f"13: [soort] ‘steps’, nummer 3 {TEXT}"]),
    ({"steps": ["a", "b", {"Let op": "bel eerst."}]}, [f"13: [soort] ‘steps’, nummer 3 {NO_GROUP}"]),
    ({"steps": ["a", "b", None]}, ["13: [leeg-veld] ‘steps’, nummer 3 is leeg – vul het in of haal het weg"]),
    ({"examples": "x"}, [f"15: [soort] ‘examples’ {LIST}"]),
    ({"examples": ["x"]}, [f"16: [soort] ‘examples’, nummer 1 moet uit velden bestaan – {SECOND_LINE_UP}"]),
    ({"examples": [{**EXAMPLE, "verbatim": "ja"}]}, ["20: [soort] ‘examples’, nummer 1, ‘verbatim’ moet true of false zijn – schrijf true of false, zonder aanhalingstekens"]),
    ({"examples": [{**EXAMPLE, "date": 2024}]}, [f"20: [soort] ‘examples’, nummer 1, ‘date’ {TEXT}"]),
    ({"research": [{**RESEARCH, "figures": [{"value": 85, "counts": "x"}]}]}, [f"26: [soort] ‘research’, nummer 1, ‘figures’, nummer 1, ‘value’ {TEXT}"]),
    ({"target_groups": ["ouderen"]}, [f"34: [soort] ‘target_groups’ moet uit velden bestaan – {SECOND_LINE_UP}"]),
    ({"target_groups": {"core": "ouderen"}}, [f"35: [soort] ‘target_groups’, ‘core’ {LIST}"]),
    ({"effort": "klein"}, [f"27: [soort] ‘effort’ moet uit velden bestaan – {SECOND_LINE_UP}"]),
    ({"related": ["2"]}, ["35: [soort] ‘related’, nummer 1 moet een heel getal zijn – schrijf alleen cijfers, zonder aanhalingstekens"]),
    ({"status": True}, [f"34: [soort] ‘status’ {TEXT}"]),
    ({"status": ["actueel"]}, [f"34: [soort] ‘status’ {NO_LIST}"]),
    # Too long, too short, too many.
    ({"title": "x" * 81}, ["3: [te-lang] ‘title’ heeft 81 tekens – maak er hoogstens 80 van"]),
    ({"summary": "x" * 201}, ["5: [te-lang] ‘summary’ heeft 201 tekens – maak er hoogstens 200 van"]),
    ({"advice": "x" * 2501}, ["6: [te-lang] ‘advice’ heeft 2501 tekens – maak er hoogstens 2500 van"]),
    ({"slug": "x" * 61}, ["2: [te-lang] ‘slug’ heeft 61 tekens – maak er hoogstens 60 van"]),
    ({"keywords": ["goed", "x" * 61]}, ["36: [te-lang] ‘keywords’, nummer 2 heeft 61 tekens – maak er hoogstens 60 van"]),
    ({"conclusion": ""}, ["34: [leeg-veld] ‘conclusion’ is leeg – vul het in of haal het weg"]),
    ({"title": "\xa0 "}, ["3: [leeg-veld] ‘title’: hier staat geen tekst – schrijf er iets, of haal het veld weg"]),
    ({"steps": ["a", "b"]}, ["10: [te-weinig] ‘steps’ heeft 2 onderdelen – geef er minstens 3"]),
    ({"steps": ["a"] * 8}, ["10: [te-veel] ‘steps’ heeft te veel onderdelen – houd er hoogstens 7 over"]),
    ({"steps": ["a", "b", "<b>"]}, ["13: [html] ‘steps’, nummer 3: hier staat HTML – gebruik Markdown, of schrijf ‘kleiner dan’ voluit"]),
    ({"questions": []}, ["25: [te-weinig] ‘questions’ heeft 0 onderdelen – geef er minstens 1"]),
    ({"keywords": ["a", "b", "a"]}, ["37: [dubbel] ‘keywords’, nummer 3: ‘a’ staat er twee keer – houd er één"]),
    ({"related": [2, 2]}, ["36: [dubbel] ‘related’, nummer 2: ‘2’ staat er twee keer – houd er één"]),
    # Names that are not in the lists.
    ({"slug": "Met Hoofdletters"}, [f"2: [vorm] ‘slug’: ‘Met Hoofdletters’ {SLUG_FORM}"]),
    ({"slug": "../../weg"}, [f"2: [vorm] ‘slug’: ‘../../weg’ {SLUG_FORM}"]),
    ({"former_slugs": ["oud", "Oud"]}, [f"36: [vorm] ‘former_slugs’, nummer 2: ‘Oud’ {SLUG_FORM}"]),
    ({"theme": "gebruiksgemk"}, [f"4: [onbekende-term] ‘theme’: ‘gebruiksgemk’ bestaat niet in {THEMES} – bedoel je ‘gebruiksgemak’?"]),
    ({"theme": "koffie"}, [f"4: [onbekende-term] ‘theme’: ‘koffie’ bestaat niet in {THEMES} – kies uit: {THEME_IDS}"]),
    ({"target_groups": {"core": ["ouder"]}}, ["36: [onbekende-term] ‘target_groups’, ‘core’, nummer 1: ‘ouder’ bestaat niet in content/vocabularies/target-groups.yml – bedoel je ‘ouderen’?"]),
    ({"effort": {"level": "licht", "text": "x"}}, ["28: [onbekende-term] ‘effort’, ‘level’: ‘licht’ bestaat niet in content/vocabularies/effort-levels.yml – kies uit: groot, klein, middel"]),
    ({"evidence": "bewezen"}, ["30: [onbekende-term] ‘evidence’: ‘bewezen’ bestaat niet in content/vocabularies/evidence-levels.yml – kies uit: ervaring, onderzoek, praktijk, wettelijk"]),
    ({"examples": [{**EXAMPLE, "person": "bo-de-vriez"}]}, ["18: [onbekende-term] ‘examples’, nummer 1, ‘person’: ‘bo-de-vriez’ bestaat niet in content/people/ – bedoel je ‘bo-de-vries’?"]),
    ({"research": [{**RESEARCH, "source": "lezen-2023"}]}, ["24: [onbekende-term] ‘research’, nummer 1, ‘source’: ‘lezen-2023’ bestaat niet in content/sources/ – bedoel je ‘lezen-2024’?"]),
    ({"links": [{**LINK, "kind": "wetje"}]}, ["37: [onbekende-term] ‘links’, nummer 1, ‘kind’: ‘wetje’ bestaat niet in content/vocabularies/link-kinds.yml – bedoel je ‘wet’ of ‘website’?"]),
    ({"links": [{**LINK, "language": "Nederlands"}]}, ["38: [vorm] ‘links’, nummer 1, ‘language’: ‘Nederlands’ heeft niet de goede vorm – schrijf twee kleine letters, zoals nl of en"]),
    ({"status": "klaar"}, ["34: [onbekende-term] ‘status’: ‘klaar’ kan hier niet – kies uit: actueel, concept of vervallen"]),
    ({"related": [7]}, ["35: [onbekende-tip] ‘related’, nummer 1: er is geen tip 7 – gebruik het nummer van een bestaande tip"]),
    ({"replaced_by": 7, "status": "vervallen"}, ["34: [onbekende-tip] ‘replaced_by’: er is geen tip 7 – gebruik het nummer van een bestaande tip"]),
    # Dates.
    ({"added": "2025-W01-1"}, ["31: [datum] ‘added’ is geen datum – schrijf jjjj-mm-dd, bijvoorbeeld 2026-11-21"]),
    ({"added": "2099-01-01"}, [f"31: [datum] ‘added’ ligt in de toekomst (2099-01-01) {FUTURE}"]),
    ({"reviewed": "2026-11-22"}, [f"32: [datum] ‘reviewed’ ligt in de toekomst (2026-11-22) {FUTURE}"]),
    ({"added": "2025-07-01"}, ["32: [datum] ‘reviewed’ ligt voor ‘added’ – gebruik de dag van toevoegen of later"]),
    ({"review_by": "2025-01-01"}, ["33: [datum] ‘review_by’ ligt voor ‘reviewed’ – kies een dag in de toekomst"]),
    ({"examples": [{**EXAMPLE, "date": "2024-13"}]}, [f"20: [vorm] ‘examples’, nummer 1, ‘date’: ‘2024-13’ {PART_OF_DATE}"]),
    ({"examples": [{**EXAMPLE, "date": "2025-02-29"}]}, [f"20: [datum] 2025-02-29 {MONTH}"]),
    ({"examples": [{**EXAMPLE, "date": "2026-12"}]}, [f"20: [datum] ‘date’ ligt in de toekomst (2026-12) {FUTURE}"]),
    ({"examples": [{**EXAMPLE, "date": "2024-02-29"}]}, []),
    ({"legal": [{**DUTY, "since": "2023-06-31"}]}, [f"39: [datum] 2023-06-31 {MONTH}"]),
    ({"legal": [{**DUTY, "since": "2027-01-01"}]}, []),
    # Fields that must fit each other.
    ({"also_themes": ["gebruiksgemak"]}, ["34: [dubbel] ‘gebruiksgemak’ is al het thema van deze tip – haal het weg bij also_themes"]),
    ({"target_groups": {"core": ["ouderen"], "also": ["ouderen"]}}, ["38: [dubbel] ‘ouderen’ staat bij core én also – haal het weg bij also"]),
    ({"examples": [{**EXAMPLE, "organisation": "gemeente-voorbeeld"}]}, ["16: [voorbeeld] dit voorbeeld noemt een persoon én een organisatie – houd person over; de organisatie staat bij de persoon"]),
    ({"examples": [{key: EXAMPLE[key] for key in ("heading", "text", "source")}]}, ["16: [voorbeeld] dit voorbeeld noemt geen persoon en geen organisatie – vul person of organisation in"]),
    ({"evidence": "wettelijk"}, ["30: [bewijs] het bewijs is ‘wettelijk’, maar er staat geen wet bij – vul legal in, of kies een ander bewijs"]),
    ({"evidence": "onderzoek", "research": [], "status": "concept"}, ["27: [bewijs] het bewijs is ‘onderzoek’, maar er staat geen onderzoek bij – vul research in, of kies een ander bewijs"]),
    ({"replaced_by": 2}, ["34: [vervangen] alleen een vervallen tip kan vervangen zijn – zet status op vervallen, of haal replaced_by weg"]),
    ({"former_slugs": ["lees-mee-1"]}, ["34: [oude-slug] ‘lees-mee-1’ is de slug van nu – zet hier alleen slugs van vroeger"]),
    ({"related": [1]}, ["35: [verwijst-naar-zichzelf] deze tip verwijst naar zichzelf – haal het nummer weg"]),
    ({"requires": [1]}, ["35: [verwijst-naar-zichzelf] deze tip verwijst naar zichzelf – haal het nummer weg"]),
    ({"replaced_by": 1, "status": "vervallen"}, ["34: [verwijst-naar-zichzelf] deze tip verwijst naar zichzelf – haal het nummer weg"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), FIELDS, ids=lambda value: ", ".join(value) if isinstance(value, dict) else "")
def test_a_field_that_is_not_right(small: Repository, changes: dict[str, Any], expected: list[str]) -> None:
    small.tip(1, **changes)
    assert small.problems() == in_tip(*expected)


def test_a_tip_in_a_file_of_another_name_is_checked_as_any_other(small: Repository) -> None:
    small.tip(1, also_themes=["gebruiksgemak"])
    rename(TIP_FILE, "tips/003-lees-mee-1.yml")(small)
    assert small.problems() == [
        f"tips/003-lees-mee-1.yml:1: [bestandsnaam] {NAME}",
        "tips/003-lees-mee-1.yml:34: [dubbel] ‘gebruiksgemak’ is al het thema van deze tip – haal het weg bij also_themes",
    ]


def test_every_problem_of_every_file_in_one_run(small: Repository) -> None:
    small.tip(1, theme="gemak", added="gisteren", steps=["<b>", "b"], related=[9])
    small.write("tips/002-lees-mee-2.yml", "number: 2\nslug: lees-mee-2\ntitle: let op: dit\n")
    small.tip(3, requires=[2], title=f"{TIP['title']}, 1", also_themes=["gebruiksgemak"])
    small.replace(PERSON_FILE, "role:", "rol:")
    small.write(PUBLISHED, "over/\nweg/\n")
    assert [line.partition("] ")[0] for line in small.problems()] == [
        f"{PERSON_FILE}:2: [onbekend-veld",
        f"{PUBLISHED}:2: [adres-weg",
        f"{TIP_FILE}:4: [onbekende-term",
        f"{TIP_FILE}:10: [te-weinig",
        f"{TIP_FILE}:11: [html",
        f"{TIP_FILE}:30: [datum",
        f"{TIP_FILE}:34: [onbekende-tip",
        "tips/002-lees-mee-2.yml:3: [yaml",
        "tips/003-lees-mee-3.yml:3: [dubbel",
        "tips/003-lees-mee-3.yml:36: [dubbel",
    ]


# ---------------------------------------------------------------- references between tips

CIRCLE = "haal een van de verwijzingen weg"


def test_tips_that_require_each_other_in_a_circle(small: Repository) -> None:
    for number, following in ((1, 2), (2, 3), (3, 1), (4, 1)):
        small.tip(number, requires=[following])
    assert small.problems() == [f"tips/00{n}-lees-mee-{n}.yml:34: [kring] via ‘requires’ kom je weer bij tip {n} uit – {CIRCLE}" for n in (1, 2, 3)]


def test_tips_that_replace_each_other(small: Repository) -> None:
    small.tip(1, status="vervallen", replaced_by=2)
    small.tip(2, status="vervallen", replaced_by=1)
    small.tip(3)
    assert small.problems() == [
        line
        for n, other in ((1, 2), (2, 1))
        for line in (
            f"tips/00{n}-lees-mee-{n}.yml:35: [kring] via ‘replaced_by’ kom je weer bij tip {n} uit – {CIRCLE}",
            f"tips/00{n}-lees-mee-{n}.yml:35: [tip-niet-actueel] tip {other} is vervallen – kies een andere tip",
        )
    ]


def test_references_to_tips_that_are_not_on_the_site(small: Repository) -> None:
    small.tip(1, advice="Lees eerst iets.\n\n[Dit](tip:2) of [dat](tip:3).", steps=["a", "b", "Zie [c](tip:3)."], related=[2], requires=[3])
    small.tip(2, status="vervallen", replaced_by=4)
    small.tip(3, status="concept", related=[2])
    small.tip(4)
    small.tip(5, status="vervallen", replaced_by=3, related=[2])
    small.write("content/glossary.yml", GLOSSARY.replace("De plek", "De [plek](tip:3)"))
    small.write(OVER, PAGE + "\nEen [tip](tip:3) of [vier](tip:4).\n")
    concept = "[tip-niet-actueel] tip 3 is concept – kies een andere tip"
    withdrawn = "[tip-niet-actueel] tip 2 is vervallen – gebruik 4"
    assert small.problems() == [
        f"content/glossary.yml:2: {concept}",
        f"{OVER}:10: {concept}",
        *in_tip(f"9: {withdrawn}", f"9: {concept}", f"13: {concept}", f"35: {withdrawn}", f"37: {concept}"),
        f"tips/005-lees-mee-5.yml:35: {concept}",
    ]


def test_a_tip_with_a_mistake_is_still_there_to_refer_to(small: Repository) -> None:
    small.tip(1, related=[2, 3], advice="Zie [deze](tip:2) en [die](tip:3).")
    small.write("tips/002-lees-mee-2.yml", "number: [")
    small.tip(3)
    rename("tips/003-lees-mee-3.yml", "tips/3.yaml")(small)
    assert [line.partition("] ")[0] for line in small.problems()] == ["tips/002-lees-mee-2.yml:1: [yaml", "tips/3.yaml:1: [bestandsnaam"]


def test_a_number_that_a_tip_with_another_mistake_has_too(small: Repository) -> None:
    small.tip(1, theme="gemak")
    small.replace("tips/002-lees-mee-2.yml", "number: 2", "number: 1")
    assert [line.partition(" – ")[0] for line in small.problems()][1:] == [
        "tips/002-lees-mee-2.yml:1: [bestandsnaam] de bestandsnaam past niet bij nummer 1 en slug ‘lees-mee-2’",
        f"tips/002-lees-mee-2.yml:1: [dubbel] nummer ‘1’ staat ook in {TIP_FILE}",
    ]


# ---------------------------------------------------------------- published addresses

GONE = "is gepubliceerd en bestaat niet meer"
BACK = "zet de pagina terug, met status vervallen als de tip niet meer geldt"


def test_addresses_that_vanished(small: Repository) -> None:
    small.write(PUBLISHED, "over/\nthemas/gebruiksgemak/\nthemas/weg/\ntips/1-lees-mee-1/\ntips/1-oud/\ntips/9-weg/\nweg/\nover/\n")
    assert small.problems() == [
        f"{PUBLISHED}:3: [adres-weg] het adres /themas/weg/ {GONE} – {BACK}",
        f"{PUBLISHED}:5: [adres-weg] het adres /tips/1-oud/ {GONE} – zet ‘oud’ bij former_slugs in {TIP_FILE}",
        f"{PUBLISHED}:6: [adres-weg] het adres /tips/9-weg/ {GONE} – {BACK}",
        f"{PUBLISHED}:7: [adres-weg] het adres /weg/ {GONE} – {BACK}",
        f"{PUBLISHED}:8: [dubbel] het adres /over/ staat er twee keer – haal een van de regels weg",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"status": "concept"}, [f"{PUBLISHED}:1: [adres-weg] het adres /tips/1-lees-mee-1/ {GONE} – zet status op actueel of vervallen in {TIP_FILE}"]),
        ({"status": "vervallen"}, []),
        ({"status": "vervallen", "replaced_by": 2}, []),
    ],
)
def test_the_address_of_a_tip_with_another_status(small: Repository, changes: dict[str, Any], expected: list[str]) -> None:
    small.write(PUBLISHED, "tips/1-lees-mee-1/\n")
    small.tip(1, **changes)
    assert small.problems() == expected


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        (TIP_FILE, "number: [", f"{TIP_FILE}:1"),
        (TIP_FILE, "number: 1\n", f"{TIP_FILE}:1"),
        (THEMES, "- [", f"{THEMES}:1"),
        (OVER, b"\xff", f"{OVER}:1"),
    ],
)
def test_an_address_did_not_vanish_when_its_file_has_a_mistake(small: Repository, path: str, content: str | bytes, expected: str) -> None:
    small.write(PUBLISHED, "over/\nthemas/gebruiksgemak/\ntips/1-lees-mee-1/\ntips/2-lees-mee-2/\n")
    small.write(path, content)
    problems = small.problems()
    assert problems and not [line for line in problems if not line.startswith(expected)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("over/\n\nhttps://voorbeeld.nl/\n../x/\n", [f"{n}: [vorm] ‘{text}’ is geen adres van een pagina – haal deze regel weg; het programma vult deze lijst" for n, text in ((2, ""), (3, "https://voorbeeld.nl/"), (4, "../x/"))]),
        (b"over/\n\xe9/\n", ["2: [geen-utf8] dit bestand is niet opgeslagen als UTF-8 – kies in je editor ‘opslaan met codering UTF-8’"]),
        ("<<<<<<< HEAD\nover/\n=======\n>>>>>>> x\n", [f"1: [conflict] {CONFLICT}"]),
    ],
)  # fmt: skip
def test_a_list_of_addresses_that_is_no_such_list(small: Repository, content: str | bytes, expected: list[str]) -> None:
    small.write(PUBLISHED, content)
    assert small.problems() == [f"{PUBLISHED}:{line}" for line in expected]


# ---------------------------------------------------------------- warnings


def test_warnings_are_counted_and_do_not_fail(small: Repository) -> None:
    small.tip(1, examples=None, research=[], review_by="2025-12-31")
    small.tip(2, status="concept", examples=None, research=None)
    small.tip(3)
    small.write("content/sources/ongebruikt.yml", re.sub("url: .*", "url: https://voorbeeld.example/anders", SOURCE))
    small.write("content/people/niemand.yml", PERSON)
    result = small.run("check")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "content/people/niemand.yml:1: [niet-gebruikt] geen tip verwijst hiernaar – gebruik het in een tip, of haal het bestand weg (waarschuwing)",
        "content/sources/ongebruikt.yml:1: [niet-gebruikt] geen tip verwijst hiernaar – gebruik het in een tip, of haal het bestand weg (waarschuwing)",
        *in_tip(
            "1: [geen-voorbeeld] deze tip heeft nog geen voorbeeld – voeg toe wat een organisatie of collega deed (waarschuwing)",
            "16: [geen-onderzoek] deze tip heeft nog geen onderzoek – voeg een bevinding met bron toe (waarschuwing)",
            "25: [nakijken] deze tip moest op 2025-12-31 nagekeken zijn – kijk de tip na en pas reviewed en review_by aan (waarschuwing)",
        ),
        "0 fouten, 5 waarschuwingen",
    ]


def test_a_source_is_not_called_unused_when_the_tip_that_uses_it_has_a_mistake(small: Repository) -> None:
    remove("tips/002-lees-mee-2.yml")(small)
    small.write(TIP_FILE, "number: [")
    assert [line.partition("] ")[0] for line in small.problems()] == in_tip("1: [yaml")


# ---------------------------------------------------------------- texts

MARK = "MERK"


def put_everywhere(small: Repository, text: str) -> None:
    """Put a text into every field of every file that holds text for visitors."""
    parts = {"value": text, "counts": text}
    small.tip(
        1, title=text, summary=text, advice=text, steps=[text, "b", text], not_when=text, why_it_works=text, conclusion=text, keywords=[text],
        examples=[{**EXAMPLE, "heading": text, "text": text}], research=[{**RESEARCH, "heading": text, "text": text, "figures": [parts]}],
        links=[{**LINK, "title": text}], effort={"level": "klein", "text": text}, legal=[{**DUTY, "law": text, "article": text, "text": text}],
    )  # fmt: skip
    term = {"id": "gebruiksgemak", "label": text, "explanation": text, "text": text, "icon": "material/laptop", "synonyms": [text]}
    small.write(THEMES, as_yaml([{**term, "colour": {"light": "#96340f", "dark": "#fdba74"}, "pattern": "stippen"}]))
    small.write("content/glossary.yml", as_yaml([{"term": text, "explanation": text, "also": [text]}]))
    small.write(PERSON_FILE, as_yaml({"name": text, "role": text, "organisation": "gemeente-voorbeeld"}))
    small.write("content/organisations/gemeente-voorbeeld.yml", as_yaml({"name": text, "kind": "gemeente"}))
    small.write(SOURCE_FILE, as_yaml({"title": text, "publisher": text, "authors": [text], "kind": "onderzoek", "note": text}))
    small.write(OVER, f"---\ntitle: {text}\ndescription: {text}\n---\n\n# {text}\n\n{text}\n")
    site = yaml.safe_load((small.root / "content/site.yml").read_text(encoding="utf-8"))
    small.write("content/site.yml", as_yaml({**site, "name": text, "tagline": text, "description": text}))


def marked(small: Repository) -> list[str]:
    """Return the places where the mark stands."""
    files = sorted(file for file in small.root.rglob("*") if file.is_file() and file.suffix in (".yml", ".md"))
    return [
        f"{file.relative_to(small.root).as_posix()}:{number}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if MARK in line
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"<b>{MARK}</b>", "html"),
        (f"<{MARK}", "html"),
        (f"{MARK} <!--", "html"),
        (f"<svg/{MARK}>", "html"),
        (f"</p {MARK}>", "html"),
        (f"<https://{MARK}.nl>", "link"),
        (f"{MARK} &#x202E;", "verborgen-teken"),
        (f"{MARK} &ZeroWidthSpace;", "verborgen-teken"),
    ],
)
def test_no_field_takes_what_may_run_or_hide(small: Repository, text: str, code: str) -> None:
    put_everywhere(small, text)
    places = marked(small)
    assert len(places) == 41
    assert sorted(line.partition("] ")[0] for line in small.problems()) == sorted(f"{place}: [{code}" for place in places)


def test_a_text_of_one_line_cannot_have_more(small: Repository) -> None:
    small.tip(1, title="een\ntwee", summary="een\n\ntwee", keywords=["een\ntwee"])
    assert small.problems() == in_tip(
        "4: [een-regel] ‘title’: deze tekst heeft meer dan één regel – zet alles op één regel",
        "8: [een-regel] ‘summary’: deze tekst heeft meer dan één regel – zet alles op één regel",
        "41: [een-regel] ‘keywords’, nummer 1: deze tekst heeft meer dan één regel – zet alles op één regel",
    )


BLOCKS = ("- twee", "+ twee", "2. twee", "2) twee", "# twee", "#twee", "> twee", ">twee", "| twee |", "```", "~~~", "---", "===", "***", "    twee", "--- | ---")


def test_a_step_is_one_paragraph(small: Repository) -> None:
    small.tip(1, steps=["een\n\ntwee", "b", "c"])
    for number, block in enumerate(BLOCKS, 2):
        small.tip(number, steps=[f"een\n{block}", "b", "c"])
    assert small.problems() == [
        f"{TIP_FILE}:13: [een-alinea] ‘steps’, nummer 1: deze tekst heeft meer dan één alinea – maak er één alinea van",
        *(
            f"tips/{number:03}-lees-mee-{number}.yml:13: [een-alinea] ‘steps’, nummer 1: hier kan geen lijst, kop, tabel of blok staan – begin de regel met een gewoon woord"
            for number in range(2, len(BLOCKS) + 2)
        ),
    ]


def test_the_line_is_the_one_in_the_text_also_after_empty_lines(small: Repository) -> None:
    small.replace(TIP_FILE, "advice: |-\n", "advice: |-\n\n\n  Eerst dit.\n\n  <b>En dan dit.</b>\n")
    assert small.problems() == in_tip("11: [html] ‘advice’: hier staat HTML – gebruik Markdown, of schrijf ‘kleiner dan’ voluit")


RICH_LINES = [
    ("[klik](javascript:alert(1))", "[link] ‘advice’: ‘javascript:alert(1’ kan geen link zijn: het adres begint niet met https:// of http:// – gebruik een adres dat met https:// begint, of tip:12"),
    ("[klik](https://a b.nl)", "[link] ‘advice’: ‘https://a’ kan geen link zijn: de naam van de site in het adres klopt niet – gebruik een adres dat met https:// begint, of tip:12"),
    ("[klik](tip:99)", "[onbekende-tip] ‘advice’: ‘tip:99’ verwijst naar een tip die er niet is – gebruik het nummer van een bestaande tip, zoals tip:12"),
    ("[](https://voorbeeld.nl)", "[link] ‘advice’: deze link heeft geen tekst – zet tussen [ en ] waar de link heen gaat"),
    ("[klik][1]", "[link] ‘advice’: deze link verwijst naar een adres verderop – zet het adres er direct achter: [tekst](https://…)"),
    ("[1]: https://voorbeeld.nl", "[link] ‘advice’: deze link verwijst naar een adres verderop – zet het adres er direct achter: [tekst](https://…)"),
    ("<https://voorbeeld.nl>", "[link] ‘advice’: hier staat een adres tussen < en > – schrijf [tekst](https://…)"),
    ("![foto](https://voorbeeld.nl/x.png)", "[afbeelding] ‘advice’: hier staat een afbeelding – beschrijf in woorden wat er te zien is, of link naar de pagina"),
    ("## Kop", "[kop] ‘advice’: deze kop is te hoog (##) – gebruik ### of maak er gewone tekst van"),
    ("##### Kop", "[kop] ‘advice’: deze kop slaat een niveau over (#####) – gebruik ###"),
    ("###", "[kop] ‘advice’: deze kop is leeg – zet er tekst achter of haal hem weg"),
    ("- # Kop", "[kop] ‘advice’: in een lijst of citaat kan geen kop staan – haal # weg, of zet er \\ voor om een # te tonen"),
    ("```\ncode", "[codeblok] ‘advice’: dit codeblok wordt niet gesloten – zet ``` op een regel na de code"),
    ("~~~~\ncode\n~~~~", "[codeblok] ‘advice’: dit codeblok begint niet zoals het hoort – zet drie keer ` of ~ vooraan op een eigen regel, met hoogstens een woord erachter"),
    ("> > > > > > diep", "[te-diep] ‘advice’: lijsten en citaten zitten hier te diep in elkaar – maak de inhoud platter"),
    ("[[[[", "[opmaak] ‘advice’: hier staan te veel haken in elkaar – haal haken weg, of sluit ze met ]"),
    ("[TOC]", "[opmaak] ‘advice’: [TOC] zou een inhoudsopgave worden – haal het weg"),
    ("Vraag&#antwoord", "[opmaak] ‘advice’: ‘&#’ is het begin van een code – zet er een spatie tussen, of schrijf ‘en’"),
]  # fmt: skip


def test_markdown_that_may_not_stand_in_a_text(small: Repository) -> None:
    for number, (text, _) in enumerate(RICH_LINES, 1):
        small.tip(number, advice=f"Eerste regel.\n\n{text}")
    assert small.problems() == [f"tips/{number:03}-lees-mee-{number}.yml:9: {expected}" for number, (_, expected) in enumerate(RICH_LINES, 1)]


def test_a_heading_made_by_a_line_below_it(small: Repository) -> None:
    small.tip(1, advice="Een kop\n===\n\nNog een\n---\n\ntekst\n\n---")
    message = "[kop] ‘advice’: een streep onder tekst maakt daar een grote kop van – zet er een lege regel tussen, of gebruik ###"
    assert small.problems() == in_tip(f"8: {message}", f"11: {message}")


def test_what_only_shows_in_the_html_is_found_there(small: Repository) -> None:
    small.tip(1, advice="- een\n\n    # Kop in een onderdeel")
    assert small.problems() == in_tip("7: [opmaak] ‘advice’: deze tekst wordt iets dat niet mag: het element h1 – schrijf het eenvoudiger op")


ADDRESSES = [
    ("javascript:alert(1)", "het adres begint niet met https:// of http://"),
    ("data:text/html,x", "het adres begint niet met https:// of http://"),
    ("file:///etc/passwd", "het adres begint niet met https:// of http://"),
    ("ftp://voorbeeld.nl/", "het adres begint niet met https:// of http://"),
    ("//voorbeeld.nl/", "het adres begint niet met https:// of http://"),
    ("www.voorbeeld.nl", "het adres begint niet met https:// of http://"),
    ("tip:2", "het adres begint niet met https:// of http://"),
    ("https://voorbeeld.nl/a b", "het adres bevat een spatie of een teken dat daar niet hoort"),
    ('https://voorbeeld.nl/"onclick="x', "het adres bevat een spatie of een teken dat daar niet hoort"),
    ("https://voorbeeld.nl\\@evil.example/", "het adres bevat een spatie of een teken dat daar niet hoort"),
    ("https://digid.nl@evil.example/", "de naam van de site in het adres klopt niet"),
    ("https://naam:geheim@voorbeeld.nl/", "de naam van de site in het adres klopt niet"),
    ("https://@voorbeeld.nl/", "de naam van de site in het adres klopt niet"),
    ("https://digi\u0501.nl/", "de naam van de site in het adres klopt niet"),
    ("https://localhost/", "de naam van de site in het adres klopt niet"),
    ("https://127.0.0.1/", "de naam van de site in het adres klopt niet"),
    ("https:///voorbeeld.nl", "de naam van de site in het adres klopt niet"),
    ("https://xn--digi-7yb.nl/", "de naam van de site bevat bijzondere letters"),
    ("https://voorbeeld.nl:99999/", "dit is geen geldig adres"),
    ("https://[::1/", "dit is geen geldig adres"),
]
GOOD_ADDRESSES = ["https://voorbeeld.nl", "http://www.voorbeeld.nl:8080/a/b.html?c=d&e=f#g", "https://voorbeeld.nl/caf%C3%A9/(x)", "https://nl.voorbeeld.nl/wiki/Café"]


def test_half_a_link_to_a_tip_that_is_not_there(small: Repository) -> None:
    small.tip(1, not_when="De ](tip:9999)brief gaat naar iemand die je kent.")
    assert [problem.split("[")[1] for problem in small.problems()] == ["onbekende-tip] ‘not_when’: ‘tip:9999’ verwijst naar een tip die er niet is – gebruik het nummer van een bestaande tip, zoals tip:12"]


def test_addresses_to_which_we_do_not_link(small: Repository) -> None:
    small.tip(1, links=[{**LINK, "url": address} for address, _ in ADDRESSES])
    assert small.problems() == in_tip(
        *(f"{33 + 3 * place}: [link] ‘links’, nummer {place}, ‘url’: {wrong} – gebruik het hele adres, beginnend met https://" for place, (_, wrong) in enumerate(ADDRESSES, 1))
    )


def test_addresses_to_which_we_link(small: Repository) -> None:
    small.tip(1, links=[{**LINK, "url": address} for address in GOOD_ADDRESSES])
    assert small.problems() == []


# ---------------------------------------------------------------- attacks, through the real conversion to HTML

ATTACKS = yaml.safe_load((ROOT / "tests" / "data" / "attacks.yml").read_text(encoding="utf-8"))
CONFIG = load_config(str(ROOT / "mkdocs.yml"))
# The fields of a tip that hold Markdown, and three other places that do.
FIELDS_WITH_MARKDOWN = ("advice", "steps", "not_when", "why_it_works", "conclusion", "examples", "research", "legal", "glossary", "theme", "page")
ELEMENTS = frozenset(
    "html head body article div p span h1 h2 h3 h4 h5 h6 ul ol li dl dt dd a strong em code pre br hr blockquote table thead tbody tr th td nav section small tw-save".split()
)
ATTRIBUTES = frozenset(("class", "id", "href", "rel", "title", "start", "aria-hidden", "aria-label", "style", "data-address", "data-tip"))
Texts = dict[str, str]


class Arena:
    """A repository in which each group of texts has a tip, a theme, a word in the glossary and a page of its own."""

    def __init__(self, root: Path, groups: list[Texts]) -> None:
        self.repository = Repository(root)
        self.repository.tip(9000, theme="thema-0")  # One to link to.
        # Something harmless comes first, to compare with.
        self.groups: list[Texts] = [{}, *groups]
        self.put(self.groups)
        self.refused = self.codes()
        self.put([{field: text for field, text in group.items() if field not in codes} for group, codes in zip(self.groups, self.refused, strict=True)])
        assert self.repository.problems() == []
        self.markdown = self.bodies()
        self.frames = [frame(page) for page in self.of(1)]

    def put(self, groups: list[Texts]) -> None:
        """Put each group of texts where it belongs, and something harmless in the fields that it doesn't have."""
        colour = {"light": "#96340f", "dark": "#fdba74"}
        theme = {"label": "Thema", "explanation": "Uitleg.", "icon": "material/laptop", "colour": colour, "pattern": "golven"}
        themes, words = [{**theme, "id": "thema-0"}], []
        for number, group in enumerate(groups, 1):
            text = {field: group.get(field, "Gewone tekst.") for field in FIELDS_WITH_MARKDOWN}
            told = {**EXAMPLE, "text": text["examples"]}
            self.repository.tip(
                number, theme=f"thema-{number}", **{field: text[field] for field in ("advice", "not_when", "why_it_works", "conclusion")},
                steps=[text["steps"], "Kijk mee.", text["steps"]], examples=[told, {**told, "heading": "Letterlijk", "verbatim": True}],
                research=[{**RESEARCH, "text": text["research"]}], legal=[{**DUTY, "text": text["legal"]}],
            )  # fmt: skip
            themes.append({**theme, "id": f"thema-{number}", "text": text["theme"]})
            words.append({"term": f"woord {number}", "explanation": text["glossary"]})
            self.repository.write(f"content/pages/pagina-{number}.md", f"{PAGE}\n{text['page']}\n")
        self.repository.write(THEMES, as_yaml(themes))
        self.repository.write("content/glossary.yml", as_yaml(words))
        self.problems = self.repository.problems()

    def codes(self) -> list[dict[str, list[str]]]:
        """Return for each group the codes for each field that refused its text."""
        refused: list[dict[str, list[str]]] = [{} for _ in self.groups]
        for line in self.problems:
            path, code, name = re.fullmatch(r"(.*?):\d+: \[([a-z0-9-]+)\] (.*)", line).groups()  # type: ignore[union-attr]
            number, field = int(re.search(r"\d+", path.rpartition("/")[2] + name)[0]), "page"  # type: ignore[index]
            if path == THEMES:
                number, field = number - 1, "theme"
            elif path == "content/glossary.yml":
                field = "glossary"
            elif path.startswith("tips/"):
                field = name.split("’")[0].removeprefix("‘")
            refused[number - 1].setdefault(field, []).append(code)
        return refused

    def bodies(self) -> dict[str, str]:
        """Return the Markdown of every page, by address."""
        loaded = load(self.repository.root, TODAY)
        assert loaded.knowledge
        return {page.address: page.body for page in pages.render(derive(loaded.knowledge))}

    def page(self, address: str) -> Element:
        """Return a page as a browser sees it."""
        html = markdown.markdown(self.markdown[address], extensions=[*CONFIG["markdown_extensions"], WholeHtml()], extension_configs=CONFIG["mdx_configs"])
        return html5lib.parse(f"<article>{html}</article>", namespaceHTMLElements=False)

    def of(self, number: int) -> list[Element]:
        """Return the pages of a group: those of its tip, its theme and its page."""
        return [self.page(address) for address in (f"tips/{number}-lees-mee-{number}/", f"themas/thema-{number}/", f"pagina-{number}/")]

    def is_refused(self, number: int) -> bool:
        """Tell whether nothing of a group is shown."""
        return self.refused[number - 1].keys() == self.groups[number - 1].keys()

    def assert_harmless(self, number: int) -> list[Element]:
        """Assert that the pages of a group are whole and safe, and return them."""
        shown = self.of(number)
        for page, expected in zip(shown, self.frames, strict=True):
            assert unsafe(page) == []
            assert frame(page) == expected
        return shown


def unsafe(page: Element) -> list[str]:
    """Return what may not be on a page."""
    found = []
    for element in page.iter():
        if element.tag not in ELEMENTS:
            found.append(str(element.tag))
            continue
        for name, value in element.attrib.items():
            ours = re.fullmatch(r"(\.\./)*([a-z0-9-]+/)*([a-z0-9-]+\.md)?(#[a-z0-9-]+)?|\./", value)
            if name not in ATTRIBUTES:
                found.append(f"{element.tag} {name}")
            elif name == "href" and not ours and not re.match(r"https?://(www\.)?voorbeeld\.nl(/|$)", value):
                found.append(f"href {value}")
            elif name == "style" and not re.fullmatch(r"text-align: (left|right|center);", value):
                found.append(f"style {value}")
            elif name == "id" and element.tag not in ("article", "h1", "h2", "h3", "h4", "h5", "h6") and not re.fullmatch("begrip-[a-z0-9-]+|begin-hier", value):
                found.append(f"id {value}")
    return found


def frame(page: Element) -> list[str]:
    """Return the elements of our own, each with those around it: what a text may not break, move or swallow."""

    def walk(element: Element, path: str) -> Iterator[str]:
        path = f"{path}/{element.tag}.{re.sub('tw-theme-[a-z0-9-]+', '', element.get('class', ''))}"
        if "tw-" in element.get("class", "") or element.tag in ("h1", "article", "nav", "dl"):
            yield path
        for child in element:
            yield from walk(child, path)

    return list(walk(page, ""))


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Arena:
    """All attacks, each with a tip and pages of its own."""
    return Arena(
        tmp_path_factory.mktemp("aanval") / "klein",
        [{field: attack["text"] if place % 2 == 0 else attack.get("elsewhere", attack["text"]) for place, field in enumerate(FIELDS_WITH_MARKDOWN)} for attack in ATTACKS],
    )


@pytest.mark.parametrize(("number", "attack"), list(enumerate(ATTACKS, 2)), ids=[attack["name"] for attack in ATTACKS])
def test_an_attack_is_refused_or_harmless(attacked: Arena, number: int, attack: dict[str, Any]) -> None:
    assert set(attacked.refused[number - 1].get("advice", [])) == set(attack.get("refused", []))
    if not attacked.is_refused(number):
        tip, _, _ = attacked.assert_harmless(number)
        assert attack.get("shows", "") in "".join(tip.itertext()).replace("\xa0", " ")


def test_the_glossary_takes_all_attacks_at_once(attacked: Arena) -> None:
    glossary = attacked.page("begrippen/")
    assert unsafe(glossary) == []
    [words] = glossary.iter("dl")
    assert [child.tag for child in words] == ["dt", "dd"] * len(attacked.groups)


def test_a_page_that_is_swallowed_would_be_noticed(attacked: Arena) -> None:
    """The tests above can fail."""
    tip = attacked.of(1)[0]
    assert len(frame(tip)) > 40
    broken = html5lib.parse("<article><pre><h1>x</h1></pre><a href='javascript:x' onclick=y>z</a><img></article>", namespaceHTMLElements=False)
    assert unsafe(broken) == ["href javascript:x", "a onclick", "img"]
    assert frame(broken) == ["/html./body./article.", "/html./body./article./pre./h1."]


PIECES = (
    "a", "b ", "\n", "\n", "\n\n", "\n\n", "    ", "  ", "- ", "1. ", "> ", "# ", "### ", "```", "~~~", "`", "|", "a | b\n--- | ---\n", "[x]", "[x](https://voorbeeld.nl)", "[x](tip:9000)",
    "[", "](", ")", "!", "[x]: https://evil.example/", "*[x]: y", "<", "< ", ">", "&", "&#", "&lt;", "&#60;", '"', "\\", "\\<", "*", "**", "__", "---", "===", "{: onclick=x}", "{#id}", "{{ x }}", ":",
    "[TOC]", "javascript:alert(1)", "/", ";", "~~~ {.x}", "=", "-", "<http://x.nl>", "lt;script&gt;",
)  # fmt: skip


def test_texts_of_random_pieces_are_refused_or_harmless(tmp_path: Path) -> None:
    chance = random.Random(12)
    groups = [{field: "tekst " + "".join(chance.choices(PIECES, k=chance.randint(1, 9))) for field in FIELDS_WITH_MARKDOWN} for _ in range(60)]
    arena = Arena(tmp_path / "klein", groups)
    for number in range(2, len(arena.groups) + 1):
        if not arena.is_refused(number):
            arena.assert_harmless(number)
    assert unsafe(arena.page("begrippen/")) == []
    assert 200 < sum(len(group) - len(refused) for group, refused in zip(arena.groups, arena.refused, strict=True)) < 600


def test_a_quote_does_not_break_out_of_an_attribute_in_the_head(small: Repository) -> None:
    """Material puts the title and description of a page into its head as they are."""
    summary, title = '0;url=https://evil.example/" http-equiv="refresh', "Lees \"mee\" & 'luister' &lt;/title&gt;"
    small.tip(1, summary=summary, title=title)
    small.can_build()
    result = small.run("build")
    assert result.returncode == 0, result.stdout + result.stderr
    page = html5lib.parse((small.root / "site/tips/1-lees-mee-1/index.html").read_text(encoding="utf-8"), namespaceHTMLElements=False)
    metas = {meta.get("name") or meta.get("property"): meta.get("content") for meta in page.iter("meta")}
    assert not [meta for meta in page.iter("meta") if meta.get("http-equiv") == "refresh"]
    assert metas["description"] == metas["og:description"] == summary
    assert metas["og:title"] == title
    assert [element.text for element in page.iter("title")][0].startswith(f"{title} - ")
