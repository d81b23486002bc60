"""What follows from the tips: computed once, never written by editors. Pure functions over frozen data."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import Any

from generator import text_rules
from generator.load import KnowledgeBase
from generator.models import Example, Organisation, Person, Source, Term, Tip

WORDS_PER_MINUTE = 200  # A common estimate for reading prose in silence.
MOST_RELATED = 4
# A term counts for more when both tips are about it than when one is only also about it.
_STRENGTH = {"core": 2.0, "also": 1.0}
# Candidates that a tip takes from one term: the nearest in number. Keeps the cost per tip flat in a large collection,
# and is more than any term holds in a collection of a few hundred tips.
_CANDIDATES_PER_TERM = 120
TermKey = tuple[str, str]
# Vocabularies that say too little about a tip to name as a reason.
_UNTOLD = ("questions", "roles", "service_traits")


@dataclass(frozen=True)
class Related:
    """A tip that goes well with another, and the reason in Dutch."""

    tip: Tip
    reason: str


@dataclass(frozen=True)
class ToldExample:
    """An example with the tip it stands in and who told it."""

    tip: Tip
    example: Example
    position: int
    person: Person | None
    organisation: Organisation
    organisation_id: str


@dataclass(frozen=True)
class TipFacts:
    """What follows for one tip."""

    minutes: int
    requires: tuple[Tip, ...]
    related: tuple[Related, ...]
    backlinks: tuple[Tip, ...]
    previous: Tip | None
    next: Tip | None


@dataclass(frozen=True)
class Tagged:
    """The tips that carry a term, at both strengths, each in order of number."""

    core: tuple[Tip, ...] = ()
    also: tuple[Tip, ...] = ()

    @property
    def all(self) -> tuple[Tip, ...]:
        """The tips of both strengths, the strongest first."""
        return self.core + self.also


@dataclass(frozen=True, eq=False)  # As the knowledge base.
class Site:
    """The knowledge base with everything that follows from it; all that pages are made from.

    Examples stand ``by_tip`` (the number of each tip on the site), ``by_person`` and ``by_organisation``.
    """

    knowledge: KnowledgeBase
    tips: tuple[Tip, ...]
    withdrawn: tuple[Tip, ...]
    by_number: Mapping[int, Tip]
    by_term: Mapping[TermKey, Tagged]
    by_measure: Mapping[str, tuple[Tip, ...]]
    examples: tuple[ToldExample, ...]
    by_tip: Mapping[int, tuple[ToldExample, ...]]
    by_person: Mapping[str, tuple[ToldExample, ...]]
    by_organisation: Mapping[str, tuple[ToldExample, ...]]
    by_source: Mapping[str, tuple[Tip, ...]]
    newest: tuple[Tip, ...]

    @cached_property
    def facts(self) -> Mapping[int, TipFacts]:
        """What follows for each tip, by number. Worked out when it is first asked for: that takes the longest, and checking does without."""
        return _Facts(self)

    def term(self, collection: str, identifier: str) -> Term:
        """Return a term of a vocabulary. Raises KeyError when there is none."""
        return self.knowledge.vocabularies[collection][identifier]

    def source(self, identifier: str) -> Source:
        """Return a source. Raises KeyError when there is none."""
        return self.knowledge.sources[identifier]

    def terms_with_tips(self, collection: str) -> list[tuple[Term, Tagged]]:
        """Return the terms of a vocabulary that have tips, in the vocabulary's order, with those tips."""
        terms = self.knowledge.vocabularies[collection].values()
        return [(term, self.by_term[collection, term.id]) for term in terms if (collection, term.id) in self.by_term]


@lru_cache(maxsize=1)
def derive(knowledge: KnowledgeBase) -> Site:
    """Return the site that follows from a knowledge base without problems. Drafts are left out."""
    tips = tuple(tip for tip in knowledge.tips if tip.status == "actueel")
    by_number = {tip.number: tip for tip in knowledge.tips if tip.status != "concept"}
    by_term = _by_term(tips)
    by_tip = {tip.number: tuple(_told(tip, knowledge)) for tip in tips}
    examples = tuple(chain.from_iterable(by_tip.values()))
    return Site(
        knowledge=knowledge,
        tips=tips,
        withdrawn=tuple(tip for tip in knowledge.tips if tip.status == "vervallen"),
        by_number=by_number,
        by_term=by_term,
        by_measure=_group((tip.measure, tip) for tip in tips if tip.measure),
        examples=examples,
        by_tip=by_tip,
        by_person=_group((example.example.person, example) for example in examples if example.person),
        by_organisation=_group((example.organisation_id, example) for example in examples),
        by_source=_group((source, tip) for tip in tips for source in source_ids(tip)),
        newest=tuple(sorted(tips, key=lambda tip: (-tip.added.toordinal(), tip.number))),
    )


def source_ids(tip: Tip) -> list[str]:
    """Return the ids of the sources that a tip leans on, each once, in reading order."""
    return list(dict.fromkeys(part.source for part in (*tip.legal, *tip.examples, *tip.research)))


def reading_minutes(tip: Tip) -> int:
    """Return how many minutes it takes to read the whole tip, at least 1."""
    parts = [tip.title, tip.summary, tip.advice, *tip.steps, tip.not_when, tip.why_it_works, tip.conclusion or ""]
    parts += [example.text for example in tip.examples] + [research.text for research in tip.research]
    words = sum(len(re.findall(r"\w+", part)) for part in parts)
    return max(1, round(words / WORDS_PER_MINUTE))


def _group(pairs: Iterable[tuple[Any, object]]) -> dict[Any, tuple]:
    groups: dict[Any, list] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _by_term(tips: Iterable[Tip]) -> dict[TermKey, Tagged]:
    found: dict[TermKey, dict[str, list[Tip]]] = defaultdict(lambda: {"core": [], "also": []})
    for tip in tips:
        for name, term, strength in tip.term_keys:
            found[name, term][strength].append(tip)
    return {key: Tagged(tuple(groups["core"]), tuple(groups["also"])) for key, groups in found.items()}


def _told(tip: Tip, knowledge: KnowledgeBase) -> Iterable[ToldExample]:
    for position, example in enumerate(tip.examples, 1):
        person = knowledge.people[example.person] if example.person else None
        organisation_id = person.organisation if person else example.organisation
        yield ToldExample(tip, example, position, person, knowledge.organisations[organisation_id], organisation_id)


class _Facts(Mapping[int, TipFacts]):
    """The facts of each tip, worked out for one tip at a time."""

    def __init__(self, site: Site) -> None:
        self.tips = {tip.number: tip for tip in site.tips}
        self.known: dict[int, TipFacts] = {}
        self.neighbours: dict[int, list[Tip | None]] = {number: [None, None] for number in self.tips}
        for theme in site.knowledge.vocabularies["themes"]:
            for before, after in pairwise(site.by_term.get(("themes", theme), Tagged()).core):
                self.neighbours[before.number][1] = after
                self.neighbours[after.number][0] = before
        self.mentions: dict[int, list[Tip]] = defaultdict(list)
        for tip in site.tips:
            for number in dict.fromkeys([*tip.related, *tip.requires, *_linked(tip)]):
                self.mentions[number].append(tip)
        self.relations = _Relations(site.tips, site.by_term, site.knowledge)

    def __iter__(self) -> Iterator[int]:
        return iter(self.tips)

    def __len__(self) -> int:
        return len(self.tips)

    def __getitem__(self, number: int) -> TipFacts:
        if number not in self.known:
            self.known[number] = self._of(self.tips[number])
        return self.known[number]

    def _of(self, tip: Tip) -> TipFacts:
        related = self.relations.of(tip, self.tips)
        shown = {tip.number, *(found.tip.number for found in related)}
        return TipFacts(
            minutes=reading_minutes(tip),
            requires=tuple(self.tips[number] for number in tip.requires if number in self.tips),
            related=related,
            backlinks=tuple(other for other in self.mentions[tip.number] if other.number not in shown),
            previous=self.neighbours[tip.number][0],
            next=self.neighbours[tip.number][1],
        )


def _linked(tip: Tip) -> list[int]:
    texts = [tip.advice, *tip.steps, tip.not_when, tip.why_it_works, tip.conclusion or ""]
    texts += [example.text for example in tip.examples] + [research.text for research in tip.research]
    return [number for text in texts if "tip:" in text for number in text_rules.tip_links(text)]


class _Relations:
    """Finds the tips that share the most with another: rare terms count more, and so does being about them."""

    def __init__(self, tips: tuple[Tip, ...], by_term: Mapping[TermKey, Tagged], knowledge: KnowledgeBase) -> None:
        self.labels = {(name, term.id): term.label for name, terms in knowledge.vocabularies.items() for term in terms.values()}
        # As in text search: a term says more the fewer tips carry it (inverse document frequency).
        self.rarity = {key: math.log(1 + len(tips) / len(tagged.all)) for key, tagged in by_term.items()}
        self.keys = {tip.number: {(name, term): _STRENGTH[strength] for name, term, strength in tip.term_keys} for tip in tips}
        self.carriers = {key: sorted(tip.number for tip in tagged.all) for key, tagged in by_term.items()}
        self.place = {key: {number: place for place, number in enumerate(numbers)} for key, numbers in self.carriers.items()}

    def of(self, tip: Tip, by_number: Mapping[int, Tip]) -> tuple[Related, ...]:
        chosen = [number for number in tip.related if number in by_number]
        own = self.keys[tip.number]
        scores: dict[int, float] = defaultdict(float)
        for key, strength in own.items():
            weight = strength * self.rarity[key]
            start = max(0, self.place[key][tip.number] - _CANDIDATES_PER_TERM // 2)
            for number in self.carriers[key][start : start + _CANDIDATES_PER_TERM]:
                scores[number] += weight * self.keys[number][key]
        excluded = {tip.number, *chosen, *tip.requires}
        ranked = sorted((number for number in scores if number not in excluded), key=lambda number: (-scores[number], number))
        return tuple(Related(by_number[n], self.reason(own, n)) for n in [*chosen, *ranked][: max(MOST_RELATED, len(chosen))])

    def reason(self, own: Mapping[TermKey, float], number: int) -> str:
        """Return in Dutch what two tips share, the rarest first, or that an editor chose it."""
        shared = {key: strength * own[key] * self.rarity[key] for key, strength in self.keys[number].items() if key in own}
        best = sorted((key for key in shared if key[0] not in _UNTOLD), key=lambda key: (-shared[key], key))[:2]
        labels = [f"‘{self.labels[key]}’" for key in best]
        return f"Ook over {' en '.join(labels)}" if labels else "Gekozen door de redactie"
