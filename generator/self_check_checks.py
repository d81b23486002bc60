"""Rules for the self-check's questions and the tips' own rules: everything has an effect, and everything can be reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.derive import derive
from generator.load import SELF_CHECK, KnowledgeBase, tip_path
from generator.models import OwnRule, Tip
from generator.problems import Problem, nearest
from generator.self_check import ENOUGH, compile_check, item_ids
from generator.self_check_models import UNKNOWN, CheckQuestion, SelfCheck
from generator.yaml_source import Document, Location


def check_self_check(kb: KnowledgeBase, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Yield the problems of the questions and of the tips' own rules; nothing when there is no self-check."""
    if kb.self_check and SELF_CHECK in documents:
        yield from _questions(kb.self_check, documents[SELF_CHECK])
        yield from _own_rules(kb, documents)


def check_influence(kb: KnowledgeBase, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Yield answers without influence and tips that no answer brings up. The rest of the knowledge base has to be right."""
    if kb.self_check and SELF_CHECK in documents:
        yield from _influence(kb, documents[SELF_CHECK], documents)


def _places(check: SelfCheck) -> Iterator[tuple[Location, CheckQuestion]]:
    for section_place, section in enumerate(check.sections):
        for place, question in enumerate(section.questions):
            yield ("sections", section_place, "questions", place), question


def _questions(check: SelfCheck, document: Document) -> Iterator[Problem]:
    """Ids are unique, choices have answers, grids have rows, reasons are there, and skips look back."""
    earlier: dict[str, CheckQuestion] = {}
    for location, question in _places(check):
        for where, identifier in ((location, question.id), *(((*location, "options", place), option.id) for place, option in enumerate(question.options))):
            # JavaScript puts such a key of an object before all others, Python doesn't.
            if identifier.isdigit():
                yield document.problem((*where, "id"), "vorm", f"de id ‘{identifier}’ heeft alleen cijfers", "zet er een letter bij, zoals jaar-2024")
        if question.id in earlier:
            yield document.problem((*location, "id"), "dubbel", f"de vraag ‘{question.id}’ staat er twee keer", "geef een van de twee een andere id")
        for field in ("why", "where", "find_out"):
            if "](" in (getattr(question, field) or ""):
                yield document.problem((*location, field), "link", f"in ‘{field}’ kan geen link staan", "noem het nummer van de tip, zoals tip 12, of de naam van de site")
        for field in ("options", "rows"):
            ids = [entry.id for entry in getattr(question, field)]
            for place, identifier in enumerate(ids):
                if identifier in ids[:place] or identifier == UNKNOWN:
                    hint = "‘weet ik niet’ komt er vanzelf bij" if identifier == UNKNOWN else "geef een van de twee een andere id"
                    yield document.problem((*location, field, place, "id"), "dubbel", f"‘{identifier}’ staat hier al", hint)
        if question.kind == "tekst" and (question.options or question.rows):
            yield document.problem(location, "zelfcheck", "een vraag met een vrij veld heeft geen antwoorden", "haal options en rows weg, of kies een andere kind")
        if question.kind != "tekst" and len(question.options) < 2:
            yield document.problem(location, "zelfcheck", "deze vraag heeft minder dan twee antwoorden", "voeg antwoorden toe bij options")
        if (question.kind == "rooster") != bool(question.rows):
            yield document.problem(location, "zelfcheck", "alleen een rooster heeft rijen", "kies kind: rooster, of haal rows weg")
        for place, row in enumerate(question.rows):
            if "{hoe}" not in row.because:
                yield document.problem((*location, "rows", place, "because"), "zelfcheck", "de reden van deze rij mist {hoe}", "zet {hoe} waar ‘vaak’ of ‘veel’ moet komen")
        for place, option in enumerate(question.options):
            tells = option.has or option.lacks or (option.weight and (option.gives.keys() or question.kind == "rooster") and not option.neutral)
            if tells and not option.because:
                yield document.problem((*location, "options", place), "zelfcheck", f"het antwoord ‘{option.id}’ heeft gevolgen maar geen reden", "schrijf bij because wat na ‘Omdat’ komt")
        if question.skip:
            other = earlier.get(question.skip.question)
            if other is None or other.kind == "rooster":
                yield document.problem((*location, "skip", "question"), "onbekende-vraag", f"‘{question.skip.question}’ is geen eerdere vraag", nearest(question.skip.question, earlier))
            else:
                known = [option.id for option in other.options]
                for place, identifier in enumerate(question.skip.only):
                    if identifier not in known:
                        yield document.problem((*location, "skip", "only", place), "onbekend-antwoord", f"‘{identifier}’ is geen antwoord van ‘{other.id}’", nearest(identifier, known))
        earlier[question.id] = question


def _own_rules(kb: KnowledgeBase, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A tip's own rules name answers that exist, can all be given at once, and add something to its other rules."""
    assert kb.self_check
    answers = {item: [option.id for option in question.options] for question in kb.self_check.questions() for item, _ in item_ids(question)}
    questions = {question.id: question for question in kb.self_check.questions()}
    for tip in kb.tips:
        for place, rule in enumerate(tip.recommend_when):
            location = ("recommend_when", place)
            for item, options in rule.when.items():
                if item not in answers:
                    yield _in_tip(tip, documents, (*location, "when", item), "onbekende-vraag", f"de zelfcheck heeft geen vraag ‘{item}’", nearest(item, answers))
                    continue
                for option in options:
                    if option not in (*answers[item], UNKNOWN):
                        yield _in_tip(tip, documents, (*location, "when", item), "onbekend-antwoord", f"‘{option}’ is geen antwoord van ‘{item}’", nearest(option, answers[item]))
                skip = questions[item].skip if item in questions else None
                if skip and skip.question in rule.when and all(option in skip.only for option in rule.when[skip.question]):
                    yield _in_tip(tip, documents, (*location, "when", item), "regel-geldt-nooit", f"‘{item}’ valt weg bij deze antwoorden op ‘{skip.question}’", "haal een van de twee uit de regel")
            for other_place, other in enumerate(tip.recommend_when):
                if other_place != place and _covers(other, rule) and (other_place < place or not _covers(rule, other)):
                    yield _in_tip(tip, documents, location, "regel-overbodig", f"regel {other_place + 1} geldt altijd al als deze geldt", "haal deze regel weg of maak hem anders")


def _covers(wide: OwnRule, narrow: OwnRule) -> bool:
    """Tell whether ``wide`` fires whenever ``narrow`` does, with the same effect."""
    return wide.kind == narrow.kind and all(item in narrow.when and set(narrow.when[item]) <= set(options) for item, options in wide.when.items())


def _in_tip(tip: Tip, documents: Mapping[str, Document], location: Location, code: str, message: str, hint: str, warning: bool = False) -> Problem:
    document = documents.get(tip_path(tip))
    return Problem(tip_path(tip), document.line(location) if document else 1, code, message, hint, warning)


def _influence(kb: KnowledgeBase, document: Document, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Every answer does something or is marked neutral, and every tip can come up."""
    assert kb.self_check
    site = derive(kb)
    data = compile_check(site)
    ruled = {(item, option) for tip in site.tips for rule in tip.recommend_when for item, options in rule.when.items() for option in options}
    leaned_on = {question.skip.question for question in kb.self_check.questions() if question.skip}
    for location, question in _places(kb.self_check):
        for place, option in enumerate(question.options):
            compiled = [(item, data["items"][item]["options"][option.id]) for item, _ in item_ids(question)]
            aims = any(one["has"] or one["effort"] or one["focus"] or one["rulesOut"] or (item, option.id) in ruled for item, one in compiled)
            points = option.lacks or (option.weight and any(option.gives.keys() or (row and row.gives.keys()) for _, row in item_ids(question)))
            where = (*location, "options", place)
            if (aims or points) and option.neutral:
                yield document.problem(where, "niet-neutraal", f"het antwoord ‘{option.id}’ heeft wel invloed", "haal neutral weg")
            elif not aims and not points and not option.neutral and question.id not in leaned_on:
                yield document.problem(where, "geen-invloed", f"het antwoord ‘{option.id}’ doet niets", "geef het labels, of schrijf neutral: true")
            elif points and not aims and not any(one["tips"] for _, one in compiled):
                yield document.problem(where, "geen-tip", f"het antwoord ‘{option.id}’ brengt geen enkele tip naar voren", "schrijf een tip met deze labels, of kies andere labels", True)
    reached = {number for asked in data["items"].values() for option in asked["options"].values() for number, points in option["tips"] if points >= ENOUGH}
    for tip in _unreached(site.tips, reached):
        yield _in_tip(tip, documents, (), "onbereikbaar", "geen antwoord in de zelfcheck brengt deze tip naar voren", "geef de tip labels die in content/self-check.yml bij gives staan")
    practised = {measure for _, question in _places(kb.self_check) for option in question.options for measure in option.has}
    for tip in site.tips:
        if tip.measure and tip.measure not in practised:
            message = f"geen antwoord in de zelfcheck zegt dat een gemeente ‘{tip.measure}’ al doet, dus deze tip komt nooit bij Blijven doen"
            yield _in_tip(tip, documents, ("measure",), "geen-gewoonte", message, f"zet has: [{tip.measure}] bij een antwoord in {SELF_CHECK}", True)


def _unreached(tips: Iterable[Tip], reached: set[int]) -> list[Tip]:
    return [tip for tip in tips if tip.number not in reached and not any(rule.kind == "meer-doen" for rule in tip.recommend_when)]
