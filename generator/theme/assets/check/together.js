// Several people, or one service at two moments: where answers differ, and what that changes.

import { answerChanges, differences, merged, tipChanges } from "./compare.js";
import { button, el } from "../shared/dom.js";
import { recommend } from "./recommend.js";

// `people` is a list of {who, answers}; `onAgreed` gets the answers that the group agreed on.
export function togetherView({ data, form, people, onAgreed }) {
  const name = (index) => people[index].who || `Persoon ${index + 1}`;
  const differing = differences(data, people);
  const agreed = merged(data, people);
  return el(
    "div",
    {},
    el("p", { class: "tw-count" }, differing.length ? `Jullie antwoorden verschillen bij ${differing.length} vragen. Het grootste verschil staat bovenaan.` : "Jullie gaven overal hetzelfde antwoord."),
    el(
      "ol",
      { class: "tw-differences" },
      differing.map(({ item, answers, missing }) => {
        const { multiple } = data.items[item];
        return el(
          "li",
          {},
          el(
            "fieldset",
            {},
            el("legend", {}, el("h3", {}, form.itemLabel(item)), el("p", { class: "tw-differences__question" }, form.byItem.get(item).question.title)),
            answers.map(({ option, who }) =>
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
                el("span", { class: "tw-option__label" }, form.optionLabel(item, option), el("small", {}, ` ${who.map(name).join(", ")}`)),
              ),
            ),
            missing.length ? el("p", { class: "tw-differences__missing" }, `Geen antwoord: ${missing.map(name).join(", ")}`) : null,
          ),
        );
      }),
    ),
    el("p", {}, "Bespreek de grootste verschillen. Kies daarna samen een antwoord. Wat jullie openlaten, blijft open."),
    el("p", { class: "tw-check__buttons" }, button("Ga verder met deze antwoorden", () => onAgreed(agreed), { class: "tw-button tw-button--main" })),
  );
}

export function overTimeView({ data, form, before, after, moments }) {
  const tips = new Map(data.tips.map((tip) => [tip.number, tip]));
  const answers = answerChanges(data, before, after);
  const changed = tipChanges(recommend(data, before), recommend(data, after));
  const told = (item, options) => (options.length ? options.map((option) => form.optionLabel(item, option)).join(", ") : "geen antwoord");
  const tipList = (heading, numbers) =>
    numbers.length
      ? [el("h4", {}, heading), el("ul", {}, numbers.map((number) => el("li", {}, `${number}. ${tips.get(number).title}`)))]
      : [];
  return el(
    "div",
    {},
    el("h3", {}, "Antwoorden die veranderden"),
    answers.length
      ? el(
          "dl",
          { class: "tw-rules" },
          answers.map((change) =>
            el(
              "div",
              {},
              el("dt", {}, form.itemLabel(change.item)),
              el("dd", {}, `${moments[0]}: ${told(change.item, change.before)}. `, el("strong", {}, `${moments[1]}: ${told(change.item, change.after)}.`)),
            ),
          ),
        )
      : el("p", {}, "Alle antwoorden zijn hetzelfde gebleven."),
    el("h3", {}, "Wat dat met de tips doet"),
    changed.came.length || changed.went.length || changed.nowKept.length
      ? [
          ...tipList("Nieuw bij Meer doen", changed.came),
          ...tipList("Niet meer bij Meer doen", changed.went.filter((number) => !changed.nowKept.includes(number))),
          ...tipList("Nu bij Blijven doen", changed.nowKept),
        ]
      : el("p", {}, "Jullie krijgen dezelfde tips."),
  );
}
