"""Tips as cards to print: what stands on the front and the back of each, in which size of type, and its QR code."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape
from itertools import groupby

import markdown
import segno
from markupsafe import Markup

from generator import addresses, icons
from generator.derive import Site
from generator.models import Term, Theme, Tip

# Measures of a card in millimetres, as in theme/assets/cards/page.css.
_WIDTH, _HEIGHT = 81.0, 120.0  # Within the white edge that lets a cut go a little astray.
_STEP_WIDTH = 75.5
_CODE = 22.0  # The side of the QR code; the text beside it is as high or higher.
_BESIDE_CODE = 56.0
_POINT = 25.4 / 72
# How wide a letter is, as a part of its size. Visitors have different fonts: these are wide ones.
_SANS, _SERIF = 0.54, 0.62
_FRONT_SIZES = (14.0, 13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.0)
_BACK_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
_MOST_WHY = 150
_QUIET = 4  # The white edge of a QR code, in modules, that the standard asks for.
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z‘“\"'])")
_NO_PARAGRAPH = re.compile(r"[#>|`~*+\-]|\d+[.)]|\s")
_MARKS = re.compile(r"[\\`*_\[\]&<>]")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class QrCode:
    """A QR code as an SVG path of strokes one high, around whole numbers, and the side of its square, white edge included."""

    side: int
    path: str


@dataclass(frozen=True)
class Card:
    """A tip as a card. Texts are plain; sizes are in points. ``steps_left`` counts the steps that did not fit."""

    tip: Tip
    theme: Theme
    effort: Term
    steps: tuple[str, ...]
    steps_left: int
    why: str
    address: str
    code: QrCode
    front_size: float
    back_size: float


def deck(site: Site, base: str) -> list[Card]:
    """Return a card for every tip of the site, by number. ``base`` is the address of the site, ending in a slash."""
    return [_card(site, tip, base + addresses.of_tip(tip)) for tip in site.tips]


def drawing(icon: str) -> Markup:
    """Return an icon as SVG that prints sharp, also when the browser leaves out backgrounds. Raises OSError when there is none."""
    return Markup(icons.svg(icon).replace("<svg ", '<svg class="tw-face__drawing" aria-hidden="true" ', 1))


def themes(cards: Iterable[Card]) -> list[tuple[Theme, int]]:
    """Return the themes that have cards, in order of their name, each with how many."""
    ordered = sorted((card.theme for card in cards), key=lambda theme: theme.label)
    return [(theme, len(list(group))) for theme, group in groupby(ordered)]


def shown_address(address: str) -> str:
    """Return an address as people type it, without its scheme."""
    return re.sub(r"^https?://", "", address)


@cache
def qr_code(text: str) -> QrCode:
    """Return the QR code that holds ``text``.

    The mask is fixed: a reader takes any, and trying all eight for the neatest takes five times as long.
    """
    rows = segno.make(text, error="m", micro=False, mask=0).matrix
    strokes = []
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                strokes.append(f"M{x + _QUIET} {y + _QUIET}h{length}")
            x += length
    return QrCode(len(rows) + 2 * _QUIET, "".join(strokes))


def _card(site: Site, tip: Tip, address: str) -> Card:
    theme = site.term("themes", tip.theme)
    assert isinstance(theme, Theme)
    effort = site.term("effort_levels", tip.effort.level)
    every, why = tuple(map(_plain, tip.steps)), _first_sentences(tip.why_it_works)
    kept = next(
        number for number in range(len(every), -1, -1)
        if number == 0 or _back_height(tip, every[:number], number < len(every), why, address)(_BACK_SIZES[-1]) <= _HEIGHT
    )  # fmt: skip
    steps = every[:kept]
    return Card(
        tip, theme, effort, steps, len(every) - kept, why, address, qr_code(address),
        _largest(_FRONT_SIZES, _front_height(tip)), _largest(_BACK_SIZES, _back_height(tip, steps, kept < len(every), why, address)),
    )  # fmt: skip


def _largest(sizes: tuple[float, ...], height: Callable[[float], float]) -> float:
    """Return the largest size that fits the card, or the smallest."""
    return next((size for size in sizes if height(size) <= _HEIGHT), sizes[-1])


def _front_height(tip: Tip) -> Callable[[float], float]:
    def height(size: float) -> float:
        title = _block(f"{tip.number} {tip.title}", _WIDTH, 1.5 * size, 1.15, _SERIF)
        return 26 + 3 + 6 + title + 2 + _block(tip.summary, _WIDTH, size, 1.4) + 3 + 20

    return height


def _back_height(tip: Tip, steps: tuple[str, ...], shortened: bool, why: str, address: str) -> Callable[[float], float]:
    def height(size: float) -> float:
        line = size * 1.3 * _POINT
        head = _block(f"{tip.number} {tip.title}", _WIDTH, 10.5, 1.2, _SERIF) + 4
        body = line + 1 + sum(_block(step, _STEP_WIDTH, size, 1.3) + 0.3 * size * _POINT for step in steps) + (line if shortened else 0)
        beside = line + 1 + _block(why, _BESIDE_CODE, size, 1.3) + 2 + _block(f"Lees de hele tip: {shown_address(address)}", _BESIDE_CODE, 7, 1.3)
        return head + body + 3 + max(_CODE, beside)

    return height


# Asked for the same text in the same size again and again, while a card looks for the size that fits.
@lru_cache(maxsize=1024)
def _block(text: str, width: float, size: float, line_height: float, letter: float = _SANS) -> float:
    """Return about how high a text stands, in millimetres, when it is set in lines of ``width`` millimetres."""
    lines = textwrap.wrap(text, math.floor(width / (size * _POINT * letter)))
    return len(lines) * size * line_height * _POINT


def _first_sentences(text: str) -> str:
    """Return the beginning of the first paragraph as plain text: as many sentences as are short together, at least one."""
    paragraph = next((block for block in text.split("\n\n") if not _NO_PARAGRAPH.match(block)), "")
    first, *rest = _SENTENCE_END.split(_plain(paragraph))
    for sentence in rest:
        if len(first) + 1 + len(sentence) > _MOST_WHY:
            break
        first = f"{first} {sentence}"
    return textwrap.shorten(first, 2 * _MOST_WHY, placeholder=" …")


def _plain(text: str) -> str:
    """Return an editor's Markdown as plain text on one line."""
    shown = unescape(_TAG.sub("", _converter().reset().convert(text))) if _MARKS.search(text) else text
    return " ".join(shown.split())


@cache
def _converter() -> markdown.Markdown:
    return markdown.Markdown()
