"""Rules across files. Each takes the knowledge base and yields problems; ``ALL_CHECKS`` lists them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from datetime import date, datetime
from typing import Any

from generator import addresses, icons, new, text_rules
from generator.channel_guide_checks import check_channel_guide, guide_sources
from generator.load import CHANNEL_GUIDE, PUBLISHED_ADDRESSES, SECURITY_TXT, WORKSHOP, KnowledgeBase, Loaded, tip_path
from generator.models import FACETS, VOCABULARIES
from generator.problems import Problem, errors, nearest, shown
from generator.self_check_checks import check_influence, check_self_check
from generator.yaml_source import Document, Location

Documents = Mapping[str, Document]
Check = Callable[[KnowledgeBase, Documents, date], Iterable[Problem]]


def check_all(loaded: Loaded, today: date) -> list[Problem]:
    """Return all problems of what was read, those found while reading included, sorted."""
    problems = set(loaded.problems)
    if loaded.knowledge:
        for check in ALL_CHECKS:
            problems.update(check(loaded.knowledge, loaded.documents, today))
        left_out = {path for path in loaded.documents if path.startswith("tips/")} - {tip_path(tip) for tip in loaded.knowledge.tips}
        problems.update(addresses_stay(loaded.knowledge, {problem.path for problem in errors(loaded.problems)} | left_out))
        if not errors(loaded.problems):  # Else what a broken tip refers to would seem unused.
            problems.update(everything_is_used(loaded.knowledge, loaded.documents, today))
            problems.update(check_self_check(loaded.knowledge, loaded.documents))
            problems.update(check_channel_guide(loaded.knowledge, loaded.documents))
            if not errors(problems):  # What follows from tips can't be known while one of them is wrong.
                problems.update(check_influence(loaded.knowledge, loaded.documents))
    return sorted(problems)


def _at(
    documents: Documents, path: str, location: Location, code: str, message: str, hint: str, warning: bool = False, offset: int = 0
) -> Problem:
    """Return a problem with its line; ``offset`` counts lines within a text."""
    document = documents.get(path)
    if document is None:
        return Problem(path, offset + 1, code, message, hint, warning)
    return document.problem(location, code, message, hint, warning, offset)


def unique_tips(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """A number, a slug and a title belong to one tip, tips with other mistakes included."""
    # A document can be known by two paths, so go by its own.
    tips = [document for path, document in sorted({document.path: document for document in documents.values()}.items()) if path.startswith("tips/")]
    tips.sort(key=lambda document: not _is_named_well(document))  # Of a tip and a copy of its file, the copy is wrong.
    free = new.free_number(number for document in tips if isinstance(document.value, dict) and type(number := document.value.get("number")) is int)
    for field, kind, word in (("number", int, "nummer"), ("slug", str, "slug"), ("title", str, "titel")):
        first: dict[object, str] = {}
        for document in tips:
            value = document.value.get(field) if isinstance(document.value, dict) else None
            if type(value) is kind and first.setdefault(value, document.path) != document.path:
                hint = f"kies een vrij nummer, zoals {free}, ook in de naam van het bestand" if field == "number" else "kies iets anders"
                yield _at(documents, document.path, (field,), "dubbel", f"{word} ‘{shown(value)}’ staat ook in {first[value]}", hint)


def _is_named_well(document: Document) -> bool:
    """Tell whether a tip's file has the name that goes with its slug, mistakes or no."""
    return isinstance(document.value, dict) and document.path.endswith(f"-{document.value.get('slug')}.yml")


def unique_entries(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """An organisation and the address of a source stand in one file. Two people can have one name."""
    for collection, field in (("organisations", "name"), ("sources", "url")):
        first: dict[str, str] = {}
        for identifier, entry in getattr(kb, collection).items():
            value = getattr(entry, field)
            if value and (other := first.setdefault(str(value).rstrip("/").casefold(), identifier)) != identifier:
                message = f"‘{shown(value)}’ staat ook in content/{collection}/{other}.yml"
                yield _at(documents, f"content/{collection}/{identifier}.yml", (field,), "dubbel", message, "houd één van de twee over")


def a_term_begins_with_its_own_tip(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """The tip that a term says to begin with carries that term."""
    tips = {tip.number: tip for tip in kb.tips}
    for name, file in VOCABULARIES.items():
        for place, term in enumerate(kb.vocabularies[name].values()):
            tip = tips.get(term.begin) if term.begin else None
            if tip and (name, term.id) not in {key[:2] for key in tip.term_keys}:
                yield _at(documents, f"content/vocabularies/{file}", (place, "begin"), "begin", f"tip {term.begin} heeft het label ‘{term.id}’ niet", "kies een tip met dit label")


def unique_terms(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """An id stands once in its vocabulary, and a word once in the glossary."""
    for file, key in (*((f"vocabularies/{file}", "id") for file in VOCABULARIES.values()), ("glossary.yml", "term")):
        path = f"content/{file}"
        seen: set[str] = set()
        for index, entry in _entries(documents, path):
            value = entry.get(key)
            if isinstance(value, str):
                if value in seen:
                    yield _at(documents, path, (index, key), "dubbel", f"‘{shown(value)}’ staat er twee keer", "haal een van de twee weg, of noem hem anders")
                seen.add(value)


def _entries(documents: Documents, path: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the place and the fields of what a file lists, also when there are mistakes in it."""
    entries = documents[path].value if path in documents else None
    return ((index, entry) for index, entry in enumerate(entries if isinstance(entries, list) else ()) if isinstance(entry, dict))


def known_icons(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """An icon is one that Material ships."""
    for name, terms in kb.vocabularies.items():
        path = f"content/vocabularies/{VOCABULARIES[name]}"
        for index, entry in _entries(documents, path):
            term = terms.get(str(entry.get("id")))
            if term and term.icon and entry.get("icon") == term.icon and not icons.exists(term.icon):
                hint = nearest(term.icon, icons.names(term.icon.rpartition("/")[0]) or icons.names("material"))
                yield _at(documents, path, (index, "icon"), "onbekend-pictogram", f"het pictogram ‘{term.icon}’ bestaat niet", hint)


def one_strength(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """A term is core or also, never both; and the tip's own theme doesn't stand in also_themes."""
    for tip in kb.tips:
        for name, tags in tip.tags():
            for index, term in enumerate(tags.also):
                if term in tags.core:
                    yield _at(documents, tip_path(tip), (name, "also", index), "dubbel", f"‘{term}’ staat bij core én also", "haal het weg bij also")
        if tip.theme in tip.also_themes:
            yield _at(documents, tip_path(tip), ("also_themes",), "dubbel", f"‘{tip.theme}’ is al het thema van deze tip", "haal het weg bij also_themes")


def life_of_a_tip(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """Dates follow each other, and a replacement belongs to a withdrawn tip."""
    for tip in kb.tips:
        path = tip_path(tip)
        if tip.reviewed < tip.added:
            yield _at(documents, path, ("reviewed",), "datum", "‘reviewed’ ligt voor ‘added’", "gebruik de dag van toevoegen of later")
        if tip.review_by < tip.reviewed:
            yield _at(documents, path, ("review_by",), "datum", "‘review_by’ ligt voor ‘reviewed’", "kies een dag in de toekomst")
        elif tip.review_by < today and tip.status == "actueel":
            yield _at(documents, path, ("review_by",), "nakijken", f"deze tip moest op {tip.review_by} nagekeken zijn", "kijk de tip na en pas reviewed en review_by aan", True)
        if tip.replaced_by and tip.status != "vervallen":
            yield _at(documents, path, ("replaced_by",), "vervangen", "alleen een vervallen tip kan vervangen zijn", "zet status op vervallen, of haal replaced_by weg")
        if tip.slug in tip.former_slugs:
            yield _at(documents, path, ("former_slugs",), "oude-slug", f"‘{tip.slug}’ is de slug van nu", "zet hier alleen slugs van vroeger")


def sound_references(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """A tip doesn't refer to itself, and nothing on the site refers to a tip that isn't there as a tip of today."""
    tips = {tip.number: tip for tip in kb.tips}

    def not_there(path: str, location: Location, number: int, offset: int = 0) -> Iterator[Problem]:
        other = tips.get(number)
        if other and other.status != "actueel":
            newer = tips.get(other.replaced_by or 0)
            hint = f"gebruik {newer.number}" if newer and newer.status == "actueel" else "kies een andere tip"
            yield _at(documents, path, location, "tip-niet-actueel", f"tip {number} is {other.status}", hint, offset=offset)

    for tip in kb.tips:
        path = tip_path(tip)
        references = [(("related", i), n) for i, n in enumerate(tip.related)] + [(("requires", i), n) for i, n in enumerate(tip.requires)]
        if tip.replaced_by:
            references.append((("replaced_by",), tip.replaced_by))
        for location, number in references:
            if number == tip.number:
                yield _at(documents, path, location, "verwijst-naar-zichzelf", "deze tip verwijst naar zichzelf", "haal het nummer weg")
            elif tip.status == "actueel" or location == ("replaced_by",) and tip.status == "vervallen":
                yield from not_there(path, location, number)
    for place, watch in enumerate(kb.channel_guide.watch if kb.channel_guide else ()):
        for index, number in enumerate(watch.tips):
            yield from not_there(CHANNEL_GUIDE, ("watch", place, "tips", index), number)
    for path, location, text in _shown_texts(kb, documents):
        for offset, line in enumerate(text.split("\n") if "tip:" in text else ()):
            for number in text_rules.tip_links(line):
                yield from not_there(path, location, number, offset)


def _shown_texts(kb: KnowledgeBase, documents: Documents) -> Iterator[tuple[str, Location, str]]:
    """Yield every text with Markdown that is on the site: its file, its location there and the text."""
    for tip in kb.tips:
        if tip.status == "actueel":
            path = tip_path(tip)
            for field in ("advice", "not_when", "why_it_works", "conclusion"):
                yield path, (field,), getattr(tip, field) or ""
            yield from ((path, ("steps", index), step) for index, step in enumerate(tip.steps))
            for name in ("examples", "research", "legal"):
                yield from ((path, (name, index, "text"), part.text) for index, part in enumerate(getattr(tip, name)))
    for name, file in VOCABULARIES.items():
        for index, entry in _entries(documents, f"content/vocabularies/{file}"):
            term = kb.vocabularies[name].get(str(entry.get("id")))
            yield f"content/vocabularies/{file}", (index, "text"), (term.text if term else None) or ""
    for index, entry in _entries(documents, "content/glossary.yml"):
        yield "content/glossary.yml", (index, "explanation"), str(entry.get("explanation"))
    yield from ((f"content/pages/{page.path}", (), page.markdown) for page in kb.hand_pages)


def no_circles(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """Following ``requires`` or ``replaced_by`` never leads back."""
    for field in ("requires", "replaced_by"):
        following = {tip.number: tip.requires if field == "requires" else tuple(filter(None, [tip.replaced_by])) for tip in kb.tips}
        for tip in kb.tips:
            reached, ahead = set(), [number for number in following[tip.number] if number != tip.number]
            while ahead:
                number = ahead.pop()
                if number not in reached:
                    reached.add(number)
                    ahead.extend(following.get(number, ()))
            if tip.number in reached:
                yield _at(documents, tip_path(tip), (field,), "kring", f"via ‘{field}’ kom je weer bij tip {tip.number} uit", "haal een van de verwijzingen weg")


def examples_have_a_teller(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """An example has a person or an organisation, not both; a tip without examples gets a warning."""
    for tip in kb.tips:
        path = tip_path(tip)
        for index, example in enumerate(tip.examples):
            if bool(example.person) == bool(example.organisation):
                message = "dit voorbeeld noemt geen persoon en geen organisatie" if not example.person else "dit voorbeeld noemt een persoon én een organisatie"
                hint = "vul person of organisation in" if not example.person else "houd person over; de organisatie staat bij de persoon"
                yield _at(documents, path, ("examples", index), "voorbeeld", message, hint)
        if not tip.examples and tip.status == "actueel":
            yield _at(documents, path, ("examples",), "geen-voorbeeld", "deze tip heeft nog geen voorbeeld", "voeg toe wat een organisatie of collega deed", True)
        if not tip.research and tip.status == "actueel":
            yield _at(documents, path, ("research",), "geen-onderzoek", "deze tip heeft nog geen onderzoek", "voeg een bevinding met bron toe", True)


def evidence_fits(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """Evidence 'wettelijk' needs an article of law, 'onderzoek' a piece of research."""
    for tip in kb.tips:
        if tip.evidence == "wettelijk" and not tip.legal:
            yield _at(documents, tip_path(tip), ("evidence",), "bewijs", "het bewijs is ‘wettelijk’, maar er staat geen wet bij", "vul legal in, of kies een ander bewijs")
        if tip.evidence == "onderzoek" and not tip.research:
            yield _at(documents, tip_path(tip), ("evidence",), "bewijs", "het bewijs is ‘onderzoek’, maar er staat geen onderzoek bij", "vul research in, of kies een ander bewijs")


def everything_is_used(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """People, organisations and sources that nothing refers to get a warning; they have no page."""
    people = {example.person for tip in kb.tips for example in tip.examples}
    used = {
        "people": people,
        "organisations": {example.organisation for tip in kb.tips for example in tip.examples}
        | {person.organisation for person in kb.people.values()},
        "sources": {part.source for tip in kb.tips for part in (*tip.examples, *tip.research, *tip.legal)} | guide_sources(kb),
    }
    for name, identifiers in used.items():
        for identifier in getattr(kb, name):
            if identifier not in identifiers:
                yield _at(documents, f"content/{name}/{identifier}.yml", (), "niet-gebruikt", "geen tip verwijst hiernaar", "gebruik het in een tip, of haal het bestand weg", True)


def sound_dates(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """The date of an example or a duty exists, and an example isn't from the future."""
    for tip in kb.tips:
        for name, field, past in (("examples", "date", True), ("legal", "since", False)):
            for index, part in enumerate(getattr(tip, name)):
                value = getattr(part, field)
                if value and not _exists(value):
                    yield _at(documents, tip_path(tip), (name, index, field), "datum", f"{value} bestaat niet", "kijk hoeveel dagen de maand heeft")
                elif value and past and value > today.isoformat():
                    yield _at(documents, tip_path(tip), (name, index, field), "datum", f"‘{field}’ ligt in de toekomst ({value})", "gebruik de dag van vandaag of eerder")


def _exists(value: str) -> bool:
    """Tell whether a year, a month or a day is in the calendar."""
    try:
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return False
    return True


def workshop_fits_its_time(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """The steps of the workshop take 60 minutes together in the short version, and 90 in the long one."""
    if kb.workshop is None:
        return
    for length in (60, 90):
        total = sum(getattr(step, f"minutes_{length}") for step in kb.workshop.steps.in_order())
        if total != length:
            off = abs(total - length)
            change = f"maak stappen samen {off} {'minuut' if off == 1 else 'minuten'} {'korter' if total > length else 'langer'}"
            yield _at(documents, WORKSHOP, ("steps",), "minuten", f"‘minutes_{length}’ van alle stappen is samen {total}, en dat moet {length} zijn", change)


def addresses_stay(kb: KnowledgeBase, mistaken: Set[str]) -> Iterator[Problem]:
    """An address that was ever published keeps leading somewhere.

    ``mistaken`` are the files with errors, or left out for those of another: what they hold gets its page back when they are mended.
    """
    present = addresses.lasting(kb)
    numbers = {str(tip.number): tip for tip in kb.tips}
    for line, address in enumerate(kb.published_addresses, 1):
        if not re.fullmatch(r"([a-z0-9-]+/)+", address):
            yield Problem(PUBLISHED_ADDRESSES, line, "vorm", f"‘{shown(address)}’ is geen adres van een pagina", "haal deze regel weg; het programma vult deze lijst")
        elif address not in present and not any(_may_hold(path, address) for path in mistaken):
            number = address.removeprefix(addresses.TIPS).partition("-")[0]
            tip = numbers.get(number) if address.startswith(addresses.TIPS) else None
            slug = address.removeprefix(f"{addresses.TIPS}{number}-").rstrip("/")
            hint = "zet de pagina terug, met status vervallen als de tip niet meer geldt"
            if tip:
                hint = f"zet ‘{slug}’ bij former_slugs in {tip_path(tip)}" if tip.slug != slug else f"zet status op actueel of vervallen in {tip_path(tip)}"
            yield Problem(PUBLISHED_ADDRESSES, line, "adres-weg", f"het adres /{address} is gepubliceerd en bestaat niet meer", hint)
    for address, times in Counter(kb.published_addresses).items():
        if times > 1:
            line = len(kb.published_addresses) - kb.published_addresses[::-1].index(address)
            yield Problem(PUBLISHED_ADDRESSES, line, "dubbel", f"het adres /{address} staat er twee keer", "haal een van de regels weg")


def _may_hold(path: str, address: str) -> bool:
    """Tell whether a file is the one that the page at an address is made from."""
    folder, _, rest = address.partition("/")
    if address.startswith(addresses.TIPS):
        number = re.match(r"tips/0*([0-9]*)", path)
        return number is not None and number[1] == rest.partition("-")[0]
    vocabulary = next((VOCABULARIES[name] for name in FACETS if addresses.FOLDERS[name] == folder), None)
    return path == (f"content/vocabularies/{vocabulary}" if vocabulary else f"content/pages/{folder}.md")


def somebody_hears_of_leaks(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """A security.txt names a contact and the day until which it holds (RFC 9116)."""
    if not kb.security_txt:
        return
    found = dict(re.findall(r"^(Contact|Expires): *(.+?) *$", kb.security_txt, re.MULTILINE | re.IGNORECASE))
    fields = {name.lower(): value for name, value in found.items()}
    if not fields.get("contact", "").startswith(("mailto:", "https://", "tel:")):
        yield Problem(SECURITY_TXT, 1, "security-txt", "hier staat niet wie een lek wil horen", "begin een regel met ‘Contact: ’ en een adres met mailto:, https:// of tel: ervoor")
    try:
        until = datetime.fromisoformat(fields.get("expires", "")).date()
    except ValueError:
        yield Problem(SECURITY_TXT, 1, "security-txt", "hier staat niet tot wanneer dit geldt", "schrijf een regel als ‘Expires: 2027-06-30T12:00:00Z’")
        return
    if until < today:
        yield Problem(SECURITY_TXT, 1, "security-txt", f"dit gold tot {until}", "kijk of het adres bij ‘Contact’ nog klopt, en zet een nieuwe dag bij ‘Expires’", warning=True)


ALL_CHECKS: tuple[Check, ...] = (
    unique_tips,
    unique_entries,
    unique_terms,
    a_term_begins_with_its_own_tip,
    known_icons,
    one_strength,
    life_of_a_tip,
    sound_references,
    no_circles,
    examples_have_a_teller,
    evidence_fits,
    sound_dates,
    workshop_fits_its_time,
    somebody_hears_of_leaks,
)
