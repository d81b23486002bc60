"""A small repository of tips and content for tests: valid until a test breaks it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator.checks import check_all
from generator.load import load

ROOT = Path(__file__).parent.parent
TIPWIJZER = Path(sys.executable).with_name("tipwijzer")
TODAY = date(2026, 11, 21)

PERSON = """\
name: Bo de Vries
role: Adviseur
organisation: gemeente-voorbeeld
"""
ORGANISATION = """\
name: Gemeente Voorbeeld
kind: gemeente
"""
SOURCE = """\
title: Mensen lezen anders dan je denkt
publisher: Gemeente Voorbeeld
year: 2024
url: https://www.voorbeeld.nl/lezen
kind: onderzoek
"""
GLOSSARY = """\
- term: balie
  explanation: De plek waar je een medewerker spreekt.
"""
PAGE = """\
---
title: Over ons
description: Wat dit is en voor wie.
---

# Over ons

Dit is een site met tips.
"""
# A self-check with one question, of which one answer brings tips with ‘stress’ forward.
SELF_CHECK = """\
version: 1
sections:
  - id: een
    title: Een
    questions:
      - id: soort
        title: Wat regelen mensen?
        short: Soort dienst
        kind: een
        why: Dan past het advies.
        where: Kijk op jullie site.
        options:
          - {id: lezen, label: Iets lezen, because: mensen hier lezen, weight: 3, gives: {barriers: [stress]}}
          - {id: anders, label: Iets anders, neutral: true}
"""
# The tip that `Repository.tip` writes when nothing is changed; its number and slug are filled in.
TIP: dict[str, Any] = {
    "title": "Vraag een inwoner om mee te lezen",
    "theme": "gebruiksgemak",
    "summary": "Laat iemand je brief hardop lezen. Dan hoor je waar het stokt.",
    "advice": "Vraag een inwoner om je brief te lezen.\n\nLuister en zeg niets.",
    "steps": ["Kies een brief.", "Kijk mee.", "Pas de brief aan."],
    "not_when": "De brief gaat naar één persoon die je kent.",
    "examples": [{"heading": "De brief werd korter", "text": "Bo haalde elke zin weg die niemand las.", "person": "bo-de-vries", "source": "lezen-2024"}],
    "why_it_works": "Wie schrijft, leest wat hij bedoelde.",
    "research": [{"heading": "Lezers slaan over", "text": "Mensen slaan de helft over.", "source": "lezen-2024"}],
    "questions": ["hoe-test-ik-mijn-dienst"],
    "effort": {"level": "klein", "text": "Een uur voor jou en een collega."},
    "evidence": "praktijk",
    "added": "2025-01-10",
    "reviewed": "2025-06-10",
    "review_by": "2099-01-01",
}


class _Dumper(yaml.CSafeDumper):
    """Writes YAML as an editor would: texts of more lines with ``|``, and no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None))


def as_yaml(data: Any) -> str:
    """Return data as YAML text, fields in the order given."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)


class Repository:
    """A repository in a folder of its own. ``root`` is that folder; paths are relative to it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "tips").mkdir(parents=True)
        shutil.copytree(ROOT / "content" / "vocabularies", root / "content" / "vocabularies")
        questions = root / "content/vocabularies/questions.yml"  # Its tips to begin with are not here.
        questions.write_text(re.sub(r"^  begin: .*\n", "", questions.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")
        for name in ("site.yml", "workshop.yml"):
            shutil.copy(ROOT / "content" / name, root / "content")
        self.write("content/glossary.yml", GLOSSARY)
        self.write("content/pages/over.md", PAGE)
        self.write("content/people/bo-de-vries.yml", PERSON)
        self.write("content/organisations/gemeente-voorbeeld.yml", ORGANISATION)
        self.write("content/sources/lezen-2024.yml", SOURCE)

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file, making its folder, and return it."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def tip(self, number: int = 1, **changes: Any) -> str:
        """Write a valid tip, but for ``changes``, and return its path. A change of None removes the field.

        The title ends in the number, so that tips differ. The file is always named ``001-lees-mee-1.yml``, with its number.
        """
        data = {"number": number, "slug": f"lees-mee-{number}", **TIP, "title": f"{TIP['title']}, {number}", **changes}
        data = {field: value for field, value in data.items() if value is not None}
        path = f"tips/{number:03}-lees-mee-{number}.yml"
        self.write(path, as_yaml(data))
        return path

    def replace(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def can_build(self) -> None:
        """Add what a build needs besides tips and content: the settings, but for the menu, and the theme."""
        config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
        self.write("mkdocs.yml", re.sub(r"^nav:\n(  .*\n)+", "", config, flags=re.MULTILINE))  # Its pages are not all here.
        (self.root / "generator").symlink_to(ROOT / "generator")

    def run(self, command: str, github: bool = False) -> subprocess.CompletedProcess[str]:
        """Run a command of ``tipwijzer`` as an editor does, or as GitHub Actions does; waiting for ever is a failure."""
        environment = {**os.environ, "GITHUB_ACTIONS": "true" if github else ""}
        return subprocess.run([TIPWIJZER, "--map", self.root, command], env=environment, capture_output=True, text=True, check=False, timeout=60)

    def problems(self, today: date = TODAY) -> list[str]:
        """Return every problem as it is printed."""
        return [str(problem) for problem in check_all(load(self.root, today), today)]
