// The tips that a visitor keeps: in this browser, and as numbers in a link. Storage may be full, forbidden or spoiled; then the
// selection lives as long as the page.

const KEY = "tipwijzer.selectie";
const VERSION = 1;
export const MOST_TIPS = 300;
export const MOST_NOTE = 500;

let kept = read();

// The kept tips in the visitor's order, as [{number, note}].
export function selection() {
  return kept.map((tip) => ({ ...tip }));
}

export function has(number) {
  return kept.some((tip) => tip.number === number);
}

// Replaces the whole selection. Says whether the browser keeps it.
export function keep(list) {
  kept = sound(list);
  dispatchEvent(new Event("tw-selection"));
  try {
    localStorage.setItem(KEY, JSON.stringify({ versie: VERSION, tips: kept.map(({ number, note }) => ({ nummer: number, notitie: note })) }));
    return true;
  } catch {
    return false;
  }
}

export function toggle(number) {
  return keep(has(number) ? kept.filter((tip) => tip.number !== number) : [...kept, { number, note: "" }]);
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
    .map(({ number, note }) => ({ number, note: typeof note === "string" ? note.slice(0, MOST_NOTE) : "" }))
    .slice(0, MOST_TIPS);
}

function read() {
  try {
    const { versie, tips } = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    if (versie !== VERSION || !Array.isArray(tips)) return [];
    return sound(tips.map((tip) => ({ number: tip?.nummer, note: tip?.notitie })));
  } catch {
    return [];
  }
}

// Another tab kept or removed a tip.
addEventListener("storage", (event) => {
  if (event.key !== KEY && event.key !== null) return;
  kept = read();
  dispatchEvent(new Event("tw-selection"));
});
