// The kept tips as rows: with a note, and buttons to move and remove. Ids tell which control has the focus when rows are drawn anew.

import { button, el, icon } from "../shared/dom.js";
import { MOST_NOTE } from "../shared/selection.js";
import { tipCard } from "../shared/tips.js";

// `rows` are as in export.js, each with `tip`, which is undefined when the site no longer has it. `actions` has move(number, step),
// remove(number) and write(number, note).
export function rowsView(data, rows, actions) {
  return rows.map((row, place) => {
    const extra = [noteView(row, actions), buttonsView(row, place, rows.length, actions), printedView(row)];
    const element = row.tip ? tipCard(data, row.tip, { extra, save: false }) : goneCard(row, extra);
    element.classList.add("tw-kept");
    return element;
  });
}

function goneCard({ number, title }, extra) {
  return el("li", { class: "tw-card" },
    el("h2", { class: "tw-card__title" }, `Tip ${number}`),
    el("p", { class: "tw-card__text" }, `${title}. Je notitie blijft bewaard tot je haar weghaalt.`),
    ...extra);
}

function noteView({ number, note }, { write }) {
  return el("label", { class: "tw-kept__note" },
    "Notitie", el("span", { class: "tw-hidden" }, ` bij tip ${number}`),
    el("textarea", { id: `notitie-${number}`, rows: 1, maxLength: MOST_NOTE, value: note, oninput: (event) => write(number, event.target.value) }));
}

function buttonsView({ number }, place, total, { move, remove }) {
  const mover = (id, name, label, step, disabled) => button(
    [icon(name), el("span", { class: "tw-hidden" }, `Zet tip ${number} ${label}`)], () => move(number, step),
    { id: `${id}-${number}`, class: "tw-button tw-kept__move", disabled });
  return el("div", { class: "tw-kept__buttons" },
    mover("omhoog", "arrow-up", "hoger", -1, place === 0),
    mover("omlaag", "arrow-down", "lager", 1, place === total - 1),
    button(["Haal weg", el("span", { class: "tw-hidden" }, ` tip ${number}`)], () => remove(number), { id: `weg-${number}` }));
}

// A field prints only what fits in it, and a link prints without its address.
function printedView({ number, note, address }) {
  return el("div", { class: "tw-print-only" },
    el("p", { id: `print-${number}` }, printedNote(note)),
    address ? el("p", {}, address) : null);
}

export function printedNote(note) {
  return note && `Notitie: ${note}`;
}
