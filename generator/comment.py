"""All problems as one comment on a proposal, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from generator.code_host import file_address
from generator.inert import as_code, as_data
from generator.problems import Problem, errors, summary

MARKER = "<!-- tipwijzer: controle -->"  # Whoever posts the comment finds the one of last time by it.
_MOST_CHARACTERS = 60_000  # GitHub takes 65,536 in a comment.


def comment(problems: Iterable[Problem], base: str) -> str:
    """Return a comment in Dutch with all problems by file, or a kind line when there are none.

    ``base`` is as in ``file_address``, or empty for no links.
    The first line is ``MARKER``.
    """
    ordered = sorted(problems)
    if not ordered:
        return f"{MARKER}\nAlles klopt: de controle vond geen fouten. Bedankt voor je voorstel.\n"
    if errors(ordered):
        meaning = "Zolang er fouten zijn, kan je voorstel niet op de site. Begin bovenaan, want één fout kan meer meldingen geven. Zijn ze weg, dan krijg je hier ook hints bij je tekst. Kom je er niet uit? Vraag dan hier om hulp."
    else:
        meaning = "Een waarschuwing houdt je voorstel niet tegen. Kijk wel of je er iets mee kunt."
    text = f"{MARKER}\n### De controle: {summary(ordered)}\n\n{meaning}\n"
    for place, part in enumerate(_parts(ordered, base)):
        if len(text) + len(part) > _MOST_CHARACTERS:
            return f"{text}\nHier passen niet alle meldingen. Er zijn er nog {len(ordered) - place}. Los eerst op wat hierboven staat.\n"
        text += part
    return text


def _parts(ordered: Iterable[Problem], base: str) -> Iterator[str]:
    """Yield each problem as an item of a list, the first of a file below the name of that file."""
    for path, problems in groupby(ordered, attrgetter("path")):
        heading = f"\n#### {as_code(path)}\n\n"
        for problem in problems:
            kind = "waarschuwing" if problem.warning else "fout"
            line = f"[Regel {problem.line}]({file_address(base, path, problem.line)})" if base else f"Regel {problem.line}"
            yield (
                f"{heading}- {line}, {kind} {as_code(problem.code)}: {as_data(problem.message)}\n"
                f"  **Zo los je het op:** {as_data(problem.hint)}\n"
            )
            heading = ""
