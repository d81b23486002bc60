"""Words in tips that no word list has. They may be right: Dutch makes new compounds all the time.

Measured on the first 164 tips, each against the words of the others: 70 of 6,705 different words were named, in 54 tips. Most of
these now stand in our own list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from spellchecker import SpellChecker

from generator.derive import Site
from generator.models import Tip
from generator.readability import sentences
from generator.yaml_source import Location

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LINKS = ("", "s", "en", "e", "n")  # What may stand between the parts of a compound.
_SHORTEST = 4  # Letters; what is shorter is an abbreviation more often than a mistake, and a compound has no such parts.
_COMMON = 200  # How often the word list has counted a word, for it to be a part of compounds: rare ones would make any mistake one.


class Spelling:
    """Knows the words of the word list, of our own list and of the tips. Loading it takes a moment."""

    def __init__(self, site: Site) -> None:
        self._checker = SpellChecker(language="nl", distance=1)  # At two letters off, trying takes seconds a word, and says little.
        self._counted = self._checker.word_frequency.dictionary
        self._own = {word.lower() for entry in site.knowledge.glossary for word in _WORD.findall(entry.term)} | set(site.knowledge.spelling)
        self._tips_with = Counter(word for tip in site.tips for word in {word for _, sentence in _texts(tip) for word in _words(sentence)})

    def unknown(self, tip: Tip) -> Iterator[tuple[Location, str, str, str | None]]:
        """Yield each word of a tip that is nowhere else, once: its location, its sentence, the word and the word that may be meant.

        Words with a capital are left alone: most are names.
        """
        seen: set[str] = set()
        for location, sentence in _texts(tip):
            for word in _words(sentence):
                if word not in seen and self._tips_with[word] < 2 and not self._is_known(word):
                    seen.add(word)
                    meant = self._checker.correction(word)
                    yield location, sentence, word, meant if meant != word else None

    def _is_known(self, word: str) -> bool:
        if word in self._counted or word in self._own:
            return True
        if "'" in word or "-" in word:
            return all(len(part) < _SHORTEST or self._is_known(part) for part in re.split("['-]", word))
        return any(self._is_part(word[cut:]) and self._may_begin(word[:cut]) for cut in range(_SHORTEST, len(word) - _SHORTEST + 1))

    def _may_begin(self, start: str) -> bool:
        return any(start.endswith(link) and self._is_part(start.removesuffix(link)) for link in _LINKS)

    def _is_part(self, word: str) -> bool:
        return len(word) >= _SHORTEST and (self._counted.get(word, 0) >= _COMMON or word in self._own)


def _texts(tip: Tip) -> Iterator[tuple[Location, str]]:
    yield ("title",), tip.title
    yield from sentences(tip)


def _words(sentence: str) -> Iterator[str]:
    found = (word.replace("’", "'") for word in _WORD.findall(sentence))
    return (word for word in found if word.islower() and len(word) >= _SHORTEST)
