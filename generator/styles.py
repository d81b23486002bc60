"""The part of the style sheet that follows from the vocabularies: theme colours, theme patterns and icons."""

from __future__ import annotations

from urllib.parse import quote

from generator import icons
from generator.load import KnowledgeBase

# Icons that templates use besides those of the vocabularies.
UI_ICONS = (
    "material/account-group-outline",
    "material/arrow-down",
    "material/arrow-left",
    "material/arrow-right",
    "material/arrow-up",
    "material/bookmark",
    "material/bookmark-outline",
    "material/calendar-outline",
    "material/cards-outline",
    "material/clipboard-check-outline",
    "material/clock-outline",
    "material/close",
    "material/comment-question-outline",
    "material/compass-outline",
    "material/content-copy",
    "material/download",
    "material/filter-variant",
    "material/flag-outline",
    "material/link-variant",
    "material/magnify",
    "material/open-in-new",
    "material/pencil-outline",
    "material/printer-outline",
    "material/rss",
    "material/share-variant-outline",
    "material/table-arrow-down",
)
# Scripts know terms, not icons: theirs are named by term too, such as theme-inclusie.
_NAMED_BY_TERM = (("theme", "themes"), ("effort", "effort_levels"), ("evidence", "evidence_levels"))
# Drawn with gradients in the colour of the theme, so that they need no file and print as lines.
_PATTERNS = {
    "stippen": ("radial-gradient(currentColor 1.5px, transparent 1.6px)", "10px 10px"),
    "strepen": ("repeating-linear-gradient(45deg, currentColor 0 1px, transparent 1px 8px)", "auto"),
    "raster": ("linear-gradient(currentColor 1px, transparent 1px), linear-gradient(90deg, currentColor 1px, transparent 1px)", "11px 11px"),
    "ruiten": ("repeating-linear-gradient(45deg, currentColor 0 1px, transparent 1px 11px), repeating-linear-gradient(-45deg, currentColor 0 1px, transparent 1px 11px)", "auto"),
    "golven": ("radial-gradient(circle at 50% 0, transparent 6px, currentColor 6.5px 7.5px, transparent 8px)", "16px 9px"),
    "pijlen": ("repeating-linear-gradient(135deg, currentColor 0 1px, transparent 1px 9px), repeating-linear-gradient(90deg, transparent 0 17px, currentColor 17px 18px)", "auto"),
    "kruisjes": ("radial-gradient(1px 4px, currentColor 98%, transparent), radial-gradient(4px 1px, currentColor 98%, transparent)", "13px 13px"),
    "bogen": ("radial-gradient(circle at 0 100%, transparent 8px, currentColor 8.5px 9.5px, transparent 10px)", "14px 14px"),
    "vlakken": ("conic-gradient(currentColor 25%, transparent 0 50%, currentColor 0 75%, transparent 0)", "12px 12px"),
}


def css_name(icon: str) -> str:
    """Return the name of an icon as it stands in a class: ``material/laptop`` becomes ``laptop``."""
    return icon.rpartition("/")[2]


def vocabulary_css(knowledge: KnowledgeBase) -> str:
    """Return the style sheet for the themes and for every icon in use."""
    themes = knowledge.vocabularies["themes"].values()
    used = {term.icon for terms in knowledge.vocabularies.values() for term in terms.values() if term.icon}
    lines = [f".tw-theme-{theme.id}{{--tw-theme:{theme.colour.light};--tw-pattern:{_PATTERNS[theme.pattern][0]};--tw-pattern-size:{_PATTERNS[theme.pattern][1]}}}" for theme in themes]
    lines += [f'[data-md-color-scheme="slate"] .tw-theme-{theme.id}{{--tw-theme:{theme.colour.dark}}}' for theme in themes]
    lines += [f"@media print{{.tw-theme-{theme.id}.tw-theme-{theme.id}{{--tw-theme:{theme.colour.light}}}}}" for theme in themes]
    lines += [f".tw-face.tw-theme-{theme.id}{{--tw-theme:{theme.colour.light}}}" for theme in themes]  # A card is as it will be on paper.
    aliases = {
        icon: [f".tw-icon--{prefix}-{term.id}" for prefix, name in _NAMED_BY_TERM for term in knowledge.vocabularies[name].values() if term.icon == icon]
        for icon in sorted({*used, *UI_ICONS})
    }
    lines += [f'{",".join([f".tw-icon--{css_name(icon)}", *names])}{{--tw-icon:url("{_data_address(icon)}")}}' for icon, names in aliases.items()]
    return "\n".join(lines) + "\n"


def _data_address(icon: str) -> str:
    return "data:image/svg+xml," + quote(icons.svg(icon).replace('"', "'"), safe=" =:/'")
