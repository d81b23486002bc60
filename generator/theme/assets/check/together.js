// Several people, or one service at two moments: where answers differ, and what that changes.

import { button, el } from "../shared/dom.js";
import { agreements, answerChanges, differences, merged, tipChanges } from "./compare.js";
import { recommend } from "./recommend.js";

// `people` is a list of {who, answers}; `onAgreed` gets the answers that the group agreed on.
export function togetherView({ data, form, people, onAgreed }) {
  const differing = differences(data, people);
  const same = agreements(data, people);
  const agreed = merged(data, people);
  const questions = differing.length === 1 ? "1 punt" : `${differing.length} punten`;
  return el(
    "div",
    {},
    el("p", { class: "tw-count" }, differing.length ? `Jullie verschillen op ${questions}. Het grootste verschil staat bovenaan.` : "Jullie gaven overal hetzelfde antwoord."),
    differing.length ? el("p", {}, "Bespreek eerst de grootste verschillen: wat zien jullie, en waar komt dat door? Kies daarna samen een antwoord. Wat jullie openlaten, blijft open.") : null,
    el("ol", { class: "tw-differences" }, differing.map((found) => el("li", {}, differenceView(data, form, people, found, agreed)))),
    same.length
      ? el(
          "details",
          {},
          el("summary", {}, `Hier zijn jullie het over eens: ${same.length}`),
          el("dl", { class: "tw-rules" }, same.map(({ item, answers }) =>
            el("div", {}, el("dt", {}, form.itemLabel(item)), el("dd", {}, answers.map(({ option }) => form.optionLabel(item, option)).join(", "))))),
        )
      : null,
    el("p", { class: "tw-check__buttons" }, button("Ga verder met deze antwoorden", () => onAgreed(agreed), { class: "tw-button tw-button--main" })),
  );
}

// What somebody is called: their own name, or only a number when they gave none.
export function nameOf(people, index) {
  return people[index].who || `Persoon ${index + 1}`;
}

function differenceView(data, form, people, { item, answers, missing }, agreed) {
  const { multiple } = data.items[item];
  const names = (list) => list.map((index) => el("span", { class: "tw-differences__who" }, nameOf(people, index)));
  return el(
    "fieldset",
    {},
    el("legend", {}, el("h3", {}, form.itemLabel(item)), el("span", { class: "tw-differences__question" }, form.byItem.get(item).question.title)),
    el("div", { class: "tw-options" }, answers.map(({ option, who }) =>
      el(
        "label",
        { class: "tw-option" },
        el("input", {
          type: multiple ? "checkbox" : "radio",
          name: `samen-${item}`,
          value: option,
          onchange: (event) => {
            const others = multiple ? (agreed[item] ?? []).filter((other) => other !== option) : [];
            agreed[item] = event.target.checked ? [...others, option] : others;
          },
        }),
        el("span", { class: "tw-option__label" }, form.optionLabel(item, option), " ", names(who)),
      ))),
    missing.length ? el("p", { class: "tw-differences__missing" }, "Geen antwoord: ", names(missing)) : null,
  );
}

export function overTimeView({ data, form, base, before, after, moments }) {
  const tips = new Map(data.tips.map((tip) => [tip.number, tip]));
  const answers = answerChanges(data, before, after);
  const changed = tipChanges(recommend(data, before), recommend(data, after));
  const told = (item, options) => (options.length ? options.map((option) => form.optionLabel(item, option)).join(", ") : "Geen antwoord");
  const tipList = (heading, numbers) =>
    numbers.length
      ? el("section", {}, el("h4", {}, heading), el("ul", { class: "tw-result__list" }, numbers.map((number) =>
          el("li", {}, el("a", { href: base + tips.get(number).address }, `${number}. ${tips.get(number).title}`)))))
      : null;
  return el(
    "div",
    {},
    el("h3", {}, "Wat dat met de tips doet"),
    changed.came.length || changed.went.length || changed.nowKept.length
      ? el("div", { class: "tw-result__panels" },
          tipList("Nieuw bij Meer doen", changed.came),
          tipList("Niet meer bij Meer doen", changed.went),
          tipList("Nu bij Blijven doen", changed.nowKept))
      : el("p", {}, "Jullie krijgen dezelfde tips."),
    el("h3", {}, "Antwoorden die veranderden"),
    answers.length
      ? el(
          "dl",
          { class: "tw-rules tw-rules--moments" },
          answers.map((change) =>
            el(
              "div",
              {},
              el("dt", {}, form.itemLabel(change.item)),
              el("dd", {}, el("small", {}, moments[0]), told(change.item, change.before)),
              el("dd", {}, el("small", {}, moments[1]), el("strong", {}, told(change.item, change.after))),
            ),
          ),
        )
      : el("p", {}, "Alle antwoorden zijn hetzelfde gebleven."),
  );
}
