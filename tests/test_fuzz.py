"""A slice of what `make fuzz` throws at all that reads from outside, and whether it would notice a reader that breaks."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from fuzz import FILES, OTHER_SHARES, PythonReaders, Wrong, bent, fuzz_browser, fuzz_python, fuzz_visits, smaller, stand_on, told, why_wrong
from playwright.sync_api import Page

SEED = 1


def test_what_python_reads() -> None:
    counts, failures = fuzz_python(150, SEED)
    assert not failures, told(failures, SEED)
    assert counts.keys() == {*FILES, *OTHER_SHARES} and sum(counts.values()) > 100


def test_what_the_browser_reads(address: str, new_page: Callable[..., Page]) -> None:
    page = new_page()
    stand_on(page, address)
    _, failures = fuzz_browser(page, 800, SEED)
    _, others = fuzz_visits(page, 1, SEED)
    assert not failures + others, told(failures + others, SEED)


def test_an_input_can_be_made_again_whatever_came_before_it() -> None:
    text = "a: {b: [een, [twee]], c: {d: 1}}\ne: [[], {}]\n"
    first = [bent(random.Random(number), text) for number in range(400)]
    assert [bent(random.Random(number), text) for number in range(400)] == first


def test_a_reader_that_breaks_is_noticed_and_its_input_made_smaller(tmp_path: Path) -> None:
    class Broken(PythonReaders):
        def read(self, kind: str, given: bytes) -> None:
            if b"breek" in given:
                raise Wrong("is broken")

    readers = Broken(tmp_path, SEED)
    given = b"een\ntwee breek drie\nvier\n"
    assert why_wrong(readers, "tip", given) == "is broken" and why_wrong(readers, "tip", b"heel") == ""
    assert smaller(readers, "tip", given, "is broken") == "breek"
