"""Counts for editors: what there is, where tips are thin, and how the texts read."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from statistics import mean
from typing import Any

from generator.derive import Site
from generator.models import TAG_FIELDS
from generator.pages import count
from generator.readability import LONG_SENTENCE, readability
from generator.self_check import clean, compile_check, recommend
from generator.self_check_models import UNKNOWN

ENOUGH = 4  # Tips that a term should have at least, as core.
MUNICIPALITIES = 2_000  # Random ones, for the self-check: enough to see what crowds out what.
CROWDING = 0.33  # A tip among the first five of more than this share pushes others away.
AVERAGE = 14  # Words; a tip whose sentences are longer on average is hard to read.


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
    yield from readability_lines(site)
    yield from self_check_lines(site)


def readability_lines(site: Site) -> Iterator[str]:
    """Yield how the tips read, line by line: all together, the hardest, long sentences and jargon."""
    read = {tip.number: readability(tip, site.knowledge.jargon) for tip in site.tips}
    lengths = [length for found in read.values() for length in found.lengths]
    if not lengths:
        return
    long = [(number, sentence) for number, found in read.items() for sentence in found.long_sentences]
    jargon = [(number, form, instead) for number, found in read.items() for form, instead in found.jargon]
    yield "\nLeesbaarheid (Flesch-Douma: 70 of meer leest makkelijk)"
    yield f"  gemiddeld {mean(lengths):.1f} woorden in een zin, en score {mean(found.score for found in read.values()):.0f}"
    yield f"  {count(sum(mean(found.lengths) > AVERAGE for found in read.values()), 'tip', 'tips')} met gemiddeld meer dan {AVERAGE} woorden in een zin"
    for number, found in sorted(read.items(), key=lambda item: item[1].score)[:5]:
        yield f"  tip {number}: score {found.score:.0f}, gemiddeld {mean(found.lengths):.1f} woorden, langste zin {max(found.lengths)}"
    yield f"\n{count(len(long), 'zin', 'zinnen')} met meer dan {LONG_SENTENCE} woorden"
    for number, sentence in long:
        yield f"  tip {number}: {sentence}"
    yield f"\nVakwoorden uit content/jargon.yml: {len(jargon)}"
    for number, form, instead in jargon:
        yield f"  tip {number}: ‘{form}’ – beter: {instead}"


def self_check_lines(site: Site) -> Iterator[str]:
    """Yield how often each tip is among the first five of random municipalities, line by line."""
    if site.knowledge.self_check is None:
        return
    data = compile_check(site)
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

