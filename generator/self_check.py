"""The self-check: what follows from answers. One pure function over compiled data, written again in JavaScript.

``compile_check`` turns questions and tips into plain data once, at build time. ``recommend`` reads only that data, and
so does ``assets/check/recommend.js``; a test proves them equal. Answers map an item (a question's id, or
``question.row`` in a grid) to a list of option ids.

The rules, in words, stand on the page 'Zo werkt de check':

- Each answer gives points to the tips that carry its terms: the answer's weight (1 to 3), doubled when the tip is about
  that term and not just also about it. A practice that is missing gives 8 points, one that is half there 4, a rule of
  the tip itself 10.
- A tip comes up when one answer gives it 4 points, or two answers 6 together.
- A tip's score is the sum of its three strongest answers, so that a tip with many labels has no advantage.
- Order: score, chosen theme, fitting effort, number of answers, number of the tip.
- The first five hold at most two tips of one theme, and one of small effort where there is one. A tip about one service
  alone stands there only by a rule of its own: no answer tells which service it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from generator import addresses
from generator.derive import Site, Tagged
from generator.models import Tip
from generator.self_check_models import UNKNOWN, CheckOption, CheckQuestion, CheckRow

FIRST = 5
PER_THEME = 2
COUNTING = 3  # So many of a tip's strongest answers make its score.
CORE, ALSO = 2, 1
MISSING_PRACTICE = 8
HALF_PRACTICE = 4  # For an answer of weight 1: the practice is there, but not fully.
ENOUGH = 4  # Points of one answer that bring a tip up.
ENOUGH_TOGETHER = 6  # Points of two answers that do so together.
OWN_RULE = 10
SMALL = "klein"
START_QUESTION = "waar-begin-ik"  # Tips that answer this question are a start for whoever answers nothing.
START_REASON = "Een goede eerste stap voor elke dienst."

Answers = Mapping[str, Sequence[str]]
Data = Mapping[str, Any]


# ---------------------------------------------------------------- compiling


@lru_cache(maxsize=1)
def compile_check(site: Site) -> Mapping[str, Any]:
    """Return all that ``recommend`` and the page need, as plain data that can be written as JSON. The site has a self-check."""
    check = site.knowledge.self_check
    assert check
    items: dict[str, Any] = {}
    for question in check.questions():
        for item, row in item_ids(question):
            items[item] = {
                "question": question.id,
                "multiple": question.kind == "meer",
                "most": question.most,
                "skip": {"item": question.skip.question, "only": list(question.skip.only)} if question.skip else None,
                "findOut": question.find_out,
                "options": {option.id: _option(option, row, site) for option in question.options},
            }
    return {
        "version": check.version,
        "renamed": check.renamed,
        "items": items,
        "themes": {theme.id: theme.label for theme in site.knowledge.vocabularies["themes"].values()},
        "tips": [_tip(tip, START_QUESTION in tip.questions) for tip in site.tips],
    }


def item_ids(question: CheckQuestion) -> list[tuple[str, CheckRow | None]]:
    """Return the items of a question, each with its row: one, one a row in a grid, none for a text."""
    if question.kind == "tekst":
        return []
    if question.kind == "rooster":
        return [(f"{question.id}.{row.id}", row) for row in question.rows]
    return [(question.id, None)]


def because(option: CheckOption, row: CheckRow | None) -> str | None:
    """Return the clause after 'Omdat' for an answer, or None when the answer gives no reason."""
    if row is None:
        return option.because
    return row.because.replace("{hoe}", option.because) if option.because else None


def _option(option: CheckOption, row: CheckRow | None, site: Site) -> dict[str, Any]:
    points: dict[int, int] = {}
    for key in (*option.gives.keys(), *(row.gives.keys() if row else ())):
        tagged = site.by_term.get(key, Tagged())
        for tips, strength in ((tagged.core, CORE), (tagged.also, ALSO)):
            for tip in tips:
                points[tip.number] = max(points.get(tip.number, 0), strength * option.weight)
    for measure in option.lacks:
        points |= {tip.number: MISSING_PRACTICE if option.weight > 1 else HALF_PRACTICE for tip in site.by_measure.get(measure, ())}
    return {
        "because": because(option, row),
        "tips": [[number, points[number]] for number in sorted(points) if points[number]],
        "has": list(option.has),
        "lacks": list(option.lacks),
        "effort": list(option.effort),
        "focus": list(option.focus),
        "rulesOut": [f"{name}/{term}" for name, term in (*option.gives.keys(), *(row.gives.keys() if row else ()))] if option.rules_out else [],
        "exclusive": option.exclusive,
    }


def _tip(tip: Tip, start: bool) -> dict[str, Any]:
    return {
        "number": tip.number,
        "title": tip.title,
        "summary": tip.summary,
        "address": addresses.of_tip(tip),
        "theme": tip.theme,
        "effort": tip.effort.level,
        "measure": tip.measure,
        "oneService": tip.one_service,
        "onlyFor": [keys for keys in _only_for(tip) if keys],
        "rules": [{"when": {item: list(options) for item, options in rule.when.items()}, "kind": rule.kind, "reason": rule.reason} for rule in tip.recommend_when],
        "start": start,
    }


def _only_for(tip: Tip) -> list[list[str]]:
    """Return what a tip is only for: when all of one list is out, so is the tip.

    A tip is for certain groups when it is about at least one. A legal duty holds for everyone.
    """
    about_groups = tip.target_groups.core and not tip.legal
    groups = [f"target_groups/{group}" for group in tip.target_groups.all()] if about_groups else []
    return [groups, [f"channels/{channel}" for channel in tip.channels.core]]


def answers_behind(site: Site, number: int) -> list[tuple[str, str, int]]:
    """Return the answers that give a tip points, strongest first, as (item, option, points). The site has a self-check."""
    found = [(item, option, points[number]) for item, option, points in _points(site) if number in points]
    return sorted(found, key=lambda answer: -answer[2])


@lru_cache(maxsize=1)
def _points(site: Site) -> list[tuple[str, str, dict[int, int]]]:
    """Return for every answer, as (item, option), the points that it gives to tips."""
    items = compile_check(site)["items"]
    return [(item, option, dict(answer["tips"])) for item, asked in items.items() for option, answer in asked["options"].items()]


# ---------------------------------------------------------------- recommending


def clean(data: Data, answers: Answers) -> dict[str, list[str]]:
    """Return only the answers that count, in the order of the questions.

    Unknown items and options are dropped; 'weet ik niet' and exclusive options stand alone; of a single choice the first
    stays; what is over the most is cut; a skipped question has no answer.
    """
    kept: dict[str, list[str]] = {}
    for item, asked in data["items"].items():
        given = answers.get(item, ())
        chosen = [option for option in asked["options"] if option in given]
        alone = [option for option in chosen if asked["options"][option]["exclusive"]]
        if UNKNOWN in given:
            chosen = [UNKNOWN]
        elif alone:
            chosen = alone[:1]
        elif not asked["multiple"]:
            chosen = chosen[:1]
        elif asked["most"]:
            chosen = chosen[: asked["most"]]
        if chosen:
            kept[item] = chosen
    return {item: chosen for item, chosen in kept.items() if not is_skipped(data, kept, item)}


def is_skipped(data: Data, answers: Answers, item: str) -> bool:
    """Tell whether an item is passed over, given the answers to the question that it depends on."""
    skip = data["items"][item]["skip"]
    given = answers.get(skip["item"], ()) if skip else ()
    return bool(given) and all(option in skip["only"] for option in given)


def recommend(data: Data, answers: Answers) -> dict[str, Any]:
    """Return what a municipality with these answers gets.

    ``first`` and ``rest`` are tips to do more of, in order; ``keep`` are tips whose practice is in place; ``findOut`` are
    questions answered with 'weet ik niet'. Each tip is a mapping with its ``number``, ``points``, ``trace``: the answers
    behind it, strongest first, each with ``item``, ``option`` and ``points``; ``ownReason``: the reason in Dutch where it
    doesn't follow from the trace, or None; and ``oneService``: the only service that it fits, or None. ``reason_of`` gives
    the reason of any.
    """
    given = clean(data, answers)
    has, effort, focus, ruled_out = _gathered(data, given, "has"), _gathered(data, given, "effort"), _gathered(data, given, "focus"), _gathered(data, given, "rulesOut")
    traces = _traces(data, given)
    keep, candidates, uncertain = [], [], []
    for tip in data["tips"]:
        trace = traces.get(tip["number"], [])
        fired = [rule for rule in tip["rules"] if _fires(rule, given)]
        uncertain += [{"number": tip["number"], "reason": rule["reason"]} for rule in fired if rule["kind"] == "eerst-uitzoeken"]
        own = [rule for rule in fired if rule["kind"] == "meer-doen"]
        if tip["measure"] in has:
            keep.append({"number": tip["number"], "ownReason": None, "oneService": None, "points": 0, "trace": [has[tip["measure"]]]})
        elif (own or _is_enough(trace)) and not _is_ruled_out(tip, ruled_out):
            strongest = sorted([*(step["points"] for step in trace), *([OWN_RULE] if own else [])], reverse=True)
            points = sum(strongest[:COUNTING])
            one_service = None if own else tip["oneService"]
            candidates.append((tip, {"number": tip["number"], "ownReason": own[0]["reason"] if own else None, "oneService": one_service, "points": points, "trace": trace}))
    candidates.sort(key=lambda found: (-found[1]["points"], found[0]["theme"] not in focus, found[0]["effort"] not in effort, -len(found[1]["trace"]), found[0]["number"]))
    candidates += _start(data, candidates, keep, ruled_out)
    first = _first(candidates)
    chosen = {tip["number"] for tip, _ in first}
    return {
        "first": [result for _, result in first],
        "rest": [result for tip, result in candidates if tip["number"] not in chosen],
        "keep": keep,
        "findOut": _find_out(data, given),
        "uncertain": uncertain,
    }


def _gathered(data: Data, given: Answers, name: str) -> dict[str, dict[str, Any]]:
    """Return what the answers hold under ``name``, each with the first answer that holds it."""
    found: dict[str, dict[str, Any]] = {}
    for item, option, answer in _chosen(data, given):
        for value in answer[name]:
            found.setdefault(value, {"item": item, "option": option, "points": 0})
    return found


def _chosen(data: Data, given: Answers) -> Iterable[tuple[str, str, Any]]:
    for item, options in given.items():
        for option in options:
            if option != UNKNOWN:
                yield item, option, data["items"][item]["options"][option]


def _traces(data: Data, given: Answers) -> dict[int, list[dict[str, Any]]]:
    traces: dict[int, list[dict[str, Any]]] = {}
    for item, option, answer in _chosen(data, given):
        for number, points in answer["tips"]:
            traces.setdefault(number, []).append({"item": item, "option": option, "points": points})
    for trace in traces.values():
        trace.sort(key=lambda step: -step["points"])  # Stable: equal points keep the order of the questions.
    return traces


def _fires(rule: Mapping[str, Any], given: Answers) -> bool:
    return all(any(option in given.get(item, ()) for option in options) for item, options in rule["when"].items())


def _is_ruled_out(tip: Mapping[str, Any], ruled_out: Mapping[str, Any]) -> bool:
    """Tell whether a tip is only for groups that hardly use the service, or for channels that it doesn't have."""
    return any(all(key in ruled_out for key in keys) for keys in tip["onlyFor"])


def _is_enough(trace: Sequence[Mapping[str, Any]]) -> bool:
    strongest = [step["points"] for step in trace[:2]]
    return bool(strongest) and (strongest[0] >= ENOUGH or sum(strongest) >= ENOUGH_TOGETHER)


def reason_of(data: Data, found: Mapping[str, Any]) -> str:
    """Return why a tip that ``recommend`` found fits: its own reason, or one sentence from at most two answers.

    The two answers are of different questions.
    """
    if found["ownReason"]:
        return str(found["ownReason"])
    told: list[tuple[str, str]] = []
    for step in found["trace"]:
        asked = data["items"][step["item"]]
        clause = asked["options"][step["option"]]["because"]
        if clause and len(told) < 2 and all(question != asked["question"] and clause != other for question, other in told):
            told.append((asked["question"], clause))
    limit = f" Alleen als het gaat om {found['oneService']}." if found["oneService"] else ""
    return f"Omdat {' en '.join(clause for _, clause in told)}.{limit}"


def _start(data: Data, candidates: Sequence[Any], keep: Sequence[Any], ruled_out: Mapping[str, Any]) -> list[Any]:
    """Return tips to begin with, where the answers bring up fewer than the first five.

    Where the answers bring up nothing at all, tips of small effort follow.
    """
    if sum(not found["oneService"] for _, found in candidates) >= FIRST:
        return []
    nothing = not candidates and not keep
    present = {result["number"] for _, result in candidates} | {result["number"] for result in keep}
    starters = [tip for tip in data["tips"] if tip["number"] not in present and not tip["oneService"] and not _is_ruled_out(tip, ruled_out)]
    starters = [tip for tip in starters if tip["start"] or (nothing and tip["effort"] == SMALL)]
    starters.sort(key=lambda tip: (not tip["start"], tip["effort"] != SMALL, tip["number"]))
    return [(tip, {"number": tip["number"], "ownReason": START_REASON, "oneService": None, "points": 0, "trace": []}) for tip in starters]


def _first(candidates: Sequence[Any]) -> list[Any]:
    """Return the first five: at most two of a theme, and one of small effort where there is one."""
    first: list[Any] = []
    for found in candidates:
        if len(first) < FIRST and _has_room(first, found):
            first.append(found)
    if first and not any(tip["effort"] == SMALL for tip, _ in first):
        rest = first[:-1] if len(first) == FIRST else first
        small = next((found for found in candidates if found[0]["effort"] == SMALL and _has_room(rest, found)), None)
        if small:
            return [*rest, small]
    return first


def _has_room(first: Sequence[Any], found: Any) -> bool:
    return not found[1]["oneService"] and sum(tip["theme"] == found[0]["theme"] for tip, _ in first) < PER_THEME


def _find_out(data: Data, given: Answers) -> list[dict[str, str]]:
    questions = dict.fromkeys(data["items"][item]["question"] for item, options in given.items() if UNKNOWN in options)
    texts = {asked["question"]: asked["findOut"] for asked in data["items"].values()}
    return [{"question": question, "text": texts[question]} for question in questions if texts[question]]


def why_not(data: Data, answers: Answers, number: int) -> str:
    """Return why a tip is not among the first five, as a code that the page puts into words.

    One of: 'first' (it is), 'rest' (lower in the list), 'theme' (enough of its theme stand there already), 'one' (it is
    about one service alone), 'keep' (the practice is in place), 'out' (it is only for groups or channels that the service doesn't have), 'little' (the answers
    give it too few points), 'none' (no answer points at it).
    """
    result = recommend(data, answers)
    for place in ("first", "keep"):
        if any(found["number"] == number for found in result[place]):
            return place
    tips = {tip["number"]: tip for tip in data["tips"]}
    if any(found["number"] == number for found in result["rest"]):
        found = next(found for found in result["rest"] if found["number"] == number)
        if found["oneService"]:
            return "one"
        lowest = min((found["points"] for found in result["first"]), default=0)
        same_theme = sum(tips[found["number"]]["theme"] == tips[number]["theme"] for found in result["first"])
        return "theme" if same_theme >= PER_THEME and found["points"] >= lowest else "rest"
    given = clean(data, answers)
    if _is_ruled_out(tips[number], _gathered(data, given, "rulesOut")):
        return "out"
    return "little" if number in _traces(data, given) else "none"
