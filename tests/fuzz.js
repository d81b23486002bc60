// Throws damaged input at what the browser reads: the browser's half of fuzz.py, on a page of the built site. An input follows
// from seed, kind and number. A reader may only return a sound state or throw a CheckError.

const site = new URL(".", document.baseURI);
const asset = (path) => import(new URL(`assets/${path}`, site));
const fetched = async (path) => (await fetch(new URL(path, site))).json();

const MOST_SECONDS = 1;
const HANDFUL = 40; // Of the tips and options of the site; more take time and find no more.

// What means something to JSON, to objects, to a fragment or to a careless program.
const PIECES = [
  '"', "{", "}", "[", "]", ",", ":", "\\", "\\u0000", "\\ud800", "\n", "null", "true", "-0", "1e999", "1e1", "0.1", "99999999999999999999", '"__proto__":', '"__proto__":{"hacked":1},', '"constructor":{"prototype":{"hacked":1}},',
  "__proto__", "constructor", "toString", "hasOwnProperty", "%", "%2", "%00", "%E0%A4%A", "%F0%9F", "#", "=", "&", "?", "/", ".", "..", "t=", "c=", "+", " ", "\u0000", "\u202e", "\ufeff", "é", "e\u0301", "😀", "\ud83d", "İ", "ß", "<img src=x onerror=hacked()>", "javascript:",
  "12", "0", "-1", "104", "9999", "10000", "012", "1.", "weet-ik-niet", "ja", "x".repeat(300), "[".repeat(3000), '{"a":'.repeat(500), "12.".repeat(400), "😀".repeat(120),
];
const VALUES = [
  null, true, false, 0, 1, -1, 3, 4, 12, 0.5, 1e308, -1e308, 2 ** 53, "", " ", "1", "12", "012", " 12", "1e1", "0x0c", "__proto__", "constructor", "toString", "x".repeat(119) + "😀", "x".repeat(499) + "😀", "x".repeat(5000), "\ud800", "a\u0000b", "\u202e",
  "gaan-we-doen", "meer", "alle", "selectie", "link", "thema-inclusie", "weet-ik-niet", "2027-01-15", "2027-02-30", "20271-01-15", "0000-00-00", [], {}, [[]], [null], ["x"], ["meer"], ["selectie"], [["thema-x"]], [12, 12], ["12"], [1, 2, 3], { x: 1 }, { 12: "meer" },
  { 12: { status: "later" } }, { wie: 1 }, { length: 3 }, { "@proto": { hacked: 1 } }, { toString: 1 }, { valueOf: null }, { rest: 60, eind: null }, { rest: 1e9, eind: 5 }, { rest: 5, eind: 1e308 }, [[12, "meer"]], [[12]], [[12, "toString"]],
];
const KEYS = ["@proto", "constructor", "prototype", "toString", "", "12", "012", " 12", "1e1", "12.0", "+12", "999", "0", "10000", "naam", "x", "a.b", "é", "dienst", "nodig", "waarden", "aanbod", "length", "7", "10"];

// ---------------------------------------------------------------- chance

function chanceFrom(text) {
  let state = 2166136261;
  for (const letter of text) state = Math.imul(state ^ letter.codePointAt(0), 16777619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const below = (chance, most) => Math.floor(chance() * most);
const oneOf = (chance, list) => list[below(chance, list.length)];
const some = (chance, list) => list.filter(() => chance() < 0.3);

// ---------------------------------------------------------------- damaging

function damaged(chance, text) {
  let made = text;
  for (let times = oneOf(chance, [1, 1, 2, 4]); times > 0; times--) {
    const place = below(chance, made.length + 1);
    const kind = below(chance, 5);
    if (kind < 2) made = made.slice(0, place) + oneOf(chance, PIECES) + made.slice(place);
    else if (kind === 2) made = made.slice(0, place) + oneOf(chance, PIECES) + made.slice(place + 1 + below(chance, 10));
    else if (kind === 3) made = made.slice(0, place) + made.slice(place + 1 + below(chance, 20));
    else made = chance() < 0.5 ? made.slice(0, place) : made + made.slice(place, place + 200);
  }
  return made;
}

// The text of an object in which values, keys or parts are others. JSON can hold a key that only a text can give: '__proto__'.
function bent(chance, object) {
  const made = structuredClone(object);
  for (let times = oneOf(chance, [1, 1, 2, 4]); times > 0; times--) {
    const places = placesIn(made);
    if (!places.length) break;
    const [holder, key] = oneOf(chance, places);
    const kind = below(chance, 6);
    if (kind < 3) holder[key] = structuredClone(oneOf(chance, VALUES));
    else if (kind === 3) {
      const [other, otherKey] = oneOf(chance, places);
      holder[key] = structuredClone(other[otherKey]);
    } else if (Array.isArray(holder)) kind === 4 ? holder.splice(key, 1) : holder.push(...Array(1 + below(chance, 40)).fill(holder[key]));
    else {
      if (kind === 5) holder[oneOf(chance, KEYS)] = holder[key];
      if (chance() < 0.5) delete holder[key];
    }
  }
  return JSON.stringify(made).replaceAll('"@proto"', '"__proto__"');
}

function placesIn(holder) {
  return Object.entries(holder).flatMap(([key, value]) => [[holder, Array.isArray(holder) ? Number(key) : key], ...(typeof value === "object" && value ? placesIn(value) : [])]);
}

const hurt = (chance, object) => (chance() < 0.6 ? bent(chance, object) : damaged(chance, JSON.stringify(object)));

// ---------------------------------------------------------------- what is sound

function insist(condition, what) {
  if (!condition) throw new Error(`not sound: ${what}`);
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value) && Object.getPrototypeOf(value) === Object.prototype;
const isText = (value, most) => typeof value === "string" && value.length <= most;
const isDay = (value) => value === "" || (/^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)));
const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const hasKeys = (object, keys) => isObject(object) && isSame(Object.keys(object).sort(), [...keys].sort());

function insistAnswers(data, answers) {
  insist(isObject(answers), "answers");
  for (const [item, options] of Object.entries(answers)) {
    insist(Object.hasOwn(data.items, item) && Array.isArray(options) && options.length > 0, item);
    insist(new Set(options).size === options.length && (data.items[item].multiple || options.length === 1), `${item}: ${options}`);
    for (const option of options) insist(option === "weet-ik-niet" || Object.hasOwn(data.items[item].options, option), `${item}/${option}`);
  }
}

function insistChannels({ services, groups, channels, factors }, chosen) {
  const isLevels = (levels, lowest) => isObject(levels) && Object.entries(levels).every(([factor, level]) => factors.includes(factor) && Number.isInteger(level) && level >= lowest && level <= 3);
  const isGood = {
    dienst: (value) => services.includes(value),
    groep: (value) => groups.includes(value),
    taak: (value) => ["weten", "doen", "overleggen"].includes(value),
    gevoelig: (value) => ["nooit", "soms", "vaak"].includes(value),
    nodig: (value) => isLevels(value, 1),
    aanbod: (value) => Array.isArray(value) && new Set(value).size === value.length && value.every((channel) => channels.includes(channel)),
    waarden: (value) => isObject(value) && Object.entries(value).every(([channel, levels]) => channels.includes(channel) && isLevels(levels, 0)),
  };
  insist(isObject(chosen), "channels");
  for (const [name, value] of Object.entries(chosen)) insist(Object.hasOwn(isGood, name) && isGood[name](value), `channels: ${name}`);
}

function insistService(data, service) {
  insist(hasKeys(service, ["naam", "kort", "antwoorden", "plan", "kanalen"]), "service");
  insist(isText(service.naam, 120) && typeof service.kort === "boolean" && isObject(service.plan), "fields of a service");
  insistAnswers(data, service.antwoorden);
  insistChannels(data.guide, service.kanalen);
  for (const [number, entry] of Object.entries(service.plan)) {
    insist(/^[1-9]\d{0,3}$/.test(number) && hasKeys(entry, ["status", "wie", "wanneer", "notitie"]), "plan");
    insist(isText(entry.status, 30) && isText(entry.wie, 500) && isText(entry.notitie, 500) && isDay(entry.wanneer), "entry of a plan");
  }
}

function insistState(data, state) {
  insist(hasKeys(state, ["soort", "versie", "vragen", "datum", "invuller", "strategie", "diensten"]), "state");
  insist(isDay(state.datum) && isText(state.invuller, 500) && isObject(state.strategie) && state.vragen === data.version, "fields of a state");
  for (const [name, text] of Object.entries(state.strategie)) insist(["doelen", "gebruik"].includes(name) && isText(text, 2000), "strategy");
  insist(state.diensten.length >= 1 && state.diensten.length <= 30, "number of services");
  for (const service of state.diensten) insistService(data, service);
}

function insistNotices(notices) {
  insist(Array.isArray(notices) && notices.every((text) => typeof text === "string" && text.length < 20_000 && !/undefined|NaN|\[object/.test(text)), `notices ${notices}`);
}

function insistWorkshop(state, tips, { PILES, LENGTHS }) {
  const known = new Set(tips);
  const isNumbers = (list, most) => Array.isArray(list) && list.length <= most && new Set(list).size === list.length && list.every((number) => known.has(number));
  const byTip = (object) => isObject(object) && Object.keys(object).every((number) => known.has(Number(number)) && String(Number(number)) === number);
  insist(hasKeys(state, ["soort", "versie", "duur", "naam", "bron", "tips", "stapels", "zetten", "gekozen", "afspraken", "klokken", "klok"]), "workshop");
  insist(LENGTHS.includes(state.duur) && isText(state.naam, 120) && isText(state.bron, 80) && typeof state.klok === "boolean", "fields of a workshop");
  insist(isNumbers(state.tips, tips.length) && state.tips.length > 0 && isNumbers(state.gekozen, 4), "tips of a workshop");
  insist(byTip(state.stapels) && Object.values(state.stapels).every((pile) => Object.hasOwn(PILES, pile)), "piles");
  insist(state.zetten.length <= 200 && state.zetten.every(([number, pile]) => known.has(number) && (pile === null || (typeof pile === "string" && Object.hasOwn(PILES, pile)))), "moves");
  insist(byTip(state.afspraken) && Object.values(state.afspraken).every((entry) => hasKeys(entry, ["wie", "wanneer", "notitie"]) && isText(entry.wie, 500) && isText(entry.notitie, 500) && isDay(entry.wanneer)), "agreements");
  insist(isObject(state.klokken) && Object.entries(state.klokken).every(([step, clock]) => /^\d$/.test(step) && Number.isInteger(clock.rest) && (clock.eind === null || Number.isFinite(clock.eind))), "clocks");
}

// ---------------------------------------------------------------- what is read

async function packed(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return btoa(String.fromCharCode(...new Uint8Array(await new Response(stream).arrayBuffer()))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function exampleAnswers(chance, data) {
  return Object.fromEntries(some(chance, Object.entries(data.items)).slice(0, HANDFUL).map(([item, { multiple, options }]) => {
    const chosen = some(chance, [...Object.keys(options), "weet-ik-niet"]);
    return [item, multiple ? chosen : chosen.slice(0, 1)];
  }).filter(([, options]) => options.length));
}

function exampleService(chance, data) {
  const { services, groups, channels, factors } = data.guide;
  const levels = () => Object.fromEntries(some(chance, factors).map((factor) => [factor, 1 + below(chance, 3)]));
  return {
    naam: "Paspoort aanvragen",
    kort: chance() < 0.5,
    antwoorden: exampleAnswers(chance, data),
    plan: Object.fromEntries(some(chance, data.tips.slice(0, 9)).map(({ number }) => [number, { status: "gaan-we-doen", wie: "Sanne", wanneer: "2027-01-15", notitie: "eerst de mails" }])),
    kanalen: { dienst: services[0], groep: groups[0], taak: "doen", gevoelig: "soms", nodig: levels(), aanbod: some(chance, channels), waarden: { [channels[0]]: levels() } },
  };
}

function exampleState(chance, data) {
  return { soort: "tipwijzer-zelfcheck", versie: 2, vragen: data.version, datum: "2026-11-21", invuller: "Sanne", strategie: { doelen: "Iedereen komt verder.", gebruik: "" }, diensten: [exampleService(chance, data), exampleService(chance, data)] };
}

// Each kind gives {make, read}: `make(chance)` returns an input as text, `read(text)` reads it and insists that the answer is sound.
const KINDS = {
  async file() {
    const [{ parseState, stateText, encodeService, decodeService }, { recommend }, data] = [await asset("check/state.js"), await asset("check/recommend.js"), await fetched("zelfcheck/gegevens.json")];
    return {
      make: (chance) => hurt(chance, exampleState(chance, data)),
      async read(text) {
        const { state, notices } = parseState(data, text);
        insistState(data, state);
        insistNotices(notices);
        const again = parseState(data, stateText(state, state.datum)).state;
        insist(isSame(again, state), "reads otherwise after saving");
        const [{ antwoorden, kanalen, kort }] = state.diensten;
        recommend(data, antwoorden);
        const { service } = await decodeService(data, await encodeService(data, state.diensten[0]));
        insist(isSame(service, { naam: "", kort, antwoorden, plan: {}, kanalen }), "a link holds other answers");
      },
    };
  },

  async link() {
    const [{ decodeService }, data] = [await asset("check/state.js"), await fetched("zelfcheck/gegevens.json")];
    return {
      async make(chance) {
        const { kort, antwoorden, kanalen } = exampleService(chance, data);
        const content = { versie: 2, vragen: data.version, kort, antwoorden, kanalen };
        const kind = below(chance, 8);
        if (kind === 0) return packed(JSON.stringify({ ...content, over: "x".repeat(below(chance, 200_000)) }));
        if (kind < 3) return damaged(chance, await packed(JSON.stringify(content)));
        return packed(hurt(chance, content));
      },
      async read(text) {
        const { service, notices } = await decodeService(data, text);
        insistService(data, service);
        insist(service.naam === "" && isSame(service.plan, {}), "a link brings a name or a plan");
        insistNotices(notices);
      },
    };
  },

  async storage() {
    const [{ loadStored, store, wipe }, data] = [await asset("check/state.js"), await fetched("zelfcheck/gegevens.json")];
    const [KEY, BROKEN] = ["tipwijzer.zelfcheck", "tipwijzer.zelfcheck.kapot"];
    return {
      make: (chance) => hurt(chance, exampleState(chance, data)),
      read(text) {
        wipe();
        localStorage.setItem(KEY, text);
        const found = loadStored(data);
        if (found) {
          insistState(data, found.state);
          insist(store(found.state), "cannot be stored again");
        } else insist(localStorage.getItem(BROKEN) === text, "what cannot be read got lost");
      },
    };
  },

  async selection() {
    const { selection, keep } = await asset("shared/selection.js");
    const KEY = "tipwijzer.selectie";
    return {
      make: (chance) => hurt(chance, { versie: 1, tips: [12, 104, 7].map((nummer) => ({ nummer, notitie: "Bel Bo" })) }),
      read(text) {
        localStorage.setItem(KEY, text);
        dispatchEvent(new StorageEvent("storage", { key: KEY, newValue: text }));
        const kept = selection();
        insist(kept.length <= 300 && new Set(kept.map(({ number }) => number)).size === kept.length, "tips of a selection");
        for (const tip of kept) insist(hasKeys(tip, ["number", "note"]) && Number.isInteger(tip.number) && tip.number > 0 && tip.number < 10_000 && isText(tip.note, 500), "tip of a selection");
        keep(kept);
        insist(isSame(selection(), kept), "a selection is another after keeping");
      },
    };
  },

  async "selection-link"() {
    const { fromFragment, toFragment } = await asset("shared/selection.js");
    return {
      make: (chance) => damaged(chance, `#t=${some(chance, [1, 12, 104, 9999, 20, 33]).join(".")}`),
      read(text) {
        const numbers = fromFragment(text);
        if (numbers === null) return;
        insist(numbers.length > 0 && numbers.length <= 300 && numbers.every((number) => Number.isInteger(number) && number >= 0 && number < 10_000), "numbers in a link");
        insist(isSame(fromFragment(toFragment(numbers)), numbers), "numbers are others in a link of their own");
      },
    };
  },

  async filters() {
    const [{ compile, filtered, fromFragment, toFragment }, data] = [await asset("tips/filter.js"), await fetched("tips/gegevens.json")];
    const index = compile(data);
    return {
      make(chance) {
        const parts = some(chance, index.facets).map(({ id, options }) => `${id}=${some(chance, options).slice(0, 3).map((option) => option.id).join(",")}`);
        return damaged(chance, `#${[...parts, "zoek=brief", "orde=nieuw", "toon=48"].join("&")}`);
      },
      read(text) {
        const state = fromFragment(index, text);
        for (const [id, chosen] of Object.entries(state.chosen)) insist(chosen.every((option) => index.facets.find((facet) => facet.id === id).options.some((one) => one.id === option)), id);
        insist(isText(state.text, 200) && ["", "beste", "nummer", "nieuw", "moeite"].includes(state.order) && Number.isInteger(state.shown) && state.shown >= 24, "filters");
        const again = fromFragment(index, toFragment(index, state));
        insist(isSame(again, state), "filters are others in an address of their own");
        filtered(index, state, null);
      },
    };
  },

  async board() {
    const board = await asset("board/state.js");
    const tips = (await fetched("tips/gegevens.json")).tips.map(({ number }) => number);
    const example = {
      soort: "tipwijzer-workshop", versie: 1, duur: 90, naam: "Paspoort aanvragen", bron: "selectie", tips: tips.slice(0, 9), stapels: { [tips[0]]: "meer", [tips[1]]: "minder" }, zetten: [[tips[0], null], [tips[1], "meer"]],
      gekozen: tips.slice(0, 2), afspraken: { [tips[0]]: { wie: "Sanne", wanneer: "2026-12-01", notitie: "Bel" } }, klokken: { 1: { rest: 60, eind: null }, 2: { rest: 10, eind: Date.now() } }, klok: true,
    };
    return {
      make: (chance) => hurt(chance, example),
      read(text) {
        board.wipe();
        localStorage.setItem("tipwijzer.workshop", text);
        const { state, isSpoiled } = board.loadStored(tips);
        if (state === null) return void insist(isSpoiled, "a workshop got lost without a word");
        insistWorkshop(state, tips, board);
        insist(isSame(board.sound(structuredClone(state), tips), state), "a workshop reads otherwise after keeping");
        board.move(state, state.tips[0], "meer");
        while (board.undo(state) !== null);
        insistWorkshop(state, tips, board);
      },
    };
  },

  async search() {
    const { openSearch } = await asset("search/engine.js");
    const engine = await openSearch(site);
    const words = ["brief", "laaggeletterden", "telefonisch spreekuur", "afspraak maken aan de balie", "digid", "wachttijd", "webformulier invullen"];
    return {
      make: (chance) => damaged(chance, oneOf(chance, words)),
      async read(text) {
        const { results } = await engine.search(text);
        const shown = await engine.texts(results.slice(0, 3).map(({ document }) => document));
        for (const { location, title } of shown) insist(isText(location, 200) && isText(title, 300), "results");
      },
    };
  },
};

// ---------------------------------------------------------------- visits

const PATHS = ["", "zelfcheck/", "kanaalwijzer/", "kanalenstrategie/", "tips/", "selectie/", "kaarten/", "workshop/scherm/"];
const PLACES = ["start", "vraag=soort", "alles", "overzicht", "resultaat", "samen", "toen", "stap-3", "stap-7", "dienst=1", "dienst=30", "tips", "c", "t=1"];
const STORED = { "tipwijzer.zelfcheck": "storage", "tipwijzer.selectie": "selection", "tipwijzer.workshop": "board" };

// A visit to a page: fills the storage and returns where to go, and the fragments that follow each other there.
export async function visit({ seed, number }) {
  const chance = chanceFrom(`${seed} visit ${number}`);
  const made = async (kind) => (await (ready[kind] ??= KINDS[kind]())).make(chance);
  localStorage.clear();
  for (const [key, kind] of Object.entries(STORED)) if (chance() < 0.6) localStorage.setItem(key, await made(kind));
  const fragment = async () => {
    const kind = below(chance, 5);
    if (kind === 0) return `#c=${await made("link")}`;
    if (kind === 1) return made("selection-link");
    if (kind === 2) return made("filters");
    return `#${kind === 3 ? oneOf(chance, PLACES) : damaged(chance, oneOf(chance, PLACES))}`;
  };
  const path = oneOf(chance, PATHS);
  return { path, fragments: await Promise.all(Array.from({ length: 10 }, fragment)), storage: { ...localStorage } };
}

// ---------------------------------------------------------------- running

const ready = {};
const ownNames = () => [Object.prototype, Array.prototype, Function.prototype].map((object) => Object.getOwnPropertyNames(object).length).join();

// Reads `size` inputs of a kind and returns the failures as [{number, why, given}].
export async function fuzz({ kind, seed, start, size }) {
  const { make, read } = await (ready[kind] ??= KINDS[kind]());
  const { CheckError } = await asset("check/state.js");
  const before = ownNames();
  const failures = [];
  for (let number = start; number < start + size; number++) {
    const given = await make(chanceFrom(`${seed} ${kind} ${number}`));
    let why = "";
    // A busy machine can hold up one reading; what is slow itself is slow twice.
    for (let times = 0; times < 2; times++) {
      const began = performance.now();
      try {
        await read(given);
      } catch (error) {
        const isRefused = error instanceof CheckError && /^[A-Z].*\.$/s.test(error.message);
        if (!isRefused) why = `${error.name}: ${error.message}`;
      }
      if (performance.now() - began < MOST_SECONDS * 1000) break;
      if (times) why = "took more than a second";
    }
    if (ownNames() !== before) why = "changed what every object has";
    if (why) failures.push({ number, why, given });
  }
  return failures;
}
