// All tips as data, and a tip as a card. Pages that work with tips in the browser share this.

import { el, icon } from "./dom.js";
import { saveButton } from "./save-button.js";

// The address of the site, from where this file stands.
export const base = new URL("../../", import.meta.url).href;

// {facets: [{id, label, options: [{id, label}]}], tips: [{number, title, summary, address, theme, effort, evidence, added, terms}]},
// as generator/tip_data.py wrote it. `icons` and labels of theme, effort and evidence come from the facets.
export async function loadTips() {
  const answer = await fetch(new URL("tips/gegevens.json", base));
  if (!answer.ok) throw new Error(`tips/gegevens.json: ${answer.status}`);
  return answer.json();
}

// What an id of a facet is called.
export function labelOf(data, facet, id) {
  return data.facets.find((one) => one.id === facet)?.options.find((option) => option.id === id)?.label ?? id;
}

// A card as the macro tip_card makes it. `extra` are elements for the foot of the card; `save` says whether it can be kept.
export function tipCard(data, tip, { level = 2, extra = [], save = true } = {}) {
  return el("li", { class: `tw-card tw-theme-${tip.theme}` },
    el("p", { class: "tw-card__theme" }, icon(`theme-${tip.theme}`), labelOf(data, "thema", tip.theme)),
    el(`h${level}`, { class: "tw-card__title" },
      el("a", { href: base + tip.address },
        el("span", { class: "tw-card__number" }, String(tip.number), el("span", { class: "tw-hidden" }, ". ")), tip.title)),
    el("p", { class: "tw-card__text" }, tip.summary),
    el("p", { class: "tw-card__facts" },
      el("span", {}, icon(`effort-${tip.effort}`), `Moeite: ${labelOf(data, "moeite", tip.effort).toLowerCase()}`), " ",
      el("span", {}, icon(`evidence-${tip.evidence}`), `Bewijs: ${labelOf(data, "bewijs", tip.evidence).toLowerCase()}`)),
    save ? saveButton(tip.number) : null,
    ...extra);
}
