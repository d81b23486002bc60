"""Puts the report on its page of a built site. Usage: python tests/audit/place.py REPORT SITE"""

from __future__ import annotations

import re
import sys
from pathlib import Path

PAGE = "toegankelijkheid-rapport/index.html"
_PART = re.compile(r'(<h2 id="het-rapport">.*?</h2>).*?(?=<div class="tw-actions">|<p class="tw-printed">|</article>)', re.DOTALL)


def put_in_place(report: Path, site: Path) -> None:
    """Put a report, a piece of HTML, below its heading on the page that waits for it.

    Raises ``ValueError`` when the page has no such heading.
    """
    page = site / PAGE
    text, places = _PART.subn(lambda found: f"{found[1]}\n{report.read_text(encoding='utf-8')}", page.read_text(encoding="utf-8"))
    if not places:
        raise ValueError(f"{page} has no place for a report")
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    put_in_place(Path(sys.argv[1]), Path(sys.argv[2]))
