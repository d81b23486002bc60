"""Lets HTML that needs no Markdown pass through Markdown untouched.

Templates put ``<!--html-->`` and ``<!--/html-->``, each on a line of its own, around HTML in which nothing is Markdown. Python-Markdown
would read every tag of it, which took more than half of a build. Any other builder may read it all the same, and makes the same page.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

_WHOLE = re.compile(r"^<!--html-->\n(.*?)\n<!--/html-->$", re.DOTALL | re.MULTILINE)
_MARKS = re.compile(r"^<!--/?html-->\n", re.MULTILINE)
_BEFORE_HTML_IS_READ = 25  # After line ends are made equal (30), before HTML is looked for (20).


class WholeHtml(Extension):
    """Takes marked HTML aside before Markdown reads the page, and puts it back when it is done."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        md.preprocessors.register(_TakeAside(md), "tipwijzer_html", _BEFORE_HTML_IS_READ)


class _TakeAside(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        text = _WHOLE.sub(lambda found: f"\n{self.md.htmlStash.store(found[1])}\n", "\n".join(lines))
        return text.split("\n")


def without_marks(markdown: str) -> str:
    """Return Markdown without the marks around HTML."""
    return _MARKS.sub("", markdown)
