// What follows from answers. The twin of generator/self_check.py, name for name; a test proves them equal.
// `data` is what that module compiled; `answers` maps an item to a list of option ids. Nothing here touches the page.

const FIRST = 5;
const PER_THEME = 2;
const COUNTING = 3;
const OWN_RULE = 10;
const ENOUGH = 4;
const ENOUGH_TOGETHER = 6;
const SMALL = "klein";
const START_REASON = "Een goede eerste stap voor elke dienst.";
export const UNKNOWN = "weet-ik-niet";

const at = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

export function clean(data, answers) {
  const kept = {};
  for (const [item, asked] of Object.entries(data.items)) {
    const given = at(answers, item) ?? [];
    let chosen = Object.keys(asked.options).filter((option) => given.includes(option));
    const alone = chosen.filter((option) => asked.options[option].exclusive);
    if (given.includes(UNKNOWN)) chosen = [UNKNOWN];
    else if (alone.length) chosen = alone.slice(0, 1);
    else if (!asked.multiple) chosen = chosen.slice(0, 1);
    else if (asked.most) chosen = chosen.slice(0, asked.most);
    if (chosen.length) kept[item] = chosen;
  }
  return Object.fromEntries(Object.entries(kept).filter(([item]) => !isSkipped(data, kept, item)));
}

export function isSkipped(data, answers, item) {
  const { skip } = data.items[item];
  const given = skip ? (at(answers, skip.item) ?? []) : [];
  return given.length > 0 && given.every((option) => skip.only.includes(option));
}

export function recommend(data, answers) {
  const given = clean(data, answers);
  const [has, effort, focus, ruledOut] = ["has", "effort", "focus", "rulesOut"].map((name) => gathered(data, given, name));
  const traces = tracesOf(data, given);
  const keep = [];
  const candidates = [];
  const uncertain = [];
  for (const tip of data.tips) {
    const trace = traces.get(tip.number) ?? [];
    const fired = tip.rules.length ? tip.rules.filter((rule) => fires(rule, given)) : tip.rules;
    for (const rule of fired) if (rule.kind === "eerst-uitzoeken") uncertain.push({ number: tip.number, reason: rule.reason });
    const own = fired.filter((rule) => rule.kind === "meer-doen");
    if (has.has(tip.measure)) {
      const step = has.get(tip.measure);
      keep.push({ number: tip.number, ownReason: null, oneService: null, points: 0, trace: [step] });
    } else if ((own.length || isEnough(trace)) && !isRuledOut(tip, ruledOut)) {
      const strongest = [...trace.map((step) => step.points), ...(own.length ? [OWN_RULE] : [])].sort((one, other) => other - one);
      const points = strongest.slice(0, COUNTING).reduce((sum, given) => sum + given, 0);
      const oneService = own.length ? null : tip.oneService;
      candidates.push([tip, { number: tip.number, ownReason: own[0]?.reason ?? null, oneService, points, trace }]);
    }
  }
  const rank = ([tip, found]) => [-found.points, !focus.has(tip.theme), !effort.has(tip.effort), -found.trace.length, tip.number];
  const ranked = sortedBy(candidates, rank);
  ranked.push(...start(data, ranked, keep, ruledOut));
  const first = firstOf(ranked);
  const chosen = new Set(first.map(([tip]) => tip.number));
  return {
    first: first.map(([, found]) => found),
    rest: ranked.filter(([tip]) => !chosen.has(tip.number)).map(([, found]) => found),
    keep,
    findOut: findOut(data, given),
    uncertain,
  };
}

// Each rank is made once: in a comparison it would be made again and again.
function sortedBy(list, rank) {
  return list
    .map((entry) => [rank(entry), entry])
    .sort(([one], [other]) => compare(one, other))
    .map(([, entry]) => entry);
}

function compare(one, other) {
  for (let place = 0; place < one.length; place++) {
    if (one[place] !== other[place]) return one[place] < other[place] ? -1 : 1;
  }
  return 0;
}

function gathered(data, given, name) {
  const found = new Map();
  for (const [item, option, answer] of chosenOf(data, given)) {
    for (const value of answer[name]) if (!found.has(value)) found.set(value, { item, option, points: 0 });
  }
  return found;
}

function* chosenOf(data, given) {
  for (const [item, options] of Object.entries(given)) {
    for (const option of options) if (option !== UNKNOWN) yield [item, option, data.items[item].options[option]];
  }
}

function tracesOf(data, given) {
  const traces = new Map();
  for (const [item, option, answer] of chosenOf(data, given)) {
    for (const [number, points] of answer.tips) {
      const trace = traces.get(number);
      if (trace) trace.push({ item, option, points });
      else traces.set(number, [{ item, option, points }]);
    }
  }
  for (const trace of traces.values()) trace.sort((one, other) => other.points - one.points);
  return traces;
}

function fires(rule, given) {
  return Object.entries(rule.when).every(([item, options]) => options.some((option) => (at(given, item) ?? []).includes(option)));
}

function isRuledOut(tip, ruledOut) {
  return tip.onlyFor.some((keys) => keys.every((key) => ruledOut.has(key)));
}

function isEnough(trace) {
  const [first = 0, second = 0] = trace.map((step) => step.points);
  return first >= ENOUGH || first + second >= ENOUGH_TOGETHER;
}

// Apart from recommend, because few of a thousand tips are on screen.
export function reasonOf(data, { ownReason, oneService, trace }) {
  if (ownReason) return ownReason;
  const told = [];
  for (const step of trace) {
    const asked = data.items[step.item];
    const clause = asked.options[step.option].because;
    if (clause && told.length < 2 && told.every((other) => other.question !== asked.question && other.clause !== clause)) {
      told.push({ question: asked.question, clause });
    }
  }
  const limit = oneService ? ` Alleen als het gaat om ${oneService}.` : "";
  return `Omdat ${told.map((other) => other.clause).join(" en ")}.${limit}`;
}

function start(data, candidates, keep, ruledOut) {
  if (candidates.filter(([, found]) => !found.oneService).length >= FIRST) return [];
  const nothing = !candidates.length && !keep.length;
  const present = new Set([...candidates.map(([tip]) => tip.number), ...keep.map((found) => found.number)]);
  const starters = data.tips.filter((tip) => !present.has(tip.number) && !tip.oneService && !isRuledOut(tip, ruledOut) && (tip.start || (nothing && tip.effort === SMALL)));
  const rank = (tip) => [!tip.start, tip.effort !== SMALL, tip.number];
  return sortedBy(starters, rank).map((tip) => [tip, { number: tip.number, ownReason: START_REASON, oneService: null, points: 0, trace: [] }]);
}

function firstOf(candidates) {
  const first = [];
  for (const found of candidates) if (first.length < FIRST && hasRoom(first, found)) first.push(found);
  if (first.length && !first.some(([tip]) => tip.effort === SMALL)) {
    const rest = first.length === FIRST ? first.slice(0, -1) : first;
    const small = candidates.find((found) => found[0].effort === SMALL && hasRoom(rest, found));
    if (small) return [...rest, small];
  }
  return first;
}

function hasRoom(first, found) {
  return !found[1].oneService && first.filter(([tip]) => tip.theme === found[0].theme).length < PER_THEME;
}

function findOut(data, given) {
  const questions = new Set(Object.keys(given).filter((item) => given[item].includes(UNKNOWN)).map((item) => data.items[item].question));
  const texts = Object.fromEntries(Object.values(data.items).map((asked) => [asked.question, asked.findOut]));
  return [...questions].filter((question) => texts[question]).map((question) => ({ question, text: texts[question] }));
}

export function whyNot(data, answers, number) {
  const result = recommend(data, answers);
  const among = (place) => result[place].find((found) => found.number === number);
  for (const place of ["first", "keep"]) if (among(place)) return place;
  const tips = new Map(data.tips.map((tip) => [tip.number, tip]));
  const tip = tips.get(number);
  if (among("rest")) {
    if (among("rest").oneService) return "one";
    const lowest = result.first.length ? Math.min(...result.first.map((found) => found.points)) : 0;
    const sameTheme = result.first.filter((found) => tips.get(found.number).theme === tip.theme).length;
    return sameTheme >= PER_THEME && among("rest").points >= lowest ? "theme" : "rest";
  }
  const given = clean(data, answers);
  if (isRuledOut(tip, gathered(data, given, "rulesOut"))) return "out";
  return tracesOf(data, given).has(number) ? "little" : "none";
}
