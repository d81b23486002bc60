// The page with the kept tips: in order, with notes, to take along. Also shows a selection that somebody else shared as a link.

import { announce, button, copyText, download, el, icon } from "../shared/dom.js";
import {
  countTips, fromFragment, keep, MOST_TIPS, selection, toFragment, troubleWithKeeping,
} from "../shared/selection.js";
import { base, labelOf, loadTips, tipCard } from "../shared/tips.js";
import { selectionCsv, selectionMarkdown } from "./export.js";
import { printedNote, rowsView } from "./rows.js";

const GONE = "Deze tip staat niet meer op de site";
const MOST_NAMED = 10;
const BROKEN = "Deze link naar een selectie klopt niet. Misschien ontbreekt er een stuk. Vraag de afzender om de link opnieuw te sturen. Je eigen selectie is niet veranderd.";

const root = document.querySelector("[data-tw-selection]");
const heading = document.querySelector("h1");
const ownTitle = heading.textContent.trim();
const status = el("p", { class: "tw-hidden", role: "status" });
const troubles = el("div", {});
const screen = el("div", {});
const notices = el("div", { class: "tw-selection__notices", role: "status" });
let shared = null; // The numbers of the link that was opened.
let broken = ""; // What is wrong with the link that was opened.
let removed = null; // The tip that was removed last: {tip, place}.
let writing = false; // A note that is being typed must not be drawn anew.

const link = (address, text, extra = {}) => el("a", { href: base + address, ...extra }, text);
const today = () => new Date().toLocaleDateString("sv-SE"); // The ISO form of the day here.
const todayInWords = () => new Date().toLocaleDateString("nl-NL", { day: "numeric", month: "long", year: "numeric" });

// ---------------------------------------------------------------- what is shown

const notice = (...parts) => el("p", { class: "tw-notice" }, ...parts);

function tell(...parts) {
  notices.replaceChildren(...(parts.length ? [notice(...parts)] : []));
}

// The button that was pressed is gone; the way back is where a visitor looks for what happened.
function tellWithUndo(text, undo) {
  tell(text, " ", undo);
  undo.focus();
}

function rowOf({ number, note }) {
  const tip = byNumber.get(number);
  if (!tip) return { number, note, tip, title: GONE, summary: "", theme: "", effort: "", address: "" };
  const { title, summary, theme, effort, address } = tip;
  return { number, note, tip, title, summary, theme: labelOf(data, "thema", theme), effort: labelOf(data, "moeite", effort), address: base + address };
}

function draw() {
  const focused = screen.contains(document.activeElement) ? document.activeElement : null;
  const marked = focused && [focused.selectionStart, focused.selectionEnd];
  troubles.replaceChildren(...[broken, troubleWithKeeping()].filter(Boolean).map((text) => notice(text)));
  heading.textContent = shared ? "Een gedeelde selectie" : ownTitle;
  root.classList.toggle("tw-selection--shared", shared !== null);
  screen.replaceChildren(...(shared ? sharedView(shared) : ownView(selection().map(rowOf))));
  const again = focused?.id && document.getElementById(focused.id);
  if (!again) return;
  again.focus();
  if (marked[0] !== undefined) again.setSelectionRange(...marked);
}

function ownView(rows) {
  const list = rowsView(data, rows, { move, remove, write });
  if (removed) list.splice(removed.place, 0, undoView(removed));
  if (!list.length) return emptyView();
  return [
    el("p", { class: "tw-print-only" }, `Tipwijzer, ${todayInWords()}`),
    el("p", { class: "tw-count" }, countTips(rows.length)),
    el("div", { class: "tw-selection__columns" },
      el("ol", { class: "tw-selection__list" }, list),
      rows.length ? actionsView(rows) : el("p", {}, link("tips/", "Kies andere tips"))),
  ];
}

function emptyView() {
  return [
    el("div", { class: "tw-selection__empty" },
      el("p", {}, el("strong", {}, "Je hebt nog geen tips bewaard.")),
      el("p", {}, "Kies ", icon("bookmark-outline"), el("strong", {}, "Bewaar"), " bij een tip. Dan staat de tip hier. Je kunt de tips daarna ordenen, delen, printen en in een plan zetten."),
      el("p", { class: "tw-selection__buttons" },
        link("tips/", "Bekijk alle tips", { class: "tw-button tw-button--main" }),
        link("zelfcheck/", "Doe de zelfcheck", { class: "tw-button" }))),
  ];
}

function undoView({ tip }) {
  return el("li", { class: "tw-kept__undo" },
    el("span", {}, `Tip ${tip.number} is weggehaald.`), button(["Zet terug", el("span", { class: "tw-hidden" }, ` tip ${tip.number}`)], putBack, { id: "zet-terug" }));
}

function actionsView(rows) {
  const known = rows.filter(({ tip }) => tip).map(({ number }) => number);
  const file = (extension) => `tipwijzer-selectie-${today()}.${extension}`;
  const action = (name, label, onclick, extra = {}) => el("li", {}, button([icon(name), label], onclick, extra));
  return el("section", { class: "tw-selection__actions", "aria-labelledby": "meenemen" },
    el("h2", { id: "meenemen" }, "Neem ze mee"),
    el("ul", { class: "tw-selection__tools" },
      action("share-variant-outline", "Deel als link", () => share(known), { id: "delen" }),
      action("printer-outline", "Print of maak een pdf", () => window.print()),
      el("li", {}, link(`kaarten/#${toFragment(known)}`, [icon("cards-outline"), "Maak er kaarten van"], { class: "tw-button" })),
      root.dataset.twCheck ? action("clipboard-check-outline", "Zet in het actieplan van de zelfcheck", plan, { id: "plan" }) : null,
      action("table-arrow-down", "Download voor Excel", () => download(file("csv"), "text/csv;charset=utf-8", selectionCsv(rows))),
      action("download", "Download als tekst (Markdown)",
        () => download(file("md"), "text/markdown;charset=utf-8", selectionMarkdown(rows, todayInWords())))),
    el("p", { class: "tw-note" }, "Je selectie staat alleen in deze browser. In de link staan de tips, niet je notities."),
    el("p", {}, button("Maak de selectie leeg", empty, { id: "leeg" })));
}

function sharedView(numbers) {
  const known = numbers.filter((number) => byNumber.has(number));
  const unknown = numbers.filter((number) => !byNumber.has(number));
  const own = selection().length;
  return [
    el("p", { class: "tw-print-only" }, `Tipwijzer, ${todayInWords()}`),
    unknown.length ? notice(unknownText(unknown)) : null,
    el("p", { class: "tw-selection__shared" }, known.length ? `Iemand deelde ${countTips(known.length)} met je. ` : "Er is geen tip om te laten zien. ",
      own ? `Je eigen selectie van ${countTips(own)} is niet veranderd.` : "Je hebt zelf nog geen tips bewaard."),
    el("p", { class: "tw-selection__buttons" },
      known.length ? button("Voeg toe aan mijn selectie", () => take(known, true), { class: "tw-button tw-button--main", id: "toevoegen" }) : null,
      known.length && own ? button("Vervang mijn selectie", () => take(known, false), { id: "vervangen" }) : null,
      button("Naar mijn selectie", leaveShared)),
    el("ul", { class: "tw-cards" }, known.map((number) => tipCard(data, byNumber.get(number)))),
  ].filter(Boolean);
}

function unknownText(numbers) {
  const named = numbers.slice(0, MOST_NAMED).join(", ") + (numbers.length > MOST_NAMED ? ` en nog ${numbers.length - MOST_NAMED}` : "");
  return numbers.length === 1 ? `Tip ${named} staat niet op deze site.` : `Deze tips staan niet op deze site: ${named}.`;
}

// ---------------------------------------------------------------- what buttons do

// Changes the selection; what could be undone before no longer can.
function change(list, undo = null) {
  removed = undo;
  tell();
  keep(list);
}

function move(number, step) {
  const kept = selection();
  const place = kept.findIndex((tip) => tip.number === number);
  const [tip] = kept.splice(place, 1);
  kept.splice(place + step, 0, tip);
  change(kept);
  const [same, other] = step < 0 ? ["omhoog", "omlaag"] : ["omlaag", "omhoog"];
  const control = document.getElementById(`${same}-${number}`);
  (control.disabled ? document.getElementById(`${other}-${number}`) : control).focus();
  announce(status, `Tip ${number} staat nu op plek ${place + step + 1} van ${kept.length}.`);
}

function remove(number) {
  const kept = selection();
  const place = kept.findIndex((tip) => tip.number === number);
  const [tip] = kept.splice(place, 1);
  change(kept, { tip, place });
  document.getElementById("zet-terug").focus();
  announce(status, `Tip ${number} is weggehaald.`);
}

function putBack() {
  const { tip, place } = removed;
  const kept = selection();
  kept.splice(place, 0, tip);
  change(kept);
  document.getElementById(`weg-${tip.number}`).focus();
  announce(status, `Tip ${tip.number} staat weer op plek ${place + 1}.`);
}

function write(number, note) {
  writing = true;
  keep(selection().map((tip) => (tip.number === number ? { number, note } : tip)));
  writing = false;
  document.getElementById(`print-${number}`).textContent = printedNote(note);
}

function empty() {
  const before = selection();
  change([]);
  tellWithUndo("Je selectie is leeg.", undoButton(`Zet ${countTips(before.length)} terug`, before));
}

// Puts back what was there; what came since stays.
function undoButton(label, before, since = []) {
  return button(label, () => {
    change([...before, ...selection().filter(({ number }) => !since.includes(number))]);
    tell(`Teruggezet. Je selectie heeft ${countTips(selection().length)}.`);
    heading.focus();
  });
}

async function share(numbers) {
  const address = `${base}selectie/#${toFragment(numbers)}`;
  try {
    if (navigator.share) return void (await navigator.share({ title: "Een selectie van Tipwijzer", url: address }));
  } catch (error) {
    if (error.name === "AbortError") return;
  }
  const field = await copyText(address);
  if (!field) return tell("De link is gekopieerd. Plak hem in een bericht aan je collega.");
  tell("Kopiëren mag niet in deze browser. Kopieer de link hieronder zelf.");
  notices.append(field);
  field.select();
}

async function plan() {
  try {
    const [answer, { addToPlan }] = await Promise.all([fetch(root.dataset.twCheck), import("./to-plan.js")]);
    const { stored, off, name, added, present } = addToPlan(await answer.json(), selection());
    if (off) return tell("In de zelfcheck staat bewaren uit. Zet het daar aan, en probeer het dan opnieuw. ", link("zelfcheck/", "Naar de zelfcheck"));
    if (!stored) return tell("Deze browser kan het plan niet bewaren. Er is niets veranderd.");
    const plan = name ? `het actieplan van ‘${name}’` : "het actieplan";
    const told = [
      added ? `${countTips(added)} toegevoegd aan ${plan}, bij ‘Later’.` : `Er is niets toegevoegd aan ${plan}.`,
      present ? `${countTips(present)} ${present === 1 ? "stond" : "stonden"} er al in en ${present === 1 ? "is" : "zijn"} niet veranderd.` : "",
    ];
    tell(told.filter(Boolean).join(" "), " ", link("zelfcheck/#resultaat", "Bekijk het plan"));
  } catch {
    tell("Het actieplan is niet te laden. Kijk of je verbinding hebt, en probeer het opnieuw.");
  }
}

// ---------------------------------------------------------------- a shared selection

function take(numbers, adding) {
  const before = selection();
  const notes = new Map(before.map(({ number, note }) => [number, note]));
  const fresh = numbers.filter((number) => !notes.has(number));
  const list = adding ? [...before, ...fresh.map((number) => ({ number, note: "" }))] : numbers.map((number) => ({ number, note: notes.get(number) ?? "" }));
  openAddress("");
  [shared, broken] = [null, ""];
  change(list);
  const more = list.length > MOST_TIPS ? ` Meer dan ${MOST_TIPS} tips kan niet.` : "";
  const told = adding ? `${countTips(selection().length - before.length)} toegevoegd.` : `Je selectie is vervangen door ${countTips(numbers.length)}.`;
  tellWithUndo(told + more, undoButton("Maak dit ongedaan", before, fresh));
}

function leaveShared() {
  openAddress("");
  openFragment();
  heading.focus();
}

function openAddress(hash) {
  history.pushState(null, "", location.pathname + location.search + hash);
}

function openFragment() {
  const hash = location.hash;
  const elsewhere = hash === "" || document.getElementById(hash.slice(1)); // Such as the link to the content.
  shared = elsewhere ? null : fromFragment(hash);
  broken = elsewhere || shared ? "" : BROKEN;
  removed = null;
  tell();
  draw();
}

// ---------------------------------------------------------------- starting

const data = await loadTips().catch(() => null);
const byNumber = new Map(data?.tips.map((tip) => [tip.number, tip]));
heading.tabIndex = -1;
root.replaceChildren(status, troubles, screen, notices);
if (data) {
  addEventListener("tw-selection", () => writing || draw());
  addEventListener("hashchange", () => { openFragment(); heading.focus(); });
  openFragment();
} else {
  troubles.append(notice("De tips zijn niet te laden. Kijk of je verbinding hebt, en laad de pagina opnieuw. Je selectie is niet veranderd."));
}
