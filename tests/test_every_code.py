"""Every code that the generator can give stands in an expectation of a test, and what it says is Dutch."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from repository import ROOT

# Where a problem or finding is made; the code is the first text that is given, and message and hint follow.
MAKERS = frozenset(("Problem", "Finding", "report", "stop", "_at", "_problem", "_in_tip"))
CODE = re.compile(r"[a-z]+[a-z0-9]*(-[a-z0-9]+)*")
# Words of English that are no Dutch; names of fields and of things in YAML, HTML and Git may be English.
ENGLISH = re.compile(r"\b(the|and|not|must|should|invalid|expected|unknown|missing|field|value|error|file|line|with|this|does|isn't|can't)\b", re.IGNORECASE)


def words(node: ast.expr) -> Iterator[str]:
    """Yield the texts that are written out in an argument: not those with which it looks something up."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr | ast.IfExp | ast.FormattedValue | ast.BinOp):
        for child in ast.iter_child_nodes(node):
            yield from words(child)  # type: ignore[arg-type]


def messages_in(source: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the code and the other texts of each problem that a module makes."""
    for node in ast.walk(ast.parse(source)):
        parts: list[ast.expr] = []
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MAKERS:
            parts = node.args
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 3:
            parts = node.value.elts
        for place, part in enumerate(parts):
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and CODE.fullmatch(part.value):
                yield part.value, [text for other in parts[place + 1 :] for text in words(other)]
                break


def all_messages() -> list[tuple[str, list[str]]]:
    """Return the code and texts of every problem that the generator makes."""
    return [found for file in sorted((ROOT / "generator").glob("*.py")) for found in messages_in(file.read_text(encoding="utf-8"))]


def expected_codes() -> set[str]:
    """Return every code that stands in a test as it is printed: ``[code] what is wrong``."""
    found: set[str] = set()
    for file in Path(__file__).parent.glob("test_*.py"):
        if file.name != Path(__file__).name:
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found |= {*re.findall(r"(?:^|: )\[([a-z0-9-]+)(?:\] |$)", node.value)}
    return found


CODES = sorted({code for code, _ in all_messages()})
EXPECTED = expected_codes()


def test_codes_are_found_however_they_are_made() -> None:
    assert {"yaml", "leeg", "html", "onbekende-term", "niet-gebruikt", "adres-weg", "kopgegevens", "te-diep", "niet-te-lezen"} <= set(CODES)
    source = 'def f():\n    self.report(path, 1, "nieuw-een", f"a {b}", "c")\n    return "nieuw-twee", "d", "e"\n    yield Finding(0, "nieuw-drie", "f", "g")\n'
    assert dict(messages_in(source)) == {"nieuw-een": ["a ", "c"], "nieuw-twee": ["d", "e"], "nieuw-drie": ["f", "g"]}


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_expected_by_a_test(code: str) -> None:
    assert code in EXPECTED, f"no test expects the code {code!r}: add one, with the whole line that an editor sees"


def test_messages_are_dutch() -> None:
    english = [(code, text) for code, parts in all_messages() for text in parts if ENGLISH.search(text)]
    assert english == []
