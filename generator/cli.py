"""The command ``tipwijzer`` for editors and maintainers. Its texts are Dutch; messages go to the terminal."""

from __future__ import annotations

import argparse
import errno
import logging
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal, NoReturn

from generator import addresses, due, export, issue_form, new, swap
from generator.checks import check_all
from generator.comment import comment
from generator.derive import Site, derive
from generator.inert import as_data
from generator.load import PUBLISHED_ADDRESSES, Loaded, load, tip_path
from generator.problems import Problem, errors, github_annotations, on_github, report, summary
from generator.text_rules import address_problem
from generator.yaml_source import read_text

CONFIG = "mkdocs.yml"
# Why a disk refuses, in words; the rest stays as the system says it.
_REFUSALS = {
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "je hebt geen ruimte meer op deze schijf",
    errno.EFBIG: "een bestand wordt groter dan hier mag",
    errno.EROFS: "op deze schijf kan niet geschreven worden",
    errno.EACCES: "je hebt hier geen rechten",
    errno.EPERM: "je hebt hier geen rechten",
}

# What argparse finds wrong with a command, in Dutch.
_WRONG_COMMANDS = {
    r"invalid choice: '(.+?)'": "‘{}’ is geen opdracht.",
    r"unrecognized arguments: (.+)": "‘{}’ hoort er niet bij.",
    r"the following arguments are required: (.+)": "{} ontbreekt.",
    r"argument (\S+): expected": "Achter {} ontbreekt iets.",
    r"argument (\S+):": "Wat je bij {} schreef, kan niet.",
}


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, "Gebruik: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks Dutch."""

    def __init__(self, **options: object) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **options)  # type: ignore[arg-type]
        self._positionals.title, self._optionals.title = "Onderdelen", "Opties"
        self.add_argument("-h", "--help", action="help", help="toon deze uitleg")

    def error(self, message: str) -> NoReturn:
        told = (dutch.format(found[1]) for english, dutch in _WRONG_COMMANDS.items() if (found := re.search(english, message)))
        self.exit(2, f"{self.format_usage()}{next(told, 'Deze opdracht klopt niet.')} Kijk met {self.prog} --help wat er kan.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit code: 0 good, 1 problems, 2 a wrong command."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # A terminal that can't show ‘ or – is no reason to stop.
    parser = _Parser(prog="tipwijzer", description="Maak, controleer en lees de kennisbank van Tipwijzer.")
    parser.add_argument("--map", type=Path, default=Path.cwd(), metavar="MAP", help="map van de kennisbank (gewoonlijk de map waar je staat)")
    commands = parser.add_subparsers(title="Opdrachten", metavar="OPDRACHT", required=True, parser_class=_Parser)

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        added.set_defaults(run=run)
        return added

    def with_address(added: argparse.ArgumentParser) -> None:
        added.add_argument("--adres", type=_address, default="", metavar="URL", help="adres waar de bestanden staan, voor de links, zoals https://github.com/naam/tips/blob/main")

    check = command("check", _check, "controleer alle tips en teksten, en toon elke fout met bestand en regel")
    check.add_argument("--opmerking", type=Path, metavar="BESTAND", help="schrijf alle meldingen ook als één opmerking voor een voorstel")
    with_address(check)
    build = command("build", _build, "maak de site in de map site; lukt het niet, dan blijft de oude staan")
    build.add_argument("--publiceer", action="store_true", help=f"zet nieuwe adressen in {PUBLISHED_ADDRESSES}, zodat ze nooit meer verdwijnen")
    served = command("serve", _serve, "toon de site in je browser; die ververst zichzelf als je een bestand bewaart")
    served.add_argument("--poort", type=int, default=8000, metavar="N", help="nummer in het adres (gewoonlijk 8000)")
    added = command("new", _new, "begin een nieuwe tip met het sjabloon; vraagt wat je niet opgeeft")
    added.add_argument("--nummer", metavar="N", help="nummer van de tip (gewoonlijk het eerste vrije)")
    added.add_argument("--titel", metavar="TEKST", help="titel, als opdracht")
    added.add_argument("--thema", metavar="ID", help="thema, zoals kanaalsturing")
    added.add_argument("--slug", metavar="NAAM", help="korte naam in het adres (gewoonlijk gemaakt van de titel)")
    drafted = command("concept", _concept, "maak een concept van een bericht dat met het formulier ‘Nieuwe tip’ is geschreven")
    drafted.add_argument("bericht", type=Path, metavar="BESTAND", help="bestand met de tekst van het bericht")
    with_address(command("herzien", _due, "noem de tips die iemand nu of binnenkort moet nakijken"))
    hinted = command("hints", _hints, "geef advies bij tips: leesbaarheid, bronnen, labels en tips die erop lijken")
    hinted.add_argument("--opmerking", type=Path, metavar="BESTAND", help="zet de hints ook onder de opmerking die check schreef")
    with_address(hinted)
    hinted.add_argument("tips", nargs="*", metavar="BESTAND", help="bestanden van tips (gewoonlijk alle)")
    with_address(command("links", _links, "probeer alle links naar andere sites; dat duurt een paar minuten"))
    exported = command("export", _export, "schrijf alle pagina's als gewone Markdown, om met een ander programma te bouwen")
    exported.add_argument("doel", type=Path, metavar="MAP", help="map om in te schrijven; moet leeg zijn of nog niet bestaan")
    command("stats", _stats, "tel wat er is, waar tips ontbreken en hoe de teksten lezen")

    given = parser.parse_args(arguments)
    root: Path = given.map.resolve()
    if not (root / "tips").is_dir() or not (root / "content").is_dir():
        print(f"In {root} staan geen mappen tips en content. Ga naar de map van de kennisbank, of gebruik --map.", file=sys.stderr)
        return 2
    try:
        result: int = given.run(root, given)
    except BrokenPipeError:  # Whoever read along, such as `head`, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("\nGestopt.", file=sys.stderr)
        return 130
    except OSError as error:
        print(f"Dit is niet gelukt: {_in_words(error)}.", file=sys.stderr)
        return 1
    return result


def _in_words(error: BaseException) -> str:
    """Return why something failed, in Dutch where the disk refused."""
    if not isinstance(error, OSError) or error.errno not in _REFUSALS:
        return str(error)
    file = error.filename2 or error.filename  # Of two files, the second is the one that was written.
    return f"{_REFUSALS[error.errno]} ({file})" if file else _REFUSALS[error.errno]


def _address(text: str) -> str:
    """Return an address that was given, or the empty text. Raises ArgumentTypeError when it is neither."""
    if text and address_problem(text):
        raise argparse.ArgumentTypeError
    return text


def _checked(root: Path) -> tuple[Loaded, list[Problem]]:
    today = date.today()
    loaded = load(root, today)
    return loaded, check_all(loaded, today)


def _site(root: Path) -> Site | None:
    """Return the site, or None after telling what is wrong."""
    return _site_of(*_checked(root))


def _site_of(loaded: Loaded, problems: list[Problem]) -> Site | None:
    """Return the site of what was read, or None after telling what is wrong."""
    if errors(problems) or loaded.knowledge is None:
        _tell(problems)
        return None
    return derive(loaded.knowledge)


def _tell(problems: list[Problem]) -> None:
    if on_github() and problems:
        print(github_annotations(problems))
    print(report(problems))


def _check(root: Path, given: argparse.Namespace) -> int:
    loaded, problems = _checked(root)
    _tell(problems)
    if given.opmerking and (failed := _written(given.opmerking, comment(problems, given.adres), "w")):
        return failed
    return 1 if errors(problems) else 0


def _written(file: Path, text: str, mode: Literal["w", "a"]) -> int:
    """Write or add a text to a file, and return the exit code."""
    try:
        with file.open(mode, encoding="utf-8") as stream:
            stream.write(text)
    except OSError:
        print(f"In {file} kan niet geschreven worden. Bestaat de map, en mag je erin schrijven?", file=sys.stderr)
        return 2
    return 0


def _build(root: Path, given: argparse.Namespace) -> int:
    loaded, problems = _checked(root)
    if errors(problems) or loaded.knowledge is None:
        _tell(problems)
        print("Er is geen nieuwe site gemaakt; de vorige staat er nog.", file=sys.stderr)
        return 1
    from mkdocs.exceptions import MkDocsException

    from generator.mkdocs_plugin import build_site  # MkDocs takes a moment to load; other commands do without.

    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    site = derive(loaded.knowledge)
    try:
        with swap.replacing(root / "site") as folder:
            build_site(root / CONFIG, site, folder)
    except (MkDocsException, SystemExit, OSError) as error:
        print(f"Het bouwen is niet gelukt: {_in_words(error)}. De vorige site staat er nog.", file=sys.stderr)
        return 1
    if given.publiceer:
        _record_addresses(root, site)
    print(f"De site staat in {root / 'site'}: {len(site.tips)} tips. Controle: {summary(problems)}.")
    return 0


def _serve(root: Path, given: argparse.Namespace) -> int:
    from mkdocs.exceptions import MkDocsException

    from generator import serve  # MkDocs takes a moment to load; other commands do without.

    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    try:
        serve.serve(root / CONFIG, given.poort, partial(print, flush=True))
    except MkDocsException as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("\nHet voorbeeld is gestopt.")
        return 0
    except (OSError, OverflowError) as error:
        if isinstance(error, OSError) and error.errno != errno.EADDRINUSE:
            raise
        print(f"Poort {given.poort} kan niet of is al in gebruik. Loopt er al een voorbeeld? Kies anders een ander nummer, met --poort 8001.", file=sys.stderr)
    return 1


def _record_addresses(root: Path, site: Site) -> None:
    built = {address for address in addresses.lasting(site.knowledge) if (root / "site" / address / "index.html").exists()}
    swap.write(root / PUBLISHED_ADDRESSES, "".join(f"{address}\n" for address in sorted({*site.knowledge.published_addresses, *built})))


def _new(root: Path, given: argparse.Namespace) -> int:
    loaded, _ = _checked(root)
    if loaded.knowledge is None:
        print("De teksten in content/ zijn niet te lezen. Kijk eerst met tipwijzer check.", file=sys.stderr)
        return 1
    rules = new.Rules(loaded.knowledge, {f"{number:03}-{slug}.yml": (number, slug) for number, slug in _names_of_tips(root)})
    given_wrong = [
        problem
        for rule, value in ((rules.title, given.titel), (rules.theme, given.thema), (rules.number, given.nummer), (rules.slug, given.slug))
        if value is not None and (problem := rule(value))
    ]
    if given_wrong:
        print("Er is niets gemaakt: " + "; ".join(given_wrong) + ".", file=sys.stderr)
        return 1
    asking = given.titel is None or given.thema is None
    try:
        title = given.titel or _ask("Titel (een opdracht, hoogstens 80 tekens)", rules.title)
        theme = given.thema or _ask(f"Thema ({', '.join(rules.themes)})", rules.theme)
        number = str(given.nummer or rules.free_number())
        number = _ask("Nummer", rules.number, number) if asking and given.nummer is None else number
        slug = given.slug or rules.free_slug(title, number)
        slug = _ask("Korte naam in het adres", rules.slug, slug) if asking and given.slug is None else slug
    except KeyboardInterrupt:
        print("\nEr is niets gemaakt.", file=sys.stderr)
        return 1
    except EOFError:
        print("\nEr is niets gemaakt: niet alle vragen zijn beantwoord. Zonder vragen kan het ook: tipwijzer new --titel \"Bel terug\" --thema goed-proces", file=sys.stderr)
        return 1
    template = (root / "tips" / "_sjabloon.yml").read_text(encoding="utf-8")
    file = root / "tips" / f"{int(number):03}-{slug}.yml"
    file.write_text(new.filled_in(new.without_sample_labels(template), int(number), slug, title, theme, date.today()), encoding="utf-8")
    print(f"Gemaakt: tips/{file.name}. Vul het in en kijk met tipwijzer check. Zet status op actueel als de tip klaar is.")
    return 0


def _ask(question: str, rule: Callable[[str], str], proposal: str = "") -> str:
    """Ask until the answer keeps the rule, and return it; no answer takes the proposal. Raises EOFError when there is nobody to answer."""
    while True:
        answer = input(f"{question} [{proposal}]: " if proposal else f"{question}: ").strip() or proposal
        problem = rule(answer)
        if not problem:
            return answer
        print(f"Dat kan niet: {problem}. Probeer het nog een keer.")


def _names_of_tips(root: Path) -> set[tuple[int, str]]:
    """Return the number and the slug in the name of every file of a tip."""
    return {(int(name[1]), name[2]) for file in (root / "tips").iterdir() if (name := re.fullmatch(r"([0-9]{1,4})-(.*)\.ya?ml", file.name))}


def _concept(root: Path, given: argparse.Namespace) -> int:
    """Write the path and a message for whoever filled in the form, or the message alone: that goes to the output too, to pass on."""
    loaded, before = _checked(root)
    if loaded.knowledge is None:
        print("De teksten in content/ zijn niet te lezen. Kijk eerst met tipwijzer check.", file=sys.stderr)
        return 2
    if not given.bericht.is_file():
        print(f"Het bestand {given.bericht} is er niet.", file=sys.stderr)
        return 2
    message, unreadable = read_text(given.bericht, given.bericht.parent)
    if message is None:
        print(f"Dit bericht is niet te lezen: {as_data(f'{unreadable[0].message} – {unreadable[0].hint}')}.")
        return 1
    if not issue_form.is_filled_in(message):
        print(issue_form.not_the_form())
        return 1
    answers, wrong = issue_form.read(message)
    template = (root / "tips" / "_sjabloon.yml").read_text(encoding="utf-8")
    names = _names_of_tips(root)
    number = new.free_number(taken for taken, _ in names)
    made, unknown = issue_form.draft(answers, template, loaded.knowledge, number, {slug for _, slug in names}, date.today())
    (root / made.path).write_text(made.text, encoding="utf-8")
    wrong += [*unknown, *issue_form.complaints(problem for problem in _checked(root)[1] if problem not in before)]
    if wrong:
        (root / made.path).unlink()
        print(issue_form.refusal(wrong, made.left_out))
        return 1
    print(f"{made.path}\n\n{issue_form.acceptance(made)}")
    return 0


def _due(root: Path, given: argparse.Namespace) -> int:
    site = _site(root)
    if site is None:
        return 1
    for line in due.lines(site, given.adres, date.today()):
        print(line)
    return 0


def _hints(root: Path, given: argparse.Namespace) -> int:
    from generator import hints  # Here alone: the library that counts syllables takes long to load.

    loaded, problems = _checked(root)
    site = _site_of(loaded, problems)
    if site is None:
        return 1
    by_file = {Path(tip_path(tip)).name: tip for tip in site.knowledge.tips}
    names = [Path(file).name for file in given.tips] or list(by_file)
    unknown = [name for name in names if name not in by_file]
    if unknown:
        print(f"Dit is geen bestand met een tip: {', '.join(unknown)}.", file=sys.stderr)
        return 2
    found = list(hints.hints(site, [by_file[name] for name in names], hints.fictional_municipalities(root)))
    for line in hints.lines(found):
        print(line)
    return _written(given.opmerking, hints.comment(found, loaded.documents, given.adres), "a") if given.opmerking else 0


def _links(root: Path, given: argparse.Namespace) -> int:
    from generator import links  # Here alone: its library takes long to load.

    loaded, _ = _checked(root)
    found = links.external_links(loaded)
    answers = links.ask_all(found)
    if links.offline(answers):
        print("Geen enkele site antwoordt. Is deze computer met internet verbonden?", file=sys.stderr)
        return 1
    for line in links.lines(links.verdicts(found, answers), given.adres):
        print(line)
    return 0


def _export(root: Path, given: argparse.Namespace) -> int:
    site = _site(root)
    if site is None:
        return 1
    folder: Path = given.doel
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(f"{folder} bestaat al en is niet leeg. Kies een andere map, dan gaat er niets verloren.", file=sys.stderr)
        return 1
    from generator.mkdocs_plugin import site_address

    try:
        number = export.export(site, root / CONFIG, site_address(root / CONFIG), folder)
    except OSError as error:
        print(f"Het schrijven is niet gelukt: {_in_words(error)}.", file=sys.stderr)
        return 1
    print(f"{number} pagina's staan in {folder}. Bouw ze met: mkdocs build -f {folder / CONFIG}")
    return 0


def _stats(root: Path, given: argparse.Namespace) -> int:
    from generator import stats  # Here alone: the library that counts syllables takes long to load.

    site = _site(root)
    if site is None:
        return 1
    for line in stats.lines(site):
        print(line)
    return 0
