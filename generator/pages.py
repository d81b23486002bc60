"""Pages as Markdown, made from the site by pure functions; and the files beside them (feed, schema, redirects, style).

A page is text: nothing here knows MkDocs or the file system, so the same pages serve the plugin and the export.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache, partial
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from generator import addresses, cards, channel_guide, feed, fields, schema, self_check, styles, text_rules, tip_data
from generator.channel_guide_models import Service
from generator.derive import Site, Tagged, ToldExample, source_ids
from generator.models import FACETS, Figure, Term, Tip
from generator.whole_html import without_marks

# Long lists are split, so that a page stays light however many tips there are.
PAGE_SIZE = 200
_MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]#!|])")
_MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december")


@dataclass(frozen=True)
class Crumb:
    """A step of the way from the home page to a page."""

    label: str
    address: str


@dataclass(frozen=True)
class SearchEntry:
    """What the search index holds of a page: words that count extra, and words to find it by that it doesn't show."""

    title: str
    keywords: tuple[str, ...] = ()
    boost: float = 1.0


@dataclass(frozen=True)
class Page:
    """One page of the site: what makes its Markdown without front matter, and what its head and frame need.

    ``styles`` and ``scripts`` are the files in ``assets/`` that only this page needs.
    """

    address: str
    title: str
    description: str
    write: Callable[[], str]
    kind: str
    crumbs: tuple[Crumb, ...] = ()
    source: str | None = None
    updated: date | None = None
    search: SearchEntry | None = None
    structured: Mapping[str, Any] = field(default_factory=dict)
    hide: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """The Markdown of the page without front matter, made when it is asked for: the preview shows few of all pages."""
        return self.write()

    @property
    def path(self) -> str:
        """The Markdown file of the page, relative to the folder of documents."""
        return f"{self.address.removesuffix('/')}.md" if self.kind == "hand" else f"{self.address}index.md"

    @property
    def markdown(self) -> str:
        """The whole Markdown file, front matter included. JSON is YAML, and needs no care with quotes.

        The templates find the frame of the page under ``tw`` when another program than our own builds it.
        """
        frame = {"title": self.title, "description": self.description, "kind": self.kind, "styles": self.styles, "scripts": self.scripts, "hide": self.hide}
        meta: dict[str, Any] = {"title": self.title, "description": self.description, "tw": {**frame, "crumbs": [asdict(crumb) for crumb in self.crumbs]}}
        if self.hide:
            meta["hide"] = list(self.hide)
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items()]
        return "\n".join(["---", *lines, "---", "", without_marks(self.body)])


@dataclass(frozen=True)
class Asset:
    """A file of the site that is no page, and what makes its text."""

    path: str
    write: Callable[[], str]

    @property
    def content(self) -> str:
        """The text of the file, made when it is asked for."""
        return self.write()


def render(site: Site, base: str = "/") -> list[Page]:
    """Return every page of the site, in a fixed order. ``base`` is the address of the site, ending in a slash."""
    return [
        _home(site),
        *_tip_list(site),
        *(_tip(site, tip) for tip in site.tips),
        *(_withdrawn(site, tip) for tip in site.withdrawn),
        *(page for collection in FACETS for page in _facet(site, collection)),
        *_people(site),
        *_organisations(site),
        *_sources(site),
        *_examples(site),
        _news(site),
        _glossary(site),
        *(_self_check(site) if site.knowledge.self_check else []),
        *(_channel_guide(site) if site.knowledge.channel_guide and site.knowledge.self_check else []),
        *_tools(site, base),
        _fields_page(site),
        *_hand_pages(site),
    ]


def assets(site: Site, base: str) -> list[Asset]:
    """Return the files beside the pages. ``base`` is the address of the site, ending in a slash."""
    return [
        Asset(addresses.FEED, lambda: feed.atom(site, base)),
        Asset(addresses.TIPS_DATA, lambda: tip_data.to_json(site)),
        Asset(addresses.SCHEMA, lambda: schema.to_text(schema.tip_schema(site.knowledge))),
        Asset("assets/vocabulary.css", lambda: styles.vocabulary_css(site.knowledge)),
        Asset("robots.txt", lambda: f"User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n"),
        *([Asset(".well-known/security.txt", lambda: site.knowledge.security_txt)] if site.knowledge.security_txt else []),
        *([Asset(addresses.CHECK_DATA, lambda: _check_data(site))] if site.knowledge.self_check else []),
        *([Asset(addresses.GUIDE_DATA, lambda: _json(channel_guide.compile_guide(site)))] if site.knowledge.self_check and site.knowledge.channel_guide else []),
        *(
            Asset(f"{old}index.html", partial(_template("redirect.html.j2").render, link=addresses.relative(new, old), canonical=base + new))
            for old, new in addresses.redirects(site.by_number.values()).items()
        ),
    ]


# ---------------------------------------------------------------- helpers for templates


def markdown_text(text: str) -> Markup:
    """Return plain text so that Markdown shows it as typed."""
    return Markup(_MARKDOWN_SPECIAL.sub(r"\\\1", str(escape(text))))


def dutch_date(day: date) -> str:
    """Return a date in Dutch words: ``21 november 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def partial_date(text: str) -> str:
    """Return a year, month or day in Dutch words: ``2024``, ``mei 2024`` or ``31 mei 2024``."""
    year, *rest = text.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, year])


def count(number: int, one: str, more: str) -> str:
    """Return a number with its noun: ``1 tip`` or ``1.234 tips``."""
    return f"{number:,}".replace(",", ".") + " " + (one if number == 1 else more)


def initials(name: str) -> str:
    """Return the first letters of the first and last part of a name; an abbreviation in brackets is no part."""
    parts = [part for part in name.split() if part[0].isalnum()] or [name]
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()


def slug(text: str) -> str:
    """Return a text as it can stand in an anchor: ``Digitale toegankelijkheid`` becomes ``digitale-toegankelijkheid``."""
    return _sort_key(text).replace(" ", "-")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("generator"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "md": markdown_text,
        "dutch_date": dutch_date,
        "partial_date": partial_date,
        "initials": initials,
        "slug": slug,
        "first_capital": lambda text: text[:1].upper() + text[1:],
        "css_name": styles.css_name,
    }
    environment.globals |= {"count": count, "of_tip": addresses.of_tip, "of_entry": addresses.of_entry, "of_list": addresses.of_list}
    return environment


@cache
def _template(name: str) -> Any:
    return _environment().get_template(name)


class _Frame:
    """What a template needs to know of the page it makes: links from here, and texts with links in them."""

    def __init__(self, site: Site, address: str) -> None:
        self.site, self.address = site, address

    def link(self, address: str) -> str:
        return addresses.relative(address, self.address)

    def rich(self, text: str) -> Markup:
        """Return an editor's Markdown, checked when it was read, with ``tip:12`` made into a link to that page."""
        return Markup(text_rules.replace_tip_links(text, lambda number: self.link(addresses.of_tip(self.site.by_number[number])) + "index.md"))


def _page(
    site: Site, template: str, address: str, title: str, description: str, kind: str, crumbs: Iterable[Crumb] = (), source: str | None = None,
    updated: date | None = None, search: SearchEntry | None = None, structured: Mapping[str, Any] | None = None, hide: tuple[str, ...] = ("toc",),
    styles: tuple[str, ...] = (), scripts: tuple[str, ...] = (), **values: Any,
) -> Page:  # fmt: skip
    frame = _Frame(site, address)
    write = partial(_template(template).render, site=site, title=title, link=frame.link, rich=frame.rich, **values)
    return Page(address, title, description, write, kind, tuple(crumbs), source, updated, search, structured or {}, hide, styles, scripts)


_HOME = Crumb("Home", addresses.HOME)
_LIST_STYLES = ("lists/page.css",)


def _split(items: Iterable[Any], address: str) -> Iterator[tuple[str, list[Any], int, int]]:
    """Yield (address, items of this part, part, number of parts) for a list that may be too long for one page."""
    everything = list(items)
    parts = max(1, -(-len(everything) // PAGE_SIZE))
    for part in range(1, parts + 1):
        yield _part_address(address, part), everything[(part - 1) * PAGE_SIZE : part * PAGE_SIZE], part, parts


@dataclass(frozen=True)
class Group:
    """Entries of a long list that stand under one heading: its anchor, how many there are, and the page on which they begin."""

    id: str
    label: str
    size: int
    address: str


def _split_groups(
    groups: Iterable[tuple[str, str, Iterable[Any]]], address: str
) -> Iterator[tuple[str, list[tuple[Group, list[Any]]], int, int, list[Group]]]:
    """Yield (address, groups with their entries on this part, part, number of parts, all groups) for (id, label, entries)."""
    flat = [(identifier, label, entry) for identifier, label, entries in groups for entry in entries]
    parts = list(_split(flat, address))
    begins: dict[str, str] = {}
    for part_address, entries, *_ in parts:
        for identifier, *_ in entries:
            begins.setdefault(identifier, part_address)
    all_groups = {
        identifier: Group(identifier, label, len(list(entries)), begins[identifier])
        for (identifier, label), entries in groupby(flat, key=lambda item: item[:2])
    }
    for part_address, entries, part, number in parts:
        shown = [(all_groups[identifier], [entry for *_, entry in group]) for identifier, group in groupby(entries, key=lambda item: item[0])]
        yield part_address, shown, part, number, list(all_groups.values())


def _part_address(address: str, part: int) -> str:
    return address if part == 1 else f"{address}pagina-{part}/"


def _part_title(title: str, part: int) -> str:
    return title if part == 1 else f"{title}, pagina {part}"


# ---------------------------------------------------------------- pages


def _home(site: Site) -> Page:
    texts = site.knowledge.texts
    structured = {"@type": "WebSite", "name": texts.name, "description": texts.description, "inLanguage": "nl"}
    return _page(
        site, "home.md.j2", addresses.HOME, texts.name, texts.description, "home", source="content/site.yml",
        updated=site.newest[0].added if site.newest else None, structured=structured, hide=("toc", "path"), texts=texts,
        examples=_examples_to_show(site),
    )  # fmt: skip


def _examples_to_show(site: Site) -> list[ToldExample]:
    """Return at most three examples that a person told, of the newest tips, each of another organisation and theme."""
    shown: list[ToldExample] = []
    for tip in site.newest:
        taken = {key for told in shown for key in (told.organisation_id, told.tip.theme)}
        fitting = (told for told in site.by_tip[tip.number] if told.person and not {told.organisation_id, tip.theme} & taken)
        shown += [told for told in [next(fitting, None)] if told]
    return shown[:3]


def _tip(site: Site, tip: Tip) -> Page:
    theme = site.term("themes", tip.theme)
    address = addresses.of_tip(tip)
    structured = {
        "@type": "Article",
        "headline": tip.title,
        "description": tip.summary,
        "articleSection": theme.label,
        "datePublished": tip.added.isoformat(),
        "dateModified": tip.reviewed.isoformat(),
        "inLanguage": "nl",
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "keywords": ", ".join(tip.keywords),
        "citation": [entry.url or entry.title for entry in map(site.source, source_ids(tip))],
        "publisher": {"@type": "Organization", "name": site.knowledge.texts.name},
    }
    search = SearchEntry(f"{tip.number}. {tip.title}", tip.keywords, 2.0)
    crumbs = (_HOME, Crumb(site.knowledge.texts.lists.tips.title, addresses.TIPS), Crumb(theme.label, addresses.of_entry("themes", theme.id)))
    return _page(
        site, "tip.md.j2", address, tip.title, tip.summary, "tip", crumbs, f"tips/{tip.number:03}-{tip.slug}.yml", tip.reviewed, search, structured, (),
        tip=tip, theme=theme, examples=site.by_tip[tip.number], tags=_tag_groups(site, tip),
        recommended_when=partial(_recommended_when, site, tip), styles=("tip/page.css",),
    )  # fmt: skip


def _tag_groups(site: Site, tip: Tip) -> list[tuple[str, str, list[Term]]]:
    """Return (collection, heading, terms) for the terms of a tip that have a page."""
    terms: dict[str, list[Term]] = {collection: [] for collection in _TAG_HEADINGS}
    for collection, term, _ in tip.term_keys:
        if collection in terms:
            terms[collection].append(site.term(collection, term))
    return [(collection, _TAG_HEADINGS[collection], found) for collection, found in terms.items() if found]


_TAG_HEADINGS = {
    "themes": "Thema",
    "questions": "Jouw vraag",
    "target_groups": "Doelgroep",
    "barriers": "Drempel",
    "channels": "Kanaal",
    "journey_steps": "Klantreis",
    "factors": "Factor",
}


def _withdrawn(site: Site, tip: Tip) -> Page:
    replacement = site.by_number.get(tip.replaced_by) if tip.replaced_by else None
    crumbs = (_HOME, Crumb(site.knowledge.texts.lists.tips.title, addresses.TIPS))
    return _page(
        site, "withdrawn.md.j2", addresses.of_tip(tip), tip.title, f"Tip {tip.number} is vervallen.", "tip", crumbs,
        f"tips/{tip.number:03}-{tip.slug}.yml", tip.reviewed, tip=tip, replacement=replacement,
    )  # fmt: skip


def _tip_list(site: Site) -> Iterator[Page]:
    text = site.knowledge.texts.lists.tips
    for address, tips, part, parts in _split(site.tips, addresses.TIPS):
        yield _page(
            site, "tip_list.md.j2", address, _part_title(text.title, part), text.description, "tips", (_HOME,), tips=tips, text=text,
            part=part, parts=parts, part_address=_part_address, base=addresses.TIPS, structured=_collection(text.title),
            styles=("tips/page.css",), scripts=("tips/page.js",) if part == 1 else (), facets=tip_data.FACETS,
            ways=[(collection, one) for collection, (one, _) in _NOUNS.items()],
        )  # fmt: skip


def _collection(name: str) -> dict[str, Any]:
    return {"@type": "CollectionPage", "name": name, "inLanguage": "nl"}


_NOUNS = {
    "themes": ("thema", "thema's"),
    "questions": ("vraag", "vragen"),
    "target_groups": ("doelgroep", "doelgroepen"),
    "barriers": ("drempel", "drempels"),
    "channels": ("kanaal", "kanalen"),
    "journey_steps": ("stap", "stappen"),
    "factors": ("factor", "factoren"),
}


def _facet(site: Site, collection: str) -> Iterator[Page]:
    """Yield the overview of a vocabulary and a page for each of its terms that has tips."""
    text = getattr(site.knowledge.texts.lists, collection)
    overview = Crumb(text.title, addresses.of_list(collection))
    terms = site.terms_with_tips(collection)
    yield _page(
        site, "term_list.md.j2", overview.address, text.title, text.description, "list", (_HOME,), collection=collection, text=text,
        terms=terms, nouns=_NOUNS[collection], structured=_collection(text.title), search=SearchEntry(text.title),
    )  # fmt: skip
    for term, tagged in terms:
        base = addresses.of_entry(collection, term.id)
        core = len(tagged.core)
        for address, tips, part, parts in _split(enumerate(tagged.all), base):
            # Some terms share a label, such as logging in: a step of the journey and a barrier. Titles must differ.
            title = term.label if collection == "questions" else f"{_TAG_HEADINGS[collection]}: {term.label}"
            yield _page(
                site, "term.md.j2", address, _part_title(title, part), term.explanation, "term", (_HOME, overview),
                search=SearchEntry(term.label, term.synonyms, 2.0) if part == 1 else None, structured=_collection(term.label), collection=collection,
                term=term, tagged=tagged, core=[tip for place, tip in tips if place < core], begin=_tip_to_begin_with(site, term, tagged),
                also=[tip for place, tip in tips if place >= core], part=part, parts=parts, part_address=_part_address, base=base,
            )  # fmt: skip


def _tip_to_begin_with(site: Site, term: Term, tagged: Tagged) -> Tip | None:
    """Return the tip that a term names to begin with, or else the one about it with the least effort, and then the best evidence.

    None when there is no choice.
    """
    chosen = next((tip for tip in tagged.all if tip.number == term.begin), None)
    if chosen:
        return chosen
    efforts, levels = (list(site.knowledge.vocabularies[name]) for name in ("effort_levels", "evidence_levels"))
    if len(tagged.all) < 3:
        return None
    return min(tagged.core or tagged.also, key=lambda tip: (efforts.index(tip.effort.level), levels.index(tip.evidence), tip.number))


def _people(site: Site) -> Iterator[Page]:
    text = site.knowledge.texts.lists.people
    overview = Crumb(text.title, addresses.of_list("people"))
    people = sorted(site.by_person.items(), key=_by_last_name)
    letters = groupby(people, key=lambda item: _by_last_name(item)[:1])
    groups = [(f"letter-{letter}", letter.upper(), list(entries)) for letter, entries in letters]
    for address, shown, part, parts, jumps in _split_groups(groups, overview.address):
        yield _page(
            site, "people.md.j2", address, _part_title(text.title, part), text.description, "list", (_HOME,), groups=shown, jumps=jumps, text=text,
            here=address, total=len(people), part=part, parts=parts, part_address=_part_address, base=overview.address,
            structured=_collection(text.title), styles=_LIST_STYLES,
        )  # fmt: skip
    for identifier, examples in people:
        person, organisation = examples[0].person, examples[0].organisation
        description = f"Tips met voorbeelden van {person.name}, {', '.join(filter(None, [person.role, organisation.name]))}."
        structured = {
            "@type": "ProfilePage",
            "name": person.name,
            "mainEntity": {"@type": "Person", "name": person.name, "jobTitle": person.role, "worksFor": {"@type": "Organization", "name": organisation.name}},
        }
        yield _page(
            site, "person.md.j2", addresses.of_entry("people", identifier), person.name, description, "person", (_HOME, overview),
            f"content/people/{identifier}.yml", search=SearchEntry(person.name, (organisation.name,)), structured=structured, person=person,
            examples=examples, organisation=organisation, organisation_id=examples[0].organisation_id,
        )  # fmt: skip


def _by_last_name(item: tuple[str, tuple[ToldExample, ...]]) -> str:
    person = item[1][0].person
    assert person
    return _sort_key(person.name.split()[-1] + person.name)


def _organisations(site: Site) -> Iterator[Page]:
    text = site.knowledge.texts.lists.organisations
    overview = Crumb(text.title, addresses.of_list("organisations"))
    organisations = sorted(site.by_organisation.items(), key=lambda item: _sort_key(item[1][0].organisation.name))
    groups = _by_kind(site, "organisation_kinds", organisations, lambda item: item[1][0].organisation.kind)
    for address, shown, part, parts, jumps in _split_groups(groups, overview.address):
        yield _page(
            site, "organisations.md.j2", address, _part_title(text.title, part), text.description, "list", (_HOME,), groups=shown, jumps=jumps,
            text=text, here=address, total=len(organisations), part=part, parts=parts, part_address=_part_address, base=overview.address,
            structured=_collection(text.title), styles=_LIST_STYLES,
        )  # fmt: skip
    for identifier, examples in organisations:
        organisation = examples[0].organisation
        yield _page(
            site, "organisation.md.j2", addresses.of_entry("organisations", identifier), organisation.name,
            f"Tips met voorbeelden van {organisation.name}.", "organisation", (_HOME, overview), f"content/organisations/{identifier}.yml",
            search=SearchEntry(organisation.name), structured=_collection(organisation.name), organisation=organisation, examples=examples,
            sort=site.term("organisation_kinds", organisation.kind),
        )  # fmt: skip


def _by_kind(site: Site, vocabulary: str, entries: list[Any], kind: Callable[[Any], str]) -> list[tuple[str, str, list[Any]]]:
    """Return (id, label, entries) for each term of a vocabulary that has entries, in the vocabulary's order."""
    return [
        (f"soort-{term.id}", term.label, found)
        for term in site.knowledge.vocabularies[vocabulary].values()
        if (found := [entry for entry in entries if kind(entry) == term.id])
    ]


@dataclass(frozen=True)
class SourceUse:
    """What a tip takes from a source, and where it stands on the tip's page. ``text`` is Markdown, empty for an example."""

    tip: Tip
    anchor: str
    heading: str
    text: str = ""
    figures: tuple[Figure, ...] = ()
    told: ToldExample | None = None


def _findings(site: Site, tip: Tip, source: str) -> list[SourceUse]:
    """Return what a tip takes from a source: law, then research, then examples."""
    legal = [SourceUse(tip, "dit-staat-in-de-wet", f"{duty.law}, {duty.article}", duty.text) for duty in tip.legal if duty.source == source]
    research = [
        SourceUse(tip, f"onderzoek-{place}", found.heading, found.text, found.figures)
        for place, found in enumerate(tip.research, 1)
        if found.source == source
    ]
    examples = [
        SourceUse(tip, f"voorbeeld-{told.position}", told.example.heading, told=told)
        for told in site.by_tip[tip.number]
        if told.example.source == source
    ]
    return [*legal, *research, *examples]


def _sources(site: Site) -> Iterator[Page]:
    text = site.knowledge.texts.lists.sources
    overview = Crumb(text.title, addresses.of_list("sources"))
    used = sorted(
        ((identifier, site.source(identifier), tips) for identifier, tips in site.by_source.items()),
        key=lambda item: _sort_key(item[1].title),
    )
    groups = _by_kind(site, "link_kinds", used, lambda item: item[1].kind)
    for address, shown, part, parts, jumps in _split_groups(groups, overview.address):
        yield _page(
            site, "sources.md.j2", address, _part_title(text.title, part), text.description, "list", (_HOME,), groups=shown, jumps=jumps, text=text,
            here=address, total=len(used), part=part, parts=parts, part_address=_part_address, base=overview.address, structured=_collection(text.title), styles=_LIST_STYLES,
            findings_in=partial(_findings, site),
        )  # fmt: skip
    for identifier, source, tips in used:
        description = f"{source.publisher}{f', {source.year}' if source.year else ''}. Gebruikt in {count(len(tips), 'tip', 'tips')}."
        structured = {"@type": "CreativeWork", "name": source.title, "inLanguage": source.language, "publisher": source.publisher}
        yield _page(
            site, "source.md.j2", addresses.of_entry("sources", identifier), f"Bron: {source.title}, {source.publisher}", description, "source", (_HOME, overview),
            f"content/sources/{identifier}.yml", search=SearchEntry(source.title, (source.publisher, *source.authors), 0.3), structured=structured,
            source_entry=source, sort=site.term("link_kinds", source.kind), tips=tips, identifier=identifier,
            findings_in=partial(_findings, site), styles=_LIST_STYLES,
        )  # fmt: skip


def _examples(site: Site) -> Iterator[Page]:
    text = site.knowledge.texts.lists.examples
    groups = [
        (f"thema-{theme.id}", theme.label, told)
        for theme in site.knowledge.vocabularies["themes"].values()
        if (told := [told for told in site.examples if told.tip.theme == theme.id])
    ]
    for address, shown, part, parts, jumps in _split_groups(groups, addresses.EXAMPLES):
        yield _page(
            site, "examples.md.j2", address, _part_title(text.title, part), text.description, "list", (_HOME,), groups=shown, jumps=jumps, text=text,
            here=address, part=part, parts=parts, part_address=_part_address, base=addresses.EXAMPLES, structured=_collection(text.title), styles=_LIST_STYLES,
        )  # fmt: skip


def _news(site: Site) -> Page:
    text = site.knowledge.texts.lists.news
    changed = sorted((tip for tip in site.tips if tip.reviewed > tip.added), key=lambda tip: (-tip.reviewed.toordinal(), tip.number))
    return _page(
        site, "news.md.j2", addresses.NEWS, text.title, text.description, "list", (_HOME,), text=text,
        newest=[(day, list(tips)) for day, tips in groupby(site.newest[:20], key=lambda tip: tip.added)],
        changed=changed[:20], feed=addresses.FEED, structured=_collection(text.title),
    )  # fmt: skip


def _glossary(site: Site) -> Page:
    text = site.knowledge.texts.lists.glossary
    entries = sorted(site.knowledge.glossary, key=lambda entry: _sort_key(entry.term))
    words = tuple(word for entry in entries for word in (entry.term, *entry.also))
    return _page(
        site, "glossary.md.j2", addresses.GLOSSARY, text.title, text.description, "list", (_HOME,), "content/glossary.yml", text=text,
        letters=[(letter, list(found)) for letter, found in groupby(entries, key=lambda entry: _sort_key(entry.term)[:1])], total=len(entries), search=SearchEntry(text.title, words, 0.5), structured={"@type": "DefinedTermSet", "name": text.title, "inLanguage": "nl"}, styles=_LIST_STYLES,
    )  # fmt: skip


MOST_REASONS = 5  # A tip page names so many answers that bring the tip up.


def _recommended_when(site: Site, tip: Tip) -> list[str]:
    """Return the clauses after 'Je krijgt deze tip als', strongest first, one a question; none without a self-check."""
    clauses: dict[str, str] = {}
    for item, option, _ in self_check.answers_behind(site, tip.number) if site.knowledge.self_check else ():
        clause = self_check.compile_check(site)["items"][item]["options"][option]["because"]
        if clause:
            clauses.setdefault(item, clause)
    return list(clauses.values())[:MOST_REASONS]


def _check_data(site: Site) -> str:
    """Return the data of the self-check. Its files and links hold the choices of the Kanaalwijzer too, so it knows those ids."""
    assert site.knowledge.self_check
    data = self_check.compile_check(site)
    if guide := site.knowledge.channel_guide:
        parts = {"services": site.knowledge.services, "groups": guide.groups, "channels": guide.channels, "factors": guide.factors}
        data = {**data, "guide": {name: [part.id for part in entries] for name, entries in parts.items()}}
    return _json(data)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _self_check(site: Site) -> Iterator[Page]:
    """Yield the self-check, which without JavaScript is the paper version, and the page that explains its rules."""
    authored = site.knowledge.self_check
    assert authored
    title, rules = "Zelfcheck", "Zo werkt de check"
    values = {"check": authored, "compiled": partial(self_check.compile_check, site), "item_ids": self_check.item_ids, "unknown": self_check.UNKNOWN, "by_number": site.by_number}
    yield _page(
        site, "check.md.j2", addresses.CHECK, title, "Beantwoord vragen over één dienst en krijg tips die passen, elk met de reden. Alles blijft in je browser.",
        "check", (_HOME,), "content/self-check.yml", search=SearchEntry(title, ("vragenlijst", "zelfscan", "test", "nulmeting"), 2.0),
        structured={"@type": "WebPage", "name": title, "inLanguage": "nl"}, styles=("check/page.css",), scripts=("check/page.js",), **values,
    )  # fmt: skip
    yield _page(
        site, "check_rules.md.j2", addresses.CHECK_RULES, rules, "Alle regels van de zelfcheck: welk antwoord welke tip naar voren brengt, en in welke volgorde.",
        "list", (_HOME, Crumb(title, addresses.CHECK)), "content/self-check.yml", search=SearchEntry(rules),
        structured={"@type": "WebPage", "name": rules, "inLanguage": "nl"}, styles=("check/page.css",), constants=self_check, folders=addresses.FOLDERS, **values,
    )  # fmt: skip


def _channel_guide(site: Site) -> Iterator[Page]:
    """Yield the Kanaalwijzer, its table, its rules, and the strategy for several services."""
    guide = site.knowledge.channel_guide
    title, table, rules, strategy = "Kanaalwijzer", "Alle waarden van de Kanaalwijzer", "Zo werkt de Kanaalwijzer", "Kanalenstrategie"
    labels = {term.id: term.label for term in site.knowledge.vocabularies["channels"].values()}
    values = {"guide": guide, "compiled": partial(channel_guide.compile_guide, site), "advices": partial(_advices, site), "label": labels.get, "constants": channel_guide, "by_number": site.by_number}
    above = (_HOME, Crumb(title, addresses.GUIDE))
    for template, address, page_title, description, kind, crumbs, keywords, name in (
        ("guide.md.j2", addresses.GUIDE, title, "Zie welk kanaal past bij jullie dienst en inwoners: een hoofdroute, een kanaal dat helpt, en altijd een mens.", "check", (_HOME,), ("kanaalkeuze", "kanaaladvies", "kanaal kiezen"), "guide"),
        ("guide_table.md.j2", addresses.GUIDE_TABLE, table, "Wat elk kanaal biedt op zeven factoren, met argumenten en bronnen, en ons advies voor veelvoorkomende diensten.", "list", above, ("kanaaltabel",), None),
        ("guide_rules.md.j2", addresses.GUIDE_RULES, rules, "De regels achter het kanaaladvies, en wat het niet kan.", "list", above, (), None),
        ("strategy.md.j2", addresses.STRATEGY, strategy, "Zet al jullie diensten naast elkaar en neem een eerste versie van jullie kanalenstrategie mee, als document.", "check", (_HOME,), ("kanaalstrategie", "kanalenmix", "omnichannel"), "strategy"),
    ):  # fmt: skip
        yield _page(
            site, template, address, page_title, description, kind, crumbs, "content/channel-guide.yml", search=SearchEntry(page_title, keywords, 2.0 if name else 1.0),
            structured={"@type": "WebPage", "name": page_title, "inLanguage": "nl"}, styles=("check/page.css", "guide/page.css", *(("strategy/page.css",) if name == "strategy" else ())),
            scripts=(f"{name}/page.js",) if name else (), **values,
        )  # fmt: skip


def _advices(site: Site) -> list[tuple[Service, Any]]:
    """Return the services of the Kanaalwijzer, each with our advice."""
    data = channel_guide.compile_guide(site)
    services = zip(site.knowledge.services, data["services"], strict=True)
    return [(service, channel_guide.advise(data, channel_guide.situation_of(start))) for service, start in services]


def _tools(site: Site, base: str) -> Iterator[Page]:
    """Yield the pages where visitors work with tips: their selection, the cards to print, and the workshop."""
    texts = site.knowledge.texts.tools
    needed = {"cards": {"cards": cards, "base": base}}
    workshop = Crumb(texts.workshop.title, addresses.WORKSHOP)
    for name, address, crumbs in (
        ("selection", addresses.SELECTION, (_HOME,)),
        ("cards", addresses.CARDS, (_HOME,)),
        ("workshop", addresses.WORKSHOP, (_HOME,)),
        ("board", addresses.BOARD, (_HOME, workshop)),
    ):
        text = getattr(texts, name)
        yield _page(
            site, f"{name}.md.j2", address, text.title, text.description, name, crumbs, search=SearchEntry(text.title),
            structured={"@type": "WebPage", "name": text.title, "inLanguage": "nl"}, styles=(f"{name}/page.css",),
            scripts=() if name == "workshop" else (f"{name}/page.js",), text=text, script=site.knowledge.workshop, **needed.get(name, {}),
        )  # fmt: skip


def _fields_page(site: Site) -> Page:
    """Return the page for editors about every field of a tip."""
    title = "Alle velden van een tip"
    above = [Crumb(page.split()[0]["title"], addresses.of_hand_page(page.path)) for page in site.knowledge.hand_pages if page.path == "meedoen.md"]
    return _page(
        site, "fields.md.j2", addresses.FIELDS, title, "Elk veld dat je in een tip kunt invullen: waar het voor is, wat erin past, een voorbeeld en waar je het ziet.",
        "list", (_HOME, *above), "tips/_sjabloon.yml", search=SearchEntry(title, ("sjabloon", "schema"), 0.3),
        structured={"@type": "WebPage", "name": title, "inLanguage": "nl"}, hide=(), sections=fields.sections(),
    )  # fmt: skip


def _hand_pages(site: Site) -> Iterator[Page]:
    for page in site.knowledge.hand_pages:
        meta, body = page.split()
        address = addresses.of_hand_page(page.path)
        structured = {"@type": "WebPage", "name": meta["title"], "inLanguage": "nl"}
        text = str(_Frame(site, addresses.HOME).rich(body))  # Its file lies in the folder of the home page.
        yield Page(
            address, meta["title"], meta["description"], partial(str, text), "hand", (_HOME,), f"content/pages/{page.path}", None,
            SearchEntry(meta["title"], (), 0.7), structured,
        )  # fmt: skip


def _sort_key(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()
