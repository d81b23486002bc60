// What somebody typed, made harmless for the files that a visitor takes along: tables for Excel, and Markdown.

const BOM = "\uFEFF"; // Tells Excel that the text is UTF-8.
// Excel and its kin run a cell that begins so, some also after white space or with the wide signs of Asian keyboards.
const FORMULA = /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u;
export const LINE_BREAK = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;

// Rows of text as CSV. Semicolons, because Dutch Excel has the comma for decimals.
export function csvText(rows) {
  return BOM + rows.map((cells) => `${cells.map(csvCell).join(";")}\r\n`).join("");
}

function csvCell(text) {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

// Shows as it was typed: nothing in it is markup, and it stays within its cell.
export function markdownText(text) {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\`*_{}[\]|~#$]/g, "\\$&")
    .replace(LINE_BREAK, "<br>");
}
