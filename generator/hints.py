"""Hints for whoever writes a tip: what may be better. A hint never blocks, and may be wrong."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from statistics import mean
from typing import Any

import yaml

from generator.code_host import file_address
from generator.derive import Site, Tagged, derive
from generator.fields import TEMPLATE
from generator.inert import as_code, as_data
from generator.load import SPELLING, tip_path
from generator.models import TAG_FIELDS, Tip
from generator.pages import count
from generator.problems import in_words
from generator.readability import LONG_SENTENCE, readability, sentences
from generator.search_words import STOP_WORDS, Lexicon, folded, words
from generator.self_check import FIRST, Answers, compile_check, recommend
from generator.spelling import Spelling
from generator.stats import AVERAGE, CROWDING, ENOUGH
from generator.yaml_source import Document, Location, read_yaml

EASY = 70  # Flesch-Douma; a lower score is hard to read.
ALIKE = 0.25  # From this likeness on (0 to 1), two tips may be one. Of the first 160, that held for 22 pairs; in 21, one named the other.
FURTHER = 2 * FIRST  # How far down someone may look at what the self-check brings up.
# What a word or term counts in how alike tips are, by where it stands.
_TITLE, _KEYWORD, _SUMMARY, _CORE, _ALSO = 3.0, 2.0, 2.0, 2.0, 1.0
_RELATED = 0.4  # A part of a compound counts so much of the word itself.
Feature = str | tuple[str, str]
_MOST_OPEN = 5  # Hints in a comment; more of them are folded up.
_MOST_CHARACTERS = 30_000  # Of hints in a comment; GitHub takes 65,536 in all.


@dataclass(frozen=True)
class Hint:
    """Something in a tip that may be better.

    ``location`` is the place in the tip's file, for ``Document.line``; empty for the tip as a whole. ``code``, ``message``
    and ``suggestion`` are as in a ``Problem``.
    """

    tip: Tip
    location: Location
    code: str
    message: str
    suggestion: str

    def __str__(self) -> str:
        where = in_words(self.location) if self.location else "de hele tip"
        return f"[{self.code}] {where}: {self.message} – {self.suggestion}"


Found = Iterable[tuple[Tip, Sequence[Hint]]]


def lines(found: Found) -> Iterator[str]:
    """Yield the hints for some tips, line by line in Dutch, under the file of each."""
    tips = list(found)
    for tip, group in tips:
        yield f"{tip_path(tip)}: {tip.title}"
        yield from (f"  {hint}" for hint in group)
        if not group:
            yield "  geen hints"
    yield f"\n{count(len(tips), 'tip', 'tips')} bekeken. Hints zijn advies: je hoeft ze niet te volgen."


def comment(found: Found, documents: Mapping[str, Document], base: str) -> str:
    """Return the hints in Markdown, to put below the problems in a comment on a proposal; empty when there are none.

    ``documents`` are those of the tips, by path, for the lines. ``base`` is as in ``file_address``, or empty for no links.
    """
    parts = [part for tip, group in found for part in _parts(tip_path(tip), group, documents, base)]
    if not parts:
        return ""
    fitting = [part for part, size in zip(parts, accumulate(map(len, parts)), strict=True) if size <= _MOST_CHARACTERS]
    text = "".join(fitting) + ("" if fitting == parts else f"\nHier passen niet alle hints. Er zijn er nog {len(parts) - len(fitting)}.\n")
    if len(parts) > _MOST_OPEN:
        text = f"\n<details>\n<summary>Bekijk de {len(parts)} hints</summary>\n{text}\n</details>\n"
    return f"\n### Hints bij je tekst\n\nDit is advies. Het houdt je voorstel niet tegen, en je hoeft het niet te volgen.\n{text}"


def _parts(path: str, group: Iterable[Hint], documents: Mapping[str, Document], base: str) -> Iterator[str]:
    """Yield each hint for a tip as an item of a list, the first below the name of its file."""
    heading = f"\n#### {as_code(path)}\n\n"
    for hint in group:
        line = documents[path].line(hint.location)
        place = f"Regel {line}" if hint.location else "De hele tip"
        link = f"[{place}]({file_address(base, path, line)})" if hint.location and base else place
        yield f"{heading}- {link}, {as_code(hint.code)}: {as_data(hint.message)}\n  **Je kunt dit doen:** {as_data(hint.suggestion)}\n"
        heading = ""


def hints(site: Site, tips: Iterable[Tip], municipalities: Sequence[Answers]) -> Iterator[tuple[Tip, list[Hint]]]:
    """Yield each tip with its hints, but for withdrawn ones. Drafts are seen as if they stood on the site already.

    ``municipalities`` are answers to the self-check, to try the tips on; see ``fictional_municipalities``.
    """
    numbers = [tip.number for tip in tips if tip.status != "vervallen"]
    site = _with_drafts(site, frozenset(numbers))
    likeness = _Likeness(site)
    spelling = Spelling(site)
    outcomes = _outcomes(site, municipalities)
    for number in numbers:
        tip = site.by_number[number]
        yield tip, [
            *_left_over(tip),
            *_spelling(spelling, tip),
            *_reading(site, tip),
            *_sources(site, tip),
            *_alike(likeness, site, tip),
            *_no_terms(tip),
            *_thin_terms(site, tip),
            *_self_check(tip, outcomes),
        ]


def fictional_municipalities(root: Path) -> list[Answers]:
    """Return the answers to the self-check of the municipalities that the tests make up, as far as they are there."""
    documents = (read_yaml(file, root)[0] for file in sorted((root / "tests" / "municipalities").glob("*.yml")))
    return [document.value["answers"] for document in documents if document]


def _with_drafts(site: Site, numbers: frozenset[int]) -> Site:
    """Return the site with the drafts among these tips on it."""
    tips = tuple(tip.model_copy(update={"status": "actueel"}) if tip.number in numbers and tip.status == "concept" else tip for tip in site.knowledge.tips)
    return site if tips == site.knowledge.tips else derive(replace(site.knowledge, tips=tips))


def _left_over(tip: Tip) -> Iterator[Hint]:
    """Yield each field that still holds what the template shows."""
    sample = yaml.load(TEMPLATE.read_text(encoding="utf-8"), yaml.CSafeLoader)
    for name in ("title", "summary", "advice", "not_when", "why_it_works", "conclusion"):
        if getattr(tip, name) == sample[name].strip():
            yield Hint(tip, (name,), "sjabloon", "hier staat nog de tekst van het sjabloon", "schrijf hier je eigen tekst")
    if left := [place for place, step in enumerate(tip.steps) if step in sample["steps"]]:
        yield Hint(tip, ("steps", left[0]), "sjabloon", "hier staan nog stappen van het sjabloon", "schrijf hier je eigen stappen")


# ---------------------------------------------------------------- how it reads


def _spelling(spelling: Spelling, tip: Tip) -> Iterator[Hint]:
    for location, sentence, word, meant in spelling.unknown(tip):
        advice = f"bedoel je ‘{meant}’? Klopt" if meant else "kijk het na; klopt"
        yield Hint(tip, location, "spelling", f"‘{word}’ staat niet in de woordenlijst: ‘{sentence}’", f"{advice} het woord, zet het dan in {SPELLING}")


def _reading(site: Site, tip: Tip) -> Iterator[Hint]:
    read = readability(tip, site.knowledge.jargon)
    if mean(read.lengths) > AVERAGE:
        yield Hint(tip, (), "lange-zinnen", f"een zin heeft gemiddeld {mean(read.lengths):.1f} woorden".replace(".", ","), f"{AVERAGE} of minder leest prettiger; knip lange zinnen")
    if read.score < EASY:
        yield Hint(tip, (), "moeilijk", f"de tekst heeft leesscore {read.score:.0f}", f"vanaf {EASY} leest het makkelijk; kies kortere woorden en zinnen")
    for location, sentence in sentences(tip):
        if len(sentence.split()) > LONG_SENTENCE:
            yield Hint(tip, location, "lange-zin", f"deze zin heeft {len(sentence.split())} woorden: ‘{sentence}’", "maak er twee zinnen van")
        if found := passive(sentence):
            yield Hint(tip, location, "lijdend", f"‘{found}’ zegt niet wie het doet: ‘{sentence}’", "noem wie het doet, als dat ertoe doet: ‘de balie belt je’ in plaats van ‘je wordt gebeld’")
    for form, instead in read.jargon:
        location, sentence = next(((location, sentence) for location, sentence in sentences(tip) if form.casefold() in sentence.casefold()), ((), form))
        yield Hint(tip, location, "vakwoord", f"‘{form}’ is een moeilijk woord: ‘{sentence}’", f"schrijf liever: {instead}")


# It takes a parser to find every passive in Dutch; these are the ones that words alone give away: a participle that ends a clause,
# or that stands right before a form of 'worden' that ends one. Nouns and adjectives that look like a participle are left out, and
# so is what follows an article. Of the 9,700 sentences of the first 160 tips it names 108, none of them wrongly; it misses some.
_NO_PARTICIPLE = (
    r"(?:ingewikkeld|gemachtigden|gesprekken|gegevens|geweest|geworden|geboren|geld|geluid|geweld|geuren|gemeenten|gezinnen|gebieden|gebouwen|gevallen"
    r"|gevoelens|gedachten|geheugen|gewoonten|gesloten|gezond|geschikt|geduld|bekend|beleid|beeld|bestand|bewust|verband|verkeerd|verliefd|verouderd|verslaafd|vertrouwd|gehaast|gewend"
    r"|\w*(?:heid|heden|tijd|punt|dienst|recht|stand|kaart|krant|tekst|opdracht|licht|zicht|bericht|besluit|gewicht|verdriet|schrift))\b"
)
_PREFIX = "aan|achter|af|bij|door|goed|in|mee|na|om|op|over|samen|terug|toe|uit|vast|voor|weg"
_PARTICIPLE = rf"(?!{_NO_PARTICIPLE})(?:(?:{_PREFIX})?ge\w{{2,}}(?:d|t|en)|(?:be|her|ont|ver)\w{{2,}}(?:d|t))"
_AUXILIARY = r"(?:wordt|worden|werd|werden)"
_MODAL = "kan|kunnen|moet|moeten|mag|mogen|zou|zouden|wil|willen"
_CLAUSE_ENDS = r"(?=[,.;:?!)]|$| \(| (?:en|of|als|door|met|van|voor|in|op|bij|aan|om|samen|zegt)\b)"
_NEW_CLAUSE = "als|dat|omdat|zodat|wanneer|wat|wie|want|maar|en|of|dan"
_ARTICLE = "een|de|geen|hun|jouw|jullie|onze|elke|elk|deze|tot"
_WORD = rf"(?!(?:{_NEW_CLAUSE})\b)[^\s,.;:?!()]+"
_PASSIVE = re.compile(
    rf"\b{_PARTICIPLE} (?:te |(?:{_MODAL}) (?:kunnen )?)?{_AUXILIARY}\b{_CLAUSE_ENDS}"
    rf"|\b{_AUXILIARY}(?:(?: {_WORD})*? (?!(?:{_ARTICLE})\b){_WORD})? {_PARTICIPLE}{_CLAUSE_ENDS}",
    re.IGNORECASE,
)


def passive(sentence: str) -> str | None:
    """Return the words by which a Dutch sentence hides who acts, or None when it doesn't, or names them after 'door'."""
    found = _PASSIVE.search(sentence)
    return found[0] if found and " door " not in sentence else None


# ---------------------------------------------------------------- sources


def _sources(site: Site, tip: Tip) -> Iterator[Hint]:
    """Yield each source of a tip without address or year once, where the tip first names it."""
    places: dict[str, Location] = {}
    for name in ("legal", "examples", "research"):
        for place, part in enumerate(getattr(tip, name)):
            places.setdefault(part.source, (name, place, "source"))
    for identifier, location in places.items():
        source = site.source(identifier)
        missing = [word for word, value in (("adres (url)", source.url), ("jaar (year)", source.year)) if value is None]
        if missing:
            yield Hint(tip, location, "bron", f"de bron ‘{identifier}’ heeft geen {' en geen '.join(missing)}", f"vul aan wat je kunt vinden in content/sources/{identifier}.yml")


# ---------------------------------------------------------------- tips that are alike, and terms that fit


class _Likeness:
    """Tells how alike tips are: by the words of title, keywords and summary, and by their terms; rare ones count more."""

    def __init__(self, site: Site) -> None:
        texts = {tip.number: _short_texts(tip) for tip in site.tips}
        self.lexicon = Lexicon({word for fields in texts.values() for _, text in fields for word in words(text)})
        self.labels: dict[Feature, str] = {(name, term.id): term.label for name, terms in site.knowledge.vocabularies.items() for term in terms.values()}
        counted = {tip.number: self._roots(texts[tip.number]) | _terms(tip) for tip in site.tips}
        times = Counter(feature for features in counted.values() for feature in features)
        self.profiles = {
            number: {feature: weight * math.log(1 + len(counted) / times[feature]) for feature, weight in features.items()} for number, features in counted.items()
        }

    def _roots(self, fields: Iterable[tuple[float, str]]) -> dict[Feature, float]:
        found: dict[Feature, float] = defaultdict(float)
        for weight, text in fields:
            for word in set(words(text)) - STOP_WORDS:
                found[self.lexicon.roots[word]] += weight
                for root in self.lexicon.related(word):
                    found[root] += _RELATED * weight
        return found

    def between(self, one: int, other: int) -> float:
        """Return how alike two tips are, from 0 to 1: the cosine of their profiles."""
        shared = self._shared(one, other)
        return sum(shared.values()) / (math.hypot(*self.profiles[one].values()) * math.hypot(*self.profiles[other].values())) if shared else 0.0

    def why(self, tip: Tip, other: int) -> str:
        """Return in Dutch what a tip shares with another, the most telling first, in the tip's own words."""
        named = {self.lexicon.roots[word]: word for _, text in _short_texts(tip) for word in words(text)} | self.labels
        shared = self._shared(tip.number, other)
        told = [named[feature] for feature in sorted(shared, key=lambda key: (-shared[key], str(key))) if feature in named]
        return ", ".join(f"‘{text}’" for text in list({text.lower(): text for text in told}.values())[:3])

    def _shared(self, one: int, other: int) -> dict[Feature, float]:
        mine, theirs = self.profiles[one], self.profiles[other]
        return {feature: mine[feature] * theirs[feature] for feature in mine.keys() & theirs.keys()}


def _short_texts(tip: Tip) -> list[tuple[float, str]]:
    """Return the texts that say what a tip is about, each with what a word in it counts."""
    return [(_TITLE, tip.title), (_KEYWORD, " ".join(tip.keywords)), (_SUMMARY, tip.summary)]


def _terms(tip: Tip) -> dict[Feature, float]:
    return {(name, term): _CORE if strength == "core" else _ALSO for name, term, strength in tip.term_keys}


def _alike(likeness: _Likeness, site: Site, tip: Tip) -> Iterator[Hint]:
    """Yield the tips that resemble this one, but for those of which one names the other: there the writer knows."""
    others = [(likeness.between(tip.number, other.number), other) for other in site.tips if other.number not in (tip.number, *tip.related, *tip.requires)]
    for degree, other in sorted(others, key=lambda found: (-found[0], found[1].number)):
        if degree >= ALIKE and tip.number not in (*other.related, *other.requires):
            message = f"lijkt op tip {other.number}, ‘{other.title}’: zelfde {likeness.why(tip, other.number)}"
            yield Hint(tip, (), "lijkt-op", message, f"lees die tip eerst; vul hem liever aan, of zet {other.number} bij related")


def _no_terms(tip: Tip) -> Iterator[Hint]:
    """Yield that no field says what the tip is about: a filter and the self-check then pass it by."""
    if not any(getattr(tip, name).core for name in TAG_FIELDS):
        yield Hint(tip, (TAG_FIELDS[0],), "label", "bij geen enkel label staat iets bij core", f"kies waar de tip over gaat, bij {', '.join(TAG_FIELDS[1:-1])} of {TAG_FIELDS[-1]}")


def _thin_terms(site: Site, tip: Tip) -> Iterator[Hint]:
    """Yield the terms that few tips are about, and of which this tip uses the word."""
    text = folded("\n".join(text for _, text in _short_texts(tip)))
    for name in ("questions", *TAG_FIELDS):
        for term in site.knowledge.vocabularies[name].values():
            core = site.by_term.get((name, term.id), Tagged()).core
            used = next((word for word in (term.label, *term.synonyms) if re.search(rf"(?<!\w){re.escape(folded(word))}(?!\w)", text)), None)
            if used and tip not in core and len(core) < ENOUGH:
                few = f"{'gaat' if len(core) == 1 else 'gaan'} nog maar {count(len(core), 'tip', 'tips')}" if core else "gaat nog geen tip"
                message = f"in deze tip staat ‘{used}’, en over ‘{term.label}’ {few}"
                yield Hint(tip, (name,), "label", message, f"gaat jouw tip er echt over, zet {term.id} dan {'erbij' if name == 'questions' else 'bij core'}")


# ---------------------------------------------------------------- the self-check


def _outcomes(site: Site, municipalities: Iterable[Answers]) -> list[Mapping[str, Any]]:
    """Return what the self-check gives each municipality; nothing without a self-check."""
    if site.knowledge.self_check is None:
        return []
    data = compile_check(site)
    return [recommend(data, answers) for answers in municipalities]


def _self_check(tip: Tip, outcomes: Sequence[Mapping[str, Any]]) -> Iterator[Hint]:
    if not outcomes:
        return
    orders = [[found["number"] for found in (*outcome["first"], *outcome["rest"])] for outcome in outcomes]
    first, further = (sum(tip.number in order[:most] for order in orders) for most in (FIRST, FURTHER))
    keep = sum(tip.number in [found["number"] for found in outcome["keep"]] for outcome in outcomes)
    message = f"in de zelfcheck staat deze tip bij {first} van de {len(outcomes)} verzonnen gemeenten bij de eerste {FIRST}, bij {further} bij de eerste {FURTHER}"
    message += f" en bij {keep} onder Blijven doen" if keep else ""
    if first > CROWDING * len(outcomes):
        advice = "dat is veel, zodat andere tips minder kans krijgen; zet labels van core bij also"
    elif not further and not keep:
        advice = "kijk of bij core staat waar de tip over gaat"
    else:
        advice = "verwacht je meer of minder, kijk dan naar de labels bij core"
    yield Hint(tip, (), "zelfcheck", message, advice)
