// The tips that a visitor keeps: in this browser, and as numbers in a link. Storage may be full, forbidden or spoiled; then the
// selection lives as long as the page. Whoever shows it listens to the event 'tw-selection'.

import { shortened } from "./words.js";

const KEY = "tipwijzer.selectie";
const VERSION = 1;
export const MOST_TIPS = 300;
export const MOST_NOTE = 500;
export const NOT_KEPT = "Deze browser kan je selectie niet bewaren. Je selectie blijft alleen zolang deze pagina open is.";
export const UNREADABLE = "Wat deze browser van je selectie had bewaard, is niet meer te lezen. Je begint opnieuw met een lege selectie.";

let trouble = "";
let kept = read();

// The kept tips in the visitor's order, as [{number, note}].
export function selection() {
  return kept.map((tip) => ({ ...tip }));
}

export function has(number) {
  return kept.some((tip) => tip.number === number);
}

// What is wrong with keeping, as a text for the visitor; empty when all is well.
export function troubleWithKeeping() {
  return trouble;
}

// Replaces the whole selection.
export function keep(list) {
  kept = sound(list);
  try {
    localStorage.setItem(KEY, JSON.stringify({ versie: VERSION, tips: kept.map(({ number, note }) => ({ nummer: number, notitie: note })) }));
    trouble = "";
  } catch {
    trouble = NOT_KEPT;
  }
  dispatchEvent(new Event("tw-selection"));
}

export function toggle(number) {
  keep(has(number) ? kept.filter((tip) => tip.number !== number) : [...kept, { number, note: "" }]);
}

export function countTips(number) {
  return `${number} ${number === 1 ? "tip" : "tips"}`;
}

// Numbers as the fragment of an address, such as `t=12.104`, and back. Null when a fragment is no list of tips.
export function toFragment(numbers) {
  return `t=${numbers.join(".")}`;
}

export function fromFragment(hash) {
  const found = /^#?t=(\d{1,4}(?:\.\d{1,4})*)$/.exec(hash);
  return found ? [...new Set(found[1].split(".").map(Number))].slice(0, MOST_TIPS) : null;
}

function sound(list) {
  const numbers = new Set();
  return list
    .filter(({ number }) => Number.isInteger(number) && number > 0 && number < 10_000 && !numbers.has(number) && numbers.add(number))
    .map(({ number, note }) => ({ number, note: typeof note === "string" ? shortened(note, MOST_NOTE) : "" }))
    .slice(0, MOST_TIPS);
}

function read() {
  let text;
  try {
    text = localStorage.getItem(KEY);
  } catch {
    trouble = NOT_KEPT;
    return [];
  }
  if (text === null) return [];
  try {
    const { versie, tips } = JSON.parse(text);
    if (versie !== VERSION) throw new TypeError("another version");
    return sound(tips.map((tip) => ({ number: tip?.nummer, note: tip?.notitie })));
  } catch {
    trouble = UNREADABLE;
    return [];
  }
}

// What another tab kept. A selection that only this page has stays.
function readAgain() {
  if (trouble === NOT_KEPT) return;
  trouble = "";
  kept = read();
  dispatchEvent(new Event("tw-selection"));
}

addEventListener("storage", ({ key }) => {
  if (key === KEY || key === null) readAgain();
});
// A page that comes back when a visitor goes back did not hear what happened since.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) readAgain();
});
