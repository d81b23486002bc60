// The document of document.js as elements, to print.

import { el } from "../shared/dom.js";

export function paperOf(blocks) {
  return blocks.map((block) => {
    switch (block.kind) {
      case "title": return el("h1", {}, block.text);
      case "heading": return el("h2", {}, block.text);
      case "subheading": return el("h3", {}, block.text);
      case "list": return el("ul", {}, block.items.map((item) => el("li", {}, item)));
      case "table": return tableOf(block);
      default: return el("p", {}, block.text);
    }
  });
}

function tableOf({ head, rows }) {
  return el("table", { class: "tw-table" },
    el("thead", {}, el("tr", {}, head.map((text) => el("th", { scope: "col" }, text)))),
    el("tbody", {}, rows.map((cells) => el("tr", {}, cells.map((text) => el("td", {}, text))))));
}
