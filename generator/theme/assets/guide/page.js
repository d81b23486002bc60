// The Kanaalwijzer in the page. The form is HTML from the build; what somebody chooses goes where the self-check keeps its
// answers, and the advice follows at once.

import { addService, decodeService, isFilled, isStoringOn, loadStored, newService, newState, onStoredElsewhere, parseState, store } from "../check/state.js";
import { keepButtons, trying } from "../check/keep.js";
import { announce, button, el, icon, newNotices, showNotices } from "../shared/dom.js";
import { advise } from "./advise.js";
import { bars, legend } from "./picture.js";
import { nameOf, situationOf } from "./situation.js";
import { channelOf, closeText, fitText, handOver, needWord, offerWord, rolesOf, shortText, supportText, tipsFor, titleInSentence, whyText } from "./words.js";

const root = document.querySelector("[data-tw-guide]");
const base = new URL(root.dataset.twBase, location.href).href;
const [guide, check] = await Promise.all([root.dataset.twGuide, root.dataset.twCheck].map(async (path) => (await fetch(path)).json()));
const form = root.querySelector("form");
const stored = loadStored(check);
let state = stored?.state ?? newState(check);
let current = Math.min(placeInAddress(), state.diensten.length - 1);

const service = () => state.diensten[current];
const chosen = () => service().kanalen;
const field = (name) => form.querySelector(`[name="${name}"]`);
const status = el("p", { class: "tw-hidden", role: "status" });
const keeping = el("p", { class: "tw-files__note" });
const notices = newNotices();
const advicePlace = el("section", { class: "tw-guide__part tw-guide__advice", id: "advies" });
const bar = el("p", { class: "tw-guide__bar" });

// ---------------------------------------------------------------- keeping

function save() {
  const kept = isStoringOn() && store(state);
  keeping.textContent = kept ? "" : isStoringOn()
    ? "Bewaren in deze browser lukt niet. Bewaar jullie keuzes als bestand."
    : "In de zelfcheck staat het bewaren in deze browser uit. Bewaar jullie keuzes als bestand: andere bladzijden weten er niet van.";
}

// The service that a link asks for, counted from 1: #dienst=2.
function placeInAddress() {
  return Math.max(0, Number(/^#dienst=(\d{1,2})$/.exec(location.hash)?.[1] ?? 1) - 1);
}

// Takes a choice over; one that says nothing (undefined) leaves the start to decide again.
function choose(name, value) {
  if (value === undefined) delete chosen()[name];
  else chosen()[name] = value;
  save();
  draw();
}

// ---------------------------------------------------------------- the form

const radio = (name) => form.querySelectorAll(`input[type=radio][name="${name}"]`);

function fillForm(situation, advice) {
  field("dienst").value = chosen().dienst ?? "";
  field("groep").value = chosen().groep ?? "";
  for (const [name, value] of [...Object.entries(situation.needs), ["gevoelig", situation.sensitive], ["taak", situation.task]]) {
    for (const input of radio(name)) input.checked = input.value === String(value);
  }
  for (const input of form.querySelectorAll("[name=aanbod]")) input.checked = situation.offered.includes(input.value);
  for (const part of form.querySelectorAll("[data-factor]")) part.querySelector("[data-why]").textContent = whyText(guide, situation, advice, part.dataset.factor);
  const group = guide.groups.find(({ id }) => id === situation.group);
  const fromCheck = situation.groupsFromCheck.map((id) => guide.groups.find((one) => one.id === id).label);
  form.querySelector("[data-group-why]").textContent = group?.why ?? (fromCheck.length ? `In jullie zelfcheck noemen jullie: ${fromCheck.join(", ")}.` : "");
  nameField.value = service().naam;
  servicesField.parentElement.hidden = state.diensten.length < 2;
  servicesField.replaceChildren(...state.diensten.map((one, place) => el("option", { value: place, selected: place === current }, nameOf(guide, one, place + 1))));
  drawOwnLevels(situation);
}

// Made once: who is in one of them, stays in it while the rest is drawn anew.
const nameField = el("input", { id: "dienst-naam", type: "text", maxLength: 120, oninput: () => {
  service().naam = nameField.value.trim();
  save();
  draw(false);
} });
const servicesField = el("select", { id: "dienst-welke", onchange: () => {
  current = Number(servicesField.value);
  draw();
} });

// How well it goes now, for each channel that the municipality has: only who wants to, opens it.
function drawOwnLevels(situation) {
  for (const item of form.querySelectorAll("[data-channel]")) {
    const { channel } = item.dataset;
    const own = chosen().waarden?.[channel] ?? {};
    const open = item.querySelector("details")?.open ?? false;
    item.querySelector("details")?.remove();
    if (!situation.offered.includes(channel)) continue;
    item.append(el("details", { open },
      el("summary", {}, "Gaat het bij jullie anders?", el("span", { class: "tw-hidden" }, ` ${channelOf(guide, channel).label}`), Object.keys(own).length ? ` (${Object.keys(own).length} aangepast)` : ""),
      el("div", { class: "tw-guide__levels" }, guide.factors.map(({ id, label }) => el("label", {}, label,
        el("select", { onchange: ({ target }) => setOwnLevel(channel, id, target.value), "data-level": `${channel}.${id}` },
          el("option", { value: "" }, `zoals in de tabel: ${offerWord(channelOf(guide, channel).offers[id])}`),
          [0, 1, 2, 3].map((level) => el("option", { value: level, selected: own[id] === level }, offerWord(level)))))))));
  }
}

function setOwnLevel(channel, factor, text) {
  const { [channel]: levels = {}, ...others } = chosen().waarden ?? {};
  const { [factor]: _, ...rest } = levels;
  const now = text === "" ? rest : { ...rest, [factor]: Number(text) };
  const all = Object.keys(now).length ? { ...others, [channel]: now } : others;
  choose("waarden", Object.keys(all).length ? all : undefined);
}

// ---------------------------------------------------------------- the advice

let told = null; // The advice as it was announced last.

// `whole` is false while somebody types a name: the form is as it was then.
function draw(whole = true) {
  const situation = situationOf(guide, service());
  const advice = advise(guide, situation);
  const focused = document.activeElement?.dataset?.level;
  if (whole) fillForm(situation, advice);
  if (focused) form.querySelector(`[data-level="${focused}"]`)?.focus();
  const of = (id) => advice.channels.find((found) => found.id === id);
  const routes = rolesOf(advice);
  bar.replaceChildren(...routes.flatMap(([name, id]) => [el("span", {}, icon(channelOf(guide, id).icon), el("span", { class: "tw-hidden" }, `${name}: `), channelOf(guide, id).label)]), el("a", { href: "#advies" }, "Naar het advies"));
  const open = advicePlace.querySelector(".tw-guide__all")?.open ?? false;
  heading.textContent = service().naam ? `Ons advies voor ${service().naam}` : situation.start ? `Ons advies: ${titleInSentence(situation.start.title)}` : "Ons advies";
  body.replaceChildren(
    situation.usesCheck ? el("p", {}, "Jullie antwoorden uit de zelfcheck tellen mee.") : "",
    situation.start?.fixed ? el("p", { class: "tw-notice" }, `Eén stap ligt vast. ${situation.start.fixed.why}`) : "",
    el("ol", { class: "tw-routes" }, routes.map(([name, id]) => routeCard(name, of(id), advice))),
    closeText(guide, advice) ? el("p", { class: "tw-guide__close" }, closeText(guide, advice)) : "",
    el("p", { class: "tw-guide__limit" }, "Mensen kiezen een kanaal uit gewoonte en op gevoel. Dit advies voorspelt dus niet wat zij doen. Laat andere kanalen open, en vraag het aan inwoners."),
    legend(),
    everyChannel(advice, situation, open));
  startAnewButton.hidden = !Object.keys(chosen()).length;
  const now = `Het advies: ${routes.map(([name, id]) => `${name} ${channelOf(guide, id).label}`).join(", ")}.`;
  if (told !== null && told !== now) announce(status, now);
  told = now;
}

function routeCard(name, found, advice) {
  const channel = channelOf(guide, found.id);
  const tips = tipsFor(guide, found);
  const from = found.id === advice.main ? null : advice.main;
  return el("li", { class: "tw-route" },
    el("p", { class: "tw-route__name" }, name),
    el("h3", {}, icon(channel.icon), channel.label),
    advice.toAdd.includes(found.id) ? el("p", { class: "tw-route__new" }, "Dit kanaal hebben jullie nog niet. Voeg het toe.") : "",
    el("p", {}, fitText(guide, found, advice.needs)),
    found.id === advice.support ? el("p", {}, supportText(guide, advice)) : "",
    bars(guide.factors.map(({ id, label }) => ({
      label, need: advice.needs[id], offer: found.levels[id], needWord: needWord(advice.needs[id]), offerWord: offerWord(found.levels[id]),
    }))),
    tips.length ? el("div", {}, el("h4", {}, "Zo maak je het beter"), el("ul", {}, tips.map(tipLink))) : "",
    from ? el("div", {}, el("h4", {}, `Van ${channelOf(guide, from).noun} naar ${channel.noun}`), el("ul", {}, handOver(guide, from, found.id).map((text) => el("li", {}, text)))) : "");
}

function tipLink(number) {
  const { title, address } = guide.tips[number];
  return el("li", {}, el("a", { href: base + address }, `${number}. ${title}`));
}

function everyChannel(advice, situation, open) {
  const shown = [...advice.channels].sort((one, other) => one.points - other.points);
  return el("details", { class: "tw-guide__all", open },
    el("summary", {}, "Alle kanalen naast elkaar"),
    el("p", {}, "Het getal is wat het kanaal biedt, van 0 tot 3. Het vette getal met een min zegt hoeveel stappen het kanaal te weinig biedt. Hoe minder punten, hoe beter het past."),
    el("div", { class: "tw-wide", tabIndex: 0, role: "region", "aria-label": "Tabel met alle kanalen" },
      el("table", { class: "tw-table" },
        el("thead", {}, el("tr", {}, ["Kanaal", ...guide.factors.map(({ id, label }) => `${label} (${needWord(advice.needs[id])})`), "Punten"].map((text) => el("th", { scope: "col" }, text)))),
        el("tbody", {}, shown.map((found) => el("tr", {},
          el("th", { scope: "row" }, channelOf(guide, found.id).label, situation.offered.length && !situation.offered.includes(found.id) ? el("span", { class: "tw-close" }, "hebben jullie niet") : ""),
          guide.factors.map(({ id }) => el("td", {}, String(found.levels[id]), found.short[id] ? el("strong", {}, ` −${found.short[id]}`) : "")),
          el("td", {}, String(found.points), el("span", { class: "tw-hidden" }, `. ${shortText(guide, found)}`))))))));
}

function tell(lines, field = null) {
  showNotices(notices, lines);
  if (!field) return;
  notices.append(field);
  field.select();
}

// Changes all there is, with a way back.
function replaceWith(changed, lines) {
  const before = { state, current };
  changed();
  save();
  draw();
  tell(lines);
  notices.firstChild.append(" ", button("Terug naar wat er stond", () => {
    ({ state, current } = before);
    save();
    draw();
    tell([]);
  }));
}

function openState(found, name) {
  replaceWith(() => { [state, current] = [found.state, 0]; }, [`${name} is geopend.`, ...found.notices]);
}

// A link adds its service to those that there are, unless there are none yet.
async function openLink() {
  if (!location.hash.startsWith("#c=")) return;
  await trying(tell, async () => {
    const found = await decodeService(check, location.hash.slice(3));
    const filled = isFilled(service());
    if (filled) current = addService(state, { ...found.service, naam: "Dienst uit een link" });
    else state.diensten[current] = found.service;
    save();
    tell([filled ? "De dienst uit de link staat hieronder. Jullie eigen diensten zijn er ook nog." : "De dienst uit de link staat hieronder.", ...found.notices]);
  });
  history.replaceState(null, "", location.pathname); // Or going back would open it again.
  draw();
}

// What the municipality has, it has for the next service too.
function another() {
  const { aanbod, waarden } = chosen();
  const kanalen = { ...(aanbod && { aanbod }), ...(waarden && { waarden }) };
  return trying(tell, async () => {
    current = addService(state, { ...newService(), kanalen });
    save();
    draw();
    field("dienst").focus();
  });
}

// A state with the choices of this service changed: the one before stays whole, to go back to.
function withChoices(kanalen) {
  state = { ...state, diensten: state.diensten.map((one, place) => (place === current ? { ...one, kanalen } : one)) };
}

function startAnew() {
  replaceWith(() => withChoices({}), ["Jullie keuzes voor deze dienst zijn weg."]);
  field("dienst").focus();
}

// A service of another kind starts from its own needs; what was chosen for the one before would be in the way.
function chooseService(dienst) {
  const { dienst: _, nodig, taak, gevoelig, ...others } = chosen();
  const kanalen = dienst ? { ...others, dienst } : others;
  if (nodig || taak || gevoelig) replaceWith(() => withChoices(kanalen), ["Een andere dienst begint met eigen waarden. Wat jullie hier kozen, is weg."]);
  else choose("dienst", dienst || undefined);
}

// ---------------------------------------------------------------- starting

const heading = el("h2", {});
const body = el("div", {});
const startAnewButton = button("Begin opnieuw met deze dienst", startAnew);
advicePlace.append(
  heading, body,
  el("p", { class: "tw-check__buttons" },
    el("a", { class: "tw-button tw-button--main", href: `${base}kanalenstrategie/` }, "Naar de kanalenstrategie"),
    button("Nog een dienst", another),
    startAnewButton,
    button([icon("printer-outline"), "Print of maak een pdf"], () => window.print())),
  keeping,
  keepButtons({ check, state: () => state, service, tell, open: openState }));
form.querySelector("[data-services]").append(
  el("p", { class: "tw-field" }, el("label", { for: "dienst-welke" }, "Welke van jullie diensten?"), servicesField),
  el("p", { class: "tw-field" }, el("label", { for: "dienst-naam" }, "Hoe heet de dienst bij jullie? (mag leeg)"), nameField));
form.querySelector("#dienst").after(advicePlace);
form.before(notices);
root.append(bar, status);
root.classList.add("tw-guide--live");
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", ({ target }) => {
  const { name, value } = target;
  if (name === "dienst") chooseService(value);
  else if (name === "groep" || name === "taak" || name === "gevoelig") choose(name, value || undefined);
  else if (name === "aanbod") choose("aanbod", [...form.querySelectorAll("[name=aanbod]:checked")].map((input) => input.value));
  else if (guide.factors.some(({ id }) => id === name)) choose("nodig", { ...chosen().nodig, [name]: Number(value) });
});
addEventListener("hashchange", () => {
  if (location.hash.startsWith("#dienst=")) current = Math.min(placeInAddress(), state.diensten.length - 1);
  return location.hash.startsWith("#dienst=") ? draw() : openLink();
});
onStoredElsewhere((text) => trying(tell, async () => {
  state = text === null ? newState(check) : parseState(check, text).state;
  current = Math.min(current, state.diensten.length - 1);
  draw();
}));
tell(stored?.notices ?? []);
draw();
await openLink();
