"""What `tipwijzer check` says of the Kanaalwijzer's table and services, and a site that has a Kanaalwijzer or none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from repository import PAGE, SELF_CHECK, Repository, as_yaml

GUIDE, SERVICES, CHECK = "content/channel-guide.yml", "content/services.yml", "content/self-check.yml"
FACTORS = ("tijd", "taal")
CHANNELS = ("website", "telefoon", "balie", "brief")
PERSONAL = ("telefoon", "balie")


def terms(*ids: str) -> str:
    return as_yaml([{"id": identifier, "label": identifier.capitalize(), "explanation": "Uitleg in een zin.", "icon": "material/phone"} for identifier in ids])


def backed(**changes: Any) -> dict[str, Any]:
    """Return a ground, but for ``changes``; a change of None removes the field."""
    return {field: value for field, value in {"why": "Zo gaat het.", "estimated": "2026-01-01", **changes}.items() if value is not None}


def offers(**changes: Any) -> dict[str, Any]:
    return {factor: {"level": 2, **backed()} for factor in FACTORS} | changes


def channel(identifier: str, **changes: Any) -> dict[str, Any]:
    personal = identifier in PERSONAL
    carries, traits = ["weten", "doen", "overleggen"] if personal else ["weten", "doen"], [] if personal else ["tekst"]
    made = {"id": identifier, "noun": f"de {identifier}", "traits": traits, "personal": personal, "rich": personal, "carries": carries}
    return {**made, "hand_on": "Geef het door.", "take_over": "Neem het over.", "offers": offers(), **changes}


def channels(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    """Return all channels, with changes in some of them."""
    return [channel(identifier, **changes.get(identifier, {})) for identifier in CHANNELS]


def factor(identifier: str) -> dict[str, Any]:
    return {"id": identifier, "question": f"Hoe belangrijk is {identifier}?", "example": "Heel belangrijk bij spoed.", "noun": f"de {identifier}"}


def group(**changes: Any) -> dict[str, Any]:
    return {"id": "ouderen", **backed(), **changes}


def from_check(**changes: Any) -> dict[str, Any]:
    return {"tasks": {"betalen": "doen"}, "needs": {"gevoelig": {"taal": 3}}, "sensitive": "gevoelig", **changes}


def guide(**changes: Any) -> dict[str, Any]:
    """Return a valid guide, but for ``changes``."""
    made = {"factors": [factor(identifier) for identifier in FACTORS], "channels": channels(), "groups": [group()], "from_check": from_check()}
    return {**made, "watch": [{"title": "Wie belt er?", "text": "Tel het een week.", "tips": [1]}], **changes}


def service(**changes: Any) -> dict[str, Any]:
    needs = {identifier: {"level": 2, "why": "Dat telt hier."} for identifier in FACTORS}
    return {"id": "paspoort", "title": "Paspoort aanvragen", "task": "doen", "sensitive": "nooit", "needs": needs, **changes}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with a Kanaalwijzer for two factors and four channels."""
    made = Repository(tmp_path)
    made.tip(1, barriers={"core": ["stress"]})
    made.write("content/vocabularies/factors.yml", terms(*FACTORS))
    made.write("content/vocabularies/channels.yml", terms(*CHANNELS))
    made.write("content/pages/meedoen.md", PAGE.replace("Over ons", "Meedoen"))  # The self-check leads to it.
    made.write(CHECK, SELF_CHECK)
    write(made, GUIDE, guide())
    write(made, SERVICES, [service()])
    return made


def write(repository: Repository, path: str, content: Any) -> None:
    """Write YAML with every offer, need and ground on a line of its own."""
    repository.write(path, yaml.safe_dump(content, allow_unicode=True, sort_keys=False, default_flow_style=None, width=1000))


def said(repository: Repository) -> list[tuple[str, str, str]]:
    """Return the file of each problem, the text of the line that it points at, and what it says."""
    found = []
    for problem in repository.problems():
        place, message = problem.split(": ", 1)
        path, line = place.rsplit(":", 1)
        found.append((path, (repository.root / path).read_text(encoding="utf-8").splitlines()[int(line) - 1].strip(" -"), message))
    return found


def test_a_good_guide_has_no_problems(repository: Repository) -> None:
    assert said(repository) == []


def test_a_problem_has_its_file_and_line(repository: Repository) -> None:
    write(repository, GUIDE, guide(factors=[factor("tijd")]))
    assert f"{GUIDE}:1: [ontbreekt] ‘taal’ ontbreekt hier – voeg een onderdeel toe; elk kanaal en elke factor staat er één keer" in repository.problems()


NO_GROUND = "[herkomst] hier hoort een bron, of de dag van een eigen inschatting – schrijf source: met een bron, of estimated: met een datum; niet allebei"
MISSING = "voeg een onderdeel toe; elk kanaal en elke factor staat er één keer"
TWICE = "haal een van de twee weg, of geef hem een andere id"
FEW = (
    "[kanaalwijzer] er zijn minder dan twee kanalen met een mens die je hoort of ziet, en waarvoor je geen computer nodig hebt"
    " – geef minstens twee kanalen personal: true en rich: true, zonder digitaal bij traits"
)


def nowhere(task: str) -> str:
    return f"[kanaalwijzer] in geen enkel kanaal waarin mensen elkaar horen of zien, kunnen zij {task} – zet {task} bij carries van zo'n kanaal"


@pytest.mark.parametrize(
    ("changes", "line", "expected"),
    [
        ({"factors": [factor("tijd")]}, "factors:", f"[ontbreekt] ‘taal’ ontbreekt hier – {MISSING}"),
        (
            {"factors": [factor("tijd"), factor("taal"), {**factor("taal"), "noun": "woorden"}]},
            "{id: taal, question: 'Hoe belangrijk is taal?', example: Heel belangrijk bij spoed., noun: woorden}",
            f"[dubbel] ‘taal’ staat er twee keer – {TWICE}",
        ),
        ({"channels": channels()[:3]}, "channels:", f"[ontbreekt] ‘brief’ ontbreekt hier – {MISSING}"),
        ({"channels": [*channels(), channel("website")]}, "id: website", f"[dubbel] ‘website’ staat er twee keer – {TWICE}"),
        ({"groups": [group(), group(why="Ook zo.")]}, "{id: ouderen, why: Ook zo., estimated: '2026-01-01'}", f"[dubbel] ‘ouderen’ staat er twee keer – {TWICE}"),
        ({"channels": channels(balie={"offers": {"tijd": {"level": 2, **backed()}}})}, "offers:", "[ontbreekt] de factor ‘taal’ ontbreekt – geef hem een level en een why"),
        (
            {"channels": channels(balie={"offers": offers(taaal={"level": 0, **backed()})})},
            "taaal: {level: 0, why: Zo gaat het., estimated: '2026-01-01'}",
            "[onbekende-term] ‘taaal’ bestaat niet – bedoel je ‘taal’?",
        ),
        ({"channels": channels(balie={"offers": offers(taal={"level": 1, **backed(estimated=None)})})}, "taal: {level: 1, why: Zo gaat het.}", NO_GROUND),
        (
            {"channels": channels(balie={"offers": offers(taal={"level": 1, **backed(source="lezen-2024")})})},
            "taal: {level: 1, why: Zo gaat het., estimated: '2026-01-01', source: lezen-2024}",
            NO_GROUND,
        ),
        ({"groups": [{"id": "ouderen", "why": "Zo gaat het."}]}, "{id: ouderen, why: Zo gaat het.}", NO_GROUND),
        ({"groups": [group(raises={"tijdd": 2})]}, "raises: {tijdd: 2}", "[onbekende-term] ‘tijdd’ bestaat niet – bedoel je ‘tijd’?"),
        ({"groups": [group(raises_sensitive={"tijdd": 2})]}, "raises_sensitive: {tijdd: 2}", "[onbekende-term] ‘tijdd’ bestaat niet – bedoel je ‘tijd’?"),
        ({"from_check": from_check(tasks={"betaalen": "doen"})}, "tasks: {betaalen: doen}", "[onbekende-term] ‘betaalen’ bestaat niet – bedoel je ‘betalen’?"),
        ({"from_check": from_check(needs={"gevoellig": {"taal": 2}})}, "gevoellig: {taal: 2}", "[onbekende-term] ‘gevoellig’ bestaat niet – bedoel je ‘gevoelig’?"),
        ({"from_check": from_check(needs={"gevoelig": {"tal": 2}})}, "gevoelig: {tal: 2}", "[onbekende-term] ‘tal’ bestaat niet – bedoel je ‘taal’?"),
        ({"channels": channels(balie={"personal": False})}, "channels:", FEW),
        ({"channels": channels(balie={"rich": False})}, "channels:", FEW),
        ({"channels": channels(balie={"traits": ["digitaal", "gesproken"]})}, "channels:", FEW),
        ({"channels": channels(balie={"carries": ["weten"]}, telefoon={"carries": ["weten", "doen"]})}, "channels:", nowhere("overleggen")),
        ({"channels": channels(balie={"carries": ["overleggen"]}, telefoon={"carries": ["weten"]})}, "channels:", nowhere("doen")),
    ],
)
def test_a_mistake_in_the_table_is_named(changes: dict[str, Any], line: str, expected: str, repository: Repository) -> None:
    write(repository, GUIDE, guide(**changes))
    assert said(repository) == [(GUIDE, line, expected)]


def test_a_third_channel_with_a_human_may_ask_for_a_computer(repository: Repository) -> None:
    write(repository, GUIDE, guide(channels=channels(website={"personal": True, "rich": True, "traits": ["digitaal"]})))
    assert said(repository) == []


NEED = {"level": 2, "why": "Dat telt hier."}


@pytest.mark.parametrize(
    ("services", "line", "expected"),
    [
        ([service(needs={"tijd": NEED})], "needs:", "[ontbreekt] de factor ‘taal’ ontbreekt – geef hem een level en een why"),
        (
            [service(needs={"tijd": dict(NEED), "taal": dict(NEED), "tal": dict(NEED)})],
            "tal: {level: 2, why: Dat telt hier.}",
            "[onbekende-term] ‘tal’ bestaat niet – bedoel je ‘taal’?",
        ),
        ([service(), service(title="Nog een paspoort")], "id: paspoort", f"[dubbel] ‘paspoort’ staat er twee keer – {TWICE}"),
    ],
)
def test_a_mistake_in_a_service_is_named(services: list[dict[str, Any]], line: str, expected: str, repository: Repository) -> None:
    write(repository, SERVICES, services)
    assert said(repository) == [(SERVICES, line, expected)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"status": "concept"}, "[tip-niet-actueel] tip 2 is concept – kies een andere tip"),
        ({"status": "vervallen"}, "[tip-niet-actueel] tip 2 is vervallen – kies een andere tip"),
        ({"status": "vervallen", "replaced_by": 1}, "[tip-niet-actueel] tip 2 is vervallen – gebruik 1"),
    ],
)
def test_what_to_follow_names_only_tips_that_are_shown(changes: dict[str, Any], expected: str, repository: Repository) -> None:
    repository.tip(2, **changes)
    write(repository, GUIDE, guide(watch=[{"title": "Wie belt er?", "text": "Tel het een week.", "tips": [2]}]))
    assert said(repository) == [(GUIDE, "tips: [2]", expected)]


def test_a_source_of_the_table_counts_as_used(repository: Repository) -> None:
    source = (repository.root / "content/sources/lezen-2024.yml").read_text(encoding="utf-8")
    for name in ("tabel", "groep", "wet", "niets"):
        repository.write(f"content/sources/{name}.yml", source.replace("/lezen", f"/{name}"))
    offered = offers(taal={"level": 1, **backed(estimated=None, source="tabel")})
    write(repository, GUIDE, guide(channels=channels(balie={"offers": offered}), groups=[{"id": "ouderen", "why": "Zo gaat het.", "source": "groep"}]))
    write(repository, SERVICES, [service(fixed={"channel": "balie", "why": "Dat moet.", "source": "wet"})])
    assert [path for path, _, _ in said(repository)] == ["content/sources/niets.yml"]


# ---------------------------------------------------------------- a site with the Kanaalwijzer, and one without


def built(repository: Repository) -> Path:
    """Build a site without any warning, and return it."""
    repository.can_build()
    checked = repository.run("check")
    assert (checked.returncode, checked.stdout) == (0, "0 fouten, 0 waarschuwingen\n"), checked.stdout + checked.stderr
    result = repository.run("build")
    assert result.returncode == 0, result.stdout + result.stderr
    return repository.root / "site"


def naming_the_guide(site: Path) -> list[str]:
    """Return the pages that lead to the Kanaalwijzer or the strategy."""
    leading = ("kanaalwijzer/", "kanalenstrategie/")
    return sorted(page.relative_to(site).as_posix() for page in site.rglob("*.html") if any(address in page.read_text(encoding="utf-8") for address in leading))


def test_a_site_with_a_guide_has_its_pages(repository: Repository) -> None:
    site = built(repository)
    assert [channel["id"] for channel in json.loads((site / "kanaalwijzer/gegevens.json").read_text(encoding="utf-8"))["channels"]] == list(CHANNELS)
    assert json.loads((site / "zelfcheck/gegevens.json").read_text(encoding="utf-8"))["guide"]["services"] == ["paspoort"]
    assert "index.html" in naming_the_guide(site)
    for page in ("kanaalwijzer", "kanaalwijzer/tabel", "kanaalwijzer/zo-werkt-de-kanaalwijzer", "kanalenstrategie"):
        assert (site / page / "index.html").is_file()


@pytest.mark.parametrize("missing", [(GUIDE,), (GUIDE, SERVICES), (GUIDE, SERVICES, CHECK), (CHECK,)], ids=lambda files: " ".join(Path(file).stem for file in files))
def test_a_site_without_a_guide_or_check_builds_and_leads_nowhere(missing: tuple[str, ...], repository: Repository) -> None:
    """The Kanaalwijzer fills in what the self-check told, so without the self-check there is none either."""
    for file in missing:
        (repository.root / file).unlink()
    site = built(repository)
    assert naming_the_guide(site) == []
    assert not (site / "kanaalwijzer").exists() and not (site / "kanalenstrategie").exists()
    data = site / "zelfcheck/gegevens.json"
    assert data.exists() == (CHECK not in missing)
    assert not data.exists() or "guide" not in json.loads(data.read_text(encoding="utf-8"))


def test_a_guide_without_common_services_has_its_pages_too(repository: Repository) -> None:
    (repository.root / SERVICES).unlink()
    site = built(repository)
    assert json.loads((site / "kanaalwijzer/gegevens.json").read_text(encoding="utf-8"))["services"] == []
    assert (site / "kanaalwijzer/tabel/index.html").is_file()
