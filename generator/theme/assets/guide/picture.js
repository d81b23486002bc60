// What a service needs beside what a channel offers, in three squares for each factor. In black and white a step that is
// missing is hatched; the words beside it say the same.

import { el } from "../shared/dom.js";
import { counted } from "../shared/words.js";

const STEPS = 3;
const [SIDE, GAP] = [18, 5];
const SVG = "http://www.w3.org/2000/svg";
let drawn = 0;

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function squares(need, offer, label) {
  const hatch = `tw-hatch-${(drawn += 1)}`;
  const width = STEPS * (SIDE + GAP);
  return svg("svg", { class: "tw-squares", viewBox: `-1.5 -1.5 ${width + 1} ${SIDE + 3}`, role: "img", "aria-label": label },
    svg("defs", {}, svg("pattern", { id: hatch, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("line", { x1: 0, y1: 0, x2: 0, y2: 5, stroke: "currentColor", "stroke-width": 2.4 }))),
    ...Array.from({ length: STEPS }, (_, step) => {
      const [needed, offered] = [need > step, offer > step];
      const kind = needed && offered ? "met" : needed ? "short" : offered ? "more" : "none";
      return svg("rect", {
        class: `tw-squares__${kind}`, x: step * (SIDE + GAP), y: 0, width: SIDE, height: SIDE, rx: 2, ...(kind === "short" ? { fill: `url(#${hatch})` } : {}),
      });
    }));
}

// `rows` are {label, need, offer, needWord, offerWord}; levels run from 0 to 3.
export function bars(rows) {
  return el("ul", { class: "tw-bars" }, rows.map(({ label, need, offer, needWord, offerWord }) => {
    const missing = need - offer;
    return el("li", {},
      el("span", { class: "tw-bars__label" }, label),
      squares(need, offer, `${needWord} voor deze dienst, en dit kanaal biedt dat ${offerWord}`),
      missing > 0 ? el("span", { class: "tw-bars__told" }, `${counted(missing, "stap", "stappen")} te weinig`) : "");
  }));
}

export function legend() {
  return el("ul", { class: "tw-legend" }, [[1, 1, "nodig, en dit kanaal biedt het"], [1, 0, "nodig, maar ontbreekt"], [0, 1, "meer dan nodig"]].map(([need, offer, text]) => {
    const picture = squares(need, offer, "");
    picture.setAttribute("aria-hidden", "true");
    picture.setAttribute("viewBox", `-1.5 -1.5 ${SIDE + 3} ${SIDE + 3}`);
    return el("li", {}, picture, text);
  }));
}
