// The first screen: for which service, how long, and which tips take part.

import { loadStored as loadCheck } from "../check/state.js";
import { recommend } from "../check/recommend.js";
import { el } from "../shared/dom.js";
import { selection } from "../shared/selection.js";
import { base } from "../shared/tips.js";
import { counted } from "../shared/words.js";
import { LENGTHS, MOST_NAME } from "./state.js";

const MANY = 40;

export function welcomeScreen(board) {
  const count = el("p", { class: "tw-board__count" });
  const tell = () => {
    const { tips } = board.state;
    const many = tips.length > MANY ? " Dat is veel voor één workshop. Kies liever een thema of je eigen selectie." : "";
    count.textContent = `${counted(tips.length, "kaart doet", "kaarten doen")} mee.${many}`;
  };
  tell();
  return [
    el("div", { class: "tw-board__form" },
      el("label", {}, el("span", {}, "Voor welke dienst? (mag leeg)"),
        el("input", { type: "text", maxLength: MOST_NAME, value: board.state.naam, oninput: (event) => board.change({ naam: event.target.value }) })),
      el("fieldset", {}, el("legend", {}, "Hoeveel tijd hebben jullie?"),
        LENGTHS.map((length) => el("label", { class: "tw-board__option" },
          el("input", { type: "radio", name: "duur", checked: board.state.duur === length, onchange: () => board.setLength(length) }), `${length} minuten`))),
      el("label", {}, el("span", {}, "Welke tips doen mee?"), sourceSelect(board, tell))),
    count,
  ];
}

function sourceSelect(board, tell) {
  const { data, state } = board;
  const option = (value, label, disabled = false) => el("option", { value, disabled, selected: state.bron === value }, label);
  const kept = tipsFrom(board, "selectie");
  const themes = data.facets.find(({ id }) => id === "thema").options
    .map(({ id, label }) => ({ value: `thema-${id}`, label, size: tipsFrom(board, `thema-${id}`).length }))
    .filter(({ size }) => size > 0);
  return el("select", { onchange: (event) => choose(board, event.target, tell) },
    option("alle", `Alle tips (${data.tips.length})`),
    option("selectie", kept.length ? `Mijn selectie (${kept.length})` : "Mijn selectie (nog leeg)", !kept.length && state.bron !== "selectie"),
    option("zelfcheck", "De uitslag van de zelfcheck"),
    state.bron === "link" ? option("link", `De tips uit de link (${state.tips.length})`) : null,
    el("optgroup", { label: "Eén thema" }, themes.map(({ value, label, size }) => option(value, `${label} (${size})`))));
}

async function choose(board, select, tell) {
  const source = select.value;
  const found = source === "zelfcheck" ? await tipsFromCheck(board) : tipsFrom(board, source);
  if (found.length) {
    board.change({ tips: found, bron: source });
    board.say(`${counted(found.length, "kaart ligt", "kaarten liggen")} klaar.`);
    tell();
  } else {
    select.value = board.state.bron;
    board.say("In deze browser staat nog geen ingevulde zelfcheck. Doe die eerst, of kies andere tips.");
  }
}

// The numbers of the tips of a source, those that the site has.
function tipsFrom({ data, state }, source) {
  const all = data.tips.map(({ number }) => number);
  if (source === "alle") return all;
  if (source === "link") return state.tips;
  if (source === "selectie") return selection().map(({ number }) => number).filter((number) => all.includes(number));
  return data.tips.filter(({ theme }) => source === `thema-${theme}`).map(({ number }) => number);
}

// All that the self-check in this browser recommends, of every service that was filled in, best first.
async function tipsFromCheck({ tips }) {
  try {
    const data = await (await fetch(new URL("zelfcheck/gegevens.json", base))).json();
    const services = loadCheck(data)?.state.diensten.filter(({ antwoorden }) => Object.keys(antwoorden).length) ?? [];
    const found = services.map(({ antwoorden }) => recommend(data, antwoorden)).flatMap(({ first, rest, keep }) => [...first, ...rest, ...keep]);
    return [...new Set(found.map(({ number }) => number))].filter((number) => tips.has(number));
  } catch {
    return []; // A site may do without the self-check.
  }
}
