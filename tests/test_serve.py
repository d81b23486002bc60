"""The preview: it shows an edit by itself, names mistakes on the page and in the terminal, and keeps serving the last good site."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import TIPWIJZER, run
from playwright.sync_api import Page, expect
from repository import PERSON, TODAY, Repository

from generator.load import Memory, load

PATIENCE = 60.0  # Seconds; a slow machine must not fail the test.


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]  # type: ignore[no-any-return]


class Preview:
    """A running preview with what it has said so far."""

    def __init__(self, folder: Path, *command: str) -> None:
        port = free_port()
        self.base = f"http://127.0.0.1:{port}/"
        ready = [part.replace("PORT", str(port)) for part in command or ("tipwijzer", "serve", "--poort", "PORT")]
        self.process = subprocess.Popen([TIPWIJZER.with_name(ready[0]), *ready[1:]], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line)

    def page(self, address: str) -> str:
        with urllib.request.urlopen(self.base + address, timeout=PATIENCE) as answer:
            return answer.read().decode()  # type: ignore[no-any-return]

    def wait(self, happened: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if happened():
                    return
            except OSError:
                pass  # Not listening yet.
            time.sleep(0.1)
        raise AssertionError("".join(self.said))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    small = Repository(tmp_path / "klein")
    small.tip(12)
    small.can_build()
    return small.root


@pytest.fixture
def preview(folder: Path) -> Iterator[Preview]:
    running = Preview(folder)
    running.wait(lambda: "Tipwijzer" in running.page(""))
    yield running
    running.process.terminate()
    running.process.wait()


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_an_edit_shows_a_mistake_is_named_and_the_last_good_site_stays(folder: Path, preview: Preview) -> None:
    tip = next((folder / "tips").glob("012-*.yml"))
    address = "tips/12-lees-mee-12/"
    edit(tip, "title: Vraag een inwoner om mee te lezen, 12", "title: Varieer vaker")
    preview.wait(lambda: "Varieer vaker" in preview.page(address))

    edit(folder / "content/vocabularies/themes.yml", "label: Gebruiksgemak", "label: Makkelijk in gebruik")
    preview.wait(lambda: "Makkelijk in gebruik" in preview.page("themas/"))

    edit(folder / "content/pages/over.md", "# Over ons", "# Dit is Tipwijzer")
    preview.wait(lambda: "Dit is Tipwijzer" in preview.page("over/"))

    edit(tip, "theme: gebruiksgemak", "theme: gebruikgemak")
    preview.wait(lambda: any("[onbekende-term]" in line for line in preview.said))
    preview.wait(lambda: "Je ziet de vorige versie" in preview.page(address))
    shown = preview.page(address)
    assert "Varieer vaker" in shown and "[onbekende-term]" in shown and "bedoel je ‘gebruiksgemak’?" in shown
    assert not any("Traceback" in line for line in preview.said)

    edit(tip, "theme: gebruikgemak", "theme: gebruiksgemak")
    edit(tip, "title: Varieer vaker", "title: Varieer nog vaker")
    preview.wait(lambda: "Varieer nog vaker" in preview.page(address))
    assert "Je ziet de vorige versie" not in preview.page(address)


def test_a_preview_of_broken_data_says_what_is_wrong(folder: Path) -> None:
    edit(next((folder / "tips").glob("012-*.yml")), "theme: gebruiksgemak", "theme: gebruikgemak")
    running = Preview(folder)
    assert running.process.wait(timeout=PATIENCE) != 0
    running.wait(lambda: any("[onbekende-term]" in line for line in running.said))
    assert not any("Traceback" in line for line in running.said)


def test_an_open_page_reloads_by_itself_under_the_policy_of_the_site(folder: Path, preview: Preview, new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(f"{preview.base}tips/12-lees-mee-12/")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Vraag een inwoner om mee te lezen, 12")
    policy = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert policy and "unsafe" not in policy
    edit(next((folder / "tips").glob("012-*.yml")), "title: Vraag een inwoner om mee te lezen, 12", "title: Varieer vaker")
    expect(heading).to_have_text("Varieer vaker")


def test_the_preview_has_all_that_the_site_has(folder: Path, preview: Preview) -> None:
    assert run("build", cwd=folder).returncode == 0
    for file in (folder / "site").rglob("*"):
        path = file.relative_to(folder / "site").as_posix()
        if file.is_file() and not path.startswith(("sitemap.xml", "404.html")):
            with urllib.request.urlopen(preview.base + path.removesuffix("index.html"), timeout=PATIENCE) as answer:
                assert answer.read(), path
    assert "Tip 12" in preview.page("tips/12-lees-mee-12")  # Sent on to the address with a slash.
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        preview.page("nergens/")
    assert "Deze pagina is er niet" in refused.value.read().decode()


def test_a_port_in_use_is_told(folder: Path, preview: Preview) -> None:
    port = preview.base.rstrip("/").rpartition(":")[2]
    second = run("serve", "--poort", port, cwd=folder)
    assert (second.returncode, second.stdout) == (1, "")
    assert f"Poort {port}" in second.stderr and "--poort 8001" in second.stderr



def test_plain_mkdocs_serves_too(folder: Path) -> None:
    running = Preview(folder, "mkdocs", "serve", "--dev-addr", "127.0.0.1:PORT")
    address = "tips/12-lees-mee-12/"
    running.wait(lambda: "location.reload" in running.page(address) and "Content-Security-Policy" not in running.page(address))
    edit(next((folder / "tips").glob("012-*.yml")), "title: Vraag een inwoner om mee te lezen, 12", "title: Varieer vaker")
    running.wait(lambda: "Varieer vaker" in running.page(address))
    running.process.terminate()
    running.process.wait()


def test_reading_again_finds_what_reading_anew_finds(tmp_path: Path) -> None:
    small = Repository(tmp_path / "klein")
    for number in (1, 12):
        small.tip(number)
    memory = Memory()
    edits: list[Callable[[], object]] = [
        lambda: None,
        lambda: small.replace("tips/012-lees-mee-12.yml", "lees-mee-12", "mee-lezen12"),  # As long as it was.
        lambda: small.replace("content/vocabularies/themes.yml", "id: gebruiksgemak", "id: gemak"),  # Wrong in a file that stayed as it was.
        lambda: small.replace("content/vocabularies/themes.yml", "id: gemak", "id: gebruiksgemak"),
        lambda: (small.root / "content/people/bo-de-vries.yml").unlink(),
        lambda: small.write("content/people/bo-de-vries.yml", PERSON),
        lambda: small.write("tips/001-lees-mee-1.yml", "number: [1"),
        lambda: small.tip(1),
        lambda: small.tip(2, related=[12]),
        lambda: (small.root / "tips/012-lees-mee-12.yml").unlink(),
    ]
    counted = set()
    for edit in edits:
        edit()
        again, anew = load(small.root, TODAY, memory), load(small.root, TODAY)
        assert again.problems == anew.problems and again.documents == anew.documents
        assert again.knowledge and anew.knowledge and vars(again.knowledge) == vars(anew.knowledge)
        counted.add(len(anew.problems))
    assert len(counted) > 2, "these edits must make and mend mistakes"
