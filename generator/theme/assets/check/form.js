// The questions as they stand in the page: their texts, and reading and setting answers.

import { UNKNOWN } from "./recommend.js";

export class Form {
  constructor(root) {
    this.element = root.querySelector("form");
    this.questions = [...root.querySelectorAll("[data-question]")].map((element) => ({
      id: element.dataset.question,
      kind: element.dataset.kind,
      short: element.dataset.short,
      title: element.querySelector(".tw-question__title").textContent.trim(),
      workshop: "workshop" in element.dataset,
      most: Number(element.dataset.most ?? 0),
      section: element.closest("[data-section]").querySelector("h2").textContent.trim(),
      element,
      items: [...element.querySelectorAll("[data-item]")].map((group) => ({
        id: group.dataset.item,
        label: element.dataset.kind === "rooster" ? group.querySelector("legend").textContent.trim() : "",
        inputs: [...group.querySelectorAll("input")],
      })),
    }));
    this.byItem = new Map(this.questions.flatMap((question) => question.items.map((item) => [item.id, { question, item }])));
  }

  question(id) {
    return this.questions.find((question) => question.id === id);
  }

  // What an item is called in a list: the question's short name, with the row in a grid.
  itemLabel(id) {
    const { question, item } = this.byItem.get(id);
    return item.label ? `${question.short}: ${item.label}` : question.short;
  }

  optionLabel(id, option) {
    const input = this.byItem.get(id)?.item.inputs.find((candidate) => candidate.value === option);
    return input ? input.closest("label").textContent.trim() : option;
  }

  answers() {
    const answers = {};
    for (const { items } of this.questions) {
      for (const { id, inputs } of items) {
        const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
        if (chosen.length) answers[id] = chosen;
      }
    }
    return answers;
  }

  setAnswers(answers) {
    for (const { items } of this.questions) {
      for (const { id, inputs } of items) {
        for (const input of inputs) input.checked = (answers[id] ?? []).includes(input.value);
      }
    }
  }

  // Two answers to a question that say the opposite, or an empty text. In part both can be true, so it is no problem.
  doubt(question, data) {
    for (const { id, inputs } of question.items) {
      const { options } = data.items[id];
      const chosen = inputs.filter((input) => input.checked && input.value !== UNKNOWN).map((input) => input.value);
      for (const done of chosen) {
        const missing = chosen.find((other) => options[other].lacks.some((measure) => options[done].has.includes(measure)));
        if (missing) {
          const [one, other] = [done, missing].map((option) => `‘${this.optionLabel(id, option)}’`);
          return `Dit spreekt elkaar tegen: ${one} en ${other}. Wij gaan uit van het eerste. Klopt dat niet, wijzig dan dit antwoord.`;
        }
      }
    }
    return "";
  }

  // What is wrong with the answers to a question, as a text for the visitor, or an empty text.
  problem(question, data) {
    for (const { id, inputs } of question.items) {
      const chosen = inputs.filter((input) => input.checked);
      const alone = chosen.find((input) => input.value === UNKNOWN || data.items[id].options[input.value].exclusive);
      if (alone && chosen.length > 1) {
        return `‘${this.optionLabel(id, alone.value)}’ kan niet samen met een ander antwoord. Kies het een of het ander.`;
      }
      if (question.most && chosen.length > question.most) return `Kies hoogstens ${question.most} antwoorden.`;
    }
    return "";
  }
}
