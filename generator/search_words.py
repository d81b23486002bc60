"""Dutch words as the search sees them: folded, stemmed, and compounds taken apart."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

import snowballstemmer

# Words that say nothing about a subject. The browser reads this list from the index.
STOP_WORDS = frozenset(
    """
    aan af al alle alleen allemaal als altijd ander andere anders ben bent bij binnen bijv daar daarna dan dat de deze die dit doe doen doet door
    dus echt een eens eerst eigen elk elke en er eruit ervan erbij gaan gaat gebruik geen ging gaf had hadden haar heb hebben hebt heeft heel hem hen
    het hier hij hoe hun iedereen iemand iets ik in is ja je jij jou jouw jullie kan krijg krijgt kun kunnen kunt maar maak maken me meer mee men met
    mij mijn misschien moet moeten mag mogen na naar niet niets nog nooit nou nu of om omdat ons onze ook op over per soms staan staat te tegen ten ter
    terwijl tip tips toch toe toen tot tussen u uit uw van vaak vanaf veel via vind voor vooral waar waarom waarin wat we weer wel welk welke wie wij wil
    willen word worden wordt worden zal ze zeer zelf zich zij zijn zo zodat zoals zonder zou zouden
    """.split()
)
# What stands before a word without making it a compound: a verb with 'over' is not about the verb.
_PARTICLES = STOP_WORDS | {"ver", "ont", "her", "weg", "terug", "samen", "onder", "ge", "be", "on"}
_ENDINGS = {"lijke", "elijk", "elijke", "heden", "ingen"}
_LINKS = ("", "s", "en", "e", "n")
_SHORTEST_PART, _SHORTEST_ALONE, _SHORTEST_NOUN = 4, 5, 6
_ACCENTS = re.compile("[\u0300-\u036f]")
_APOSTROPHE_S = re.compile(r"['’‘]s\b")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_STEMMER = snowballstemmer.stemmer("dutch")


def folded(text: str) -> str:
    """Return a text in small letters, without accents."""
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.lower()))


def words(text: str) -> list[str]:
    """Return the words of a text, folded. A word with a hyphen gives its parts and, as in 'e-mail' and 'email', the whole."""
    found = []
    for word in _WORD.findall(_APOSTROPHE_S.sub("", folded(text))):
        parts = word.split("-")
        found += [part for part in parts if len(part) > 1 or part.isdigit()]
        if len(parts) > 1:
            found.append("".join(parts))
    return found


def _rest(form: str, known: frozenset[str]) -> list[str]:
    """Return what a compound has after the longest word that it begins with: kanaalsturing gives sturing, though nobody wrote it alone."""
    cuts = range(len(form) - _SHORTEST_ALONE, _SHORTEST_ALONE - 1, -1)
    rest = next((form[cut:] for cut in cuts if form[:cut] in known), "")
    return [word for word in {rest.removeprefix(link) for link in _LINKS} if len(word) >= _SHORTEST_ALONE and word not in _ENDINGS]


class Lexicon:
    """All words of the site, each with its root: the key that every form of a word shares."""

    def __init__(self, forms: Iterable[str]) -> None:
        known = frozenset(forms)
        self.forms = known.union(*(_rest(form, known) for form in known))
        self._stems = {form: _STEMMER.stemWord(form) for form in self.forms}
        self.roots = {form: self._root(form) for form in self.forms}
        self._family: dict[str, set[str]] = defaultdict(set)
        for form, root in self.roots.items():
            self._family[self._stems[form]].add(root)

    def _root(self, form: str) -> str:
        """Return the stem, mended with what other words of the site tell."""
        noun = form.removesuffix("en")
        if noun.endswith("ing") and len(noun) >= _SHORTEST_NOUN:  # The stemmer takes sturing (steering) for sturen (sending).
            return noun
        stem = self._stems[form]
        for ending in ("elijk", "lijk"):  # persoonlijk → persoon, menselijk → mens
            base = stem.removesuffix(ending)
            if base != stem and len(base) >= _SHORTEST_PART and base in self.forms:
                return self._stems[base]
        if stem not in self.forms:  # The stemmer takes a d or t too much: schulden → schul, but schuld → schuld.
            for last in "dt":
                if stem + last in self.forms:
                    return self._stems[stem + last]
        return stem

    def related(self, form: str) -> list[str]:
        """Return the other roots by which a word is found, sorted: words of the same stem, and what a compound begins or ends with."""
        found = set(self._family[self._stems[form]])
        for cut in range(3, len(form) - 2):
            left, right = self._known_left(form[:cut]), form[cut:]
            if form[:cut] in _PARTICLES or right in STOP_WORDS:
                continue
            known_right = right in self.forms and len(right) >= _SHORTEST_PART
            if left and (known_right or len(left) >= _SHORTEST_ALONE):
                found.add(self.roots[left])
            if known_right and (left or len(right) >= _SHORTEST_ALONE):
                found.add(self.roots[right])
        return sorted(found - {self.roots[form]})

    def _known_left(self, start: str) -> str | None:
        bases = (start.removesuffix(link) for link in _LINKS if start.endswith(link))
        return next((base for base in bases if base in self.forms and len(base) >= 3 and base not in _PARTICLES), None)
