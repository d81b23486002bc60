"""The form for a new tip on GitHub: from the message that it makes to a draft in ``tips/``.

What somebody filled in is data: every text is quoted or indented before it goes into the file, and the file is checked as any tip.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date

import yaml

from generator import new
from generator.inert import as_code, as_data
from generator.load import KnowledgeBase
from generator.models import Source, Term
from generator.problems import Problem, errors, in_words, shown
from generator.text_rules import address_problem
from generator.yaml_source import Location


@dataclass(frozen=True)
class Question:
    """One question of the form: its label, where in a tip the answer goes, and whether nobody may skip it."""

    label: str
    place: Location
    required: bool = True


QUESTIONS = (
    Question("Titel", ("title",)),
    Question("Thema", ("theme",)),
    Question("Vraag van collega's", ("questions", 0)),
    Question("Samenvatting", ("summary",)),
    Question("Advies", ("advice",)),
    Question("Stappen", ("steps",)),
    Question("Wanneer past de tip niet?", ("not_when",)),
    Question("Waarom werkt het?", ("why_it_works",)),
    Question("Hoeveel werk is het?", ("effort", "level")),
    Question("Wie kost het hoeveel tijd?", ("effort", "text")),
    Question("Voorbeeld: kop", ("examples", 0, "heading"), required=False),
    Question("Voorbeeld: wat gebeurde er?", ("examples", 0, "text"), required=False),
    Question("Voorbeeld: wie deed het?", ("examples", 0, "organisation"), required=False),
    Question("Voorbeeld: bron", ("examples", 0, "source"), required=False),
    Question("Onderzoek: kop", ("research", 0, "heading"), required=False),
    Question("Onderzoek: wat kwam eruit?", ("research", 0, "text"), required=False),
    Question("Onderzoek: bron", ("research", 0, "source"), required=False),
)
CONSENT = "Akkoord"  # The heading above the boxes that everybody ticks.
_NO_ANSWER = ("", "None")
_SKIPPED = re.compile(r"^_No response_[ ]*$", re.MULTILINE)  # GitHub writes this where nothing was filled in.
_HEADING = re.compile(rf"^### ({'|'.join(re.escape(label) for label in (*(question.label for question in QUESTIONS), CONSENT))})[ ]*$", re.MULTILINE)
_ADDRESS = re.compile(r"(https?:|www\.)", re.IGNORECASE)
_LIST_MARK = re.compile(r"^([-*+•–]|[0-9]{1,2}[.)])\s+")
_HEAD = """\
# Een concept, gemaakt van een ingevuld formulier. Het staat nog niet op de site.
# Vul aan wat mist, zoals de labels, en zet status op actueel als de tip klaar is.
# Regels met # zijn uitleg; haal ze weg of laat ze staan, de site toont ze niet.

"""
Answers = Mapping[Location, str]


@dataclass(frozen=True)
class Draft:
    """A draft: its file relative to the repository, what stands in it, and in Dutch what is not in it yet."""

    path: str
    text: str
    left_out: tuple[str, ...]


def is_filled_in(message: str) -> bool:
    """Tell whether a message was made with the form, also when it was changed by hand afterwards."""
    return bool(_HEADING.search(message))


def read(message: str) -> tuple[Answers, list[str]]:
    """Return the answers in the message that the form makes, by their place in a tip, and in Dutch what is wrong with the message."""
    parts = _HEADING.split(message)
    found = list(zip(parts[1::2], (_SKIPPED.sub("", part).strip() for part in parts[2::2]), strict=True))
    labels = [label for label, _ in found]
    wrong = [f"‘{label}’: dit kopje staat er meer dan één keer. Haal het weg uit je eigen tekst." for label in dict.fromkeys(labels) if labels.count(label) > 1]
    given = {label: answer for label, answer in found if answer not in _NO_ANSWER}
    for question in QUESTIONS:
        if question.required and question.label not in labels:
            wrong.append(f"‘{question.label}’: dit kopje is weg. Zet ‘### {question.label}’ op een eigen regel boven je antwoord.")
        elif question.required and question.label not in given:
            wrong.append(f"‘{question.label}’ is niet ingevuld.")
    boxes = given.get(CONSENT, "").splitlines()
    if not boxes or not all(box.lower().startswith("- [x] ") for box in boxes):
        wrong.append(f"Zet bij ‘{CONSENT}’ overal een vinkje. Zonder dat mogen we je tekst niet gebruiken.")
    return {question.place: given[question.label] for question in QUESTIONS if question.label in given}, wrong


def draft(answers: Answers, template: str, knowledge: KnowledgeBase, number: int, slugs: Set[str], today: date) -> tuple[Draft, list[str]]:
    """Return the template filled in with the answers, and in Dutch which of them are on no list.

    Where an answer is missing or on no list, the sample of the template stays: so what is wrong with the others can be told too.
    ``number`` is free, and ``slugs`` are those that other tips have.
    """
    sample = yaml.load(template, yaml.CSafeLoader)
    chosen, wrong = _choices(answers, knowledge)
    title = _one_line(answers.get(("title",), sample["title"]))
    slug = new.slug_of(title)
    if slug in slugs:
        slug = f"{slug[:55].rstrip('-')}-{number}"
    example, told = _example(answers, knowledge)
    finding, studied = _part_with_source(answers, knowledge, "research", "Het onderzoek")
    level, minutes = chosen.get(("effort", "level"), sample["effort"]["level"]), answers.get(("effort", "text"), sample["effort"]["text"])
    written = {"summary": _quoted, "advice": _prose, "steps": _steps, "not_when": _prose, "why_it_works": _prose}
    values = {
        **{field: write(answers[(field,)]) for field, write in written.items() if (field,) in answers},
        "examples": _only_part(example),
        "research": _only_part(finding),
        "questions": f"[{chosen.get(('questions', 0), sample['questions'][0])}]",
        "effort": f"\n  level: {level}\n  text: {_quoted(minutes)}",
        "evidence": "ervaring",  # The weakest: an editor who has seen the sources may choose another.
    }
    _, section, rest = new.without_sample_labels(template).partition("# --- ")
    text = new.filled_in(_HEAD + section + rest, number, slug, title, chosen.get(("theme",), sample["theme"]), today)
    for field, value in values.items():
        text = new.replaced(text, field, f"{field}:{value}" if value.startswith("\n") else f"{field}: {value}")
    return Draft(f"tips/{number:03}-{slug}.yml", text, (*told, *studied)), wrong


def complaints(problems: Iterable[Problem]) -> list[str]:
    """Return the errors that a draft brought, in Dutch and in the words of the form. It has no lines, so what is wrong on more of them is told once."""
    return list(dict.fromkeys(f"{_with_labels(problem.message)} – {_hint(problem)}" for problem in errors(problems)))


def not_the_form() -> str:
    """Return a message in Markdown for who wrote a message without the form."""
    return "Dit bericht is niet gemaakt met het formulier ‘Nieuwe tip’. Daarom maken we er geen concept van.\n\nBegin opnieuw met dat formulier, of vraag hier om hulp."


def refusal(wrong: Iterable[str], left_out: Iterable[str]) -> str:
    """Return a message in Markdown for who filled in the form: what is wrong in the order of the questions, what won't be in the tip, and what to do."""
    ordered = sorted(wrong, key=lambda text: next((place for place, question in enumerate(QUESTIONS) if text.startswith(f"‘{question.label}’")), len(QUESTIONS)))
    parts = ["Van je antwoorden kan nog geen tip worden gemaakt.", _items(ordered)]
    if told := _items(left_out):
        parts += ["Dit houdt je tip niet tegen. Een redacteur kan je ermee helpen:", told]
    return "\n\n".join([*parts, "Verander je antwoorden in het bericht hierboven en bewaar het. Daarna kijken we opnieuw."])


def acceptance(made: Draft) -> str:
    """Return a message in Markdown for who filled in the form: what was made and what comes next."""
    thanks = f"Bedankt. Je antwoorden staan als concept in {as_code(made.path)}. Een redacteur kijkt mee en vult de labels aan. Daarna komt de tip op de site."
    return f"{thanks}\n\n{_items(made.left_out)}".rstrip()


def _items(texts: Iterable[str]) -> str:
    return "\n".join(f"- {as_data(text)}" for text in texts)


def _hint(problem: Problem) -> str:
    """Return how to mend a problem; only of the steps there can be too few, and whoever fills in the form sees no list in YAML."""
    return f"{problem.hint}, elk op een eigen regel" if problem.code == "te-weinig" else problem.hint


def _choices(answers: Answers, knowledge: KnowledgeBase) -> tuple[dict[Location, str], list[str]]:
    """Return the terms that were chosen from lists, and what is on no list."""
    lists: dict[Location, Mapping[str, Term]] = {
        ("theme",): knowledge.vocabularies["themes"],
        ("questions", 0): knowledge.vocabularies["questions"],
        ("effort", "level"): knowledge.vocabularies["effort_levels"],
    }
    lists = {place: terms for place, terms in lists.items() if place in answers}
    chosen = {place: _known(answers[place], {term.id: (term.label,) for term in terms.values()}) for place, terms in lists.items()}
    wrong = [
        f"‘{_label(place)}’: ‘{shown(_one_line(answers[place]))}’ staat niet in de lijst. Kies uit: {', '.join(term.label for term in terms.values())}"
        for place, terms in lists.items()
        if not chosen[place]
    ]
    return {place: term for place, term in chosen.items() if term}, wrong


def _example(answers: Answers, knowledge: KnowledgeBase) -> tuple[dict[str, str], list[str]]:
    """Return the fields of the example when it is complete, or else why it isn't; nothing when nobody began one."""
    fields, why = _part_with_source(answers, knowledge, "examples", "Het voorbeeld")
    teller = answers.get(("examples", 0, "organisation"), "")
    person = _known(teller, {key: (entry.name,) for key, entry in knowledge.people.items()})
    organisation = _known(teller, {key: (entry.name, entry.name.removeprefix("Gemeente ")) for key, entry in knowledge.organisations.items()})
    if teller and not person and not organisation:
        return {}, [*why, f"Het voorbeeld staat nog niet in de tip: ‘{shown(_one_line(teller))}’ kennen we nog niet als persoon of organisatie."]
    teller_field = {"person": person} if person else {"organisation": str(organisation)}
    return {**fields, **teller_field} if fields else {}, why


def _part_with_source(answers: Answers, knowledge: KnowledgeBase, name: str, what: str) -> tuple[dict[str, str], list[str]]:
    """Return the fields of an example or a finding when it is complete, or else why it isn't; nothing when nobody began one."""
    questions = [question for question in QUESTIONS if question.place[0] == name]
    missing = [question.label for question in questions if question.place not in answers]
    if len(missing) == len(questions):
        return {}, []
    why = [f"{what} staat nog niet in de tip: ‘{label}’ is niet ingevuld." for label in missing]
    given = answers.get((name, 0, "source"), "")
    source = _known(given, {key: _names(entry) for key, entry in knowledge.sources.items()})
    if given and not source:
        wrong = address_problem(_one_line(given)) if _ADDRESS.match(given) else ""
        why.append(f"{what} staat nog niet in de tip: de bron ‘{shown(_one_line(given))}’ {f'kan niet: {wrong}' if wrong else 'kennen we nog niet'}.")
    if why:
        return {}, why
    return {"heading": _quoted(answers[(name, 0, "heading")]), "text": _block(answers[(name, 0, "text")], 6), "source": str(source)}, []


def _names(source: Source) -> tuple[str, ...]:
    return (source.title, source.url) if source.url else (source.title,)


def _known(given: str, names: Mapping[str, Iterable[str]]) -> str | None:
    """Return the id that is meant by a text: the id itself or one of its names."""
    plain = _comparable(given)
    return next((key for key, others in names.items() if plain in (key, *map(_comparable, others))), None)


def _comparable(text: str) -> str:
    return _one_line(text).rstrip("/").casefold()


def _label(place: Location) -> str:
    return next(question.label for question in QUESTIONS if question.place == place)


def _with_labels(message: str) -> str:
    """Return a message of the check that begins with the name of a field, with the label of its question instead."""
    for question in QUESTIONS:
        name = in_words(question.place)
        if message.startswith(name):
            return f"‘{question.label}’{message.removeprefix(name)}"
    return message


def _steps(answer: str) -> str:
    """Return the lines of an answer as a list in YAML, without the marks that somebody put before them."""
    steps = [step for line in answer.split("\n") if (step := _LIST_MARK.sub("", line.strip()))]
    return "".join(f"\n  - {_quoted(step)}" for step in steps)


def _prose(text: str) -> str:
    return _block(text, 2)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """Return a text on one line as YAML. Always between quotes: without them ``1e3`` and ``no`` mean something else to some readers."""
    return json.dumps(_one_line(text), ensure_ascii=False)


def _block(text: str, indent: int) -> str:
    """Return a text of more lines as YAML, as an editor writes it."""
    return "|" + "".join(f"\n{' ' * indent}{line}".rstrip(" ") for line in text.split("\n"))


def _only_part(fields: Mapping[str, str]) -> str:
    """Return a list with one part as YAML, or an empty list; the values are YAML already."""
    return "\n  - " + "\n    ".join(f"{name}: {value}" for name, value in fields.items()) if fields else "[]"
