"""The report of an audit, in Dutch: what was checked and how, what was found, and what is left to people."""

from __future__ import annotations

import os
import platform
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from audit.findings import Finding, reason
from audit.html_check import PACKAGE
from axe import VERSION
from generator.pages import dutch_date

# What is checked: the id of a check, its name, and how it is done.
CHECKS = {
    "html": ("Geldige HTML", f"De Nu Html Checker ({PACKAGE.replace('vnu-jar@', 'versie ')}) leest de HTML van elke pagina."),
    "opbouw": ("Opbouw en taal", "Elke pagina heeft een eigen titel, één h1, geen overgeslagen kopniveaus en vaste onderdelen (kop, hoofddeel, voet). Zinnen in een andere taal hebben een taalaanduiding; een woordenlijst herkent Engels."),
    "axe-default": ("axe, lichte kleuren", f"axe-core {VERSION} toetst alle regels voor WCAG 2.0, 2.1 en 2.2, niveau A en AA, en de regels voor goed gebruik. De grootte van knoppen en links (24 pixels) hoort daarbij."),
    "axe-slate": ("axe, donkere kleuren", "axe toetst het contrast nog eens in donkere kleuren."),
    "zoom-400": ("Smal scherm en 400% zoom", "Een venster van 320 pixels breed; dat is hetzelfde als 400% zoom op 1280 pixels. Niets scrolt zijwaarts behalve tabellen, geen tekst valt weg of over andere tekst."),
    "tekst-200": ("Tekst twee keer zo groot", "Alleen de letters worden 200%, in een venster van 1280 pixels. Geen tekst valt weg of over andere tekst."),
    "tekstafstand": ("Meer ruimte in tekst", "Regelafstand 1,5, letters 0,12 em en woorden 0,16 em uit elkaar en 2 em na een alinea, op 320 en 1280 pixels."),
    "vaste-kleuren": ("Vaste kleuren", "Met de vaste kleuren van het apparaat (hoog contrast) verdwijnt geen teken of vlak, en wat gekozen is, blijft te zien."),
    "beweging": ("Minder beweging", "Wie om minder beweging vraagt, ziet niets bewegen of schuiven."),
    "print": ("Print", "Op de breedte van A4 valt geen tekst weg."),
    "toetsenbord": ("Toetsenbord", "Een programma loopt met Tab de hele pagina door: eerst de link naar de inhoud, alles is te bereiken, in de volgorde waarin het op het scherm staat, altijd te zien, nooit bedekt, en zonder ergens vast te lopen."),
    "toestand": ("Toestanden bereiken", "Elke toestand van de zelfcheck, de Kanaalwijzer, de filters, het zoeken, de selectie, de kaarten en de workshop moet te bereiken zijn."),
}  # fmt: skip
# What no program can tell.
PEOPLE = (
    "Is de tekst te begrijpen, en klopt een kop met wat eronder staat?",
    "Vindt iemand met een schermlezer (NVDA, JAWS, VoiceOver, TalkBack) de weg, ook in de zelfcheck en de workshop?",
    "Werkt spraakbediening: heten knoppen zoals iemand ze noemt?",
    "Werkt de site met schermvergroting en in andere browsers dan Chromium?",
    "Klopt de volgorde van lezen en van tabben met de bedoeling? Het programma ziet alleen waar iets staat.",
    "Is kleur nergens het enige wat iets betekent?",
    "Is tekst goed te lezen waar hij over een versiering loopt, zoals de kop van de startpagina? axe kan dat contrast niet meten.",
    "Zijn woorden in een andere taal dan Engels gemarkeerd, en losse Engelse woorden waar dat nodig is?",
    "Zijn de pdf's en sites waar we naar linken toegankelijk? Die maken anderen.",
)
_SHOWN = 20  # Of each kind of finding so many places.


@dataclass(frozen=True)
class Audit:
    """What was audited and what came of it."""

    pages: tuple[str, ...]
    states: tuple[str, ...]
    findings: tuple[Finding, ...]
    browser: str
    skipped: str  # Why the HTML was not checked; empty when it was.
    seconds: float


def in_short(audit: Audit) -> str:
    """Return the outcome as a few lines for a screen."""
    by_kind = _by_kind([finding for finding in audit.findings if reason(finding) is None])
    lines = [f"{len(audit.pages)} pagina's en {len(audit.states)} toestanden in {audit.seconds:.0f} s. {_count(sum(map(len, by_kind.values())))}."]
    for (check, rule), found in by_kind.items():
        lines += [f"{len(found):5} × {check}: {rule}", *(f"          {finding.page}: {finding.where[:180]}" for finding in found[:3])]
    return "\n".join(lines)


def as_html(audit: Audit) -> str:
    """Return the report as HTML to put below a heading of level 2."""
    faults = [finding for finding in audit.findings if reason(finding) is None]
    rows = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{escape(how)}</td><td>{'niet onderzocht' if check == 'html' and audit.skipped else sum(finding.check == check for finding in faults)}</td></tr>\n"
        for check, (name, how) in CHECKS.items()
    )
    allowed: defaultdict[str, int] = defaultdict(int)
    for finding in audit.findings:
        if why := reason(finding):
            allowed[why] += 1
    return "\n".join(
        [
            f"<p>Onderzocht op {dutch_date(date.today())}{_commit()}: {len(audit.pages)} pagina's en {len(audit.states)} toestanden. Dat zijn alle pagina's van de site. {_count(len(faults))}.</p>",
            f"<p>{escape(audit.browser)} op {platform.system()} deed er {max(1, round(audit.seconds / 60))} minuten over, met {os.cpu_count()} processors. Maak dit rapport zelf met <code>make audit</code>.</p>",
            f"<p><strong>{escape(audit.skipped)}</strong></p>" if audit.skipped else "",
            "<h3>Wat is onderzocht</h3>",
            "<table><thead><tr><th scope='col'>Onderdeel</th><th scope='col'>Hoe</th><th scope='col'>Fouten</th></tr></thead><tbody>\n" + rows + "</tbody></table>",
            "<h3>Wat er mis is</h3>",
            *(_kind(check, rule, found) for (check, rule), found in _by_kind(faults).items()),
            "" if faults else "<p>Het programma vond geen fouten.</p>",
            "<h3>Meldingen die geen fout zijn</h3>",
            "<ul>" + "".join(f"<li>{escape(why)} ({number} keer)</li>" for why, number in allowed.items()) + "</ul>" if allowed else "<p>Die zijn er niet.</p>",
            "<h3>Wat mensen nog moeten onderzoeken</h3>",
            "<ul>" + "".join(f"<li>{escape(question)}</li>" for question in PEOPLE) + "</ul>",
            "<h3>Welke toestanden zijn onderzocht</h3>",
            "<ul>" + "".join(f"<li>{escape(name)}</li>" for name in sorted(audit.states)) + "</ul>",
        ]
    )


def _by_kind(findings: list[Finding]) -> dict[tuple[str, str], list[Finding]]:
    kinds: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        kinds[finding.check, finding.rule].append(finding)
    return dict(sorted(kinds.items(), key=lambda kind: -len(kind[1])))


def _kind(check: str, rule: str, found: list[Finding]) -> str:
    places = "".join(f"<li>{escape(finding.page)}: <code>{escape(finding.where)}</code></li>" for finding in found[:_SHOWN])
    more = f"<p>En nog {len(found) - _SHOWN} keer.</p>" if len(found) > _SHOWN else ""
    return f"<h4>{escape(CHECKS[check][0])}: {escape(rule)} ({len(found)} keer)</h4><ul>{places}</ul>{more}"


def _count(number: int) -> str:
    return "Er zijn geen fouten gevonden" if not number else "Er is 1 fout gevonden" if number == 1 else f"Er zijn {number} fouten gevonden"


def _commit() -> str:
    done = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=Path(__file__).parent, capture_output=True, text=True, check=False)
    return f", versie {escape(done.stdout.strip())}" if done.returncode == 0 else ""
