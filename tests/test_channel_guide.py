"""The Kanaalwijzer's function: equal in Python and JavaScript, sound for any situation, and right for cases of an expert."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
import yaml
from conftest import ROOT
from playwright.sync_api import Browser, Page

from generator.channel_guide import CLOSE, advise, compile_guide, situation_of
from generator.derive import derive
from generator.load import load

CASES = yaml.safe_load((ROOT / "tests/data/channel-cases.yml").read_text(encoding="utf-8"))
SAMPLE = 400
GIVEN = {"task", "sensitive", "group", "fixed", "offered", "own", "needs"}
EXPECTED = {"name", "why", "main", "support", "fallback", "never_main", "to_add", "fills"}
TASKS, OFTEN = ("weten", "doen", "overleggen"), ("nooit", "soms", "vaak")


@cache
def data() -> dict[str, Any]:
    knowledge = load(ROOT, date.today()).knowledge
    assert knowledge and knowledge.channel_guide
    return json.loads(json.dumps(compile_guide(derive(knowledge))))  # type: ignore[no-any-return]


def channel(identifier: str) -> dict[str, Any]:
    return next(channel for channel in data()["channels"] if channel["id"] == identifier)


def factors() -> list[str]:
    return [factor["id"] for factor in data()["factors"]]


def situation(**changes: Any) -> dict[str, Any]:
    """Return an ordinary situation, but for ``changes``; needs that are left out are ordinary."""
    made = {"task": "doen", "sensitive": "nooit", "group": None, "fixed": None, "offered": [], "own": {}, **changes}
    return {**made, "needs": {factor: made.get("needs", {}).get(factor, 1) for factor in factors()}}


def random_situation(chance: random.Random) -> dict[str, Any]:
    channels = [channel["id"] for channel in data()["channels"]]
    own = {id_: {factor: chance.randint(0, 3) for factor in chance.sample(factors(), chance.randint(1, 3))} for id_ in chance.sample(channels, chance.randint(0, 2))}
    return situation(
        task=chance.choice(TASKS),
        sensitive=chance.choice(OFTEN),
        group=chance.choice([None, *(group["id"] for group in data()["groups"]), "bestaat-niet"]),
        fixed=chance.choice([None, None, None, *channels]),
        offered=chance.sample(channels, chance.choice([0, 1, 3, 6])),
        own=own,
        needs={factor: chance.randint(1, 3) for factor in factors()},
    )


@pytest.fixture(scope="module")
def twin(browser: Browser, address: str) -> Iterator[Page]:
    """A page that has the JavaScript twin at hand."""
    page = browser.new_page()
    page.goto(address + "404.html")
    page.evaluate("async (data) => { const { advise } = await import('/assets/guide/advise.js'); Object.assign(window, { advise, data }); }", data())
    yield page
    page.close()


def test_python_and_javascript_agree(twin: Page) -> None:
    chance = random.Random(7)
    sample = [random_situation(chance) for _ in range(SAMPLE)]
    sample += [{**situation_of(service), "group": group} for service in data()["services"] for group in (None, *(group["id"] for group in data()["groups"]))]
    theirs = twin.evaluate("(sample) => sample.map((one) => advise(data, one))", sample)
    for one, other in zip(sample, theirs, strict=True):
        assert advise(data(), one) == other, one


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_service_gets_the_routes_that_an_expert_would_choose(case: dict[str, Any]) -> None:
    given = {key: value for key, value in case.items() if key in GIVEN}
    assert case.keys() <= GIVEN | EXPECTED and {*case.get("needs", {})} <= {*factors()}
    advice = advise(data(), situation(**given))
    for role in ("main", "support", "fallback"):
        assert advice[role] in case.get(role, [advice[role]]), (role, advice[role])
    assert advice["main"] not in case.get("never_main", [])
    assert advice["toAdd"] == case.get("to_add", advice["toAdd"])
    assert advice["fills"] == case.get("fills", advice["fills"])


def test_there_is_always_a_human_for_whom_nobody_needs_a_computer() -> None:
    chance = random.Random(8)
    for _ in range(SAMPLE):
        given = random_situation(chance)
        advice = advise(data(), given)
        fallback = channel(advice["fallback"])
        assert fallback["personal"] and "digitaal" not in fallback["traits"] and fallback["id"] != advice["main"]
        assert (fallback["id"] in advice["toAdd"]) == bool(given["offered"] and fallback["id"] not in given["offered"])


def test_a_sensitive_service_begins_where_people_hear_or_see_each_other() -> None:
    chance = random.Random(9)
    for _ in range(SAMPLE):
        given = {**random_situation(chance), "sensitive": "vaak", "fixed": None}
        assert channel(advise(data(), given)["main"])["rich"]


def test_more_than_is_needed_buys_nothing() -> None:
    """Whatever a channel offers beyond the need changes neither its points nor the advice."""
    chance = random.Random(10)
    for _ in range(400):
        given = random_situation(chance)
        before = advise(data(), given)
        own = {found["id"]: {factor: 3 for factor, level in found["levels"].items() if level >= before["needs"][factor]} for found in before["channels"]}
        given["own"] = {id_: {**given["own"].get(id_, {}), **levels} for id_, levels in own.items()}
        after = advise(data(), given)
        assert [found["points"] for found in after["channels"]] == [found["points"] for found in before["channels"]]
        assert [after[role] for role in ("main", "support", "fallback")] == [before[role] for role in ("main", "support", "fallback")]


def test_one_wide_gap_weighs_more_than_two_small_ones() -> None:
    given = situation(needs={"tijd": 3, "plaats": 3}, own={"e-formulier": {"tijd": 1, "plaats": 3}, "mijn-omgeving": {"tijd": 2, "plaats": 2}}, offered=["e-formulier", "mijn-omgeving"])
    points = {found["id"]: found["points"] for found in advise(data(), given)["channels"]}
    assert points["e-formulier"] == points["mijn-omgeving"] + 2


def test_a_tie_is_said_and_goes_to_the_lightest() -> None:
    same = dict.fromkeys(factors(), 2)
    given = situation(offered=["mijn-omgeving", "e-formulier", "balie"], own={"e-formulier": same, "mijn-omgeving": same, "balie": {**same, "tijd": 0}})
    advice = advise(data(), given)
    assert advice["main"] == "e-formulier"
    assert advice["close"] == [{"id": "mijn-omgeving", "more": 0}, {"id": "balie", "more": CLOSE}]


def test_every_common_service_has_routes_that_differ() -> None:
    assert len(data()["services"]) >= 20
    for service in data()["services"]:
        advice = advise(data(), situation_of(service))
        assert len({advice["main"], advice["support"], advice["fallback"]}) == 3, service["id"]


def test_most_gaps_have_tips() -> None:
    gaps = [tips for channel in data()["channels"] for tips in channel["tips"].values()]
    assert sum(bool(tips) for tips in gaps) >= 0.9 * len(gaps)
    assert all(str(number) in data()["tips"] for tips in gaps for number in tips)
