// The channel strategy in the page: all services of the self-check and the Kanaalwijzer, and a document to take along.

import { dutchDate } from "../check/plan.js";
import { keepButtons, opener, stateIn, trying } from "../check/keep.js";
import { MOST_WRITTEN, isStoringOn, loadStored, newState, onStoredElsewhere, parseState, store } from "../check/state.js";
import { capital, channelOf } from "../guide/words.js";
import { announce, button, download, el, icon, newNotices, showNotices } from "../shared/dom.js";
import { listed } from "../shared/words.js";
import { markdownOf, strategyBlocks } from "./document.js";
import { DOCX, docxOf } from "./docx.js";
import { conflictsOf, overviewOf, pairsOf, roleOf } from "./overview.js";
import { paperOf } from "./paper.js";

const root = document.querySelector("[data-tw-guide]");
const base = new URL(root.dataset.twBase, location.href).href;
const [guide, check] = await Promise.all([root.dataset.twGuide, root.dataset.twCheck].map(async (path) => (await fetch(path)).json()));
const stored = loadStored(check);
let state = stored?.state ?? newState(check);
let earlier = null; // What an earlier file holds, to compare with.
let rows = [];
let conflicts = [];
const QUESTIONS = [
  ["doelen", "Wat willen jullie bereiken?", "Hoogstens drie doelen, in woorden van inwoners."],
  ["gebruik", "Wat weten jullie van de kanalen die mensen nu gebruiken?", "Cijfers, gesprekken, klachten. Weten jullie het niet, laat het dan leeg: in het document staat dan hoe je het uitzoekt."],
];
const OFF = "Bewaren in deze browser staat uit. Wat hier staat, is weg als je deze pagina sluit. Bewaar het als bestand.";
const FAILS = "Bewaren in deze browser lukt niet. Bewaar het als bestand.";

const today = () => new Date().toLocaleDateString("nl-NL", { day: "numeric", month: "long", year: "numeric" });
const blocks = () => strategyBlocks({ guide, check, state, rows, conflicts, today: today(), base });

// ---------------------------------------------------------------- keeping and telling

// Returns what went wrong, as lines for the visitor; none when it was kept.
function keep() {
  if (!isStoringOn()) return [OFF];
  return store(state) ? [] : [FAILS];
}

// Something that a visitor did far below is told where the page begins.
function tell(lines) {
  showNotices(notices, lines);
  notices.scrollIntoView({ block: "nearest" });
}

// ---------------------------------------------------------------- what follows from the services

function matrix() {
  const used = guide.channels.filter(({ id }) => rows.some(({ advice }) => roleOf(advice, id)));
  return el("div", { class: "tw-wide", tabIndex: 0, role: "region", "aria-label": "Diensten en kanalen" },
    el("table", { class: "tw-table tw-matrix" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Dienst"), used.map(({ label, icon: name }) => el("th", { scope: "col" }, icon(name), label)))),
      el("tbody", {}, rows.map(({ number, name, advice }) => el("tr", {},
        el("th", { scope: "row" }, el("a", { href: `${base}kanaalwijzer/#dienst=${number}` }, name)), used.map(({ id }) => cell(advice, id)))))));
}

function cell(advice, id) {
  const role = roleOf(advice, id);
  const missing = role && advice.toAdd.includes(id);
  return el("td", { class: advice.main === id ? "tw-matrix__main" : "" }, role, missing ? el("span", { class: "tw-close" }, "hebben jullie nog niet") : "");
}

function differing() {
  const found = rows.filter(({ groups }) => groups.length);
  if (!found.length) return el("p", {}, "Voor geen enkele groep past een andere hoofdroute beter.");
  return el("dl", { class: "tw-argued" }, found.map(({ name, groups }) => el("div", {},
    el("dt", {}, name), groups.map(({ main, labels }) => el("dd", {}, el("strong", {}, capital(channelOf(guide, main).noun)), ` voor ${listed(labels.map((label) => label.toLowerCase()))}.`)))));
}

// The routes of then beside those of now.
function comparison() {
  const label = (id) => (id ? channelOf(guide, id).label : "geen");
  const told = ({ advice: { main, support, fallback } }) => [main, support, fallback].map(label).join(" · ");
  return el("div", { class: "tw-wide", tabIndex: 0, role: "region", "aria-label": "Toen en nu" },
    el("table", { class: "tw-table" },
      el("thead", {}, el("tr", {}, ["Dienst", earlier.datum ? `Op ${dutchDate(earlier.datum)}` : "Toen", "Nu"].map((text) => el("th", { scope: "col" }, text)))),
      el("tbody", {}, pairsOf(overviewOf(guide, earlier), rows).map(({ name, then, now }) => el("tr", {},
        el("th", { scope: "row" }, name),
        el("td", {}, then ? told(then) : "Stond er nog niet in"),
        el("td", {}, now ? told(now) : "Staat er niet meer in", then && now && told(then) === told(now) ? el("span", { class: "tw-close" }, "hetzelfde") : ""))))));
}

// ---------------------------------------------------------------- what somebody writes, and takes along

function fieldFor(name) {
  return el("textarea", { id: `tekst-${name}`, rows: 4, maxLength: MOST_WRITTEN, "aria-describedby": `uitleg-${name}`, oninput: ({ target }) => {
    state.strategie[name] = target.value.trim();
    const [told = "Bewaard in deze browser."] = keep();
    status.classList.toggle("tw-notice", told === OFF || told === FAILS);
    if (status.textContent !== told) announce(status, told); // Nobody wants to hear it again at every letter.
    paper.replaceChildren(...paperOf(blocks()));
  } });
}

function writing([name, label, hint]) {
  return el("p", { class: "tw-field tw-field--wide" }, el("label", { for: `tekst-${name}` }, label), el("span", { id: `uitleg-${name}`, class: "tw-files__note" }, hint), fields[name]);
}

function watching() {
  return el("ul", {}, guide.watch.map(({ title, text, tips }) => el("li", {}, el("strong", {}, title), ` ${text}`,
    tips.length ? [" Zie tip ", ...tips.flatMap((number, place) => [place ? ", " : "", el("a", { href: base + guide.tips[number].address }, String(number))]), "."] : "")));
}

// Making a zip asks more of a browser than the rest of the page does.
async function saveDocument() {
  try {
    download("kanalenstrategie.docx", DOCX, await docxOf(blocks()));
    showNotices(trouble, []);
  } catch {
    showNotices(trouble, ["Een bestand voor Word maken lukt niet in deze browser. Download het als Markdown: dat kun je in Word plakken."]);
  }
}

// ---------------------------------------------------------------- files

// `found` is what a file holds. What was there can come back.
function openState(found, name) {
  const before = { state, earlier };
  [state, earlier] = [found.state, null];
  const wrong = keep();
  draw();
  tell([`${name} is geopend.`, ...found.notices, ...wrong]);
  notices.firstChild.append(" ", button("Terug naar wat er stond", () => {
    ({ state, earlier } = before);
    const stillWrong = keep();
    draw();
    tell(["Hier staat weer wat er stond.", ...stillWrong]);
  }));
}

function compare(found) {
  earlier = found.state;
  draw();
  showNotices(comparedNotices, found.notices);
}

// ---------------------------------------------------------------- the whole

const notices = newNotices();
const trouble = newNotices();
const comparedNotices = newNotices();
const status = el("p", { class: "tw-check__status", role: "status" });
const fields = Object.fromEntries(QUESTIONS.map(([name]) => [name, fieldFor(name)]));
const body = el("div");
const findings = el("div");
const compared = el("div");
const paper = el("div", { class: "tw-strategy__document" });
const empty = el("div", {},
  el("p", {}, "Er staan nog geen diensten in deze browser. Kies er eerst een of meer."),
  el("p", { class: "tw-check__buttons" },
    el("a", { class: "tw-button tw-button--main", href: `${base}kanaalwijzer/` }, "Naar de Kanaalwijzer"),
    el("a", { class: "tw-button", href: `${base}zelfcheck/` }, "Naar de zelfcheck"),
    opener("Open een bestand", ([file]) => trying(tell, async () => openState(await stateIn(check, file), file.name)))));
const filled = el("div", {},
  findings,
  el("h2", {}, "Vul aan wat alleen jullie weten"), ...QUESTIONS.map(writing), status,
  el("h2", {}, "Blijf dit volgen"), watching(),
  el("h2", {}, "Neem het mee"),
  el("p", {}, "Het document is een eerste versie: doelen, doelgroepen, de keuzes met de reden, wat jullie gaan doen en wat geschat is."),
  el("p", { class: "tw-check__buttons" },
    button([icon("download"), "Download voor Word"], saveDocument, { class: "tw-button tw-button--main" }),
    button("Download als Markdown", () => download("kanalenstrategie.md", "text/markdown", markdownOf(blocks()))),
    button([icon("printer-outline"), "Print of maak een pdf"], () => window.print())),
  trouble,
  keepButtons({ check, state: () => state, tell, open: openState }),
  el("details", {},
    el("summary", {}, "Vergelijken met vroeger"),
    el("p", {}, "Open het bestand dat jullie toen bewaarden. Je ziet per dienst welke routes veranderd zijn."),
    el("p", { class: "tw-check__buttons" }, opener("Open een eerder bestand", ([file]) => trying((lines) => showNotices(comparedNotices, lines), async () => compare(await stateIn(check, file))))),
    comparedNotices, compared));

// Shows the state; what somebody is writing stays where it is, with the cursor in it.
function draw() {
  rows = overviewOf(guide, state);
  conflicts = conflictsOf(guide, rows);
  const screen = rows.length ? filled : empty;
  if (!screen.isConnected) body.replaceChildren(screen);
  root.classList.toggle("tw-strategy--filled", rows.length > 0);
  findings.replaceChildren(
    el("h2", {}, "Welk kanaal waarvoor is"), matrix(),
    el("p", { class: "tw-check__buttons" }, el("a", { class: "tw-button", href: `${base}kanaalwijzer/` }, "Verander een dienst, of voeg er een toe")),
    el("h2", {}, "Voor wie iets anders past"), differing(),
    el("h2", {}, "Waar het knelt"),
    conflicts.length ? el("ul", {}, conflicts.map((text) => el("li", {}, text))) : el("p", {}, "Tussen deze diensten zien wij niets wat knelt."));
  for (const [name, field] of Object.entries(fields)) {
    const text = state.strategie[name] ?? "";
    if (field.value.trim() !== text) field.value = text;
  }
  compared.replaceChildren(...(earlier ? [comparison()] : []));
  showNotices(comparedNotices, []);
  paper.replaceChildren(...paperOf(blocks()));
}

root.classList.add("tw-strategy--live");
root.append(notices, body, paper);
onStoredElsewhere((text) => trying((lines) => showNotices(notices, lines), () => {
  state = text === null ? newState(check) : parseState(check, text).state;
  draw();
  showNotices(notices, [text === null ? "In een ander venster is alles gewist." : "Jullie antwoorden zijn in een ander venster veranderd. Hier staan nu de nieuwste."]);
}));
draw();
showNotices(notices, [...(stored?.notices ?? []), ...(isStoringOn() ? [] : [OFF])]);
