// Keeping, saving and sharing answers: as text in a file, as a link, and in the browser's own storage.
// A file, a link and storage may hold anything. What is read is built anew, from known fields only, or refused as a whole.

import { counted, shortened } from "../shared/words.js";
import { STATUSES } from "./plan.js";
import { UNKNOWN } from "./recommend.js";

const KIND = "tipwijzer-zelfcheck";
const FORMAT = 2; // 2 knows the choice of channels.
const MOST_FILE = 1_000_000;
const MOST_DEPTH = 6;
export const MOST_SERVICES = 30;
const MOST_NAME = 120;
const MOST_TEXT = 500;
export const STRATEGY_FIELDS = ["doelen", "gebruik"];
export const MOST_WRITTEN = 2_000;
const MOST_LINK = 4_000;
const MOST_UNPACKED = 50_000;
const MOST_NAMED = 5;
const NO_GUIDE = { services: [], groups: [], channels: [], factors: [] };
const TASKS = ["weten", "doen", "overleggen"];
const OFTEN = ["nooit", "soms", "vaak"];
const UNSAFE_KEYS = ["__proto__", "constructor", "prototype"];
const OPTION = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const ITEM = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)?$/;
const TIP_NUMBER = /^[1-9][0-9]{0,3}$/;

const CHOOSE = "Kies een bestand dat jullie in de zelfcheck bewaarden.";
const FILE = {
  unreadable: `Dit bestand is niet te lezen. ${CHOOSE}`,
  foreign: `Dit bestand komt niet uit de zelfcheck. ${CHOOSE}`,
  large: `Dit bestand is te groot. Een bestand uit de zelfcheck is kleiner dan 1 MB. ${CHOOSE}`,
  newer: "Dit bestand komt uit een nieuwere versie van de zelfcheck. Laad deze pagina opnieuw en open het bestand nog een keer.",
  broken: "Dit bestand is beschadigd of met de hand veranderd. Kies een ander bestand, bijvoorbeeld een eerdere versie.",
  many: `In dit bestand staan te veel diensten. Meer dan ${MOST_SERVICES} kan niet. Verdeel de diensten over meer bestanden.`,
};
const ASK = "Vraag de afzender om de link opnieuw te sturen.";
const LINK = {
  large: `Deze link is te lang voor een link uit de zelfcheck. ${ASK}`,
  newer: "Deze link komt uit een nieuwere versie van de zelfcheck. Laad deze pagina opnieuw en open de link nog een keer.",
  broken: `Deze link klopt niet. Misschien ontbreekt er een stuk. ${ASK}`,
};

// Its message is a text for the visitor.
export class CheckError extends Error {}

function insist(condition, message) {
  if (!condition) throw new CheckError(message);
}

// ---------------------------------------------------------------- a new check

export function newState(data) {
  return { soort: KIND, versie: FORMAT, vragen: data.version, datum: "", invuller: "", strategie: {}, diensten: [newService()] };
}

// Whether somebody did something with a service.
export function isFilled({ naam, antwoorden, plan, kanalen }) {
  return Boolean(naam || [antwoorden, plan, kanalen].some((part) => Object.keys(part).length));
}

// Adds a service and returns its place. More than a file may hold are refused, or nothing could be opened any more.
export function addService(state, service) {
  insist(state.diensten.length < MOST_SERVICES, `Meer dan ${MOST_SERVICES} diensten kan niet. Haal er eerst een weg, of begin een nieuw bestand.`);
  return state.diensten.push(service) - 1;
}

export function newService() {
  return { naam: "", kort: false, antwoorden: {}, plan: {}, kanalen: {} };
}

// ---------------------------------------------------------------- the plan

// Changes what the plan says of a tip, within the limits of a file; a status that isn't one takes the tip out of the plan.
export function changePlan(service, number, changes) {
  const { status = "", wie = "", wanneer = "", notitie = "" } = { ...service.plan[number], ...changes };
  if (!Object.hasOwn(STATUSES, status)) {
    delete service.plan[number];
    return;
  }
  service.plan[number] = {
    status,
    wie: shortened(wie, MOST_TEXT),
    wanneer: isDate(wanneer) ? wanneer : "", // A date field takes a year of five digits.
    notitie: shortened(notitie, MOST_TEXT),
  };
}

// ---------------------------------------------------------------- files

// `today` is an ISO date.
export function stateText(state, today) {
  return JSON.stringify({ ...state, datum: today }, null, 2);
}

export function fileName(state, today) {
  const letters = state.diensten[0].naam.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = letters.replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-|-$/g, "");
  return `${["zelfcheck", slug, today].filter(Boolean).join("-")}.json`;
}

// Refuses a file as a whole, or returns its state with notices of what could not be taken over.
export function parseState(data, text) {
  insist(text.length <= MOST_FILE, FILE.large);
  const file = parsed(text, FILE.unreadable);
  // First what it is: for a foreign or newer file that is the better message, whatever else is wrong with it.
  insist(isObject(file) && file.soort === KIND, FILE.foreign);
  checkFormat(file, FILE);
  const { vragen, datum = "", invuller = "", strategie = {}, diensten } = file;
  insist(datum === "" || isDate(datum), FILE.broken);
  insist(Array.isArray(diensten) && diensten.length > 0, FILE.broken);
  insist(diensten.length <= MOST_SERVICES, FILE.many);
  const found = newFindings();
  const state = {
    ...newState(data),
    datum,
    invuller: readText(invuller, MOST_TEXT, "wie het invulde", found),
    strategie: readStrategy(strategie, found),
    diensten: diensten.map((service) => readService(data, service, found)),
  };
  return { state, notices: noticesOf(found, vragen > data.version) };
}

function readService(data, service, found) {
  insist(isObject(service), FILE.broken);
  const { naam = "", kort = false, antwoorden = {}, plan = {}, kanalen = {} } = service;
  insist(typeof kort === "boolean" && isObject(plan), FILE.broken);
  return {
    naam: readText(naam, MOST_NAME, "de naam van een dienst", found),
    kort,
    antwoorden: readAnswers(data, antwoorden, found, FILE.broken),
    plan: Object.fromEntries(Object.entries(plan).map(([number, entry]) => [number, readEntry(data, number, entry, found)])),
    kanalen: readChannels(data, kanalen, found, FILE.broken),
  };
}

// What a municipality wrote for its channel strategy, by the name of the field.
function readStrategy(written, found) {
  insist(isObject(written), FILE.broken);
  return Object.fromEntries(STRATEGY_FIELDS.filter((name) => written[name] !== undefined).map((name) => [name, readText(written[name], MOST_WRITTEN, `de strategie (${name})`, found)]));
}

// A tip that the site no longer has stays in the plan, because what people wrote about it may not get lost.
function readEntry(data, number, entry, found) {
  insist(TIP_NUMBER.test(number) && isObject(entry), FILE.broken);
  const { status, wie = "", wanneer = "", notitie = "" } = entry;
  insist(typeof status === "string" && Object.hasOwn(STATUSES, status) && typeof wanneer === "string", FILE.broken);
  if (!data.tips.some((tip) => tip.number === Number(number))) found.gone.push(`tip ${number}`);
  // A date field takes a year of five digits; such a slip may not make the whole file unreadable.
  const dated = wanneer === "" || isDate(wanneer);
  if (!dated) found.undated.push(`‘${shortened(wanneer, 20)}’ bij tip ${number}`);
  return {
    status,
    wie: readText(wie, MOST_TEXT, `wie bij tip ${number}`, found),
    wanneer: dated ? wanneer : "",
    notitie: readText(notitie, MOST_TEXT, `de notitie bij tip ${number}`, found),
  };
}

function readText(text, most, label, found) {
  insist(typeof text === "string", FILE.broken);
  if (text.length > most) found.cut.push(label);
  return shortened(text, most);
}

function isDate(text) {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text); // 30 February becomes another day.
}

// ---------------------------------------------------------------- what files and links share

function parsed(text, message) {
  try {
    return JSON.parse(text);
  } catch {
    throw new CheckError(message);
  }
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkFormat(content, messages) {
  insist(isCount(content.versie), messages.broken);
  insist(content.versie <= FORMAT, messages.newer);
  insist(isCount(content.vragen) && isSound(content, 1), messages.broken);
}

function isCount(value) {
  return Number.isSafeInteger(value) && value >= 1;
}

function isSound(value, depth) {
  if (typeof value !== "object" || value === null) return true;
  if (depth > MOST_DEPTH) return false;
  return Object.entries(value).every(([key, inner]) => !UNSAFE_KEYS.includes(key) && isSound(inner, depth + 1));
}

// Returns the answers that the check knows, in its own order. That does not judge whether they can go together: somebody
// may be halfway a question. Only a single choice keeps one, the one that `clean` counts, because a page can show no more.
function readAnswers(data, answers, found, message) {
  insist(isObject(answers), message);
  const given = new Map(Object.keys(data.items).map((item) => [item, new Set()]));
  for (const [item, options] of Object.entries(answers)) {
    insist(ITEM.test(item) && Array.isArray(options), message);
    for (const option of options) {
      insist(typeof option === "string" && OPTION.test(option), message);
      const place = placeNow(data, item, option);
      if (place) given.get(place.item).add(place.option);
      else found.dropped.push(item);
    }
  }
  const kept = [];
  for (const [item, { multiple, options }] of Object.entries(data.items)) {
    const chosen = [UNKNOWN, ...Object.keys(options)].filter((option) => given.get(item).has(option));
    if (!multiple && chosen.length > 1) found.several.push(item);
    if (chosen.length) kept.push([item, multiple ? chosen : chosen.slice(0, 1)]);
  }
  return Object.fromEntries(kept);
}

// What a municipality chose in the Kanaalwijzer: only what differs from where it starts, and only what the site knows.
function readChannels(data, given, found, message) {
  insist(isObject(given), message);
  const { services, groups, channels, factors } = data.guide ?? NO_GUIDE;
  const kept = {};
  for (const [name, known] of Object.entries({ dienst: services, groep: groups, taak: TASKS, gevoelig: OFTEN })) {
    if (given[name] === undefined) continue;
    insist(typeof given[name] === "string", message);
    if (known.includes(given[name])) kept[name] = given[name];
    else found.dropped.push(`kanalen: ${name}`);
  }
  if (given.nodig !== undefined) kept.nodig = readLevels(given.nodig, factors, 1, found, message);
  if (given.aanbod !== undefined) {
    insist(Array.isArray(given.aanbod) && given.aanbod.every((channel) => typeof channel === "string"), message);
    kept.aanbod = channels.filter((channel) => given.aanbod.includes(channel));
    if (given.aanbod.some((channel) => !channels.includes(channel))) found.dropped.push("kanalen: aanbod");
  }
  if (given.waarden !== undefined) {
    insist(isObject(given.waarden), message);
    const levels = Object.fromEntries(Object.entries(given.waarden).map(([channel, entries]) => [channel, readLevels(entries, factors, 0, found, message)]));
    kept.waarden = Object.fromEntries(channels.filter((channel) => Object.hasOwn(levels, channel)).map((channel) => [channel, levels[channel]]));
    if (Object.keys(levels).some((channel) => !channels.includes(channel))) found.dropped.push("kanalen: waarden");
  }
  return kept;
}

function readLevels(levels, factors, lowest, found, message) {
  insist(isObject(levels), message);
  for (const [factor, level] of Object.entries(levels)) {
    insist(Number.isInteger(level) && level >= lowest && level <= 3, message);
    if (!factors.includes(factor)) found.dropped.push("kanalen: factor");
  }
  return Object.fromEntries(factors.filter((factor) => Object.hasOwn(levels, factor)).map((factor) => [factor, levels[factor]]));
}

// Where an answer stands now; null when it is gone. An id can have changed more than once, but never in more steps than
// there are changes: that also ends a circle.
function placeNow(data, item, option) {
  const { renamed } = data;
  for (let step = 0; step <= Object.keys(renamed).length; step++) {
    if (isAnswer(data, item, option)) return { item, option };
    const answer = `${item}/${option}`;
    if (Object.hasOwn(renamed, answer)) [item, option] = renamed[answer].split("/");
    else if (Object.hasOwn(renamed, item)) item = renamed[item];
    else return null;
  }
  return null;
}

function isAnswer(data, item, option) {
  return Object.hasOwn(data.items, item) && (option === UNKNOWN || Object.hasOwn(data.items[item].options, option));
}

// ---------------------------------------------------------------- notices

function newFindings() {
  return { dropped: [], several: [], gone: [], undated: [], cut: [] };
}

// One sentence or two for each kind of finding, for the visitor.
function noticesOf({ dropped, several, gone, undated, cut }, fromNewerQuestions) {
  const notices = [];
  if (dropped.length) {
    const one = new Set(dropped).size === 1;
    const changed = `omdat die ${one ? "vraag is" : "vragen zijn"} veranderd`;
    const unknown = `omdat deze pagina die ${one ? "vraag" : "vragen"} nog niet kent`;
    const reason = fromNewerQuestions ? unknown : changed;
    const advice = fromNewerQuestions ? " Laad de pagina opnieuw en probeer het nog een keer." : "";
    notices.push(`${counted(dropped.length, "antwoord kon", "antwoorden konden")} niet mee, ${reason}: ${quoted(dropped)}.${advice}`);
  }
  if (several.length) {
    const subject = counted(several.length, "vraag had", "vragen hadden");
    notices.push(`${subject} meer dan één antwoord, maar er kan er maar één. Kijk na of het goed staat: ${quoted(several)}.`);
  }
  if (gone.length) {
    const subject = counted(gone.length, "tip in het plan staat", "tips in het plan staan");
    notices.push(`${subject} niet meer op de site: ${named(gone)}. Wat jullie erbij schreven, blijft in het plan.`);
  }
  if (undated.length) {
    const subject = counted(undated.length, "datum in het plan klopt", "datums in het plan kloppen");
    notices.push(`${subject} niet. Vul een nieuwe datum in voor ${named(undated)}.`);
  }
  if (cut.length) {
    const subject = counted(cut.length, "tekst was", "teksten waren");
    notices.push(`${subject} te lang. Het eind is weggevallen bij: ${named(cut)}.`);
  }
  return notices;
}

function quoted(items) {
  return named(items.map((item) => `‘${item}’`));
}

function named(list) {
  const names = [...new Set(list)];
  const rest = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join(", ") + (rest > 0 ? ` en nog ${rest}` : "");
}

// ---------------------------------------------------------------- links

// What goes in an address: no name, plan or other text that somebody typed, only ids that the check itself knows.
export async function encodeService(data, service) {
  const antwoorden = readAnswers(data, service.antwoorden, newFindings(), LINK.broken);
  const kanalen = readChannels(data, service.kanalen, newFindings(), LINK.broken);
  const text = JSON.stringify({ versie: FORMAT, vragen: data.version, kort: service.kort, antwoorden, kanalen });
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export async function decodeService(data, text) {
  insist(text.length <= MOST_LINK, LINK.large);
  insist(/^[A-Za-z0-9_-]+$/.test(text), LINK.broken);
  const content = parsed(await unpacked(text), LINK.broken);
  insist(isObject(content), LINK.broken);
  checkFormat(content, LINK);
  const { vragen, kort, antwoorden, kanalen = {} } = content;
  insist(typeof kort === "boolean", LINK.broken);
  const found = newFindings();
  const service = { ...newService(), kort, antwoorden: readAnswers(data, antwoorden, found, LINK.broken), kanalen: readChannels(data, kanalen, found, LINK.broken) };
  return { service, notices: noticesOf(found, vragen > data.version) };
}

async function unpacked(text) {
  let size = 0;
  const limit = new TransformStream({
    transform(part, controller) {
      size += part.length;
      insist(size <= MOST_UNPACKED, LINK.broken); // A few thousand characters can unpack to megabytes.
      controller.enqueue(part);
    },
  });
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).pipeThrough(limit);
    return await new Response(stream).text();
  } catch {
    throw new CheckError(LINK.broken);
  }
}

// ---------------------------------------------------------------- the browser's storage

const KEY = "tipwijzer.zelfcheck";
const OFF = "tipwijzer.zelfcheck.uit";
const BROKEN = "tipwijzer.zelfcheck.kapot";

// Storage can be full, and a browser can forbid it: then even touching `localStorage` throws. The check goes on without it.
function attempt(action, otherwise) {
  try {
    return action();
  } catch {
    return otherwise;
  }
}

let lastStored = null; // What this page read or wrote last.

export function loadStored(data) {
  const text = attempt(() => localStorage.getItem(KEY), null);
  lastStored = text;
  if (text === null) return null;
  try {
    return parseState(data, text);
  } catch {
    attempt(() => setAside(text));
    return null;
  }
}

// Keeps what cannot be read, because the next save would write over it.
function setAside(text) {
  localStorage.removeItem(KEY); // First, because there may be no room for the text twice.
  try {
    localStorage.setItem(BROKEN, text);
  } catch {
    localStorage.setItem(KEY, text);
  }
}

// Tells whether it was saved.
export function store(state) {
  if (!isStoringOn()) return false;
  return attempt(() => {
    const text = JSON.stringify(state);
    localStorage.setItem(KEY, text);
    lastStored = text; // Not when it failed: then what the browser still has is what this page saw last.
    return true;
  }, false);
}

export function wipe() {
  attempt(() => {
    localStorage.removeItem(KEY);
    localStorage.removeItem(BROKEN);
    lastStored = null;
  });
}

// What the visitor wants, also where the browser forbids it: then `store` tells that it fails, so that the visitor can hear it.
export function isStoringOn() {
  return attempt(() => localStorage.getItem(OFF) === null, true);
}

export function setStoring(on) {
  if (on) return void attempt(() => localStorage.removeItem(OFF));
  const mark = () => localStorage.setItem(OFF, "ja");
  attempt(mark); // First, so that other tabs know that this is no wipe.
  wipe();
  attempt(mark); // There may have been no room before.
}

// Hears what changed in another tab, or while the browser kept this page aside for going back. `callback` gets the text, for
// parseState, or null when all was wiped. Who only put storing off, keeps what is on screen.
export function onStoredElsewhere(callback) {
  const hear = (text) => {
    if (text !== null || isStoringOn()) callback(text);
  };
  addEventListener("storage", ({ key, newValue }) => {
    if (key === KEY || key === null) hear(key && newValue);
  });
  addEventListener("pageshow", ({ persisted }) => {
    const text = attempt(() => localStorage.getItem(KEY), lastStored);
    if (persisted && text !== lastStored) hear(text);
  });
}
