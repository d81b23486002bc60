// Files and links with a state: the same for the self-check, the Kanaalwijzer and the strategy.

import { CheckError, encodeService, fileName, parseState, stateText } from "./state.js";
import { button, copyText, download, el } from "../shared/dom.js";

export const today = () => new Date().toLocaleDateString("sv-SE"); // The ISO form of the day here.

// Buttons to save, share and open; `state` and `service` give what there is now, `tell` shows lines to the visitor, `open`
// gets the state of a file that was chosen. Without `service` there is nothing to share as a link.
export function keepButtons({ check, state, service, tell, open }) {
  return el("div", { class: "tw-files" },
    el("p", { class: "tw-check__buttons" },
      saveButton(state),
      service ? button("Kopieer een link", () => copyLink(check, service(), tell)) : null,
      opener("Open een bestand", ([file]) => trying(tell, async () => open(await stateIn(check, file), file.name)))),
    el("p", { class: "tw-files__note" }, "Het bestand is hetzelfde als dat van de zelfcheck, met antwoorden, plan en kanalen.", service ? " Een link houdt de antwoorden en kanalen van deze dienst vast, zonder naam en plan. Wie de link heeft, kan die lezen." : ""));
}

export function saveButton(state) {
  return button("Bewaar als bestand", () => download(fileName(state(), today()), "application/json", stateText(state(), today())));
}

// `read` gets the files that somebody chose: one, unless several may be.
export function opener(label, read, multiple = false) {
  return el("label", { class: "tw-button tw-file" }, label, el("input", { type: "file", accept: ".json,application/json", multiple, onchange: ({ target }) => {
    const files = [...target.files];
    target.value = ""; // Or the same file could not be chosen again.
    if (files.length) read(files);
  } }));
}

// Returns what a file holds, as `parseState` does.
export async function stateIn(check, file) {
  return parseState(check, await file.text());
}

// Runs something that may refuse a file or link, and tells why when it does. What was there stays as it was.
export async function trying(tell, action) {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    tell([error.message]);
  }
}

// Returns the address of this page with the answers and channels of a service.
export async function linkWith(check, service) {
  const address = new URL(location.href);
  address.hash = `c=${await encodeService(check, service)}`;
  return address.href;
}

async function copyLink(check, service, tell) {
  const field = await copyText(await linkWith(check, service));
  tell([field ? "Kopiëren lukt niet in deze browser. Kopieer de tekst hieronder zelf." : "De link is gekopieerd. Wie de link heeft, kan jullie antwoorden en keuzes lezen."], field);
}
