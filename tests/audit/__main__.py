"""Audit every page and every state of a built site for accessibility, and put a report in Dutch in the site.

Usage: python -m audit SITE [PATTERN]    from the folder ``tests``; PATTERN such as ``tips/12*`` leaves out all other pages and all states.
Exits with 1 when something is wrong.
"""

from __future__ import annotations

import fnmatch
import html
import re
import sys
import time
from collections import defaultdict
from pathlib import Path

from audit.findings import Finding, reason
from audit.html_check import invalid_html
from audit.place import put_in_place
from audit.report import Audit, as_html, in_short
from audit.workers import audit, pages_of
from conftest import ROOT, serving

REPORT = ROOT / ".audit/rapport.html"
STEP = 25


def main(site: Path, pattern: str = "") -> int:
    """Audit a site; return how many findings are faults."""
    began = time.monotonic()
    pages = [path for path in pages_of(site) if not pattern or fnmatch.fnmatch(path, pattern)]
    invalid = invalid_html(site, pages)
    print(invalid if isinstance(invalid, str) else f"Geldige HTML: {len(invalid)} meldingen", flush=True)
    found = [*([] if isinstance(invalid, str) else invalid), *same_titles(site)]
    names: list[str] = []
    browser = ""
    with serving(site) as address:
        for number, done in enumerate(audit(address, pages, states=not pattern), 1):
            names += done.names
            found += done.findings
            browser = done.browser
            for finding in done.findings:
                if reason(finding) is None:
                    print(f"{finding.page}: {finding.rule}: {finding.where}", flush=True)
            if number % STEP == 0:
                print(f"{number} van {len(pages)} pagina's en reeksen, {_faults(found)} fouten, {time.monotonic() - began:.0f} s", flush=True)
    result = Audit(tuple(name for name in names if name.startswith("/")), tuple(name for name in names if not name.startswith("/")), tuple(found), browser,
                   invalid if isinstance(invalid, str) else "", time.monotonic() - began)  # fmt: skip
    print(in_short(result))
    if not pattern:
        REPORT.parent.mkdir(exist_ok=True)
        REPORT.write_text(as_html(result), encoding="utf-8")
        put_in_place(REPORT, site)
        print(f"Het rapport staat in {REPORT.relative_to(ROOT)} en op de site bij /toegankelijkheid-rapport/.")
    return _faults(found)


def _faults(found: list[Finding]) -> int:
    return sum(reason(finding) is None for finding in found)


def same_titles(site: Path) -> list[Finding]:
    """Return a finding for every page that has the title of another."""
    by_title: defaultdict[str, list[str]] = defaultdict(list)
    for path in pages_of(site):
        text = (site / path / "index.html" if path.endswith("/") or not path else site / path).read_text(encoding="utf-8")
        by_title[html.unescape("".join(re.findall(r"<title>(.*?)</title>", text, re.DOTALL)[:1])).strip()].append(path)
    return [Finding("opbouw", "paginatitel-dubbel", f"/{path}", title) for title, paths in by_title.items() if len(paths) > 1 for path in paths]


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1]).resolve(), *sys.argv[2:3]) else 0)
