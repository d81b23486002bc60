// The self-check in the page: which screen shows, and what the buttons do. The form itself is HTML from the build.

import { announce, button, copyText, download, el, icon } from "../shared/dom.js";
import { Form } from "./form.js";
import { planCalendar, planCsv, planMarkdown, planRows } from "./plan.js";
import { isSkipped, reasonOf, recommend } from "./recommend.js";
import { planView, resultView } from "./result.js";
import {
  CheckError, decodeService, encodeService, fileName, isStoringOn, loadStored, newService, newState, onStoredElsewhere, parseState,
  setStoring, stateText, store, wipe,
} from "./state.js";
import { overTimeView, togetherView } from "./together.js";

const root = document.querySelector("[data-tw-check]");
const title = document.title;
const data = await (await fetch(root.dataset.twCheck)).json();
const form = new Form(root);
const base = new URL(root.dataset.twBase, location.href).href;
const stored = loadStored(data);
let state = stored?.state ?? newState(data);
let current = 0; // Which service is being checked.
let together = []; // What colleagues filled in: {who, answers}.
let earlier = null; // An earlier state of the same check: {state, date}.
let returning = false; // Whether the question on screen was opened from the overview.

const service = () => state.diensten[current];
const asked = () => form.questions.filter((question) => !service().kort || question.workshop);
const today = () => new Date().toLocaleDateString("sv-SE"); // The ISO form of the day here.
const status = el("p", { class: "tw-check__status", role: "status" });
const notices = el("div", { class: "tw-check__notices" });
const screen = el("div", { class: "tw-check__screen" });

// ---------------------------------------------------------------- keeping

function save(said = "Bewaard in deze browser.") {
  if (!isStoringOn()) return;
  announce(status, store(state) ? said : "Bewaren in deze browser lukt niet. Bewaar jullie antwoorden als bestand.");
}

function tellNotices(list) {
  notices.replaceChildren(...list.map((text) => el("p", { class: "tw-notice" }, text)));
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

// Runs something that may refuse a file or link, and tells why when it does. What was there stays as it was.
async function trying(action) {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    tellNotices([error.message]);
    notices.firstChild.tabIndex = -1;
    notices.firstChild.focus();
  }
}

// ---------------------------------------------------------------- screens

const screens = { start, vraag, alles, overzicht, resultaat, samen, toen };

// A change of the hash would show the screen a moment later, with time for a second click in between.
function go(name) {
  if (location.hash !== `#${name}`) history.pushState(null, "", `#${name}`);
  show();
}

function show() {
  const [name, detail] = decodeURIComponent(location.hash.slice(1)).split("=");
  if (name === "c") return void openLink(location.hash.slice(3));
  for (const question of form.questions) question.element.hidden = true;
  form.element.hidden = true;
  screen.replaceChildren();
  form.element.after(screen);
  const known = Object.hasOwn(screens, name);
  const heading = (known ? screens[name] : start)(detail);
  root.closest(".tw-content").classList.toggle("tw-content--busy", known && name !== "start");
  for (const section of form.element.querySelectorAll("[data-section]")) {
    section.hidden = ![...section.querySelectorAll("[data-question]")].some((question) => !question.hidden);
  }
  document.title = `${heading.dataset.label ?? heading.textContent.trim()} - ${title}`;
  heading.tabIndex = -1;
  if (started) heading.focus();
  started = true;
}
let started = false; // The first screen must not take the focus from where a visitor is.

function heading(text) {
  const made = el("h2", { class: "tw-check__heading" }, text);
  screen.append(made);
  return made;
}

function start() {
  const made = heading("Begin");
  screen.append(
    servicesView(),
    el("p", { class: "tw-check__buttons" },
      button("Begin met alle vragen", () => begin(false), { class: "tw-button tw-button--main" }),
      button(`Korte versie: ${form.questions.filter((question) => question.workshop).length} vragen`, () => begin(true)),
      button("Alle vragen op één pagina", () => go("alles")),
      Object.keys(service().antwoorden).length ? button("Ga verder waar jullie waren", () => go("overzicht")) : null),
    el("p", {}, `De hele check heeft ${form.questions.length} vragen en kost ongeveer twintig minuten. Geen enkele vraag is verplicht.`),
    el("p", {}, "Is dit een computer die anderen ook gebruiken? Zet dan het bewaren uit, of wis alles als jullie klaar zijn."),
    keepingView(),
    fileView());
  return made;
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
    ...(returning ? [] : [button("Vorige", () => go(previous ? `vraag=${previous.id}` : "start")), button("Naar het overzicht", () => accept(question) && go("overzicht"))]));
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
  const made = heading("Alle vragen op één pagina");
  form.element.before(screen);
  form.element.hidden = false;
  for (const question of asked()) question.element.hidden = false;
  form.element.onsubmit = (event) => event.preventDefault();
  buttons.replaceChildren(
    button("Bekijk de tips", () => asked().every(accept) && go("resultaat"), { class: "tw-button tw-button--main" }),
    button("Naar het overzicht", () => asked().every(accept) && go("overzicht")));
  form.element.append(buttons);
  return made;
}

function overzicht() {
  returning = false;
  const made = heading("Kijk jullie antwoorden na");
  const list = (question) => question.items
    .filter(({ id }) => service().antwoorden[id])
    .map(({ id, label }) => `${label ? `${label}: ` : ""}${service().antwoorden[id].map((option) => form.optionLabel(id, option)).join(", ")}`);
  screen.append(
    el("dl", { class: "tw-overview" }, asked().map((question) => {
      const skipped = question.items.some(({ id }) => isSkipped(data, service().antwoorden, id));
      const told = question.kind === "tekst" ? [service().naam].filter(Boolean) : list(question);
      return el("div", {},
        el("dt", {}, question.short),
        el("dd", {}, skipped ? "Overgeslagen, past niet bij jullie antwoorden" : told.length ? told.map((line) => el("span", { class: "tw-overview__answer" }, line)) : "Nog geen antwoord"),
        el("dd", { class: "tw-overview__change" }, el("a", { href: `#vraag=${question.id}`, onclick: () => (returning = true) }, "Wijzig", el("span", { class: "tw-hidden" }, ` ${question.short}`))));
    })),
    el("p", { class: "tw-check__buttons" },
      button("Bekijk de tips", () => go("resultaat"), { class: "tw-button tw-button--main" }),
      button("Alle vragen op één pagina", () => go("alles")),
      button("Terug naar het begin", () => go("start"))));
  return made;
}

function resultaat() {
  const made = heading(service().naam ? `Tips voor ${service().naam}` : "Jullie tips");
  const result = recommend(data, service().antwoorden);
  const plan = el("div", {});
  const fresh = () => {
    const planned = [...result.first, ...result.rest, ...result.keep].filter(({ number }) => Object.hasOwn(service().plan, number));
    return planRows(data, service(), Object.fromEntries(planned.map((found) => [found.number, reasonOf(data, found)])), base);
  };
  const drawPlan = () => {
    const file = (extension) => fileName(state, today()).replace(/^zelfcheck/, "actieplan").replace(/json$/, extension);
    plan.replaceChildren(planView({
      rows: fresh(),
      service: service(),
      onChange: (number, field, value) => {
        service().plan[number][field] = value;
        save("Het plan is bewaard.");
      },
      actions: [
        ["Bewaar voor Excel", "table-arrow-down", () => download(file("csv"), "text/csv;charset=utf-8", planCsv(service(), fresh()))],
        ["Zet in de agenda", "calendar-outline", () => {
          const calendar = planCalendar(service(), fresh(), today());
          if (calendar) download(file("ics"), "text/calendar;charset=utf-8", calendar);
          else announce(status, "Vul eerst bij een tip in wanneer jullie het doen.");
        }],
        ["Kopieer als tekst", "content-copy", () => copy(planMarkdown(service(), fresh()), "Het plan is gekopieerd.")],
      ],
    }));
  };
  const onPlan = (number, chosen) => {
    if (chosen) service().plan[number] = { wie: "", wanneer: "", notitie: "", ...service().plan[number], status: chosen };
    else delete service().plan[number];
    save("Het plan is bewaard.");
    drawPlan();
  };
  drawPlan();
  screen.append(
    resultView({ data, form, service: service(), result, base, onPlan }),
    el("h3", {}, "Actieplan"),
    plan,
    el("h3", {}, "Bewaren en delen"),
    fileView(),
    el("p", { class: "tw-check__buttons" },
      button([icon("printer-outline"), "Print of maak een pdf"], () => window.print()),
      button("Pas antwoorden aan", () => go("overzicht")),
      button("Terug naar het begin", () => go("start"))));
  return made;
}

function samen() {
  const made = heading("Leg antwoorden naast elkaar");
  if (together.length < 2) {
    screen.append(el("p", {}, "Open eerst de bestanden van twee of meer collega's."), fileView());
    return made;
  }
  screen.append(
    togetherView({ data, form, people: together, onAgreed: (answers) => {
      add({ ...newService(), naam: `${service().naam || "Dienst"} (samen)`, antwoorden: answers });
      together = [];
      go("overzicht");
    } }),
    el("p", { class: "tw-check__buttons" }, button("Terug naar het begin", () => go("start"))));
  return made;
}

function toen() {
  const made = heading("Wat is er veranderd");
  const match = earlier?.state.diensten.find((one) => one.naam === service().naam) ?? earlier?.state.diensten[0];
  if (!match) {
    screen.append(el("p", {}, "Open eerst een eerder bestand."), fileView());
    return made;
  }
  screen.append(
    overTimeView({ data, form, before: match.antwoorden, after: service().antwoorden, moments: [earlier.date, "Nu"] }),
    el("p", { class: "tw-check__buttons" }, button("Naar de tips van nu", () => go("resultaat")), button("Terug naar het begin", () => go("start"))));
  return made;
}

// ---------------------------------------------------------------- services, files and links

function servicesView() {
  const several = state.diensten.length > 1 || service().naam;
  if (!several) return el("p", {}, "Kies één dienst, zoals paspoort aanvragen of hulp bij schulden. Jullie kunnen later een tweede dienst toevoegen.");
  return el("div", { class: "tw-services" },
    el("h3", {}, "Jullie diensten"),
    el("ul", {}, state.diensten.map((one, place) => el("li", {},
      el("label", { class: "tw-option" },
        el("input", { type: "radio", name: "dienst", checked: place === current, onchange: () => switchTo(place) }),
        el("span", { class: "tw-option__label" }, `${nameOf(one, place)} (${Object.keys(one.antwoorden).length} antwoorden)`)),
      state.diensten.length > 1 ? button(["Haal weg", el("span", { class: "tw-hidden" }, ` ${nameOf(one, place)}`)], () => remove(place)) : null))),
    button("Nog een dienst", () => { add(newService()); go(`vraag=${form.questions[0].id}`); }));
}

function switchTo(place) {
  current = place;
  writeAnswers();
  show();
}

function add(one) {
  state.diensten.push(one);
  current = state.diensten.length - 1;
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

function fileView() {
  const opener = (label, multiple, read) => el("label", { class: "tw-button tw-file" }, label,
    el("input", { type: "file", accept: ".json,application/json", multiple, onchange: (event) => trying(() => read([...event.target.files])) }));
  return el("div", { class: "tw-files" },
    el("p", { class: "tw-check__buttons" },
      button("Bewaar als bestand", () => download(fileName(state, today()), "application/json", stateText(state, today()))),
      opener("Open een bestand", false, openFile),
      button("Kopieer een link", copyLink)),
    el("details", {},
      el("summary", {}, "Samen invullen, of vergelijken met vroeger"),
      el("p", {}, "Laat iedereen eerst zelf invullen en een bestand bewaren. Open die bestanden hier. Je ziet dan per vraag waar jullie verschillen."),
      el("p", { class: "tw-check__buttons" }, opener("Open bestanden van collega's", true, openTogether), opener("Open een eerder bestand", false, openEarlier))),
    el("p", { class: "tw-files__note" }, "Het bestand houdt alles vast, ook het plan. Een link houdt alleen de antwoorden van deze dienst vast. Wie de link heeft, kan ze lezen."));
}

const parsed = async (file) => parseState(data, await file.text());

async function openFile([file]) {
  const found = await parsed(file);
  const before = { state, current };
  [state, current] = [found.state, 0];
  writeAnswers();
  save();
  go("overzicht");
  tellNotices([`${file.name} is geopend.`, ...found.notices]);
  notices.firstChild.append(" ", button("Terug naar wat er stond", () => { ({ state, current } = before); writeAnswers(); save(); tellNotices([]); go("start"); }));
}

async function openTogether(files) {
  const found = await Promise.all(files.map(parsed));
  together = found.flatMap(({ state: one }) => one.diensten.map((dienst) => ({ who: one.invuller, answers: dienst.antwoorden })));
  tellNotices(found.flatMap((one) => one.notices));
  go("samen");
}

async function openEarlier([file]) {
  const found = await parsed(file);
  earlier = { state: found.state, date: found.state.datum || "Toen" };
  tellNotices(found.notices);
  go("toen");
}

async function openLink(text) {
  await trying(async () => {
    const found = await decodeService(data, text);
    const empty = !Object.keys(service().antwoorden).length && !service().naam;
    const one = { ...found.service, naam: "Uit een link" };
    if (empty) state.diensten[current] = one;
    else state.diensten.push(one);
    current = state.diensten.indexOf(one);
    writeAnswers();
    save();
    tellNotices(["De antwoorden uit de link staan hieronder.", ...found.notices]);
  });
  // The address must not keep the answers, or going back would open them again.
  history.replaceState(null, "", "#overzicht");
  show();
}

async function copyLink() {
  const address = new URL(location.href);
  address.hash = `c=${await encodeService(data, service())}`;
  await copy(address.href, "De link is gekopieerd. Wie de link heeft, kan de antwoorden lezen.");
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
  return el("details", { class: "tw-keeping" },
    el("summary", {}, "Bewaren in deze browser"),
    el("p", {}, "Jullie antwoorden blijven op deze computer staan tot jullie ze wissen. Sommige browsers wissen ze zelf na een week zonder bezoek. Bewaar daarom ook een bestand."),
    el("label", { class: "tw-option" }, box, el("span", { class: "tw-option__label" }, "Bewaar onze antwoorden in deze browser")),
    el("label", { class: "tw-keeping__name" }, "Wie vult in? (mag leeg)", el("input", { type: "text", maxLength: 120, value: state.invuller, onchange: (event) => { state.invuller = event.target.value.trim(); save(); } })),
    button("Wis alles", () => {
      const before = { state, current };
      wipe();
      [state, current] = [newState(data), 0];
      writeAnswers();
      show();
      tellNotices(["Alles is gewist, ook in deze browser."]);
      notices.firstChild.append(" ", button("Maak dit ongedaan", () => { ({ state, current } = before); writeAnswers(); save(); tellNotices([]); show(); }));
    }));
}

// ---------------------------------------------------------------- starting

root.classList.add("tw-check--live");
form.element.before(notices);
root.append(status);
form.element.addEventListener("input", () => {
  readAnswers();
  save();
});
onStoredElsewhere((text) => trying(() => {
  const found = parseState(data, text);
  state = found.state;
  current = Math.min(current, state.diensten.length - 1);
  writeAnswers();
  tellNotices(["Jullie antwoorden zijn in een ander venster veranderd. Hier staan nu de nieuwste."]);
}));
addEventListener("hashchange", show);
writeAnswers();
tellNotices(stored?.notices ?? []);
show();
