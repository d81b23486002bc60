"""The Kanaalwijzer: which channels fit a service and its people. One pure function over compiled data, twinned in JavaScript.

``compile_guide`` turns the channel table, services and tips into plain data once, at build time. ``advise`` reads only
that data and a situation, and so does ``assets/guide/advise.js``; a test proves them equal.

The rules, in words, stand on the page 'Zo werkt de Kanaalwijzer':

- A service needs each of the seven factors at level 1, 2 or 3; a channel offers it at level 0 to 3. What counts is only
  how many steps a channel falls short: one step counts 1, two count 4, three count 9. More than is needed never counts,
  so plenty of one factor buys off nothing of another.
- The main route is the channel that falls short the least, among those that the municipality has and that carry the
  whole task. When the service is often sensitive, only channels in which people hear or see each other take part. A
  step that the law puts in one channel is the main route.
- The human fallback is the personal channel that falls short the least, other than the main route, for which nobody needs
  a computer. When a service is sometimes sensitive, people hear or see each other there. It is there always: when a
  municipality has none, the advice is to add it.
- The supporting channel makes up for what the main route lacks, without a colleague beside people: for a human there is
  the fallback. Where there is nothing to make up for, it is the lightest channel that tells people what they want to know.
- Equal? Then the channel that stands first in the table: the lightest. What falls short hardly more is said to be close.
- A target group makes some factors more important, and some channels offer it a step less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from generator import addresses
from generator.channel_guide_models import ChannelGuide, GuideRules, Offer
from generator.derive import Site
from generator.models import Tip
from generator.self_check import because, item_ids
from generator.self_check_models import CheckOption, CheckRow
from generator.styles import css_name

ORDINARY, VERY = 1, 3
CLOSE = 1  # A channel that falls short so little more, counted in squares, is close.
MOST_CLOSE = 3
MOST_TIPS = 2  # For one gap.
DIGITAL = "digitaal"
_STRENGTH = {"core": 2, "also": 1}

Data = Mapping[str, Any]
Situation = Mapping[str, Any]


# ---------------------------------------------------------------- compiling


@lru_cache(maxsize=1)
def compile_guide(site: Site) -> Mapping[str, Any]:
    """Return all that ``advise`` and the pages need, as plain data that can be written as JSON. The site has a Kanaalwijzer."""
    guide, services = site.knowledge.channel_guide, site.knowledge.services
    assert guide
    channel_tips = {channel.id: {factor.id: tips_for(site.tips, channel.id, factor.id) for factor in guide.factors} for channel in guide.channels}
    named = {number for tips in channel_tips.values() for numbers in tips.values() for number in numbers} | {number for watch in guide.watch for number in watch.tips}
    label = {name: {term.id: term.label for term in site.knowledge.vocabularies[name].values()} for name in ("factors", "channels", "target_groups")}
    return {
        "factors": [{**factor.model_dump(), "label": label["factors"][factor.id]} for factor in guide.factors],
        "channels": [
            {
                **channel.model_dump(exclude={"offers"}, mode="json"),
                "label": label["channels"][channel.id],
                "icon": css_name(site.term("channels", channel.id).icon),
                "offers": {factor: offer.level for factor, offer in channel.offers.items()},
                "tips": channel_tips[channel.id],
                "ground": {factor: _ground(offer, site) for factor, offer in channel.offers.items()},
            }
            for channel in guide.channels
        ],
        "groups": [{"id": group.id, "label": label["target_groups"][group.id], "why": group.why, "raises": group.raises, "raisesSensitive": group.raises_sensitive, "lowers": {trait: list(factors) for trait, factors in group.lowers.items()}} for group in guide.groups],
        "services": [
            {
                "id": service.id,
                "title": service.title,
                "task": service.task,
                "sensitive": service.sensitive,
                "needs": {factor: need.level for factor, need in service.needs.items()},
                "why": {factor: need.why for factor, need in service.needs.items()},
                "fixed": {"channel": service.fixed.channel, "why": service.fixed.why} if service.fixed else None,
            }
            for service in services
        ],
        "watch": [{"title": watch.title, "text": watch.text, "tips": list(watch.tips)} for watch in guide.watch],
        "told": _told_by_check(guide, site),
        "tips": {str(tip.number): {"title": tip.title, "address": addresses.of_tip(tip)} for tip in site.tips if tip.number in named},
    }


def _ground(offer: Offer, site: Site) -> dict[str, str | None]:
    """Return where a value comes from, in words: a source, or the day of our own estimate."""
    if offer.source is None:
        return {"source": None, "estimated": offer.estimated.isoformat() if offer.estimated else None}
    source = site.source(offer.source)
    return {"source": ", ".join(str(part) for part in (source.title, source.publisher, source.year) if part), "estimated": None}


def tips_for(tips: Iterable[Tip], channel: str, factor: str) -> list[int]:
    """Return the numbers of the tips that help a channel most on a factor: about both before also about one."""
    found = []
    for tip in tips:
        strength = _strength(tip.channels, channel) * _strength(tip.factors, factor)
        if strength:
            found.append((-strength, tip.number))
    return [number for _, number in sorted(found)[:MOST_TIPS]]


def _strength(tags: Any, term: str) -> int:
    return _STRENGTH["core"] if term in tags.core else _STRENGTH["also"] if term in tags.also else 0


def _told_by_check(guide: ChannelGuide, site: Site) -> dict[str, dict[str, dict[str, Any]]]:
    """Return what each answer of the self-check says here, by item and option, so that nobody answers twice.

    That is a task, needs (by factor), how often the service is sensitive, channels, and target groups, as far as it does.
    """
    told: dict[str, dict[str, dict[str, Any]]] = {}
    for question in site.knowledge.self_check.questions() if site.knowledge.self_check else ():
        for item, row in item_ids(question):
            for option in question.options:
                if option.weight and (says := _says(option, row, guide.from_check)):
                    told.setdefault(item, {})[option.id] = says
    return told


def _says(option: CheckOption, row: CheckRow | None, rules: GuideRules) -> dict[str, Any]:
    given = [*option.gives.keys(), *(row.gives.keys() if row else ())]
    of = {name: [term for collection, term in given if collection == name] for name in ("service_traits", "factors", "channels", "target_groups")}
    often = row is None or option.weight > 1  # In a grid, 'soms' weighs 1 and 'vaak' more.
    needs = dict.fromkeys(of["factors"], VERY)
    for trait in of["service_traits"]:
        for factor, level in rules.needs.get(trait, {}).items():
            needs[factor] = max(needs.get(factor, 0), level if often else level - 1)
    says = {
        "task": next((rules.tasks[trait] for trait in of["service_traits"] if trait in rules.tasks), None),
        "needs": {factor: level for factor, level in needs.items() if level > ORDINARY},
        "sensitive": ("vaak" if often else "soms") if rules.sensitive in of["service_traits"] else None,
        "channels": of["channels"],
        "groups": of["target_groups"] if often else [],
        "because": because(option, row),
    }
    return says if any(value for name, value in says.items() if name != "because") else {}


# ---------------------------------------------------------------- advising


def situation_of(service: Mapping[str, Any]) -> dict[str, Any]:
    """Return the situation that a common service starts from: everyone, and a municipality with all channels."""
    fixed = service["fixed"]["channel"] if service["fixed"] else None
    return {"task": service["task"], "sensitive": service["sensitive"], "needs": service["needs"], "group": None, "fixed": fixed, "offered": [], "own": {}}


def advise(data: Data, situation: Situation) -> dict[str, Any]:
    """Return the channels that fit a situation.

    ``situation`` has ``task``, ``sensitive``, ``needs`` (level by factor), ``group`` (an id, or None for everyone),
    ``fixed`` (a channel, or None), ``offered`` (ids of channels; none means that all may be offered) and ``own`` (levels
    by channel and factor that a municipality changed).

    Returns ``main``, ``support`` (may be None) and ``fallback``: ids of channels; ``toAdd``: those among them that are not
    offered yet; ``close``: channels that could be the main route as well or nearly so, each with ``more``, the squares
    that it falls short more; ``fills``: the factors that the support makes up for; ``needs``: levels by factor, with what
    the group raises; and ``channels``: all of them, each with ``id``, ``levels``, ``short`` (steps by factor) and ``points``.
    """
    group = next((group for group in data["groups"] if group["id"] == situation["group"]), None)
    raises = _raises(group, situation["sensitive"])
    needs = {factor["id"]: max(situation["needs"][factor["id"]], raises.get(factor["id"], 0)) for factor in data["factors"]}
    measured = [_measured(channel, needs, group, situation["own"].get(channel["id"], {})) for channel in data["channels"]]
    by_id = {channel["id"]: channel for channel in data["channels"]}
    offered = [channel for channel in measured if not situation["offered"] or channel["id"] in situation["offered"]]

    def fitting(fits: Callable[[Mapping[str, Any]], bool]) -> list[Any]:
        """Return the channels that fit, of the offered ones where there is one; the fewest points first, ties in their order."""
        among = [[found for found in channels if fits(by_id[found["id"]])] for channels in (offered, measured)]
        return sorted(among[0] or among[1], key=lambda found: found["points"])

    def can_be_main(channel: Mapping[str, Any]) -> bool:
        return situation["task"] in channel["carries"] and (channel["rich"] or situation["sensitive"] != "vaak")

    def can_be_fallback(channel: Mapping[str, Any]) -> bool:
        return channel["personal"] and DIGITAL not in channel["traits"] and channel["id"] != main["id"] and (channel["rich"] or situation["sensitive"] == "nooit")

    fixed = next((found for found in measured if found["id"] == situation["fixed"]), None)
    mains = [fixed] if fixed else fitting(can_be_main)
    main = mains[0]
    fallback = fitting(can_be_fallback)[0]
    others = [found for found in offered if found["id"] != main["id"] and not by_id[found["id"]]["personal"]]
    filling = [found for found in others if _together(main, found) < main["points"]]
    telling = [found for found in others if "weten" in by_id[found["id"]]["carries"]]
    support = min(filling, key=lambda found: _together(main, found)) if filling else next(iter(telling or others), None)
    close = [{"id": found["id"], "more": found["points"] - main["points"]} for found in mains[1:] if found["points"] - main["points"] <= CLOSE][:MOST_CLOSE]
    chosen = [found["id"] for found in (main, support, fallback) if found]
    return {
        "main": main["id"],
        "support": support["id"] if support else None,
        "fallback": fallback["id"],
        "toAdd": [channel for channel in chosen if situation["offered"] and channel not in situation["offered"]],
        "close": close,
        "fills": [factor for factor, steps in main["short"].items() if support and support["short"].get(factor, 0) < steps],
        "needs": needs,
        "channels": measured,
    }


def _raises(group: Mapping[str, Any] | None, sensitive: str) -> Mapping[str, int]:
    """Return the least level of the factors that matter more to a group; some do so only where a service can be sensitive."""
    if group is None:
        return {}
    return group["raises"] if sensitive == "nooit" else {**group["raises"], **group["raisesSensitive"]}


def _measured(channel: Mapping[str, Any], needs: Mapping[str, int], group: Mapping[str, Any] | None, own: Mapping[str, int]) -> dict[str, Any]:
    """Return what a channel offers this group, and how far it falls short. What a municipality filled in itself holds as it is."""
    lowered = {factor for trait, factors in group["lowers"].items() if trait in channel["traits"] for factor in factors} if group else set()
    levels = {factor: own.get(factor, max(0, channel["offers"][factor] - (factor in lowered))) for factor in needs}
    short = {factor: need - levels[factor] for factor, need in needs.items() if need > levels[factor]}
    return {"id": channel["id"], "levels": levels, "short": short, "points": sum(steps**2 for steps in short.values())}


def _together(one: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    """Return the points of two channels that people can use both: on each factor the better of the two counts."""
    return sum(min(steps, other["short"].get(factor, 0)) ** 2 for factor, steps in one["short"].items())
