"""Links to other sites: which still work, told as Markdown. The only module that uses the network, and no build needs it."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import NameResolutionError

from generator.code_host import file_address
from generator.load import Loaded
from generator.text_rules import address_problem
from generator.yaml_source import Location

SITES_AT_ONCE = 8
PAUSE = 1.0  # Seconds between two questions to the same site.
TIMEOUT = 20  # Seconds that a site has to answer.
_HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; Tipwijzer linkcontrole)", "Accept": "*/*", "Accept-Language": "nl, en"}
_LINK = re.compile(r"\]\(\s*<?(https?://[^\s)>]+)|^(https?://\S+)$", re.IGNORECASE | re.MULTILINE)

Kind = Literal["weg", "verhuisd", "onbekend", "goed"]


@dataclass(frozen=True)
class Link:
    """An address on another site, the places that hold it (``file:line``), and the year of the source, if known."""

    address: str
    places: tuple[str, ...]
    year: int | None = None


@dataclass(frozen=True)
class Answer:
    """What a site said: the status, or else what went wrong, and where its redirects led in the end."""

    status: int | None
    final: str
    failure: Literal["", "naam", "beveiliging", "tijd", "verbinding"] = ""
    moved_for_good: bool = False


@dataclass(frozen=True)
class Verdict:
    """How a link stands, and why in Dutch."""

    kind: Kind
    text: str


def external_links(loaded: Loaded) -> tuple[Link, ...]:
    """Return every address on another site that tips and content hold, each once, in order of address."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    years: dict[str, int] = {}
    for path, document in loaded.documents.items():
        for location, text in _texts(document.value):
            for offset, line in enumerate(text.split("\n")):
                for address in _addresses(line):
                    places[address].append(f"{path}:{document.line(location, offset)}")
                    if path.startswith("content/sources/") and isinstance(document.value.get("year"), int):
                        years[address] = document.value["year"]
    for page in loaded.knowledge.hand_pages if loaded.knowledge else ():
        for number, line in enumerate(page.markdown.split("\n"), 1):
            for address in _addresses(line):
                places[address].append(f"content/pages/{page.path}:{number}")
    return tuple(Link(address, tuple(dict.fromkeys(found)), years.get(address)) for address, found in sorted(places.items()))


def judge(address: str, answer: Answer) -> Verdict:
    """Return how a link stands, given what its site answered. In doubt it isn't called gone: many sites refuse programs."""
    if answer.failure == "naam":
        return Verdict("weg", "de site is niet te vinden")
    if answer.failure:
        reasons = {"beveiliging": "de beveiliging van de site klopt niet", "tijd": f"de site antwoordt niet binnen {TIMEOUT} seconden"}
        return Verdict("onbekend", reasons.get(answer.failure, "de verbinding met de site lukt niet"))
    if answer.status in (404, 410):
        return Verdict("weg", f"de pagina bestaat niet meer ({answer.status})")
    if answer.status is None or answer.status >= 400:
        return Verdict("onbekend", f"de site weigert of heeft een storing ({answer.status})")
    old, new = urlsplit(address), urlsplit(answer.final)
    if old.path.strip("/") and not new.path.strip("/") and not new.query:
        return Verdict("weg", "de link leidt nu naar de startpagina van de site")
    if answer.moved_for_good and _plain(address) != _plain(answer.final) and not address_problem(answer.final):
        return Verdict("verhuisd", f"het adres is nu <{answer.final}>")
    return Verdict("goed", "")


def ask_all(links: Iterable[Link]) -> dict[str, Answer]:
    """Ask every site about its addresses and return the answers by address: some sites at once, each of them one question at a time."""
    by_site: defaultdict[str, list[str]] = defaultdict(list)
    for link in links:
        by_site[urlsplit(link.address).netloc.lower()].append(link.address)
    with ThreadPoolExecutor(SITES_AT_ONCE) as pool:
        return {address: answer for found in pool.map(_ask_site, by_site.values()) for address, answer in found}


def verdicts(links: Iterable[Link], answers: dict[str, Answer]) -> dict[Link, Verdict]:
    """Return how every link stands."""
    return {link: judge(link.address, answers[link.address]) for link in links}


def offline(answers: dict[str, Answer]) -> bool:
    """Tell whether no site at all answered: then the fault is on our side."""
    return bool(answers) and all(answer.status is None for answer in answers.values())


def lines(judged: dict[Link, Verdict], base: str) -> Iterator[str]:
    """Yield the report as Markdown, line by line: a line with the counts, then each kind that asks for work.

    ``base`` is as in ``file_address``.
    """
    found = {kind: [(link, verdict) for link, verdict in judged.items() if verdict.kind == kind] for kind in ("weg", "verhuisd", "onbekend", "goed")}
    yield f"Links naar andere sites: {len(judged)}. Goed: {len(found['goed'])}, weg: {len(found['weg'])}, verhuisd: {len(found['verhuisd'])}, niet te zeggen: {len(found['onbekend'])}."
    for kind, heading, advice in (
        ("weg", "Weg", "Zoek het nieuwe adres. Is dat er niet? Gebruik dan de kopie in het archief, en schrijf bij `note` dat de pagina weg is."),
        ("verhuisd", "Verhuisd", "Kijk of dit nog dezelfde pagina is. Zet dan het nieuwe adres in het bestand."),
        ("onbekend", "Niet te zeggen", "Open deze links zelf. Werkt een link bij jou, dan hoef je niets te doen."),
    ):
        if found[kind]:
            yield f"\n## {heading} ({len(found[kind])})\n\n{advice}\n"
            for link, verdict in found[kind]:
                archive = f" [Zoek in het archief]({_archived(link)})." if kind == "weg" else ""
                mark = "*" if kind == "onbekend" else "-"  # A list of `-` asks for work; this alone keeps no issue open.
                yield f"{mark} {', '.join(_place(place, base) for place in link.places)}: <{link.address}> – {verdict.text}.{archive}"


def _texts(value: Any, location: Location = ()) -> Iterator[tuple[Location, str]]:
    """Yield every text in plain data, with its location."""
    if isinstance(value, str):
        yield location, value
    elif isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(part, (*location, key))


def _addresses(line: str) -> Iterator[str]:
    """Yield the external addresses in a line that are sound: others are a problem that `check` reports."""
    return (address for found in _LINK.findall(line) if not address_problem(address := found[0] or found[1]))


def _plain(address: str) -> tuple[str, str, str]:
    """Return what tells two addresses apart: not http or https, ``www.`` or a slash at the end."""
    parts = urlsplit(address)
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query


def _place(place: str, base: str) -> str:
    """Return a link to a place in a file."""
    path, _, line = place.rpartition(":")
    return f"[{path}, regel {line}]({file_address(base, path, int(line))})"


def _archived(link: Link) -> str:
    """Return where the archive keeps a page: the copy of the source's year, or else the list of all copies."""
    address = link.address.replace("(", "%28").replace(")", "%29")  # Or Markdown ends the link there.
    return f"https://web.archive.org/web/{link.year or '*'}/{address}"


def _ask_site(addresses: Iterable[str]) -> list[tuple[str, Answer]]:
    with requests.Session() as session:
        session.headers.update(_HEADERS)
        return [(address, _ask(session, address)) for address in addresses]


def _ask(session: requests.Session, address: str) -> Answer:
    """Ask for the headers alone; ask for the page when that is refused, as many sites do."""
    answer = _once(session, "HEAD", address)
    return answer if answer.status is not None and answer.status < 400 else _once(session, "GET", address)


def _once(session: requests.Session, method: str, address: str) -> Answer:
    time.sleep(PAUSE)
    try:
        with session.request(method, address, timeout=TIMEOUT, allow_redirects=True, stream=True) as response:
            moves = response.history
            return Answer(response.status_code, response.url, moved_for_good=bool(moves) and all(move.is_permanent_redirect for move in moves))
    except requests.exceptions.SSLError:
        return Answer(None, address, "beveiliging")
    except requests.exceptions.Timeout:
        return Answer(None, address, "tijd")
    except requests.exceptions.ConnectionError as error:
        reason = getattr(error.args[0] if error.args else None, "reason", None)
        return Answer(None, address, "naam" if isinstance(reason, NameResolutionError) else "verbinding")
    except (requests.exceptions.RequestException, ValueError, OSError):  # Too many redirects, or to an address that is none.
        return Answer(None, address, "verbinding")
