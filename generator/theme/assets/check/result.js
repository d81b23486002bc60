// The result: tips to do more of, to keep doing and to find out first, each with its reason and the answers behind it.

import { button, el, icon } from "../shared/dom.js";
import { saveButton } from "../shared/save-button.js";
import { counted } from "../shared/words.js";
import { STATUSES, dutchDate } from "./plan.js";
import { reasonOf, whyNot } from "./recommend.js";

const WEIGHTS = [
  [8, "telt heel sterk"],
  [5, "telt sterk"],
  [3, "telt mee"],
  [0, "telt een beetje"],
];
const WHY_NOT = {
  first: "Deze tip staat bij de eerste tips.",
  rest: "Deze tip past wel, maar andere tips passen beter bij jullie antwoorden. Je vindt hem onder ‘Toon meer’.",
  theme: "Er staan al twee tips van hetzelfde thema bij de eerste vijf. Je vindt deze onder ‘Toon meer’.",
  one: "Deze tip gaat over één dienst, en geen antwoord zegt of dat jullie dienst is. Je vindt hem onder ‘Toon meer’.",
  keep: "Jullie doen dit al. Daarom staat de tip bij ‘Blijven doen’.",
  out: "Deze tip is alleen voor groepen of kanalen die jullie dienst bijna niet heeft.",
  little: "Jullie antwoorden raken deze tip maar een beetje. Andere tips passen beter.",
  none: "Geen van jullie antwoorden wijst naar deze tip. Dat betekent niet dat hij nergens goed voor is.",
};

// `onStatus` gets the number of a tip and what the municipality does with it, or an empty text when it takes that back.
export function resultView({ data, form, service, result, base, onStatus }) {
  const tips = new Map(data.tips.map((tip) => [tip.number, tip]));
  const card = (found) => tipCard({ tip: tips.get(found.number), found, data, form, service, base, onStatus });
  const kept = (found) => {
    const { number, title, address } = tips.get(found.number);
    return el("li", {}, el("a", { href: base + address }, `${number}. ${title}`), el("p", {}, reasonOf(data, found)));
  };
  return el(
    "div",
    { class: "tw-result" },
    el("h3", {}, "Meer doen"),
    el("p", { class: "tw-count" }, `${counted(result.first.length, "tip", "tips")} om mee te beginnen. Kies bij elke tip wat jullie ermee doen.`),
    el("ol", { class: "tw-result__tips" }, result.first.map(card)),
    result.rest.length
      ? unfolding(`Toon meer: ${counted(result.rest.length, "tip", "tips")} in dezelfde volgorde`, () =>
          el("ol", { class: "tw-result__tips tw-result__tips--rest", start: result.first.length + 1 }, result.rest.map(card)),
        )
      : null,
    unfolding("Waarom staat een tip er niet bij?", () => whyNotView({ data, service })),
    el(
      "div",
      { class: "tw-result__panels" },
      el(
        "section",
        {},
        el("h3", {}, "Blijven doen"),
        result.keep.length
          ? el("ul", { class: "tw-result__list" }, result.keep.map(kept))
          : el("p", {}, "Jullie noemden nog geen goede gewoonte waar een tip over gaat."),
      ),
      el(
        "section",
        {},
        el("h3", {}, "Eerst uitzoeken"),
        result.findOut.length || result.uncertain.length
          ? el(
              "ul",
              { class: "tw-result__list" },
              result.findOut.map(({ question, text }) => el("li", {}, el("strong", {}, form.question(question).title), el("p", {}, text))),
              result.uncertain.map(({ number, reason }) => el("li", {}, el("strong", {}, `Tip ${number}`), el("p", {}, reason))),
            )
          : el("p", {}, "Jullie kozen nergens ‘weet ik niet’."),
      ),
    ),
  );
}

// Shows on every card of a tip what the plan says of it.
export function showStatus(element, number, status) {
  for (const choice of element.querySelectorAll(`.tw-result__plan[data-tip="${number}"] button`)) {
    choice.setAttribute("aria-pressed", String(choice.value === status));
  }
}

// Details whose content is made when they are first opened: with a thousand tips that is most of the work.
function unfolding(summary, make) {
  const details = el("details", {}, el("summary", {}, summary));
  details.addEventListener("toggle", () => details.append(make()), { once: true });
  return details;
}

function tipCard({ tip, found, data, form, service, base, onStatus }) {
  const { number, title, address, theme, effort, summary } = tip;
  const status = service.plan[number]?.status ?? "";
  const trace = unfolding("Welke antwoorden hierachter zitten", () => el("ul", {}, found.trace.map((step) => el("li", {}, traceText(form, step)))));
  trace.className = "tw-result__trace";
  return el(
    "li",
    { class: `tw-card tw-result__tip tw-theme-${theme}` },
    el("p", { class: "tw-card__theme" }, icon(`theme-${theme}`), data.themes[theme]),
    el("h4", { class: "tw-result__title" }, el("a", { href: base + address }, el("span", { class: "tw-card__number" }, `${number}.`), title)),
    el("p", { class: "tw-result__reason" }, reasonOf(data, found)),
    el("p", { class: "tw-card__text" }, summary),
    el("p", { class: "tw-card__facts" }, el("span", {}, icon(`effort-${effort}`), `Moeite: ${effort}`)),
    saveButton(number),
    found.trace.length ? trace : null,
    el(
      "div",
      { class: "tw-result__plan", role: "group", "aria-label": `Wat doen jullie met tip ${number}?`, "data-tip": number },
      Object.entries(STATUSES).map(([value, label]) =>
        el("button", {
          type: "button",
          value,
          "aria-pressed": String(value === status),
          onclick: ({ currentTarget }) => onStatus(number, currentTarget.getAttribute("aria-pressed") === "true" ? "" : value),
        }, label),
      ),
    ),
  );
}

function traceText(form, { item, option, points }) {
  const weight = points ? ` (${WEIGHTS.find(([least]) => points >= least)[1]})` : "";
  return `${form.itemLabel(item)}: ${form.optionLabel(item, option)}${weight}`;
}

function whyNotView({ data, service }) {
  const answer = el("p", { role: "status" });
  const select = el(
    "select",
    { id: "waarom-niet", onchange: () => (answer.textContent = select.value ? WHY_NOT[whyNot(data, service.antwoorden, Number(select.value))] : "") },
    el("option", { value: "" }, "Kies een tip"),
    data.tips.map((tip) => el("option", { value: tip.number }, `${tip.number}. ${tip.title}`)),
  );
  return el("div", { class: "tw-result__why" }, el("label", { for: "waarom-niet" }, "Over welke tip gaat het?"), select, answer);
}

// `onChange` gets the number of a tip and what changes; `actions` are [label, icon, what it does].
export function planView({ rows, service, onChange, actions }) {
  if (!rows.length) return el("p", {}, "Nog leeg. Kies bij een tip wat jullie ermee doen. Dan vullen jullie hier in wie het doet en wanneer.");
  return el(
    "div",
    {},
    el("ul", { class: "tw-plan" }, rows.map((row) => planRow(row, onChange))),
    planTable(rows, service),
    el("p", { class: "tw-check__buttons" }, actions.map(([label, name, run]) => button([icon(name), label], run))),
  );
}

// What a row of the plan is called: a link to its tip, as long as the site has it.
function planTip({ number, title, address }) {
  return address ? el("a", { href: address }, `${number}. ${title}`) : `Tip ${number}. ${title}.`;
}

function planRow(row, onChange) {
  const { number, status, wie, wanneer, notitie } = row;
  const field = (label, name, tag, properties, ...children) =>
    el("label", {}, el("span", { class: "tw-plan__label" }, label), el(tag, {
      "data-field": name,
      onchange: ({ target }) => onChange(number, { [name]: target.value }),
      ...properties,
    }, ...children));
  return el(
    "li",
    { class: "tw-plan__row", "data-tip": number },
    el("h4", {}, planTip(row)),
    field("Wat", "status", "select", {}, Object.entries(STATUSES).map(([value, label]) => el("option", { value, selected: value === status }, label))),
    field("Wie", "wie", "input", { type: "text", maxLength: 500, value: wie }),
    field("Wanneer", "wanneer", "input", { type: "date", max: "9999-12-31", value: wanneer }),
    field("Notitie", "notitie", "textarea", { rows: 2, maxLength: 500, value: notitie }),
    button(["Haal uit het plan", el("span", { class: "tw-hidden" }, `: tip ${number}`)], () => onChange(number, { status: "" }), { class: "tw-plan__remove" }),
  );
}

// The same plan for paper, where fields cut off what is in them.
function planTable(rows, service) {
  const header = ["Tip", "Wat", "Wie", "Wanneer", "Notitie"];
  return el(
    "table",
    { class: "tw-plan-table" },
    el("caption", {}, service.naam ? `Actieplan: ${service.naam}` : "Actieplan"),
    el("thead", {}, el("tr", {}, header.map((label) => el("th", { scope: "col" }, label)))),
    el("tbody", {}, rows.map((row) =>
      el("tr", {},
        el("th", { scope: "row" }, planTip(row), row.reason ? el("small", {}, row.reason) : null),
        [row.label, row.wie, dutchDate(row.wanneer), row.notitie].map((text) => el("td", {}, text))))),
  );
}
