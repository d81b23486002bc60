"""The self-check's state.js in a real browser: files, links and storage, also when what comes in is hostile."""

from __future__ import annotations

import base64
import copy
import json
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import ROOT, serving
from playwright.sync_api import Browser, Page, Route

KEY, OFF, BROKEN = "tipwijzer.zelfcheck", "tipwijzer.zelfcheck.uit", "tipwijzer.zelfcheck.kapot"
TODAY = "2026-11-21"


def asked(*options: str, multiple: bool = False, most: int | None = None) -> dict[str, Any]:
    return {"multiple": multiple, "most": most, "skip": None, "options": {option: {"exclusive": option == "nergens"} for option in options}}


DATA: dict[str, Any] = {
    "version": 3,
    "renamed": {
        "hoe-vaak": "gebruik",
        "aantal-keer": "hoe-vaak",
        "gebruik/nooit": "gebruik/zelden",
        "drempel/stress": "drempels.stress/vaak",
        "kanalen/fax": "",
        "kanalen/post": "kanalen/brief",
        "reden": "",
        "kring-a": "kring-b",
        "kring-b": "kring-a",
    },
    "items": {
        "gebruik": asked("zelden", "elk-jaar", "vaker"),
        "kanalen": asked("website", "telefoon", "brief", "nergens", multiple=True, most=2),
        "drempels.lezen": asked("soms", "vaak"),
        "drempels.stress": asked("soms", "vaak"),
    },
    "tips": [{"number": 12}, {"number": 104}],
    "guide": {"services": ["paspoort", "bijstand"], "groups": ["ouderen", "ondernemers"], "channels": ["website", "telefoon", "balie"], "factors": ["tijd", "taal", "empathie"]},
}
PLAN = {"12": {"status": "gaan-we-doen", "wie": "Team balie", "wanneer": "2027-01-15", "notitie": "eerst de mails"}}
CHANNELS = {
    "dienst": "paspoort",
    "groep": "ouderen",
    "taak": "doen",
    "gevoelig": "soms",
    "nodig": {"tijd": 3, "empathie": 1},
    "aanbod": ["telefoon", "balie"],
    "waarden": {"telefoon": {"tijd": 0, "taal": 3}, "balie": {"empathie": 2}},
}
SERVICE = {"naam": "Paspoort aanvragen", "kort": False, "antwoorden": {"gebruik": ["zelden"], "drempels.stress": ["vaak"]}, "plan": PLAN, "kanalen": CHANNELS}
STRATEGY = {"doelen": "Iedereen komt verder.\nBinnen een week.", "gebruik": "De meeste mensen bellen."}
STATE = {"soort": "tipwijzer-zelfcheck", "versie": 2, "vragen": 3, "datum": TODAY, "invuller": "Sanne", "strategie": STRATEGY, "diensten": [SERVICE]}


def state_with(**changes: Any) -> dict[str, Any]:
    """Return a valid state, but for changes in its first service where they are fields of one, else in the state itself."""
    state = copy.deepcopy(STATE)
    for name, value in changes.items():
        (state["diensten"][0] if name in SERVICE else state)[name] = value
    return state


def file_with(**changes: Any) -> str:
    return json.dumps(state_with(**changes))


def pack(content: str | bytes) -> str:
    """Return what an address would hold for this content, as any other program could make it."""
    compress = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = compress.compress(content.encode() if isinstance(content, str) else content) + compress.flush()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def unpack(text: str) -> str:
    return zlib.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), -15).decode()


LINK = {"versie": 2, "vragen": 3, "kort": True, "antwoorden": {"gebruik": ["zelden"], "drempels.stress": ["vaak"]}, "kanalen": CHANNELS}


def link_with(**changes: Any) -> str:
    return pack(json.dumps({**LINK, **changes}))


# ---------------------------------------------------------------- calling the module


CALL = """async ([name, values]) => {
  const state = await import("/check/state.js");
  try {
    return { value: await state[name](...values) };
  } catch (error) {
    if (error instanceof state.CheckError) return { refused: error.message };
    throw error;
  }
}"""


class Refused(Exception):
    """The module refused with a CheckError; the message is what the visitor reads."""


def call(page: Page, name: str, *values: Any) -> Any:
    answer = page.evaluate(CALL, [name, list(values)])
    if "refused" in answer:
        raise Refused(answer["refused"])
    return answer.get("value")


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with serving(ROOT / "generator/theme/assets") as address:
        yield address


@pytest.fixture
def open_page(base: str, new_page: Callable[..., Page]) -> Callable[[], Page]:
    """A function that opens a page of the site's own address, with empty storage."""

    def opened() -> Page:
        page = new_page()
        page.goto(f"{base}check/recommend.js")
        return page

    return opened


@pytest.fixture
def page(open_page: Callable[[], Page]) -> Page:
    return open_page()


@pytest.fixture(scope="module")
def run(base: str, browser: Browser) -> Iterator[Callable[..., Any]]:
    """Calls a function that needs no storage, all in one page; an error that nobody caught fails the test."""
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{base}check/recommend.js")

    def called(name: str, *values: Any) -> Any:
        try:
            return call(page, name, *values)
        finally:
            assert page.evaluate("Object.keys(Object.prototype).length + ('hacked' in {} ? 1 : 0)") == 0
            assert not errors

    yield called
    context.close()


def answers_of(result: Any) -> Any:
    return result["state"]["diensten"][0]["antwoorden"]


# ---------------------------------------------------------------- new, saved and opened again


def test_a_new_state_has_one_empty_service_and_can_be_read_back(run: Callable[..., Any]) -> None:
    service = {"naam": "", "kort": False, "antwoorden": {}, "plan": {}, "kanalen": {}}
    state = {"soort": "tipwijzer-zelfcheck", "versie": 2, "vragen": 3, "datum": "", "invuller": "", "strategie": {}, "diensten": [service]}
    assert run("newState", DATA) == state
    assert run("newService") == service
    assert run("parseState", DATA, json.dumps(state)) == {"state": state, "notices": []}


def test_a_saved_file_gives_the_same_state_with_the_day_of_saving(run: Callable[..., Any]) -> None:
    text = run("stateText", state_with(datum="2026-01-02"), TODAY)
    assert text == json.dumps(STATE, indent=2, ensure_ascii=False)
    assert run("parseState", DATA, text) == {"state": STATE, "notices": []}


def test_only_what_is_required_needs_to_be_in_a_file(run: Callable[..., Any]) -> None:
    result = run("parseState", DATA, json.dumps({"soort": "tipwijzer-zelfcheck", "versie": 2, "vragen": 3, "diensten": [{}]}))
    assert result == {"state": run("newState", DATA), "notices": []}


def test_a_file_of_the_first_version_still_opens_and_is_saved_as_one_of_now(run: Callable[..., Any]) -> None:
    """It knew no Kanaalwijzer and no strategy."""
    before = {name: value for name, value in SERVICE.items() if name != "kanalen"}
    old = {name: value for name, value in STATE.items() if name != "strategie"}
    result = run("parseState", DATA, json.dumps({**old, "versie": 1, "diensten": [before]}))
    assert result == {"state": state_with(kanalen={}, strategie={}), "notices": []}
    assert json.loads(run("stateText", result["state"], TODAY))["versie"] == 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Paspoort aanvragen", "zelfcheck-paspoort-aanvragen-2026-11-21.json"),
        ("  Café & Überweg: ééndaagse/Vergunning!  ", "zelfcheck-cafe-uberweg-eendaagse-vergunning-2026-11-21.json"),
        ("../../etc/passwd", "zelfcheck-etc-passwd-2026-11-21.json"),
        ("", "zelfcheck-2026-11-21.json"),
        ("😀", "zelfcheck-2026-11-21.json"),
        ("a" * 59 + " b" * 30, f"zelfcheck-{'a' * 59}-2026-11-21.json"),
    ],
)
def test_a_file_is_named_after_the_first_service(name: str, expected: str, run: Callable[..., Any]) -> None:
    assert run("fileName", state_with(naam=name), TODAY) == expected


def test_fields_that_a_file_does_not_have_are_left_out(run: Callable[..., Any]) -> None:
    strange = state_with(plan={"12": {**PLAN["12"], "kleur": "rood"}}, gemeente="Voorbeeldstad")
    strange["diensten"][0]["geheim"] = {"a": 1}
    strange["diensten"][0]["kanalen"]["kleur"] = "rood"
    strange["strategie"]["kleur"] = {"a": "rood"}
    assert run("parseState", DATA, json.dumps(strange)) == {"state": STATE, "notices": []}


def test_as_many_services_as_the_page_may_make_stay_apart_and_in_order(page: Page) -> None:
    most = page.evaluate("async () => (await import('/check/state.js')).MOST_SERVICES")
    services = [{**SERVICE, "naam": f"Dienst {number}", "kort": number % 2 == 0} for number in range(most)]
    assert most == 30
    assert call(page, "parseState", DATA, file_with(diensten=services))["state"]["diensten"] == services


def test_markup_and_strange_characters_in_texts_stay_as_they_are(run: Callable[..., Any]) -> None:
    text = "<img src=x onerror=alert(1)> & ‘=1+1’ \u202e\u0000 __proto__ \n {{ 7*7 }} 😀"
    state = state_with(naam=text, invuller=text, plan={"12": {**PLAN["12"], "wie": text, "notitie": text}}, strategie={"doelen": text, "gebruik": text})
    assert run("parseState", DATA, json.dumps(state)) == {"state": state, "notices": []}


def test_answers_come_in_the_order_of_the_questions_and_once(run: Callable[..., Any]) -> None:
    result = run("parseState", DATA, file_with(antwoorden={"drempels.lezen": [], "kanalen": ["brief", "website", "brief"], "gebruik": ["vaker"]}))
    assert json.dumps(answers_of(result)) == json.dumps({"gebruik": ["vaker"], "kanalen": ["website", "brief"]})
    assert result["notices"] == []


def test_an_unfinished_answer_stays_as_it_is(run: Callable[..., Any]) -> None:
    """Too many or clashing answers are for the page to tell, when somebody goes on; an autosave may not choose."""
    given = {"kanalen": ["weet-ik-niet", "website", "telefoon", "nergens"]}
    assert run("parseState", DATA, file_with(antwoorden=given)) == {"state": state_with(antwoorden=given), "notices": []}


# ---------------------------------------------------------------- what changed since


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"hoe-vaak": ["vaker"]}, {"gebruik": ["vaker"]}),
        ({"aantal-keer": ["vaker"]}, {"gebruik": ["vaker"]}),
        ({"aantal-keer": ["nooit"]}, {"gebruik": ["zelden"]}),
        ({"gebruik": ["nooit"]}, {"gebruik": ["zelden"]}),
        ({"hoe-vaak": ["weet-ik-niet"]}, {"gebruik": ["weet-ik-niet"]}),
        ({"drempel": ["stress"]}, {"drempels.stress": ["vaak"]}),
        ({"kanalen": ["post", "website"]}, {"kanalen": ["website", "brief"]}),
    ],
)
def test_renamed_questions_and_answers_move_without_a_notice(old: object, new: object, run: Callable[..., Any]) -> None:
    result = run("parseState", DATA, file_with(antwoorden=old, vragen=1))
    assert (answers_of(result), result["notices"], result["state"]["vragen"]) == (new, [], 3)
    linked = run("decodeService", DATA, link_with(antwoorden=old, vragen=1))
    assert (linked["service"]["antwoorden"], linked["notices"]) == (new, [])


@pytest.mark.parametrize(
    ("old", "notice"),
    [
        ({"onbekend": ["ja"]}, "1 antwoord kon niet mee, omdat die vraag is veranderd: ‘onbekend’."),
        ({"reden": ["klachten"]}, "1 antwoord kon niet mee, omdat die vraag is veranderd: ‘reden’."),
        ({"gebruik": ["dagelijks"]}, "1 antwoord kon niet mee, omdat die vraag is veranderd: ‘gebruik’."),
        ({"kanalen": ["fax", "duif"]}, "2 antwoorden konden niet mee, omdat die vraag is veranderd: ‘kanalen’."),
        ({"drempels.geld": ["vaak"], "weg": ["ja"]}, "2 antwoorden konden niet mee, omdat die vragen zijn veranderd: ‘drempels.geld’, ‘weg’."),
        ({"kring-a": ["ja"]}, "1 antwoord kon niet mee, omdat die vraag is veranderd: ‘kring-a’."),
        ({"gebruik": ["constructor"]}, "1 antwoord kon niet mee, omdat die vraag is veranderd: ‘gebruik’."),
        (
            {f"oud-{number}": ["ja"] for number in range(7)},
            "7 antwoorden konden niet mee, omdat die vragen zijn veranderd: ‘oud-0’, ‘oud-1’, ‘oud-2’, ‘oud-3’, ‘oud-4’ en nog 2.",
        ),
    ],
)
def test_answers_that_are_gone_give_one_notice_and_the_rest_stays(old: dict[str, Any], notice: str, run: Callable[..., Any]) -> None:
    given = {**old, "drempels.lezen": ["soms"]}
    result = run("parseState", DATA, file_with(antwoorden=given))
    assert (answers_of(result), result["notices"]) == ({"drempels.lezen": ["soms"]}, [notice])
    linked = run("decodeService", DATA, link_with(antwoorden=given))
    assert (linked["service"]["antwoorden"], linked["notices"]) == ({"drempels.lezen": ["soms"]}, [notice])


def test_newer_questions_are_told_as_such(run: Callable[..., Any]) -> None:
    """The page may come from the browser's cache, so the question did not change: the page does not know it yet."""
    known = run("parseState", DATA, file_with(vragen=9))
    assert (answers_of(known), known["notices"]) == (SERVICE["antwoorden"], [])
    unknown = run("parseState", DATA, file_with(vragen=9, antwoorden={"nieuw": ["ja"]}))
    expected = "1 antwoord kon niet mee, omdat deze pagina die vraag nog niet kent: ‘nieuw’. Laad de pagina opnieuw en probeer het nog een keer."
    assert unknown["notices"] == [expected]
    assert run("decodeService", DATA, link_with(vragen=9, antwoorden={"nieuw": ["ja"]}))["notices"] == [expected]


@pytest.mark.parametrize(
    ("given", "kept"), [(["vaker", "elk-jaar"], "elk-jaar"), (["zelden", "weet-ik-niet"], "weet-ik-niet"), (["nooit", "vaker"], "zelden")]
)
def test_of_a_single_choice_the_one_that_counts_stays(given: list[str], kept: str, page: Page) -> None:
    result = call(page, "parseState", DATA, file_with(antwoorden={"gebruik": given}))
    assert answers_of(result) == {"gebruik": [kept]}
    assert result["notices"] == ["1 vraag had meer dan één antwoord, maar er kan er maar één. Kijk na of het goed staat: ‘gebruik’."]
    known = [option for option in given if option != "nooit"] + (["zelden"] if "nooit" in given else [])
    counted = page.evaluate("async ([data, answers]) => (await import('/check/recommend.js')).clean(data, answers)", [DATA, {"gebruik": known}])
    assert counted == {"gebruik": [kept]}


def test_tips_that_are_gone_stay_in_the_plan_with_a_notice(run: Callable[..., Any]) -> None:
    plan = {**PLAN, "7": {"status": "later", "wie": "", "wanneer": "", "notitie": "belangrijk"}, "999": PLAN["12"]}
    result = run("parseState", DATA, file_with(plan=plan))
    assert result["state"]["diensten"][0]["plan"] == plan
    assert result["notices"] == ["2 tips in het plan staan niet meer op de site: tip 7, tip 999. Wat jullie erbij schreven, blijft in het plan."]


@pytest.mark.parametrize("date", ["20271-01-15", "2027-02-30", "2027-13-01", "volgende week", "15-01-2027", "2027-01-15T10:00"])
def test_a_date_that_cannot_be_is_left_out_with_a_notice(date: str, run: Callable[..., Any]) -> None:
    result = run("parseState", DATA, file_with(plan={"12": {**PLAN["12"], "wanneer": date}}))
    assert result["state"]["diensten"][0]["plan"]["12"] == {**PLAN["12"], "wanneer": ""}
    assert result["notices"] == [f"1 datum in het plan klopt niet. Vul een nieuwe datum in voor ‘{date}’ bij tip 12."]


def test_long_texts_are_cut_with_one_notice(run: Callable[..., Any]) -> None:
    plan = {"12": {"status": "later", "wie": "w" * 501, "wanneer": "", "notitie": "n" * 900}}
    result = run("parseState", DATA, file_with(naam="d" * 121, invuller="i" * 501, plan=plan, strategie={"doelen": "s" * 2_001, "gebruik": ""}))
    service = result["state"]["diensten"][0]
    assert [service["naam"], result["state"]["invuller"]] == ["d" * 120, "i" * 500]
    assert result["state"]["strategie"] == {"doelen": "s" * 2_000, "gebruik": ""}
    assert service["plan"]["12"] == {"status": "later", "wie": "w" * 500, "wanneer": "", "notitie": "n" * 500}
    labels = "wie het invulde, de strategie (doelen), de naam van een dienst, wie bij tip 12, de notitie bij tip 12"
    assert result["notices"] == [f"5 teksten waren te lang. Het eind is weggevallen bij: {labels}."]


def test_texts_of_just_the_right_length_stay_and_no_character_is_cut_in_half(run: Callable[..., Any]) -> None:
    plan = {"12": {"status": "later", "wie": "w" * 500, "wanneer": "", "notitie": "n" * 500}}
    state = state_with(naam="d" * 120, plan=plan, strategie={"doelen": "s" * 2_000, "gebruik": "s" * 2_000})
    assert run("parseState", DATA, json.dumps(state)) == {"state": state, "notices": []}
    assert run("parseState", DATA, file_with(naam="d" * 119 + "😀"))["state"]["diensten"][0]["naam"] == "d" * 119
    assert run("parseState", DATA, file_with(strategie={"gebruik": "s" * 1_999 + "😀"}))["state"]["strategie"] == {"gebruik": "s" * 1_999}


def test_each_kind_of_finding_gives_one_notice_over_all_services(run: Callable[..., Any]) -> None:
    entry = {"status": "later", "wie": "w" * 501, "wanneer": "ooit", "notitie": ""}
    service = {**SERVICE, "antwoorden": {"onbekend": ["ja"], "gebruik": ["zelden", "vaker"]}, "plan": {"7": entry}}
    notices = run("parseState", DATA, file_with(diensten=[service, service]))["notices"]
    assert [notice.split(":")[0].split(".")[0].split(",")[0] for notice in notices] == [
        "2 antwoorden konden niet mee",
        "2 vragen hadden meer dan één antwoord",
        "2 tips in het plan staan niet meer op de site",
        "2 datums in het plan kloppen niet",
        "2 teksten waren te lang",
    ]


# ---------------------------------------------------------------- what was chosen in the Kanaalwijzer


def channels_of(result: Any) -> Any:
    return (result["state"]["diensten"][0] if "state" in result else result["service"])["kanalen"]


@pytest.mark.parametrize("given", [{}, *({name: value} for name, value in CHANNELS.items()), {"nodig": {}, "aanbod": [], "waarden": {}}])
def test_each_choice_alone_comes_back_from_a_file_and_a_link(given: dict[str, Any], run: Callable[..., Any]) -> None:
    result = run("parseState", DATA, file_with(kanalen=given))
    assert (channels_of(result), result["notices"]) == (given, [])
    linked = run("decodeService", DATA, run("encodeService", DATA, {**SERVICE, "kanalen": given}))
    assert (channels_of(linked), linked["notices"]) == (given, [])


def test_what_was_chosen_comes_in_the_order_of_the_page(run: Callable[..., Any]) -> None:
    turned = {name: value[::-1] if isinstance(value, list) else value for name, value in reversed(CHANNELS.items())}
    for result in (run("parseState", DATA, file_with(kanalen=turned)), run("decodeService", DATA, link_with(kanalen=turned))):
        assert json.dumps(channels_of(result)) == json.dumps(CHANNELS)
        assert result["notices"] == []


@pytest.mark.parametrize(
    ("given", "kept", "named"),
    [
        ({"dienst": "paspoort", "groep": "weg"}, {"dienst": "paspoort"}, ["groep"]),
        ({"dienst": "weg", "taak": "slapen", "gevoelig": "altijd"}, {}, ["dienst", "taak", "gevoelig"]),
        ({"dienst": "constructor", "groep": "toString"}, {}, ["dienst", "groep"]),
        ({"dienst": "", "groep": "<b>ouderen</b>"}, {}, ["dienst", "groep"]),
        ({"nodig": {"tijd": 2, "weg": 3}}, {"nodig": {"tijd": 2}}, ["factor"]),
        ({"aanbod": ["fax", "balie", "website"]}, {"aanbod": ["website", "balie"]}, ["aanbod"]),
        ({"waarden": {"fax": {"tijd": 1}, "balie": {"tijd": 1}}}, {"waarden": {"balie": {"tijd": 1}}}, ["waarden"]),
        ({"waarden": {"balie": {"tijd": 1, "weg": 1}}}, {"waarden": {"balie": {"tijd": 1}}}, ["factor"]),
    ],
)
def test_choices_that_the_page_no_longer_knows_are_left_out_and_told(given: dict[str, Any], kept: dict[str, Any], named: list[str], run: Callable[..., Any]) -> None:
    names = ", ".join(f"‘kanalen: {name}’" for name in named)
    subject, changed = ("1 antwoord kon", "die vraag is") if len(named) == 1 else (f"{len(named)} antwoorden konden", "die vragen zijn")
    notice = f"{subject} niet mee, omdat {changed} veranderd: {names}."
    for result in (run("parseState", DATA, file_with(kanalen=given)), run("decodeService", DATA, link_with(kanalen=given))):
        assert (channels_of(result), result["notices"]) == (kept, [notice])
    # An address holds only what the page knows, so nothing is left to tell.
    linked = run("decodeService", DATA, run("encodeService", DATA, {**SERVICE, "kanalen": given}))
    assert (channels_of(linked), linked["notices"]) == (kept, [])


def test_a_site_without_the_kanaalwijzer_leaves_its_choices_out_and_tells(run: Callable[..., Any]) -> None:
    without = {name: value for name, value in DATA.items() if name != "guide"}
    result = run("parseState", without, file_with(kanalen={"dienst": "paspoort", "aanbod": ["balie"]}))
    assert channels_of(result) == {"aanbod": []}
    assert result["notices"] == ["2 antwoorden konden niet mee, omdat die vragen zijn veranderd: ‘kanalen: dienst’, ‘kanalen: aanbod’."]
    assert run("parseState", without, file_with(kanalen={})) == {"state": state_with(kanalen={}), "notices": []}


# ---------------------------------------------------------------- hostile files

BROKEN_FILE = "Dit bestand is beschadigd of met de hand veranderd. Kies een ander bestand"
UNREADABLE_FILE = "Dit bestand is niet te lezen. Kies een bestand"
FOREIGN_FILE = "Dit bestand komt niet uit de zelfcheck. Kies een bestand"
NEWER_FILE = "Dit bestand komt uit een nieuwere versie van de zelfcheck. Laad deze pagina opnieuw"


def nested(depth: int) -> Any:
    value: Any = "diep"
    for _ in range(depth):
        value = {"a": value}
    return value


def with_key(key: str, place: str) -> str:
    """Return a file with an extra key as text, because a dict of Python would not write it twice or at this place."""
    return file_with().replace(place, f'"{key}": {{"hacked": true}}, {place}', 1)


PLACES = {
    "the file": '"versie"',
    "the strategy": '"doelen"',
    "a service": '"kort"',
    "the answers": '"gebruik": ["zelden"]',
    "the plan": '"12"',
    "an entry": '"wie"',
    "the channels": '"dienst"',
    "the needs": '"tijd": 3',
    "own values": '"telefoon": {',
    "own values of a channel": '"tijd": 0',
}
HOSTILE_CHANNELS: dict[str, Any] = {
    "null": None,
    "text": "paspoort",
    "a list": [CHANNELS],
    "service as number": {"dienst": 1},
    "service is null": {"dienst": None},
    "service as list": {"dienst": ["paspoort"]},
    "group as object": {"groep": {"toString": "ouderen"}},
    "task as truth": {"taak": True},
    "sensitive as number": {"gevoelig": 2},
    "needs as list": {"nodig": [3]},
    "needs are null": {"nodig": None},
    "a need of nothing": {"nodig": {"tijd": 0}},
    "a need too high": {"nodig": {"tijd": 4}},
    "half a need": {"nodig": {"tijd": 1.5}},
    "a need as text": {"nodig": {"tijd": "3"}},
    "a need as truth": {"nodig": {"tijd": True}},
    "a need is null": {"nodig": {"tijd": None}},
    "an unknown need too high": {"nodig": {"weg": 99}},
    "offer as text": {"aanbod": "balie"},
    "offer as object": {"aanbod": {"0": "balie", "length": 1}},
    "offer is null": {"aanbod": None},
    "values as list": {"waarden": [["balie", {"tijd": 1}]]},
    "values are null": {"waarden": None},
    "values of a channel as number": {"waarden": {"balie": 1}},
    "values of a channel as list": {"waarden": {"balie": [1]}},
    "a value below nothing": {"waarden": {"balie": {"tijd": -1}}},
    "a value too high": {"waarden": {"balie": {"tijd": 4}}},
    "a value as text": {"waarden": {"balie": {"tijd": "1"}}},
    "a value of an unknown channel as text": {"waarden": {"fax": {"tijd": "1"}}},
    "__proto__ as channel": {"waarden": {"__proto__": {"tijd": 1}}},
    "constructor as factor": {"nodig": {"constructor": 1}},
    "prototype of a value": {"waarden": {"balie": {"prototype": 1}}},
}
HOSTILE_FILES = {
    "empty": ("", UNREADABLE_FILE),
    "not JSON": ("<!doctype html><script>alert(1)</script>", UNREADABLE_FILE),
    "half a file": (file_with()[:-20], UNREADABLE_FILE),
    "two files": (file_with() * 2, UNREADABLE_FILE),
    "JavaScript": ("({soort: 'tipwijzer-zelfcheck'})", UNREADABLE_FILE),
    "binary": ("PK\u0003\u0004\u0000\u0000", UNREADABLE_FILE),
    "null": ("null", FOREIGN_FILE),
    "a number": ("1", FOREIGN_FILE),
    "a text": ('"tipwijzer-zelfcheck"', FOREIGN_FILE),
    "a list": (json.dumps([STATE]), FOREIGN_FILE),
    "another JSON file": ('{"name": "tipwijzer", "version": "1.0.0"}', FOREIGN_FILE),
    "another kind": (file_with(soort="tipwijzer-kanalen"), FOREIGN_FILE),
    "a kind in a list": (file_with(soort=["tipwijzer-zelfcheck"]), FOREIGN_FILE),
    "newer": (file_with(versie=3), NEWER_FILE),
    "newer, and of another shape": (json.dumps({"soort": "tipwijzer-zelfcheck", "versie": 99, "services": nested(20)}), NEWER_FILE),
    "version zero": (file_with(versie=0), BROKEN_FILE),
    "version as text": (file_with(versie="2"), BROKEN_FILE),
    "half a version": (file_with(versie=0.5), BROKEN_FILE),
    "an endless version": (file_with().replace('"versie": 2', '"versie": 1e999'), BROKEN_FILE),
    "no version": (file_with(versie=None), BROKEN_FILE),
    "version of questions as text": (file_with(vragen="3"), BROKEN_FILE),
    "10 MB": (file_with(invuller="a" * 10_000_000), "Dit bestand is te groot. Een bestand uit de zelfcheck is kleiner dan 1 MB"),
    "10 MB of brackets": ("[" * 10_000_000, "Dit bestand is te groot"),
    "brackets": ("[" * 900_000, UNREADABLE_FILE),
    "nested lists": (file_with().replace('"Sanne"', "[" * 100_000 + "]" * 100_000), BROKEN_FILE),
    "nested objects": (file_with(extra=nested(6)), BROKEN_FILE),
    "31 services": (file_with(diensten=[SERVICE] * 31), "Meer dan 30 kan niet. Verdeel de diensten over meer bestanden"),
    "no service": (file_with(diensten=[]), BROKEN_FILE),
    "services as object": (file_with(diensten={"0": SERVICE, "length": 1}), BROKEN_FILE),
    "service as list": (file_with(diensten=[[SERVICE]]), BROKEN_FILE),
    "service is null": (file_with(diensten=[None]), BROKEN_FILE),
    "answers as list": (file_with(antwoorden=[["gebruik", "zelden"]]), BROKEN_FILE),
    "answers are null": (file_with(antwoorden=None), BROKEN_FILE),
    "answer without list": (file_with(antwoorden={"gebruik": "zelden"}), BROKEN_FILE),
    "answer as object": (file_with(antwoorden={"gebruik": {"0": "zelden"}}), BROKEN_FILE),
    "numbers as ids": (file_with(antwoorden={"gebruik": [0]}), BROKEN_FILE),
    "a list as id": (file_with(antwoorden={"gebruik": [["zelden"]]}), BROKEN_FILE),
    "null as id": (file_with(antwoorden={"gebruik": [None]}), BROKEN_FILE),
    "markup as id": (file_with(antwoorden={"<img src=x onerror=alert(1)>": ["ja"]}), BROKEN_FILE),
    "markup as option": (file_with(antwoorden={"gebruik": ["<b>zelden</b>"]}), BROKEN_FILE),
    "an option of two parts": (file_with(antwoorden={"gebruik": ["a/b"]}), BROKEN_FILE),
    "name as number": (file_with(naam=12), BROKEN_FILE),
    "name as object": (file_with(naam={"toString": "x"}), BROKEN_FILE),
    "short as text": (file_with(kort="ja"), BROKEN_FILE),
    "who filled it in as list": (file_with(invuller=["Sanne"]), BROKEN_FILE),
    "day as number": (file_with(datum=20261121), BROKEN_FILE),
    "a day that cannot be": (file_with(datum="2026-02-30"), BROKEN_FILE),
    "plan as list": (file_with(plan=[PLAN["12"]]), BROKEN_FILE),
    "plan is null": (file_with(plan=None), BROKEN_FILE),
    "plan with a name for a number": (file_with(plan={"twaalf": PLAN["12"]}), BROKEN_FILE),
    "plan with number zero": (file_with(plan={"0": PLAN["12"]}), BROKEN_FILE),
    "plan with markup for a number": (file_with(plan={"12<script>": PLAN["12"]}), BROKEN_FILE),
    "plan entry as text": (file_with(plan={"12": "later"}), BROKEN_FILE),
    "plan entry is null": (file_with(plan={"12": None}), BROKEN_FILE),
    "plan entry as list": (file_with(plan={"12": ["later"]}), BROKEN_FILE),
    "unknown status": (file_with(plan={"12": {**PLAN["12"], "status": "klaar"}}), BROKEN_FILE),
    "inherited status": (file_with(plan={"12": {**PLAN["12"], "status": "toString"}}), BROKEN_FILE),
    "status as list": (file_with(plan={"12": {**PLAN["12"], "status": ["later"]}}), BROKEN_FILE),
    "no status": (file_with(plan={"12": {"wie": "Team balie"}}), BROKEN_FILE),
    "who as object": (file_with(plan={"12": {**PLAN["12"], "wie": {}}}), BROKEN_FILE),
    "when as number": (file_with(plan={"12": {**PLAN["12"], "wanneer": 1}}), BROKEN_FILE),
    "note as number": (file_with(plan={"12": {**PLAN["12"], "notitie": 1}}), BROKEN_FILE),
    "strategy is null": (file_with(strategie=None), BROKEN_FILE),
    "strategy as text": (file_with(strategie="Iedereen komt verder."), BROKEN_FILE),
    "strategy as list": (file_with(strategie=["Iedereen komt verder."]), BROKEN_FILE),
    "a goal as number": (file_with(strategie={"doelen": 1}), BROKEN_FILE),
    "a goal is null": (file_with(strategie={"doelen": None}), BROKEN_FILE),
    "goals as list": (file_with(strategie={"gebruik": ["bellen"]}), BROKEN_FILE),
    **{f"channels: {name}": (file_with(kanalen=given), BROKEN_FILE) for name, given in HOSTILE_CHANNELS.items()},
    **{f"{key} in {name}": (with_key(key, place), BROKEN_FILE) for key in ("__proto__", "constructor", "prototype") for name, place in PLACES.items()},
    "__proto__ with an answer": (file_with(antwoorden={"__proto__": ["zelden"]}), BROKEN_FILE),
    "__proto__ with an entry": (file_with(plan={"__proto__": PLAN["12"]}), BROKEN_FILE),
    "__proto__ where nothing is read": (file_with(extra={"a": {"__proto__": {}}}), BROKEN_FILE),
    "__proto__ in other letters": (file_with().replace('"kort"', '"\\u005f_proto__": {}, "kort"'), BROKEN_FILE),
    "__proto__ instead of fields": ('{"__proto__": ' + file_with() + "}", FOREIGN_FILE),
}


@pytest.mark.parametrize("name", HOSTILE_FILES)
def test_a_hostile_file_is_refused_with_a_clear_message(name: str, run: Callable[..., Any]) -> None:
    text, message = HOSTILE_FILES[name]
    with pytest.raises(Refused) as refused:
        run("parseState", DATA, text)
    assert message in str(refused.value)


def test_a_file_may_be_as_large_and_deep_as_the_limits(run: Callable[..., Any]) -> None:
    text = file_with(extra=nested(5))
    assert run("parseState", DATA, text.ljust(1_000_000)) == {"state": STATE, "notices": []}
    with pytest.raises(Refused, match="te groot"):
        run("parseState", DATA, text.ljust(1_000_001))


# ---------------------------------------------------------------- links


def test_a_link_gives_the_same_answers_and_holds_nothing_that_was_typed(run: Callable[..., Any]) -> None:
    service = {**SERVICE, "kort": True, "antwoorden": {"drempels.stress": ["vaak"], "gebruik": ["zelden"]}}
    text = run("encodeService", DATA, service)
    assert unpack(text) == json.dumps(LINK, separators=(",", ":"))
    opened = {"naam": "", "kort": True, "antwoorden": service["antwoorden"], "plan": {}, "kanalen": CHANNELS}
    assert run("decodeService", DATA, text) == {"service": opened, "notices": []}


def test_a_link_is_safe_in_an_address_and_the_same_whatever_the_order(run: Callable[..., Any]) -> None:
    given = {"gebruik": ["weet-ik-niet"], "kanalen": ["website", "brief"], "drempels.lezen": ["soms"]}
    turned = {item: options[::-1] for item, options in reversed(given.items())}
    text = run("encodeService", DATA, {**SERVICE, "antwoorden": given})
    assert text == run("encodeService", DATA, {**SERVICE, "antwoorden": turned})
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_a_link_holds_only_ids_that_the_check_knows(run: Callable[..., Any]) -> None:
    chosen = {"dienst": "jan-jansen", "nodig": {"geheim": 2, "taal": 2}, "aanbod": ["geheim", "balie"], "waarden": {"geheim": {"tijd": 1}}, "notitie": "geheim"}
    text = run("encodeService", DATA, {**SERVICE, "antwoorden": {"gebruik": ["zelden", "geheim"], "jan-jansen": ["geheim"]}, "kanalen": chosen})
    assert json.loads(unpack(text))["antwoorden"] == {"gebruik": ["zelden"]}
    assert json.loads(unpack(text))["kanalen"] == {"nodig": {"taal": 2}, "aanbod": ["balie"], "waarden": {}}
    assert "geheim" not in unpack(text) and "jan-jansen" not in unpack(text)


def test_a_link_of_the_first_version_still_opens(run: Callable[..., Any]) -> None:
    old = {name: value for name, value in LINK.items() if name != "kanalen"}
    opened = {"naam": "", "kort": True, "antwoorden": LINK["antwoorden"], "plan": {}, "kanalen": {}}
    assert run("decodeService", DATA, pack(json.dumps({**old, "versie": 1}))) == {"service": opened, "notices": []}


def test_every_answer_alone_and_no_answer_come_back_from_a_link(run: Callable[..., Any]) -> None:
    every = [{item: [option]} for item, found in DATA["items"].items() for option in (*found["options"], "weet-ik-niet")]
    for given in [{}, *every]:
        text = run("encodeService", DATA, {**SERVICE, "antwoorden": given})
        assert run("decodeService", DATA, text)["service"]["antwoorden"] == given


def full_check() -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Return 62 items with ids as long and different as real ones, and an answer to each; several where that can be."""
    target_groups = (
        "jongeren ouderen gezinnen nieuwkomers laaggeletterden mensen-met-een-beperking mensen-met-geldzorgen "
        "mensen-met-weinig-digitale-ervaring mensen-die-een-ander-helpen mensen-in-een-moeilijke-tijd ondernemers"
    )
    grids = {
        "doelgroepen": target_groups,
        "drempels": "lezen-en-schrijven nederlands digitale-vaardigheden apparaat-of-internet inloggen zien-horen-bewegen "
        "begrijpen-en-onthouden stress angst-voor-fouten schaamte weinig-vertrouwen niet-weten-dat-het-bestaat tijd-en-afstand",
        "vastlopen": "vinden begrijpen inloggen invullen bewijs-meesturen wachten besluit daarna",
        "formulier": "gegevens-vooraf-ingevuld alleen-nodige-vragen tussendoor-bewaren overzicht-voor-versturen "
        "bevestiging-met-termijn status-zichtbaar ander-mag-helpen hulp-bij-digitaal",
    }
    scales = {
        "doelgroepen": ("bijna-geen", "klein-deel", "groot-deel", "bijna-iedereen"),
        "drempels": ("bijna-nooit", "soms", "vaak"),
        "vastlopen": ("bijna-nooit", "soms", "vaak"),
        "formulier": ("nee", "gedeeltelijk", "ja"),
    }
    channels = "website e-formulier mijn-omgeving e-mail chat chatbot whatsapp telefoon videobellen balie huisbezoek brief informatiepunt"
    several = {
        "kanalen": channels,
        "waar-helpen-wij": channels,
        "wie-vult-in": "klantcontact vakafdeling communicatie ict beleid leiding bestuur",
        "wie-steunt-verbetering": "klantcontact vakafdeling communicatie ict beleid leiding bestuur nog-niemand",
        "hoe-weten-jullie-dat": "gesprekken-met-inwoners testen-met-inwoners cijfers klachten ervaring-van-collegas",
        "themas-die-voorgaan": "gebruiksgemak goed-proces digitaal-op-orde deel-en-werk-samen intern-draagvlak kanaalsturing inclusie",
    }
    single = {
        "aanleiding": "nieuwe-dienst dienst-verbeteren veel-klachten-of-vragen kanaal-erbij-of-eraf beleid-maken",
        "soort-dienst": "informatie-zoeken aanvragen-of-melden afspraak-maken hulp-krijgen vergunning-krijgen bezwaar-of-klacht",
        "hoe-vaak-gebruikt": "zelden-gebruikt ongeveer-elk-jaar vaak-gebruikt",
        "hoeveel-uitleg-nodig": "bijna-geen-uitleg soms-uitleg veel-uitleg-nodig",
        "gevolg-van-een-fout": "weinig-gevolg duurt-langer minder-geld-of-hulp",
        "hoe-gevoelig": "niet-gevoelig soms-spannend vaak-spannend",
        "medewerker-bereikbaar": "staat-bij-elke-stap is-zoeken niet-bereikbaar",
        "verhaal-opnieuw-vertellen": "nooit-opnieuw soms-opnieuw vaak-opnieuw",
        "zelfde-antwoord-per-kanaal": "gecontroleerd vermoedelijk-wel verschilt",
        "duidelijke-teksten": "getest-met-inwoners herschreven-niet-getest gedeeltelijk-herschreven nog-niet",
        "status-van-de-zaak": "zelf-te-zien alleen-na-bellen niet-te-zien",
        "toegankelijkheid": "onderzocht-en-verbeterd onderzocht-niet-verbeterd niet-onderzocht",
        "wat-met-klachten": "vast-onderdeel-van-verbeteren af-en-toe bijna-niets",
        "hoe-meten-jullie": "cijfers-per-maand cijfers-per-jaar niet-gemeten",
        "samenwerking-in-de-keten": "vaste-afspraken losse-contacten geen-contact",
        "tijd-de-komende-maanden": "paar-uur paar-dagen project",
    }
    items = {f"{grid}.{row}": asked(*scales[grid]) for grid, rows in grids.items() for row in rows.split()}
    items |= {item: asked(*options.split(), multiple=True) for item, options in several.items()}
    items |= {item: asked(*options.split()) for item, options in single.items()}
    answers: dict[str, list[str]] = {}
    for place, (item, found) in enumerate(items.items()):
        options = list(found["options"])
        chosen = set(options[1::2] if found["multiple"] else [options[place * place * 7 % 11 % len(options)]])
        answers[item] = [option for option in options if option in chosen] if place % 9 else ["weet-ik-niet"]
    guide = {
        "services": ["bijzondere-bijstand"],
        "groups": target_groups.split(),
        "channels": channels.split(),
        "factors": "tijd plaats taal complexiteit individuele-relevantie vertrouwen-tot-handelen empathie".split(),
    }
    return {"version": 27, "renamed": {}, "items": items, "tips": [], "guide": guide}, answers


def full_channels(guide: dict[str, list[str]]) -> dict[str, Any]:
    """Return a choice in the Kanaalwijzer for everything that can be chosen there."""
    levels = {channel: {factor: (place * 5 + at * at) % 7 % 4 for at, factor in enumerate(guide["factors"])} for place, channel in enumerate(guide["channels"])}
    needs = {factor: 1 + place % 3 for place, factor in enumerate(guide["factors"])}
    longest = {"dienst": max(guide["services"], key=len), "groep": max(guide["groups"], key=len), "taak": "overleggen", "gevoelig": "nooit"}
    return {**longest, "nodig": needs, "aanbod": guide["channels"], "waarden": levels}


def test_a_full_check_fits_in_an_address(run: Callable[..., Any]) -> None:
    data, answers = full_check()
    assert len(answers) == 62
    text = run("encodeService", data, {**SERVICE, "antwoorden": answers, "kanalen": {}})
    assert len(text) < 1_900
    assert run("decodeService", data, text)["service"]["antwoorden"] == answers


def test_the_longest_link_that_this_check_can_give_still_opens(run: Callable[..., Any]) -> None:
    data, _ = full_check()
    everything = {item: list(found["options"]) if found["multiple"] else [max(found["options"], key=len)] for item, found in data["items"].items()}
    chosen = full_channels(data["guide"])
    text = run("encodeService", data, {**SERVICE, "antwoorden": everything, "kanalen": chosen})
    assert len(text) < 2_000
    assert run("decodeService", data, text) == {"service": {"naam": "", "kort": False, "antwoorden": everything, "plan": {}, "kanalen": chosen}, "notices": []}


def test_a_name_or_plan_in_a_link_is_not_taken_over(run: Callable[..., Any]) -> None:
    result = run("decodeService", DATA, link_with(naam="<b>Jan</b>", plan=PLAN, invuller="Jan", strategie=STRATEGY))
    assert result == {"service": {"naam": "", "kort": True, "antwoorden": LINK["antwoorden"], "plan": {}, "kanalen": CHANNELS}, "notices": []}


# ---------------------------------------------------------------- hostile links

BROKEN_LINK = "Deze link klopt niet. Misschien ontbreekt er een stuk. Vraag de afzender om de link opnieuw te sturen."
NEWER_LINK = "Deze link komt uit een nieuwere versie van de zelfcheck. Laad deze pagina opnieuw"
GOOD_LINK = link_with()
ZLIB_LINK = base64.urlsafe_b64encode(zlib.compress(json.dumps(LINK).encode())).decode().rstrip("=")


HOSTILE_LINKS = {
    "empty": ("", BROKEN_LINK),
    "too long": ("A" * 4_001, "Deze link is te lang voor een link uit de zelfcheck. Vraag de afzender"),
    "not base64": ("%3Cscript%3E", BROKEN_LINK),
    "markup": ("<script>alert(1)</script>", BROKEN_LINK),
    "a space": (GOOD_LINK[:10] + " " + GOOD_LINK[10:], BROKEN_LINK),
    "a new line at the end": (GOOD_LINK + "\n", BROKEN_LINK),
    "padding": (GOOD_LINK + "==", BROKEN_LINK),
    "common base64": (GOOD_LINK[:-1] + "+/", BROKEN_LINK),
    "one character": ("A", BROKEN_LINK),
    "not deflate": ("_" * 40, BROKEN_LINK),
    "JSON that was not packed": (base64.urlsafe_b64encode(json.dumps(LINK).encode()).decode().rstrip("="), BROKEN_LINK),
    "deflate of another kind": (ZLIB_LINK, BROKEN_LINK),
    "first half": (GOOD_LINK[: len(GOOD_LINK) // 2], BROKEN_LINK),
    "second half": (GOOD_LINK[len(GOOD_LINK) // 2 :], BROKEN_LINK),
    "something after the end": (GOOD_LINK + "A" * 40, BROKEN_LINK),
    "a bomb": (pack(b" " * 2_800_000 + json.dumps(LINK).encode()), BROKEN_LINK),
    "just too much": (pack(json.dumps(LINK).ljust(50_001)), BROKEN_LINK),
    "nothing inside": (pack(""), BROKEN_LINK),
    "not JSON": (pack("gebruik=zelden"), BROKEN_LINK),
    "not UTF-8": (pack(b'{"versie":2,"vragen":3,"kort":true,"antwoorden":{"gebruik":["\xff\xfe"]}}'), BROKEN_LINK),
    "null": (pack("null"), BROKEN_LINK),
    "a list": (pack(json.dumps([LINK])), BROKEN_LINK),
    "newer": (link_with(versie=3), NEWER_LINK),
    "version as text": (link_with(versie="2"), BROKEN_LINK),
    "no version of questions": (link_with(vragen=None), BROKEN_LINK),
    "short as number": (link_with(kort=1), BROKEN_LINK),
    "answers as list": (link_with(antwoorden=["gebruik"]), BROKEN_LINK),
    "no answers": (pack(json.dumps({"versie": 2, "vragen": 3, "kort": True})), BROKEN_LINK),
    "answer as text": (link_with(antwoorden={"gebruik": "zelden"}), BROKEN_LINK),
    "numbers as ids": (link_with(antwoorden={"gebruik": [1]}), BROKEN_LINK),
    "markup as id": (link_with(antwoorden={"<b>": ["ja"]}), BROKEN_LINK),
    "deep": (link_with(extra=nested(6)), BROKEN_LINK),
    "very deep": (pack('{"versie":2,"vragen":3,"kort":true,"antwoorden":' + "[" * 20_000 + "]" * 20_000 + "}"), BROKEN_LINK),
    "__proto__": (pack('{"__proto__": {"hacked": true}, ' + json.dumps(LINK)[1:]), BROKEN_LINK),
    "__proto__ as answer": (link_with(antwoorden={"__proto__": ["hacked"]}), BROKEN_LINK),
    "constructor": (link_with(antwoorden={"constructor": {"prototype": {"hacked": ["ja"]}}}), BROKEN_LINK),
    **{f"channels: {name}": (link_with(kanalen=given), BROKEN_LINK) for name, given in HOSTILE_CHANNELS.items()},
}


@pytest.mark.parametrize("name", HOSTILE_LINKS)
def test_a_hostile_link_is_refused_with_a_clear_message(name: str, run: Callable[..., Any]) -> None:
    text, message = HOSTILE_LINKS[name]
    assert len(text) <= 4_000 or name == "too long"
    with pytest.raises(Refused) as refused:
        run("decodeService", DATA, text)
    assert message in str(refused.value)


def test_a_link_may_unpack_to_the_limit(run: Callable[..., Any]) -> None:
    assert run("decodeService", DATA, pack(json.dumps(LINK).ljust(50_000)))["service"]["kort"] is True


# ---------------------------------------------------------------- the browser's storage


def stored(page: Page) -> dict[str, str]:
    return page.evaluate("({ ...localStorage })")  # type: ignore[no-any-return]


def put(page: Page, key: str, text: str) -> None:
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])


def fill(page: Page) -> None:
    """Fill this address's storage to the last character."""
    page.evaluate(
        """() => {
          for (let size = 1 << 20, key = 0; size >= 1; ) {
            try { localStorage.setItem(`v${key++}`, "x".repeat(size)); } catch { size = Math.floor(size / 2); }
          }
        }"""
    )


def test_what_is_stored_comes_back_after_a_reload(page: Page) -> None:
    assert call(page, "loadStored", DATA) is None
    assert call(page, "store", STATE) is True
    page.reload()
    assert call(page, "loadStored", DATA) == {"state": STATE, "notices": []}
    assert set(stored(page)) == {KEY}


def test_stored_answers_are_cleaned_as_a_file_is(page: Page) -> None:
    call(page, "store", state_with(antwoorden={"hoe-vaak": ["vaker"], "weg": ["ja"]}))
    result = call(page, "loadStored", DATA)
    assert (answers_of(result), len(result["notices"])) == ({"gebruik": ["vaker"]}, 1)


@pytest.mark.parametrize("text", ["", "{", "null", "[]", '{"soort":"tipwijzer-zelfcheck"}', file_with(versie=3), with_key("__proto__", '"kort"')])
def test_broken_storage_is_kept_aside_and_blocks_nothing(text: str, page: Page) -> None:
    put(page, KEY, text)
    assert call(page, "loadStored", DATA) is None
    assert stored(page) == {BROKEN: text}
    assert call(page, "store", STATE) is True
    assert stored(page)[BROKEN] == text
    assert call(page, "loadStored", DATA) == {"state": STATE, "notices": []}


def test_wiping_leaves_nothing_of_the_check_and_all_of_others(page: Page) -> None:
    put(page, "anders", "blijft")
    put(page, KEY, "{")
    call(page, "loadStored", DATA)
    call(page, "store", STATE)
    assert set(stored(page)) == {KEY, BROKEN, "anders"}
    call(page, "wipe")
    assert stored(page) == {"anders": "blijft"}
    assert call(page, "loadStored", DATA) is None
    assert call(page, "isStoringOn") is True


def test_switched_off_means_wiped_and_no_longer_stored(page: Page) -> None:
    assert call(page, "isStoringOn") is True
    put(page, BROKEN, "{")
    call(page, "store", STATE)
    call(page, "setStoring", False)
    assert set(stored(page)) == {OFF}
    assert call(page, "isStoringOn") is False
    assert call(page, "store", STATE) is False
    page.reload()
    call(page, "wipe")
    assert call(page, "isStoringOn") is False
    assert call(page, "loadStored", DATA) is None
    call(page, "setStoring", True)
    assert call(page, "isStoringOn") is True
    assert call(page, "store", STATE) is True
    assert set(stored(page)) == {KEY}


def test_full_storage_is_told_and_keeps_what_was_there(page: Page) -> None:
    call(page, "store", STATE)
    fill(page)
    assert call(page, "store", state_with(invuller="n" * 400)) is False
    assert call(page, "loadStored", DATA) == {"state": STATE, "notices": []}
    call(page, "setStoring", False)
    assert call(page, "isStoringOn") is False
    assert KEY not in stored(page)


def test_broken_text_is_kept_also_when_there_is_no_room_for_it_twice(page: Page) -> None:
    text = "{" * 100_000
    put(page, KEY, text)
    put(page, "ruimte", "x" * 100)
    fill(page)
    assert call(page, "loadStored", DATA) is None
    assert stored(page)[KEY] == text  # Not even the longer name of its new place fits.
    page.evaluate("localStorage.removeItem('ruimte')")
    assert call(page, "loadStored", DATA) is None
    assert (KEY in stored(page), stored(page)[BROKEN]) == (False, text)


def test_forbidden_storage_blocks_nothing(base: str, new_page: Callable[..., Page]) -> None:
    """In a sandboxed page every touch of localStorage throws, as in browsers that block all site data."""
    page = new_page()

    def sandbox(route: Route) -> None:
        headers = {"Content-Security-Policy": "sandbox allow-scripts", "Access-Control-Allow-Origin": "*"}
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, **headers})

    page.route("**/*", sandbox)
    page.goto(f"{base}check/recommend.js")
    forbidden = "async () => { try { localStorage; return false; } catch (error) { return error.name === 'SecurityError'; } }"
    assert page.evaluate(forbidden) is True
    call_there = CALL.replace("/check/state.js", f"{base}check/state.js")

    def called(name: str, *values: Any) -> Any:
        return page.evaluate(call_there, [name, list(values)]).get("value")

    assert called("loadStored", DATA) is None
    assert called("store", STATE) is False
    assert called("isStoringOn") is True
    assert called("wipe") is None
    assert called("setStoring", True) is None
    assert called("setStoring", False) is None
    page.evaluate(f"async () => (await import('{base}check/state.js')).onStoredElsewhere(() => {{}})")
    assert called("newState", DATA)["vragen"] == 3


def listen(page: Page, times: int) -> None:
    """Keep what this page hears of other tabs in ``heard``; ``enough`` is there when it heard so many times."""
    page.evaluate(
        """async (times) => {
          window.heard = [];
          const { onStoredElsewhere } = await import("/check/state.js");
          window.enough = new Promise((resolve) => onStoredElsewhere((text) => window.heard.push(text) === times && resolve()));
        }""",
        times,
    )


def heard(page: Page) -> list[Any]:
    """Return the states that this page heard, with None for a wipe."""
    page.evaluate("window.enough")
    return [text and call(page, "parseState", DATA, text)["state"] for text in page.evaluate("window.heard")]


def test_a_save_or_wipe_in_another_tab_is_heard_and_nothing_else_is(base: str, page: Page) -> None:
    listen(page, 3)
    call(page, "store", state_with(naam="deze tab"))
    other = page.context.new_page()
    other.goto(f"{base}check/recommend.js")
    put(other, "anders", "iets")
    call(other, "store", STATE)
    call(other, "wipe")
    call(other, "store", state_with(naam="de tweede"))
    assert heard(page) == [STATE, None, state_with(naam="de tweede")]


def test_switching_storing_off_in_another_tab_is_no_wipe_here(base: str, page: Page) -> None:
    listen(page, 1)
    call(page, "store", STATE)
    page.evaluate("() => { window.last = new Promise((resolve) => addEventListener('storage', ({ key }) => key === 'laatste' && resolve())); }")
    other = page.context.new_page()
    other.goto(f"{base}check/recommend.js")
    call(other, "setStoring", False)
    put(other, "laatste", "ja")
    page.evaluate("window.last")
    assert page.evaluate("window.heard") == []


def test_refused_files_and_links_leave_storage_as_it_was(page: Page) -> None:
    call(page, "store", STATE)
    before = stored(page)
    for text, _ in HOSTILE_FILES.values():
        with pytest.raises(Refused):
            call(page, "parseState", DATA, text)
    for text, _ in HOSTILE_LINKS.values():
        with pytest.raises(Refused):
            call(page, "decodeService", DATA, text)
    assert stored(page) == before
    assert call(page, "loadStored", DATA) == {"state": STATE, "notices": []}


# What a page that comes back from the browser's own memory hears: `change` happens while it is away.
COMES_BACK = """async ([state, change]) => {
  const { store, onStoredElsewhere } = await import("/check/state.js");
  const heard = [];
  onStoredElsewhere((text) => heard.push(text));
  store(state);
  eval(change);
  store({ ...state, invuller: "later" });
  dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  return heard;
}"""


@pytest.mark.parametrize(
    ("change", "heard"),
    [
        ("", []),
        ("Storage.prototype.setItem = () => { throw new DOMException('vol', 'QuotaExceededError'); }", []),
        ("Storage.prototype.setItem = () => { localStorage.removeItem('tipwijzer.zelfcheck'); throw new DOMException('vol', 'QuotaExceededError'); }", [None]),
    ],
    ids=["nothing happened", "saving failed", "wiped elsewhere"],
)
def test_a_page_that_comes_back_takes_over_only_what_others_changed(change: str, heard: list[str | None], page: Page) -> None:
    """Else a page whose last save failed would throw away what is on screen."""
    assert page.evaluate(COMES_BACK, [STATE, change]) == heard
