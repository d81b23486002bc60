// The advice in sentences. Text only; the page makes elements of it.

import { counted, listed } from "../shared/words.js";
import { IMPORTANT } from "./advise.js";

const NEEDS = ["", "gewoon", "belangrijk", "heel belangrijk"];
const OFFERS = ["weinig", "redelijk", "goed", "heel goed"];
const MOST_NAMED = 3;

export const needWord = (level) => NEEDS[level];
export const offerWord = (level) => OFFERS[level];
export const channelOf = (guide, id) => guide.channels.find((channel) => channel.id === id);

// The channels that an advice names, each with its role: [role, channel], the main route first.
export function rolesOf({ main, support, fallback }) {
  return [["Hoofdroute", main], ["Helpt daarbij", support], ["Altijd een mens", fallback]].filter(([, id]) => id);
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const nounsOf = (guide, ids) => ids.map((id) => guide.factors.find((factor) => factor.id === id).noun);

// A title within a sentence: "paspoort of identiteitskaart aanvragen"; an abbreviation keeps its capitals.
export function titleInSentence(title) {
  return /^\p{Lu}{2}/u.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}

// What a channel is good for here and where it falls short, the widest gap first.
export function fitText(guide, found, needs) {
  const name = capital(channelOf(guide, found.id).noun);
  const short = Object.keys(found.short).sort((one, other) => found.short[other] - found.short[one]);
  const fits = Object.keys(needs).filter((factor) => needs[factor] >= IMPORTANT && !found.short[factor]);
  if (fits.length && short.length) return `${name} past bij ${listed(nounsOf(guide, fits))}, maar schiet tekort op ${listed(nounsOf(guide, short))}.`;
  if (fits.length) return `${name} past bij ${listed(nounsOf(guide, fits))}, en schiet nergens tekort.`;
  if (short.length) return `${name} schiet hier tekort op ${listed(nounsOf(guide, short))}.`;
  return `${name} is goed genoeg voor deze dienst.`;
}

// What the supporting channel is there for.
export function supportText(guide, advice) {
  return advice.fills.length ? `Vult aan wat de hoofdroute mist: ${listed(nounsOf(guide, advice.fills))}.` : "Vertelt mensen vooraf wat zij moeten weten.";
}

// Why a factor is so important here: what the group needs, or what the service or the municipality said.
export function whyText(guide, situation, advice, factor) {
  const group = guide.groups.find(({ id }) => id === situation.group);
  return group && advice.needs[factor] > situation.needs[factor] ? `Voor ${group.label.toLowerCase()}: ${group.why}` : situation.why[factor];
}

// Whether another channel could be the main route too; empty when none comes near.
export function closeText(guide, advice) {
  if (!advice.close.length) return "";
  const names = (list) => listed(list.map(({ id }) => channelOf(guide, id).noun));
  const [equal, near] = [advice.close.filter(({ more }) => !more), advice.close.filter(({ more }) => more)];
  const told = [];
  if (equal.length) told.push(`${capital(names(equal))} ${equal.length === 1 ? "past" : "passen"} hier even goed. Wij noemen het lichtste kanaal.`);
  if (near.length) told.push(`Met ${names(near)} scheelt het maar één punt.`);
  return `${told.join(" ")} Jullie kennen de inwoners: kies zelf.`;
}

export function shortText(guide, found) {
  const parts = Object.entries(found.short).map(([factor, steps]) => `${nounsOf(guide, [factor])[0]} (${counted(steps, "stap", "stappen")})`);
  return parts.length ? `Te weinig: ${listed(parts)}` : "Komt niets tekort";
}

// What to arrange between two channels, so that nobody has to begin anew.
export function handOver(guide, from, to) {
  return [channelOf(guide, from).hand_on, channelOf(guide, to).take_over];
}

// The numbers of the tips that close the gaps of a channel, the widest gap first.
export function tipsFor(guide, found) {
  const gaps = Object.entries(found.short).sort(([, one], [, other]) => other - one);
  return [...new Set(gaps.flatMap(([factor]) => channelOf(guide, found.id).tips[factor]))].slice(0, MOST_NAMED);
}
