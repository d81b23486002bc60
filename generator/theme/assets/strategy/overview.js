// All services of a municipality side by side: their advice, who needs something else, and where it pinches. Text and data
// only; the page and the document show it.

import { advise } from "../guide/advise.js";
import { nameOf, situationOf } from "../guide/situation.js";
import { channelOf, rolesOf } from "../guide/words.js";
import { listed } from "../shared/words.js";

const MANY = 3; // From so many services on it says something that they share a channel.
const MOST_OF = 2 / 3;

// Services about which something is known, each as {number, name, service, situation, advice, groups}. `number` is the place of
// the service in the state, from 1. `groups` are {main, labels}: for whom another main route fits better, among the groups
// that the self-check named, or else all.
export function overviewOf(guide, state) {
  return state.diensten
    .map((service, place) => ({ service, number: place + 1 }))
    .filter(({ service: { naam, antwoorden, kanalen } }) => naam || Object.keys(antwoorden).length || Object.keys(kanalen).length)
    .map(({ service, number }) => {
      const situation = situationOf(guide, service);
      const advice = advise(guide, situation);
      const named = situation.groupsFromCheck;
      const others = guide.groups
        .filter(({ id }) => id !== situation.group && (!named.length || named.includes(id)))
        .map(({ id, label }) => ({ label, main: advise(guide, { ...situation, group: id }).main }))
        .filter(({ main }) => main !== advice.main);
      const groups = [...new Set(others.map(({ main }) => main))].map((main) => ({ main, labels: others.filter((other) => other.main === main).map(({ label }) => label) }));
      return { number, name: nameOf(guide, service, number), service, situation, advice, groups };
    });
}

// The channels that an advice names: the main route first.
export function routesOf(advice) {
  return rolesOf(advice).map(([, id]) => id);
}

// The roles that a channel has for a service, in words.
export function roleOf(advice, channel) {
  return rolesOf(advice).filter(([, id]) => id === channel).map(([role]) => role).join(", ");
}

// Rows of then and now as {name, then, now}, by the name of the service; null where it is missing. Of equal names the first
// goes with the first. What is gone now comes last.
export function pairsOf(before, rows) {
  const left = [...before];
  const pairs = rows.map((now) => {
    const place = left.findIndex(({ name }) => name === now.name);
    return { name: now.name, then: place < 0 ? null : left.splice(place, 1)[0], now };
  });
  return [...pairs, ...left.map((then) => ({ name: then.name, then, now: null }))];
}

// Sentences about what pinches between services; none when all is well.
export function conflictsOf(guide, rows) {
  const noun = (id) => channelOf(guide, id).noun;
  const told = withoutHuman(guide, rows);
  for (const { name, advice } of rows.filter((row) => row.advice.toAdd.includes(row.advice.main))) {
    told.push(`Voor ${name} past geen van jullie kanalen als hoofdroute. Begin met ${noun(advice.main)}.`);
  }
  for (const [role, text] of [["main", "hoofdroute"], ["fallback", "plek waar mensen altijd een mens vinden"]]) {
    for (const { id } of guide.channels) {
      const leaning = rows.filter(({ advice }) => advice[role] === id);
      if (rows.length >= MANY && leaning.length >= MANY && leaning.length >= MOST_OF * rows.length) {
        told.push(`${leaning.length} van de ${rows.length} diensten hebben ${noun(id)} als ${text}. Reken uit of dat past, en spreek af wat jullie doen als het uitvalt.`);
      }
    }
  }
  for (const { name, situation, advice } of rows) {
    if (situation.sensitive !== "nooit" && !channelOf(guide, advice.main).rich) {
      told.push(`${name} ligt ${situation.sensitive} gevoelig, maar begint met ${noun(advice.main)}. Bied bij elke stap een gesprek aan.`);
    }
  }
  const offered = [...new Set(rows.flatMap(({ situation }) => situation.offered))];
  const idle = offered.filter((id) => rows.every(({ advice }) => !roleOf(advice, id)));
  if (idle.length) told.push(`Geen rol in dit overzicht: ${listed(idle.map(noun))}. Dat is geen reden om iets te sluiten. Vraag eerst wie het gebruikt en waarom.`);
  return told;
}

// Where a municipality has no human to fall back on. Its main route may be one already: then it lacks a second.
function withoutHuman(guide, rows) {
  const lacking = rows.filter(({ advice }) => advice.toAdd.includes(advice.fallback));
  const firstHuman = ({ advice }) => (isHuman(channelOf(guide, advice.main)) && !advice.toAdd.includes(advice.main) ? advice.main : null);
  return [...new Set(lacking.map(firstHuman))].map((main) => {
    const found = lacking.filter((row) => firstHuman(row) === main);
    const none = main ? `naast ${channelOf(guide, main).noun} geen tweede kanaal met een mens dat zonder computer werkt` : "geen kanaal waar een mens helpt zonder computer";
    const toAdd = [...new Set(found.map(({ advice }) => channelOf(guide, advice.fallback).noun))];
    return `Bij ${listed(found.map(({ name }) => name))} hebben jullie ${none}. Voeg ${listed(toAdd)} toe.`;
  });
}

function isHuman({ personal, traits }) {
  return personal && !traits.includes("digitaal");
}
