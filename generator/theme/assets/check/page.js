// The self-check in the page: which screen shows, and what the buttons do. The form itself is HTML from the build.

import { announce, button, copyText, download, el, icon, newNotices, showNotices } from "../shared/dom.js";
import { toFragment } from "../shared/selection.js";
import { counted } from "../shared/words.js";
import { Form } from "./form.js";
import { linkWith, opener, saveButton, stateIn, today, trying } from "./keep.js";
import { TO_COME, planCalendar, planCsv, planMarkdown, planRows } from "./plan.js";
import { isSkipped, reasonOf, recommend } from "./recommend.js";
import { planView, resultView, showStatus } from "./result.js";
import {
  addService, changePlan, decodeService, fileName, isFilled, isStoringOn, loadStored, newService, newState, onStoredElsewhere, parseState, setStoring, store,
  wipe,
} from "./state.js";
import { nameOf as nameOfPerson, overTimeView, togetherView } from "./together.js";

const root = document.querySelector("[data-tw-check]");
const title = document.title;
const data = await (await fetch(root.dataset.twCheck)).json();
const form = new Form(root);
const base = new URL(root.dataset.twBase, location.href).href;
const stored = loadStored(data);
let state = stored?.state ?? newState(data);
let current = 0; // Which service is being checked.
let together = []; // What colleagues filled in: {who, answers, short}.
let earlier = null; // An earlier state of the same check: {state, date}.
const MOST_PEOPLE = 20; // More could not be told apart on a screen.
let returning = false; // Whether the question on screen was opened from the overview.

const service = () => state.diensten[current];
const asked = () => form.questions.filter((question) => !service().kort || question.workshop);
const status = el("p", { class: "tw-check__status", role: "status" });
const notices = newNotices();
const screen = el("div", { class: "tw-check__screen" });

// ---------------------------------------------------------------- keeping

function save(said = "Bewaard in deze browser.") {
  if (!isStoringOn()) return;
  const told = store(state) ? said : "Bewaren in deze browser lukt niet. Bewaar jullie antwoorden als bestand.";
  if (status.textContent !== told) announce(status, told); // Nobody wants to hear it again at every tick.
}

function tellNotices(list) {
  refused = false;
  showNotices(notices, list);
}

function nameOf(one, place) {
  return one.naam || `Dienst ${place + 1}`;
}

function readAnswers() {
  service().antwoorden = form.answers();
  const name = form.questions.find((question) => question.kind === "tekst");
  if (name) service().naam = name.element.querySelector("input").value.trim();
}

function writeAnswers() {
  form.setAnswers(service().antwoorden);
  const name = form.questions.find((question) => question.kind === "tekst");
  if (name) name.element.querySelector("input").value = service().naam;
}

function longDate(date) {
  return new Date(`${date}T12:00:00`).toLocaleDateString("nl-NL", { day: "numeric", month: "long", year: "numeric" });
}

function refuse(lines) {
  tellNotices(lines);
  refused = true;
  notices.firstChild.tabIndex = -1;
  notices.firstChild.focus();
}

let refused = false; // Whether the notice is about something that was refused; it leaves with the screen.

// ---------------------------------------------------------------- screens

const screens = { start, vraag, alles, overzicht, resultaat, samen, toen };
const ASKING = ["vraag", "alles"];

// A change of the hash would show the screen a moment later, with time for a second click in between.
function go(name) {
  if (location.hash !== `#${name}`) history.pushState(null, "", `#${name}`);
  if (refused) tellNotices([]);
  show();
}

function show(takesFocus = true) {
  const [name, detail] = location.hash.slice(1).split("=");
  if (name === "c") return void openLink(location.hash.slice(3));
  for (const question of form.questions) question.element.hidden = true;
  form.element.hidden = true;
  screen.replaceChildren();
  form.element.after(screen);
  const known = Object.hasOwn(screens, name);
  const heading = (known ? screens[name] : start)(detail);
  root.dataset.screen = known ? name : "start";
  root.closest(".tw-content").classList.toggle("tw-content--busy", known && name !== "start");
  for (const section of form.element.querySelectorAll("[data-section]")) {
    section.hidden = ![...section.querySelectorAll("[data-question]")].some((question) => !question.hidden);
  }
  document.title = `${heading.dataset.label ?? heading.textContent.trim()} - ${title}`;
  heading.tabIndex = -1;
  if (started && takesFocus) heading.focus();
  started = true;
}
let started = false; // The first screen must not take the focus from where a visitor is.

function heading(text) {
  const made = el("h2", { class: "tw-check__heading" }, text);
  screen.append(made);
  return made;
}

function start() {
  const made = heading(isFilled(service()) ? "Welkom terug" : "Begin");
  const all = form.questions.length;
  const short = form.questions.filter((question) => question.workshop).length;
  const given = Object.keys(service().antwoorden).length;
  screen.append(
    servicesView(),
    el("ul", { class: "tw-choices" },
      given ? choice("Ga verder waar jullie waren", `Kijk jullie antwoorden na. Er staan er nu ${given}.`, () => go("overzicht"), true) : null,
      given ? choice("Bekijk de tips", "Met de antwoorden van nu.", () => go("resultaat")) : null,
      choice("Begin met alle vragen", `${all} vragen, ongeveer twintig minuten. Geen enkele vraag is verplicht.`, () => begin(false), !given),
      choice("Korte versie", `${short} vragen, ongeveer vijf minuten. Voor wie weinig tijd heeft, of voor een workshop.`, () => begin(true)),
      choice("Alle vragen op één pagina", "Handig op een groot scherm, of om te printen.", () => { service().kort = false; go("alles"); })),
    el("h3", {}, "Bewaren, openen en vergelijken"),
    fileView(),
    keepingView());
  return made;
}

function choice(label, text, run, isMain = false) {
  return el("li", {}, button([el("strong", {}, label), el("span", {}, text)], run, { class: isMain ? "tw-choice tw-choice--main" : "tw-choice" }));
}

function begin(short) {
  service().kort = short;
  save();
  go(`vraag=${asked()[0].id}`);
}

function vraag(id) {
  const questions = asked();
  const place = Math.max(0, questions.findIndex((question) => question.id === id));
  const question = questions[place];
  form.element.hidden = false;
  question.element.hidden = false;
  const next = () => {
    if (!accept(question)) return;
    if (returning) return void go("overzicht");
    const following = step(questions, place, 1);
    go(following ? `vraag=${following.id}` : "overzicht");
  };
  const previous = step(questions, place, -1);
  const count = `Vraag ${place + 1} van ${questions.length}`;
  form.element.before(screen);
  screen.append(el("p", { class: "tw-check__count" }, count));
  form.element.onsubmit = (event) => {
    event.preventDefault();
    next();
  };
  buttons.replaceChildren(
    button(returning ? "Terug naar het overzicht" : "Verder", next, { class: "tw-button tw-button--main" }),
    ...(returning ? [] : [
      button("Vorige", () => go(previous ? `vraag=${previous.id}` : "start")),
      button("Naar het overzicht", () => accept(question) && go("overzicht")),
    ]));
  question.element.after(buttons);
  const made = question.element.querySelector(".tw-question__title");
  made.dataset.label = `${count}: ${question.title}`;
  return made;
}
const buttons = el("p", { class: "tw-check__buttons" });

// The next question in a direction that isn't passed over.
function step(questions, place, direction) {
  for (let at = place + direction; questions[at]; at += direction) {
    if (!questions[at].items.some(({ id }) => isSkipped(data, service().antwoorden, id))) return questions[at];
  }
  return undefined;
}

// Take over the answers to a question, or say what is wrong with them.
function accept(question) {
  readAnswers();
  const problem = form.problem(question, data);
  showProblem(question, problem);
  if (!problem) save();
  return !problem;
}

function showProblem(question, problem) {
  const box = question.element.querySelector(".tw-question__error");
  if (!box) return;
  box.hidden = !problem;
  box.replaceChildren();
  for (const { inputs } of question.items) for (const input of inputs) input.toggleAttribute("aria-invalid", Boolean(problem));
  if (!problem) return;
  const first = question.items.flatMap(({ inputs }) => inputs).find((input) => input.checked);
  first.id ||= `fout-${question.id}`;
  box.append(
    el("p", {}, el("strong", {}, "Er is een probleem")),
    el("p", {}, el("a", { href: `#${first.id}`, onclick: (event) => { event.preventDefault(); first.focus(); } }, problem)));
  box.tabIndex = -1;
  box.focus();
  document.title = `Fout: ${question.title} - ${title}`;
}

function alles() {
  const made = heading(service().kort ? `De ${asked().length} vragen op één pagina` : "Alle vragen op één pagina");
  form.element.before(screen);
  form.element.hidden = false;
  for (const question of asked()) question.element.hidden = false;
  form.element.onsubmit = (event) => event.preventDefault();
  buttons.replaceChildren(
    button("Bekijk de tips", () => asked().every(accept) && go("resultaat"), { class: "tw-button tw-button--main" }),
    button("Naar het overzicht", () => asked().every(accept) && go("overzicht")),
    button([icon("printer-outline"), "Print de vragen"], () => window.print()));
  form.element.append(buttons);
  return made;
}

function overzicht() {
  returning = false;
  const made = heading("Kijk jullie antwoorden na");
  const questions = asked();
  const open = questions.filter((question) => !isAnswered(question) && !isPassedOver(question)).length;
  if (service().naam) screen.append(el("p", { class: "tw-check__count" }, service().naam));
  if (open) screen.append(el("p", {}, `${counted(open, "vraag heeft", "vragen hebben")} nog geen antwoord. Dat mag.`));
  for (const section of new Set(questions.map((question) => question.section))) {
    screen.append(
      el("h3", {}, section),
      el("dl", { class: "tw-overview" }, questions.filter((question) => question.section === section).map(overviewRow)));
  }
  screen.append(
    el("p", { class: "tw-check__buttons" },
      button("Bekijk de tips", () => go("resultaat"), { class: "tw-button tw-button--main" }),
      button("Alle vragen op één pagina", () => go("alles")),
      button("Terug naar het begin", () => go("start"))));
  return made;
}

function isAnswered({ kind, items }) {
  return kind === "tekst" ? Boolean(service().naam) : items.some(({ id }) => service().antwoorden[id]);
}

function isPassedOver({ items }) {
  return items.some(({ id }) => isSkipped(data, service().antwoorden, id));
}

function overviewRow(question) {
  const told = isPassedOver(question) ? "Overgeslagen, past niet bij jullie antwoorden" : isAnswered(question) ? toldAnswers(question) : "Nog geen antwoord";
  const doubt = form.doubt(question, data);
  return el("div", {},
    el("dt", {}, question.short),
    el("dd", typeof told === "string" ? { class: "tw-overview__none" } : {}, told, doubt ? el("span", { class: "tw-overview__doubt" }, doubt) : null),
    el("dd", { class: "tw-overview__change" }, el("a", { href: `#vraag=${question.id}`, onclick: () => (returning = true) }, "Wijzig", el("span", { class: "tw-hidden" }, ` ${question.short}`))));
}

// The answers to a question, a line each. In a grid the rows with the same answer stand together.
function toldAnswers({ kind, items }) {
  const line = (...content) => el("span", { class: "tw-overview__answer" }, ...content);
  if (kind === "tekst") return [line(service().naam)];
  const answers = service().antwoorden;
  if (kind !== "rooster") return answers[items[0].id].map((option) => line(form.optionLabel(items[0].id, option)));
  return items[0].inputs
    .map(({ value }) => items.filter(({ id }) => answers[id]?.includes(value)))
    .map((rows, place) => rows.length ? line(el("strong", {}, `${form.optionLabel(items[0].id, items[0].inputs[place].value)}: `), rows.map(({ label }) => label).join("; ")) : null)
    .filter(Boolean);
}

function resultaat() {
  const made = heading(service().naam ? `Tips voor ${service().naam}` : "Jullie tips");
  const result = recommend(data, service().antwoorden);
  const found = new Map([...result.first, ...result.rest, ...result.keep].map((one) => [one.number, one]));
  const plan = el("div", {});
  const planHeading = el("h3", { tabIndex: -1 }, "Actieplan");
  const toPlan = button("", () => planHeading.focus());
  const cards = el("a", { class: "tw-button" }, "Maak kaarten van deze tips");
  const rows = () => planRows(data, service(), reasonsOf(found), base);
  const draw = () => {
    const chosen = rows();
    plan.replaceChildren(planView({ rows: chosen, service: service(), onChange: change, actions: planActions(rows) }));
    toPlan.textContent = chosen.length ? `Naar het actieplan (${chosen.length})` : "Naar het actieplan";
    const toCome = chosen.filter(({ status: chosenStatus, address }) => address && TO_COME.includes(chosenStatus));
    cards.href = `${base}kaarten/#${toFragment((toCome.length ? toCome : result.first).map(({ number }) => number))}`;
  };
  const change = (number, changes) => {
    const inPlan = document.activeElement?.closest(".tw-plan__row")?.dataset.tip;
    const field = document.activeElement?.dataset.field;
    changePlan(service(), number, changes);
    save("Het plan is bewaard.");
    draw();
    showStatus(screen, number, service().plan[number]?.status ?? "");
    // The plan is drawn anew, and a row may have another place. Who was in it stays in it.
    if (!inPlan) return;
    const row = plan.querySelector(`[data-tip="${inPlan}"]`);
    (row ? row.querySelector(`[data-field="${field}"]`) : planHeading)?.focus();
  };
  draw();
  screen.append(
    service().kort ? el("p", { class: "tw-check__more" }, "Dit zijn de tips na de korte versie. Met alle vragen passen ze nog beter. ", button("Beantwoord ook de andere vragen", answerRest)) : "",
    el("p", { class: "tw-check__buttons tw-check__tools" },
      toPlan,
      button([icon("printer-outline"), "Print of maak een pdf"], () => window.print()),
      button("Pas antwoorden aan", () => go("overzicht"))),
    resultView({ data, form, service: service(), result, base, onStatus: (number, chosen) => change(number, { status: chosen }) }),
    el("section", { class: "tw-check__plan" }, planHeading, plan),
    el("section", { class: "tw-check__after" },
      ...(data.guide ? [
        el("h3", {}, "Welk kanaal past?"),
        el("p", {}, "De Kanaalwijzer gebruikt jullie antwoorden. Je vult niets twee keer in."),
        el("p", { class: "tw-check__buttons" }, el("a", { class: "tw-button", href: `${base}kanaalwijzer/#dienst=${current + 1}` }, "Naar de Kanaalwijzer")),
      ] : []),
      el("h3", {}, "Bewaren en delen"),
      fileView([cards]),
      keepingView(),
      el("p", { class: "tw-check__buttons" }, button("Terug naar het begin", () => go("start")))));
  announce(status, counted(result.first.length + result.rest.length, "tip gevonden.", "tips gevonden."));
  return made;
}

function answerRest() {
  const answered = new Set(asked());
  service().kort = false;
  save();
  go(`vraag=${asked().find((question) => !answered.has(question)).id}`);
}

function reasonsOf(found) {
  return Object.fromEntries(Object.keys(service().plan).filter((number) => found.has(Number(number))).map((number) => [number, reasonOf(data, found.get(Number(number)))]));
}

function planActions(rows) {
  const file = (extension) => fileName(state, today()).replace(/^zelfcheck/, "actieplan").replace(/json$/, extension);
  return [
    ["Print alleen het plan", "printer-outline", () => {
      root.classList.add("tw-check--plan-only");
      addEventListener("afterprint", () => root.classList.remove("tw-check--plan-only"), { once: true });
      window.print();
    }],
    ["Bewaar voor Excel", "table-arrow-down", () => download(file("csv"), "text/csv;charset=utf-8", planCsv(service(), rows()))],
    ["Zet in de agenda", "calendar-outline", () => {
      const calendar = planCalendar(service(), rows(), today());
      if (calendar) download(file("ics"), "text/calendar;charset=utf-8", calendar);
      else announce(status, "Vul eerst bij een tip in wanneer jullie het doen.");
    }],
    ["Kopieer als tekst", "content-copy", () => copy(planMarkdown(service(), rows()), "Het plan is gekopieerd.")],
  ];
}

function samen() {
  const made = heading("Leg antwoorden naast elkaar");
  const own = together.find(({ own: isOwn }) => isOwn);
  screen.append(
    together.length
      ? el("ul", { class: "tw-services" }, together.map((one, place) => el("li", {},
          el("span", {}, `${nameOfPerson(together, place)} (${counted(Object.keys(one.answers).length, "antwoord", "antwoorden")})`),
          button(["Haal weg", el("span", { class: "tw-hidden" }, ` ${nameOfPerson(together, place)}`)], () => { together.splice(place, 1); show(); }))))
      : "",
    together.length < 2 ? el("p", {}, "Open de bestanden of plak de links van je collega's. Vanaf twee mensen zie je waar jullie verschillen.") : "",
    el("p", { class: "tw-check__buttons" },
      opener("Open bestanden van collega's", (files) => trying(refuse, () => openTogether(files)), true),
      !own && Object.keys(service().antwoorden).length ? button("Doe onze antwoorden van hier erbij", () => {
        together.push({ who: state.invuller || "Van hier", answers: service().antwoorden, short: service().kort, own: true });
        show();
      }) : null),
    linksView());
  if (together.length > 1) {
    screen.append(togetherView({ data, form, people: together, onAgreed: (answers) => trying(refuse, () => {
      add({ ...newService(), naam: `${service().naam || "Dienst"} (samen)`, kort: together.every(({ short }) => short), antwoorden: answers });
      together = [];
      go("overzicht");
    }) }));
  }
  screen.append(el("p", { class: "tw-check__buttons" }, button("Terug naar het begin", () => go("start"))));
  return made;
}

function linksView() {
  const field = el("textarea", { id: "links", rows: 3 });
  return el("details", {},
    el("summary", {}, "Plak links van collega's"),
    el("label", { class: "tw-plan__label", for: "links" }, "Eén link op een regel"),
    field,
    el("p", { class: "tw-check__buttons" }, button("Open deze links", () => trying(refuse, async () => {
      const links = field.value.split(/\s+/).filter(Boolean).slice(0, MOST_PEOPLE);
      const found = await Promise.all(links.map((link) => decodeService(data, link.replace(/^.*#c=/, ""))));
      addPeople(found.map(({ service: one }) => ({ who: "", answers: one.antwoorden, short: one.kort })), found.flatMap((one) => one.notices));
    }))));
}

function addPeople(people, told) {
  together = [...together, ...people].slice(0, MOST_PEOPLE);
  go("samen");
  tellNotices([...new Set(told)]);
}

function toen() {
  const made = heading("Wat is er veranderd");
  if (!earlier) {
    screen.append(el("p", {}, "Open het bestand dat jullie toen bewaarden."), el("p", { class: "tw-check__buttons" }, opener("Open een eerder bestand", (files) => trying(refuse, () => openEarlier(files)))));
    return made;
  }
  const match = likeOurs(earlier.state);
  screen.append(
    el("p", {}, `Jullie zien de antwoorden van ${earlier.date} naast die van nu${match.naam ? ` voor ${match.naam}` : ""}.`),
    overTimeView({ data, form, base, before: match.antwoorden, after: service().antwoorden, moments: [earlier.date, "Nu"] }),
    el("p", { class: "tw-check__buttons" }, button("Naar de tips van nu", () => go("resultaat")), button("Terug naar het begin", () => go("start"))));
  return made;
}

// ---------------------------------------------------------------- services, files and links

function servicesView() {
  const several = state.diensten.length > 1;
  if (!several && !service().naam) return el("p", {}, "Kies één dienst, zoals paspoort aanvragen of hulp bij schulden. Jullie kunnen later een tweede dienst toevoegen.");
  const label = (one, place) => `${nameOf(one, place)} (${counted(Object.keys(one.antwoorden).length, "antwoord", "antwoorden")})`;
  return el("div", {},
    el("h3", {}, several ? "Jullie diensten" : "Jullie dienst"),
    el("ul", { class: "tw-services" }, state.diensten.map((one, place) => el("li", {},
      several
        ? el("label", { class: "tw-option" },
            el("input", { type: "radio", name: "dienst", checked: place === current, onchange: () => switchTo(place) }),
            el("span", { class: "tw-option__label" }, label(one, place)))
        : el("span", {}, label(one, place)),
      several ? button(["Haal weg", el("span", { class: "tw-hidden" }, ` ${nameOf(one, place)}`)], () => remove(place)) : null))),
    el("p", { class: "tw-check__buttons" }, button("Nog een dienst", () => trying(refuse, () => { add(newService()); go(`vraag=${form.questions[0].id}`); }))));
}

function switchTo(place) {
  current = place;
  writeAnswers();
  show(false);
  screen.querySelector("input[name=dienst]:checked")?.focus(); // Or the next arrow key would go nowhere.
}

function add(one) {
  current = addService(state, one);
  writeAnswers();
  save();
}

function remove(place) {
  const [gone] = state.diensten.splice(place, 1);
  current = Math.min(current, state.diensten.length - 1);
  writeAnswers();
  save();
  show();
  tellNotices([`${nameOf(gone, place)} is weggehaald.`]);
  notices.firstChild.append(" ", button("Zet terug", () => { state.diensten.splice(place, 0, gone); switchTo(place); save(); tellNotices([]); }));
}

// `more` are further things to do with what there is.
function fileView(more = []) {
  const filled = state.diensten.some(isFilled);
  return el("div", { class: "tw-files" },
    el("p", { class: "tw-check__buttons" },
      filled ? saveButton(() => state) : null,
      filled ? button("Kopieer een link", copyLink) : null,
      ...more,
      opener("Open een bestand", (files) => trying(refuse, () => openFile(files)))),
    el("p", { class: "tw-files__note" }, filled
      ? "Het bestand houdt alles vast, ook het plan. Een link houdt alleen de antwoorden en kanalen van deze dienst vast, zonder naam en plan. Wie de link heeft, kan ze lezen."
      : "Heb je eerder een bestand bewaard, of kreeg je er een van een collega? Open het hier."),
    el("details", {},
      el("summary", {}, "Samen invullen"),
      el("ol", {},
        el("li", {}, "Iedereen vult de check eerst zelf in. Zo praat niemand een ander na."),
        el("li", {}, "Iedereen bewaart een bestand of kopieert een link. Een naam in het bestand mag, maar hoeft niet."),
        el("li", {}, "Eén van jullie opent ze allemaal. Je ziet dan per vraag waar jullie verschillen.")),
      el("label", { class: "tw-keeping__name" }, "Wie vult in? (mag leeg)", el("input", {
        type: "text",
        maxLength: 120,
        value: state.invuller,
        onchange: ({ target }) => { state.invuller = target.value.trim(); save(); },
      })),
      el("p", { class: "tw-check__buttons" }, button("Leg antwoorden naast elkaar", () => go("samen")))),
    el("details", {},
      el("summary", {}, "Vergelijken met vroeger"),
      el("p", {}, "Deden jullie deze check al eens? Open het bestand van toen. Je ziet welke antwoorden en tips veranderd zijn."),
      el("p", { class: "tw-check__buttons" }, opener("Open een eerder bestand", (files) => trying(refuse, () => openEarlier(files))))));
}

async function openFile([file]) {
  const found = await stateIn(data, file);
  const before = { state, current };
  [state, current] = [found.state, 0];
  writeAnswers();
  save();
  go("overzicht");
  tellNotices([`${file.name} is geopend.`, ...found.notices]);
  notices.firstChild.append(" ", button("Terug naar wat er stond", () => { ({ state, current } = before); writeAnswers(); save(); tellNotices([]); go("start"); }));
}

async function openTogether(files) {
  const found = await Promise.all(files.map((file) => stateIn(data, file)));
  const people = found.map(({ state: one }) => ({ who: one.invuller, ...likeOurs(one) }));
  addPeople(people.map(({ who, antwoorden, kort }) => ({ who, answers: antwoorden, short: kort })), found.flatMap((one) => one.notices));
}

// The service of another state that goes beside ours: the one of the same name, else the first.
function likeOurs(other) {
  return other.diensten.find(({ naam }) => naam === service().naam) ?? other.diensten[0];
}

async function openEarlier([file]) {
  const found = await stateIn(data, file);
  earlier = { state: found.state, date: found.state.datum ? longDate(found.state.datum) : "toen" };
  go("toen");
  tellNotices(found.notices);
}

async function openLink(text) {
  let screenAfter = "start";
  await trying(refuse, async () => {
    const found = await decodeService(data, text);
    const one = { ...found.service, naam: "Dienst uit een link" };
    const own = isFilled(service());
    if (own) current = addService(state, one);
    else state.diensten[current] = one;
    writeAnswers();
    save();
    tellNotices(["De antwoorden uit de link staan hieronder.", ...(own ? ["Jullie eigen antwoorden zijn er ook nog. Je vindt ze bij het begin."] : []), ...found.notices]);
    screenAfter = "overzicht";
  });
  // The address must not keep the answers, or going back would open them again.
  history.replaceState(null, "", `#${screenAfter}`);
  show(!refused);
}

async function copyLink() {
  await copy(await linkWith(data, service()), "De link is gekopieerd. Wie de link heeft, kan de antwoorden lezen.");
}

async function copy(text, said) {
  const field = await copyText(text);
  if (!field) return void announce(status, said);
  tellNotices(["Kopiëren mag niet in deze browser. Kopieer de tekst hieronder zelf."]);
  notices.append(field);
  field.select();
}

function keepingView() {
  const box = el("input", { type: "checkbox", checked: isStoringOn(), onchange: () => {
    setStoring(box.checked);
    if (box.checked) save();
    else announce(status, "Deze browser bewaart niets meer. Wat er stond, is weg.");
  } });
  return el("div", { class: "tw-keeping" },
    el("p", {}, el("strong", {}, "Gebruiken anderen deze computer ook?"), " Zet dan het bewaren uit, of wis alles als jullie klaar zijn."),
    el("label", { class: "tw-option" }, box, el("span", { class: "tw-option__label" }, "Bewaar onze antwoorden in deze browser")),
    el("p", { class: "tw-files__note" }, "De antwoorden blijven hier staan tot jullie ze wissen. Sommige browsers wissen ze zelf na een week zonder bezoek. Bewaar daarom ook een bestand."),
    state.diensten.some(isFilled) ? el("p", { class: "tw-check__buttons" }, button("Wis alles", wipeAll)) : null);
}

function wipeAll() {
  const before = { state, current };
  wipe();
  [state, current] = [newState(data), 0];
  writeAnswers();
  go("start");
  tellNotices(["Alles is gewist, ook in deze browser."]);
  notices.firstChild.append(" ", button("Maak dit ongedaan", () => { ({ state, current } = before); writeAnswers(); save(); tellNotices([]); show(); }));
}

// ---------------------------------------------------------------- starting

root.classList.add("tw-check--live");
form.element.before(notices);
root.append(status);
form.element.addEventListener("input", () => {
  readAnswers();
  save();
});
onStoredElsewhere((text) => trying(refuse, () => {
  state = text === null ? newState(data) : parseState(data, text).state;
  current = Math.min(current, state.diensten.length - 1);
  writeAnswers();
  if (!ASKING.includes(root.dataset.screen)) show(false); // The form shows its new answers by itself.
  tellNotices(["Jullie antwoorden zijn in een ander venster veranderd. Hier staan nu de nieuwste."]);
}));
addEventListener("hashchange", () => show());
writeAnswers();
tellNotices(stored?.notices ?? []);
show();
