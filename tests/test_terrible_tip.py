"""One tip with all that can go wrong in YAML that can be read: every problem in one run, in order, as an editor sees it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from repository import ROOT, Repository

TIP_FILE = "tips/013-een-slechte-slug.yml"
EXPECTED = [
    '2: [yaml-onduidelijk] ‘013’ kan in YAML iets anders betekenen dan er staat – schrijf 13, of "013" met aanhalingstekens als het tekst is',
    "3: [vorm] ‘slug’: ‘Een Slechte Slug’ heeft niet de goede vorm – gebruik kleine letters, cijfers en streepjes, zonder spaties",
    "4: [html] ‘title’: hier staat HTML – gebruik gewone tekst, of schrijf ‘kleiner dan’ voluit",
    "5: [dubbel-veld] het veld ‘title’ staat er twee keer – houd er één; het eerste staat op regel 4",
    "6: [onbekende-term] ‘theme’: ‘gebruiksgemk’ bestaat niet in content/vocabularies/themes.yml – bedoel je ‘gebruiksgemak’?",
    "7: [dubbel] ‘also_themes’, nummer 2: ‘inclusie’ staat er twee keer – houd er één",
    "9: [een-regel] ‘summary’: deze tekst heeft meer dan één regel – zet alles op één regel",
    "12: [link] ‘advice’: ‘javascript:alert(1’ kan geen link zijn: het adres begint niet met https:// of http:// – gebruik een adres dat met https:// begint, of tip:12",
    "12: [onbekende-tip] ‘advice’: ‘tip:99’ verwijst naar een tip die er niet is – gebruik het nummer van een bestaande tip, zoals tip:12",
    "14: [kop] ‘advice’: deze kop is te hoog (#) – gebruik ### of maak er gewone tekst van",
    "16: [kop] ‘advice’: deze kop slaat een niveau over (#####) – gebruik ####",
    "18: [afbeelding] ‘advice’: hier staat een afbeelding – beschrijf in woorden wat er te zien is, of link naar de pagina",
    "20: [html] ‘advice’: hier staat HTML – gebruik Markdown, of schrijf ‘kleiner dan’ voluit",
    "22: [link] ‘advice’: deze link verwijst naar een adres verderop – zet het adres er direct achter: [tekst](https://…)",
    "25: [kop] ‘advice’: een streep onder tekst maakt daar een grote kop van – zet er een lege regel tussen, of gebruik ###",
    "27: [codeblok] ‘advice’: dit codeblok wordt niet gesloten – zet ``` op een regel na de code",
    "29: [te-weinig] ‘steps’ heeft 2 onderdelen – geef er minstens 3",
    "30: [html] ‘steps’, nummer 1: hier staat HTML – gebruik Markdown, of schrijf ‘kleiner dan’ voluit",
    "31: [soort] ‘steps’, nummer 2 moet tekst zijn – zet er aanhalingstekens om",
    "32: [leeg-veld] ‘not_when’ is leeg – vul het in",
    "37: [link] ‘examples’, nummer 1, ‘text’: hier staat een adres tussen < en > – schrijf [tekst](https://…)",
    "38: [onbekende-term] ‘examples’, nummer 1, ‘person’: ‘bo-de-vriez’ bestaat niet in content/people/ – bedoel je ‘bo-de-vries’?",
    "39: [onbekende-term] ‘examples’, nummer 1, ‘source’: ‘lezen-2023’ bestaat niet in content/sources/ – bedoel je ‘lezen-2024’?",
    "40: [soort] ‘examples’, nummer 1, ‘verbatim’ moet true of false zijn – schrijf true of false, zonder aanhalingstekens",
    '41: [vorm] ‘examples’, nummer 1, ‘date’: ‘2024-13’ heeft niet de goede vorm – schrijf een jaar, maand of dag tussen aanhalingstekens, zoals "2024" of "2024-05-31"',
    "42: [onbekend-veld] het veld ‘examples’, nummer 1, ‘foto’ bestaat niet – kies uit: date, heading, organisation, person, source, text, verbatim",
    "43: [soort] ‘examples’, nummer 2 moet uit velden bestaan – schrijf ‘veld: waarde’ op eigen regels; in tips/_sjabloon.yml staat hoe",
    '44: [yaml-onduidelijk] ‘yes’ kan in YAML iets anders betekenen dan er staat – schrijf true of false, of "yes" met aanhalingstekens als het tekst is',
    "45: [soort] ‘research’ moet een lijst zijn – zet elk onderdeel op een regel die begint met een gewoon streepje (- ), of tussen [ en ]",
    "46: [leeg-veld] ‘conclusion’ is leeg – vul het in of haal het weg",
    "48: [verborgen-teken] hier staat een onzichtbaar teken (U+202E) – haal de code van dat teken weg",
    "49: [link] ‘links’, nummer 1, ‘url’: de naam van de site in het adres klopt niet – gebruik het hele adres, beginnend met https://",
    "50: [onbekende-term] ‘links’, nummer 1, ‘kind’: ‘blogje’ bestaat niet in content/vocabularies/link-kinds.yml – bedoel je ‘blog’?",
    "51: [vorm] ‘links’, nummer 1, ‘language’: ‘Nederlands’ heeft niet de goede vorm – schrijf twee kleine letters, zoals nl of en",
    "52: [te-weinig] ‘questions’ heeft 0 onderdelen – geef er minstens 1",
    "53: [soort] ‘target_groups’ moet uit velden bestaan – schrijf ‘veld: waarde’ op eigen regels; in tips/_sjabloon.yml staat hoe",
    "54: [soort] ‘barriers’, ‘core’ moet een lijst zijn – zet elk onderdeel op een regel die begint met een gewoon streepje (- ), of tussen [ en ]",
    "55: [onbekend-veld] het veld ‘channels’, ‘kern’ bestaat niet – kies uit: also, core",
    "56: [ontbreekt] het veld ‘effort’, ‘text’ ontbreekt – voeg het toe; in tips/_sjabloon.yml staat hoe",
    "57: [alias] hier staat een anker of alias (& of *) – schrijf de tekst voluit, of zet er aanhalingstekens om",
    "58: [tag] hier staat een YAML-tag (een woord dat met ! begint) – haal de tag weg, of zet aanhalingstekens om de tekst",
    "60: [een-alinea] ‘legal’, nummer 1, ‘text’: hier kan geen lijst, kop, tabel of blok staan – begin de regel met een gewoon woord",
    '60: [vorm] ‘legal’, nummer 1, ‘since’: ‘2024-1-1’ heeft niet de goede vorm – schrijf een jaar, maand of dag tussen aanhalingstekens, zoals "2024" of "2024-05-31"',
    "61: [onbekende-tip] ‘related’, nummer 2: er is geen tip 7 – gebruik het nummer van een bestaande tip",
    "61: [soort] ‘related’, nummer 3 moet een heel getal zijn – schrijf alleen cijfers, zonder aanhalingstekens",
    "62: [soort] ‘requires’, nummer 1 moet een heel getal zijn – schrijf alleen cijfers, zonder aanhalingstekens",
    "63: [datum] ‘added’ is geen datum – schrijf jjjj-mm-dd, bijvoorbeeld 2026-11-21",
    "64: [datum] ‘reviewed’ ligt in de toekomst (2999-01-01) – gebruik de dag van vandaag of eerder",
    "65: [datum] ‘review_by’ is geen datum – schrijf jjjj-mm-dd, bijvoorbeeld 2026-11-21",
    "66: [onbekende-term] ‘status’: ‘100% klaar’ kan hier niet – kies uit: actueel, concept of vervallen",
    "69: [yaml-onduidelijk] wat na ‘ #’ staat, telt niet mee – zet aanhalingstekens om de tekst, of zet een spatie na # als het uitleg is",
    "70: [dubbel] ‘keywords’, nummer 3: ‘balie’ staat er twee keer – houd er één",
    "71: [onbekend-veld] het veld ‘tittel’ bestaat niet – bedoel je ‘title’?",
]  # fmt: skip
COUNT = "53 fouten, 0 waarschuwingen"


@pytest.fixture
def terrible(tmp_path: Path) -> Repository:
    """A repository with two good tips and the terrible one."""
    repository = Repository(tmp_path / "klein")
    repository.tip(1)
    repository.tip(2)
    repository.write(TIP_FILE, (ROOT / "tests" / "data" / "terrible.yml").read_bytes())
    return repository


def test_check_names_every_problem_in_order_and_counts_them(terrible: Repository) -> None:
    result = terrible.run("check")
    assert result.stdout.splitlines() == [*(f"{TIP_FILE}:{line}" for line in EXPECTED), COUNT]
    assert (result.returncode, result.stderr) == (1, "")


def test_github_gets_an_annotation_for_each_and_the_same_report(terrible: Repository) -> None:
    parts = [re.fullmatch(r"(\d+): \[([a-z0-9-]+)\] (.*)", line) for line in EXPECTED]
    annotations = [f"::error file={TIP_FILE},line={part[1]},title={part[2]}::{part[3].replace('%', '%25')}" for part in parts if part]
    result = terrible.run("check", github=True)
    assert result.stdout.splitlines() == [*annotations, *(f"{TIP_FILE}:{line}" for line in EXPECTED), COUNT]
    assert (result.returncode, result.stderr) == (1, "")
