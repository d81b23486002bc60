"""Material's style sheet without what the site never shows.

Material styles every feature that it has. Tabs, admonitions, annotations, highlighted code and the like make up a third of
its main style sheet: bytes for each first visit, and selectors that a browser tries on each element of a page. A test
sees to it that no page uses a class that is left out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import tinycss2

# Beginnings of the classes of features that neither our pages nor Material's script, as we use it, ever show.
UNUSED = (
    "admonition", "annotate", "arithmatex", "critic", "doc-", "footnote", "giscus", "grid", "highlight", "keys", "linenodiv", "linenos", "md-annotation", "md-author",
    "md-banner", "md-clipboard", "md-code__", "md-consent", "md-draft", "md-feedback", "md-footer", "md-meta", "md-pagination", "md-path", "md-pin", "md-post",
    "md-profile", "md-progress", "md-select", "md-social", "md-source", "md-status", "md-tabs", "md-top", "md-version", "mermaid", "tabbed", "task-list",
    # Types of admonition.
    "abstract", "bug", "danger", "example", "failure", "info", "note", "question", "quote", "success", "tip", "warning",
)  # fmt: skip
_UNUSED_CLASS = re.compile("|".join(UNUSED))
# Variables that only those features read.
_UNUSED_VARIABLE = re.compile(r"--md-(?:admonition|annotation|clipboard|code-copy|code-select|footnotes|mermaid|path|post|source|status|tabbed|tasklist|version)")
_GROUPS = {"media", "supports"}


@cache  # A preview asks again after each edit.
def trimmed(css: str) -> str:
    """Return a style sheet without rules for classes that the site never uses, and without right-to-left text."""
    return "".join(_kept(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def is_unused(name: str) -> bool:
    """Tell whether a class belongs to a feature that is left out."""
    return bool(_UNUSED_CLASS.match(name))


def _kept(rules: Iterable[Any]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [tinycss2.serialize(selector) for selector in _parted(rule.prelude) if not _never_matches(selector)]
            declarations = [part.serialize() for part in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True) if not _UNUSED_VARIABLE.match(part.name)]
            if selectors and declarations:
                yield f"{','.join(selectors)}{{{';'.join(declarations)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in _GROUPS:
            if inside := "".join(_kept(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}"
        else:
            yield rule.serialize()


def _parted(tokens: Iterable[Any]) -> list[list[Any]]:
    """Split the tokens of a selector list at its commas."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _never_matches(selector: list[Any]) -> bool:
    unused = any(dot == "." and name.type == "ident" and is_unused(name.value) for dot, name in pairwise(selector))
    return unused or any(token.type == "[] block" and tinycss2.serialize(token.content) == "dir=rtl" for token in selector)
