// The workshop on a shared display: one screen for each step of the script, with its clock.

import { announce, button, copyText, download, el } from "../shared/dom.js";
import { fromFragment } from "../shared/selection.js";
import { loadTips } from "../shared/tips.js";
import { counted } from "../shared/words.js";
import { agreeScreen, closeScreen, fourScreen, nameOfFile } from "./agree.js";
import { clockView, newClock, paused } from "./clock.js";
import { chooseScreen, discussScreen, placeScreen } from "./piles.js";
import { welcomeScreen } from "./source.js";
import { loadStored, newState, onStoredElsewhere, parsed, store, wipe } from "./state.js";

const MOST_FILE = 1_000_000;
const SECOND = 1000;
const NOT_KEPT = "Bewaren in deze browser lukt niet. Bewaar de workshop als bestand.";
const SCREENS = [welcomeScreen, chooseScreen, placeScreen, discussScreen, fourScreen, agreeScreen, closeScreen];

const root = document.querySelector("[data-tw-board]");
const title = document.title;
const script = [...root.querySelectorAll("[data-tw-step]")].map((step) => ({
  ...Object.fromEntries([...step.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part.textContent])),
  minutes: { 60: Number(step.dataset.short), 90: Number(step.dataset.long) },
}));
const data = await loadTips();
const all = data.tips.map(({ number }) => number);
const stored = loadStored(all);
let state = stored.state ?? newState(all);
let current = 0; // The step on the screen.
let isWarned = false; // That the browser keeps nothing; once is enough.

const status = el("p", { class: "tw-board__status", role: "status" });
const notices = el("div", { class: "tw-board__notices" });
const steps = el("nav", { class: "tw-board__steps", "aria-label": "Stappen van de workshop" });
const screen = el("div", { class: "tw-board__screen" });

// What the screens know of the workshop as a whole.
const board = {
  data,
  tips: new Map(data.tips.map((tip) => [tip.number, tip])),
  get state() {
    return state;
  },
  say: (text) => announce(status, text),
  save() {
    if (store(state) || isWarned) return;
    isWarned = true;
    tell(NOT_KEPT);
  },
  change(values) {
    Object.assign(state, values);
    board.save();
  },
  setLength(duur) {
    board.change({ duur, klokken: {} });
    clock.draw();
    board.say(`De workshop duurt ${duur} minuten. Elke klok staat weer aan het begin.`);
  },
  async copy(text, said) {
    const field = await copyText(text);
    if (!field) return void board.say(said);
    tell("Kopiëren mag niet in deze browser. Kopieer de tekst hieronder zelf.");
    notices.append(field);
    field.select();
  },
};

// ---------------------------------------------------------------- clock and full screen

const minutes = () => script[current].minutes[state.duur];
const clock = clockView({
  clock: () => state.klokken[current + 1] ?? newClock(minutes()),
  change: (changed) => board.change({ klokken: { ...state.klokken, [current + 1]: changed } }),
  minutes,
  announce: (text) => state.klok && board.say(text),
});
const clockToggle = button("", () => {
  board.change({ klok: !state.klok });
  drawClock();
});
const fullScreen = button("", () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()));
const bar = el("div", { class: "tw-board__bar" }, clock.element, clockToggle, document.fullscreenEnabled ? fullScreen : null);

function drawClock() {
  clock.element.hidden = !state.klok;
  clockToggle.textContent = state.klok ? "Verberg de klok" : "Toon de klok";
  clock.draw();
}

function drawFullScreen() {
  fullScreen.textContent = document.fullscreenElement ? "Uit volledig scherm" : "Volledig scherm";
}

// Only the clock of the step on the screen runs.
function stopOtherClocks() {
  for (const [step, one] of Object.entries(state.klokken)) {
    if (Number(step) !== current + 1 && one.eind !== null) board.change({ klokken: { ...state.klokken, [step]: paused(one, Date.now()) } });
  }
}

// ---------------------------------------------------------------- screens

const addressOf = (step) => `#stap-${step + 1}`;

function show({ focus = true } = {}) {
  const given = fromFragment(location.hash);
  if (given || location.hash.startsWith("#t=")) openLink(given ?? []);
  current = Math.max(0, script.findIndex((step, place) => addressOf(place) === location.hash));
  stopOtherClocks();
  const step = script[current];
  const heading = el("h2", { class: "tw-board__heading", tabIndex: -1 }, step.title);
  steps.replaceChildren(el("ol", {}, script.map((one, place) => el("li", {}, el("a", {
    href: addressOf(place), "aria-label": `${place + 1}. ${one.title}`, ...(place === current ? { "aria-current": "step" } : {}),
  }, String(place + 1))))));
  screen.replaceChildren(
    el("p", { class: "tw-board__kicker" }, `Stap ${current + 1} van ${script.length}`),
    heading,
    el("p", { class: "tw-board__group" }, step.group),
    el("details", { class: "tw-board__leader" }, el("summary", {}, "Voor de begeleider"),
      el("p", {}, el("strong", {}, "Jij zegt: "), step.says), el("p", {}, el("strong", {}, "Jij doet: "), step.does)),
    ...SCREENS[current](board).filter((node) => node !== null),
    el("p", { class: "tw-board__buttons tw-board__way" },
      current > 0 ? el("a", { class: "tw-button", href: addressOf(current - 1) }, "Vorige stap") : null,
      current < script.length - 1 ? el("a", { class: "tw-button tw-button--main", href: addressOf(current + 1) }, `Verder: ${script[current + 1].title}`) : null),
    current === 0 || current === script.length - 1 ? keepingView() : "");
  drawClock();
  root.closest(".tw-content").classList.toggle("tw-content--busy", current > 0);
  document.title = `Stap ${current + 1}: ${step.title} - ${title}`;
  if (focus) heading.focus();
}

// ---------------------------------------------------------------- links, files and wiping

// Tells something above the screen; `back` is what the button to undo it does.
function tell(text, back = null) {
  const undo = back && button("Maak dit ongedaan", () => {
    notices.replaceChildren();
    back();
    board.save();
    show();
  });
  notices.replaceChildren(el("div", { class: "tw-notice" }, el("p", {}, text, " ", undo ?? "")));
}

function replaceState(changed, text) {
  const before = structuredClone(state); // The new one may share piles with it.
  state = changed;
  tell(text, () => (state = before));
}

function openLink(given) {
  // The address must not keep the tips, or a reload would start anew.
  history.replaceState(null, "", addressOf(0));
  const tips = given.filter((number) => board.tips.has(number));
  if (!tips.length) return void tell("In deze link staan geen tips die op de site staan. Kies hieronder zelf welke tips meedoen.");
  const gone = given.length - tips.length;
  const missing = gone ? ` ${counted(gone, "nummer uit de link staat", "nummers uit de link staan")} niet op de site.` : "";
  replaceState({ ...state, tips, bron: "link" }, `${counted(tips.length, "tip uit de link doet", "tips uit de link doen")} mee.${missing}`);
  board.save();
}

async function openFile(input) {
  const [file] = input.files;
  const found = file.size <= MOST_FILE ? parsed(await file.text(), all) : null;
  input.value = ""; // So that the same file can be chosen again.
  if (!found) return void tell("Dit bestand komt niet uit de workshop, of het is beschadigd. Kies een bestand dat jullie hier bewaarden.");
  replaceState(found, `${file.name} is geopend.`);
  board.save();
  show();
}

function wipeAll() {
  replaceState(newState(all), "Alles is gewist, ook in deze browser.");
  history.replaceState(null, "", addressOf(0));
  show();
  wipe();
}

function keepingView() {
  return el("section", { class: "tw-board__keeping", "aria-labelledby": "bewaren" },
    el("h3", { id: "bewaren" }, "Bewaren"),
    el("p", {}, "Alles blijft in deze browser staan tot jullie het wissen, ook de namen. Er gaat niets naar ons. Is dit een computer van meer mensen? Bewaar dan een bestand en wis alles als jullie klaar zijn."),
    el("p", { class: "tw-board__buttons" },
      button("Bewaar als bestand", () => download(nameOfFile("workshop", state, "json"), "application/json", JSON.stringify(state, null, 2))),
      el("label", { class: "tw-button tw-board__file" }, "Open een bestand",
        el("input", { type: "file", accept: ".json,application/json", onchange: (event) => openFile(event.target) })),
      button("Wis alles", wipeAll)));
}

// ---------------------------------------------------------------- starting

root.replaceChildren(el("div", { class: "tw-board__top" }, steps, bar), status, notices, screen);
if (stored.isSpoiled) tell("Wat deze browser van een eerdere workshop had, is niet te lezen. Jullie beginnen opnieuw.");
drawFullScreen();
document.addEventListener("fullscreenchange", drawFullScreen);
addEventListener("hashchange", () => {
  // What was said, and can be undone, belongs to the screen that was left.
  notices.replaceChildren();
  status.textContent = "";
  show();
});
onStoredElsewhere((kept) => {
  state = parsed(kept, all) ?? state;
  show({ focus: false });
  tell("De workshop is in een ander venster veranderd. Hier staat nu het nieuwste.");
});
setInterval(clock.tick, SECOND);
show({ focus: false });
