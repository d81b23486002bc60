"""Put every attack of data/hostile.yml in the texts of a copy of the repository, and look in a browser whether one does anything.

Usage: python tests/hostile.py      (or: make hostile)

An attack is refused, or else it must be harmless on every page, in every file of the site, and in every file that a visitor saves
who typed attacks too. Prints a count by kind.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import lxml.html
import markdown
import yaml
from conftest import BROWSER_FLAGS, ROOT, copy_repository, run, serving
from find_browser import find
from playwright.sync_api import Page, sync_playwright
from repository import as_yaml

from generator.checks import check_all
from generator.load import load
from generator.problems import errors
from generator.yaml_source import Location, read_yaml

ATTACKS = [(kind, text) for kind, texts in yaml.safe_load((ROOT / "tests/data/hostile.yml").read_text(encoding="utf-8")).items() for text in texts]
# Fields with a text of one word, by which it can't be told from an id.
_NAMES = frozenset(("label", "name", "term", "title", "value", "keywords", "synonyms", "forms", "instead"))
# What may run is our own: files, data, and the three scripts of Material.
_LOOK = """() => {
  const wrong = [];
  if ("__pwned" in window || {}.polluted) wrong.push("a script ran");
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on")) wrong.push(`${element.localName} ${name}`);
      if (!["href", "src", "action", "formaction", "data", "srcdoc"].includes(name)) continue;
      const { protocol, hostname } = new URL(value, location);
      if (!["http:", "https:", "mailto:", "blob:"].includes(protocol) || hostname.endsWith("evil.example")) wrong.push(`${element.localName} ${name}=${value}`);
    }
    if (["iframe", "frame", "object", "embed", "base", "style", "animate", "math"].includes(element.localName)) wrong.push(element.localName);
  }
  if (document.querySelectorAll("script:not([src], [type$=json])").length !== 3) wrong.push("a script of somebody else");
  if (!document.querySelector("h1") || !document.querySelector("body > .md-container > footer")) wrong.push("the page is broken");
  return wrong;
}"""

# The buttons of the tools that save a file.
_SAVES = re.compile(r"^(Bewaar (als|voor) |Download |Zet in de agenda)")
# What may stand in a Markdown file and in a calendar of ours, and how a cell begins that a program for tables takes for a formula.
_ELEMENTS = frozenset("div h1 h2 h3 h4 p ul ol li a strong em code pre blockquote hr br table thead tbody tr th td".split())
_IN_CALENDAR = frozenset("BEGIN END VERSION PRODID UID DTSTAMP DTSTART SUMMARY DESCRIPTION URL TRANSP ACTION TRIGGER".split())
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_HARMLESS = re.compile(r"(https?|mailto):(?!.*evil\.example)|#")


@dataclass
class Poisoned:
    """A repository with an attack in every text that takes it: (kind, text) that were refused and that were taken, each as often as that happened."""

    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)

    def report(self) -> Iterator[str]:
        """Yield a line for each kind of attack."""
        for kind, texts in Counter(kind for kind, _ in ATTACKS).items():
            refused, taken = (sum(number for (of, _), number in counts.items() if of == kind) for counts in (self.refused, self.taken))
            yield f"{kind}: {texts} texts, refused {refused} times, shown as text {taken} times"


def texts(value: Any, location: Location = ()) -> Iterator[Location]:
    """Yield where a person's words stand in the data of a file: whatever has a space in it, and names."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from texts(part, (*location, name))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from texts(part, (*location, place))
    elif isinstance(value, str) and (" " in value or _NAMES & set(location[-2:])):
        yield location


def put(value: Any, location: Location, text: str) -> str:
    """Put a text in data, and return the text that it replaces."""
    for step in location[:-1]:
        value = value[step]
    before: str = value[location[-1]]
    value[location[-1]] = text
    return before


def poison(root: Path) -> Poisoned:
    """Put attacks in all texts of the repository at ``root``, each in its turn, and take back those that the check refuses."""
    found = Poisoned()
    attacks = cycle(ATTACKS)
    data: dict[str, Any] = {}
    before: dict[tuple[str, Location], tuple[str, tuple[str, str]]] = {}
    for file in sorted(file for folder in ("tips", "content") for file in (root / folder).rglob("*.yml") if not file.name.startswith("_")):
        path = file.relative_to(root).as_posix()
        data[path] = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
        for location in texts(data[path]):
            attack = next(attacks)
            # With a number of its own, since no two titles may be the same.
            before[path, location] = (put(data[path], location, f"{attack[1]} {len(before)}"), attack)
    changed = set(data)
    while changed:
        for path in changed:
            (root / path).write_text(as_yaml(data[path]), encoding="utf-8")
        changed = set()
        for path, location in _refused(root, data, before):
            original, attack = before.pop((path, location))
            put(data[path], location, original)
            found.refused[attack] += 1
            changed.add(path)
    found.taken.update(attack for _, attack in before.values())
    return found


def _refused(root: Path, data: Mapping[str, Any], placed: Iterable[tuple[str, Location]]) -> set[tuple[str, Location]]:
    """Return where the check refuses what was placed. Raises AssertionError for a problem that comes of nothing that was placed."""
    places: dict[str, list[tuple[int, Location]]] = {}
    by_path: dict[str, list[Location]] = {}
    for path, location in placed:
        by_path.setdefault(path, []).append(location)
    refused = set()
    today = date.today()
    for problem in errors(check_all(load(root, today), today)):
        if problem.path not in places:
            document, _ = read_yaml(root / problem.path, root)
            assert document, problem
            places[problem.path] = sorted((document.lines[location], location) for location in by_path.get(problem.path, ()))
        above = [location for line, location in places[problem.path] if line <= problem.line]
        assert above, problem
        refused.add((problem.path, above[-1]))
    return refused


def unreadable(site: Path) -> list[str]:
    """Return which data of a site can't be read as what it is."""
    wrong = []
    for file in sorted(site.rglob("*")):
        try:
            if file.suffix == ".json":
                json.loads(file.read_text(encoding="utf-8"))
            elif file.suffix == ".xml":
                ElementTree.parse(file)
        except (ValueError, ElementTree.ParseError) as error:
            wrong.append(f"{file.name}: {error}")
    return wrong


def visit(page: Page, base: str, addresses: Iterable[str]) -> list[str]:
    """Open pages of a poisoned site, and return what an attack did on them, with the address of the page."""
    wrong: list[str] = []

    def note(what: str) -> None:
        wrong.append(f"{page.url.removeprefix(base)}: {what}")

    page.on("dialog", lambda dialog: (note(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: note(f"error {error}"))
    page.on("console", lambda message: note(message.text) if "Content Security Policy" in message.text else None)
    page.on("request", lambda request: None if request.url.startswith((base, "data:", "blob:")) else note(f"asked for {request.url}"))
    for address in addresses:
        page.goto(base + address)
        for what in page.evaluate(_LOOK):
            note(what)
    return wrong


def fill_in(page: Page, base: str, site: Path) -> Iterator[Path]:
    """Use the tools of a poisoned site as a visitor who types attacks everywhere, and yield each file that they save."""
    check = json.loads((site / "zelfcheck/gegevens.json").read_text(encoding="utf-8"))
    guide = json.loads((site / "kanaalwijzer/gegevens.json").read_text(encoding="utf-8"))
    typed = cycle(text for _, text in ATTACKS)
    tips = [tip["number"] for tip in check["tips"]]
    given = {name: [next(iter(item["options"]))] for name, item in check["items"].items() if item["options"]}
    plan = {str(number): {"status": "gaan-we-doen", "wie": next(typed), "wanneer": "2027-03-01", "notitie": next(typed)} for number in tips}
    services = [{"naam": next(typed), "kort": False, "antwoorden": given, "plan": plan, "kanalen": {"dienst": service["id"]}} for service in guide["services"][:10]]
    strategy = {"doelen": next(typed)}
    page.goto(base + "404.html")
    page.evaluate(
        "(kept) => Object.entries(kept).forEach(([key, value]) => localStorage.setItem(key, JSON.stringify(value)))",
        {
            "tipwijzer.zelfcheck": {"soort": "tipwijzer-zelfcheck", "versie": 2, "vragen": check["version"], "diensten": services, "strategie": strategy},
            "tipwijzer.selectie": {"versie": 1, "tips": [{"nummer": number, "notitie": next(typed)} for number in tips]},
        },
    )
    for path in ("zelfcheck/#start", "zelfcheck/#resultaat", "kanaalwijzer/", "kanalenstrategie/", "selectie/"):
        page.goto(base + "404.html")
        page.goto(base + path)
        page.get_by_role("button", name=_SAVES).first.wait_for()
        for button in page.get_by_role("button", name=_SAVES).all():
            with page.expect_download() as saved:
                button.click()
            file = site.parent / saved.value.suggested_filename
            saved.value.save_as(file)
            yield file


def harmful(file: Path) -> list[str]:
    """Return what in a saved file does more than be read. Raises what its reader raises when it is not what its name says."""
    match file.suffix:
        case ".json":
            json.loads(file.read_text(encoding="utf-8"))
            return []
        case ".csv":
            rows = csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""), delimiter=";")
            return [cell for row in rows for cell in row if cell.strip().startswith(_FORMULA)]
        case ".ics":
            lines = re.sub("\r\n ", "", file.read_bytes().decode()).removesuffix("\r\n").split("\r\n")
            return [line for line in lines if "\n" in line or "\r" in line or re.split("[:;]", line)[0] not in _IN_CALENDAR]
        case ".md":
            found = lxml.html.fromstring(f"<div>{markdown.markdown(file.read_text(encoding='utf-8'), extensions=['tables'])}</div>")
            elements = [element.tag for element in found.iter() if element.tag not in _ELEMENTS]
            return elements + [f"{name}={value}" for element in found.iter() for name, value in element.items() if name != "href" or not _HARMLESS.match(value)]
        case ".docx":
            with zipfile.ZipFile(file) as archive:
                parts = [ElementTree.fromstring(archive.read(name)) for name in archive.namelist()]
            targets = [element.get("Target", "") for part in parts for element in part.iter() if element.get("TargetMode") == "External"]
            fields = [element.tag for part in parts for element in part.iter() if element.tag.endswith(("instrText", "fldSimple", "object"))]
            return fields + [target for target in targets if not _HARMLESS.match(target)]
        case other:
            return [f"a kind of file that nobody looks into: {other}"]


def main() -> int:
    with tempfile.TemporaryDirectory() as temporary:
        root = copy_repository(Path(temporary) / "kopie")
        found = poison(root)
        print(*found.report(), sep="\n", flush=True)
        built = run("build", cwd=root)
        if built.returncode:
            print(built.stdout + built.stderr)
            return 1
        site = root / "site"
        pages = sorted(file.parent.relative_to(site).as_posix() + "/" for file in site.rglob("index.html"))
        with sync_playwright() as playwright, serving(site) as base:
            browser = playwright.chromium.launch(executable_path=find(), args=BROWSER_FLAGS)
            page = browser.new_page()
            wrong = visit(page, base, pages)
            files = [*fill_in(page, base, site)]
            wrong += unreadable(site) + [f"{file.name}: {what}" for file in files for what in harmful(file)]
            browser.close()
        print(*wrong, f"{len(pages)} pages and {len(files)} saved files seen, {len(wrong)} things are not as they should be", sep="\n")
        return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
