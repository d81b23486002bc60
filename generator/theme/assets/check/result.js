// The result: tips to do more of, to keep doing and to find out first, each with its reason and the answers behind it.

import { button, el, icon } from "../shared/dom.js";
import { saveButton } from "../shared/save-button.js";
import { STATUSES } from "./plan.js";
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
  keep: "Jullie doen dit al. Daarom staat de tip bij ‘Blijven doen’.",
  out: "Deze tip is alleen voor groepen of kanalen die jullie dienst bijna niet heeft.",
  little: "Jullie antwoorden raken deze tip maar een beetje. Andere tips passen beter.",
  none: "Geen van jullie antwoorden wijst naar deze tip. Dat betekent niet dat hij nergens goed voor is.",
};

export function resultView({ data, form, service, result, base, onPlan }) {
  const tips = new Map(data.tips.map((tip) => [tip.number, tip]));
  const card = (found) => tipCard({ tip: tips.get(found.number), found, reason: reasonOf(data, found), form, service, base, onPlan });
  return el(
    "div",
    { class: "tw-result" },
    el("h3", {}, "Meer doen"),
    el("p", { class: "tw-count" }, countOf(result.first.length, "tip om mee te beginnen", "tips om mee te beginnen")),
    el("ol", { class: "tw-result__tips" }, result.first.map(card)),
    result.rest.length
      ? unfolding(`Toon meer: ${countOf(result.rest.length, "tip", "tips")} in dezelfde volgorde`, () =>
          el("ol", { class: "tw-result__tips", start: result.first.length + 1 }, result.rest.map(card)),
        )
      : null,
    el("h3", {}, "Blijven doen"),
    result.keep.length
      ? el("ul", { class: "tw-result__tips" }, result.keep.map(card))
      : el("p", {}, "Jullie noemden nog geen goede gewoonte waar een tip over gaat."),
    el("h3", {}, "Eerst uitzoeken"),
    result.findOut.length || result.uncertain.length
      ? el(
          "ul",
          { class: "tw-result__find" },
          result.findOut.map(({ question, text }) => el("li", {}, el("strong", {}, form.question(question).title), " ", text)),
          result.uncertain.map(({ number, reason }) => el("li", {}, el("strong", {}, `Tip ${number}: `), reason)),
        )
      : el("p", {}, "Jullie wisten op elke vraag die jullie invulden een antwoord."),
    el("h3", {}, "Waarom staat een tip er niet bij?"),
    unfolding("Kies een tip en lees waarom", () => whyNotView({ data, service })),
  );
}

// Details whose content is made when they are first opened: with a thousand tips that is most of the work.
function unfolding(summary, make) {
  const details = el("details", {}, el("summary", {}, summary));
  details.addEventListener("toggle", () => details.append(make()), { once: true });
  return details;
}

function countOf(number, one, more) {
  return `${number} ${number === 1 ? one : more}`;
}

function tipCard({ tip, found, reason, form, service, base, onPlan }) {
  const status = service.plan[tip.number]?.status ?? "";
  return el(
    "li",
    { class: `tw-card tw-result__tip tw-theme-${tip.theme}` },
    el("h4", { class: "tw-result__title" }, el("a", { href: base + tip.address }, `${tip.number}. ${tip.title}`)),
    el("p", { class: "tw-result__reason" }, reason),
    el("p", { class: "tw-card__text" }, tip.summary),
    el("p", { class: "tw-card__facts" }, `Moeite: ${tip.effort}`),
    saveButton(tip.number),
    found.trace.length
      ? el(
          "details",
          { class: "tw-result__trace" },
          el("summary", {}, "Welke antwoorden hier achter zitten"),
          el("ul", {}, found.trace.map((step) => el("li", {}, traceText(form, step)))),
        )
      : null,
    el(
      "label",
      { class: "tw-result__plan" },
      "In het plan ",
      el(
        "select",
        { onchange: (event) => onPlan(tip.number, event.target.value) },
        [["", "nog niet gekozen"], ...Object.entries(STATUSES)].map(([value, label]) => el("option", { value, selected: value === status }, label)),
      ),
      el("span", { class: "tw-hidden" }, ` voor tip ${tip.number}`),
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
  return el("div", { class: "tw-result__why" }, el("label", { for: "waarom-niet" }, "Tip"), select, answer);
}

export function planView({ rows, service, onChange, actions }) {
  if (!rows.length) return el("p", {}, "Kies bij een tip hierboven wat jullie ermee doen. Dan staat hij in het plan.");
  const field = (row, name, control) =>
    el("label", {}, el("span", { class: "tw-plan__label" }, control.label), el(control.tag, {
      value: service.plan[row.number][name] ?? "",
      onchange: (event) => onChange(row.number, name, event.target.value),
      ...control.properties,
    }));
  return el(
    "div",
    {},
    el(
      "ul",
      { class: "tw-plan" },
      rows.map((row) =>
        el(
          "li",
          { class: "tw-plan__row" },
          el("p", { class: "tw-plan__tip" }, el("strong", {}, `${row.number}. ${row.title}`), ` ${row.label}`),
          field(row, "wie", { label: "Wie", tag: "input", properties: { type: "text", maxLength: 500 } }),
          field(row, "wanneer", { label: "Wanneer", tag: "input", properties: { type: "date", max: "9999-12-31" } }),
          field(row, "notitie", { label: "Notitie", tag: "textarea", properties: { rows: 2, maxLength: 500 } }),
        ),
      ),
    ),
    el("p", { class: "tw-check__buttons" }, actions.map(([label, name, run]) => button([icon(name), label], run))),
  );
}
