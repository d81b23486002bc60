"""Rules across files. Each takes the knowledge base and yields problems; ``ALL_CHECKS`` lists them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from generator import addresses, icons
from generator.load import PUBLISHED_ADDRESSES, KnowledgeBase, Loaded, tag_fields, tip_path
from generator.models import VOCABULARIES, Tip
from generator.problems import Problem, errors, nearest
from generator.yaml_source import Document, Location

Documents = Mapping[str, Document]
Check = Callable[[KnowledgeBase, Documents, date], Iterable[Problem]]


def check_all(loaded: Loaded, today: date) -> list[Problem]:
    """Return all problems of what was read, those found while reading included, sorted."""
    problems = set(loaded.problems)
    if loaded.knowledge:
        for check in ALL_CHECKS:
            problems.update(check(loaded.knowledge, loaded.documents, today))
        if not errors(loaded.problems):  # Else what a broken tip refers to would seem unused.
            problems.update(everything_is_used(loaded.knowledge, loaded.documents, today))
    return sorted(problems)


def _at(
    documents: Documents, path: str, location: Location, code: str, message: str, hint: str, warning: bool = False
) -> Problem:
    document = documents.get(path)
    return Problem(path, document.line(location) if document else 1, code, message, hint, warning)


def unique_tips(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """A number, a slug and a title belong to one tip."""
    for field, word in (("number", "nummer"), ("slug", "slug"), ("title", "titel")):
        owners: dict[object, list[Tip]] = defaultdict(list)
        for tip in kb.tips:
            owners[getattr(tip, field)].append(tip)
        for value, tips in owners.items():
            for tip in tips[1:]:
                hint = "kies een vrij nummer" if field == "number" else "kies iets anders"
                yield _at(documents, tip_path(tip), (field,), "dubbel", f"{word} ‘{value}’ staat ook in {tip_path(tips[0])}", hint)


def unique_terms(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """An id stands once in its vocabulary."""
    for file in VOCABULARIES.values():
        path = f"content/vocabularies/{file}"
        entries = documents[path].value if path in documents else []
        seen: set[object] = set()
        for index, entry in enumerate(entries if isinstance(entries, list) else []):
            identifier = entry.get("id") if isinstance(entry, dict) else None
            if isinstance(identifier, str) and identifier in seen:
                yield _at(documents, path, (index, "id"), "dubbel", f"‘{identifier}’ staat er twee keer", "geef een van de twee een andere id")
            seen.add(identifier if isinstance(identifier, str) else None)


def known_icons(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """An icon is one that Material ships."""
    for name, terms in kb.vocabularies.items():
        path = f"content/vocabularies/{VOCABULARIES[name]}"
        lines = {entry.get("id"): index for index, entry in enumerate(documents[path].value)} if path in documents else {}
        for term in terms.values():
            if term.icon and not icons.exists(term.icon):
                hint = nearest(term.icon, icons.names(term.icon.rpartition("/")[0]))
                yield _at(documents, path, (lines[term.id], "icon"), "onbekend-pictogram", f"het pictogram ‘{term.icon}’ bestaat niet", hint)


def one_strength(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """A term is core or also, never both; and the tip's own theme doesn't stand in also_themes."""
    for tip in kb.tips:
        for name, tags in tag_fields(tip):
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
    """A tip doesn't refer to itself, nor to one that isn't on the site as a tip of today."""
    tips = {tip.number: tip for tip in kb.tips}
    for tip in kb.tips:
        references = [(("related", i), n) for i, n in enumerate(tip.related)] + [(("requires", i), n) for i, n in enumerate(tip.requires)]
        if tip.replaced_by:
            references.append((("replaced_by",), tip.replaced_by))
        for location, number in references:
            if number == tip.number:
                yield _at(documents, tip_path(tip), location, "verwijst-naar-zichzelf", "deze tip verwijst naar zichzelf", "haal het nummer weg")
            elif number in tips and tips[number].status != "actueel" and tip.status == "actueel":
                other = tips[number]
                hint = f"gebruik {other.replaced_by}" if other.replaced_by else "kies een andere tip"
                yield _at(documents, tip_path(tip), location, "tip-niet-actueel", f"tip {number} is {other.status}", hint)


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
        "sources": {part.source for tip in kb.tips for part in (*tip.examples, *tip.research, *tip.legal)},
    }
    for name, identifiers in used.items():
        for identifier in getattr(kb, name):
            if identifier not in identifiers:
                yield _at(documents, f"content/{name}/{identifier}.yml", (), "niet-gebruikt", "geen tip verwijst hiernaar", "gebruik het in een tip, of haal het bestand weg", True)


def addresses_stay(kb: KnowledgeBase, documents: Documents, today: date) -> Iterator[Problem]:
    """An address that was ever published keeps leading somewhere."""
    present = addresses.lasting(kb)
    numbers = {str(tip.number): tip for tip in kb.tips}
    for line, address in enumerate(kb.published_addresses, 1):
        if address not in present:
            number = address.removeprefix(addresses.TIPS).partition("-")[0]
            tip = numbers.get(number) if address.startswith(addresses.TIPS) else None
            slug = address.removeprefix(f"{addresses.TIPS}{number}-").rstrip("/")
            hint = f"zet ‘{slug}’ bij former_slugs in {tip_path(tip)}" if tip else "zet de pagina terug, met status vervallen als de tip niet meer geldt"
            yield Problem(PUBLISHED_ADDRESSES, line, "adres-weg", f"het adres /{address} is gepubliceerd en bestaat niet meer", hint)
    for address, times in Counter(kb.published_addresses).items():
        if times > 1:
            line = len(kb.published_addresses) - kb.published_addresses[::-1].index(address)
            yield Problem(PUBLISHED_ADDRESSES, line, "dubbel", f"het adres /{address} staat er twee keer", "haal een van de regels weg")


ALL_CHECKS: tuple[Check, ...] = (
    unique_tips,
    unique_terms,
    known_icons,
    one_strength,
    life_of_a_tip,
    sound_references,
    no_circles,
    examples_have_a_teller,
    evidence_fits,
    addresses_stay,
)
