// Files and links of the Kanaalwijzer and the strategy: the same as those of the self-check.

import { CheckError, encodeService, fileName, parseState, stateText } from "../check/state.js";
import { button, copyText, download, el } from "../shared/dom.js";

const today = () => new Date().toLocaleDateString("sv-SE"); // The ISO form of the day here.

// Buttons to save, share and open; `state` and `service` give what there is now, `tell` shows lines to the visitor, `open`
// gets the state of a file that was chosen. Without `service` there is nothing to share as a link.
export function keepButtons({ check, state, service, tell, open }) {
  return el("div", { class: "tw-files" },
    el("p", { class: "tw-check__buttons" },
      button("Bewaar als bestand", () => download(fileName(state(), today()), "application/json", stateText(state(), today()))),
      service ? button("Kopieer een link", () => copyLink(check, service(), tell)) : null,
      opener("Open een bestand", (file) => trying(tell, async () => open(parseState(check, await file.text()), file.name)))),
    el("p", { class: "tw-files__note" }, "Het bestand is hetzelfde als dat van de zelfcheck, met antwoorden, plan en kanalen.", service ? " Een link houdt de antwoorden en kanalen van deze dienst vast, zonder naam en plan. Wie de link heeft, kan die lezen." : ""));
}

export function opener(label, read) {
  return el("label", { class: "tw-button tw-file" }, label, el("input", { type: "file", accept: ".json,application/json", onchange: ({ target }) => {
    const [file] = target.files;
    if (file) read(file);
    target.value = ""; // Or the same file could not be chosen again.
  } }));
}

// Runs something that may refuse a file or link, and tells why when it does.
export async function trying(tell, action) {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof CheckError)) throw error;
    tell([error.message]);
  }
}

async function copyLink(check, service, tell) {
  const address = new URL(location.href);
  address.hash = `c=${await encodeService(check, service)}`;
  const field = await copyText(address.href);
  tell([field ? "Kopiëren lukt niet in deze browser. Kopieer de tekst hieronder zelf." : "De link is gekopieerd. Wie de link heeft, kan jullie antwoorden en keuzes lezen."], field);
}
