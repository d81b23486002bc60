// What a workshop keeps: in this browser, and in a file. Either may hold anything, so what is read is built anew from known
// fields, or refused as a whole. Storage may be full, forbidden or spoiled; then the workshop lives as long as the page.

import { shortened } from "../shared/words.js";

const KEY = "tipwijzer.workshop";
const KIND = "tipwijzer-workshop";
const VERSION = 1;
export const LENGTHS = [60, 90];
export const MOST_CHOSEN = 4;
export const MOST_TEXT = 500;
export const MOST_NAME = 120;
export const PILES = { minder: "Minder doen", blijven: "Blijven doen", meer: "Meer doen", niet: "Niet nu" };
const MOST_MOVES = 200; // That can be undone.
const MOST_SECONDS = 3 * 60 * 60; // On a clock, also after many added minutes.

// `tips` are the numbers that take part, `bron` says where they come from: alle, selectie, zelfcheck, link or thema-<id>.
export function newState(tips) {
  return {
    soort: KIND, versie: VERSION, duur: LENGTHS[0], naam: "", bron: "alle", tips, stapels: {}, zetten: [], gekozen: [], afspraken: {},
    klokken: {}, klok: true,
  };
}

// Returns a sound state from whatever was kept, or null when it is no workshop. `tips` are the numbers that the site has.
export function sound(kept, tips) {
  if (!isObject(kept) || kept.soort !== KIND || kept.versie !== VERSION) return null;
  const known = new Set(tips);
  const names = new Set(tips.map(String)); // As a key, 12 may only be written in one way.
  const numbers = (list) => [...new Set(Array.isArray(list) ? list.filter((number) => known.has(number)) : [])];
  const entries = (object) => Object.entries(isObject(object) ? object : {});
  const byTip = (object, isGood) => entries(object).filter(([number, value]) => names.has(number) && isGood(value));
  const isPile = (pile) => typeof pile === "string" && Object.hasOwn(PILES, pile);
  const isMove = (move) => Array.isArray(move) && known.has(move[0]) && (move[1] === null || isPile(move[1]));
  const taking = numbers(kept.tips);
  const isSource = taking.length > 0 && typeof kept.bron === "string" && /^(selectie|zelfcheck|link|thema-[a-z0-9-]{1,60})$/.test(kept.bron);
  return {
    ...newState(isSource ? taking : tips), // All tips are those of today, also when the site had fewer.
    duur: LENGTHS.includes(kept.duur) ? kept.duur : LENGTHS[0],
    naam: text(kept.naam, MOST_NAME),
    bron: isSource ? kept.bron : "alle",
    stapels: Object.fromEntries(byTip(kept.stapels, isPile)),
    zetten: (Array.isArray(kept.zetten) ? kept.zetten.filter(isMove) : []).map(([number, from]) => [number, from]).slice(-MOST_MOVES),
    gekozen: numbers(kept.gekozen).slice(0, MOST_CHOSEN),
    afspraken: Object.fromEntries(byTip(kept.afspraken, isObject).map(([number, { wie, wanneer, notitie }]) =>
      [number, { wie: text(wie, MOST_TEXT), wanneer: date(wanneer), notitie: text(notitie, MOST_TEXT) }])),
    klokken: Object.fromEntries(entries(kept.klokken).filter(([step, clock]) => /^\d$/.test(step) && isClock(clock))
      .map(([step, { rest, eind }]) => [step, { rest, eind }])),
    klok: kept.klok !== false,
  };
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(value, most) {
  return typeof value === "string" ? shortened(value, most) : "";
}

// The browser itself tells which dates exist.
function date(value) {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return "";
  return Object.assign(document.createElement("input"), { type: "date", value }).value;
}

function isClock(clock) {
  if (!isObject(clock) || !Number.isInteger(clock.rest) || clock.rest < 0 || clock.rest > MOST_SECONDS) return false;
  return clock.eind === null || (Number.isFinite(clock.eind) && clock.eind < Date.now() + MOST_SECONDS * 1000);
}

// ---------------------------------------------------------------- piles

export function inPile(state, pile) {
  return state.tips.filter((number) => (state.stapels[number] ?? null) === pile);
}

export function move(state, number, pile) {
  state.zetten = [...state.zetten, [number, state.stapels[number] ?? null]].slice(-MOST_MOVES);
  lay(state, number, pile);
}

// Returns the number of the tip that went back, or null when there is no move to undo.
export function undo(state) {
  if (!state.zetten.length) return null;
  const [number, from] = state.zetten.pop();
  lay(state, number, from);
  return number;
}

function lay(state, number, pile) {
  if (pile === null) delete state.stapels[number];
  else state.stapels[number] = pile;
}

// The chosen tips that still lie on 'Meer doen': a card may have moved since.
export function chosen(state) {
  return state.gekozen.filter((number) => state.tips.includes(number) && state.stapels[number] === "meer");
}

// ---------------------------------------------------------------- storage and files

// Returns {state, isSpoiled}; the state is null when there is none.
export function loadStored(tips) {
  try {
    const kept = localStorage.getItem(KEY);
    const state = kept === null ? null : parsed(kept, tips);
    return { state, isSpoiled: kept !== null && state === null };
  } catch {
    return { state: null, isSpoiled: false };
  }
}

// Returns a state, or null when the text is no workshop.
export function parsed(kept, tips) {
  try {
    return sound(JSON.parse(kept), tips);
  } catch {
    return null;
  }
}

// Tells whether the browser keeps it.
export function store(state) {
  try {
    localStorage.setItem(KEY, JSON.stringify(state));
    return true;
  } catch {
    return false;
  }
}

export function wipe() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Where storage is forbidden, nothing was kept.
  }
}

// Calls back with the text when another tab changed the workshop.
export function onStoredElsewhere(callback) {
  addEventListener("storage", ({ key, newValue }) => {
    if (key === KEY && newValue !== null) callback(newValue);
  });
}
