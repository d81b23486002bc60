"""Counts for editors: what there is, where tips are thin, and how the texts read."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from statistics import mean
from typing import Any

from generator.derive import Site
from generator.models import TAG_FIELDS, Tip
from generator.pages import count
from generator.search import plain
from generator.self_check import clean, compile_check, recommend
from generator.self_check_models import UNKNOWN

ENOUGH = 4  # Tips that a term should have at least, as core.
MUNICIPALITIES = 10_000  # Random ones, for the self-check.
CROWDING = 0.33  # A tip among the first five of more than this share pushes others away.
LONG_SENTENCE = 25  # Words; longer sentences are hard to read at level B1.


def lines(site: Site) -> Iterator[str]:
    """Yield the report, line by line, in Dutch."""
    yield f"{count(len(site.tips), 'tip', 'tips')}, {count(len(site.examples), 'voorbeeld', 'voorbeelden')}, {count(len(site.by_source), 'bron', 'bronnen')}, {count(len(site.by_person), 'mens', 'mensen')}, {count(len(site.by_organisation), 'organisatie', 'organisaties')}"
    figures = sum(any(research.figures for research in tip.research) for tip in site.tips)
    yield f"{count(figures, 'tip', 'tips')} met een cijfer, {count(sum(bool(tip.legal) for tip in site.tips), 'tip', 'tips')} met een wet, {count(sum(bool(tip.examples) for tip in site.tips), 'tip', 'tips')} met een voorbeeld"
    for heading, collection, of in (
        ("Per thema", "themes", lambda tip: tip.theme),
        ("Moeite", "effort_levels", lambda tip: tip.effort.level),
        ("Bewijs", "evidence_levels", lambda tip: tip.evidence),
    ):
        numbers = Counter(of(tip) for tip in site.tips)
        yield f"\n{heading}"
        for term in site.knowledge.vocabularies[collection].values():
            yield f"  {numbers[term.id]:4}  {term.label}"
    yield f"\nTermen met minder dan {ENOUGH} tips die erover gaan (core)"
    for collection in ("questions", *TAG_FIELDS):
        for term in site.knowledge.vocabularies[collection].values():
            tagged = site.by_term.get((collection, term.id))
            core = len(tagged.core) if tagged else 0
            if core < ENOUGH:
                yield f"  {core:4}  {term.label} ({collection})"
    yield "\nZinnen"
    lengths = {tip.number: [len(sentence.split()) for sentence in sentences(tip)] for tip in site.tips}
    everything = [length for found in lengths.values() for length in found]
    if everything:
        yield f"  gemiddeld {mean(everything):.1f} woorden; {count(sum(n > LONG_SENTENCE for n in everything), 'zin', 'zinnen')} langer dan {LONG_SENTENCE} woorden"
    for number, found in sorted(lengths.items(), key=lambda item: -mean(item[1]))[:5]:
        yield f"  tip {number}: gemiddeld {mean(found):.1f} woorden, langste {max(found)}"
    yield from self_check_lines(site)


def self_check_lines(site: Site) -> Iterator[str]:
    """Yield how often each tip is among the first five of random municipalities, line by line."""
    if site.knowledge.self_check is None:
        return
    data = compile_check(site.knowledge.self_check, site)
    chance = random.Random(MUNICIPALITIES)  # The same municipalities every time, so that two runs can be compared.
    first: Counter[int] = Counter()
    anywhere: Counter[int] = Counter()
    for _ in range(MUNICIPALITIES):
        result = recommend(data, plausible_answers(data, chance))
        first.update(found["number"] for found in result["first"])
        anywhere.update(found["number"] for found in (*result["first"], *result["rest"], *result["keep"]))
    yield f"\nZelfcheck: bij {MUNICIPALITIES} verzonnen gemeenten staat deze tip bij de eerste vijf"
    for tip in sorted(site.tips, key=lambda tip: (-first[tip.number], tip.number)):
        share = first[tip.number] / MUNICIPALITIES
        remark = "  verdringt andere tips" if share > CROWDING else "  nooit, ook niet verderop" if not anywhere[tip.number] else "  nooit bij de eerste vijf" if not share else ""
        yield f"  {100 * share:5.1f}%  tip {tip.number}: {tip.title}{remark}"


def plausible_answers(data: Mapping[str, Any], chance: random.Random) -> dict[str, list[str]]:
    """Return answers as a municipality could give them: most questions answered, some with 'weet ik niet'."""
    answers: dict[str, list[str]] = {}
    diligence = chance.choice((0.5, 0.8, 0.95))
    for item, asked in data["items"].items():
        if chance.random() > diligence:
            continue
        options = list(asked["options"])
        number = chance.randint(1, min(asked["most"] or 4, len(options))) if asked["multiple"] else 1
        answers[item] = [UNKNOWN] if chance.random() < 0.08 else chance.sample(options, number)
    return clean(data, answers)


def sentences(tip: Tip) -> list[str]:
    """Return the sentences of a tip's own texts."""
    parts = [tip.summary, tip.advice, *tip.steps, tip.not_when, tip.why_it_works, tip.conclusion or ""]
    parts += [example.text for example in tip.examples] + [research.text for research in tip.research]
    paragraphs = [plain(line) for part in parts for line in re.split(r"\n\s*\n|\n(?=[-*] )", part)]
    return [sentence for paragraph in paragraphs for sentence in re.split(r"(?<=[.?!:;])\s+", paragraph) if sentence.strip()]
