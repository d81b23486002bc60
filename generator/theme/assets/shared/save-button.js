// The button that keeps a tip, as the element <tw-save data-tip="12">: empty until this script runs, and the same on cards from
// the build and cards made later. Also the number of kept tips in the header.

import { announce, el, icon } from "./dom.js";
import { countTips, has, MOST_TIPS, selection, toggle, troubleWithKeeping } from "./selection.js";

const count = document.querySelector("[data-tw-kept]");
const status = document.querySelector("[data-tw-saved]");
const hidden = (text) => el("span", { class: "tw-hidden" }, text);

class SaveButton extends HTMLElement {
  connectedCallback() {
    if (!this.firstChild) this.append(el("button", { type: "button", class: "tw-save", onclick: () => press(this.number) }));
    this.show();
  }

  get number() {
    return Number(this.dataset.tip);
  }

  show() {
    const kept = has(this.number);
    const button = this.firstChild;
    button.classList.toggle("tw-save--kept", kept);
    button.replaceChildren(
      ...(kept
        ? [icon("bookmark"), "Bewaard", hidden(` (haal tip ${this.number} uit je selectie)`)]
        : [icon("bookmark-outline"), "Bewaar", hidden(` tip ${this.number}`)]));
  }
}

// The button for a card that a script makes.
export function saveButton(number) {
  return el("tw-save", { "data-tip": number });
}

function press(number) {
  const wanted = !has(number);
  toggle(number);
  const refused = wanted && !has(number);
  const told = refused
    ? `Je selectie is vol: meer dan ${MOST_TIPS} tips kan niet.`
    : `Tip ${number} is ${wanted ? "bewaard" : "weggehaald"}. ${total()} ${troubleWithKeeping()}`;
  // Who sees the button sees that it worked; what went wrong must be seen too.
  status.classList.toggle("tw-saved--shown", refused || troubleWithKeeping() !== "");
  announce(status, told);
}

function total() {
  const number = selection().length;
  return number ? `Je selectie heeft ${countTips(number)}.` : "Je selectie is leeg.";
}

function show() {
  for (const button of document.querySelectorAll("tw-save")) button.show();
  const number = selection().length;
  count.hidden = number === 0;
  count.replaceChildren(String(number), hidden(number === 1 ? " tip" : " tips"));
}

customElements.define("tw-save", SaveButton);
addEventListener("tw-selection", show);
show();
