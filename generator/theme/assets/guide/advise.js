// Which channels fit a service and its people. The twin of generator/channel_guide.py, name for name; a test proves them equal.
// `data` is what that module compiled; a situation is {task, sensitive, needs, group, fixed, offered, own}. Nothing here
// touches the page.

export const [ORDINARY, IMPORTANT] = [1, 2];
const CLOSE = 1;
const MOST_CLOSE = 3;
const DIGITAL = "digitaal";

const at = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

export function advise(data, situation) {
  const group = data.groups.find(({ id }) => id === situation.group);
  const raised = raises(group, situation.sensitive);
  const needs = Object.fromEntries(data.factors.map(({ id }) => [id, Math.max(situation.needs[id], at(raised, id) ?? 0)]));
  const measuredAll = data.channels.map((channel) => measured(channel, needs, group, at(situation.own, channel.id) ?? {}));
  const byId = new Map(data.channels.map((channel) => [channel.id, channel]));
  const offered = measuredAll.filter(({ id }) => !situation.offered.length || situation.offered.includes(id));

  // The channels that fit, of the offered ones where there is one; the fewest points first, ties in their order.
  const fitting = (fits) => {
    const [near, all] = [offered, measuredAll].map((among) => among.filter(({ id }) => fits(byId.get(id))));
    return (near.length ? near : all).sort((one, other) => one.points - other.points);
  };
  const canBeMain = ({ carries, rich }) => carries.includes(situation.task) && (rich || situation.sensitive !== "vaak");
  const canBeFallback = ({ id, personal, rich, traits }) => personal && !traits.includes(DIGITAL) && id !== main.id && (rich || situation.sensitive === "nooit");

  const fixed = measuredAll.find(({ id }) => id === situation.fixed);
  const mains = fixed ? [fixed] : fitting(canBeMain);
  const [main] = mains;
  const [fallback] = fitting(canBeFallback);
  const others = offered.filter(({ id }) => id !== main.id && !byId.get(id).personal);
  const filling = others.filter((found) => together(main, found) < main.points);
  const telling = others.filter(({ id }) => byId.get(id).carries.includes("weten"));
  const support = filling.length ? least(filling, (found) => together(main, found)) : (telling[0] ?? others[0]);
  const close = mains.slice(1)
    .map(({ id, points }) => ({ id, more: points - main.points }))
    .filter(({ more }) => more <= CLOSE)
    .slice(0, MOST_CLOSE);
  const chosen = [main, support, fallback].filter(Boolean).map(({ id }) => id);
  return {
    main: main.id,
    support: support?.id ?? null,
    fallback: fallback.id,
    toAdd: situation.offered.length ? chosen.filter((id) => !situation.offered.includes(id)) : [],
    close,
    fills: Object.keys(main.short).filter((factor) => support && (at(support.short, factor) ?? 0) < main.short[factor]),
    needs,
    channels: measuredAll,
  };
}

function raises(group, sensitive) {
  if (!group) return {};
  return sensitive === "nooit" ? group.raises : { ...group.raises, ...group.raisesSensitive };
}

// What a municipality filled in itself holds as it is.
function measured(channel, needs, group, own) {
  const lowered = new Set(group ? channel.traits.flatMap((trait) => at(group.lowers, trait) ?? []) : []);
  const levels = Object.fromEntries(Object.keys(needs).map((factor) => [factor, at(own, factor) ?? Math.max(0, channel.offers[factor] - (lowered.has(factor) ? 1 : 0))]));
  const short = Object.fromEntries(Object.entries(needs).filter(([factor, need]) => need > levels[factor]).map(([factor, need]) => [factor, need - levels[factor]]));
  return { id: channel.id, levels, short, points: Object.values(short).reduce((sum, steps) => sum + steps ** 2, 0) };
}

// The points of two channels that people can use both: on each factor the better of the two counts.
function together(one, other) {
  return Object.entries(one.short).reduce((sum, [factor, steps]) => sum + Math.min(steps, at(other.short, factor) ?? 0) ** 2, 0);
}

// The first of a list with the least of something; undefined for an empty list.
function least(list, of) {
  return list.reduce((lowest, found) => (lowest === undefined || of(found) < of(lowest) ? found : lowest), undefined);
}
