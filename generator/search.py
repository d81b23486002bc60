"""The search index: small files of which a browser fetches only what a question needs.

``search/index.json`` says where the others begin; ``words-*.json`` hold, in order of the alphabet, which documents a word is in;
``texts-*.json`` what a result shows; ``spelling-*.json`` all words of one length, to find what a misspelt word should be.
``assets/search/engine.js`` reads them. The documents are the tips in their order, then the other pages.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from math import sqrt
from typing import Any

from generator import addresses
from generator.derive import Site
from generator.models import Tip
from generator.pages import Asset, Page
from generator.search_words import STOP_WORDS, Lexicon, words

# How much a word counts by where it stands.
_NUMBER, _TITLE, _KEYWORD, _CORE, _ALSO, _SUMMARY, _NAME, _ADVICE, _REST = 1000, 10, 8, 5, 2, 5, 6, 2, 1
_RELATED = 0.4  # A part of a compound, or a word of the same stem, counts so much of the word itself.
_HALF = 8  # A word with this weight counts half of the most that a word can count.
_LEVELS = 40  # Weights are whole numbers up to about this, since they compress well.
_SHARD = 12_000  # Characters of one file of words.
_TEXTS = 16  # Documents of one file of texts.
_SHORTEST_SPELLING = 4
_LONGEST_NAME = 4  # Words of a title that people may type as a whole.
_MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`#>|]+|^ *(?:[-+]|\d{1,2}\.) ", re.MULTILINE)
# Material fetches this on every page, and wants these two.
STUB = Asset("search/search_index.json", lambda: '{"config":{},"docs":[]}')


def files(site: Site, pages: Iterable[Page]) -> list[Asset]:
    """Return all files of the index of the pages that take part in search."""
    found = {page.address: page for page in pages if page.search}
    tips = {addresses.of_tip(tip): tip for tip in site.tips}
    documents = [*(found[address] for address in tips), *(page for address, page in found.items() if address not in tips)]
    weighted = [_weights(_fields(site, page, tips.get(page.address))) for page in documents]
    lexicon = Lexicon(set(chain.from_iterable(weighted)))
    postings = _postings(weighted, lexicon, [page.search.boost for page in documents if page.search])
    postings |= _whole_titles(documents, len(tips))
    forms = {form: root for form, root in lexicon.roots.items() if root in postings}
    first, shards = _shards(forms, postings)
    parts = {
        **{f"words-{place}": shard for place, shard in enumerate(shards)},
        **{f"texts-{start // _TEXTS}": [_text(page) for page in documents[start : start + _TEXTS]] for start in range(0, len(documents), _TEXTS)},
        **{f"spelling-{length}": known for length, known in _spelling(forms, postings)},
    }
    made = {name: _json(part) for name, part in parts.items()}
    index = {
        "version": hashlib.sha256("".join(made.values()).encode()).hexdigest()[:10],
        "documents": len(documents),
        "texts": _TEXTS,
        "first": first,
        "spelling": [int(name.partition("-")[2]) for name in parts if name.startswith("spelling-")],
        "stop": sorted(STOP_WORDS),
    }
    made["index"] = _json(index)
    return [STUB, *(Asset(f"search/{name}.json", partial(str, text)) for name, text in made.items())]


def _fields(site: Site, page: Page, tip: Tip | None) -> Iterator[tuple[int, str]]:
    """Yield the texts of a page with what a word in them counts."""
    assert page.search
    yield _KEYWORD, " ".join(page.search.keywords)
    yield _SUMMARY, page.description
    if tip is None:
        yield _TITLE, page.search.title
        yield _REST, plain(page.body) if page.kind == "hand" else ""
        return
    yield _NUMBER, str(tip.number)
    yield _TITLE, tip.title
    for name, identifier, strength in tip.term_keys:
        term = site.term(name, identifier)
        yield _CORE if strength == "core" else _ALSO, " ".join((term.label, *term.synonyms))
    for told in site.by_tip[tip.number]:
        yield _NAME, f"{told.person.name if told.person else ''} {told.organisation.name}"
    headings = [part.heading for part in (*tip.examples, *tip.research)]
    yield _ADVICE, plain(" ".join((tip.advice, *tip.steps, *headings)))
    rest = [part.text for part in (*tip.examples, *tip.research, *tip.legal)] + [duty.law for duty in tip.legal] + [link.title for link in tip.links]
    yield _REST, plain(" ".join((tip.not_when, tip.why_it_works, tip.conclusion or "", *rest)))


def plain(markdown: str) -> str:
    """Return Markdown without its marks, on one line."""
    return " ".join(_MARKUP.sub(r"\1", markdown).split())


def _weights(fields: Iterable[tuple[int, str]]) -> dict[str, float]:
    """Return what each word of a document counts. Stop words count only where they were chosen: in titles and keywords."""
    found: dict[str, float] = defaultdict(float)
    for weight, text in fields:
        for word, times in Counter(words(text)).items():
            if word not in STOP_WORDS or weight in (_TITLE, _KEYWORD):
                found[word] += weight * sqrt(times)
    return found


def _postings(weighted: Iterable[Mapping[str, float]], lexicon: Lexicon, boosts: Iterable[float]) -> dict[str, dict[int, int]]:
    """Return for every root the documents that hold it, with what it counts there."""
    related = {form: lexicon.related(form) for form in lexicon.forms}
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for document, (weights, boost) in enumerate(zip(weighted, boosts, strict=True)):
        sums: dict[str, float] = defaultdict(float)
        for form in weights:
            sums[lexicon.roots[form]] += weights[form]
            for root in related[form]:
                sums[root] += _RELATED * weights[form]
        for root, weight in sums.items():
            found[root][document] = max(1, round(_LEVELS * boost * weight / (weight + _HALF)))
    return found


def _whole_titles(documents: Iterable[Page], tips: int) -> dict[str, dict[int, int]]:
    """Return short titles of the pages after the tips, each as one word of its own: who types a name, wants its page."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for document, page in enumerate(documents):
        name = tuple(dict.fromkeys(words(page.search.title))) if page.search else ()
        if document >= tips and 1 < len(name) <= _LONGEST_NAME:
            found[" ".join(name)][document] = _LEVELS
    return found


def _shards(roots: Mapping[str, str], postings: Mapping[str, Mapping[int, int]]) -> tuple[list[str], list[Any]]:
    """Return the first key of each file of words, and the files: ``[form → root where they differ, root → postings]``."""
    first: list[str] = []
    shards: list[Any] = []
    size = _SHARD
    for key in sorted(roots.keys() | postings.keys()):
        if size >= _SHARD:
            first.append(key)
            shards.append(({}, {}))
            size = 0
        forms, documents = shards[-1]
        if roots.get(key, key) != key:
            forms[key] = roots[key]
        if key in postings:
            documents[key] = _compact(postings[key])
        size += len(_json([key, forms.get(key), documents.get(key)]))
    return first, shards


def _compact(posting: Mapping[int, int]) -> list[int]:
    """Return document, weight, document, weight, …, each document as the distance to the one before."""
    compact, before = [], 0
    for document, weight in posting.items():
        compact += [document - before, weight]
        before = document
    return compact


def _spelling(roots: Mapping[str, str], postings: Mapping[str, Mapping[int, int]]) -> Iterator[tuple[int, list[str]]]:
    """Yield all words of one length, the most common first."""
    by_length: dict[int, list[str]] = defaultdict(list)
    for form in sorted(roots, key=lambda form: (-len(postings[roots[form]]), form)):
        if len(form) >= _SHORTEST_SPELLING and not form.isdigit():
            by_length[len(form)].append(form)
    yield from sorted(by_length.items())


def _text(page: Page) -> tuple[str, str, str]:
    assert page.search
    return page.address, page.search.title, page.description


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
