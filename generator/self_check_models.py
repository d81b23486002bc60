"""What editors write for the self-check: sections, questions and options, as frozen pydantic models.

Options carry ids of the vocabularies, so a tip takes part as soon as it is tagged. See ``self_check`` for what is done
with the answers.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StrictBool, StrictInt

from generator.models import Model, Slug, plain, reference, unique

UNKNOWN = "weet-ik-niet"


def _terms(collection: str, description: str) -> Any:
    return Annotated[tuple[reference(collection), ...], AfterValidator(unique), Field(description=description)]


class Terms(Model):
    """Terms that an answer points at; tips that carry them come nearer."""

    themes: _terms("themes", "Thema's.") = ()
    target_groups: _terms("target_groups", "Doelgroepen.") = ()
    barriers: _terms("barriers", "Drempels.") = ()
    channels: _terms("channels", "Kanalen.") = ()
    service_traits: _terms("service_traits", "Kenmerken van de dienst.") = ()
    journey_steps: _terms("journey_steps", "Stappen van de klantreis.") = ()
    factors: _terms("factors", "Factoren.") = ()
    roles: _terms("roles", "Rollen.") = ()

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return (vocabulary, id) for every term."""
        return tuple((name, term) for name in type(self).model_fields for term in getattr(self, name))


class CheckOption(Model):
    """One answer to choose."""

    id: Annotated[Slug, Field(description="Vaste naam. Verandert nooit, ook niet als de tekst verandert.")]
    label: Annotated[plain(120), Field(description="De tekst van het antwoord.")]
    because: Annotated[
        plain(140) | None,
        Field(description="Zinsdeel na 'Omdat', zoals: mensen vaak vastlopen bij het inloggen. In een rooster: het woord op de plek van {hoe}."),
    ] = None
    gives: Annotated[Terms, Field(description="Waar dit antwoord op wijst. In een rooster volgt dat uit de rij.")] = Terms()
    weight: Annotated[
        StrictInt, Field(ge=0, le=3, description="Hoe sterk dit antwoord telt: 1 een beetje, 2 duidelijk, 3 sterk. 0 in een rooster: de rij telt niet.")
    ] = 2
    has: Annotated[tuple[reference("measures"), ...], AfterValidator(unique), Field(description="Gewoonten die er al zijn: die tips worden Blijven doen.")] = ()
    lacks: Annotated[tuple[reference("measures"), ...], AfterValidator(unique), Field(description="Gewoonten die ontbreken: die tips komen sterk naar voren. Bij weight: 1 is de gewoonte er half.")] = ()
    effort: Annotated[
        tuple[reference("effort_levels"), ...], AfterValidator(unique), Field(description="Hoeveel werk nu past; bepaalt alleen de volgorde.")
    ] = ()
    focus: Annotated[tuple[reference("themes"), ...], AfterValidator(unique), Field(description="Thema's die voorgaan; bepalen alleen de volgorde.")] = ()
    rules_out: Annotated[StrictBool, Field(description="Tips die alleen over deze groepen of kanalen gaan, vallen af.")] = False
    exclusive: Annotated[StrictBool, Field(description="Dit antwoord kan niet samen met een ander, zoals 'niets van dit alles'.")] = False
    neutral: Annotated[StrictBool, Field(description="Dit antwoord hoort geen invloed te hebben.")] = False


class CheckRow(Model):
    """One row of a grid: something that gets an answer of its own."""

    id: Annotated[Slug, Field(description="Vaste naam van de rij.")]
    label: Annotated[plain(120), Field(description="De tekst van de rij.")]
    because: Annotated[plain(140), Field(description="Zinsdeel na 'Omdat', met {hoe} waar het woord van het antwoord komt.")]
    gives: Annotated[Terms, Field(description="Waar deze rij op wijst.")] = Terms()


class Skip(Model):
    """When a question is passed over: if another question has only answers from this list."""

    question: Annotated[Slug, Field(description="De vraag waar het van afhangt.")]
    only: Annotated[tuple[Slug, ...], Field(min_length=1, description="Staan er alleen antwoorden uit deze lijst, dan valt de vraag weg.")]


class CheckQuestion(Model):
    """One question of the check. Every question but a text also offers 'weet ik niet'."""

    id: Annotated[Slug, Field(description="Vaste naam. Verandert nooit, ook niet als de vraag anders wordt geschreven.")]
    title: Annotated[plain(140), Field(description="De vraag, aan 'jullie'.")]
    short: Annotated[plain(60), Field(description="Korte naam in het overzicht.")]
    kind: Annotated[
        Literal["tekst", "een", "meer", "rooster"],
        Field(description="tekst = vrij veld, een = één antwoord, meer = meer antwoorden, rooster = één antwoord per rij."),
    ]
    why: Annotated[plain(300), Field(description="Waarom vragen wij dit?")]
    where: Annotated[plain(300), Field(description="Waar vind je dit?")]
    find_out: Annotated[plain(300) | None, Field(description="Hoe je dit uitzoekt als je het niet weet, bij Eerst uitzoeken.")] = None
    options: Annotated[tuple[CheckOption, ...], Field(description="De antwoorden, zonder 'weet ik niet'.")] = ()
    rows: Annotated[tuple[CheckRow, ...], Field(description="De rijen van een rooster.")] = ()
    most: Annotated[StrictInt | None, Field(ge=1, le=9, description="Hoogste aantal antwoorden.")] = None
    skip: Annotated[Skip | None, Field(description="Wanneer deze vraag wegvalt.")] = None
    workshop: Annotated[StrictBool, Field(description="Hoort bij de korte versie voor een workshop.")] = False


class CheckSection(Model):
    """A group of questions."""

    id: Annotated[Slug, Field(description="Vaste naam van de groep.")]
    title: Annotated[plain(60), Field(description="Kop van de groep.")]
    questions: Annotated[tuple[CheckQuestion, ...], Field(min_length=1, description="De vragen.")]


class SelfCheck(Model):
    """The whole self-check."""

    version: Annotated[StrictInt, Field(ge=1, description="Versie van de vragen. Gaat omhoog als een id verdwijnt; zet de oude id dan bij renamed.")]
    renamed: Annotated[
        dict[str, str], Field(description="Oude id's die nog in bestanden en links staan, met de id van nu, of leeg als het antwoord verdween.")
    ] = {}
    sections: Annotated[tuple[CheckSection, ...], Field(min_length=1, description="De groepen.")]

    def questions(self) -> tuple[CheckQuestion, ...]:
        """Return all questions, in order."""
        return tuple(question for section in self.sections for question in section.questions)
