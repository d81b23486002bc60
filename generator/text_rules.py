"""What may stand in a text: which Markdown, which links, and nothing that runs or hides.

Tips come from strangers, so text is data. Whatever Markdown would turn into HTML is checked twice: by rules that know
the line, and, for texts that hold a link, code or a reference, on the HTML that Python-Markdown really makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

import markdown

MARKDOWN_EXTENSIONS = ("tables", "sane_lists", "fenced_code")


@dataclass(frozen=True)
class Rule:
    """How much Markdown a text may hold.

    ``markdown``: none at all (shown as typed) when False. ``blocks``: paragraphs, lists and so on, or one paragraph only.
    ``heading``: the highest level that a heading inside the text may have. ``pages``: whether links to other Markdown
    files are allowed.
    """

    markdown: bool = True
    blocks: bool = True
    heading: int = 0
    pages: bool = False


PLAIN = Rule(markdown=False, blocks=False)
INLINE = Rule(blocks=False)
PROSE = Rule(heading=3)
SUB_PROSE = Rule(heading=4)
PAGE = Rule(heading=1, pages=True)


@dataclass(frozen=True)
class Finding:
    """Something that may not stand in a text: on which line of it (from 0), what, and how to mend it."""

    line: int
    code: str
    message: str
    hint: str


_HTML = re.compile(r"<(?=[A-Za-z/!?])")
_LINK = re.compile(r"\]\(\s*<?([^\s)>]*)")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]]*\]:")
_PAGE_LINK = re.compile(r"[a-z0-9/-]+\.md(#[a-z0-9-]+)?|#[a-z0-9-]+")
_TIP_LINK = re.compile(r"tip:([1-9][0-9]{0,3})")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_ATX = re.compile(r"^ {0,3}(#{1,6})(?=\s|[^\s#])")
_SETEXT = re.compile(r"^ {0,3}(=+|-+)\s*$")
_BLOCK = re.compile(r"^ {0,3}([-*+] |\d+[.)] |#{1,6} |> |\||`{3}|~{3})")
_TAGS = frozenset(
    "p br hr em strong a ul ol li blockquote code pre h3 h4 h5 h6 table thead tbody tr th td".split()
)


def address_problem(address: str) -> str:
    """Return what is wrong with an external address, in Dutch, or an empty string when it is one to link to."""
    if re.search(r"[\s<>\"'`\\{}|^]", address):
        return "het adres bevat een spatie of een teken dat daar niet hoort"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "dit is geen geldig adres"
    if parts.scheme not in ("http", "https"):
        return "het adres begint niet met https:// of http://"
    if not re.fullmatch(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", host) or parts.username is not None:
        return "de naam van de site in het adres klopt niet"
    return ""


def tip_links(text: str) -> list[int]:
    """Return the numbers of the tips that a text links to, in order."""
    return [int(match[1]) for target in _LINK.findall(text) if (match := _TIP_LINK.fullmatch(target))]


def replace_tip_links(text: str, address_of: dict[int, str]) -> str:
    """Return the text with ``tip:12`` in links replaced by that tip's address."""

    def replace(match: re.Match[str]) -> str:
        tip = _TIP_LINK.fullmatch(match[1])
        return f"]({address_of[int(tip[1])]}" if tip else match[0]

    return _LINK.sub(replace, text) if "tip:" in text else text


def findings(text: str, rule: Rule, tip_numbers: Iterable[int]) -> list[Finding]:
    """Return all that may not stand in ``text``.

    ``tip_numbers`` are the tips that ``[…](tip:12)`` may point at.
    """
    if not rule.markdown:
        found = list(_html(text))
        if "\n" in text:
            found.append(Finding(0, "een-regel", "deze tekst heeft meer dan één regel", "zet alles op één regel"))
        return found
    found = [*_html(text), *_links(text, rule, tip_numbers), *(_blocks(text, rule) if rule.blocks else _one_paragraph(text))]
    if not found and re.search(r"[\[`\\&]", text):
        found.extend(_rendered(text, rule))
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(text.split("\n"))


def _html(text: str) -> Iterator[Finding]:
    if "<" in text:
        for number, line in _lines(text):
            if _HTML.search(line):
                yield Finding(number, "html", "hier staat HTML", "gebruik Markdown, of schrijf ‘kleiner dan’ voluit")


def _links(text: str, rule: Rule, tip_numbers: Iterable[int]) -> Iterator[Finding]:
    if "[" not in text:
        return
    for number, line in _lines(text):
        if "![" in line:
            yield Finding(number, "afbeelding", "hier staat een afbeelding", "beschrijf in woorden wat er te zien is, of link naar de pagina")
        if _REFERENCE.search(line) or "][" in line:
            yield Finding(number, "link", "deze link verwijst naar een adres verderop", "zet het adres er direct achter: [tekst](https://…)")
        for target in _LINK.findall(line):
            if target.startswith("tip:"):
                match = _TIP_LINK.fullmatch(target)
                if not match or int(match[1]) not in tip_numbers:
                    yield Finding(number, "onbekende-tip", f"‘{target}’ verwijst naar een tip die er niet is", "gebruik het nummer van een bestaande tip, zoals tip:12")
            elif rule.pages and _PAGE_LINK.fullmatch(target):
                continue  # MkDocs checks that it exists.
            elif problem := address_problem(target):
                yield Finding(number, "link", f"‘{target[:60]}’ kan geen link zijn: {problem}", "gebruik een adres dat met https:// begint, of tip:12")


def _one_paragraph(text: str) -> Iterator[Finding]:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not line.strip():
            yield Finding(number, "een-alinea", "deze tekst heeft meer dan één alinea", "maak er één alinea van")
        elif _BLOCK.search(line):
            yield Finding(number, "een-alinea", "hier kan geen lijst, kop, tabel of blok staan", "begin de regel met een gewoon woord")


def _blocks(text: str, rule: Rule) -> Iterator[Finding]:
    fence, opened, previous, level = "", 0, "", rule.heading - 1
    for number, line in _lines(text):
        if match := _FENCE.match(line):
            mark = match[1]
            if not fence:
                fence, opened = mark, number
            elif mark[0] == fence[0] and len(mark) >= len(fence) and line.strip() == mark:
                fence = ""
        elif not fence and (match := _ATX.match(line)):
            found = len(match[1])
            lowest = max(rule.heading, 1)
            if not rule.heading or found < lowest:
                yield Finding(number, "kop", f"deze kop is te hoog ({match[1]})", f"gebruik {'#' * lowest} of maak er gewone tekst van")
            elif found > level + 1:
                yield Finding(number, "kop", f"deze kop slaat een niveau over ({match[1]})", f"gebruik {'#' * (level + 1)}")
            level = max(found, rule.heading)
        elif not fence and previous.strip() and _SETEXT.match(line):
            yield Finding(number, "kop", "een streep onder tekst maakt daar een grote kop van", "zet er een lege regel tussen, of gebruik ###")
        previous = line
    if fence:
        yield Finding(opened, "codeblok", "dit codeblok wordt niet gesloten", f"zet {fence} op een regel na de code")


def _rendered(text: str, rule: Rule) -> Iterator[Finding]:
    """Check what Python-Markdown really makes of the text, whatever trick the rules above may have missed."""
    checker = _Allowed(rule)
    converter = _converter()
    converter.reset()
    checker.feed(converter.convert(text))
    checker.close()
    for what in checker.refused:
        yield Finding(0, "opmaak", f"deze tekst wordt iets dat niet mag: {what}", "schrijf het eenvoudiger op")


@cache
def _converter() -> markdown.Markdown:
    return markdown.Markdown(extensions=list(MARKDOWN_EXTENSIONS))


class _Allowed(HTMLParser):
    """Collects every element, attribute and address that is not on the list."""

    def __init__(self, rule: Rule) -> None:
        super().__init__()
        self.rule = rule
        self.refused: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS and not (self.rule.pages and tag in ("h1", "h2")):
            self.refused.append(f"het element {tag}")
        for name, value in attrs:
            if name == "href":
                address = value or ""
                inside = _TIP_LINK.fullmatch(address) or (self.rule.pages and _PAGE_LINK.fullmatch(address))
                if not inside and address_problem(address):
                    self.refused.append(f"een link naar {address[:60]}")
            elif (tag, name) not in (("ol", "start"), ("a", "title"), ("code", "class"), ("th", "style"), ("td", "style")):
                self.refused.append(f"het kenmerk {name}")
