// A first version of a channel strategy, as blocks: {kind: "title" | "heading" | "subheading" | "text" | "list" | "table"}.
// docx.js and the Markdown below make files of them, paper.js prints them.

import { TO_COME, dutchDate, planRows } from "../check/plan.js";
import { IMPORTANT } from "../guide/advise.js";
import { nameOf } from "../guide/situation.js";
import { channelOf, closeText, fitText, needWord, tipsFor } from "../guide/words.js";
import { markdownText } from "../shared/export.js";
import { counted, listed } from "../shared/words.js";
import { routesOf } from "./overview.js";

const title = (text) => ({ kind: "title", text });
const heading = (text) => ({ kind: "heading", text });
const subheading = (text) => ({ kind: "subheading", text });
const paragraph = (text) => ({ kind: "text", text });
const list = (items) => ({ kind: "list", items });
const table = (head, rows) => ({ kind: "table", head, rows });

// `today` is a day in Dutch words, `base` the address of the site.
export function strategyBlocks({ guide, check, state, rows, conflicts, today, base }) {
  const label = (id) => (id ? channelOf(guide, id).label : "");
  const values = valuesBehind(guide, rows);
  return [
    title("Kanalenstrategie, eerste versie"),
    paragraph(`Gemaakt op ${today} met de Kanaalwijzer van Tipwijzer. Dit is een begin om samen over te praten, geen besluit. Tekst tussen [haken] vullen jullie zelf in.`),
    heading("Wat wij willen bereiken"),
    paragraph(state.strategie.doelen || "[Noem hoogstens drie doelen, in woorden van inwoners. Bijvoorbeeld: wie belt, spreekt iemand die verder helpt.]"),
    heading("Voor wie wij dit doen"),
    ...forWhom(guide, rows),
    heading("Welke kanalen mensen nu gebruiken"),
    ...mediaUse(state.strategie.gebruik),
    heading("Welk kanaal waarvoor is"),
    table(["Dienst", "Hoofdroute", "Helpt daarbij", "Altijd een mens"], rows.map(({ name, advice }) => [name, label(advice.main), label(advice.support), label(advice.fallback)])),
    paragraph("Geen van deze routes is verplicht. Wie iets anders nodig heeft, kan altijd bij een mens terecht."),
    heading("Waarom wij dit kiezen"),
    ...rows.flatMap((row) => choiceOf(guide, row)),
    heading("Waar het knelt"),
    conflicts.length ? list(conflicts) : paragraph("Tussen deze diensten zagen wij niets wat knelt."),
    heading("Wat wij gaan doen"),
    ...whatToDo({ guide, check, state, rows, base }),
    heading("Hoe wij het volgen"),
    list(guide.watch.map((watch) => `${watch.title} ${watch.text}`)),
    heading("Wat hierin geschat is"),
    ...whatIsGuessed({ guide, rows, values, base }),
    heading("Bronnen"),
    list([
      ...sourcesOf(values),
      `Alle waarden van de kanalen, met argument en bron: ${base}kanaalwijzer/tabel/`,
      `De regels achter het advies: ${base}kanaalwijzer/zo-werkt-de-kanaalwijzer/`,
      "De zeven factoren: Jeroen van Grondelle en Marlies van Steenbergen, Hogeschool Utrecht.",
      "[Zet hier jullie eigen cijfers en onderzoeken bij.]",
    ]),
  ];
}

function forWhom(guide, rows) {
  const groups = rows.map(({ name, situation }) => {
    const ids = [...new Set([situation.group, ...situation.groupsFromCheck].filter(Boolean))];
    return `${name}: ${ids.length ? listed(ids.map((id) => guide.groups.find((group) => group.id === id).label.toLowerCase())) : "alle inwoners"}.`;
  });
  const others = rows.flatMap(({ name, groups: differing }) => differing.map(({ labels, main }) => `${name}: ${channelOf(guide, main).noun} voor ${listed(labels.map((label) => label.toLowerCase()))}.`));
  return [list(groups), ...(others.length ? [subheading("Voor deze groepen past een andere hoofdroute beter"), list(others)] : [])];
}

function mediaUse(written) {
  if (written) return [paragraph(written)];
  return [
    paragraph("Dit weten wij nog niet. Voordat wij kiezen, zoeken wij uit:"),
    list([
      "Hoeveel mensen gebruiken elk kanaal voor deze diensten? Tel een week lang per kanaal.",
      "Waar stappen mensen over, en waarom? Vraag het aan telefoon en balie.",
      "Welk kanaal willen inwoners zelf, en waarvoor? Vraag het aan tien mensen uit de groepen hierboven.",
    ]),
  ];
}

function choiceOf(guide, { name, situation, advice }) {
  const noun = (id) => channelOf(guide, id).noun;
  const important = factorsThatMatter(guide, advice);
  const [main, ...others] = routesOf(advice);
  const own = Object.values(situation.own).reduce((sum, levels) => sum + Object.keys(levels).length, 0);
  return [
    subheading(name),
    important.length ? list(important.map((factor) => `${factor.label} is ${needWord(advice.needs[factor.id])}. ${reasonOf(guide, situation, advice, factor.id)}`.trim())) : paragraph("Bij deze dienst is niets extra belangrijk."),
    ...(situation.start?.fixed ? [paragraph(`Eén stap ligt vast. ${situation.start.fixed.why}`)] : []),
    paragraph("Zo passen de kanalen daarbij:"),
    list(measuredRoutes(advice).map((found) => fitText(guide, found, advice.needs))),
    ...(closeText(guide, advice) ? [paragraph(closeText(guide, advice))] : []),
    paragraph(`Zo sluiten de routes aan. ${channelOf(guide, main).hand_on}`),
    list(others.map((id) => `Van ${noun(main)} naar ${noun(id)}: ${channelOf(guide, id).take_over}`)),
    ...(own ? [paragraph(`Voor deze dienst pasten wij ${counted(own, "waarde", "waarden")} van de tabel aan.`)] : []),
  ];
}

function factorsThatMatter(guide, advice) {
  return guide.factors.filter(({ id }) => advice.needs[id] >= IMPORTANT);
}

function measuredRoutes(advice) {
  return routesOf(advice).map((id) => advice.channels.find((found) => found.id === id));
}

// Why a factor matters for a service: because of the group, where that asks for more than the service does.
function reasonOf(guide, situation, advice, factor) {
  if (advice.needs[factor] === situation.needs[factor]) return situation.why[factor];
  const { label, why } = guide.groups.find(({ id }) => id === situation.group);
  return `${label}: ${why}`;
}

function whatToDo({ guide, check, state, rows, base }) {
  const planned = state.diensten.flatMap((service, place) => planRows(check, service, {}, base).filter(({ status }) => TO_COME.includes(status)).map((row) => ({ ...row, service: nameOf(guide, service, place + 1) })));
  const chosen = new Set(planned.map(({ number }) => number));
  const gaps = new Set(rows.flatMap(({ advice }) => measuredRoutes(advice).flatMap((found) => tipsFor(guide, found))));
  const more = [...gaps].filter((number) => !chosen.has(number));
  return [
    planned.length
      ? table(["Dienst", "Wat", "Wie", "Wanneer"], planned.map(({ service, number, title: name, wie, wanneer }) => [service, `Tip ${number}: ${name}`, wie || "[wie]", wanneer ? dutchDate(wanneer) : "[wanneer]"]))
      : paragraph("[Kies hoogstens vier tips, met wie en wanneer. In de zelfcheck zet je ze in een plan.]"),
    ...(more.length ? [paragraph("Deze tips vullen aan wat de gekozen kanalen missen:"), list(more.map((number) => `Tip ${number}: ${guide.tips[number].title} (${base}${guide.tips[number].address})`))] : []),
  ];
}

// ---------------------------------------------------------------- what it rests on

// The grounds of the values in the channel table that this strategy uses, each value once: those of its routes, on what matters.
// What a municipality filled in itself has no ground here.
function valuesBehind(guide, rows) {
  const values = new Map();
  for (const { situation, advice } of rows) {
    for (const channel of routesOf(advice)) {
      for (const { id } of factorsThatMatter(guide, advice)) {
        if (situation.own[channel]?.[id] === undefined) values.set(`${channel} ${id}`, channelOf(guide, channel).ground[id]);
      }
    }
  }
  return [...values.values()];
}

function sourcesOf(values) {
  return [...new Set(values.map(({ source }) => source).filter(Boolean))].sort((one, other) => one.localeCompare(other, "nl"));
}

function whatIsGuessed({ guide, rows, values, base }) {
  const sourced = values.filter(({ source }) => source).length;
  const chosen = rows.flatMap(({ name, service }) => {
    const labels = guide.factors.filter(({ id }) => service.kanalen.nodig?.[id]).map(({ label }) => label.toLowerCase());
    return labels.length ? [`${name}: ${listed(labels)}.`] : [];
  });
  return [
    paragraph(`Hoe goed een kanaal past, staat in een tabel. Voor deze strategie telden daaruit ${counted(values.length, "waarde", "waarden")} mee: ${sourced} met een bron en ${values.length - sourced} met een inschatting van de makers. De niveaus zelf zijn altijd een keuze.`),
    paragraph("Mensen kiezen een kanaal uit gewoonte en op gevoel. Dit plan voorspelt dus niet wat zij doen. Meet daarom voor en na elke verandering."),
    paragraph(`Hoe belangrijk iets is voor een dienst, is ook een inschatting: van de makers, of met onze antwoorden in de zelfcheck. Zo staat het in de tabel: ${base}kanaalwijzer/tabel/`),
    ...(chosen.length ? [paragraph("Deze niveaus kozen wij zelf:"), list(chosen)] : []),
  ];
}

// ---------------------------------------------------------------- Markdown

export function markdownOf(blocks) {
  return `${blocks.map(markdownBlock).join("\n\n")}\n`;
}

function markdownBlock(block) {
  switch (block.kind) {
    case "title": return `# ${markdownLine(block.text)}`;
    case "heading": return `## ${markdownLine(block.text)}`;
    case "subheading": return `### ${markdownLine(block.text)}`;
    case "list": return block.items.map((item) => `- ${markdownLine(item)}`).join("\n");
    case "table": return [block.head.map(markdownText), block.head.map(() => "---"), ...block.rows.map((cells) => cells.map(markdownText))].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
    default: return markdownLine(block.text);
  }
}

// At the start of a line, '- ', '1. ' and the like would make a list or a quote, and spaces would make code.
function markdownLine(text) {
  return markdownText(text.trimStart()).replace(/^(?:[-+>]|\d+[.)])/, (mark) => `${mark.slice(0, -1)}\\${mark.at(-1)}`);
}
