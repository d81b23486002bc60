// The action plan of one service as rows, and those rows as CSV, calendar and Markdown. All text in a plan is what somebody
// typed, or what came in a file: each form escapes it in its own way.

import { csvText, LINE_BREAK, markdownText } from "../shared/export.js";

export const STATUSES = {
  "doen-we-al": "Doen we al",
  "gaan-we-doen": "Gaan we doen",
  later: "Later",
  "niet-voor-ons": "Niet voor ons",
};
const ORDER = ["gaan-we-doen", "later", "doen-we-al", "niet-voor-ons"];
export const TO_COME = ["gaan-we-doen", "later"];
const AFTER_ALL_DATES = "9999-99-99";
const GONE = "Deze tip staat niet meer op de site";

// `reasons` maps a tip's number to its reason, `base` is the address of the site. A tip that the site no longer has keeps its
// row, because what people wrote about it may not get lost.
export function planRows(data, service, reasons, base) {
  const tips = new Map(data.tips.map((tip) => [tip.number, tip]));
  const rows = Object.entries(service.plan).map(([key, { status, wie, wanneer, notitie }]) => {
    const number = Number(key);
    const tip = tips.get(number);
    const [title, address] = tip ? [tip.title, base + tip.address] : [GONE, ""];
    return { number, title, status, label: STATUSES[status], wie, wanneer, notitie, reason: reasons[number] ?? "", address };
  });
  const place = ({ status }) => ORDER.indexOf(status);
  const date = ({ wanneer }) => wanneer || AFTER_ALL_DATES;
  const compare = (one, other) => place(one) - place(other) || date(one).localeCompare(date(other)) || one.number - other.number;
  return rows.sort(compare);
}

export function dutchDate(date) {
  return date.split("-").reverse().join("-");
}

// ---------------------------------------------------------------- CSV

const CSV_HEADER = ["Dienst", "Nummer", "Tip", "Status", "Wie", "Wanneer", "Notitie", "Waarom", "Link"];

export function planCsv(service, rows) {
  const lines = rows.map(({ number, title, label, wie, wanneer, notitie, reason, address }) =>
    [service.naam, String(number), title, label, wie, dutchDate(wanneer), notitie, reason, address],
  );
  return csvText([CSV_HEADER, ...lines]);
}

// ---------------------------------------------------------------- iCalendar (RFC 5545)

const MOST_OCTETS = 75;

// `today` is an ISO date. Empty when no row has a date and is still to come, because a calendar without events is not valid.
export function planCalendar(service, rows, today) {
  const events = rows.filter((row) => row.wanneer && TO_COME.includes(row.status));
  if (!events.length) return "";
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Tipwijzer//Zelfcheck//NL",
    ...events.flatMap((row) => eventLines(service, row, today)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function eventLines(service, row, today) {
  const description = [
    ["Dienst", service.naam],
    ["Wie", row.wie],
    ["Notitie", row.notitie],
    ["Waarom", row.reason],
    ["Lees de tip", row.address], // Again, because not every calendar shows the property URL.
  ];
  return [
    "BEGIN:VEVENT",
    `UID:tip-${row.number}-${fingerprint(service.naam)}@tipwijzer`,
    `DTSTAMP:${basicDate(today)}T000000Z`,
    `DTSTART;VALUE=DATE:${basicDate(row.wanneer)}`,
    `SUMMARY:${icsText(`Tip ${row.number}: ${row.title}`)}`,
    `DESCRIPTION:${icsText(description.filter(([, text]) => text).map(([name, text]) => `${name}: ${text}`).join("\n"))}`,
    ...(row.address ? [`URL:${row.address}`] : []),
    "TRANSP:TRANSPARENT", // An action does not make the whole day busy.
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${icsText(`Over een week: tip ${row.number}, ${row.title}`)}`,
    "TRIGGER:-P6DT15H", // A week before at nine in the morning; the event starts at midnight.
    "END:VALARM",
    "END:VEVENT",
  ];
}

function basicDate(date) {
  return date.replaceAll("-", "");
}

function icsText(text) {
  return text
    .replace(LINE_BREAK, "\n")
    .replace(/(?![\t\n])\p{Cc}/gu, "") // Not allowed in a text, and not visible.
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n");
}

// Breaks a line before it is too long, never inside a character; what follows begins with a space.
function folded(line) {
  const encoder = new TextEncoder();
  let text = "";
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > MOST_OCTETS) {
      text += "\r\n ";
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return text;
}

// A short name for a service that stays the same (FNV-1a), because its own name may hold any character.
function fingerprint(text) {
  let hash = 0x811c9dc5;
  for (const octet of new TextEncoder().encode(text)) hash = Math.imul(hash ^ octet, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

// ---------------------------------------------------------------- Markdown

export function planMarkdown(service, rows) {
  const cells = rows.map(({ number, title, label, wie, wanneer, notitie, reason, address }) => {
    const name = `${number}. ${markdownText(title)}`;
    return [address ? `[${name}](${address})` : name, label, ...[wie, dutchDate(wanneer), notitie, reason].map(markdownText)];
  });
  const header = ["Tip", "Status", "Wie", "Wanneer", "Notitie", "Waarom"];
  const lines = [header, header.map(() => "---"), ...cells].map((line) => `| ${line.join(" | ")} |`);
  const heading = service.naam ? `## Actieplan: ${markdownText(service.naam)}` : "## Actieplan";
  return `${heading}\n\n${lines.join("\n")}\n`;
}
