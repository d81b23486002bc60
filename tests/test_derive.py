"""What follows from the tips: related tips with a reason, neighbours, backlinks, counts; on a tiny repository."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from repository import Repository

from generator import pages
from generator.derive import Site, derive
from generator.load import load

TODAY = date(2026, 11, 21)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def site_of(repository: Repository) -> Site:
    loaded = load(repository.root, TODAY)
    assert loaded.problems == () and loaded.knowledge
    return derive(loaded.knowledge)


def test_related_tips_are_ranked_by_what_they_share_and_say_why(repository: Repository) -> None:
    repository.tip(1, theme="inclusie", barriers={"core": ["inloggen"]}, channels={"core": ["chat"]})
    repository.tip(2, theme="inclusie", barriers={"core": ["inloggen"]}, channels={"core": ["chat"]})
    repository.tip(3, theme="inclusie", barriers={"core": ["stress"]})
    repository.tip(4, theme="kanaalsturing", barriers={"core": ["schaamte"]})
    related = site_of(repository).facts[1].related
    assert [found.tip.number for found in related][:2] == [2, 3]
    assert related[0].reason == "Ook over ‘Inloggen’ en ‘Chat’"
    assert related[1].reason == "Ook over ‘Inclusie’"


def test_an_editors_choice_comes_first(repository: Repository) -> None:
    repository.tip(1, theme="inclusie", related=[3])
    repository.tip(2, theme="inclusie")
    repository.tip(3, theme="kanaalsturing")
    site = site_of(repository)
    assert [found.tip.number for found in site.facts[1].related] == [3, 2]
    assert site.facts[1].related[0].reason == "Gekozen door de redactie"


def test_tips_know_who_points_at_them(repository: Repository) -> None:
    repository.tip(1, theme="inclusie")
    repository.tip(2, theme="kanaalsturing", related=[1])
    repository.tip(3, theme="gebruiksgemak", requires=[1])
    repository.tip(4, theme="goed-proces", advice="Lees eerst [tip een](tip:1).")
    facts = site_of(repository).facts
    related, backlinks = {found.tip.number for found in facts[1].related}, {tip.number for tip in facts[1].backlinks}
    assert related and related | backlinks == {2, 3, 4}
    assert not related & backlinks, "a page names a tip once"
    assert [tip.number for tip in facts[3].requires] == [1]


def test_neighbours_are_of_the_same_theme(repository: Repository) -> None:
    for number, theme in ((1, "inclusie"), (2, "kanaalsturing"), (3, "inclusie"), (9, "inclusie")):
        repository.tip(number, theme=theme)
    facts = site_of(repository).facts
    assert (facts[3].previous.number, facts[3].next.number) == (1, 9)  # type: ignore[union-attr]
    assert facts[1].previous is None and facts[9].next is None and facts[2].next is None


def test_drafts_are_nowhere_on_the_site(repository: Repository) -> None:
    repository.tip(1)
    repository.tip(2, status="concept", title="Nog niet af")
    rendered = pages.render(site_of(repository))
    assert not any("Nog niet af" in page.body for page in rendered)
    assert "tips/2-lees-mee-2/" not in {page.address for page in rendered}


def test_a_term_without_tips_has_no_page(repository: Repository) -> None:
    repository.tip(1, channels={"core": ["chat"]})
    found = {page.address for page in pages.render(site_of(repository))}
    assert "kanalen/chat/" in found and "kanalen/telefoon/" not in found


def test_long_lists_are_split_over_pages_that_hold_every_tip_once(repository: Repository) -> None:
    for number in range(1, 2 * pages.PAGE_SIZE + 2):
        repository.tip(number)
    rendered = {page.address: page for page in pages.render(site_of(repository))}
    parts = [rendered[address] for address in ("tips/", "tips/pagina-2/", "tips/pagina-3/")]
    numbers = [number for number in range(1, 2 * pages.PAGE_SIZE + 2) for part in parts if f"/{number}-lees-mee-{number}/" in part.body]
    assert numbers == list(range(1, 2 * pages.PAGE_SIZE + 2))
    assert "../../tips/pagina-2/" in parts[2].body and "401 tips" in parts[0].body


def test_template_syntax_in_a_tip_is_shown_as_text(repository: Repository) -> None:
    repository.tip(1, title="Schrijf {{ naam }} en {% if %}", advice="Typ {{ config }} en {% raw %} gewoon.")
    page = next(page for page in pages.render(site_of(repository)) if page.address == "tips/1-lees-mee-1/")
    assert "Typ {{ config }} en {% raw %} gewoon." in page.body


def test_plain_text_cannot_become_markup(repository: Repository) -> None:
    repository.tip(1, title="Vraag *niet* & [klik](weg) `x`", summary="Meer & minder, 3 < 4 en \"citaat\".")
    page = next(page for page in pages.render(site_of(repository)) if page.address == "tips/1-lees-mee-1/")
    assert r"# Vraag \*niet\* &amp; \[klik\](weg) \`x\`" in page.body
    assert pages.markdown_text("ongeveer ~ 5") == "ongeveer ~ 5", "Python-Markdown would show an escape of a tilde"
    assert "Meer &amp; minder, 3 &lt; 4 en &#34;citaat&#34;." in page.body


@pytest.mark.parametrize(("text", "shown"), [("2024", "2024"), ("2024-05", "mei 2024"), ("2024-05-31", "31 mei 2024")])
def test_dates_are_dutch(text: str, shown: str) -> None:
    assert pages.partial_date(text) == shown
