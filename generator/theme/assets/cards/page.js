// The page that prints cards: takes the cards that the build put in the page, and lays the chosen ones on sheets.

import { announce, el } from "../shared/dom.js";
import { fromFragment, selection } from "../shared/selection.js";
import { counted, listed } from "../shared/words.js";
import { arrange } from "./sheets.js";

const form = document.querySelector(".tw-print");
const status = document.querySelector(".tw-print__status");
const deck = document.querySelector(".tw-deck");
const { which, blank } = form.elements;

const cards = new Map([...deck.querySelectorAll("[data-number]")].map((card) => [Number(card.dataset.number), parts(card)]));
const blankCard = parts(deck.querySelector("[data-blank]"));
const marks = cropMarks();
let linked = [];

function parts(card) {
  const [front, back] = card.children;
  return { front, back, theme: card.dataset.theme, code: back.querySelector("svg") };
}

// ---------------------------------------------------------------- which cards

const known = (numbers) => numbers.filter((number) => cards.has(number));
const kept = () => known(selection().map(({ number }) => number));

function chosen() {
  if (which.value === "link") return linked;
  if (which.value === "selection") return kept();
  if (which.value === "all") return [...cards.keys()];
  return [...cards.keys()].filter((number) => `theme-${cards.get(number).theme}` === which.value);
}

// Reads the tips in the address, and says what is wrong with them. Other fragments are places on this page.
function readAddress() {
  const { hash } = location;
  const numbers = fromFragment(hash);
  const missing = (numbers ?? []).filter((number) => !cards.has(number));
  linked = known(numbers ?? []);
  const option = which.querySelector("[value=link]");
  option.hidden = option.disabled = !linked.length;
  option.textContent = `Deze ${counted(linked.length, "tip", "tips")} (uit de link)`;
  if (linked.length) which.value = "link";
  else if (which.value === "link" || !which.value) which.value = "all";
  if (missing.length) return `${missing.length === 1 ? "Tip" : "De tips"} ${list(missing)} ${missing.length === 1 ? "staat" : "staan"} niet op deze site.`;
  const wrong = !numbers && hash.length > 1 && !document.getElementById(hash.slice(1));
  return wrong ? "De link naar deze kaarten klopt niet. Kies hier zelf welke kaarten je wilt." : "";
}

function readSelection() {
  const option = which.querySelector("[value=selection]");
  const number = kept().length;
  option.disabled = !number;
  option.textContent = `Mijn selectie (${number})`;
  if (!number && which.value === "selection") which.value = "all";
}

// ---------------------------------------------------------------- sheets

function show(warning = "") {
  const way = form.elements.way.value;
  const numbers = chosen();
  const blanks = Array.from({ length: Number(blank.value) }, () => ({ front: blankCard.front.cloneNode(true), back: blankCard.back.cloneNode(true) }));
  const laid = arrange([...numbers.map((number) => withCode(cards.get(number), way)), ...blanks], way);
  const sheets = laid.at(-1)?.sheet ?? 0;
  deck.replaceChildren(...laid.map((side) => sheetOf(side, way, sheets)));
  for (const line of form.querySelectorAll("[data-way]")) line.hidden = line.dataset.way !== way;
  announce(status, [warning, described(numbers.length, blanks.length, sheets, way)].filter(Boolean).join(" "));
}

// There is one code for each tip: on the back, or on the front when the back stays empty.
function withCode(card, way) {
  (way === "single" ? card.front : card.back).querySelector(".tw-face__code").append(card.code);
  return card;
}

function sheetOf({ sheet, side, places }, way, sheets) {
  const label = `Vel ${sheet} van ${sheets}${side && `, ${side}`}`;
  for (const { face, column, row } of places) face.style.gridArea = `${row + 1} / ${column + 1}`;
  return el("div", { class: "tw-frame" },
    el("div", { class: `tw-sheet tw-sheet--${way}`, role: "group", "aria-label": label },
      el("p", { class: "tw-sheet__label" }, label),
      places.map(({ face }) => face),
      marks.cloneNode(true)));
}

// Lines in the white edge, at every place where a cut begins and ends. The middle ones are for folding when the way is to fold.
function cropMarks() {
  const across = ["top", "bottom"].flatMap((edge) => ["first", "middle", "last"].map((place) => `tw-mark tw-mark--${edge} tw-mark--${place}-column`));
  const along = ["left", "right"].flatMap((edge) => ["first", "middle", "last"].map((place) => `tw-mark tw-mark--${edge} tw-mark--${place}-row`));
  return el("div", { class: "tw-marks", "aria-hidden": "true" }, [...across, ...along, "tw-marks__fold"].map((name) => el("span", { class: name })));
}

// ---------------------------------------------------------------- words

function described(tips, blanks, sheets, way) {
  const what = [tips && counted(tips, "kaart", "kaarten"), blanks && counted(blanks, "lege kaart", "lege kaarten")].filter(Boolean).join(" en ");
  return `${what} op ${counted(sheets, "vel", "vellen")}${way === "double" ? ", aan twee kanten" : ""}.`;
}

function list(numbers) {
  const shown = numbers.slice(0, 5);
  if (numbers.length > 5) return `${shown.join(", ")} en nog ${numbers.length - 5}`;
  return listed(shown);
}

// ---------------------------------------------------------------- the page

// On screen a sheet is as wide as there is room for; its layout stays that of the paper.
new ResizeObserver(() => {
  const frame = deck.querySelector(".tw-frame");
  if (frame) deck.style.setProperty("--tw-scale", frame.clientWidth / frame.firstElementChild.offsetWidth);
}).observe(deck);

form.addEventListener("change", () => show());
form.addEventListener("submit", (event) => {
  event.preventDefault();
  window.print();
});
addEventListener("hashchange", () => show(readAddress()));
addEventListener("tw-selection", () => {
  readSelection();
  show();
});

readSelection();
const warning = readAddress();
form.hidden = false;
deck.classList.add("tw-deck--live");
show(warning);
