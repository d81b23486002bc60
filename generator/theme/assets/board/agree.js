// The last screens: choose at most four tips, agree who does what, and take the plan along.

import { planCalendar, planCsv, planMarkdown, planRows } from "../check/plan.js";
import { fileName } from "../check/state.js";
import { button, download, el, icon } from "../shared/dom.js";
import { base } from "../shared/tips.js";
import { chosen, inPile, MOST_CHOSEN, MOST_TEXT, PILES } from "./state.js";

export const today = () => new Date().toLocaleDateString("sv-SE"); // The ISO form of the day here.

// The name of a file of this workshop, made from the name of the service.
export function nameOfFile(kind, state, extension) {
  return fileName({ diensten: [state] }, today()).replace(/^zelfcheck/, kind).replace(/json$/, extension);
}

export function fourScreen(board) {
  const candidates = inPile(board.state, "meer");
  if (!candidates.length) return [nothingYet("Er ligt nog geen kaart op Meer doen.", "#stap-3", "Leg eerst kaarten op een stapel")];
  const count = el("p", { class: "tw-board__count" });
  const tell = () => (count.textContent = `${chosen(board.state).length} van hoogstens ${MOST_CHOSEN} gekozen.`);
  const choose = (event, number) => {
    const others = chosen(board.state).filter((other) => other !== number);
    if (event.target.checked && others.length >= MOST_CHOSEN) {
      event.target.checked = false;
      return void board.say(`Jullie hebben er al ${MOST_CHOSEN}. Haal er eerst één weg.`);
    }
    board.change({ gekozen: event.target.checked ? [...others, number] : others });
    tell();
    board.say(count.textContent);
  };
  tell();
  return [
    el("fieldset", { class: "tw-four" },
      el("legend", {}, "Kaarten op Meer doen"),
      candidates.map((number) => {
        const tip = board.tips.get(number);
        return el("label", { class: `tw-four__card tw-theme-${tip.theme}` },
          el("input", { type: "checkbox", checked: board.state.gekozen.includes(number), onchange: (event) => choose(event, number) }),
          el("span", {}, el("strong", {}, `${number}. ${tip.title}`), el("span", { class: "tw-four__text" }, tip.summary)));
      })),
    count,
  ];
}

function nothingYet(text, address, label) {
  return el("div", { class: "tw-notice" }, el("p", {}, `${text} `, el("a", { href: address }, label), "."));
}

const NO_CHOICE = ["Jullie hebben nog geen tip gekozen.", "#stap-5", "Kies hoogstens vier tips"];

// ---------------------------------------------------------------- who does what

export function agreeScreen(board) {
  const numbers = chosen(board.state);
  if (!numbers.length) return [nothingYet(...NO_CHOICE)];
  return [el("ol", { class: "tw-agree" }, numbers.map((number) => {
    const tip = board.tips.get(number);
    const field = (name, label, tag, properties) => el("label", { class: `tw-agree__${name}` }, el("span", {}, label, el("span", { class: "tw-hidden" }, ` bij tip ${number}`)), el(tag, {
      value: agreement(board.state, number)[name],
      oninput: (event) => {
        const changed = { ...agreement(board.state, number), [name]: event.target.value };
        board.change({ afspraken: { ...board.state.afspraken, [number]: changed } });
      },
      ...properties,
    }));
    return el("li", { class: `tw-theme-${tip.theme}` },
      el("h3", {}, el("a", { href: base + tip.address }, `${number}. ${tip.title}`)),
      el("div", { class: "tw-agree__fields" },
        field("wie", "Wie", "input", { type: "text", maxLength: MOST_TEXT }),
        field("wanneer", "Wanneer", "input", { type: "date", max: "9999-12-31" }),
        field("notitie", "Eerste stap", "textarea", { rows: 2, maxLength: MOST_TEXT })));
  }))];
}

function agreement(state, number) {
  return state.afspraken[number] ?? { wie: "", wanneer: "", notitie: "" };
}

// ---------------------------------------------------------------- the plan

export function closeScreen(board) {
  const { state, data } = board;
  // The plan of the self-check has the same shape: one service, and what is done with each tip.
  const service = { naam: state.naam, plan: Object.fromEntries(chosen(state).map((number) => [number, { status: "gaan-we-doen", ...agreement(state, number) }])) };
  const rows = planRows(data, service, {}, base);
  const file = (extension) => nameOfFile("actieplan", state, extension);
  return [
    el("h3", { class: "tw-board__title" }, state.naam ? `Plan voor ${state.naam}` : "Ons plan"),
    rows.length ? el("ol", { class: "tw-board__plan" }, rows.map(planRow)) : nothingYet(...NO_CHOICE),
    rows.length ? el("p", { class: "tw-board__buttons" },
      button([icon("printer-outline"), "Print of maak een pdf"], () => window.print(), { class: "tw-button tw-button--main" }),
      button([icon("table-arrow-down"), "Bewaar voor Excel"], () => download(file("csv"), "text/csv;charset=utf-8", planCsv(service, rows))),
      button([icon("calendar-outline"), "Zet in de agenda"], () => {
        const calendar = planCalendar(service, rows, today());
        if (calendar) download(file("ics"), "text/calendar;charset=utf-8", calendar);
        else board.say("Vul eerst bij een tip in wanneer jullie het doen.");
      }),
      button([icon("content-copy"), "Kopieer als tekst"], () => board.copy(planMarkdown(service, rows), "Het plan is gekopieerd."))) : null,
    el("section", { class: "tw-board__rest" },
      el("h3", {}, "Wat er op de stapels lag"),
      el("dl", {}, Object.entries(PILES).map(([pile, label]) => {
        const lying = inPile(state, pile).map((number) => `${number}. ${board.tips.get(number).title}`);
        return el("div", {}, el("dt", {}, label), lying.length ? lying.map((line) => el("dd", {}, line)) : el("dd", {}, "Niets"));
      }))),
  ];
}

function planRow({ number, title, wie, wanneer, notitie, address }) {
  const part = (label, text) => el("div", {}, el("dt", {}, label), el("dd", {}, text || "Nog niet afgesproken"));
  const day = wanneer && new Date(`${wanneer}T00:00`).toLocaleDateString("nl-NL", { day: "numeric", month: "long", year: "numeric" });
  return el("li", {},
    el("h4", {}, el("a", { href: address }, `${number}. ${title}`)),
    el("dl", {}, part("Wie", wie), part("Wanneer", day), part("Eerste stap", notitie)));
}
