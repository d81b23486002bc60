"""How tips read: long sentences, jargon, and a score. A report to editors, never a reason to write worse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import textstat

from generator.models import Jargon, Tip
from generator.search import plain
from generator.yaml_source import Location

LONG_SENTENCE = 25  # Words; longer sentences are hard to read at level B1.
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_DOT_INSIDE = re.compile(r"(?<=\w)\.(?=\w)")  # As in 10.000; textstat would end a sentence there.


@dataclass(frozen=True)
class Readability:
    """How one tip reads.

    ``lengths``: of each sentence, in words. ``long_sentences``: those of more than LONG_SENTENCE words. ``score``: the
    reading ease by Flesch-Douma, as textstat counts it: from 0 (very hard) to 100 and over (very easy); 70 and over is
    easy. ``jargon``: forms found, each with what to write instead.
    """

    lengths: tuple[int, ...]
    long_sentences: tuple[str, ...]
    score: float
    jargon: tuple[tuple[str, str], ...]


def readability(tip: Tip, jargon: Iterable[Jargon]) -> Readability:
    """Return how a tip's own texts read; titles of sources and names of laws are not counted."""
    textstat.set_lang("nl")
    found = [sentence for _, sentence in sentences(tip)]
    lengths = tuple(len(sentence.split()) for sentence in found)
    text = " ".join(found)
    return Readability(
        lengths,
        tuple(sentence for sentence, length in zip(found, lengths, strict=True) if length > LONG_SENTENCE),
        textstat.flesch_reading_ease(_DOT_INSIDE.sub("", text)),
        tuple((form, entry.instead) for entry in jargon for form in entry.forms if re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE)),
    )


def sentences(tip: Tip) -> Iterator[tuple[Location, str]]:
    """Yield the sentences of a tip's own texts, each with its place. Where a paragraph or item of a list ends, a sentence does."""
    for location, text in _texts(tip):
        for paragraph in re.split(r"\n\s*\n|\n(?=[-*] )", text):
            yield from ((location, sentence) for sentence in _SENTENCE_END.split(plain(paragraph)) if sentence)


def _texts(tip: Tip) -> Iterator[tuple[Location, str]]:
    yield from (((name,), getattr(tip, name) or "") for name in ("summary", "advice", "not_when", "why_it_works", "conclusion"))
    yield from ((("steps", place), step) for place, step in enumerate(tip.steps))
    yield ("effort", "text"), tip.effort.text
    yield from (((name, place, "text"), part.text) for name in ("examples", "research") for place, part in enumerate(getattr(tip, name)))
