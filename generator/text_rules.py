"""What may stand in a text: which Markdown, which links, and nothing that runs or hides.

Tips come from strangers, so text is data. Whatever Markdown would turn into HTML is checked twice: by rules that know
the line, and, for texts that can become more than paragraphs and lists, on the HTML that Python-Markdown really makes of it.
A text also may not mean anything for the rest of the page that it ends up in, such as a link's address or an open code block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import markdown

from generator.problems import shown
from generator.yaml_source import hidden_characters

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
# Python's HTML parser, and with it Python-Markdown, stops at a code that isn't one: the rest of the page would break.
_BROKEN_CODE = re.compile(r"&#(?![0-9]+;|[xX][0-9a-fA-F]+;)")
_AUTOLINK = re.compile(r"<(https?|mailto):", re.IGNORECASE)
_LINK = re.compile(r"\]\(\s*<?([^\s)>]*)")
_EMPTY_LINK = re.compile(r"\[\s*\]\(")
_PAGE_LINK = re.compile(r"([a-z0-9-]+/)*[a-z0-9-]+\.md(#[a-z0-9-]+)?|#[a-z0-9-]+")
_TIP_LINK = re.compile(r"tip:([1-9][0-9]{0,3})")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
# Python-Markdown looks for the end of a block in the whole page; only in this form does it see the same end as we do.
_OPENING_FENCE = re.compile(r"(`{3}|~{3}) ?[a-z0-9]* *")
_ATX = re.compile(r"^ {0,3}(#{1,6})(.*)")
_SETEXT = re.compile(r"^ {0,3}(=+|-+)\s*$")
_BLOCK = re.compile(r"^ {0,3}([-*+] |\d+[.)] |#|>|\||`{3}|~{3})|^[-=_*:| ]+$|^ {4}")
_NESTED = re.compile(r"^ *((([-*+]|\d+[.)]) +)|> ?){6}")
_ATX_INSIDE = re.compile(r"^ *((([-*+]|\d+[.)]) +)|> ?)+#")
_MOST_BRACKETS = 3  # Inside each other. Python-Markdown takes a time that grows with the square of it, or worse.
# Text without these can only become paragraphs, lists and emphasis.
_WORTH_RENDERING = re.compile(r"[\[\]`\\&~|>#=<]|^\s*[-_*]+\s*$", re.MULTILINE)
_INLINE_TAGS = frozenset(("p", "br", "em", "strong", "a", "code"))
_BLOCK_TAGS = frozenset(("hr", "ul", "ol", "li", "blockquote", "pre", "table", "thead", "tbody", "tr", "th", "td"))


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
    if re.search(r"(^|\.)xn--", host):  # Shown with other letters, which may look like those of another site.
        return "de naam van de site bevat bijzondere letters"
    return ""


def tip_links(text: str) -> list[int]:
    """Return the numbers of the tips that a text links to, in order."""
    return [int(match[1]) for target in _LINK.findall(text) if (match := _TIP_LINK.fullmatch(target))]


def replace_tip_links(text: str, address_of: Callable[[int], str]) -> str:
    """Return the text with ``tip:12`` in links replaced by that tip's address."""

    def replace(match: re.Match[str]) -> str:
        tip = _TIP_LINK.fullmatch(match[1])
        return f"]({address_of(int(tip[1]))}" if tip else match[0]

    return _LINK.sub(replace, text) if "tip:" in text else text


def findings(text: str, rule: Rule, tip_numbers: Iterable[int]) -> list[Finding]:
    """Return all that may not stand in ``text``.

    ``tip_numbers`` are the tips that ``[…](tip:12)`` may point at.
    """
    if not text.strip():
        return [Finding(0, "leeg-veld", "hier staat geen tekst", "schrijf er iets, of haal het veld weg")]
    found = [*_html(text, rule), *_codes(text)]
    if not rule.markdown:
        if "\n" in text:
            found.append(Finding(0, "een-regel", "deze tekst heeft meer dan één regel", "zet alles op één regel"))
        return found
    found += [*_links(text, rule, tip_numbers), *(_blocks(text, rule) if rule.blocks else _one_paragraph(text))]
    if not found and _WORTH_RENDERING.search(text):
        found.extend(_rendered(text, rule))
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(text.split("\n"))


def _html(text: str, rule: Rule) -> Iterator[Finding]:
    if "<" in text:
        for number, line in _lines(text):
            if _AUTOLINK.search(line):
                yield Finding(number, "link", "hier staat een adres tussen < en >", "schrijf [tekst](https://…)" if rule.markdown else "haal < en > weg")
            elif _HTML.search(line):
                instead = "gebruik Markdown" if rule.markdown else "gebruik gewone tekst"
                yield Finding(number, "html", "hier staat HTML", f"{instead}, of schrijf ‘kleiner dan’ voluit")


def _codes(text: str) -> Iterator[Finding]:
    if "&" in text:
        for number, line in _lines(text):
            if _BROKEN_CODE.search(line):
                yield Finding(number, "opmaak", "‘&#’ is het begin van een code", "zet er een spatie tussen, of schrijf ‘en’")
            if characters := hidden_characters(unescape(line)):
                yield Finding(number, "verborgen-teken", f"hier staat een onzichtbaar teken ({characters})", "haal de code van dat teken weg")


def _links(text: str, rule: Rule, tip_numbers: Iterable[int]) -> Iterator[Finding]:
    if "[" not in text and "](" not in text:  # What is half a link gets its address replaced as any other.
        return
    depth = 0
    for number, line in _lines(text):
        depth = _bracket_depth(line, depth) if line.strip() else 0
        if depth > _MOST_BRACKETS:
            yield Finding(number, "opmaak", "hier staan te veel haken in elkaar", "haal haken weg, of sluit ze met ]")
            depth = 0
        if "[toc]" in line.lower():
            yield Finding(number, "opmaak", "[TOC] zou een inhoudsopgave worden", "haal het weg")
        if "![" in line:
            yield Finding(number, "afbeelding", "hier staat een afbeelding", "beschrijf in woorden wat er te zien is, of link naar de pagina")
        if "]:" in line or "][" in line:
            yield Finding(number, "link", "deze link verwijst naar een adres verderop", "zet het adres er direct achter: [tekst](https://…)")
        if _EMPTY_LINK.search(line):
            yield Finding(number, "link", "deze link heeft geen tekst", "zet tussen [ en ] waar de link heen gaat")
        for target in _LINK.findall(line):
            if target.startswith("tip:"):
                match = _TIP_LINK.fullmatch(target)
                if not match or int(match[1]) not in tip_numbers:
                    yield Finding(number, "onbekende-tip", f"‘{shown(target)}’ verwijst naar een tip die er niet is", "gebruik het nummer van een bestaande tip, zoals tip:12")
            elif rule.pages and _PAGE_LINK.fullmatch(target):
                continue  # MkDocs checks that it exists.
            elif problem := address_problem(target):
                yield Finding(number, "link", f"‘{shown(target)}’ kan geen link zijn: {problem}", "gebruik een adres dat met https:// begint, of tip:12")


def _bracket_depth(line: str, depth: int) -> int:
    """Return how many brackets are open at the end of a line, or at the deepest place of it when that is too deep."""
    for char in line:
        depth = depth + 1 if char == "[" else max(0, depth - 1) if char == "]" else depth
        if depth > _MOST_BRACKETS:
            break
    return depth


def _one_paragraph(text: str) -> Iterator[Finding]:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not line.strip():
            yield Finding(number, "een-alinea", "deze tekst heeft meer dan één alinea", "maak er één alinea van")
        elif _BLOCK.search(line):
            yield Finding(number, "een-alinea", "hier kan geen lijst, kop, tabel of blok staan", "begin de regel met een gewoon woord")


def _blocks(text: str, rule: Rule) -> Iterator[Finding]:
    if rule == PAGE and not text.lstrip("\n").startswith("# "):
        yield Finding(0, "kop", "de pagina begint niet met een kop", "begin de tekst met # en de titel")
    fence, opened, previous, level = "", 0, "", rule.heading - 1
    for number, line in _lines(text):
        if fence:
            fence = "" if line.rstrip() == fence else fence
        elif match := _FENCE.match(line):
            fence, opened = match[1], number
            if not _OPENING_FENCE.fullmatch(line):
                yield Finding(number, "codeblok", "dit codeblok begint niet zoals het hoort", "zet drie keer ` of ~ vooraan op een eigen regel, met hoogstens een woord erachter")
        elif _NESTED.match(line):
            yield Finding(number, "te-diep", "lijsten en citaten zitten hier te diep in elkaar", "maak de inhoud platter")
        elif _ATX_INSIDE.match(line):
            yield Finding(number, "kop", "in een lijst of citaat kan geen kop staan", "haal # weg, of zet er \\ voor om een # te tonen")
        elif match := _ATX.match(line):
            found = len(match[1])
            if found < rule.heading:
                yield Finding(number, "kop", f"deze kop is te hoog ({match[1]})", f"gebruik {'#' * rule.heading} of maak er gewone tekst van")
            elif found > level + 1:
                yield Finding(number, "kop", f"deze kop slaat een niveau over ({match[1]})", f"gebruik {'#' * (level + 1)}")
            elif found == level == 1:
                yield Finding(number, "kop", "dit is de tweede hoofdkop van de pagina", "gebruik ##")
            elif not match[2].strip("# "):
                yield Finding(number, "kop", "deze kop is leeg", "zet er tekst achter of haal hem weg")
            level = max(found, rule.heading)
        elif previous.strip() and _SETEXT.match(line):
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
        headings = {f"h{level}" for level in range(rule.heading, 7)}
        self.tags = _INLINE_TAGS | _BLOCK_TAGS | headings if rule.blocks else _INLINE_TAGS
        self.refused: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.tags:
            self.refused.append(f"het element {tag}")
        self.tags -= {"h1"}  # A page has one.
        for name, value in attrs:
            if name == "href":
                address = value or ""
                inside = _TIP_LINK.fullmatch(address) or (self.rule.pages and _PAGE_LINK.fullmatch(address))
                if not inside and address_problem(address):
                    self.refused.append(f"een link naar {shown(address)}")
            elif (tag, name) not in (("ol", "start"), ("a", "title"), ("code", "class"), ("th", "style"), ("td", "style")):
                self.refused.append(f"het kenmerk {name}")
