"""Measure our build against plain MkDocs with Material on the same Markdown, in one run.

Usage: python tests/bench.py [NUMBER OF TIPS ...]      (default: 100 1000)

The tips are the real ones, copied with numbers and names of their own. Plain MkDocs gets the exported pages, Material's own
theme and search, and a nav of only the home page. Prints Markdown.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from conftest import BROWSER_FLAGS, ROOT, TIPWIJZER, copy_repository, serving
from find_browser import find
from playwright.sync_api import sync_playwright

MOST_TIPS = 9999  # A tip's number has at most four digits.
COPIES_PER_GROUP = 20  # So many copies of the tips share their people, organisations and sources.
PLAIN = """\
site_name: Gewoon
site_url: https://tipwijzer.example/
theme: {name: material, language: nl, font: false}
plugins: [{search: {lang: nl}}]
markdown_extensions: [tables, sane_lists, fenced_code, md_in_html, {toc: {toc_depth: 2}}]
nav: [{Home: index.md}]
not_in_nav: "*"
"""


@dataclass(frozen=True)
class Measured:
    """What one build took."""

    seconds: float
    megabytes: float
    site: Path

    def size(self, path: str) -> int:
        """Return the size of a file of the site in bytes, compressed as a server would."""
        return len(gzip.compress((self.site / path).read_bytes(), 6))


def generate(folder: Path, number: int) -> None:
    """Make a repository with ``number`` tips in ``folder``."""
    copy_repository(folder)
    originals = sorted(file for file in (folder / "tips").glob("[0-9]*.yml"))
    texts = [file.read_text(encoding="utf-8") for file in originals]
    numbers = [int(re.search(r"^number: (\d+)", text, re.MULTILINE)[1]) for text in texts]  # type: ignore[index]
    for file in originals:
        file.unlink()
    (folder / "content/published-addresses.txt").unlink(missing_ok=True)
    questions = folder / "content/vocabularies/questions.yml"  # Its tips to begin with have other numbers here.
    questions.write_text(re.sub(r"^  begin: .*\n", "", questions.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")
    for made in range(number):
        copy, which = divmod(made, len(texts))
        first = copy * len(texts) + 1
        present = {old: first + place for place, old in enumerate(numbers) if first + place <= number}
        text = _renumbered(texts[which], present, first + which, copy)
        group = copy // COPIES_PER_GROUP
        if group:
            text = re.sub(r"^( *-? *(?:person|organisation|source): [a-z0-9-]+)$", rf"\1-g{group}", text, flags=re.MULTILINE)
        slug = re.search(r"^slug: (.+)$", text, re.MULTILINE)[1]  # type: ignore[index]
        (folder / "tips" / f"{first + which:03}-{slug}.yml").write_text(text, encoding="utf-8")
    for group in range(1, -(-number // (len(texts) * COPIES_PER_GROUP))):
        for name in ("people", "organisations", "sources"):
            for file in (ROOT / "content" / name).glob("*.yml"):
                text = file.read_text(encoding="utf-8")
                if name == "people":
                    text = re.sub(r"^(organisation: \S+)$", rf"\1-g{group}", text, flags=re.MULTILINE)
                (folder / "content" / name / f"{file.stem}-g{group}.yml").write_text(text, encoding="utf-8")


def _renumbered(text: str, present: dict[int, int], number: int, copy: int) -> str:
    def references(match: re.Match[str]) -> str:
        return match[1] + ", ".join(str(present[old]) for old in map(int, re.findall(r"\d+", match[2])) if old in present) + "]"

    text = re.sub(r"^((?:related|requires): \[)([\d, ]*)\]", references, text, flags=re.MULTILINE)
    text = re.sub(r"tip:(\d+)\)", lambda match: f"tip:{present.get(int(match[1]), number)})", text)
    text = re.sub(r"^number: .*$", f"number: {number}", text, flags=re.MULTILINE)
    text = re.sub(r"^slug: (.{1,50}?)-?$", rf"slug: \1-k{copy}", re.sub(r"^(slug: .{1,50}).*$", r"\1", text, flags=re.MULTILINE), flags=re.MULTILINE)
    return re.sub(r"^title: \"?(.{1,70}?)\"?$", rf'title: "\1 {copy}"', re.sub(r"^(title: .{1,70}).*$", r"\1", text, flags=re.MULTILINE), flags=re.MULTILINE)


def measure(*command: str | Path, folder: Path, site: Path) -> Measured:
    """Run a build and return what it took. Stops the program when the build fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    said = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} failed:\n{said[-3000:]}")
    return Measured(time.perf_counter() - start, usage.ru_maxrss / 1024, site)


def print_self_check(site: Path, number: int) -> None:
    """Print how long the self-check takes from the last answer to the advice, on a CPU four times as slow, and its size."""
    answers = {"drempels.stress": ["vaak"], "drempels.lezen": ["vaak"], "vastlopen": ["wachten", "invullen"], "verloop.gevoelig": ["vaak"], "bereiken": ["nee"]}
    state = {"soort": "tipwijzer-zelfcheck", "versie": 1, "vragen": 1, "datum": "", "invuller": "", "diensten": [{"naam": "", "kort": False, "antwoorden": answers, "plan": {}}]}
    with serving(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=BROWSER_FLAGS)
        page = browser.new_page()
        page.goto(base)
        page.evaluate("(state) => localStorage.setItem('tipwijzer.zelfcheck', JSON.stringify(state))", state)
        page.goto(base + "zelfcheck/#overzicht")
        page.get_by_role("button", name="Bekijk de tips").wait_for()
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        times = [page.evaluate(SHOW_RESULT) for _ in range(7)]
        browser.close()
    files = [site / "zelfcheck/gegevens.json", *(site / "assets/check").glob("*.js")]
    size = sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)
    print(f"| {number} | self-check: {statistics.median(times):.0f} ms from answers to advice (4x slower CPU), {size / 1000:.1f} kB gzip | | | | | |")


def print_search(name: str, built: Measured, number: int) -> None:
    """Print how long it takes from opening the home page to the first result, on a CPU four times as slow, and what is fetched for it."""
    fetched: set[str] = set()
    times = []
    with serving(built.site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=BROWSER_FLAGS)
        for _ in range(5):
            context = browser.new_context()
            page = context.new_page()
            page.on("request", lambda request: fetched.add(urlsplit(request.url).path.lstrip("/")))
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
            page.goto(base, wait_until="commit")
            times.append(page.evaluate(SHOW_FIRST_RESULT, "formulieren inkorten"))
            context.close()
        browser.close()
    size = sum(built.size(path) for path in fetched if re.search(r"search/|workers/|lunr/", path))
    print(f"| {number} | {name}: search, {statistics.median(times):.0f} ms to the first result (4x slower CPU), {size / 1000:.1f} kB gzip | | | | | |")


# Types a question as soon as there is a search box; returns the milliseconds since the page was opened. Material searches when a key goes up.
SHOW_FIRST_RESULT = """async (question) => {
  const next = () => new Promise((done) => setTimeout(done, 5));
  while (!document.querySelector("[data-md-component=search-query]")) await next();
  const field = document.querySelector("[data-md-component=search-query]");
  field.value = question;
  while (!document.querySelector(".md-search-result__item")) {
    field.focus();
    field.dispatchEvent(new KeyboardEvent("keyup"));
    await next();
  }
  return performance.now();
}"""


# From the press of the button on the overview to the result, laid out on the page, in milliseconds; and back.
SHOW_RESULT = """async () => {
  const press = (label) => [...document.querySelectorAll("button")].find((button) => button.textContent === label).click();
  const start = performance.now();
  press("Bekijk de tips");
  const height = document.body.offsetHeight;
  const took = performance.now() - start;
  if (!height || !document.querySelector(".tw-result__reason")) throw new Error("no advice");
  press("Pas antwoorden aan");
  await new Promise((done) => setTimeout(done, 100));
  return took;
}"""


def print_overview(site: Path, number: int) -> None:
    """Print how long the overview takes from the first press on a filter to the list, on a CPU four times as slow, and its size."""
    with serving(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=BROWSER_FLAGS)
        times = []
        for _ in range(7):
            page = browser.new_page()
            page.goto(base + "tips/")
            page.locator(".tw-filter").first.wait_for()
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
            times.append(page.evaluate(FIRST_FILTER))
            page.close()
        browser.close()
    size = len(gzip.compress((site / "tips/gegevens.json").read_bytes(), 6))
    print(f"| {number} | overview: {statistics.median(times):.0f} ms from the first filter to the list (4x slower CPU), data {size / 1000:.1f} kB gzip | | | | | |")


# From the press on an option until the page is laid out with the tips that fit, in milliseconds.
FIRST_FILTER = """async () => {
  const changed = new Promise((done) => new MutationObserver(done).observe(document.querySelector("[data-tw-cards]"), { childList: true }));
  const start = performance.now();
  document.querySelector(".tw-filter input").click();
  await changed;
  const height = document.body.offsetHeight;
  return performance.now() - start;
}"""


def main(amounts: list[int]) -> None:
    print("| tips | built by | seconds | ms per tip | MB memory | tip page, kB gzip | pages |")
    print("|-:|-|-:|-:|-:|-:|-:|")
    for amount in amounts:
        number = min(amount, MOST_TIPS)
        with tempfile.TemporaryDirectory() as temporary:
            ours, plain = Path(temporary, "ours"), Path(temporary, "plain")
            generate(ours, number)
            checked = measure(TIPWIJZER, "check", folder=ours, site=ours)
            built = measure(TIPWIJZER, "build", folder=ours, site=ours / "site")
            subprocess.run([TIPWIJZER, "export", plain], cwd=ours, check=True, stdout=subprocess.DEVNULL)
            shutil.rmtree(plain / "theme")
            (plain / "mkdocs.yml").write_text(PLAIN, encoding="utf-8")
            theirs = measure(TIPWIJZER.with_name("mkdocs"), "build", "--quiet", folder=plain, site=plain / "site")
            page = next(folder.name for folder in sorted((ours / "site/tips").iterdir()) if folder.name.startswith("5-"))
            pages = sum(1 for _ in (ours / "site").rglob("index.html"))
            for name, result in (("Tipwijzer", built), ("plain MkDocs", theirs)):
                print(
                    f"| {number} | {name} | {result.seconds:.1f} | {1000 * result.seconds / number:.1f} | {result.megabytes:.0f} "
                    f"| {result.size(f'tips/{page}/index.html') / 1000:.1f} | {pages} |"
                )
            print(f"| {number} | ratio | {built.seconds / theirs.seconds:.2f} | | {built.megabytes / theirs.megabytes:.2f} | | |")
            print_search("Tipwijzer", built, number)
            print_search("plain MkDocs", theirs, number)
            print_self_check(built.site, number)
            print_overview(built.site, number)
            print(f"| {number} | `tipwijzer check` | {checked.seconds:.1f} | {1000 * checked.seconds / number:.1f} | {checked.megabytes:.0f} | | |", flush=True)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [100, 1000])
