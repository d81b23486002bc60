// The selection as a table for Excel and as Markdown. A row is {number, title, summary, theme, effort, note, address}.

import { csvText, markdownText } from "../shared/export.js";

const HEADER = ["Nummer", "Tip", "Samenvatting", "Thema", "Moeite", "Notitie", "Link"];

export function selectionCsv(rows) {
  return csvText([HEADER, ...rows.map((row) => [String(row.number), row.title, row.summary, row.theme, row.effort, row.note, row.address])]);
}

// `date` is a date in words.
export function selectionMarkdown(rows, date) {
  const tips = rows.map(({ number, title, summary, note, address }) => {
    const name = `${number}. ${markdownText(title)}`;
    const parts = [`## ${address ? `[${name}](${address})` : `Tip ${name}`}`, markdownText(summary), note && `**Notitie:** ${markdownText(note)}`];
    return parts.filter(Boolean).join("\n\n");
  });
  return `${["# Mijn selectie van Tipwijzer", date, ...tips].join("\n\n")}\n`;
}
