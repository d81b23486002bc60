"""What editors write for the Kanaalwijzer: the channel table, target groups and common services, as frozen pydantic models.

Levels are whole numbers. What a channel offers on a factor: 0 little, 1 fair, 2 good, 3 very good. What people need
of a service: 1 ordinary, 2 important, 3 very important. See ``channel_guide`` for what is done with them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictBool, StrictInt

from generator.models import Model, PastDate, Slug, TipReference, plain, reference, unique

Task = Literal["weten", "doen", "overleggen"]
Often = Literal["nooit", "soms", "vaak"]
Trait = Literal["digitaal", "tekst", "gesproken", "reizen"]
_Why = Annotated[plain(240), Field(description="Het argument, in een of twee zinnen.")]


class Backed(Model):
    """A value with its argument, and where that comes from: a source, or an estimate of our own with its date."""

    why: _Why
    source: Annotated[reference("sources") | None, Field(description="De bron. Zonder bron is het een eigen inschatting.")] = None
    estimated: Annotated[PastDate | None, Field(description="De dag van onze inschatting, als er geen bron is.")] = None


class Offer(Backed):
    """How well a channel can serve a factor."""

    level: Annotated[StrictInt, Field(ge=0, le=3, description="0 weinig, 1 redelijk, 2 goed, 3 heel goed.")]


class Need(Model):
    """How important a factor is for a service."""

    level: Annotated[StrictInt, Field(ge=1, le=3, description="1 gewoon, 2 belangrijk, 3 heel belangrijk.")]
    why: _Why


class GuideFactor(Model):
    """How the guide asks for one factor."""

    id: Annotated[reference("factors"), Field(description="De factor.")]
    question: Annotated[plain(160), Field(description="De vraag, aan 'jullie'.")]
    example: Annotated[plain(240), Field(description="Een voorbeeld van een dienst waar dit heel belangrijk is, en een waar het gewoon is.")]
    noun: Annotated[plain(60), Field(description="Hoe de factor in een zin staat, zoals 'snel en op een eigen moment'.")]


class GuideChannel(Model):
    """One channel: what it is like, what people can do through it, and what it offers."""

    id: Annotated[reference("channels"), Field(description="Het kanaal.")]
    noun: Annotated[plain(60), Field(description="Hoe het kanaal in een zin staat, zoals 'de telefoon'.")]
    traits: Annotated[tuple[Trait, ...], AfterValidator(unique), Field(description="Wat het van mensen vraagt: digitaal, tekst, gesproken of reizen.")] = ()
    personal: Annotated[StrictBool, Field(description="Er antwoordt altijd een mens.")] = False
    rich: Annotated[StrictBool, Field(description="Mensen horen of zien elkaar.")] = False
    carries: Annotated[tuple[Task, ...], AfterValidator(unique), Field(min_length=1, description="Wat mensen hier van begin tot eind kunnen: weten, doen of overleggen.")]
    hand_on: Annotated[plain(240), Field(description="Wat je doet als iemand van dit kanaal naar een ander gaat.")]
    take_over: Annotated[plain(240), Field(description="Wat je doet als iemand van een ander kanaal hier komt.")]
    offers: Annotated[dict[str, Offer], Field(description="Wat het kanaal op elke factor kan bieden.")]


class GroupShift(Backed):
    """What is different for one target group: what is more important, and which channels serve it less."""

    id: Annotated[reference("target_groups"), Field(description="De doelgroep.")]
    raises: Annotated[dict[str, Annotated[StrictInt, Field(ge=1, le=3)]], Field(description="Factoren die voor deze groep minstens zo belangrijk zijn.")] = {}
    raises_sensitive: Annotated[
        dict[str, Annotated[StrictInt, Field(ge=1, le=3)]], Field(description="Factoren die alleen bij een dienst die wel eens gevoelig ligt, minstens zo belangrijk zijn.")
    ] = {}
    lowers: Annotated[
        dict[Trait, Annotated[tuple[reference("factors"), ...], AfterValidator(unique), Field(min_length=1)]],
        Field(description="Per soort kanaal de factoren die het deze groep een stap minder biedt."),
    ] = {}


class GuideRules(Model):
    """What the self-check already tells: which task a trait of a service means, and which factors it makes important."""

    tasks: Annotated[dict[str, Task], Field(description="Kenmerk van de dienst, met wat mensen dan komen doen.")]
    needs: Annotated[dict[str, dict[str, Annotated[StrictInt, Field(ge=2, le=3)]]], Field(description="Kenmerk van de dienst, met per factor hoe belangrijk die dan is.")]
    sensitive: Annotated[reference("service_traits"), Field(description="Het kenmerk dat zegt dat een dienst gevoelig ligt.")]


class Watch(Model):
    """Something to keep an eye on, for the strategy."""

    title: Annotated[plain(80), Field(description="Wat je volgt.")]
    text: Annotated[plain(300), Field(description="Hoe je dat deze maand kunt tellen.")]
    tips: Annotated[tuple[TipReference, ...], AfterValidator(unique), Field(description="Tips die daarbij helpen.")] = ()


class ChannelGuide(Model):
    """The whole guide, but for the services."""

    factors: Annotated[tuple[GuideFactor, ...], Field(min_length=1, description="De factoren.")]
    channels: Annotated[tuple[GuideChannel, ...], Field(min_length=2, description="De kanalen, het lichtste eerst: bij gelijke stand gaat dat voor.")]
    groups: Annotated[tuple[GroupShift, ...], Field(description="De doelgroepen waarvoor iets anders geldt.")] = ()
    from_check: Annotated[GuideRules, Field(description="Wat de zelfcheck al vertelt.")]
    watch: Annotated[tuple[Watch, ...], Field(min_length=1, description="Wat je blijft volgen.")]


class FixedStep(Model):
    """A step that a law puts in one channel."""

    channel: Annotated[reference("channels"), Field(description="Het kanaal dat vaststaat.")]
    why: _Why
    source: Annotated[reference("sources"), Field(description="Waar dat staat.")]


class Service(Model):
    """A common service of a municipality, with the needs that a visitor starts from."""

    id: Annotated[Slug, Field(description="Vaste naam. Verandert nooit.")]
    title: Annotated[plain(80), Field(description="De dienst, zoals mensen die noemen.")]
    task: Annotated[Task, Field(description="weten, doen of overleggen: wat mensen hier vooral komen doen.")]
    sensitive: Annotated[Often, Field(description="Hoe vaak de dienst gevoelig ligt.")]
    needs: Annotated[dict[str, Need], Field(description="Hoe belangrijk elke factor is.")]
    fixed: Annotated[FixedStep | None, Field(description="Een stap die volgens de wet in één kanaal moet.")] = None

