"""Read the whole repository into one KnowledgeBase, with every problem on the way in Dutch, at its file and line.

Vocabularies come first, so that a reference can be checked the moment it is read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from generator import addresses, text_rules
from generator.channel_guide_models import ChannelGuide, Service
from generator.models import (
    VOCABULARIES,
    Context,
    GlossaryEntry,
    Jargon,
    Model,
    Organisation,
    Person,
    SiteTexts,
    Source,
    Term,
    Theme,
    Tip,
    Workshop,
)
from generator.problems import Problem, in_words, nearest, shown
from generator.self_check_models import SelfCheck
from generator.yaml_source import Document, Location, read_text, read_yaml

COLLECTIONS: Mapping[str, type[Model]] = {"people": Person, "organisations": Organisation, "sources": Source}
PUBLISHED_ADDRESSES = "content/published-addresses.txt"
CHANNEL_GUIDE = "content/channel-guide.yml"
SERVICES = "content/services.yml"
JARGON = "content/jargon.yml"
SPELLING = "content/spelling.yml"
SELF_CHECK = "content/self-check.yml"
WORKSHOP = "content/workshop.yml"
SECURITY_TXT = "content/security.txt"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TIP_FILE = re.compile(rf"([0-9]{{3,4}})-{_SLUG.pattern}\.yml")
_FRONT_MATTER = re.compile(r"---\n((?:(?:title|description): .*\n)*)---\n")
_HEAD_FIELDS = {"title": 80, "description": 160}  # And how many characters each may have.
_MOST_IN_A_PAGE = 30_000
# Names of hand-written pages that would take the place of something that we make.
_TAKEN = frozenset(
    address.partition("/")[0]
    for address in (*addresses.FOLDERS.values(), addresses.TIPS, addresses.EXAMPLES, addresses.NEWS, addresses.GLOSSARY, addresses.CHECK, addresses.GUIDE, addresses.STRATEGY, addresses.SELECTION, addresses.CARDS, addresses.WORKSHOP, addresses.SCHEMA, "index", "404", "assets", "search")
)
_T = TypeVar("_T")


@dataclass(frozen=True)
class HandPage:
    """A hand-written page: its path below ``content/pages`` and its Markdown, front matter included."""

    path: str
    markdown: str

    def split(self) -> tuple[dict[str, str], str]:
        """Return the title and description from the front matter, and the text below it."""
        match = _FRONT_MATTER.match(self.markdown)
        assert match, "a page without front matter was reported when it was read"
        head = {key: value.strip().strip("\"'") for key, _, value in (line.partition(":") for line in match[1].splitlines())}
        return head, self.markdown[match.end() :].lstrip("\n")


@dataclass(frozen=True, eq=False)  # Told apart by identity, so that what follows from one can be remembered.
class KnowledgeBase:
    """All that editors wrote. Mappings go from id to entry, in the order of the files."""

    tips: tuple[Tip, ...]
    vocabularies: Mapping[str, Mapping[str, Term]]
    people: Mapping[str, Person]
    organisations: Mapping[str, Organisation]
    sources: Mapping[str, Source]
    glossary: tuple[GlossaryEntry, ...]
    jargon: tuple[Jargon, ...]
    spelling: tuple[str, ...]  # Words that are right, though no word list has them.
    self_check: SelfCheck | None
    channel_guide: ChannelGuide | None
    services: tuple[Service, ...]
    workshop: Workshop | None  # None when it has problems; then no page is made.
    texts: SiteTexts
    hand_pages: tuple[HandPage, ...]
    published_addresses: tuple[str, ...]
    security_txt: str  # Whom to tell about a leak (RFC 9116); empty when there is no such file.


@dataclass(frozen=True)
class Loaded:
    """What was read: the knowledge base (None when a part of it could not be read at all), lines and problems."""

    knowledge: KnowledgeBase | None
    documents: Mapping[str, Document]
    problems: tuple[Problem, ...]


def tip_path(tip: Tip) -> str:
    """Return the file of a tip, relative to the repository."""
    return f"tips/{tip.number:03}-{tip.slug}.yml"


class Memory:
    """What was read before, for whoever reads the same files again and again: ``load`` then does only what is new.

    A file is new when its time, size or place on the disk is; an entry when its file is, or what it may refer to.
    """

    def __init__(self) -> None:
        self._files: dict[str, tuple[tuple[int, ...], tuple[Document | None, list[Problem]]]] = {}
        self._entries: dict[tuple[str, Any], tuple[Document, Context, Any, tuple[Problem, ...]]] = {}
        self._context: Context | None = None

    def read(self, path: str, root: Path) -> tuple[Document | None, list[Problem]]:
        """Return what ``read_yaml`` returns for the file at ``path`` below ``root``."""
        try:
            stat = os.stat(os.path.join(root, path))
        except OSError:
            return read_yaml(root / path, root)
        mark = (stat.st_mtime_ns, stat.st_size, stat.st_dev, stat.st_ino)
        if path not in self._files or self._files[path][0] != mark:
            self._files[path] = (mark, read_yaml(root / path, root))
        return self._files[path][1]

    def same(self, context: Context) -> Context:
        """Return the context of before when it is the same as this one, so that the two are easy to compare."""
        if context != self._context:
            self._context = context
        return self._context

    def entry(self, document: Document, model: Any, context: Context, validate: Callable[[], tuple[Any, tuple[Problem, ...]]]) -> tuple[Any, tuple[Problem, ...]]:
        """Return what ``validate`` returns for a document as ``model``: the entry, or None, and its problems."""
        known = self._entries.get((document.path, model))
        if known is None or known[0] is not document or known[1] is not context:
            known = (document, context, *validate())
            self._entries[document.path, model] = known
        return known[2:]


def load(root: Path, today: date, memory: Memory | None = None) -> Loaded:
    """Read tips and content below ``root``, as seen on the day ``today``.

    Entries with problems are left out of the knowledge base; their problems are all in ``Loaded.problems``.
    ``memory`` is what earlier calls for this root left, if any.
    """
    memory = memory or Memory()
    reader = _Reader(root, memory)
    vocabulary_documents = {name: reader.read(f"content/vocabularies/{file}") for name, file in VOCABULARIES.items()}
    collection_files = {name: reader.files(f"content/{name}", reader.is_entry_file) for name in COLLECTIONS}
    tip_documents = {file: reader.read(file) for file in reader.files("tips", reader.is_tip_file) or ()}

    # A vocabulary or folder that can't be read has no ids here; what refers to it isn't checked, for that is no error of its own.
    ids = {name: found for name, document in vocabulary_documents.items() if (found := _ids(document))}
    # A file that has the wrong name is there to refer to by the right one.
    ids |= {name: frozenset(Path(file).stem.lower().replace(" ", "-") for file in files) for name, files in collection_files.items() if files is not None}
    numbers = frozenset(number for file, document in tip_documents.items() for number in _numbers(file, document))
    context = memory.same(Context(today=today, ids=ids, tip_numbers=numbers))

    vocabularies = {
        name: {term.id: term for term in reader.validate_list(document, Theme if name == "themes" else Term, context)}
        for name, document in vocabulary_documents.items()
    }
    collections = {
        name: {Path(file).stem: entry for file in files or () if (entry := reader.validate(reader.read(file), model, context))}
        for (name, files), model in zip(collection_files.items(), COLLECTIONS.values(), strict=True)
    }
    tips = [
        tip
        for document in tip_documents.values()
        # A tip in a file of another name is checked too, but never takes the place of the tip that has that name.
        if (tip := reader.validate(document, Tip, context)) and reader.documents.setdefault(tip_path(tip), document) is document
    ]
    glossary = reader.validate_list(reader.read("content/glossary.yml"), GlossaryEntry, context)
    # A knowledge base may do without these files; then the site has no such pages.
    jargon = reader.validate_list(reader.read_if_there(JARGON), Jargon, context)
    spelling = reader.validate_list(reader.read_if_there(SPELLING), str, context)
    self_check = reader.validate(reader.read_if_there(SELF_CHECK), SelfCheck, context)
    channel_guide = reader.validate(reader.read_if_there(CHANNEL_GUIDE), ChannelGuide, context)
    services = reader.validate_list(reader.read_if_there(SERVICES), Service, context)
    workshop = reader.validate(reader.read(WORKSHOP), Workshop, context)
    texts = reader.validate(reader.read("content/site.yml"), SiteTexts, context)
    hand_pages = tuple(page for file in reader.files("content/pages", reader.is_page_file) or () if (page := reader.page(file, context)))
    for tip_file, document in tip_documents.items():
        reader.check_tip_name(tip_file, document)
    if texts is None:
        return Loaded(None, reader.documents, tuple(reader.problems))
    knowledge = KnowledgeBase(
        tips=tuple(sorted(tips, key=lambda tip: tip.number)),
        vocabularies=vocabularies,
        people=collections["people"],
        organisations=collections["organisations"],
        sources=collections["sources"],
        glossary=tuple(glossary),
        jargon=tuple(jargon),
        spelling=tuple(spelling),
        self_check=self_check,
        channel_guide=channel_guide,
        services=tuple(services),
        workshop=workshop,
        texts=texts,
        hand_pages=hand_pages,
        published_addresses=tuple(reader.text_if_there(PUBLISHED_ADDRESSES).splitlines()),
        security_txt=reader.text_if_there(SECURITY_TXT),
    )
    return Loaded(knowledge, reader.documents, tuple(reader.problems))


def _ids(document: Document | None) -> frozenset[str] | None:
    """Return the ids of a vocabulary, or None when one can't be read: then nobody can tell which there are."""
    entries = document.value if document and isinstance(document.value, list) else []
    ids = [entry.get("id") if isinstance(entry, dict) else None for entry in entries]
    return frozenset(map(str, ids)) if ids and all(isinstance(identifier, str) for identifier in ids) else None


def _numbers(file: str, document: Document | None) -> Iterable[int]:
    """Return the number in the name of a tip's file, and the one inside it: a tip with a mistake is still there to refer to."""
    if match := re.match(r"[0-9]{1,4}", file.rpartition("/")[2]):
        yield int(match[0])
    if document and isinstance(document.value, dict) and type(document.value.get("number")) is int:
        yield document.value["number"]


class _Reader:
    """Reads files below a root and collects the problems."""

    def __init__(self, root: Path, memory: Memory) -> None:
        self.root, self.memory = root, memory
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {}

    def report(self, path: str, line: int, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(path, line, code, message, hint))

    # -- files

    def files(self, folder: str, is_wanted: Callable[[str, str], bool]) -> list[str] | None:
        """Return the files of a folder that hold entries, sorted, or None when there is no such folder; report what doesn't belong."""
        try:
            found = sorted(name for name in os.listdir(self.root / folder) if not name.startswith("."))
        except OSError:
            self.report(folder, 1, "map-ontbreekt", f"de map {folder} ontbreekt of is niet te lezen", "haal hem terug uit de vorige versie")
            return None
        return [f"{folder}/{name}" for name in found if is_wanted(folder, name)]

    def is_tip_file(self, folder: str, name: str) -> bool:
        if name.startswith("_"):
            return False  # The template.
        if name.endswith((".yml", ".yaml")):
            return True
        self.report(f"{folder}/{name}", 1, "bestandsnaam", "dit is geen bestand met een tip", "geef het een naam als 012-korte-naam.yml, of zet het ergens anders")
        return False

    def is_entry_file(self, folder: str, name: str) -> bool:
        stem, _, ending = name.rpartition(".")
        if not _SLUG.fullmatch(stem) or ending != "yml":
            self.report(f"{folder}/{name}", 1, "bestandsnaam", "deze bestandsnaam kan niet", "gebruik kleine letters, cijfers en streepjes, en eindig op .yml")
        return ending in ("yml", "yaml")

    def is_page_file(self, folder: str, name: str) -> bool:
        stem, _, ending = name.rpartition(".")
        if not _SLUG.fullmatch(stem) or ending != "md":
            self.report(f"{folder}/{name}", 1, "bestandsnaam", "deze bestandsnaam kan niet", "gebruik kleine letters, cijfers en streepjes, en eindig op .md")
        elif stem in _TAKEN:
            self.report(f"{folder}/{name}", 1, "bestandsnaam", "deze naam is al van een pagina die wij maken", "geef je pagina een andere naam")
        return ending == "md"

    def read(self, path: str) -> Document | None:
        if not os.path.lexists(os.path.join(self.root, path)):
            self.report(path, 1, "bestand-ontbreekt", f"het bestand {path} ontbreekt", "haal het terug uit de vorige versie")
            return None
        document, problems = self.memory.read(path, self.root)
        self.problems.extend(problems)
        if document:
            self.documents[path] = document
        return document

    def read_if_there(self, path: str) -> Document | None:
        return self.read(path) if os.path.lexists(self.root / path) else None

    def text_if_there(self, path: str) -> str:
        """Return the text of a file, or nothing when there is none."""
        if not os.path.lexists(self.root / path):
            return ""
        text, problems = read_text(self.root / path, self.root)
        self.problems.extend(problems)
        return text or ""

    def page(self, path: str, context: Context) -> HandPage | None:
        text, problems = read_text(self.root / path, self.root)
        self.problems.extend(problems)
        if text is None:
            return None
        page = HandPage(Path(path).name, text)
        match = _FRONT_MATTER.match(text)
        if not match:
            self.report(path, 1, "kopgegevens", "de titel en beschrijving bovenaan ontbreken of kloppen niet", "begin met ---, title: …, description: … en weer ---")
            return page
        self.check_head(path, match[1], context)
        if len(text) > _MOST_IN_A_PAGE:
            self.report(path, 1, "te-lang", f"deze pagina heeft {len(text)} tekens", f"maak er hoogstens {_MOST_IN_A_PAGE} van, of verdeel de tekst over meer pagina's")
            return page
        offset = text.count("\n", 0, match.end())
        for finding in text_rules.findings(text[match.end() :], text_rules.PAGE, context.tip_numbers):
            self.report(path, offset + finding.line + 1, finding.code, finding.message, finding.hint)
        return page

    def check_head(self, path: str, head: str, context: Context) -> None:
        """Report what is wrong with the title and description of a page."""
        fields = [line.partition(": ") for line in head.splitlines()]
        for name, most in _HEAD_FIELDS.items():
            found = [(line, value.strip("\"' ")) for line, (key, _, value) in enumerate(fields, 2) if key == name]
            if len(found) != 1:
                self.report(path, 1, "kopgegevens", f"‘{name}’ {'staat er twee keer' if found else 'ontbreekt'} bovenaan", f"zet er één regel met {name}: …")
            for line, value in found:
                if len(value) > most:
                    self.report(path, line, "te-lang", f"‘{name}’ heeft {len(value)} tekens", f"maak er hoogstens {most} van")
                for finding in text_rules.findings(value, text_rules.PLAIN, context.tip_numbers):
                    self.report(path, line, finding.code, f"‘{name}’: {finding.message}", finding.hint)

    def check_tip_name(self, path: str, document: Document | None) -> None:
        """Report a file name that disagrees with the number and slug inside."""
        name = path.rpartition("/")[2]
        match = _TIP_FILE.fullmatch(name)
        data = document.value if document and isinstance(document.value, dict) else {}
        number, slug = data.get("number"), data.get("slug")
        sound = type(number) is int and 1 <= number <= 9999 and isinstance(slug, str) and len(slug) <= 60 and _SLUG.fullmatch(slug)
        right = f"{number:03}-{slug}.yml" if sound else None
        if document and right and name != right:
            wrong = None if not match else "number" if int(match[1]) != number else "slug"
            message = f"de bestandsnaam past niet bij nummer {number} en slug ‘{slug}’"
            self.report(path, document.line((wrong,)) if wrong else 1, "bestandsnaam", message, f"noem het bestand {right} of verbeter het nummer of de slug")
        elif not match and not right:
            self.report(path, 1, "bestandsnaam", "deze bestandsnaam kan niet", "noem het bestand naar nummer en slug, zoals 012-korte-naam.yml")

    # -- models

    def validate(self, document: Document | None, model: type[_T], context: Context) -> _T | None:
        """Return the document as ``model``, or None when it has problems."""
        if document is None:
            return None

        def validated() -> tuple[_T | None, tuple[Problem, ...]]:
            try:
                return TypeAdapter(model).validate_python(document.value, context=context), ()
            except ValidationError as error:
                return None, tuple(_problems(document, error, model, (), context))

        entry, problems = self.memory.entry(document, model, context, validated)
        self.problems.extend(problems)
        return entry

    def validate_list(self, document: Document | None, model: type[_T], context: Context) -> list[_T]:
        """Return the entries of the document's list that are right, each as ``model``."""
        if document is None:
            return []
        if not isinstance(document.value, list) or not document.value:
            self.report(document.path, 1, "soort", "hier hoort een lijst met onderdelen", "begin elk onderdeel met een streepje")
            return []
        adapter, entries = TypeAdapter(model), []
        for index, value in enumerate(document.value):
            try:
                entries.append(adapter.validate_python(value, context=context))
            except ValidationError as error:
                self.problems.extend(_problems(document, error, model, (index,), context))
        return entries


def _problems(document: Document, error: ValidationError, model: Any, start: Location, context: Context) -> Iterable[Problem]:
    for item in error.errors(include_url=False):
        location = (*start, *item["loc"])
        follows = item["type"] == "unknown_reference" and item["msg"] not in context.ids
        # pydantic counts only the parts of a list that are right.
        follows |= item["type"] == "too_short" and len(item["input"]) >= item["ctx"]["min_length"]
        if follows or any(location[:length] in document.doubtful for length in range(len(location) + 1)):
            continue  # It follows from something that was reported already.
        if item["type"] == "repeated":  # pydantic names the list; an editor looks for the second of the two.
            location += tuple(index for index, value in enumerate(item["input"]) if str(value) == item["ctx"]["value"])[1:2]
        if item["type"] == "text":
            for finding in item["ctx"]["findings"]:
                yield document.problem(location, finding.code, f"{in_words(location)}: {finding.message}", finding.hint, offset=finding.line)
        else:
            yield document.problem(location, *_explain(item, model, location[len(start) :], in_words(location)))


def _explain(item: Any, model: Any, location: Location, name: str) -> tuple[str, str, str]:
    """Return code, message and hint in Dutch for one of pydantic's errors, at a location of ``model`` that is called ``name``."""
    kind, given, ctx = item["type"], item["input"], item.get("ctx", {})
    example = "in tips/_sjabloon.yml staat hoe" if model is Tip else "kijk hoe het in een ander bestand of onderdeel staat"
    if kind == "missing":
        return "ontbreekt", f"het veld {name} ontbreekt", f"voeg het toe; {example}"
    if kind == "extra_forbidden":
        fields, meant = _fields_at(model, location[:-1]), _IN_ENGLISH.get(str(location[-1]).lower())
        return "onbekend-veld", f"het veld {name} bestaat niet", f"bedoel je ‘{meant}’?" if meant in fields else nearest(str(location[-1]), fields)
    if given is None or kind == "string_too_short":
        field = _fields_at(model, location[:-1]).get(location[-1]) if location else None
        return "leeg-veld", f"{name} is leeg", "vul het in" if field and field.is_required() else "vul het in of haal het weg"
    if kind == "unknown_reference":
        return "onbekende-term", f"{name}: ‘{shown(given)}’ bestaat niet in {_where(item['msg'])}", nearest(str(given), ctx["known"])
    if kind == "unknown_tip":
        return "onbekende-tip", f"{name}: er is geen tip {given}", "gebruik het nummer van een bestaande tip"
    if kind == "string_too_long":
        return "te-lang", f"{name} heeft {len(given)} tekens", f"maak er hoogstens {ctx['max_length']} van"
    if kind == "too_short":
        return "te-weinig", f"{name} heeft {len(given)} {'onderdeel' if len(given) == 1 else 'onderdelen'}", f"geef er minstens {ctx['min_length']}"
    if kind == "too_long":
        return "te-veel", f"{name} heeft te veel onderdelen", f"houd er hoogstens {ctx['max_length']} over"
    if kind == "repeated":
        return "dubbel", f"{name}: ‘{shown(ctx['value'])}’ staat er twee keer", "houd er één"
    if kind == "string_type" or kind == "literal_error" and not isinstance(given, str):
        if isinstance(given, dict):  # Most often a sentence such as 'Let op: bel eerst', which YAML reads as a field with a value.
            return "soort", f"{name} moet tekst zijn", "staat er een dubbele punt in de zin, zet dan aanhalingstekens om de hele zin"
        return "soort", f"{name} moet tekst zijn", "zet er aanhalingstekens om" if isinstance(given, (int, float)) else "schrijf gewone tekst, geen lijst"
    if kind == "int_type":
        return "soort", f"{name} moet een heel getal zijn", "schrijf alleen cijfers, zonder aanhalingstekens"
    if kind == "bool_type":
        return "soort", f"{name} moet true of false zijn", "schrijf true of false, zonder aanhalingstekens"
    if kind == "tuple_type":
        return "soort", f"{name} moet een lijst zijn", "zet elk onderdeel op een regel die begint met een gewoon streepje (- ), of tussen [ en ]"
    if kind in ("model_type", "dict_type"):
        return "soort", f"{name} moet uit velden bestaan", f"schrijf ‘veld: waarde’ op eigen regels; {example}"
    if kind in ("greater_than_equal", "less_than_equal"):
        return "buiten-bereik", f"{name}: {given} kan niet", f"kies een getal {'vanaf' if kind.startswith('greater') else 'tot en met'} {ctx.get('ge', ctx.get('le'))}"
    if kind == "literal_error":
        return "onbekende-term", f"{name}: ‘{shown(given)}’ kan hier niet", "kies uit: " + ctx["expected"].replace("'", "").replace(" or ", " of ")
    if kind == "date":
        return "datum", f"{name} is geen datum", "schrijf jjjj-mm-dd, bijvoorbeeld 2026-11-21"
    if kind == "future_date":
        return "datum", f"{name} ligt in de toekomst ({ctx['value']})", "gebruik de dag van vandaag of eerder"
    if kind == "address":
        return "link", f"{name}: {item['msg']}", "gebruik het hele adres, beginnend met https://"
    if kind == "string_pattern_mismatch":
        return "vorm", f"{name}: ‘{shown(given)}’ heeft niet de goede vorm", _PATTERN_HINTS.get(str(location[-1]), "gebruik kleine letters, cijfers en streepjes, zonder spaties")
    raise AssertionError(f"no Dutch text for the error {kind!r} at {location}")


_PATTERN_HINTS = {
    "date": "schrijf een jaar, maand of dag tussen aanhalingstekens, zoals \"2024\" of \"2024-05-31\"",
    "since": "schrijf een jaar, maand of dag tussen aanhalingstekens, zoals \"2024\" of \"2024-05-31\"",
    "light": "schrijf een kleur als \"#0a5f7a\"",
    "dark": "schrijf een kleur als \"#7dd3fc\"",
    "icon": "schrijf een pictogram als material/laptop",
    "language": "schrijf twee kleine letters, zoals nl of en",
}


# What somebody writes who thinks in Dutch.
_IN_ENGLISH = {
    "advies": "advice", "bewijs": "evidence", "bron": "source", "datum": "date", "doelgroepen": "target_groups", "functie": "role", "jaar": "year",
    "kanalen": "channels", "kop": "heading", "moeite": "effort", "naam": "name", "nummer": "number", "onderzoek": "research", "organisatie": "organisation",
    "persoon": "person", "samenvatting": "summary", "soort": "kind", "stappen": "steps", "taal": "language", "tekst": "text", "thema": "theme",
    "titel": "title", "uitgever": "publisher", "vragen": "questions", "voorbeelden": "examples",
}  # fmt: skip


def _where(collection: str) -> str:
    return f"content/vocabularies/{VOCABULARIES[collection]}" if collection in VOCABULARIES else f"content/{collection}/"


def _fields_at(model: Any, location: Location) -> Mapping[str | int, FieldInfo]:
    """Return the fields that may stand at a location of ``model``, by name; none in a list."""
    for part in location:
        model = model.model_fields[part].annotation if isinstance(part, str) else model
        while not (isinstance(model, type) and issubclass(model, Model)):
            origin, args = get_origin(model), [arg for arg in get_args(model) if arg not in (type(None), Ellipsis)]
            if origin in (Union, UnionType, tuple) or args:
                model = args[0]
            else:
                return {}
    return model.model_fields
