"""Counts for editors: what there is, where tips are thin, and how the texts read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from statistics import mean

from generator.derive import Site
from generator.models import TAG_FIELDS, Tip
from generator.pages import count
from generator.search import plain

ENOUGH = 4  # Tips that a term should have at least, as core.
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


def sentences(tip: Tip) -> list[str]:
    """Return the sentences of a tip's own texts."""
    parts = [tip.summary, tip.advice, *tip.steps, tip.not_when, tip.why_it_works, tip.conclusion or ""]
    parts += [example.text for example in tip.examples] + [research.text for research in tip.research]
    paragraphs = [plain(line) for part in parts for line in re.split(r"\n\s*\n|\n(?=[-*] )", part)]
    return [sentence for paragraph in paragraphs for sentence in re.split(r"(?<=[.?!:;])\s+", paragraph) if sentence.strip()]
