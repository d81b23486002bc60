"""Rules for the Kanaalwijzer's content: every factor, channel and value is there, once, and each value has its ground."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.channel_guide import DIGITAL
from generator.channel_guide_models import Backed
from generator.load import CHANNEL_GUIDE, SERVICES, KnowledgeBase
from generator.problems import Problem, nearest
from generator.yaml_source import Document, Location


def check_channel_guide(kb: KnowledgeBase, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Yield the problems of the channel table and the services; nothing when there are none."""
    if kb.channel_guide and CHANNEL_GUIDE in documents:
        yield from _guide(kb, documents[CHANNEL_GUIDE])
    if kb.channel_guide and SERVICES in documents:
        yield from _services(kb, documents[SERVICES])


def guide_sources(kb: KnowledgeBase) -> set[str | None]:
    """Return the sources that values of the channel table, target groups and services come from."""
    if kb.channel_guide is None:
        return set()
    offers = (offer for channel in kb.channel_guide.channels for offer in channel.offers.values())
    return {value.source for value in (*offers, *kb.channel_guide.groups)} | {service.fixed.source for service in kb.services if service.fixed}


def _guide(kb: KnowledgeBase, document: Document) -> Iterator[Problem]:
    guide = kb.channel_guide
    assert guide
    factors, traits = list(kb.vocabularies["factors"]), kb.vocabularies["service_traits"]
    yield from _all_once(document, ("factors",), [factor.id for factor in guide.factors], factors)
    yield from _all_once(document, ("channels",), [channel.id for channel in guide.channels], list(kb.vocabularies["channels"]))
    yield from _once(document, ("groups",), [group.id for group in guide.groups])
    for place, channel in enumerate(guide.channels):
        location: Location = ("channels", place, "offers")
        yield from _all_factors(document, location, channel.offers, factors)
        for factor, offer in channel.offers.items():
            yield from _ground(document, (*location, factor), offer)
    for place, group in enumerate(guide.groups):
        for name in ("raises", "raises_sensitive"):
            yield from _known(document, ("groups", place, name), getattr(group, name), factors)
        yield from _ground(document, ("groups", place), group)
    for name in ("tasks", "needs"):
        yield from _known(document, ("from_check", name), getattr(guide.from_check, name), list(traits))
    for trait, needs in guide.from_check.needs.items():
        yield from _known(document, ("from_check", "needs", trait), needs, factors)
    # One of them can be the main route, and then there must be another for who has no computer.
    if sum(channel.personal and channel.rich and DIGITAL not in channel.traits for channel in guide.channels) < 2:
        message = "er zijn minder dan twee kanalen met een mens die je hoort of ziet, en waarvoor je geen computer nodig hebt"
        yield document.problem(("channels",), "kanaalwijzer", message, f"geef minstens twee kanalen personal: true en rich: true, zonder {DIGITAL} bij traits")
    for task in ("weten", "doen", "overleggen"):
        if not any(channel.rich and task in channel.carries for channel in guide.channels):
            yield document.problem(("channels",), "kanaalwijzer", f"in geen enkel kanaal waarin mensen elkaar horen of zien, kunnen zij {task}", f"zet {task} bij carries van zo'n kanaal")


def _services(kb: KnowledgeBase, document: Document) -> Iterator[Problem]:
    factors = list(kb.vocabularies["factors"])
    yield from _once(document, (), [service.id for service in kb.services])
    for place, service in enumerate(kb.services):
        yield from _all_factors(document, (place, "needs"), service.needs, factors)


def _once(document: Document, location: Location, ids: list[str]) -> Iterator[Problem]:
    for place, identifier in enumerate(ids):
        if identifier in ids[:place]:
            yield document.problem((*location, place, "id"), "dubbel", f"‘{identifier}’ staat er twee keer", "haal een van de twee weg, of geef hem een andere id")


def _all_once(document: Document, location: Location, ids: list[str], known: list[str]) -> Iterator[Problem]:
    yield from _once(document, location, ids)
    for missing in (identifier for identifier in known if identifier not in ids):
        yield document.problem(location, "ontbreekt", f"‘{missing}’ ontbreekt hier", "voeg een onderdeel toe; elk kanaal en elke factor staat er één keer")


def _all_factors(document: Document, location: Location, given: Mapping[str, object], factors: list[str]) -> Iterator[Problem]:
    yield from _known(document, location, given, factors)
    for missing in (factor for factor in factors if factor not in given):
        yield document.problem(location, "ontbreekt", f"de factor ‘{missing}’ ontbreekt", "geef hem een level en een why")


def _known(document: Document, location: Location, given: Iterable[str], known: list[str]) -> Iterator[Problem]:
    for identifier in given:
        if identifier not in known:
            yield document.problem((*location, identifier), "onbekende-term", f"‘{identifier}’ bestaat niet", nearest(identifier, known))


def _ground(document: Document, location: Location, value: Backed) -> Iterator[Problem]:
    if (value.source is None) == (value.estimated is None):
        yield document.problem(location, "herkomst", "hier hoort een bron, of de dag van een eigen inschatting", "schrijf source: met een bron, of estimated: met een datum; niet allebei")
