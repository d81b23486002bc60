"""A problem in what an editor wrote, and how problems are shown."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from dataclasses import dataclass

_MOST_SHOWN = 60  # Characters of an editor's text that a message repeats.


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one place.

    ``path`` is relative to the repository, ``line`` counts from 1. ``message`` says what is wrong and ``hint`` how to
    mend it, both in Dutch. A ``warning`` doesn't stop a build.
    """

    path: str
    line: int
    code: str
    message: str
    hint: str
    warning: bool = False

    def __str__(self) -> str:
        return _visible(f"{self.path}:{self.line}: [{self.code}] {self.message} – {self.hint}")


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that stop a build."""
    return [problem for problem in problems if not problem.warning]


def summary(problems: Iterable[Problem]) -> str:
    """Return the closing line: how many errors and warnings there are."""
    problems = list(problems)
    wrong = len(errors(problems))
    return f"{_count(wrong, 'fout', 'fouten')}, {_count(len(problems) - wrong, 'waarschuwing', 'waarschuwingen')}"


def report(problems: Iterable[Problem]) -> str:
    """Return all problems, one a line and sorted, with a closing line that counts them."""
    ordered = sorted(problems)
    lines = [f"{problem}" + (" (waarschuwing)" if problem.warning else "") for problem in ordered]
    return "\n".join([*lines, summary(ordered)])


def github_annotations(problems: Iterable[Problem]) -> str:
    """Return the problems as workflow commands, so that GitHub shows them beside the line."""
    return "\n".join(
        f"::{'warning' if problem.warning else 'error'} file={_escape(problem.path, property=True)},line={problem.line},"
        f"title={_escape(problem.code, property=True)}::{_escape(f'{problem.message} – {problem.hint}')}"
        for problem in sorted(problems)
    )


def on_github() -> bool:
    """Tell whether this runs in GitHub Actions."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def shown(value: object) -> str:
    """Return a value that an editor wrote in the words of YAML, cut off when it is long."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def in_words(location: Iterable[str | int]) -> str:
    """Return a place in a file in Dutch: ``‘examples’, nummer 2, ‘person’``, or ``het bestand`` for the whole."""
    parts = [f"nummer {part + 1}" if isinstance(part, int) else f"‘{shown(part)}’" for part in location]
    return ", ".join(parts) or "het bestand"


def nearest(value: str, known: Iterable[str]) -> str:
    """Return a hint that names the known terms most like ``value``, or else what there is to choose from."""
    known = sorted(known)
    close = difflib.get_close_matches(value[:_MOST_SHOWN], known, n=2, cutoff=0.6)
    if close:
        return "bedoel je " + " of ".join(f"‘{term}’" for term in close) + "?"
    if not known:
        return "er is nog niets om uit te kiezen"
    if len(known) <= 20:
        return "kies uit: " + ", ".join(known)
    return f"kies uit de {len(known)} die er zijn, zoals {', '.join(known[:5])}"


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _visible(text: str) -> str:
    """Return a text with line breaks and invisible characters as codes: what an editor wrote must not forge our output."""
    return text if text.isprintable() else "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _escape(text: str, property: bool = False) -> str:
    text = _visible(text).replace("%", "%25")
    if property:
        text = text.replace(":", "%3A").replace(",", "%2C")
    return text
