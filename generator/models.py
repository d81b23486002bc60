"""What editors write: the authored data of the knowledge base, as frozen pydantic models.

This is the only truth about fields. The JSON Schema, the template's test and the Dutch error messages derive from it.
Nothing here is derived from other data; see ``derive`` for that. Validation needs a ``Context`` (the ids that may
be referred to); pass it as ``Model.model_validate(data, context=context)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, ValidationInfo, create_model
from pydantic_core import PydanticCustomError

from generator import text_rules

# The collections that a field can refer to, with the folder or file under content/ that holds them.
VOCABULARIES: Mapping[str, str] = {
    "themes": "themes.yml",
    "questions": "questions.yml",
    "target_groups": "target-groups.yml",
    "barriers": "barriers.yml",
    "channels": "channels.yml",
    "service_traits": "service-traits.yml",
    "journey_steps": "journey-steps.yml",
    "factors": "factors.yml",
    "roles": "roles.yml",
    "measures": "measures.yml",
    "evidence_levels": "evidence-levels.yml",
    "effort_levels": "effort-levels.yml",
    "link_kinds": "link-kinds.yml",
    "organisation_kinds": "organisation-kinds.yml",
}
# Vocabularies with a page per term.
FACETS = ("themes", "questions", "target_groups", "barriers", "channels", "factors", "journey_steps")
# Fields of a tip that hold terms at two strengths; each has the name of its vocabulary.
TAG_FIELDS = ("target_groups", "barriers", "channels", "service_traits", "journey_steps", "factors", "roles")


@dataclass(frozen=True)
class Context:
    """What a file may refer to, and the day on which it is checked."""

    today: date
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    tip_numbers: frozenset[int] = frozenset()


def reference(collection: str) -> Any:
    """A text that must be an id of ``collection``; the JSON Schema carries the collection's name."""

    def check(value: str, info: ValidationInfo) -> str:
        known = info.context.ids.get(collection, frozenset())
        if value not in known:
            raise PydanticCustomError("unknown_reference", collection, {"value": value, "known": known})
        return value

    return Annotated[str, AfterValidator(check), Field(json_schema_extra={"x-collection": collection})]


def _check_tip_number(value: int, info: ValidationInfo) -> int:
    if value not in info.context.tip_numbers:
        raise PydanticCustomError("unknown_tip", "tip", {"value": value})
    return value


def checked_text(rule: text_rules.Rule, most: int) -> Any:
    """A text of at most ``most`` characters in which only the Markdown that ``rule`` allows may stand."""

    def check(value: str, info: ValidationInfo) -> str:
        findings = text_rules.findings(value, rule, info.context.tip_numbers)
        if findings:
            raise PydanticCustomError("text", "text", {"findings": findings})
        return value

    return Annotated[str, Field(min_length=1, max_length=most), AfterValidator(check)]


_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # Python reads weeks too, such as 2025-W01-1.


def _iso_date(value: Any) -> Any:
    # pydantic would also take a number as seconds since 1970.
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if _ISO_DATE.fullmatch(value) else "")
    except (TypeError, ValueError):
        raise PydanticCustomError("date", "date", {}) from None


def _not_in_future(value: date, info: ValidationInfo) -> date:
    if value > info.context.today:
        raise PydanticCustomError("future_date", "date", {"value": value.isoformat()})
    return value


def _web_address(value: str) -> str:
    if problem := text_rules.address_problem(value):
        raise PydanticCustomError("address", problem, {})
    return value


def unique(values: tuple[Any, ...]) -> tuple[Any, ...]:
    seen = set()
    for value in values:
        if value in seen:
            raise PydanticCustomError("repeated", "list", {"value": str(value)})
        seen.add(value)
    return values


def plain(most: int) -> Any:
    return checked_text(text_rules.PLAIN, most)


Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
IsoDate = Annotated[date, BeforeValidator(_iso_date)]
PastDate = Annotated[IsoDate, AfterValidator(_not_in_future)]
PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
Year = Annotated[StrictInt, Field(ge=1900, le=2100)]
WebAddress = Annotated[str, Field(max_length=600), AfterValidator(_web_address)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
TipNumber = Annotated[StrictInt, Field(ge=1, le=9999)]
TipReference = Annotated[TipNumber, AfterValidator(_check_tip_number)]
Icon = Annotated[str, Field(pattern=r"^[a-z0-9]+(/[a-z0-9-]+)+$")]
Keyword = plain(60)
Inline = checked_text(text_rules.INLINE, 400)


class Model(BaseModel):
    """Base of all authored models: unknown fields are an error, and nothing changes after reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# ---------------------------------------------------------------- vocabularies


class Colour(Model):
    """A colour in two variants, each with enough contrast for text on its background."""

    light: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$", description="Kleur op een lichte achtergrond.")]
    dark: Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$", description="Kleur op een donkere achtergrond.")]


class Term(Model):
    """One entry of a vocabulary, such as a channel or a target group."""

    id: Annotated[Slug, Field(description="Vaste naam in adressen en tips. Verander die niet meer na publicatie.")]
    label: Annotated[plain(80), Field(description="De naam zoals bezoekers die zien.")]
    explanation: Annotated[plain(200), Field(description="Uitleg in één zin.")]
    text: Annotated[checked_text(text_rules.PROSE, 1500) | None, Field(description="Langere uitleg, voor bovenaan de pagina.")] = None
    icon: Annotated[Icon | None, Field(description="Pictogram dat Material meelevert.")] = None
    synonyms: Annotated[
        tuple[Keyword, ...], AfterValidator(unique), Field(description="Woorden waarmee mensen hierop zoeken.")
    ] = ()
    begin: Annotated[TipReference | None, Field(description="De tip om mee te beginnen. Anders kiest het programma: de minste moeite, dan het beste bewijs.")] = None


class Theme(Term):
    """A theme: a term with a colour and a pattern of its own."""

    icon: Annotated[Icon, Field(description="Pictogram dat Material meelevert.")]
    colour: Annotated[Colour, Field(description="Kleur van het thema.")]
    pattern: Annotated[
        Literal["stippen", "strepen", "raster", "ruiten", "golven", "pijlen", "kruisjes", "bogen", "vlakken"],
        Field(description="Patroon van het thema, zodat kleur nooit alleen iets betekent."),
    ]


class GlossaryEntry(Model):
    """A word of our field with its explanation."""

    term: Annotated[plain(60), Field(description="Het woord.")]
    explanation: Annotated[checked_text(text_rules.INLINE, 400), Field(description="Uitleg in een of twee zinnen.")]
    also: Annotated[tuple[Keyword, ...], Field(description="Andere woorden voor hetzelfde.")] = ()


class Jargon(Model):
    """A word that readers stumble over, with what to write instead."""

    forms: Annotated[tuple[Keyword, ...], Field(min_length=1, description="De vormen waarin het woord voorkomt.")]
    instead: Annotated[plain(100), Field(description="Wat je beter kunt schrijven.")]


class ListText(Model):
    """Title and introduction of an overview page."""

    title: Annotated[plain(80), Field(description="Titel van de pagina.")]
    intro: Annotated[plain(300), Field(description="Een of twee zinnen bovenaan.")]
    description: Annotated[plain(160), Field(description="Beschrijving voor zoekmachines.")]


class HomeText(Model):
    """Texts of the home page."""

    title: Annotated[plain(120), Field(description="Wat dit is en voor wie, in één zin.")]
    intro: Annotated[plain(300), Field(description="Korte inleiding.")]


class ListTexts(Model):
    """Texts of the generated overview pages."""

    tips: Annotated[ListText, Field(description="Teksten bij het overzicht van alle tips.")]
    themes: Annotated[ListText, Field(description="Teksten bij het overzicht van thema's.")]
    questions: Annotated[ListText, Field(description="Teksten bij het overzicht van vragen.")]
    target_groups: Annotated[ListText, Field(description="Teksten bij het overzicht van doelgroepen.")]
    barriers: Annotated[ListText, Field(description="Teksten bij het overzicht van drempels.")]
    channels: Annotated[ListText, Field(description="Teksten bij het overzicht van kanalen.")]
    factors: Annotated[ListText, Field(description="Teksten bij het overzicht van factoren.")]
    journey_steps: Annotated[ListText, Field(description="Teksten bij het overzicht van de klantreis.")]
    people: Annotated[ListText, Field(description="Teksten bij het overzicht van mensen.")]
    organisations: Annotated[ListText, Field(description="Teksten bij het overzicht van organisaties.")]
    examples: Annotated[ListText, Field(description="Teksten bij het overzicht van voorbeelden.")]
    sources: Annotated[ListText, Field(description="Teksten bij het overzicht van bronnen.")]
    news: Annotated[ListText, Field(description="Teksten bij het overzicht van nieuwe tips.")]
    glossary: Annotated[ListText, Field(description="Teksten bij het overzicht van begrippen.")]


class ToolTexts(Model):
    """Texts of the pages where visitors work with tips."""

    selection: Annotated[ListText, Field(description="Teksten bij de eigen selectie.")]
    cards: Annotated[ListText, Field(description="Teksten bij de kaarten om te printen.")]
    workshop: Annotated[ListText, Field(description="Teksten bij het draaiboek van de workshop.")]
    board: Annotated[ListText, Field(description="Teksten bij het workshopscherm.")]


class SiteTexts(Model):
    """Texts of the site as a whole."""

    name: Annotated[plain(40), Field(description="Naam van de site.")]
    tagline: Annotated[plain(120), Field(description="Korte regel bij de naam.")]
    description: Annotated[plain(160), Field(description="Beschrijving voor zoekmachines.")]
    home: Annotated[HomeText, Field(description="Teksten van de startpagina.")]
    lists: Annotated[ListTexts, Field(description="Teksten van de overzichten.")]
    tools: Annotated[ToolTexts, Field(description="Teksten van de pagina's om met tips te werken.")]


# ---------------------------------------------------------------- the workshop


class WorkshopItem(Model):
    """Something to bring to the workshop."""

    title: Annotated[plain(60), Field(description="Wat je meeneemt.")]
    text: Annotated[plain(250), Field(description="Waarvoor, en hoeveel.")]
    page: Annotated[Literal["cards", "check", "board"] | None, Field(description="De pagina waar je dit vindt: de kaarten, de zelfcheck of het scherm.")] = None


class WorkshopStep(Model):
    """One step of the workshop, with its minutes in the short and in the long version."""

    title: Annotated[plain(60), Field(description="De stap als opdracht.")]
    minutes_60: Annotated[StrictInt, Field(ge=1, le=60, description="Minuten in de workshop van 60 minuten.")]
    minutes_90: Annotated[StrictInt, Field(ge=1, le=90, description="Minuten in de workshop van 90 minuten.")]
    says: Annotated[plain(250), Field(description="Wat de begeleider zegt.")]
    does: Annotated[plain(250), Field(description="Wat de begeleider doet.")]
    group: Annotated[plain(250), Field(description="Wat de groep doet. Staat ook groot op het scherm.")]
    result: Annotated[plain(120), Field(description="Wat de stap oplevert.")]


class WorkshopSteps(Model):
    """The steps, in order. Each has a screen of its own on the shared display, so none can be added or left out."""

    welcome: Annotated[WorkshopStep, Field(description="De dienst, en welke tips meedoen.")]
    choose: Annotated[WorkshopStep, Field(description="Iedereen kiest alleen kaarten.")]
    place: Annotated[WorkshopStep, Field(description="De kaarten gaan op de stapels.")]
    discuss: Annotated[WorkshopStep, Field(description="De groep bespreekt de stapels.")]
    four: Annotated[WorkshopStep, Field(description="De groep kiest hoogstens vier tips.")]
    agree: Annotated[WorkshopStep, Field(description="Wie wat doet.")]
    close: Annotated[WorkshopStep, Field(description="Het plan is klaar.")]

    def in_order(self) -> tuple[WorkshopStep, ...]:
        """Return all steps, first to last."""
        return tuple(getattr(self, name) for name in type(self).model_fields)


class WorkshopAdvice(Model):
    """A tip for whoever leads the workshop."""

    title: Annotated[plain(60), Field(description="Wanneer je deze tip nodig hebt.")]
    text: Annotated[plain(250), Field(description="Wat je dan doet.")]


class Workshop(Model):
    """The script of the workshop, for the page with the script and for the shared display."""

    people: Annotated[plain(400), Field(description="Met hoeveel mensen, en wie. Dit is ons eigen advies.")]
    bring: Annotated[tuple[WorkshopItem, ...], Field(min_length=1, description="Wat je meeneemt.")]
    steps: Annotated[WorkshopSteps, Field(description="De stappen, samen 60 en samen 90 minuten.")]
    leader_tips: Annotated[tuple[WorkshopAdvice, ...], Field(min_length=1, description="Tips voor de begeleider.")]
    online: Annotated[tuple[plain(250), ...], Field(min_length=1, description="Hoe het online gaat.")]
    week_after: Annotated[tuple[plain(250), ...], Field(min_length=1, description="Wat je doet in de week erna.")]


# ---------------------------------------------------------------- people, organisations, sources


class Organisation(Model):
    """An organisation that did or published something. The file's name is its id."""

    name: Annotated[plain(120), Field(description="Naam van de organisatie, zoals zij die zelf schrijft.")]
    kind: Annotated[reference("organisation_kinds"), Field(description="Soort organisatie.")]


class Person(Model):
    """A person whose practice or view an example tells. The file's name is its id."""

    name: Annotated[plain(80), Field(description="Voor- en achternaam.")]
    role: Annotated[plain(120) | None, Field(description="Functie, zoals de bron die noemt.")] = None
    organisation: Annotated[reference("organisations"), Field(description="Organisatie waar deze persoon toen werkte.")]


class Source(Model):
    """A publication that a tip leans on. The file's name is its id."""

    title: Annotated[plain(300), Field(description="Titel, precies zoals de bron die geeft.")]
    publisher: Annotated[plain(160), Field(description="Wie het uitgaf.")]
    authors: Annotated[tuple[plain(80), ...], Field(description="Schrijvers, als de bron die noemt.")] = ()
    year: Annotated[Year | None, Field(description="Jaar van verschijnen, als dat bekend is.")] = None
    url: Annotated[WebAddress | None, Field(description="Adres van de bron.")] = None
    kind: Annotated[reference("link_kinds"), Field(description="Soort bron.")]
    language: Annotated[Language, Field(description="Taal van de bron: nl, en, …")] = "nl"
    note: Annotated[plain(300) | None, Field(description="Wat een lezer over deze bron moet weten.")] = None


# ---------------------------------------------------------------- the tip


class Tags(Model):
    """Terms of one vocabulary at two strengths: what the tip is about, and what it also helps with."""

    core: Annotated[tuple[str, ...], Field(description="Daar gaat de tip over.")] = ()
    also: Annotated[tuple[str, ...], Field(description="Daar helpt de tip ook bij.")] = ()

    def all(self) -> tuple[str, ...]:
        """Return the ids of both strengths, the strongest first."""
        return self.core + self.also


def _tags(collection: str, core: str, also: str) -> type[Tags]:
    """Return a model with terms of ``collection`` at two strengths, each with its description."""
    terms = Annotated[tuple[reference(collection), ...], AfterValidator(unique)]
    name = "".join(part.title() for part in collection.split("_")) + "Tags"
    return create_model(
        name, __base__=Tags, core=(Annotated[terms, Field(description=core)], ()), also=(Annotated[terms, Field(description=also)], ())
    )


TargetGroupTags = _tags("target_groups", "Voor wie deze tip vooral is.", "Voor wie deze tip ook helpt.")
BarrierTags = _tags("barriers", "Drempels die deze tip wegneemt.", "Drempels die deze tip ook lager maakt.")
ChannelTags = _tags("channels", "Kanalen waar deze tip over gaat.", "Kanalen waarvoor deze tip ook geldt.")
ServiceTraitTags = _tags("service_traits", "Soort dienst waar deze tip vooral bij past.", "Soort dienst waar deze tip ook bij past.")
JourneyStepTags = _tags("journey_steps", "Stappen van de klantreis waar deze tip over gaat.", "Stappen waar deze tip ook helpt.")
FactorTags = _tags("factors", "Factoren van persoonlijke dienstverlening die deze tip versterkt.", "Factoren die deze tip ook versterkt.")
RoleTags = _tags("roles", "Wie met deze tip kan beginnen.", "Wie er ook bij nodig is.")


class Figure(Model):
    """A key figure: a value and what it counts."""

    value: Annotated[plain(24), Field(description='Het cijfer als tekst, bijvoorbeeld "3 van de 4" of "85%".')]
    counts: Annotated[plain(160), Field(description="Wat het cijfer telt, bij wie en wanneer.")]


class Example(Model):
    """What a named person or organisation did or thinks."""

    heading: Annotated[plain(100), Field(description="Kop die zegt wat er gebeurde.")]
    text: Annotated[checked_text(text_rules.SUB_PROSE, 1500), Field(description="Het voorbeeld, in eigen woorden.")]
    person: Annotated[reference("people") | None, Field(description="Wie dit vertelde.")] = None
    organisation: Annotated[reference("organisations") | None, Field(description="Welke organisatie dit deed, als er geen persoon is.")] = None
    verbatim: Annotated[StrictBool, Field(description="true als de tekst letterlijk is overgenomen; dat mag alleen als de bron dat toestaat.")] = False
    source: Annotated[reference("sources"), Field(description="Waar dit vandaan komt.")]
    date: Annotated[PartialDate | None, Field(description='Wanneer dit was: "2024", "2024-05" of "2024-05-31".')] = None


class Research(Model):
    """A finding with its source."""

    heading: Annotated[plain(120), Field(description="Kop die zegt wat er gevonden is.")]
    text: Annotated[checked_text(text_rules.SUB_PROSE, 2000), Field(description="De bevinding, niet meer dan de bron zegt.")]
    source: Annotated[reference("sources"), Field(description="De bron van de bevinding.")]
    figures: Annotated[tuple[Figure, ...], Field(max_length=3, description="Hoogstens drie cijfers om groot te tonen.")] = ()


class Link(Model):
    """A useful link."""

    title: Annotated[plain(120), Field(description="Titel van de pagina.")]
    url: Annotated[WebAddress, Field(description="Adres, beginnend met https://.")]
    kind: Annotated[reference("link_kinds"), Field(description="Wat voor pagina het is.")]
    language: Annotated[Language, Field(description="Taal van de pagina: nl, en, …")] = "nl"


class Effort(Model):
    """How much work the tip takes."""

    level: Annotated[reference("effort_levels"), Field(description="klein, middel of groot.")]
    text: Annotated[plain(200), Field(description="In één zin: wie kost dit hoeveel tijd.")]


class LegalDuty(Model):
    """The article of law that makes the tip (partly) an obligation."""

    law: Annotated[plain(120), Field(description="Naam van de wet, met afkorting.")]
    article: Annotated[plain(80), Field(description="Artikel, bijvoorbeeld artikel 2:1, eerste lid.")]
    text: Annotated[checked_text(text_rules.INLINE, 400), Field(description="Wat de wet vraagt, in gewone taal.")]
    since: Annotated[PartialDate | None, Field(description="Sinds wanneer dit geldt.")] = None
    source: Annotated[reference("sources"), Field(description="Waar dit staat.")]


class OwnRule(Model):
    """When the self-check recommends this tip besides what its tags say."""

    when: Annotated[
        dict[str, tuple[Slug, ...]],
        Field(min_length=1, description="Vraag (of vraag.rij) met de antwoorden waarbij deze regel geldt; alle vragen moeten kloppen."),
    ]
    kind: Annotated[
        Literal["meer-doen", "eerst-uitzoeken"], Field(description="meer-doen zet de tip hoog; eerst-uitzoeken noemt wat de gemeente eerst moet weten.")
    ] = "meer-doen"
    reason: Annotated[plain(200), Field(description="De reden in één zin, voor de gemeente die dit antwoordt.")]


class Tip(Model):
    """One tip, as an editor writes it in ``tips/``."""

    number: Annotated[TipNumber, Field(description="Nummer van de tip. Staat ook in de bestandsnaam en verandert nooit.")]
    slug: Annotated[Slug, Field(description="Korte naam voor het adres. Staat ook in de bestandsnaam.")]
    title: Annotated[plain(80), Field(description="Titel als opdracht: Test je formulier met vijf mensen.")]
    theme: Annotated[reference("themes"), Field(description="Het thema waar de tip bij hoort.")]
    also_themes: Annotated[
        tuple[reference("themes"), ...], AfterValidator(unique), Field(description="Andere thema's waar de tip ook bij past.")
    ] = ()
    summary: Annotated[plain(200), Field(description="Een of twee zinnen voor kaartjes en zoekresultaten.")]
    advice: Annotated[checked_text(text_rules.PROSE, 2500), Field(description="De tip zelf. De eerste zin zegt wat je moet doen.")]
    steps: Annotated[
        tuple[Inline, ...],
        Field(min_length=3, max_length=7, description="Zo pak je het aan: 3 tot 7 stappen, de eerste kan deze week."),
    ]
    not_when: Annotated[checked_text(text_rules.PROSE, 800), Field(description="Wanneer deze tip niet past.")]
    examples: Annotated[tuple[Example, ...], Field(description="Wat anderen deden.")] = ()
    why_it_works: Annotated[checked_text(text_rules.PROSE, 1500), Field(description="Waarom dit werkt.")]
    research: Annotated[tuple[Research, ...], Field(description="Onderzoek en rapporten die de tip steunen of nuanceren.")] = ()
    conclusion: Annotated[checked_text(text_rules.PROSE, 800) | None, Field(description="Wat je moet onthouden.")] = None
    links: Annotated[tuple[Link, ...], Field(description="Handige links.")] = ()
    questions: Annotated[
        tuple[reference("questions"), ...],
        Field(min_length=1, description="Vragen van collega's waar deze tip antwoord op geeft."),
        AfterValidator(unique),
    ]
    target_groups: Annotated[TargetGroupTags, Field(description="Doelgroepen. Leeg als de tip voor iedereen is.")] = TargetGroupTags()
    barriers: Annotated[BarrierTags, Field(description="Drempels die lager worden.")] = BarrierTags()
    channels: Annotated[ChannelTags, Field(description="Kanalen.")] = ChannelTags()
    service_traits: Annotated[ServiceTraitTags, Field(description="Kenmerken van de dienst.")] = ServiceTraitTags()
    journey_steps: Annotated[JourneyStepTags, Field(description="Stappen van de klantreis.")] = JourneyStepTags()
    factors: Annotated[FactorTags, Field(description="Factoren van persoonlijke dienstverlening.")] = FactorTags()
    roles: Annotated[RoleTags, Field(description="Wie ermee aan de slag kan.")] = RoleTags()
    measure: Annotated[reference("measures") | None, Field(description="Gewoonte die een gemeente al kan hebben; de tip wordt dan Blijven doen.")] = None
    one_service: Annotated[
        plain(60) | None,
        Field(description="Als de tip maar over één dienst gaat: welke, zoals geboorteaangifte. In de zelfcheck komt de tip dan niet bij de eerste vijf."),
    ] = None
    recommend_when: Annotated[
        tuple[OwnRule, ...], Field(description="Eigen regels voor de zelfcheck, als de labels niet genoeg zeggen.")
    ] = ()
    effort: Annotated[Effort, Field(description="Hoeveel werk het is.")]
    evidence: Annotated[reference("evidence_levels"), Field(description="Hoe sterk het bewijs is.")]
    legal: Annotated[tuple[LegalDuty, ...], Field(description="Wettelijke plicht, als die er is.")] = ()
    related: Annotated[
        tuple[TipReference, ...], AfterValidator(unique), Field(description="Nummers van tips die hier goed bij passen.")
    ] = ()
    requires: Annotated[
        tuple[TipReference, ...], AfterValidator(unique), Field(description="Nummers van tips die je eerst moet doen.")
    ] = ()
    added: Annotated[PastDate, Field(description="Dag waarop de tip erbij kwam, als jjjj-mm-dd.")]
    reviewed: Annotated[PastDate, Field(description="Dag waarop iemand de tip voor het laatst nakeek.")]
    review_by: Annotated[IsoDate, Field(description="Dag waarop de tip weer nagekeken moet zijn.")]
    status: Annotated[
        Literal["actueel", "concept", "vervallen"],
        Field(description="actueel, concept (nog niet op de site) of vervallen (pagina blijft en verwijst door)."),
    ] = "actueel"
    replaced_by: Annotated[TipReference | None, Field(description="Nummer van de tip die deze vervangt.")] = None
    former_slugs: Annotated[
        tuple[Slug, ...], AfterValidator(unique), Field(description="Oude namen in het adres; die verwijzen door.")
    ] = ()
    keywords: Annotated[
        tuple[Keyword, ...], AfterValidator(unique), Field(description="Zoekwoorden die niet in de tekst staan.")
    ] = ()

    @cached_property
    def term_keys(self) -> tuple[tuple[str, str, str], ...]:
        """(vocabulary, id, strength) for every term that leads to other tips."""
        keys = [("themes", self.theme, "core"), *(("themes", theme, "also") for theme in self.also_themes)]
        keys += [("questions", question, "core") for question in self.questions]
        for name, tags in self.tags():
            keys += [(name, term, "core") for term in tags.core] + [(name, term, "also") for term in tags.also]
        return tuple(keys)

    def tags(self) -> Iterator[tuple[str, Any]]:
        """Yield the name and the tags of every field that holds terms at two strengths."""
        return ((name, getattr(self, name)) for name in TAG_FIELDS)
