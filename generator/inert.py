"""Text of others in Markdown that a code host shows, made inert: no markup, link, mention or picture comes of it.

A backslash or an entity doesn't stop a host from turning ``@name``, ``#12`` or an address into a link, for it looks at the
text that comes out. Only code is left alone. So words with a sign that could mean something are shown as code.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\s‘’“”(),;]+")
# Letters and digits, joined by - or ', with what ends a sentence. Or such signs alone. GH-12 could become a link to issue 12, and 1a2b3c4 to a version.
_MEANS_NOTHING = re.compile(r"(?!(?i:gh)-[0-9]|[0-9a-f]{7,40}\b)[^\W_]+([-'][^\W_]+)*[.:?!…%]*|[-–—….:?!]+")


def as_data(text: str) -> str:
    """Return a text for within a line of Markdown, not for its start, that shows what stands in it and does nothing."""
    return _WORD.sub(lambda word: word[0] if _MEANS_NOTHING.fullmatch(word[0]) else as_code(word[0]), " ".join(text.split()))


def as_code(text: str) -> str:
    """Return a text, which isn't empty, as code in Markdown, with invisible characters as escapes."""
    if not text.isprintable():
        text = text.encode("unicode_escape").decode()
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    space = " " if len(fence) > 1 else ""
    return f"{fence}{space}{text}{space}{fence}"
