"""A built site as a folder that opens from disk, and which of its pages changed: for whoever looks at a proposal.

Run as ``python -m generator.preview SITE BEFORE FOLDER``: copies SITE to FOLDER, and prints in Markdown what differs from BEFORE.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

from generator.inert import as_data

MOST_SHOWN = 100  # Pages of one kind of change.
# A link to another page of the site. A browser shows a folder on disk as a list of files, so its page must be named.
_LINK = re.compile(r"""(?<=[\s;])(href="|url=)(?!/)((?:[^":?#]*/)?\.{0,2})(?=["?#])""")
# No browser runs a module from disk. So the copy shows what everyone sees who has no scripts, and that page is whole.
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
_WITHOUT_SCRIPT = re.compile(r"<noscript>(.*?)</noscript>", re.DOTALL)
_OFF = "JavaScript staat uit."
_CONTENT = re.compile(r'(<article\b[^>]*\bid="inhoud"[^>]*>)')
_NOTICE = (
    '<div class="tw-notice"><p>Dit is een voorbeeld op je eigen computer. Lezen en doorklikken werkt. '
    "Zoeken, filteren, invullen en bewaren werken pas op de echte site.</p></div>"
)
_MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)(?: - [^<]*)?</title>", re.DOTALL)


def from_disk(html: str) -> str:
    """Return a page as it works in a folder on disk: with links that name a file, without scripts, and with a notice that says so."""
    html = _LINK.sub(lambda link: f"{link[1]}{link[2].rstrip('/')}/index.html" if link[2] else link[0], html)
    html = _WITHOUT_SCRIPT.sub(lambda part: part[1].replace(_OFF, "Invullen kan hier niet."), _SCRIPT.sub("", html))
    return _CONTENT.sub(rf"\1{_NOTICE}", html, count=1)


def pages(site: Path) -> dict[str, str]:
    """Return the HTML of every page of a built site, by address; none when there is no site."""
    return {file.parent.relative_to(site).as_posix(): file.read_text(encoding="utf-8") for file in sorted(site.rglob("index.html"))}


def lines(now: Mapping[str, str], before: Mapping[str, str]) -> Iterator[str]:
    """Yield in Markdown, line by line, how to look at a site and which pages differ from ``before``: added, changed or gone."""
    yield "## Zo wordt de site\n"
    yield "Haal onderaan deze pagina het bestand `voorbeeld` op, bij 'Artifacts'. Pak het uit en open `index.html`."
    yield "Lezen en doorklikken werkt. Zoeken, filteren, invullen en bewaren werken pas op de echte site.\n"
    if not before:
        yield "Welke pagina's veranderen, is deze keer niet te zeggen."
        return
    changes = {
        "Nieuw": [address for address in now if address not in before],
        "Veranderd": [address for address in now if address in before and _main(now[address]) != _main(before[address])],
        "Weg": [address for address in before if address not in now],
    }
    if not any(changes.values()):
        yield "Er verandert niets aan de pagina's."
    for heading, addresses in changes.items():
        if addresses:
            yield f"### {heading} ({len(addresses)})\n"
            for address in addresses[:MOST_SHOWN]:
                yield f"- `{address}/index.html`: {_title((now if address in now else before)[address])}"
            if len(addresses) > MOST_SHOWN:
                yield f"- en nog {len(addresses) - MOST_SHOWN}"
            yield ""


def _main(html: str) -> str:
    """Return what is on this page alone: the frame with the menu is the same on all."""
    found = _MAIN.search(html)
    return found[0] if found else html


def _title(html: str) -> str:
    found = _TITLE.search(html)
    return as_data(unescape(found[1])) if found else ""


def main(site: Path, before: Path, folder: Path) -> None:
    """Copy ``site`` to ``folder``, which isn't there yet, and print what differs from the site in ``before``."""
    shutil.copytree(site, folder)
    for file in folder.rglob("*.html"):
        file.write_text(from_disk(file.read_text(encoding="utf-8")), encoding="utf-8")
    for line in lines(pages(site), pages(before)):
        print(line)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
