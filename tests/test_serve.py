"""The preview: it shows an edit within seconds, names mistakes in the terminal and keeps serving the last good site."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import TIPWIJZER
from repository import Repository

PATIENCE = 60.0  # Seconds; a slow machine must not fail the test.


class Preview:
    """A running ``mkdocs serve`` with what it has said so far."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}/"
        self.process = subprocess.Popen(
            [TIPWIJZER.with_name("mkdocs"), "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )  # fmt: skip
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
