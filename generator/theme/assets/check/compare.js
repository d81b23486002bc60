// Where colleagues differ, and what changed since an earlier check. Nothing is averaged: a difference is there to talk about.
// `data` is what generator/self_check.py compiled. Only answers that count are compared, see `clean`.
// `people` is a list of {who, answers}; results name people by their place in it, so that no name shows by accident.

import { UNKNOWN, clean } from "./recommend.js";

// The size of a difference is the number of options that some, but not all, of those who answered chose. For a single choice
// or a row of a grid that is the number of different answers. 'weet-ik-niet' is an answer like any other; no answer is none.
// Of two differences of one size, the one with most people outside the largest group that agrees comes first; after that
// the order of the questions decides.
export function differences(data, people) {
  const given = people.map(({ answers }) => counted(data, answers));
  const outside = ({ item }) => outsideLargestGroup(given, item);
  return compared(data, given)
    .filter((found) => found.size > 0)
    .sort((one, other) => other.size - one.size || outside(other) - outside(one));
}

// The items on which all who answered gave the same, in the order of the questions and in the form of `differences`.
export function agreements(data, people) {
  return compared(data, people.map(({ answers }) => counted(data, answers))).filter((found) => found.size === 0);
}

// A start for the check that people agree on: what they differ on stays open.
export function merged(data, people) {
  return Object.fromEntries(agreements(data, people).map(({ item, answers }) => [item, answers.map(({ option }) => option)]));
}

export function answerChanges(data, before, after) {
  const [then, now] = [before, after].map((answers) => counted(data, answers));
  return Object.keys(data.items)
    .map((item) => ({ item, before: then.get(item) ?? [], after: now.get(item) ?? [] }))
    .filter((change) => key(change.before) !== key(change.after));
}

// What became of the tips to do more of, each list in the order of the result that it comes from.
export function tipChanges(before, after) {
  const more = ({ first, rest }) => [...first, ...rest].map(({ number }) => number);
  const [then, now, kept] = [more(before), more(after), after.keep.map(({ number }) => number)];
  return {
    came: now.filter((number) => !then.includes(number)),
    went: then.filter((number) => !now.includes(number) && !kept.includes(number)),
    nowKept: kept.filter((number) => then.includes(number)),
  };
}

// Every item that somebody answered, in the order of the questions.
function compared(data, given) {
  return Object.entries(data.items)
    .map(([item, asked]) => {
      const answers = [...Object.keys(asked.options), UNKNOWN]
        .map((option) => ({ option, who: indexesWhere(given, (one) => one.get(item)?.includes(option)) }))
        .filter(({ who }) => who.length > 0);
      const missing = indexesWhere(given, (one) => !one.has(item));
      const size = answers.filter(({ who }) => who.length < given.length - missing.length).length;
      return { item, question: asked.question, size, answers, missing };
    })
    .filter(({ answers }) => answers.length > 0);
}

function outsideLargestGroup(given, item) {
  const keys = given.filter((one) => one.has(item)).map((one) => key(one.get(item)));
  return keys.length - Math.max(...keys.map((same) => keys.filter((other) => other === same).length));
}

// A Map, because an item may be called 'constructor'.
function counted(data, answers) {
  return new Map(Object.entries(clean(data, answers)));
}

function indexesWhere(list, test) {
  return list.flatMap((entry, index) => (test(entry) ? [index] : []));
}

// Equal for equal answers: `clean` puts options in a fixed order, and an id holds no space.
function key(options) {
  return options.join(" ");
}
