"""Links to other sites, asked of a server on this machine that stands in for the internet."""

from __future__ import annotations

import http.server
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from repository import PAGE, SOURCE, TODAY, Repository

from generator import links
from generator.load import load

BASE = "https://git.example/tipwijzer/blob/1a2b3c"
# What the stand-in answers, by host and path; whatever isn't here is fine.
ANSWERS: dict[str, tuple[int, str]] = {
    "www.voorbeeld.nl/weg": (404, ""),
    "www.voorbeeld.nl/voorgoed-weg": (410, ""),
    "dicht.voorbeeld.nl/lezen": (403, ""),
    "kapot.voorbeeld.nl/lezen": (500, ""),
    "oud.voorbeeld.nl/lezen": (301, "http://nieuw.voorbeeld.nl/lezen"),
    "even.voorbeeld.nl/lezen": (302, "http://nieuw.voorbeeld.nl/lezen"),
    "zonder.voorbeeld.nl/lezen": (301, "http://www.zonder.voorbeeld.nl/lezen/"),
    "fusie.voorbeeld.nl/lezen": (302, "http://groot.voorbeeld.nl/"),
    "rond.voorbeeld.nl/lezen": (301, "http://rond.voorbeeld.nl/lezen"),
    "vals.voorbeeld.nl/lezen": (301, "http://nieuw.voorbeeld.nl/><b>@iedereen"),
}


class Internet(http.server.ThreadingHTTPServer):
    """A proxy that answers every address itself, and remembers what it was asked and how many questions a host got at once."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str]] = []
        self.now: Counter[str] = Counter()
        self.most: defaultdict[str, int] = defaultdict(int)
        self.lock = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    server: Internet

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        parts = urlsplit(self.path)
        with self.server.lock:
            self.server.asked.append((self.command, self.path))
            self.server.now[parts.netloc] += 1
            self.server.most[parts.netloc] = max(self.server.most[parts.netloc], self.server.now[parts.netloc])
        time.sleep(0.01)  # So that questions that come together are seen together.
        with self.server.lock:
            self.server.now[parts.netloc] -= 1
        status, target = ANSWERS.get(parts.netloc + parts.path, (200, ""))
        if parts.netloc.startswith("geen-head") and self.command == "HEAD":
            status = 405
        self.send_response(status)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> Iterator[Internet]:
    monkeypatch.setattr(links, "PAUSE", 0)
    server = Internet()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{server.server_port}")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def small(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "klein")
    repository.tip()
    return repository


def report(repository: Repository) -> str:
    """Return the report on the links of a repository."""
    found = links.external_links(load(repository.root, TODAY))
    return "\n".join(links.lines(links.verdicts(found, links.ask_all(found)), BASE))


def source(repository: Repository, address: str) -> None:
    repository.write("content/sources/lezen-2024.yml", SOURCE.replace("https://www.voorbeeld.nl/lezen", address))


def test_a_link_that_works_asks_for_no_work(small: Repository, internet: Internet) -> None:
    source(small, "http://www.voorbeeld.nl/lezen")
    assert report(small) == "Links naar andere sites: 1. Goed: 1, weg: 0, verhuisd: 0, niet te zeggen: 0."
    assert internet.asked == [("HEAD", "http://www.voorbeeld.nl/lezen")]


def test_a_site_that_refuses_head_is_asked_for_the_page(small: Repository, internet: Internet) -> None:
    source(small, "http://geen-head.voorbeeld.nl/lezen")
    assert "Goed: 1" in report(small)
    assert [method for method, _ in internet.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize(
    ("address", "heading", "reason"),
    [
        ("http://www.voorbeeld.nl/weg", "Weg", "de pagina bestaat niet meer (404)"),
        ("http://www.voorbeeld.nl/voorgoed-weg", "Weg", "de pagina bestaat niet meer (410)"),
        ("http://fusie.voorbeeld.nl/lezen", "Weg", "de link leidt nu naar de startpagina van de site"),
        ("http://oud.voorbeeld.nl/lezen", "Verhuisd", "het adres is nu <http://nieuw.voorbeeld.nl/lezen>"),
        ("http://dicht.voorbeeld.nl/lezen", "Niet te zeggen", "de site weigert of heeft een storing (403)"),
        ("http://kapot.voorbeeld.nl/lezen", "Niet te zeggen", "de site weigert of heeft een storing (500)"),
        ("http://rond.voorbeeld.nl/lezen", "Niet te zeggen", "de verbinding met de site lukt niet"),
    ],
)
def test_each_answer_gets_its_heading_and_reason(address: str, heading: str, reason: str, small: Repository, internet: Internet) -> None:
    source(small, address)
    text = report(small)
    assert f"\n## {heading} (1)\n" in text and text.count("## ") == 1
    mark = "*" if heading == "Niet te zeggen" else "-"  # Only what asks for work keeps an issue open.
    assert f"\n{mark} [content/sources/lezen-2024.yml, regel 4]({BASE}/content/sources/lezen-2024.yml#L4): <{address}> – {reason}." in text


@pytest.mark.parametrize("address", ["http://even.voorbeeld.nl/lezen", "http://zonder.voorbeeld.nl/lezen"])
def test_a_detour_or_another_spelling_is_no_move(address: str, small: Repository, internet: Internet) -> None:
    source(small, address)
    assert "Goed: 1" in report(small)


def test_a_site_cannot_write_in_the_report(small: Repository, internet: Internet) -> None:
    source(small, "http://vals.voorbeeld.nl/lezen")
    assert "het adres is nu <http://nieuw.voorbeeld.nl/%3E%3Cb%3E@iedereen>." in report(small)


def test_what_is_gone_gets_the_copy_of_its_year(small: Repository, internet: Internet) -> None:
    source(small, "http://www.voorbeeld.nl/weg")
    small.write("content/pages/over.md", f"{PAGE}\nLees [meer](http://www.voorbeeld.nl/voorgoed-weg).\n")
    text = report(small)
    assert "[Zoek in het archief](https://web.archive.org/web/2024/http://www.voorbeeld.nl/weg)" in text
    assert f"{BASE}/content/pages/over.md#L10" in text and "[Zoek in het archief](https://web.archive.org/web/*/http://www.voorbeeld.nl/voorgoed-weg)" in text


def test_links_in_texts_count_and_each_address_is_asked_once(small: Repository, internet: Internet) -> None:
    source(small, "http://www.voorbeeld.nl/lezen")
    path = small.tip(advice="Lees eerst.\n\nKijk bij [dit onderzoek](http://www.voorbeeld.nl/lezen) of [dat](http://ander.voorbeeld.nl/a).")
    found = {link.address: link.places for link in links.external_links(load(small.root, TODAY))}
    line = (small.root / path).read_text(encoding="utf-8").split("\n").index("  Kijk bij [dit onderzoek](http://www.voorbeeld.nl/lezen) of [dat](http://ander.voorbeeld.nl/a).") + 1
    assert found == {"http://ander.voorbeeld.nl/a": (f"{path}:{line}",), "http://www.voorbeeld.nl/lezen": (f"{path}:{line}", "content/sources/lezen-2024.yml:4")}
    report(small)
    assert sorted(address for _, address in internet.asked) == sorted(found)


def test_a_site_gets_one_question_at_a_time(internet: Internet) -> None:
    links.ask_all([links.Link(f"http://{host}.voorbeeld.nl/{number}", ("x:1",)) for host in ("een", "twee", "drie") for number in range(6)])
    assert len(internet.asked) == 18 and set(internet.most.values()) == {1}


@pytest.mark.parametrize(
    ("failure", "kind", "reason"),
    [
        ("naam", "weg", "de site is niet te vinden"),
        ("tijd", "onbekend", "de site antwoordt niet binnen 20 seconden"),
        ("beveiliging", "onbekend", "de beveiliging van de site klopt niet"),
        ("verbinding", "onbekend", "de verbinding met de site lukt niet"),
    ],
)
def test_a_site_that_gives_no_answer_is_judged(failure: str, kind: str, reason: str) -> None:
    address = "https://www.voorbeeld.nl/lezen"
    assert links.judge(address, links.Answer(None, address, failure)) == links.Verdict(kind, reason)  # type: ignore[arg-type]


def test_without_internet_nothing_is_called_gone(small: Repository, internet: Internet, monkeypatch: pytest.MonkeyPatch) -> None:
    source(small, "http://www.voorbeeld.nl/lezen")
    found = links.external_links(load(small.root, TODAY))
    assert not links.offline(links.ask_all(found))
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert links.offline(links.ask_all(found))
    assert not links.offline({})
