// The clock of a step: {rest, eind}. `rest` are the seconds left when it stands still, `eind` is the moment when a running
// clock is at zero, in milliseconds, so that it goes on rightly after a reload.

import { button, el } from "../shared/dom.js";

const SAID_AT = [5 * 60, 60, 0];
const MINUTE = 60;

export const newClock = (minutes) => ({ rest: minutes * MINUTE, eind: null });

export function secondsLeft(clock, now) {
  return clock.eind === null ? clock.rest : Math.max(0, Math.ceil((clock.eind - now) / 1000));
}

export const started = (clock, now) => ({ rest: clock.rest, eind: now + clock.rest * 1000 });

export const paused = (clock, now) => ({ rest: secondsLeft(clock, now), eind: null });

export function longer(clock, now) {
  const rest = secondsLeft(clock, now) + MINUTE;
  return clock.eind === null ? { rest, eind: null } : started({ rest }, now);
}

// What to announce when the seconds left went from `before` to `after`; null when that is nothing.
export function saidBetween(before, after) {
  const passed = SAID_AT.filter((mark) => before > mark && after <= mark);
  if (!passed.length) return null;
  const minutes = Math.min(...passed) / MINUTE;
  if (minutes === 0) return "De tijd is om.";
  return minutes === 1 ? "Nog 1 minuut." : `Nog ${minutes} minuten.`;
}

export function clockText(seconds) {
  return `${Math.floor(seconds / MINUTE)}:${String(seconds % MINUTE).padStart(2, "0")}`;
}

// The clock on the screen. `clock` reads the clock of the step, `change` keeps a new one, `minutes` is how long the step takes.
// Returns {element, draw, tick}; `tick` is for every second. It only tells the time: nothing else follows from it.
export function clockView({ clock, change, minutes, announce }) {
  const left = () => secondsLeft(clock(), Date.now());
  const isRunning = () => clock().eind !== null && left() > 0;
  const shown = el("span", { class: "tw-clock__time" });
  const said = el("span", { class: "tw-clock__words" });
  const toggle = button("", () => {
    const now = Date.now();
    if (left() === 0) change(newClock(minutes()));
    else change(isRunning() ? paused(clock(), now) : started(clock(), now));
    draw();
  });
  const more = button("Plus 1 minuut", () => {
    change(longer(clock(), Date.now()));
    draw();
  });
  let before = 0;
  const draw = () => {
    before = left();
    shown.textContent = clockText(before);
    said.textContent = before === 0 ? "de tijd is om" : `van ${minutes()} min${isRunning() ? "" : ", staat stil"}`;
    toggle.textContent = before === 0 ? "Zet terug" : isRunning() ? "Pauze" : "Start";
  };
  const tick = () => {
    const words = saidBetween(before, left());
    if (before !== left()) draw();
    if (words) announce(words);
  };
  return { element: el("div", { class: "tw-clock", role: "group", "aria-label": "Klok" }, el("p", {}, shown, " ", said), toggle, more), draw, tick };
}
