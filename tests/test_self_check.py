"""The self-check's function: equal in Python and JavaScript, sound for any answers, and right for fictional municipalities."""

from __future__ import annotations

import json
import random
import warnings
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, serving
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from generator.derive import derive
from generator.load import load
from generator.self_check import ENOUGH, FIRST, PER_THEME, clean, compile_check, reason_of, recommend, why_not
from generator.self_check_models import UNKNOWN

MUNICIPALITIES = sorted((ROOT / "tests/municipalities").glob("*.yml"))
FIRST_FIVES = ROOT / "tests/data/first-fives.txt"
SAMPLE = 1000


@cache
def data() -> dict[str, Any]:
    knowledge = load(ROOT, date.today()).knowledge
    assert knowledge and knowledge.self_check
    return json.loads(json.dumps(compile_check(derive(knowledge))))  # type: ignore[no-any-return]


def options(item: str) -> list[str]:
    return [*data()["items"][item]["options"], UNKNOWN]


@st.composite
def answer_sets(draw: st.DrawFn) -> dict[str, list[str]]:
    items = draw(st.lists(st.sampled_from(list(data()["items"])), unique=True, max_size=40))
    return {item: draw(st.lists(st.sampled_from(options(item)), min_size=1, max_size=4, unique=True)) for item in items}


def random_answers(chance: random.Random) -> dict[str, list[str]]:
    """Return answers as people give them, but also as nobody does: several to one choice, unknown ids, nothing at all."""
    filled = chance.choice([0, 0.1, 0.5, 0.9, 1])
    answers = {item: chance.sample(options(item), k=chance.randint(1, min(3, len(options(item))))) for item in data()["items"] if chance.random() < filled}
    if chance.random() < 0.1:
        answers["bestaat-niet"] = ["ook-niet"]
    return answers


def numbers(found: list[dict[str, Any]]) -> list[int]:
    return [tip["number"] for tip in found]


def whole(answers: dict[str, list[str]]) -> list[Any]:
    """Return all that follows from answers: those that count, the result, and each reason in it."""
    result = recommend(data(), answers)
    return [clean(data(), answers), result, [reason_of(data(), found) for found in [*result["first"], *result["rest"], *result["keep"]]]]


# The same in JavaScript.
PREPARE = """async (data) => {
  const twin = await import("/check/recommend.js");
  const all = (answers) => {
    const result = twin.recommend(data, answers);
    return [twin.clean(data, answers), result, [...result.first, ...result.rest, ...result.keep].map((found) => twin.reasonOf(data, found))];
  };
  Object.assign(window, { twin, data, all });
}"""


@pytest.fixture(scope="module")
def engine(browser: Browser) -> Iterator[Page]:
    """A page that has the JavaScript twin at hand."""
    with serving(ROOT / "generator/theme/assets") as base:
        page = browser.new_page()
        page.goto(base + "check/recommend.js")
        page.evaluate(PREPARE, data())
        yield page
        page.close()


def test_python_and_javascript_agree_on_random_answers(engine: Page) -> None:
    chance = random.Random(104)
    sets = [random_answers(chance) for _ in range(SAMPLE)]
    for start in range(0, SAMPLE, 500):
        batch = sets[start : start + 500]
        theirs = engine.evaluate("(sets) => sets.map((answers) => JSON.stringify(all(answers)))", batch)
        for answers, said in zip(batch, theirs, strict=True):
            assert json.loads(said) == whole(answers), answers


def test_python_and_javascript_agree_on_why_not(engine: Page) -> None:
    chance = random.Random(12)
    for _ in range(20):
        answers = random_answers(chance)
        ours = [why_not(data(), answers, tip["number"]) for tip in data()["tips"]]
        assert engine.evaluate("(answers) => data.tips.map((tip) => twin.whyNot(data, answers, tip.number))", answers) == ours


@pytest.mark.parametrize("file", MUNICIPALITIES, ids=lambda file: file.stem)
def test_a_municipality_gets_the_tips_that_an_expert_would_give(file: Path, engine: Page) -> None:
    case = yaml.safe_load(file.read_text(encoding="utf-8"))
    answers = case["answers"]
    assert clean(data(), answers) == {item: [o for o in data()["items"][item]["options"] if o in answers[item]] or [UNKNOWN] for item in data()["items"] if item in answers}, "an answer of this municipality doesn't count"
    result = recommend(data(), answers)
    assert engine.evaluate("(answers) => all(answers)", answers) == whole(answers)
    first, more = numbers(result["first"]), numbers([*result["first"], *result["rest"]])
    assert len(set(first) & set(case["best"])) >= 1, first
    assert len(fitting(case, first)) >= 3, first
    assert not set(case.get("never", [])) & set(more), more
    assert not set(case["wrong"]) & set(more[:10]), more[:10]
    assert set(case.get("keep_doing", [])) <= set(numbers(result["keep"]))


def fitting(case: dict[str, Any], tips: list[int]) -> list[int]:
    """Return the tips that the expert, who did not see the result, would give this municipality too."""
    return [number for number in tips if number in (*case["best"], *case["good"])]


def test_most_tips_that_come_first_are_those_of_an_expert() -> None:
    cases = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in MUNICIPALITIES]
    first = [(case, numbers(recommend(data(), case["answers"])["first"])) for case in cases]
    assert sum(len(fitting(case, tips)) for case, tips in first) >= 0.8 * sum(len(tips) for _, tips in first)


def test_a_change_in_the_first_five_is_shown() -> None:
    """Not an error: tips and rules may change. But whoever changes them should see for whom that makes a difference."""
    known = dict(line.split(": ", 1) for line in FIRST_FIVES.read_text(encoding="utf-8").splitlines())
    now = first_fives()
    for name in sorted({*known, *now}):
        if known.get(name) != now.get(name):
            warnings.warn(f"{name}: the first five were {known.get(name)} and are {now.get(name)} (python tests/test_self_check.py keeps this)", stacklevel=1)
    assert len(now) == len(MUNICIPALITIES)


def first_fives() -> dict[str, str]:
    """Return the first five tips of every municipality."""
    cases = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in MUNICIPALITIES)
    return {case["name"]: " ".join(map(str, numbers(recommend(data(), case["answers"])["first"]))) for case in cases}


def test_there_are_enough_municipalities() -> None:
    assert len(MUNICIPALITIES) >= 15


@given(answer_sets(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_answering_does_not_matter(answers: dict[str, list[str]], chance: random.Random) -> None:
    items = list(answers.items())
    chance.shuffle(items)
    assert recommend(data(), {item: list(reversed(chosen)) for item, chosen in items}) == recommend(data(), answers)


@given(answer_sets())
@settings(max_examples=300, deadline=None)
def test_the_first_five_are_few_varied_small_somewhere_and_explained(answers: dict[str, list[str]]) -> None:
    result = recommend(data(), answers)
    tips = {tip["number"]: tip for tip in data()["tips"]}
    first = numbers(result["first"])
    everything = [*result["first"], *result["rest"], *result["keep"]]
    assert len(first) <= FIRST
    assert all(sum(tips[n]["theme"] == tips[number]["theme"] for n in first) <= PER_THEME for number in first)
    assert len(numbers(everything)) == len(set(numbers(everything)))
    reasons = [reason_of(data(), found) for found in everything]
    assert all(reason.endswith(".") and len(reason) > 10 and reason != "Omdat ." for reason in reasons)
    small = [number for number in numbers([*result["first"], *result["rest"]]) if tips[number]["effort"] == "klein"]
    others = [tips[number]["theme"] for number in (first[:-1] if len(first) == FIRST else first)]
    if any(others.count(tips[number]["theme"]) < PER_THEME for number in small):
        assert any(tips[number]["effort"] == "klein" for number in first)


@given(answer_sets())
@settings(max_examples=200, deadline=None)
def test_a_practice_in_place_never_leaves_its_tip_under_more(answers: dict[str, list[str]]) -> None:
    counted = clean(data(), answers)
    has = {measure for item, chosen in counted.items() for option in chosen if option != UNKNOWN for measure in data()["items"][item]["options"][option]["has"]}
    result = recommend(data(), answers)
    more = set(numbers([*result["first"], *result["rest"]]))
    for tip in data()["tips"]:
        if tip["measure"] in has:
            assert tip["number"] not in more and tip["number"] in numbers(result["keep"])


@given(answer_sets(), st.data())
@settings(max_examples=150, deadline=None)
def test_one_more_barrier_never_takes_the_reason_of_another_tip_away(answers: dict[str, list[str]], choose: st.DataObject) -> None:
    rows = [item for item, asked in data()["items"].items() if item.startswith("drempels.") and item not in answers]
    if not rows:
        return
    row = choose.draw(st.sampled_from(rows))
    before = recommend(data(), answers)
    after = recommend(data(), {**answers, row: [list(data()["items"][row]["options"])[-1]]})
    traces = {found["number"]: found["trace"] for found in [*after["first"], *after["rest"]]}
    for found in [*before["first"], *before["rest"]]:
        if found["trace"]:
            assert all(step in traces[found["number"]] for step in found["trace"])


def test_an_empty_check_gives_a_sensible_start() -> None:
    result = recommend(data(), {})
    tips = {tip["number"]: tip for tip in data()["tips"]}
    assert len(result["first"]) == FIRST and result["keep"] == [] and result["findOut"] == []
    assert all(reason_of(data(), found) == "Een goede eerste stap voor elke dienst." for found in result["first"])
    assert any(tips[found["number"]]["start"] for found in result["first"])


def test_unknown_everywhere_gives_only_things_to_find_out_and_a_start() -> None:
    result = recommend(data(), {item: [UNKNOWN] for item in data()["items"]})
    assert len(result["findOut"]) >= 10
    assert len({found["question"] for found in result["findOut"]}) == len(result["findOut"])
    assert all(found["trace"] == [] for found in result["first"])


def test_every_tip_can_come_up() -> None:
    reached = {number for asked in data()["items"].values() for option in asked["options"].values() for number, points in option["tips"] if points >= ENOUGH}
    assert reached == {tip["number"] for tip in data()["tips"]}


if __name__ == "__main__":  # After a change that is meant: python tests/test_self_check.py
    FIRST_FIVES.write_text("".join(f"{name}: {first}\n" for name, first in first_fives().items()), encoding="utf-8")
