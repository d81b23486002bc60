"""Measure our site against plain MkDocs with Material on the same Markdown, in one run, and print one table in Markdown.

Usage: python tests/bench.py [NUMBER OF TIPS ...]      (default: 100 1000)

The tips are the real ones, copied with numbers and names of their own. Plain MkDocs gets the exported pages, Material's own
theme and search, and a nav of only the home page. Sizes are compressed as a server would. What happens in a browser is the
median of several times; pages there run on a CPU that is four times as slow.
"""

from __future__ import annotations

import gzip
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from conftest import BROWSER_FLAGS, ROOT, TIPWIJZER, copy_repository, serving
from find_browser import find
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

MOST_TIPS = 9999  # A tip's number has at most four digits.
MOST_REBUILT_PLAINLY = 1000  # Plain MkDocs builds all pages twice for this, which takes long enough.
PORT = "8765"
PREVIEW = f"http://127.0.0.1:{PORT}/"
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
    guide = folder / "content/channel-guide.yml"  # And it names tips that aren't here when there are few.
    guide.write_text(re.sub(r"^    tips: \[.*\]$", "    tips: [1]", guide.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")
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
                else:  # No two have the same address or name.
                    text = re.sub(r"^url: \"?([^\"\n#]*).*$", lambda found: f"url: {found[1]}{'&' if '?' in found[1] else '?'}g={group}", text, flags=re.MULTILINE)
                    text = re.sub(r"^name: \"?(.*?)\"?$", rf'name: "\1 {group}"', text, flags=re.MULTILINE)
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


@contextmanager
def browsing() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=BROWSER_FLAGS)
        yield browser
        browser.close()


def slowed(page: Page) -> Page:
    """Give a page a CPU that is four times as slow."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return page


def milliseconds_to_advice(site: Path) -> float:
    """Return how long the self-check takes from the last answer to the advice."""
    answers = {"drempels.stress": ["vaak"], "drempels.lezen": ["vaak"], "vastlopen": ["wachten", "invullen"], "verloop.gevoelig": ["vaak"], "bereiken": ["nee"]}
    state = {"soort": "tipwijzer-zelfcheck", "versie": 1, "vragen": 1, "datum": "", "invuller": "", "diensten": [{"naam": "", "kort": False, "antwoorden": answers, "plan": {}}]}
    with serving(site) as base, browsing() as browser:
        page = browser.new_page()
        page.goto(base)
        page.evaluate("(state) => localStorage.setItem('tipwijzer.zelfcheck', JSON.stringify(state))", state)
        page.goto(base + "zelfcheck/#overzicht")
        page.get_by_role("button", name="Bekijk de tips").wait_for()
        slowed(page)
        return statistics.median(page.evaluate(SHOW_RESULT) for _ in range(7))


def search(built: Measured) -> tuple[float, int]:
    """Return the milliseconds from opening the home page to the first result, and the bytes that are fetched for it.

    Infinitely many when the browser has no room for the index, as with Material's of 10,000 tips.
    """
    fetched: set[str] = set()
    times = []
    with serving(built.site) as base, browsing() as browser:
        for _ in range(3):
            context = browser.new_context()
            page = slowed(context.new_page())
            page.on("request", lambda request: fetched.add(urlsplit(request.url).path.lstrip("/")))
            page.goto(base, wait_until="commit")
            try:
                times.append(page.evaluate(SHOW_FIRST_RESULT, "formulieren inkorten"))
            except PlaywrightError as error:
                if "crashed" not in error.message:
                    raise
                times = [math.inf]
                break
            context.close()
    return statistics.median(times), sum(built.size(path) for path in fetched if re.search(r"search/|workers/|lunr/", path))


def bytes_of_first_visit(built: Measured) -> int:
    """Return what a browser fetches that opens the home page for the first time."""
    fetched: set[str] = set()
    with serving(built.site) as base, browsing() as browser:
        page = browser.new_page()
        page.on("response", lambda response: fetched.add(urlsplit(response.url).path.lstrip("/")) if response.ok else None)
        page.goto(base, wait_until="networkidle")
    return sum(built.size(path or "index.html") for path in fetched)


def milliseconds_to_first_filter(site: Path) -> float:
    """Return the milliseconds from the first press on a filter of the overview to the list."""
    with serving(site) as base, browsing() as browser:
        times = []
        for _ in range(7):
            page = browser.new_page()
            page.goto(base + "tips/")
            page.locator(".tw-filter").first.wait_for()
            times.append(slowed(page).evaluate(FIRST_FILTER))
            page.close()
    return statistics.median(times)


def seconds_to_reload(*command: str | Path, folder: Path, file: Path, before_title: str, address: str, times: int) -> float:
    """Return the seconds from saving another title in ``file`` to the page at ``address``, reloaded in a browser, while a preview runs."""
    original, took = file.read_text(encoding="utf-8"), []
    preview = subprocess.Popen([*command], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with browsing() as browser:
            page = browser.new_page()
            while True:
                try:
                    page.goto(PREVIEW + address)
                    break
                except PlaywrightError:  # Not there yet.
                    time.sleep(0.5)
            for number in range(times):
                time.sleep(1.5)  # The page must have asked for the next version.
                new = f"Nu heet hij {number}"
                edited = re.sub(f"^{before_title}.*$", before_title + new, original, count=1, flags=re.MULTILINE)
                start = time.time()
                file.write_text(edited, encoding="utf-8")
                page.locator("h1", has_text=new).wait_for(timeout=0)
                took.append(page.wait_for_function(WHEN_PAINTED).json_value() / 1000 - start)
    finally:
        preview.terminate()
        preview.wait()
        file.write_text(original, encoding="utf-8")
    return statistics.median(took)


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


# When the page showed its content, in milliseconds since 1970.
WHEN_PAINTED = "() => performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


# From the press on an option until the page is laid out with the tips that fit, in milliseconds.
FIRST_FILTER = """async () => {
  const changed = new Promise((done) => new MutationObserver(done).observe(document.querySelector("[data-tw-cards]"), { childList: true }));
  const start = performance.now();
  document.querySelector(".tw-filter input").click();
  await changed;
  const height = document.body.offsetHeight;
  return performance.now() - start;
}"""


def row(number: int, what: str, ours: float, theirs: float | None = None, form: str = ".0f") -> None:
    ratio = f"{ours / theirs:.2f}" if theirs else ""
    print(f"| {number} | {what} | {ours:{form}} | {'' if theirs is None else f'{theirs:{form}}'} | {ratio} |", flush=True)


def compare(number: int, ours: Path, plain: Path) -> None:
    """Print the rows for a number of tips. ``ours`` and ``plain`` are folders that don't exist yet."""
    generate(ours, number)
    checked = measure(TIPWIJZER, "check", folder=ours, site=ours)
    built = measure(TIPWIJZER, "build", folder=ours, site=ours / "site")
    subprocess.run([TIPWIJZER, "export", plain], cwd=ours, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(plain / "theme")
    (plain / "mkdocs.yml").write_text(PLAIN, encoding="utf-8")
    theirs = measure(TIPWIJZER.with_name("mkdocs"), "build", "--quiet", folder=plain, site=plain / "site")
    row(number, "build, seconds", built.seconds, theirs.seconds, ".1f")
    row(number, "build, MB of memory", built.megabytes, theirs.megabytes)
    tip = next(folder.name for folder in sorted((ours / "site/tips").iterdir()) if folder.name.startswith("5-"))
    reloaded = seconds_to_reload(TIPWIJZER, "serve", "--poort", PORT, folder=ours, file=next((ours / "tips").glob("005-*")), before_title="title: ", address=f"tips/{tip}/", times=5)
    plainly = None
    if number <= MOST_REBUILT_PLAINLY:
        plainly = seconds_to_reload(TIPWIJZER.with_name("mkdocs"), "serve", "--dev-addr", f"127.0.0.1:{PORT}", folder=plain, file=plain / f"docs/tips/{tip}/index.md", before_title="# ", address=f"tips/{tip}/", times=1)
    row(number, "save to reloaded page, seconds", reloaded, plainly, ".2f")
    row(number, "first visit to the home page, kB", bytes_of_first_visit(built) / 1000, bytes_of_first_visit(theirs) / 1000, ".1f")
    row(number, "a tip's page, kB", built.size(f"tips/{tip}/index.html") / 1000, theirs.size(f"tips/{tip}/index.html") / 1000, ".1f")
    (our_time, our_bytes), (their_time, their_bytes) = search(built), search(theirs)
    row(number, "first search result, kB", our_bytes / 1000, their_bytes / 1000)
    row(number, "first search result, ms", our_time, their_time)
    row(number, "advice after the last answer, ms", milliseconds_to_advice(built.site))
    row(number, "first filter on all tips, ms", milliseconds_to_first_filter(built.site))
    row(number, "`tipwijzer check`, seconds", checked.seconds, form=".1f")


def main(amounts: list[int]) -> None:
    print("| tips | what | Tipwijzer | plain MkDocs | ratio |")
    print("|-:|-|-:|-:|-:|")
    for amount in amounts:
        with tempfile.TemporaryDirectory() as temporary:
            compare(min(amount, MOST_TIPS), Path(temporary, "ours"), Path(temporary, "plain"))


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [100, 1000])
