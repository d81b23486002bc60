"""Throw damaged input at everything that reads from outside, and tell what breaks.

Usage: python tests/fuzz.py [--inputs N] [--seed N] [--kind NAME] [--only N]

Python reads tips, vocabularies, people, settings, pages and the form; it may only answer with problems in Dutch that point
into the file. The browser (fuzz.js) reads files, links, storage and fragments; it may only answer with a sound state or a
CheckError. Nothing may raise anything else, take a second, or keep memory. Every input follows from seed, kind and number, so
that one failure can be repeated; a failing text is made smaller before it is printed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import re
import resource
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import test_channel_guide_rules as example
import yaml
from conftest import BROWSER_FLAGS, ROOT, serving
from find_browser import find
from playwright.sync_api import Page, sync_playwright
from repository import PAGE, TODAY, Repository, as_yaml
from test_every_code import ENGLISH

from generator import cli, issue_form, pages, search
from generator.checks import check_all
from generator.derive import derive
from generator.load import load
from generator.problems import Problem, errors
from generator.yaml_source import read_yaml

MOST_SECONDS = 1.0  # Of this process, for one input.
MOST_GROWTH = 100  # Megabytes, from a tenth of the inputs to the last.
BASE = "https://tipwijzer.example/"
# What each kind of file in Python's part is, and its share.
FILES = {
    "tip": ("tips/001-lees-mee-1.yml", 3),
    "vocabulary": ("content/vocabularies/themes.yml", 2),
    "question": ("content/vocabularies/questions.yml", 1),
    "person": ("content/people/bo-de-vries.yml", 1),
    "organisation": ("content/organisations/gemeente-voorbeeld.yml", 1),
    "source": ("content/sources/lezen-2024.yml", 1),
    "glossary": ("content/glossary.yml", 1),
    "jargon": ("content/jargon.yml", 1),
    "self-check": (example.CHECK, 2),
    "channel-guide": (example.GUIDE, 2),
    "services": (example.SERVICES, 1),
    "workshop": ("content/workshop.yml", 1),
    "site": ("content/site.yml", 1),
    "page": ("content/pages/over.md", 1),
    "addresses": ("content/published-addresses.txt", 1),
}
# The form, and any of our real files by itself: that is quick, since nothing follows from it.
OTHER_SHARES = {"form": 1, "yaml": 40}
# Kinds of fuzz.js, and the share of each in what the browser gets.
BROWSER_KINDS = {"file": 5, "link": 4, "storage": 3, "selection": 3, "selection-link": 2, "filters": 3, "board": 5, "search": 1}
VISIT_SHARE = 1_000  # One visit to a page of the site, with ten fragments, for so many inputs.
BATCH = 500
JARGON = "- forms: [implementeren, implementeert]\n  instead: invoeren\n"

# What means something to YAML, Markdown, a template, a path or a careless program.
PIECES = (
    "\n", "\n\n", "\n  ", "\n- ", " ", "  ", ": ", ":", "- ", "-", "? ", "# ", " #x", "[", "]", "{", "}", ",", "'", '"', "''", "|", "|\n", ">", ">-\n", "&a ", "*a", "<<: *a", "!", "!!str ",
    "!!python/object/apply:os.system [ls]", "!!binary |\n  R0lG", "---\n", "...\n", "%YAML 1.1\n", "%", "@", "`", "\t", "\0", "\x07", "\x85", "\u2028", "\u202e", "\u200b", "\ufeff", "\ufffe", "\\", "\\x", "\\u12",
    "no", "on", "~", "null", "true", "012", "0x1f", "0o7", "1e999", "-1", "0", "1.5", ".inf", ".nan", "12:30:45", "1_000", "9" * 30, "2024-02-30", "2026-11-21", "9999-12-31", "0000-00-00", "<<<<<<< x\n",
    "<script>", "<b>", "</", "&lt;", "&#60;", "&#x", "{{ 7*7 }}", "{% x %}", "{#", "](", "](javascript:x)", "](tip:1)", "](tip:9999)", "](../../x.md)", "](https://voorbeeld.nl)", "[x]: y", "*", "**", "_", "~~~", "```\n", "# kop\n", "===\n",
    "| a |\n| - |\n", "1. ", "> ", "    ", "../", "/etc/passwd", "__proto__", "constructor", "é", "e\u0301", "😀", "ﬁ", "ǅ", "İ", "ß", "١", "²", "=1+1", "x" * 100, "x " * 500, "[" * 60, "[[" * 2_000, "{a: " * 30, "- " * 40, "\n" * 50, "\ud7ff",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 12, 10**18, 1.5, "", " ", "\n", "x", "12", "1", "no", "x" * 90, "x" * 3_000, "een twee", "Een zin. Nog een.", "**vet**", "- a\n- b", "# kop", "<b>x</b>", "{{ x }}", "[x](tip:1)", "[x](https://voorbeeld.nl)",
    "2024-01-01", "2099-01-01", "2024", "2024-13-01", "gebruiksgemak", "klein", "lezen-2024", "bo-de-vries", "../x", "__proto__", "https://voorbeeld.nl/", "javascript:x", "material/phone", "#0a5f7a", "é😀", "\u202e", "a\0b", [], {}, [[]], [None],
    ["x"], ["x", "x"], [1, 2], [{}], {"x": "y"}, {"core": [], "also": []}, {"core": ["stress"]}, {"id": "x"}, [["x"]] * 3, {"a": {"b": {"c": {"d": 1}}}},
)  # fmt: skip


@dataclass(frozen=True)
class Failure:
    """One input that was answered wrongly: of which kind and number, how, and the input itself."""

    kind: str
    number: int
    why: str
    given: str


# ---------------------------------------------------------------- damaging


def damaged(chance: random.Random, text: str, others: list[str]) -> bytes:
    """Return a text with a few random wounds; ``others`` are texts to take lines from."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        text = _wounded(chance, text, others)
    raw = text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.03:
        place = chance.randrange(len(raw) + 1)
        raw = raw[:place] + chance.choice((b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x00", b"\xef\xbb\xbf", b"\r", b"\r\n")) + raw[place:]
    return raw


def _wounded(chance: random.Random, text: str, others: list[str]) -> str:
    place = chance.randrange(len(text) + 1)
    lines = text.split("\n")
    row = chance.randrange(len(lines))
    match chance.randrange(9):
        case 0 | 1:
            return text[:place] + chance.choice(PIECES) + text[place:]
        case 2:
            return text[:place] + chance.choice(PIECES) + text[place + chance.randint(1, 12) :]
        case 3:
            return text[:place] + text[place + chance.randint(1, 30) :]
        case 4:
            return text[:place]
        case 5:
            lines[row : row + 1] = [lines[row]] * chance.choice((0, 0, 2, 2, 3, 200))
        case 6:
            other = chance.randrange(len(lines))
            lines[row], lines[other] = lines[other], lines[row]
        case 7:
            lines[row] = " " * chance.randint(0, 8) + lines[row].lstrip()
        case 8:
            donor = chance.choice(others).split("\n")
            start = chance.randrange(len(donor))
            lines[row:row] = donor[start : start + chance.randint(1, 8)]
    return "\n".join(lines)


def bent(chance: random.Random, text: str) -> bytes:
    """Return a YAML file in which values, fields or parts are others, as correct YAML."""
    data = yaml.load(text, yaml.CSafeLoader)
    for _ in range(chance.choice((1, 1, 2, 4))):
        places = list(_places(data))
        if not places:
            break
        holder, key = chance.choice(places)
        match chance.randrange(6):
            case 0 | 1 | 2:
                holder[key] = deepcopy(chance.choice(VALUES))  # What is done to it later must not be done to all inputs after it.
            case 3:
                other, other_key = chance.choice(places)
                holder[key] = deepcopy(other[other_key])
            case 4:
                del holder[key]
            case 5 if isinstance(holder, dict):
                holder[chance.choice((*(str(key) for _, key in places), *PIECES))] = holder.pop(key)
            case _:
                holder.append(deepcopy(holder[key]))
    if chance.random() < 0.3:
        return json.dumps(data, ensure_ascii=False, default=str, indent=chance.choice((None, 1))).encode("utf-8", "surrogatepass")
    return as_yaml(data).encode("utf-8", "surrogatepass")


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in nested data as its holder and its key."""
    for key, value in list(data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()):
        yield data, key
        yield from _places(value)


# ---------------------------------------------------------------- what Python reads


class Wrong(Exception):
    """An answer that may not be given."""


def small_repository(root: Path) -> Repository:
    """Return a valid repository with something of everything, as small as can be: it is read for every input."""
    made = Repository(root)
    for number in (1, 2):
        made.tip(number, barriers={"core": ["stress"]})
    shutil.copy(ROOT / "tips" / "_sjabloon.yml", root / "tips")
    made.write("content/vocabularies/factors.yml", example.terms(*example.FACTORS))
    made.write("content/vocabularies/channels.yml", example.terms(*example.CHANNELS))
    made.write("content/pages/meedoen.md", PAGE.replace("Over ons", "Meedoen"))
    made.write(example.CHECK, example.SELF_CHECK)
    example.write(made, example.GUIDE, example.guide())
    example.write(made, example.SERVICES, [example.service()])
    made.write("content/jargon.yml", JARGON)
    made.write("content/published-addresses.txt", "tips/1-lees-mee-1/\nover/\n")
    used = {word for file in (*root.glob("tips/0*"), *root.glob("content/*.yml"), *root.glob("content/[ops]*/*.yml")) for word in re.findall(r"[a-z0-9-]+", file.read_text(encoding="utf-8"))}
    for file in (root / "content/vocabularies").glob("*.yml"):
        terms = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
        made.write(f"content/vocabularies/{file.name}", as_yaml([term for place, term in enumerate(terms) if not place or term["id"] in used]))
    found = errors(check_all(load(root, TODAY), TODAY))
    assert not found, found
    return made


class PythonReaders:
    """Everything that Python reads, in one small repository."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.seed = seed
        self.repository = small_repository(folder / "tipwijzer")
        self.originals = {kind: (self.repository.root / path).read_text(encoding="utf-8") for kind, (path, _) in FILES.items()}
        self.form = issue_form_message()
        self.real = [file.read_text(encoding="utf-8") for file in sorted((*ROOT.glob("tips/*.yml"), *ROOT.glob("content/**/*.yml"))) if file.stat().st_size < 15_000]

    def given(self, kind: str, number: int) -> bytes:
        """Return the input of a kind with a number."""
        chance = random.Random(f"{self.seed} {kind} {number}")
        if kind == "form":
            return damaged(chance, self.form, [self.form, *self.originals.values()])
        if kind == "yaml":
            return damaged(chance, chance.choice(self.real), self.real)
        if kind in ("page", "addresses") or chance.random() < 0.6:
            return damaged(chance, self.originals[kind], list(self.originals.values()))
        return bent(chance, self.originals[kind])

    def read(self, kind: str, given: bytes) -> None:
        """Read an input. Raises whatever the reader raises, and Wrong when its answer may not be."""
        if kind == "form":
            return self._read_form(given)
        if kind == "yaml":
            return self._read_file(given)
        path = FILES[kind][0]
        file = self.repository.write(path, given)
        try:
            self._read_repository(path, given)
        finally:
            file.write_bytes(self.originals[kind].encode())

    def _read_file(self, given: bytes) -> None:
        file = self.repository.write("los.yml", given)
        document, problems = read_yaml(file, self.repository.root)
        for problem in problems:
            self._judge(problem)
        if document is None and not problems:
            raise Wrong("no document, and no problem that says why")

    def _read_repository(self, path: str, given: bytes) -> None:
        loaded = load(self.repository.root, TODAY)
        problems = check_all(loaded, TODAY)
        for problem in problems:
            self._judge(problem)
        if errors(problems):
            return
        if not loaded.knowledge:
            raise Wrong("no knowledge base, and no error that says why")
        site = derive(loaded.knowledge)
        rendered = pages.render(site, BASE)
        pages.assets(site, BASE)
        search.files(site, rendered)

    def _judge(self, problem: Problem) -> None:
        file = self.repository.root / problem.path
        lines = len(re.split(r"\r\n|\r|\n", file.read_bytes().decode("utf-8", "replace"))) if file.is_file() else 1
        if not file.resolve().is_relative_to(self.repository.root.resolve()) or not 1 <= problem.line <= lines:
            raise Wrong(f"points outside its file of {lines} lines: {problem}")
        if not str(problem).isprintable() or not problem.message or not problem.hint:
            raise Wrong(f"is no line to read: {problem!r}")
        if english := ENGLISH.search(re.sub(r"‘.*’", "", problem.message)):
            raise Wrong(f"speaks English ({english[0]}): {problem}")

    def _read_form(self, given: bytes) -> None:
        message = self.repository.root / "bericht.md"
        message.write_bytes(given)
        tips = self.repository.root / "tips"
        before = {file.name for file in tips.iterdir()}
        said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="replace")
        with contextlib.redirect_stdout(said):
            code = cli.main(["--map", str(self.repository.root), "concept", str(message)])
        said.seek(0)
        text = said.read()
        made = {file.name for file in tips.iterdir()} - before
        for name in made:
            (tips / name).unlink()
        if code not in (0, 1) or bool(made) != (code == 0) or len(made) > 1 or not text.strip():
            raise Wrong(f"answers {code} with {len(made)} files and: {text}")


def issue_form_message() -> str:
    """Return a message that the form makes, with a good answer to every question."""
    answers = {
        "Titel": "Bel terug op de dag die je belooft", "Thema": "gebruiksgemak", "Vraag van collega's": "hoe-test-ik-mijn-dienst", "Samenvatting": "Wie belooft te bellen, belt. Zo blijft het rustig.",
        "Advies": "Spreek een dag af.\n\nBel op die dag, ook zonder nieuws.", "Stappen": "1. Kies een dag.\n2. Zet hem in de agenda.\n3. Bel.", "Wanneer past de tip niet?": "Als iemand liever mailt.",
        "Waarom werkt het?": "Wie weet waar hij aan toe is, belt niet zelf.", "Hoeveel werk is het?": "klein", "Wie kost het hoeveel tijd?": "Een uur voor jou.", "Voorbeeld: kop": "Minder mensen bellen zelf",
        "Voorbeeld: wat gebeurde er?": "Er kwam rust aan de lijn.", "Voorbeeld: wie deed het?": "Gemeente Voorbeeld", "Voorbeeld: bron": "lezen-2024", "Onderzoek: kop": "Bellen werkt", "Onderzoek: wat kwam eruit?": "Mensen wachten rustiger.",
        "Onderzoek: bron": "https://www.voorbeeld.nl/lezen", issue_form.CONSENT: "- [X] Ik schreef dit zelf.\n- [X] Iedereen mag het gebruiken.",
    }  # fmt: skip
    return "\n\n".join(f"### {label}\n\n{answer}" for label, answer in answers.items())


def fuzz_python(inputs: int, seed: int, kind_only: str | None = None, only: int | None = None) -> tuple[dict[str, int], list[Failure]]:
    """Return how many inputs of each kind were read, and those that failed."""
    shares = {**{kind: share for kind, (_, share) in FILES.items()}, **OTHER_SHARES}
    counts, failures = {}, []
    memory: list[int] = []
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        readers = PythonReaders(Path(folder), seed)
        for kind, share in shares.items():
            if kind_only not in (None, kind):
                continue
            numbers = [only] if only is not None else range(max(1, inputs * share // sum(shares.values())))
            counts[kind] = len(numbers)
            for number in numbers:
                given = readers.given(kind, number)
                if why := why_wrong(readers, kind, given):
                    failures.append(Failure(kind, number, why, smaller(readers, kind, given, why)))
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    if memory and memory[-1] - memory[0] > MOST_GROWTH:
        failures.append(Failure("python", 0, f"memory grew from {memory[0]} to {memory[-1]} MB", ""))
    return counts, failures


def why_wrong(readers: PythonReaders, kind: str, given: bytes) -> str:
    """Return what is wrong with how an input is answered, or an empty text."""
    began = time.process_time()
    try:
        readers.read(kind, given)
    except Wrong as wrong:
        return str(wrong)
    except Exception as error:  # noqa: BLE001  # Anything that a reader raises is a finding.
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
    seconds = time.process_time() - began
    return f"took {seconds:.1f} s" if seconds > MOST_SECONDS else ""


def smaller(readers: PythonReaders, kind: str, given: bytes, why: str) -> str:
    """Return a failing input without the lines, and then the characters, that don't matter to its failing so."""

    def sort_of(text: str) -> str:
        return re.sub(r"\d+|‘.*’", "", text)[:30]

    try:
        text = given.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return repr(given)
    for separator in ("\n", ""):
        parts = text.split(separator) if separator else list(text)
        if not separator and len(parts) > 400:
            break
        size = max(1, len(parts) // 2)
        while True:
            place = 0
            while place < len(parts):
                without = parts[:place] + parts[place + size :]
                if sort_of(why_wrong(readers, kind, separator.join(without).encode("utf-8", "surrogatepass"))) == sort_of(why):
                    parts = without
                else:
                    place += size
            if size == 1:
                break
            size //= 2
        text = separator.join(parts)
    return text


# ---------------------------------------------------------------- what the browser reads


def stand_on(page: Page, address: str) -> None:
    """Open a plain page of the built site at ``address``, from which fuzz.js can be imported."""
    page.route("**/fuzz.js", lambda route: route.fulfill(path=Path(__file__).with_name("fuzz.js"), content_type="text/javascript"))
    page.goto(f"{address}404.html")


def fuzz_browser(page: Page, inputs: int, seed: int, kind_only: str | None = None, only: int | None = None) -> tuple[dict[str, int], list[Failure]]:
    """Return how many inputs of each kind were read by the scripts of the site that ``page`` stands on, and those that failed."""
    client = page.context.new_cdp_session(page)
    counts: dict[str, int] = {}
    failures: list[Failure] = []
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    memory: list[float] = []
    for kind, share in BROWSER_KINDS.items():
        if kind_only not in (None, kind):
            continue
        many = 1 if only is not None else max(1, inputs * share // sum(BROWSER_KINDS.values()))
        counts[kind] = many
        for start in range(only or 0, (only or 0) + many, BATCH):
            size = min(BATCH, (only or 0) + many - start)
            found = page.evaluate("async (order) => (await import(new URL('fuzz.js', document.baseURI))).fuzz(order)", {"kind": kind, "seed": seed, "start": start, "size": size})
            failures += [Failure(kind, each["number"], each["why"], each["given"]) for each in found]
            client.send("HeapProfiler.collectGarbage")
            memory.append(client.send("Runtime.getHeapUsage")["usedSize"] / 1e6)
    failures += [Failure("browser", 0, f"an error that nobody caught: {error}", "") for error in errors]
    if memory and memory[-1] - memory[len(memory) // 10] > MOST_GROWTH:
        failures.append(Failure("browser", 0, f"memory grew to {memory[-1]:.0f} MB", ""))
    return counts, failures


# Goes through the fragments on the page that stands there, and tells what a visitor would see that is no text for visitors.
WALK = """async (fragments) => {
  for (const fragment of fragments) {
    location.hash = fragment;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const text = document.querySelector("main").innerText;
  return !document.querySelector("h1") ? "no heading" : (/undefined|NaN|\\[object/.exec(text)?.[0] ?? "");
}"""


def fuzz_visits(page: Page, visits: int, seed: int, only: int | None = None) -> tuple[dict[str, int], list[Failure]]:
    """Visit pages of the site that ``page`` stands on, with damaged storage and fragments; return counts and failures as ``fuzz_browser``."""
    visitor = page.context.new_page()
    errors: list[str] = []
    visitor.on("pageerror", lambda error: errors.append(str(error)))
    visitor.on("dialog", lambda dialog: dialog.dismiss())
    failures = []
    numbers = [only] if only is not None else range(visits)
    fragments = 0
    for number in numbers:
        given = page.evaluate("async (order) => (await import(new URL('fuzz.js', document.baseURI))).visit(order)", {"seed": seed, "number": number})
        fragments += len(given["fragments"])
        base = page.url.removesuffix("404.html")
        visitor.goto("about:blank")
        visitor.goto(f"{base}{given['path']}#{given['fragments'][0].removeprefix('#')}")  # The damage may have taken the #, which makes another page of it.
        seen = visitor.evaluate(WALK, given["fragments"][1:])
        if errors or seen:
            failures.append(Failure("visit", number, "; ".join(dict.fromkeys(errors)) or f"shows: {seen}", json.dumps(given)))
            errors.clear()
    visitor.close()
    return {"visit": fragments}, failures


def table(counts: Mapping[str, int]) -> str:
    """Return the counts as a table, with their sum."""
    return "\n".join(f"{name:>16} {number:>9,}" for name, number in {**counts, "all": sum(counts.values())}.items())


def told(failures: list[Failure], seed: int) -> str:
    """Return the failures to read: one of each sort, with how many there are and how to repeat it."""
    sorts: dict[tuple[str, str], list[Failure]] = {}
    for failure in failures:
        sorts.setdefault((failure.kind, re.sub(r"\d+|‘.*’", "", failure.why)[:60]), []).append(failure)
    return "\n".join(
        f"\n{first.kind} ({len(others)} times): {first.why}\n  repeat: python tests/fuzz.py --seed {seed} --kind {first.kind} --only {first.number}\n  input: {first.given!r}"
        for others in sorts.values()
        for first in [min(others, key=lambda failure: len(failure.given))]
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=150_000, help="how many inputs in all; a fifth goes to Python, which takes longer over each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", help="only this kind of input")
    parser.add_argument("--only", type=int, help="only the input with this number")
    given = parser.parse_args()
    began = time.monotonic()
    counts, failures = fuzz_python(given.inputs // 5, given.seed, given.kind, given.only) if given.kind not in BROWSER_KINDS else ({}, [])
    if given.kind not in counts:
        with serving(ROOT / "site") as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find(), args=BROWSER_FLAGS)
            page = browser.new_context().new_page()
            stand_on(page, address)
            more, wrong = fuzz_browser(page, given.inputs * 4 // 5, given.seed, given.kind, given.only)
            counts, failures = {**counts, **more}, failures + wrong
            if given.kind in (None, "visit"):
                more, wrong = fuzz_visits(page, given.inputs // VISIT_SHARE, given.seed, given.only)
                counts, failures = {**counts, **more}, failures + wrong
            browser.close()
    print(f"Seed {given.seed}, {time.monotonic() - began:.0f} seconds\n{table(counts)}\n{told(failures, given.seed)}\n{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
