"""Read one YAML file strictly: no guessing, no aliases, no duplicate keys, and every value knows its line.

PyYAML's safe loader follows YAML 1.1, in which ``no`` is false, ``012`` is ten and a second key silently wins. So we
take PyYAML's events (parsed by libyaml) and build plain data from them, refusing whatever could be read in two ways.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from generator.problems import Problem, shown

MAX_BYTES = 200_000
MAX_DEPTH = 12
Location = tuple[str | int, ...]

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
# What YAML 1.1 and YAML 1.2 read differently, or what looks like a number and is none.
_AMBIGUOUS = re.compile(
    r"(?i:y|yes|n|no|on|off)|TRUE|True|FALSE|False|NULL|Null|[-+]?0[0-9_]+|[-+]?0[box][0-9a-fA-F_]+|[-+]?[0-9]+_[0-9_]*"
    r"|[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+|[0-9]+\.)|[-+]?\.(?i:inf|nan)|[-+]?[0-9]{19,}"
)
# Letters and signs without a shape, which no category tells, and what YAML doesn't allow at all.
_SHAPELESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffe\uffff")
# How Word writes quotes and lists. YAML takes such signs for text.
_CURLED_START = re.compile(r"^ *(?:- +)?(?:[a-z_]+: +)?([“”„‟])")
_CURLED = re.compile(r"[“”„‟][^“”„‟]*[“”„‟]|[‘’‚‛][^‘’‚‛]*[‘’‚‛]")
_BULLET = re.compile(r"\s*([–—•·▪])\s")
_COLON_WITHOUT_SPACE = re.compile(r" *(?:- +)?[a-z_]+:[^ /]")
_CONFLICT = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)
# A part of libyaml's English, and what it means to an editor.
_SYNTAX_HINTS = (
    ("mapping values are not allowed", "er staat een dubbele punt waar dat niet kan", "zet aanhalingstekens om tekst met ‘: ’ erin, of kijk naar de inspringing en naar de regel erboven"),
    ("could not find expected ':'", "hier ontbreekt een dubbele punt na de naam van een veld", "schrijf ‘veld: waarde’ of spring de tekst in onder het veld erboven"),
    ("found unexpected end of stream", "een aanhalingsteken wordt niet gesloten", "zet hetzelfde aanhalingsteken aan het eind van de tekst"),
    ("found unexpected document indicator", "een aanhalingsteken wordt niet gesloten", "zet hetzelfde aanhalingsteken aan het eind van de tekst"),
    ("did not find expected key", "de inspringing klopt niet", "laat velden die bij elkaar horen met evenveel spaties beginnen"),
    ("did not find expected '-' indicator", "de inspringing van deze lijst klopt niet", "laat elke regel van de lijst met evenveel spaties en een streepje beginnen"),
    ("did not find expected ',' or", "een lijst of groep tussen haken wordt niet gesloten", "zet ] of } aan het eind en komma's ertussen"),
    ("found character that cannot start", "een tekst begint met een teken dat in YAML iets anders betekent", "zet aanhalingstekens om de tekst"),
    ("did not find expected alphabetic or numeric character", "een tekst begint met * of &, en dat betekent in YAML iets anders", "zet aanhalingstekens om de tekst"),
    ("found undefined tag handle", "een tekst begint met !, en dat betekent in YAML iets anders", "zet aanhalingstekens om de tekst"),
    ("did not find expected comment or line break", "na | of > staat tekst op dezelfde regel", "begin de tekst op de volgende regel, ingesprongen, of zet er aanhalingstekens om"),
    ("found unknown escape character", "een schuine streep tussen dubbele aanhalingstekens betekent iets anders", "gebruik enkele aanhalingstekens om deze tekst"),
    ("did not find expected hexdecimal number", "een schuine streep tussen dubbele aanhalingstekens betekent iets anders", "gebruik enkele aanhalingstekens om deze tekst"),
    ("found invalid Unicode character escape code", "een schuine streep tussen dubbele aanhalingstekens betekent iets anders", "gebruik enkele aanhalingstekens om deze tekst"),
    ("block sequence entries are not allowed", "een streepje van een lijst staat op een plek waar dat niet kan", "begin de lijst op een nieuwe regel onder de naam van het veld"),
    ("did not find expected <document start>", "na het begin van het bestand staat iets dat er niet bij hoort", "laat elk veld vooraan de regel beginnen met ‘naam: ’"),
    ("did not find expected node content", "hier ontbreekt een waarde", "vul een waarde in of haal de komma of het streepje weg"),
    ("directive", "een regel begint met %, en dat betekent in YAML iets anders", "zet iets voor het % of spring de regel in"),
)
# Of these, libyaml notices only later that something that began earlier is wrong.
_WRONG_AT_ITS_START = ("could not find expected ':'", "found unexpected end of stream", "found unexpected document indicator", "did not find expected ',' or")


@dataclass(frozen=True)
class Document:
    """Plain data from one YAML file, with the line of every value.

    ``lines`` maps a location, such as ``("steps", 2)``, to the line on which it stands, counted from 1. ``literal`` holds
    the locations of texts written with ``|``: their first line stands below the field's own, and lines are kept.
    ``doubtful`` holds the locations of values that were reported already: whatever else is wrong with them follows from that.
    """

    path: str
    value: Any
    lines: Mapping[Location, int] = field(default_factory=dict)
    literal: frozenset[Location] = frozenset()
    doubtful: frozenset[Location] = frozenset()

    def line(self, location: Location, offset: int = 0) -> int:
        """Return the line of a location, or of the nearest thing around it; ``offset`` counts lines within a text."""
        while location not in self.lines and location:
            location, offset = location[:-1], 0
        return self.lines.get(location, 1) + (offset + 1 if location in self.literal else 0)

    def problem(self, location: Location, code: str, message: str, hint: str, warning: bool = False, offset: int = 0) -> Problem:
        """Return a problem at a location; see ``line``."""
        return Problem(self.path, self.line(location, offset), code, message, hint, warning)


def read_yaml(file: Path, root: Path) -> tuple[Document | None, list[Problem]]:
    """Read ``file``, which must lie below ``root``.

    Returns the document, or None when there is none to go on with, and all problems. Raises nothing for bad content.
    """
    path = file.relative_to(root).as_posix()
    text, problems = read_text(file, root)
    if text is None:
        return None, problems
    builder = _Builder(path, text)
    try:
        document = builder.document()
    except _Unreadable:
        document = None
    except yaml.YAMLError as error:
        document = None
        problem = _syntax_problem(path, text, error)
        # A tab or an odd character was named already, and is then the likeliest cause.
        if not any(abs(other.line - problem.line) <= 1 for other in problems) and problem.line not in {other.line for other in builder.problems}:
            problems.append(problem)
    return document, problems + builder.problems


def read_text(file: Path, root: Path) -> tuple[str | None, list[Problem]]:
    """Read a text file, which must lie below ``root``, and leave out what is invisible.

    Returns the text, or None when there is none to go on with, and all problems. Raises nothing for bad content.
    """
    path = file.relative_to(root).as_posix()

    def stop(code: str, message: str, hint: str, line: int = 1) -> tuple[None, list[Problem]]:
        return None, [Problem(path, line, code, message, hint)]

    try:
        if not file.is_file():
            return stop("geen-bestand", "dit is geen gewoon bestand", "haal het weg of zet er een tekstbestand neer")
        if not file.resolve().is_relative_to(root.resolve()):
            return stop("buiten-map", "dit bestand is een verwijzing naar buiten de map", "zet het bestand zelf hier neer")
        if file.stat().st_size > MAX_BYTES:
            return stop("te-groot", f"dit bestand is groter dan {MAX_BYTES // 1000} kB", "maak de tekst korter of verdeel hem over meer tips")
        raw = file.read_bytes()
    except OSError:
        return stop("niet-te-lezen", "dit bestand is niet te lezen", "controleer of het bestaat en of je er rechten op hebt")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return stop("geen-utf8", "dit bestand is niet opgeslagen als UTF-8", "kies in je editor ‘opslaan met codering UTF-8’", line)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if match := _CONFLICT.search(text):
        line = text.count("\n", 0, match.start()) + 1
        return stop("conflict", "hier staan twee versies door elkaar (een merge-conflict)", "kies welke tekst blijft en haal de regels met <<<<<<<, ======= en >>>>>>> weg", line)
    if not hidden_characters(text):  # A tab is one too.
        return text, []
    problems = [_tab_problem(path, number) for number, line in enumerate(text.split("\n"), 1) if "\t" in line]
    for number, line in enumerate(text.split("\n"), 1):
        if found := hidden_characters(line.replace("\t", "")):
            problems.append(Problem(path, number, "verborgen-teken", f"hier staat een onzichtbaar teken ({found})", "typ deze regel opnieuw, zonder te plakken"))
    return "".join("  " if char == "\t" else char for char in text if char in "\n\t" or not _is_hidden(char)), problems


def _tab_problem(path: str, line: int) -> Problem:
    return Problem(path, line, "tab", "hier staat een tab", "gebruik spaties om in te springen")


def _bullet_problem(path: str, line: int, bullet: str) -> Problem:
    return Problem(path, line, "streepje", f"deze regel begint met ‘{bullet}’, en dat maakt geen lijst", "begin elk onderdeel van een lijst met een gewoon streepje: ‘- ’")


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") or char in _SHAPELESS


def hidden_characters(text: str) -> str:
    """Return the names of invisible, control and direction characters in ``text``, or an empty string.

    A line break doesn't count. Such characters can hide or turn round what a reader sees.
    """
    text = text.replace("\n", "")
    if text.isprintable() and _SHAPELESS.isdisjoint(text):  # Nearly always, and much faster.
        return ""
    return ", ".join(f"U+{ord(char):04X}" for char in sorted(set(text)) if _is_hidden(char))


def _syntax_problem(path: str, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    if context and any(part in said for part in _WRONG_AT_ITS_START):
        mark = context
    lines = text.split("\n")
    line = min(mark.line if mark else 0, len(lines) - 1)
    while line and not lines[line].strip():
        line -= 1  # At the end of the text: then the last line that says something.
    written = lines[line]
    if "did not find expected key" in said and mark and written[: mark.column].strip():
        return Problem(path, line + 1, "yaml", "er staat tekst na een aanhalingsteken of een haak", "zet aanhalingstekens om de hele tekst, en schrijf een ' erin als ''")
    if bullet := _BULLET.match(written):
        return _bullet_problem(path, line + 1, bullet[1])
    if found := _CURLED_START.search(written):
        return Problem(path, line + 1, "yaml", f"een gekruld aanhalingsteken ({found[1]}) telt niet als aanhalingsteken", 'zet rechte aanhalingstekens om de tekst: "…"')
    if "could not find expected ':'" in said and _COLON_WITHOUT_SPACE.match(written):
        return Problem(path, line + 1, "yaml", "na de dubbele punt staat geen gewone spatie", "typ na de dubbele punt zelf een spatie")
    if "could not find expected ':'" in said and written.startswith("-"):
        return Problem(path, line + 1, "yaml", "na het streepje ontbreekt een spatie", "schrijf ‘- ’ voor elk onderdeel van een lijst")
    for part, message, hint in _SYNTAX_HINTS:
        if part in said:
            return Problem(path, line + 1, "yaml", message, hint)
    return Problem(path, line + 1, "yaml", "dit is geen geldige YAML", "vergelijk deze regel met een bestand dat wel klopt, en zet aanhalingstekens om de tekst")


def _plainly(value: str) -> str:
    """Return how to write an ambiguous value so that it can be read in one way."""
    other = "een gewoon getal"
    if value.isalpha():
        other = "true of false"
    elif value.isdecimal() and len(value) < 19:
        other = value.lstrip("0") or "0"
    return f'schrijf {other}, of "{shown(value)}" met aanhalingstekens als het tekst is'


class _Unreadable(Exception):
    """The rest of the text isn't worth reading; why was reported."""


class _Builder:
    """Builds a document from the events of one YAML text; bad parts are reported and left out."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.text_lines = [*text.split("\n"), ""]
        self.problems: list[Problem] = []
        self.lines: dict[Location, int] = {}
        self.literal: set[Location] = set()
        self.doubtful: set[Location] = set()

    def document(self) -> Document | None:
        events = yaml.parse(self.text, Loader=yaml.CBaseLoader)
        value: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.report(event, "twee-documenten", "na ‘---’ begint een tweede document", "zet elk document in een eigen bestand")
                    raise _Unreadable
            elif isinstance(event, yaml.NodeEvent):
                value = self.node(event, events, ())
        if value is None and not self.problems:
            self.problems.append(Problem(self.path, 1, "leeg", "dit bestand is leeg", "vul het in of haal het weg"))
            return None
        return Document(self.path, value, self.lines, frozenset(self.literal), frozenset(self.doubtful))

    def report(self, event: yaml.Event, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self.path, event.start_mark.line + 1, code, message, hint))

    def unwanted(self, event: yaml.NodeEvent) -> bool:
        """Tell whether a value or key has an anchor, an alias, a tag or an invisible character, and report it."""
        if event.anchor:
            self.report(event, "alias", "hier staat een anker of alias (& of *)", "schrijf de tekst voluit, of zet er aanhalingstekens om")
        elif event.tag:
            self.report(event, "tag", "hier staat een YAML-tag (een woord dat met ! begint)", "haal de tag weg, of zet aanhalingstekens om de tekst")
        elif isinstance(event, yaml.ScalarEvent) and event.style == '"' and (found := hidden_characters(event.value)):  # Written as an escape, such as "\u202e".
            self.report(event, "verborgen-teken", f"hier staat een onzichtbaar teken ({found})", "haal de code van dat teken weg")
        else:
            return False
        return True

    def too_deep(self, event: yaml.Event) -> _Unreadable:
        # Reading on would take libyaml a time that grows with the square of the depth.
        self.report(event, "te-diep", "de lijsten en groepen zitten hier te diep in elkaar", "maak de inhoud platter")
        return _Unreadable()

    def node(self, event: yaml.Event, events: Any, location: Location) -> Any:
        # A value on a line of its own keeps the line of its key, where an editor looks first.
        self.lines.setdefault(location, event.start_mark.line + 1)
        if self.unwanted(event):
            self.doubtful.add(location)
        if isinstance(event, yaml.AliasEvent):
            return None
        if len(location) > MAX_DEPTH:
            raise self.too_deep(event)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, location)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            for item in iter(events.__next__, None):
                if isinstance(item, yaml.SequenceEndEvent):
                    return items
                items.append(self.node(item, events, (*location, len(items))))
        return self.mapping(events, location)

    def mapping(self, events: Any, location: Location) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_event in iter(events.__next__, None):
            if isinstance(key_event, yaml.MappingEndEvent):
                return result
            key = key_event.value if isinstance(key_event, yaml.ScalarEvent) else None
            if key is None:
                self.report(key_event, "sleutel", "de naam van een veld is geen gewone tekst", "schrijf ‘naam: waarde’, of zet aanhalingstekens om een tekst die met { of [ begint")
                if location:
                    self.doubtful.add(location)
                self.skip(key_event, events)
                self.skip(next(events), events)
                continue
            self.unwanted(key_event)
            if key in result:
                first = self.lines[(*location, key)]
                self.report(key_event, "dubbel-veld", f"het veld ‘{shown(key)}’ staat er twee keer", f"houd er één; het eerste staat op regel {first}")
                self.skip(next(events), events)
                continue
            self.lines[(*location, key)] = key_event.start_mark.line + 1
            result[key] = self.node(next(events), events, (*location, key))
        return result

    def scalar(self, event: yaml.ScalarEvent, location: Location) -> Any:
        value: str = event.value
        if event.style in ("|", ">"):
            self.lines[location] = event.start_mark.line + 1
            if event.style == "|" and value.strip("\n"):
                self.lines[location] += len(value) - len(value.lstrip("\n"))
                self.literal.add(location)
            return value.strip("\n")
        if event.style in ("'", '"'):
            return value
        if _CURLED.fullmatch(value):
            self.doubtful.add(location)
            self.report(event, "aanhalingsteken", f"om ‘{shown(value[1:-1])}’ staan gekrulde aanhalingstekens, en die komen mee op de site", 'typ rechte: "…"; horen ze bij de tekst, zet er dan nog rechte omheen')
        for line in range(event.start_mark.line, event.end_mark.line + 1):
            if (bullet := _BULLET.match(self.text_lines[line])) and event.start_mark.line != event.end_mark.line:
                self.doubtful.add(location)
                self.problems.append(_bullet_problem(self.path, line + 1, bullet[1]))
        if re.match(r" +#[^\s#-]", self.text_lines[event.end_mark.line][event.end_mark.column :]):
            self.report(event, "yaml-onduidelijk", "wat na ‘ #’ staat, telt niet mee", "zet aanhalingstekens om de tekst, of zet een spatie na # als het uitleg is")
        if _AMBIGUOUS.fullmatch(value):
            self.doubtful.add(location)
            self.report(event, "yaml-onduidelijk", f"‘{shown(value)}’ kan in YAML iets anders betekenen dan er staat", _plainly(value))
            return value
        if value in ("", "~", "null"):
            return None
        if value in ("true", "false"):
            return value == "true"
        if _INTEGER.fullmatch(value):
            return int(value)
        if _DECIMAL.fullmatch(value):
            return float(value)
        return value

    def skip(self, event: yaml.Event, events: Any) -> None:
        """Read past the node that begins with ``event``."""
        depth = 0
        while True:
            depth += isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent))
            depth -= isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent))
            if depth == 0:
                return
            if depth > MAX_DEPTH:
                raise self.too_deep(event)
            event = next(events)
