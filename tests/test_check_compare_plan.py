"""Comparing self-checks and exporting an action plan: the two modules in a real browser, with data made for the test."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import html5lib
import markdown
import pytest
from conftest import ROOT, serving
from playwright.sync_api import Browser

UNKNOWN = "weet-ik-niet"
Call = Callable[..., Any]


def item(question: str, options: str, **fields: Any) -> dict[str, Any]:
    """Return an item as ``compile_check`` makes it; an option that ends in '!' is exclusive."""
    plain = {"because": None, "tips": [], "has": [], "effort": [], "focus": [], "rulesOut": []}
    answers = {name.rstrip("!"): {**plain, "exclusive": name.endswith("!")} for name in options.split()}
    return {"question": question, "multiple": False, "most": None, "skip": None, "findOut": None, "options": answers, **fields}


def tip(number: int, title: str, address: str) -> dict[str, Any]:
    return {"number": number, "title": title, "summary": "", "address": address, "theme": "taal", "effort": "klein", "measure": None, "onlyFor": [], "rules": [], "start": False}


ITEMS = {
    "gebruik": item("gebruik", "zelden soms vaak"),
    "drempels.lezen": item("drempels", "niet soms vaak"),
    "drempels.stress": item("drempels", "niet soms vaak"),
    "kanalen": item("kanalen", "web mail telefoon balie brief geen!", multiple=True),
    "zelfde-antwoord": item("zelfde-antwoord", "ja nee", skip={"item": "kanalen", "only": ["web"]}),
    "constructor": item("constructor", "ja nee"),
}
DATA = {
    "version": 1,
    "renamed": {},
    "items": ITEMS,
    "tips": [
        tip(3, "Schrijf duidelijk", "tips/3-schrijf-duidelijk/"),
        tip(12, "Varieer in vorm persoonlijk contact", "tips/12-varieer/"),
        tip(40, "Laat een ander helpen; ook digitaal", "tips/40-help/"),
        tip(104, "Sluit kanalen, op elkaar aan", "tips/104-sluit-aan/"),
    ],
}
BASE = "https://tipwijzer.example/"


@pytest.fixture(scope="module")
def call(browser: Browser) -> Iterator[Call]:
    """A function that calls a function of a module in the browser; what it returns has gone through JSON."""
    with serving(ROOT / "generator" / "theme" / "assets") as base:
        page = browser.new_page()
        page.goto(f"{base}check/compare.js")

        def call_function(module: str, name: str, *arguments: Any) -> Any:
            return page.evaluate(
                "async ([module, name, list]) => JSON.parse(JSON.stringify((await import(`/check/${module}.js`))[name](...list)))", [module, name, list(arguments)]
            )

        yield call_function
        page.close()


def people(*answers: dict[str, list[str]]) -> list[dict[str, Any]]:
    return [{"who": "", "answers": given} for given in answers]


def answer(option: str, *who: int) -> dict[str, Any]:
    return {"option": option, "who": list(who)}


# ---------------------------------------------------------------- differences


def test_a_difference_tells_who_gave_which_answer_and_who_gave_none(call: Call) -> None:
    found = call("compare", "differences", DATA, people({"gebruik": ["vaak"]}, {"gebruik": ["zelden"]}, {}, {"gebruik": ["vaak"]}))
    assert found == [{"item": "gebruik", "question": "gebruik", "size": 2, "answers": [answer("zelden", 1), answer("vaak", 0, 3)], "missing": [2]}]


def test_a_row_of_a_grid_names_its_question(call: Call) -> None:
    found = call("compare", "differences", DATA, people({"drempels.stress": ["niet"]}, {"drempels.stress": ["vaak"]}))
    assert [(one["item"], one["question"]) for one in found] == [("drempels.stress", "drempels")]


@pytest.mark.parametrize(
    ("item", "answers", "size"),
    [
        ("gebruik", [["soms"], ["vaak"]], 2),
        ("gebruik", [["soms"], ["vaak"], ["vaak"], ["vaak"]], 2),
        ("gebruik", [["soms"], ["vaak"], ["zelden"]], 3),
        ("gebruik", [["soms"], ["vaak"], ["zelden"], [UNKNOWN]], 4),
        ("gebruik", [["soms"], [UNKNOWN]], 2),
        ("kanalen", [["web", "mail"], ["mail"]], 1),
        ("kanalen", [["web", "mail"], ["mail"], []], 1),
        ("kanalen", [["web"], ["mail"]], 2),
        ("kanalen", [["web", "balie"], ["web", "mail"], ["web", "brief"]], 3),
        ("kanalen", [["geen"], ["web", "mail"]], 3),
        ("kanalen", [[UNKNOWN], ["web", "mail"]], 3),
    ],
)
def test_the_size_counts_the_options_that_some_but_not_all_chose(call: Call, item: str, answers: list[list[str]], size: int) -> None:
    found = call("compare", "differences", DATA, people(*({item: given} for given in answers)))
    assert [(one["item"], one["size"]) for one in found] == [(item, size)]


@pytest.mark.parametrize("answers", [[["soms"], ["soms"]], [["soms"], []], [[], []], [[UNKNOWN], [UNKNOWN]], [["bestaat-niet"], ["soms"]]])
def test_the_same_answer_or_none_is_no_difference(call: Call, answers: list[list[str]]) -> None:
    assert call("compare", "differences", DATA, people(*({"gebruik": given} for given in answers))) == []


def test_the_order_in_which_options_were_chosen_is_no_difference(call: Call) -> None:
    assert call("compare", "differences", DATA, people({"kanalen": ["mail", "web"]}, {"kanalen": ["web", "mail"]})) == []


def test_a_multiple_choice_tells_all_options_in_their_order_unknown_last(call: Call) -> None:
    (found,) = call("compare", "differences", DATA, people({"kanalen": ["brief", "web"]}, {"kanalen": ["web"]}, {"kanalen": [UNKNOWN]}))
    assert found["answers"] == [answer("web", 0, 1), answer("brief", 0), answer(UNKNOWN, 2)]


def test_the_biggest_difference_comes_first_then_most_people_then_the_order_of_questions(call: Call) -> None:
    everybody = people(
        {"gebruik": ["soms"], "drempels.lezen": ["niet"], "drempels.stress": ["niet"], "kanalen": ["web", "mail", "brief"], "constructor": ["ja"]},
        {"gebruik": ["vaak"], "drempels.lezen": ["vaak"], "drempels.stress": ["niet"], "kanalen": ["balie"], "constructor": ["ja"]},
        {"gebruik": ["vaak"], "drempels.lezen": ["vaak"], "drempels.stress": ["vaak"], "kanalen": ["balie"], "constructor": ["nee"]},
        {"gebruik": ["vaak"], "drempels.lezen": ["niet"], "drempels.stress": ["vaak"], "kanalen": ["balie"], "constructor": ["ja"]},
    )
    found = call("compare", "differences", DATA, everybody)
    assert [(one["item"], one["size"]) for one in found] == [("kanalen", 4), ("drempels.lezen", 2), ("drempels.stress", 2), ("gebruik", 2), ("constructor", 2)]


def test_who_gave_no_answer_does_not_disagree(call: Call) -> None:
    # Two against two weighs more than two against one and a person who is silent.
    everybody = people(
        {"gebruik": ["vaak"], "drempels.lezen": ["niet"]},
        {"gebruik": ["vaak"], "drempels.lezen": ["niet"]},
        {"gebruik": ["soms"], "drempels.lezen": ["vaak"]},
        {"drempels.lezen": ["vaak"]},
    )
    assert [one["item"] for one in call("compare", "differences", DATA, everybody)] == ["drempels.lezen", "gebruik"]


def test_twelve_people_each_keep_their_place(call: Call) -> None:
    options = ["zelden", "soms", "vaak", UNKNOWN]
    (found,) = call("compare", "differences", DATA, people(*({"gebruik": [options[place % 4]]} for place in range(12))))
    assert found["answers"] == [answer(option, *range(place, 12, 4)) for place, option in enumerate(options)]


def test_a_skipped_question_has_no_answer(call: Call) -> None:
    skipped = {"kanalen": ["web"], "zelfde-antwoord": ["ja"]}
    asked = {"kanalen": ["web", "mail"], "zelfde-antwoord": ["nee"]}
    found = call("compare", "differences", DATA, people(skipped, asked))
    assert [one["item"] for one in found] == ["kanalen"]
    assert [one["missing"] for one in call("compare", "agreements", DATA, people(skipped, asked))] == [[0]]


def test_names_do_not_change_the_result_and_do_not_show(call: Call) -> None:
    nameless = people({"gebruik": ["soms"]}, {"gebruik": ["vaak"]})
    named = [{**one, "who": name} for one, name in zip(nameless, ["Ans", "<b>Bo</b>"], strict=True)]
    assert call("compare", "differences", DATA, named) == call("compare", "differences", DATA, nameless)


def test_nothing_in_hostile_answers_is_taken_for_an_item(call: Call) -> None:
    hostile = {"__proto__": ["ja"], "toString": ["ja"], "gebruik": ["__proto__", "constructor", "soms"], "kanalen": []}
    assert call("compare", "differences", DATA, people(hostile, {"gebruik": ["soms"]})) == []
    assert call("compare", "merged", DATA, people(hostile, {})) == {"gebruik": ["soms"]}


# ---------------------------------------------------------------- agreeing


def test_agreements_are_what_all_who_answered_gave(call: Call) -> None:
    everybody = people({"gebruik": ["vaak"], "kanalen": ["mail", "web"], "constructor": [UNKNOWN]}, {"kanalen": ["web", "mail"], "gebruik": ["soms"]}, {"constructor": [UNKNOWN]})
    assert call("compare", "agreements", DATA, everybody) == [
        {"item": "kanalen", "question": "kanalen", "size": 0, "answers": [answer("web", 0, 1), answer("mail", 0, 1)], "missing": [2]},
        {"item": "constructor", "question": "constructor", "size": 0, "answers": [answer(UNKNOWN, 0, 2)], "missing": [1]},
    ]


def test_every_answered_item_is_either_an_agreement_or_a_difference(call: Call) -> None:
    everybody = people({"gebruik": ["vaak"], "kanalen": ["web"]}, {"gebruik": ["soms"], "kanalen": ["web"]}, {"drempels.lezen": ["soms"]})
    agreed = {one["item"] for one in call("compare", "agreements", DATA, everybody)}
    differ = {one["item"] for one in call("compare", "differences", DATA, everybody)}
    assert (agreed, differ) == ({"kanalen", "drempels.lezen"}, {"gebruik"})


def test_merged_takes_what_is_agreed_and_leaves_the_rest_open(call: Call) -> None:
    everybody = people(
        {"gebruik": ["vaak"], "drempels.lezen": ["soms"], "kanalen": ["web", "mail"], "drempels.stress": [UNKNOWN]},
        {"gebruik": ["soms"], "kanalen": ["mail", "web"], "drempels.stress": [UNKNOWN]},
    )
    assert call("compare", "merged", DATA, everybody) == {"drempels.lezen": ["soms"], "drempels.stress": [UNKNOWN], "kanalen": ["web", "mail"]}


def test_merged_is_open_on_a_multiple_choice_that_is_only_partly_shared(call: Call) -> None:
    assert call("compare", "merged", DATA, people({"kanalen": ["web", "mail"]}, {"kanalen": ["web"]})) == {}


# ---------------------------------------------------------------- over time


def test_answer_changes_come_in_the_order_of_the_questions(call: Call) -> None:
    before = {"constructor": ["ja"], "kanalen": ["web", "mail"], "gebruik": ["soms"], "drempels.lezen": ["vaak"]}
    after = {"kanalen": ["mail", "web"], "gebruik": ["vaak"], "drempels.lezen": ["vaak"], "drempels.stress": [UNKNOWN]}
    assert call("compare", "answerChanges", DATA, before, after) == [
        {"item": "gebruik", "before": ["soms"], "after": ["vaak"]},
        {"item": "drempels.stress", "before": [], "after": [UNKNOWN]},
        {"item": "constructor", "before": ["ja"], "after": []},
    ]


def test_answer_changes_show_an_added_option(call: Call) -> None:
    changes = call("compare", "answerChanges", DATA, {"kanalen": ["mail"]}, {"kanalen": ["mail", "web"]})
    assert changes == [{"item": "kanalen", "before": ["mail"], "after": ["web", "mail"]}]


def test_the_same_answers_have_no_changes(call: Call) -> None:
    assert call("compare", "answerChanges", DATA, {"gebruik": ["soms"], "vroeger": ["ja"]}, {"gebruik": ["soms"]}) == []
    assert call("compare", "answerChanges", DATA, {}, {}) == []


def result(first: list[int], rest: list[int], keep: list[int]) -> dict[str, Any]:
    found = {"ownReason": "Omdat.", "oneService": None, "points": 1, "trace": []}
    return {name: [{"number": number, **found} for number in numbers] for name, numbers in (("first", first), ("rest", rest), ("keep", keep))}


def test_tip_changes_tell_what_came_what_went_and_what_is_in_place_now(call: Call) -> None:
    before, after = result([7, 3, 12], [40, 5], [104, 6]), result([40, 9], [2, 3, 104], [5, 6, 12])
    assert call("compare", "tipChanges", before, after) == {"came": [9, 2, 104], "went": [7], "nowKept": [5, 12]}


def test_a_tip_that_only_moves_between_first_and_rest_did_not_change(call: Call) -> None:
    assert call("compare", "tipChanges", result([1, 2], [3], []), result([3], [2, 1], [])) == {"came": [], "went": [], "nowKept": []}


def test_tip_changes_read_what_recommend_returns(call: Call) -> None:
    practice = item("status", "ja nee")
    practice["options"]["nee"] |= {"tips": [[12, 8]], "because": "mensen de status niet zien"}
    practice["options"]["ja"] |= {"has": ["status"], "because": "mensen de status zien"}
    data = {**DATA, "items": {"status": practice}, "tips": [{**tip(12, "Toon de status", "tips/12/"), "measure": "status"}]}
    before, after = (call("recommend", "recommend", data, {"status": [option]}) for option in ("nee", "ja"))
    assert call("compare", "tipChanges", before, after) == {"came": [], "went": [], "nowKept": [12]}
    assert call("compare", "tipChanges", after, before) == {"came": [12], "went": [], "nowKept": []}


# ---------------------------------------------------------------- the rows of a plan


def step(status: str = "gaan-we-doen", wie: str = "", wanneer: str = "", notitie: str = "") -> dict[str, str]:
    return {"status": status, "wie": wie, "wanneer": wanneer, "notitie": notitie}


def service(plan: dict[str, dict[str, str]] | None = None, name: str = "Paspoort aanvragen") -> dict[str, Any]:
    return {"naam": name, "kort": False, "antwoorden": {}, "plan": plan or {}}


def rows_of(call: Call, plan: dict[str, dict[str, str]], reasons: dict[str, str] | None = None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = call("plan", "planRows", DATA, service(plan), reasons or {}, BASE)
    return rows


def test_a_row_holds_all_that_table_and_export_need(call: Call) -> None:
    plan = {"12": step("later", "Team balie", "2027-01-15", "eerst de mails")}
    assert rows_of(call, plan, {"12": "Omdat mensen vaak vastlopen."}) == [
        {
            "number": 12,
            "title": "Varieer in vorm persoonlijk contact",
            "status": "later",
            "label": "Later",
            "wie": "Team balie",
            "wanneer": "2027-01-15",
            "notitie": "eerst de mails",
            "reason": "Omdat mensen vaak vastlopen.",
            "address": "https://tipwijzer.example/tips/12-varieer/",
        }
    ]


@pytest.mark.parametrize(("status", "label"), [("doen-we-al", "Doen we al"), ("gaan-we-doen", "Gaan we doen"), ("later", "Later"), ("niet-voor-ons", "Niet voor ons")])
def test_every_status_has_a_label(call: Call, status: str, label: str) -> None:
    assert [row["label"] for row in rows_of(call, {"3": step(status)})] == [label]


@pytest.mark.parametrize(
    ("plan", "numbers"),
    [
        ({"3": step("niet-voor-ons"), "12": step("doen-we-al"), "40": step("later"), "104": step("gaan-we-doen")}, [104, 40, 12, 3]),
        ({"3": step("later", wanneer="2026-12-01"), "12": step(wanneer="2028-01-01")}, [12, 3]),
        ({"3": step(), "12": step(wanneer="2027-02-01"), "40": step(wanneer="2026-12-31"), "104": step()}, [40, 12, 3, 104]),
        ({"104": step(wanneer="2027-02-01"), "40": step(wanneer="2027-02-01"), "12": step(wanneer="2027-02-01")}, [12, 40, 104]),
        ({}, []),
    ],
    ids=["status", "status-before-date", "date", "number", "empty"],
)
def test_rows_go_by_status_then_date_then_number(call: Call, plan: dict[str, dict[str, str]], numbers: list[int]) -> None:
    assert [row["number"] for row in rows_of(call, plan)] == numbers


def test_what_was_written_about_a_tip_that_is_gone_stays(call: Call) -> None:
    (row,) = rows_of(call, {"99": step(notitie="belangrijk", wanneer="2027-03-01")})
    assert (row["number"], row["title"], row["notitie"], row["address"]) == (99, "Deze tip staat niet meer op de site", "belangrijk", "")
    (event,) = events_of(call, {"99": step(notitie="belangrijk", wanneer="2027-03-01")})
    assert "URL" not in event
    assert "belangrijk" in event["DESCRIPTION"]
    assert "[" not in call("plan", "planMarkdown", service(), [row])


# ---------------------------------------------------------------- hostile texts, for every export

TEXTS = {
    "quotes": "zeg \"ja\" en 'nee'; of \"\"",
    "lines": "eerste regel\nBEGIN:VEVENT\r\nEND:VCALENDAR\rvierde",
    "separators": "a;b,c\\d|e\\nf\\",
    "other line breaks": "a\u2028b\u2029c\u0085d\x0be\x0cf",
    "controls": "nul\x00 bel\x07 esc\x1b tab\t del\x7f",
    "emoji": "👩\u200d👩\u200d👧\u200d👦🏳️\u200d🌈" * 20,
    "accents": "één coördinator, cafe\u0301 ñ ﷽ 漢字 " * 12,
    "long": "x" * 500,
    "markup": "<script>alert(1)</script> <img src=x onerror=alert(1)> &lt;b&gt; &amp;",
    "markdown": "[klik](javascript:alert(1)) ![x](y) **vet** _schuin_ `code` # kop {a}",
    "template": "{{ 1 }} ${1} %0d%0a $& $1",
    "right to left": "\u202etxt.exe\u202c \u05e9\u05dc\u05d5\u05dd",
    "empty": "",
}


# ---------------------------------------------------------------- CSV


def csv_of(call: Call, plan: dict[str, dict[str, str]], reasons: dict[str, str] | None = None, name: str = "Paspoort aanvragen") -> tuple[str, list[list[str]]]:
    text = call("plan", "planCsv", service(name=name), rows_of(call, plan, reasons))
    return text, list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";", strict=True))


def test_csv_opens_in_dutch_excel(call: Call) -> None:
    plan = {"12": step(wie="Team balie", wanneer="2027-01-05", notitie="eerst; de mails"), "3": step("doen-we-al")}
    text, table = csv_of(call, plan, {"12": "Omdat één mens 'nee' zegt."})
    assert text.startswith('\ufeff"Dienst";"Nummer";')
    assert text.count("\ufeff") == 1
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n") == 3
    assert table == [
        ["Dienst", "Nummer", "Tip", "Status", "Wie", "Wanneer", "Notitie", "Waarom", "Link"],
        [
            "Paspoort aanvragen",
            "12",
            "Varieer in vorm persoonlijk contact",
            "Gaan we doen",
            "Team balie",
            "05-01-2027",
            "eerst; de mails",
            "Omdat één mens 'nee' zegt.",
            "https://tipwijzer.example/tips/12-varieer/",
        ],
        ["Paspoort aanvragen", "3", "Schrijf duidelijk", "Doen we al", "", "", "", "", "https://tipwijzer.example/tips/3-schrijf-duidelijk/"],
    ]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_csv_keeps_every_text(call: Call, text: str) -> None:
    _, table = csv_of(call, {"12": step(wie=text, notitie=text)}, {"12": text}, name=text)
    assert len(table) == 2
    assert [table[1][place] for place in (0, 4, 6, 7)] == [text] * 4


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "=cmd|'/C calc'!A0",
        '=HYPERLINK("https://kwaad.example";"klik")',
        "+31 6 12345678",
        "-1",
        "@SUM(A1)",
        "\tplak",
        "\rplak",
        "\n=1",
        " =1",
        "\u00a0 =1",
        "\ufeff=1",
        "\u200b-1",
        "\x00=1",
        "＝1",
        "－1",
        "= ",
        "-",
    ],
)
def test_no_cell_of_the_csv_runs_as_a_formula(call: Call, text: str) -> None:
    _, table = csv_of(call, {"12": step(wie=text, notitie=text)}, {"12": text}, name=text)
    assert [table[1][place] for place in (0, 4, 6, 7)] == [f"'{text}"] * 4


@pytest.mark.parametrize("text", ["a=b", "'=1", "1-2", "e-mail", "balie@gemeente.nl", "\u00e9\u00e9n", "regel\n=1", "(=1)"])
def test_other_cells_of_the_csv_stay_as_they_are(call: Call, text: str) -> None:
    _, table = csv_of(call, {"12": step(notitie=text)})
    assert table[1][6] == text


def test_a_title_that_looks_like_a_formula_is_made_harmless_too(call: Call) -> None:
    data = {**DATA, "tips": [tip(12, "=1+1", "tips/12/")]}
    rows = call("plan", "planRows", data, service({"12": step()}), {}, BASE)
    assert '"\'=1+1"' in call("plan", "planCsv", service(), rows)


# ---------------------------------------------------------------- calendar

TODAY = "2026-11-21"
Event = dict[str, Any]


def calendar_text(call: Call, plan: dict[str, dict[str, str]], reasons: dict[str, str] | None = None, name: str = "Paspoort aanvragen", today: str = TODAY) -> str:
    text: str = call("plan", "planCalendar", service(name=name), rows_of(call, plan, reasons), today)
    return text


def content_lines(text: str) -> list[str]:
    """Check the lines of an iCalendar text as RFC 5545, 3.1 wants them, and return them unfolded."""
    octets = text.encode()
    assert octets.endswith(b"\r\n")
    lines: list[str] = []
    for line in octets.removesuffix(b"\r\n").split(b"\r\n"):
        assert b"\r" not in line
        assert b"\n" not in line
        assert 0 < len(line) <= 75
        part = line.decode()  # Fails on a line that was broken inside a character.
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", part)
        if part.startswith(" "):
            lines[-1] += part[1:]
        else:
            lines.append(part)
    return lines


def unescaped(value: str) -> str:
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value, re.DOTALL), value
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def parsed(text: str) -> dict[str, Any]:
    """Return the calendar as nested mappings; components stand under their name in a list."""
    root: dict[str, Any] = {}
    stack = [("", root)]
    for line in content_lines(text):
        name, value = line.split(":", 1)
        if name == "BEGIN":
            component: dict[str, Any] = {}
            stack[-1][1].setdefault(value, []).append(component)
            stack.append((value, component))
        elif name == "END":
            assert stack.pop()[0] == value
        else:
            assert name not in stack[-1][1], f"{name} stands there twice"
            stack[-1][1][name] = unescaped(value) if name in {"SUMMARY", "DESCRIPTION", "UID"} else value
    assert len(stack) == 1
    assert set(root) == {"VCALENDAR"}
    (calendar,) = root["VCALENDAR"]
    return calendar


def events_of(call: Call, plan: dict[str, dict[str, str]], reasons: dict[str, str] | None = None, name: str = "Paspoort aanvragen") -> list[Event]:
    events: list[Event] = parsed(calendar_text(call, plan, reasons, name))["VEVENT"]
    return events


def test_an_event_lasts_a_day_and_tells_who_what_and_why(call: Call) -> None:
    plan = {"40": step(wie="Team balie", wanneer="2027-01-15", notitie="eerst de mails;\ndan de brieven")}
    calendar = parsed(calendar_text(call, plan, {"40": "Omdat mensen, vaak, hulp nodig hebben."}))
    (event,) = calendar.pop("VEVENT")
    assert calendar == {"VERSION": "2.0", "PRODID": "-//Tipwijzer//Zelfcheck//NL"}
    assert re.fullmatch(r"tip-40-[0-9a-f]{8}@tipwijzer", event.pop("UID"))
    assert event == {
        "DTSTAMP": "20261121T000000Z",
        "DTSTART;VALUE=DATE": "20270115",
        "SUMMARY": "Tip 40: Laat een ander helpen; ook digitaal",
        "DESCRIPTION": "Dienst: Paspoort aanvragen\nWie: Team balie\nNotitie: eerst de mails;\ndan de brieven\n"
        "Waarom: Omdat mensen, vaak, hulp nodig hebben.\nLees de tip: https://tipwijzer.example/tips/40-help/",
        "URL": "https://tipwijzer.example/tips/40-help/",
        "TRANSP": "TRANSPARENT",
        "VALARM": [{"ACTION": "DISPLAY", "DESCRIPTION": "Over een week: tip 40, Laat een ander helpen; ook digitaal", "TRIGGER": "-P6DT15H"}],
    }


def test_what_is_empty_gets_no_line_in_the_description(call: Call) -> None:
    (event,) = events_of(call, {"3": step(wanneer="2027-01-15")}, name="")
    assert event["DESCRIPTION"] == "Lees de tip: https://tipwijzer.example/tips/3-schrijf-duidelijk/"


def test_only_what_is_still_to_come_and_has_a_date_is_in_the_calendar(call: Call) -> None:
    plan = {"3": step("doen-we-al", wanneer="2027-01-01"), "12": step("later", wanneer="2027-01-02"), "40": step(), "104": step(wanneer="2027-01-03")}
    assert [event["SUMMARY"].split(":")[0] for event in events_of(call, plan)] == ["Tip 104", "Tip 12"]
    assert "Tip 3:" not in calendar_text(call, plan)


@pytest.mark.parametrize("plan", [{}, {"3": step()}, {"3": step("niet-voor-ons", wanneer="2027-01-01")}])
def test_a_calendar_without_events_is_no_calendar(call: Call, plan: dict[str, dict[str, str]]) -> None:
    assert calendar_text(call, plan) == ""


def uids(call: Call, name: str = "Paspoort aanvragen", **fields: str) -> list[str]:
    plan = {number: step(**{"wanneer": "2027-01-15", **fields}) for number in ("3", "12")}
    return [event["UID"] for event in events_of(call, plan, name=name)]


def test_an_event_keeps_its_name_when_its_texts_change(call: Call) -> None:
    assert uids(call) == uids(call, status="later", wanneer="2028-02-29", wie="Ans", notitie="nieuw")


def test_other_tips_and_other_services_give_other_names(call: Call) -> None:
    names = ["Paspoort aanvragen", "paspoort aanvragen", "Paspoort-aanvragen", "Paspoort aanvragén", "", "👋", *TEXTS.values()]
    found = [uid for name in sorted(set(names)) for uid in uids(call, name)]
    assert len(set(found)) == len(found) == 2 * len(set(names))


def tidied(text: str) -> str:
    """Return what a calendar can hold of a text: one kind of line break, and no controls."""
    return re.sub(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]", "", re.sub("\r\n|[\r\v\f\u0085\u2028\u2029]", "\n", text))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_calendar_keeps_every_text(call: Call, text: str) -> None:
    (event,) = events_of(call, {"12": step(wie=text, wanneer="2027-01-15", notitie=text)}, {"12": text}, name=text)
    assert set(event) == {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "SUMMARY", "DESCRIPTION", "URL", "TRANSP", "VALARM"}
    names = ("Dienst", "Wie", "Notitie", "Waarom") if text else ()
    expected = "".join(f"{name}: {tidied(text)}\n" for name in names)
    assert event["DESCRIPTION"] == f"{expected}Lees de tip: https://tipwijzer.example/tips/12-varieer/"


@pytest.mark.parametrize("character", ["x", "é", "漢", "👋", "\\", "\n"])
def test_lines_fold_at_75_octets_wherever_the_characters_fall(call: Call, character: str) -> None:
    for before in range(8):
        text = "a" * before + character * 200
        plan = {"12": step(wanneer="2027-01-15", notitie=text)}
        (event,) = events_of(call, plan, name="")
        assert f"Notitie: {text}\n" in event["DESCRIPTION"]
        assert max(len(line.encode()) for line in calendar_text(call, plan, name="").split("\r\n")) > 75 - 4  # Lines are filled.


def test_half_a_character_does_not_break_a_line(browser: Browser) -> None:
    """A cut emoji leaves a lone surrogate, that a file holds as U+FFFD. Python can't send one, so it's made in the page."""
    with serving(ROOT / "generator" / "theme" / "assets") as base:
        page = browser.new_page()
        page.goto(f"{base}check/plan.js")
        octets = page.evaluate("""async () => {
          const { planCalendar } = await import("/check/plan.js");
          const half = "\\ud83d".repeat(120);
          const row = { number: 1, title: "t", status: "later", label: "Later", wie: "", wanneer: "2027-01-15", notitie: half, reason: "", address: "" };
          const file = new Blob([planCalendar({ naam: half }, [row], "2026-11-21")]);
          return [...new Uint8Array(await file.arrayBuffer())];
        }""")
        page.close()
    (event,) = parsed(bytes(octets).decode())["VEVENT"]
    replaced = "\ufffd" * 120
    assert event["DESCRIPTION"] == f"Dienst: {replaced}\nNotitie: {replaced}"


# ---------------------------------------------------------------- Markdown


def test_markdown_is_a_table_to_paste(call: Call) -> None:
    plan = {"12": step(wie="Team balie", wanneer="2027-01-05", notitie="eerst\nmails"), "3": step("doen-we-al")}
    assert call("plan", "planMarkdown", service(), rows_of(call, plan, {"12": "Omdat het zo is."})) == (
        "## Actieplan: Paspoort aanvragen\n"
        "\n"
        "| Tip | Status | Wie | Wanneer | Notitie | Waarom |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| [12. Varieer in vorm persoonlijk contact](https://tipwijzer.example/tips/12-varieer/) | Gaan we doen | Team balie | 05-01-2027 | eerst<br>mails | Omdat het zo is. |\n"
        "| [3. Schrijf duidelijk](https://tipwijzer.example/tips/3-schrijf-duidelijk/) | Doen we al |  |  |  |  |\n"
    )


def test_markdown_of_a_service_without_a_name(call: Call) -> None:
    assert call("plan", "planMarkdown", service(name=""), []).startswith("## Actieplan\n\n| Tip |")


def test_markdown_escapes_what_only_some_readers_take_for_markup(call: Call) -> None:
    source = call("plan", "planMarkdown", service(name="Loket #"), rows_of(call, {"12": step(wie="~~Ans~~", notitie="van $5 tot $6")}))
    assert source.startswith("## Actieplan: Loket \\#\n")
    assert r"| \~\~Ans\~\~ |" in source
    assert r"| van \$5 tot \$6 |" in source


def test_markdown_escapes_a_title_within_its_link(call: Call) -> None:
    data = {**DATA, "tips": [tip(12, "Kies [a] | <b>", "tips/12/")]}
    rows = call("plan", "planRows", data, service({"12": step()}), {}, BASE)
    assert r"| [12. Kies \[a\] \| &lt;b>](https://tipwijzer.example/tips/12/) | Gaan we doen |" in call("plan", "planMarkdown", service(), rows)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_markdown_shows_every_text_as_it_was_typed(call: Call, text: str) -> None:
    source = call("plan", "planMarkdown", service(name=text), rows_of(call, {"12": step(wie=text, notitie=text), "104": step()}, {"12": text}))
    # Python-Markdown shows the backslash of '\~' and '\$', that CommonMark takes away.
    page = html5lib.parse(markdown.markdown(re.sub(r"\\([~$])", r"\1", source), extensions=["tables"]), namespaceHTMLElements=False)
    assert {element.tag for element in page.iter()} <= {"html", "head", "body", "h2", "table", "thead", "tbody", "tr", "th", "td", "a", "br"}
    assert [len(row.findall("td")) for row in page.findall(".//tbody/tr")] == [6, 6]
    assert [link.get("href") for link in page.iter("a")] == ["https://tipwijzer.example/tips/12-varieer/", "https://tipwijzer.example/tips/104-sluit-aan/"]
    cells = page.findall(".//tbody/tr")[0].findall("td")
    for cell in (cells[2], cells[4], cells[5]):
        for line_break in cell.findall("br"):
            line_break.text = "\n"
        assert visible("".join(cell.itertext())) == visible(text)


def visible(text: str) -> str:
    """Return a text without what HTML does not keep: kinds of line break, controls, and white space at the end of a line."""
    return "\n".join(" ".join(line.split()) for line in tidied(text).split("\n"))
