// What a service needs: what the municipality's self-check tells, where such a service starts, and what somebody chose here.

import { ORDINARY } from "./advise.js";

const TASK = "doen";
const OFTEN = ["nooit", "soms", "vaak"];

// `service` is one of the state of the self-check. Returns a situation for `advise`, with `why`: a sentence by factor,
// `start`: the common service that it is like, `groupsFromCheck`: groups that the self-check named, and
// `usesCheck`: whether the self-check told anything.
export function situationOf(guide, service) {
  const chosen = service.kanalen;
  const start = guide.services.find(({ id }) => id === chosen.dienst);
  const told = toldBy(guide, service.antwoorden);
  const needs = {};
  const why = {};
  for (const { id } of guide.factors) {
    const [fromStart, fromCheck] = [start?.needs[id] ?? ORDINARY, told.needs[id]?.level ?? 0];
    needs[id] = chosen.nodig?.[id] ?? Math.max(fromStart, fromCheck);
    if (chosen.nodig?.[id]) why[id] = "Zo kozen jullie het hier.";
    else if (fromCheck > fromStart) why[id] = `Uit jullie zelfcheck: ${told.needs[id].because}.`;
    else why[id] = start ? start.why[id] : "";
  }
  const often = Math.max(OFTEN.indexOf(start?.sensitive ?? "nooit"), OFTEN.indexOf(told.sensitive ?? "nooit"));
  return {
    task: chosen.taak ?? start?.task ?? told.task ?? TASK,
    sensitive: chosen.gevoelig ?? OFTEN[often],
    needs,
    group: chosen.groep ?? null,
    fixed: start?.fixed?.channel ?? null,
    offered: chosen.aanbod ?? told.channels,
    own: chosen.waarden ?? {},
    why,
    start,
    groupsFromCheck: told.groups,
    usesCheck: told.used,
  };
}

// The name of a service: its own, that of the common service it is like, or else its number, from 1.
export function nameOf(guide, { naam, kanalen }, number) {
  return naam || guide.services.find(({ id }) => id === kanalen.dienst)?.title || `Dienst ${number}`;
}

// What the answers say together: of several needs the highest, of several tasks the first.
function toldBy(guide, answers) {
  const found = { needs: {}, task: null, sensitive: null, channels: [], groups: [], used: false };
  for (const [item, options] of Object.entries(answers)) {
    for (const option of options) {
      const says = guide.told[item]?.[option];
      if (!says) continue;
      found.used = true;
      found.task ??= says.task;
      if (says.sensitive && OFTEN.indexOf(says.sensitive) > OFTEN.indexOf(found.sensitive ?? "nooit")) found.sensitive = says.sensitive;
      found.channels.push(...says.channels);
      found.groups.push(...says.groups);
      for (const [factor, level] of Object.entries(says.needs)) {
        if (level > (found.needs[factor]?.level ?? 0)) found.needs[factor] = { level, because: says.because };
      }
    }
  }
  found.groups = [...new Set(found.groups)].filter((group) => guide.groups.some(({ id }) => id === group));
  return found;
}
