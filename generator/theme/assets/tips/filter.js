// Which tips fit a visitor's filters, in which order, and how many each option would leave. Nothing here touches the page.
//
// Within a facet a tip needs one of the chosen options, between facets all. A state is
// {chosen: {facet: [option]}, text, order, shown}; `data` is what generator/tip_data.py wrote.

import { shortened } from "../shared/words.js";

const ORDERS = ["beste", "nummer", "nieuw", "moeite"];
export const STEP = 24; // So many tips show at first, and come with each 'Toon meer'.
const EFFORTS = ["klein", "middel", "groot"];
const MOST_TEXT = 200;

// The facets with for each option its place among all options, in which the tips' terms are told.
export function compile(data) {
  let place = 0;
  const facets = data.facets.map((facet) => ({ ...facet, options: facet.options.map((option) => ({ ...option, place: place++ })) }));
  return { facets, facetAt: facets.flatMap((facet, at) => facet.options.map(() => at)), tips: data.tips };
}

// `found` is what the text found: a map from a tip's place to its score; null without a text.
// Returns the places of the tips that fit, in order, and for every option how many tips fit that have it.
export function filtered(index, state, found) {
  const wanted = index.facets.map(({ id, options }) => {
    const chosen = state.chosen[id] ?? [];
    return chosen.length ? new Set(options.filter((option) => chosen.includes(option.id)).map((option) => option.place)) : null;
  });
  const counts = new Array(index.facetAt.length).fill(0);
  const fitting = [];
  for (const [at, tip] of index.tips.entries()) {
    if (found && !found.has(at)) continue;
    const failing = wanted.flatMap((places, facet) => (places && !tip.terms.some((term) => places.has(term)) ? [facet] : []));
    if (!failing.length) fitting.push(at);
    if (failing.length > 1) continue;
    // A tip that fails in one facet only would fit by another option of that facet.
    for (const term of tip.terms) if (!failing.length || index.facetAt[term] === failing[0]) counts[term]++;
  }
  return { fitting: fitting.sort(comparison(index.tips, orderOf(state), found)), counts };
}

// What the order is when a visitor chose none.
export function orderOf({ order, text }) {
  return order || (text ? "beste" : "nummer");
}

function comparison(tips, order, found) {
  const byNumber = (one, other) => tips[one].number - tips[other].number;
  const ways = {
    beste: (one, other) => (found?.get(other) ?? 0) - (found?.get(one) ?? 0) || byNumber(one, other),
    nummer: byNumber,
    nieuw: (one, other) => tips[other].added.localeCompare(tips[one].added) || byNumber(one, other),
    moeite: (one, other) => EFFORTS.indexOf(tips[one].effort) - EFFORTS.indexOf(tips[other].effort) || byNumber(one, other),
  };
  return ways[order];
}

// A state as the fragment of an address, such as `thema=inclusie,gebruiksgemak&zoek=brief`, and back. It stays in the fragment, so
// that what somebody types is not sent to the server. Whatever is unknown in a fragment is left out.
export function toFragment(index, state) {
  const parts = index.facets.filter(({ id }) => state.chosen[id]?.length).map(({ id }) => [id, state.chosen[id].join(",")]);
  if (state.text) parts.push(["zoek", state.text]);
  if (state.order) parts.push(["orde", state.order]);
  if (state.shown > STEP) parts.push(["toon", String(state.shown)]);
  return parts.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`).join("&");
}

export function fromFragment(index, fragment) {
  const given = new URLSearchParams(fragment.replace(/^#/, ""));
  const chosen = {};
  for (const { id, options } of index.facets) {
    const asked = (given.get(id) ?? "").split(",");
    const known = options.filter((option) => asked.includes(option.id)).map((option) => option.id);
    if (known.length) chosen[id] = known;
  }
  const order = given.get("orde") ?? "";
  const shown = Number(given.get("toon"));
  return {
    chosen,
    text: shortened((given.get("zoek") ?? "").trim(), MOST_TEXT).trim(),
    order: ORDERS.includes(order) ? order : "",
    shown: Number.isInteger(shown) && shown > STEP ? shown : STEP,
  };
}
