"""Read the whole repository into one KnowledgeBase, with every problem on the way in Dutch, at its file and line.

Vocabularies come first, so that a reference can be checked the moment it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from generator import text_rules
from generator.models import (
    TAG_FIELDS,
    VOCABULARIES,
    Context,
    GlossaryEntry,
    Model,
    Organisation,
    Person,
    SiteTexts,
    Source,
    Term,
    Theme,
    Tip,
)
from generator.problems import Problem, nearest
from generator.yaml_source import Document, Location, read_yaml

COLLECTIONS: Mapping[str, type[Model]] = {"people": Person, "organisations": Organisation, "sources": Source}
PUBLISHED_ADDRESSES = "content/published-addresses.txt"
_TIP_FILE = re.compile(r"(\d{3,4})-([a-z0-9]+(?:-[a-z0-9]+)*)\.yml")
_FRONT_MATTER = re.compile(r"---\n(?:(?:title|description): .*\n)*---\n")
_T = TypeVar("_T")


@dataclass(frozen=True)
class HandPage:
    """A hand-written page: its path below ``content/pages`` and its Markdown, front matter included."""

    path: str
    markdown: str

    def split(self) -> tuple[dict[str, str], str]:
        """Return the title and description from the front matter, and the text below it."""
        _, head, body = self.markdown.split("---\n", 2)
        return {key: value.strip().strip("\"'") for key, _, value in (line.partition(":") for line in head.splitlines())}, body.lstrip("\n")


@dataclass(frozen=True)
class KnowledgeBase:
    """All that editors wrote. Mappings go from id to entry, in the order of the files."""

    tips: tuple[Tip, ...]
    vocabularies: Mapping[str, Mapping[str, Term]]
    people: Mapping[str, Person]
    organisations: Mapping[str, Organisation]
    sources: Mapping[str, Source]
    glossary: tuple[GlossaryEntry, ...]
    texts: SiteTexts
    hand_pages: tuple[HandPage, ...]
    published_addresses: tuple[str, ...]


@dataclass(frozen=True)
class Loaded:
    """What was read: the knowledge base (None when a part of it could not be read at all), lines and problems."""

    knowledge: KnowledgeBase | None
    documents: Mapping[str, Document]
    problems: tuple[Problem, ...]


def tip_path(tip: Tip) -> str:
    """Return the file of a tip, relative to the repository."""
    return f"tips/{tip.number:03}-{tip.slug}.yml"


def load(root: Path, today: date) -> Loaded:
    """Read tips and content below ``root``, as seen on the day ``today``.

    Entries with problems are left out of the knowledge base; their problems are all in ``Loaded.problems``.
    """
    reader = _Reader(root)
    vocabulary_documents = {name: reader.read(f"content/vocabularies/{file}") for name, file in VOCABULARIES.items()}
    collection_files = {name: reader.files(f"content/{name}", reader.is_entry_file) for name in COLLECTIONS}
    tip_files = reader.files("tips", reader.is_tip_file)

    ids = {name: _ids(document) for name, document in vocabulary_documents.items() if document}
    ids |= {name: frozenset(Path(file).stem for file in files) for name, files in collection_files.items()}
    numbers = frozenset(int(match[1]) for file in tip_files if (match := _TIP_FILE.fullmatch(Path(file).name)))
    context = Context(today=today, ids=ids, tip_numbers=numbers)

    vocabularies = {
        name: {term.id: term for term in reader.validate_list(document, Theme if name == "themes" else Term, context)}
        for name, document in vocabulary_documents.items()
    }
    collections = {
        name: {Path(file).stem: entry for file in files if (entry := reader.validate(reader.read(file), model, context))}
        for (name, files), model in zip(collection_files.items(), COLLECTIONS.values(), strict=True)
    }
    tips = [tip for file in tip_files if (tip := reader.validate(reader.read(file), Tip, context))]
    glossary = reader.validate_list(reader.read("content/glossary.yml"), GlossaryEntry, context)
    texts = reader.validate(reader.read("content/site.yml"), SiteTexts, context)
    hand_pages = tuple(page for file in reader.files("content/pages", reader.is_page_file) if (page := reader.page(file, context)))
    for tip_file in tip_files:
        reader.check_tip_name(tip_file)
    if texts is None:
        return Loaded(None, reader.documents, tuple(reader.problems))
    knowledge = KnowledgeBase(
        tips=tuple(sorted(tips, key=lambda tip: tip.number)),
        vocabularies=vocabularies,
        people=collections["people"],
        organisations=collections["organisations"],
        sources=collections["sources"],
        glossary=tuple(glossary),
        texts=texts,
        hand_pages=hand_pages,
        published_addresses=reader.address_list(),
    )
    return Loaded(knowledge, reader.documents, tuple(reader.problems))


def _ids(document: Document) -> frozenset[str]:
    entries = document.value if isinstance(document.value, list) else []
    return frozenset(entry["id"] for entry in entries if isinstance(entry, dict) and isinstance(entry.get("id"), str))


class _Reader:
    """Reads files below a root and collects the problems."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {}

    def report(self, path: str, line: int, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(path, line, code, message, hint))

    # -- files

    def files(self, folder: str, is_wanted: Any) -> list[str]:
        """Return the files of a folder that hold entries, sorted; report what doesn't belong there."""
        directory = self.root / folder
        if not directory.is_dir():
            self.report(folder, 1, "map-ontbreekt", f"de map {folder} ontbreekt", "haal hem terug uit de vorige versie")
            return []
        found = sorted(entry.name for entry in directory.iterdir() if not entry.name.startswith((".", "_")))
        return [f"{folder}/{name}" for name in found if is_wanted(folder, name)]

    def is_tip_file(self, folder: str, name: str) -> bool:
        if name.endswith(".yml"):
            return True
        self.report(f"{folder}/{name}", 1, "bestandsnaam", "dit is geen bestand met een tip", "geef het een naam als 012-korte-naam.yml, of zet het ergens anders")
        return False

    def is_entry_file(self, folder: str, name: str) -> bool:
        if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.yml", name):
            return True
        self.report(f"{folder}/{name}", 1, "bestandsnaam", "deze bestandsnaam kan niet", "gebruik kleine letters, cijfers en streepjes, en eindig op .yml")
        return False

    def is_page_file(self, folder: str, name: str) -> bool:
        if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.md", name):
            return True
        self.report(f"{folder}/{name}", 1, "bestandsnaam", "deze bestandsnaam kan niet", "gebruik kleine letters, cijfers en streepjes, en eindig op .md")
        return False

    def read(self, path: str) -> Document | None:
        if not (self.root / path).exists() and not (self.root / path).is_symlink():
            self.report(path, 1, "bestand-ontbreekt", f"het bestand {path} ontbreekt", "haal het terug uit de vorige versie")
            return None
        document, problems = read_yaml(self.root / path, self.root)
        self.problems.extend(problems)
        if document:
            self.documents[path] = document
        return document

    def address_list(self) -> tuple[str, ...]:
        file = self.root / PUBLISHED_ADDRESSES
        return tuple(file.read_text(encoding="utf-8").split()) if file.is_file() else ()

    def page(self, path: str, context: Context) -> HandPage | None:
        file = self.root / path
        if not file.resolve().is_relative_to(self.root.resolve()) or not file.is_file():
            self.report(path, 1, "buiten-map", "dit is geen gewoon bestand in deze map", "zet het bestand zelf hier neer")
            return None
        try:
            text = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            self.report(path, 1, "geen-utf8", "dit bestand is niet opgeslagen als UTF-8", "kies in je editor ‘opslaan met codering UTF-8’")
            return None
        match = _FRONT_MATTER.match(text)
        if not match:
            self.report(path, 1, "kopgegevens", "de titel en beschrijving bovenaan ontbreken", "begin met ---, title: …, description: … en weer ---")
            return None
        offset = text.count("\n", 0, match.end())
        for finding in text_rules.findings(text[match.end() :], text_rules.PAGE, context.tip_numbers):
            self.report(path, offset + finding.line + 1, finding.code, finding.message, finding.hint)
        return HandPage(Path(path).name, text)

    def check_tip_name(self, path: str) -> None:
        """Report a file name that disagrees with the number and slug inside, and numbers and slugs that stand twice."""
        match = _TIP_FILE.fullmatch(Path(path).name)
        document = self.documents.get(path)
        data = document.value if document and isinstance(document.value, dict) else {}
        number, slug = data.get("number"), data.get("slug")
        if type(number) is int and isinstance(slug, str) and Path(path).name != f"{number:03}-{slug}.yml":
            line = document.line(("number",) if match and int(match[1]) != number else ("slug",)) if document else 1
            self.report(path, line, "bestandsnaam", f"de bestandsnaam past niet bij nummer {number} en slug ‘{slug}’", f"noem het bestand {number:03}-{slug}.yml of verbeter het nummer of de slug")
        elif not match:
            self.report(path, 1, "bestandsnaam", "deze bestandsnaam kan niet", "noem het bestand naar nummer en slug, zoals 012-korte-naam.yml")

    # -- models

    def validate(self, document: Document | None, model: type[_T], context: Context) -> _T | None:
        """Return the document as ``model``, or None when it has problems."""
        if document is None:
            return None
        try:
            return TypeAdapter(model).validate_python(document.value, context=context)
        except ValidationError as error:
            self.problems.extend(_problems(document, error, model, ()))
            return None

    def validate_list(self, document: Document | None, model: type[_T], context: Context) -> list[_T]:
        """Return the entries of the document's list that are right, each as ``model``."""
        if document is None:
            return []
        if not isinstance(document.value, list):
            self.report(document.path, 1, "soort", "hier hoort een lijst", "begin elk onderdeel met een streepje")
            return []
        adapter, entries = TypeAdapter(model), []
        for index, value in enumerate(document.value):
            try:
                entries.append(adapter.validate_python(value, context=context))
            except ValidationError as error:
                self.problems.extend(_problems(document, error, model, (index,)))
        return entries


def _problems(document: Document, error: ValidationError, model: Any, start: Location) -> Iterable[Problem]:
    for item in error.errors(include_url=False):
        location = (*start, *item["loc"])
        if item["type"] == "text":
            for finding in item["ctx"]["findings"]:
                line = document.line(location, finding.line)
                yield Problem(document.path, line, finding.code, f"{_field(location)}: {finding.message}", finding.hint)
        else:
            code, message, hint = _explain(item, model, location[len(start) :])
            yield Problem(document.path, document.line(location), code, message, hint)


def _explain(item: Any, model: Any, location: Location) -> tuple[str, str, str]:
    """Return code, message and hint in Dutch for one of pydantic's errors."""
    kind, given, ctx, name = item["type"], item["input"], item.get("ctx", {}), _field(location)
    if given is None and kind != "missing":
        return "leeg-veld", f"{name} is leeg", "vul het in of haal het weg"
    if kind == "missing":
        return "ontbreekt", f"het veld {name} ontbreekt", "voeg het toe; in tips/_sjabloon.yml staat hoe"
    if kind == "extra_forbidden":
        return "onbekend-veld", f"het veld {name} bestaat niet", nearest(str(location[-1]), _fields_at(model, location[:-1]))
    if kind == "unknown_reference":
        return "onbekende-term", f"{name}: ‘{given}’ bestaat niet in {_where(item['msg'])}", nearest(str(given), ctx["known"])
    if kind == "unknown_tip":
        return "onbekende-tip", f"{name}: er is geen tip {given}", "gebruik het nummer van een bestaande tip"
    if kind == "string_too_long":
        return "te-lang", f"{name} heeft {len(given)} tekens", f"maak er hoogstens {ctx['max_length']} van"
    if kind == "string_too_short":
        return "leeg-veld", f"{name} is leeg", "vul het in of haal het weg"
    if kind == "too_short":
        return "te-weinig", f"{name} heeft {ctx['actual_length']} onderdelen", f"geef er minstens {ctx['min_length']}"
    if kind == "too_long":
        return "te-veel", f"{name} heeft te veel onderdelen", f"houd er hoogstens {ctx['max_length']} over"
    if kind == "repeated":
        return "dubbel", f"{name}: ‘{ctx['value']}’ staat er twee keer", "houd er één"
    if kind == "string_type":
        return "soort", f"{name} moet tekst zijn", "zet er aanhalingstekens om" if isinstance(given, (int, float)) else "schrijf gewone tekst, geen lijst of groep velden"
    if kind == "int_type":
        return "soort", f"{name} moet een heel getal zijn", "schrijf alleen cijfers, zonder aanhalingstekens"
    if kind == "bool_type":
        return "soort", f"{name} moet true of false zijn", "schrijf true of false, zonder aanhalingstekens"
    if kind == "tuple_type":
        return "soort", f"{name} moet een lijst zijn", "zet elk onderdeel op een regel met een streepje, of tussen [ en ]"
    if kind in ("model_type", "dict_type"):
        return "soort", f"{name} moet uit velden bestaan", "schrijf ‘veld: waarde’ op eigen regels; kijk in tips/_sjabloon.yml"
    if kind in ("greater_than_equal", "less_than_equal"):
        return "buiten-bereik", f"{name}: {given} kan niet", f"kies een getal {'vanaf' if kind.startswith('greater') else 'tot en met'} {ctx.get('ge', ctx.get('le'))}"
    if kind == "literal_error":
        return "onbekende-term", f"{name}: ‘{given}’ kan hier niet", "kies uit: " + ctx["expected"].replace("'", "").replace(" or ", " of ")
    if kind == "date":
        return "datum", f"{name} is geen datum", "schrijf jjjj-mm-dd, bijvoorbeeld 2026-11-21"
    if kind == "future_date":
        return "datum", f"{name} ligt in de toekomst ({ctx['value']})", "gebruik de dag van vandaag of eerder"
    if kind == "address":
        return "link", f"{name}: {item['msg']}", "gebruik het hele adres, beginnend met https://"
    if kind == "string_pattern_mismatch":
        return "vorm", f"{name}: ‘{given[:60]}’ heeft niet de goede vorm", _PATTERN_HINTS.get(str(location[-1]), "gebruik kleine letters, cijfers en streepjes, zonder spaties")
    raise AssertionError(f"no Dutch text for the error {kind!r} at {location}")


_PATTERN_HINTS = {
    "date": "schrijf een jaar, maand of dag tussen aanhalingstekens, zoals \"2024\" of \"2024-05-31\"",
    "since": "schrijf een jaar, maand of dag tussen aanhalingstekens, zoals \"2024\" of \"2024-05-31\"",
    "light": "schrijf een kleur als \"#0a5f7a\"",
    "dark": "schrijf een kleur als \"#7dd3fc\"",
    "icon": "schrijf een pictogram als material/laptop",
    "language": "schrijf twee kleine letters, zoals nl of en",
}


def _field(location: Iterable[str | int]) -> str:
    """Return a location in words: ``examples, nummer 2, person``."""
    parts = [f"nummer {part + 1}" if isinstance(part, int) else f"‘{part}’" for part in location]
    return ", ".join(parts) or "het bestand"


def _where(collection: str) -> str:
    return f"content/vocabularies/{VOCABULARIES[collection]}" if collection in VOCABULARIES else f"content/{collection}/"


def _fields_at(model: Any, location: Location) -> list[str]:
    """Return the names of the fields that may stand at a location of ``model``."""
    for part in location:
        model = model.model_fields[part].annotation if isinstance(part, str) else model
        while not (isinstance(model, type) and issubclass(model, Model)):
            origin, args = get_origin(model), [arg for arg in get_args(model) if arg not in (type(None), Ellipsis)]
            if origin in (Union, UnionType, tuple) or args:
                model = args[0]
            else:
                return []
    return list(model.model_fields)


def tag_fields(tip: Tip) -> Iterable[tuple[str, Any]]:
    """Yield the name and the tags of every field that holds terms at two strengths."""
    return ((name, getattr(tip, name)) for name in TAG_FIELDS)
