"""The accessibility audit sees what is wrong: a page with one of each kind of fault."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from audit.__main__ import same_titles
from audit.html_check import invalid_html
from audit.page_checks import WIDE, check_page
from audit.place import PAGE, put_in_place
from audit.report import CHECKS, Audit, as_html
from audit.workers import audit
from conftest import serving
from playwright.sync_api import Page

STYLE = """
a:focus { outline: none }
.smal { width: 90px; overflow: hidden; white-space: nowrap }
.breed { width: 700px; text-align: right }
.teken { display: inline-block; width: 20px; height: 20px; background: #000; mask: linear-gradient(#000, #000) }
.beweegt { animation: schuif 3s infinite }
.over { position: absolute; margin-top: -35px }
.om { display: flex; flex-direction: row-reverse }
.keuze [aria-pressed=true] { background: yellow }
@media print { .smal { width: 20px } }
@keyframes schuif { to { transform: translateX(9px) } }
"""
BROKEN = f"""<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Kapot</title><style>{STYLE}</style></head><body>
<header><a href="#a">Eerst</a></header>
<main><h1>Kapot</h1><h3>Te diep</h3>
<p>This is the guide for your service.</p>
<p class="smal">Wat hier staat past niet</p><p class="breed">Een alinea die te breed is</p>
<p>Tekst onder tekst</p><p class="over">Tekst over tekst</p>
<p><span class="teken"></span> <span class="beweegt">Beweegt</span> <img src="x.png"></p>
<p style="color: #ccc">Bijna niet te lezen</p>
<p class="om"><a href="#b">Rechts</a> <a href="#c">Links</a></p>
<p class="keuze"><button aria-pressed="true">Gekozen</button> <button aria-pressed="false">Niet gekozen</button></p>
<p><a href="#d" tabindex="3">Vooraan</a></p>
</main><footer>Voet</footer></body></html>"""


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "nog-een").mkdir()
    (tmp_path / "nog-een/index.html").write_text(BROKEN, encoding="utf-8")
    return tmp_path


def test_every_kind_of_fault_is_found(broken: Path, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport=WIDE, reduced_motion="reduce", bypass_csp=True)
    with serving(broken) as address:
        page.goto(address)
        found = {(finding.check, finding.rule) for finding in check_page(page, "/")}
    assert found >= {
        ("opbouw", "kopniveau-overgeslagen"), ("opbouw", "taal-van-een-deel"), ("axe-default", "image-alt"), ("axe-default", "color-contrast"),
        ("zoom-400", "zijwaarts-scrollen"), ("zoom-400", "tekst-buiten-beeld"), ("zoom-400", "tekst-over-tekst"), ("tekst-200", "tekst-afgesneden"), ("tekstafstand", "tekst-afgesneden"),
        ("print", "tekst-afgesneden"), ("vaste-kleuren", "verdwijnt-in-vaste-kleuren"), ("vaste-kleuren", "keuze-niet-te-zien-in-vaste-kleuren"), ("beweging", "beweegt-toch"),
        ("toetsenbord", "tabvolgorde"), ("toetsenbord", "focus-niet-te-zien"), ("toetsenbord", "tabindex"),
    }  # fmt: skip
    assert {check for check, _ in found} <= CHECKS.keys()


def test_a_skip_link_may_point_at_any_id_in_the_main_part(tmp_path: Path, new_page: Callable[..., Page]) -> None:
    page = new_page(viewport=WIDE, bypass_csp=True)
    rules = []
    for target in ("4-op-10", "é#1", "nergens"):
        link = f'<header><a href="#{quote(target)}">Naar de inhoud</a></header>'
        (tmp_path / "index.html").write_text(f'<!doctype html><html lang="nl"><meta charset="utf-8"><title>Kop</title>{link}<main><h1 id="4-op-10">Kop</h1><p id="é#1">Tekst</p></main>', encoding="utf-8")
        with serving(tmp_path) as address:
            page.goto(address)
            rules.append("skiplink" in {finding.rule for finding in check_page(page, "/")})
    assert rules == [False, False, True]


def test_a_page_that_stops_the_audit_is_named(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>Kapot</title><script>Object.defineProperty(window, 'tipwijzerAudit', { value: {} })</script>", encoding="utf-8")
    with serving(tmp_path) as address:
        [done] = audit(address, [""], states=False)
    assert [(finding.rule, finding.page) for finding in done.findings] == [("niet-onderzocht", "/")]


def test_pages_with_one_title_are_named(broken: Path) -> None:
    assert {finding.page for finding in same_titles(broken)} == {"/", "/nog-een/"}


def test_without_java_the_report_says_so(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    reason = invalid_html(broken, [""])
    assert isinstance(reason, str) and "Java" in reason
    assert reason in as_html(Audit(("/",), (), (), "Chromium 1", reason, 1.0))


def test_the_report_takes_the_place_of_the_words_that_wait_for_it(site: Path, tmp_path: Path) -> None:
    (tmp_path / PAGE).parent.mkdir(parents=True)
    shutil.copy(site / PAGE, tmp_path / PAGE)
    report = tmp_path / "rapport.html"
    report.write_text("<p>Alles \\1 goed</p>", encoding="utf-8")
    for _ in range(2):
        put_in_place(report, tmp_path)
    text = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert text.count("<p>Alles \\1 goed</p>") == 1 and "nog geen rapport" not in text and "Deel deze pagina" in text
