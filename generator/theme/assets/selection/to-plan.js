// Puts kept tips in the action plan of the self-check, as this browser keeps it. What already stands in the plan stays as it is.

import { isStoringOn, loadStored, newState, store } from "../check/state.js";

// `data` is what the self-check works with. Returns {stored, off, name, added, present}: whether the browser kept it, whether the
// visitor turned keeping off, the name of the service, and how many tips came in and how many stood there already.
export function addToPlan(data, kept) {
  const state = loadStored(data)?.state ?? newState(data);
  const [service] = state.diensten; // The one that the self-check opens with.
  const known = kept.filter(({ number }) => data.tips.some((tip) => tip.number === number));
  const fresh = known.filter(({ number }) => !Object.hasOwn(service.plan, number));
  for (const { number, note } of fresh) service.plan[number] = { status: "later", wie: "", wanneer: "", notitie: note };
  return { stored: store(state), off: !isStoringOn(), name: service.naam, added: fresh.length, present: known.length - fresh.length };
}
