// The overview of all tips: filters, free text and order. What to show stands in filter.js; the state stands in the address.

import { button, el, icon } from "../shared/dom.js";
import { toFragment as tipsFragment } from "../shared/selection.js";
import { base, loadTips, tipCard } from "../shared/tips.js";
import { STEP, compile, filtered, fromFragment, orderOf, toFragment } from "./filter.js";

const MOST_OPTIONS = 12; // Of a longer facet the rest is folded.
const form = document.querySelector("[data-tw-filters]");
const part = (name) => document.querySelector(`[data-tw-${name}]`);
const [text, order, fold] = [form.elements.zoek, document.querySelector("#filter-orde"), part("fold")];
const groups = new Map([...form.querySelectorAll("[data-facet]")].map((group) => [group.dataset.facet, group]));
const data = await loadTips();
const index = compile(data);
let state = fromFragment(index, location.hash);
let leaves = null; // How many tips each option leaves, once something is drawn.
let search = null; // The search engine, fetched when somebody types.

// ---------------------------------------------------------------- finding

// Returns a map from a tip's place to its score, or null when nothing is typed; and how words were read.
async function findText() {
  if (!state.text) return { found: null, corrected: [] };
  search ??= import("../search/engine.js").then(({ openSearch }) => openSearch(base));
  const { results, corrected } = await (await search).search(state.text);
  return { found: new Map(results.filter(({ document }) => document < data.tips.length).map(({ document, score }) => [document, score])), corrected };
}

// Show what fits the state. An answer that a newer question overtook is dropped.
async function update() {
  const asked = state;
  const { found, corrected } = await findText();
  if (asked === state) draw(filtered(index, state, found), corrected);
}

function change(changes, { typing = false } = {}) {
  state = { ...state, shown: STEP, ...changes };
  const address = `${location.pathname}#${toFragment(index, state)}`;
  // Each letter typed is no step to go back to.
  if (typing) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  return update();
}

// ---------------------------------------------------------------- drawing

function draw({ fitting, counts }, corrected) {
  leaves = counts;
  part("count").textContent = `${fitting.length} ${fitting.length === 1 ? "tip" : "tips"} gevonden`;
  part("cards").replaceChildren(fitting.length ? cards(fitting.slice(0, state.shown)) : nothing());
  part("pager")?.remove();
  part("active").replaceChildren(...active(corrected));
  part("more").replaceChildren(...more(fitting));
  for (const facet of index.facets) drawFacet(facet, counts);
  drawOrder();
}

function cards(places) {
  return el("ul", { class: "tw-cards" }, places.map((place) => tipCard(data, data.tips[place])));
}

function nothing() {
  return el("p", { class: "tw-none" }, "Geen tip past hierbij. Haal een filter weg, of zoek met een ander woord.");
}

function more(fitting) {
  const left = fitting.length - state.shown;
  const shown = fitting.slice(0, 300).map((place) => data.tips[place].number);
  const foot = el("p", { class: "tw-found__foot" }, el("a", { href: `${base}kaarten/#${tipsFragment(shown)}` }, "Maak kaarten van deze tips"));
  if (left <= 0) return fitting.length ? [foot] : [];
  const show = button(`Toon meer: nog ${left}`, async () => {
    const first = state.shown;
    state = { ...state, shown: first + STEP };
    history.replaceState(null, "", `${location.pathname}#${toFragment(index, state)}`);
    await update();
    part("cards").querySelectorAll(".tw-card__title a")[first]?.focus();
  });
  return [show, foot];
}

function active(corrected) {
  const notice = corrected.length
    ? [el("p", { class: "tw-corrected" }, "Gezocht op ", corrected.map(({ used }) => `‘${used}’`).join(" en "), ", want ", corrected.map(({ typed }) => `‘${typed}’`).join(" en "), " staat in geen tip.")]
    : [];
  const chosen = index.facets.flatMap((facet) => facet.options.filter((option) => state.chosen[facet.id]?.includes(option.id)).map((option) => [facet, option]));
  if (!chosen.length && !state.text) return notice;
  const without = (label, changes) =>
    el("li", {}, button([label, el("span", { class: "tw-hidden" }, ", haal dit filter weg"), icon("close")], async () => {
      await change(changes);
      (part("active").querySelector("button") ?? text).focus();
    }, { class: "tw-active__filter" }));
  const items = chosen.map(([facet, option]) => without(`${facet.label}: ${option.label}`, { chosen: { ...state.chosen, [facet.id]: state.chosen[facet.id].filter((id) => id !== option.id) } }));
  if (state.text) items.unshift(without(`Zoekt: ${state.text}`, { text: "" }));
  if (items.length > 1) {
    items.push(el("li", {}, button("Wis alle filters", async () => {
      await change({ chosen: {}, text: "", order: "" });
      text.focus();
    })));
  }
  return [...notice, el("ul", { class: "tw-active", "aria-label": "Gekozen filters" }, items)];
}

// The options of a facet are made when it is first opened: there may be hundreds of people.
function drawFacet(facet, counts) {
  const group = groups.get(facet.id);
  const chosen = state.chosen[facet.id] ?? [];
  group.querySelector(".tw-filters__chosen").textContent = chosen.length ? ` (${chosen.length} gekozen)` : "";
  group.hidden = !facet.options.length;
  if (!group.open) return;
  const fieldset = group.querySelector("fieldset");
  if (!fieldset.querySelector("input")) fieldset.append(...options(facet));
  for (const [at, input] of [...fieldset.querySelectorAll("input")].entries()) {
    const option = facet.options[at];
    input.checked = chosen.includes(option.id);
    input.disabled = !counts[option.place] && !input.checked;
    input.parentElement.querySelector(".tw-filter__count").textContent = counts[option.place];
  }
}

function options(facet) {
  const made = facet.options.map((option) =>
    el("label", { class: "tw-filter" },
      el("input", { type: "checkbox", value: option.id, onchange: () => choose(facet) }),
      el("span", { class: "tw-filter__label" }, option.label),
      el("span", { class: "tw-filter__count" }), el("span", { class: "tw-hidden" }, " tips")));
  if (made.length <= MOST_OPTIONS) return made;
  const rest = el("details", { class: "tw-filters__rest" }, el("summary", {}, `Nog ${made.length - MOST_OPTIONS}`), made.slice(MOST_OPTIONS));
  return [...made.slice(0, MOST_OPTIONS), rest];
}

function choose(facet) {
  const chosen = [...groups.get(facet.id).querySelectorAll("input:checked")].map((input) => input.value);
  return change({ chosen: { ...state.chosen, [facet.id]: chosen } });
}

function drawOrder() {
  order.querySelector("[value=beste]").hidden = !state.text; // Only a text fits better or worse.
  order.value = orderOf(state);
}

// ---------------------------------------------------------------- starting

function read() {
  state = fromFragment(index, location.hash);
  if (text.value.trim() !== state.text) text.value = state.text;
  return update();
}

form.addEventListener("submit", (event) => event.preventDefault());
text.addEventListener("input", () => change({ text: text.value.trim() }, { typing: true }));
order.addEventListener("change", () => change({ order: order.value }));
addEventListener("hashchange", read);
for (const facet of index.facets) {
  const group = groups.get(facet.id);
  // Only this facet: a press on something that is drawn anew would be lost.
  group.addEventListener("toggle", () => leaves && drawFacet(facet, leaves));
  if (state.chosen[facet.id]) group.open = true;
}
fold.addEventListener("click", () => {
  const open = fold.getAttribute("aria-expanded") !== "true";
  fold.setAttribute("aria-expanded", String(open));
  document.querySelector("#filters").classList.toggle("tw-filters__groups--open", open);
});
text.value = state.text;
await update();
