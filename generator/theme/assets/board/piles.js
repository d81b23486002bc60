// The screens with cards and piles: look at all cards, lay them on a pile one by one, and move them later.

import { button, el, icon } from "../shared/dom.js";
import { base, labelOf, tipCard } from "../shared/tips.js";
import { counted } from "../shared/words.js";
import { inPile, move, PILES, undo } from "./state.js";

export function chooseScreen(board) {
  return [el("ul", { class: "tw-cards tw-board__cards" }, board.state.tips.map((number) => tipCard(board.data, board.tips.get(number), { level: 3 })))];
}

// ---------------------------------------------------------------- one card at a time

export function placeScreen(board) {
  let current = inPile(board.state, null)[0];
  const card = el("div", { class: "tw-board__place" });
  const select = el("select", { onchange: () => show(Number(select.value)) });
  const next = button("Volgende kaart", () => show(after(current)));
  const choice = el("div", { class: "tw-board__choice" }, el("label", {}, el("span", {}, "Kaart op het scherm"), select), next);
  const piles = Object.entries(PILES).map(([pile, label]) => {
    const count = el("span", { class: "tw-pile__count" });
    return { pile, label, count, element: button([el("span", {}, label), count], () => lay(pile), { class: `tw-button tw-pile tw-pile--${pile}` }) };
  });
  const buttons = el("div", { class: "tw-piles", role: "group", "aria-label": "Leg deze kaart op een stapel" }, piles.map(({ element }) => element));

  // The next card without a pile, from the first again after the last.
  function after(number) {
    const waiting = inPile(board.state, null);
    const order = board.state.tips;
    return waiting.find((other) => order.indexOf(other) > order.indexOf(number)) ?? waiting[0];
  }

  function lay(pile) {
    const laid = current;
    move(board.state, laid, pile);
    board.save();
    show(after(laid));
    board.say(`Tip ${laid} ligt op ${PILES[pile]}. ${remaining(inPile(board.state, null).length)}`);
    if (current === undefined) card.firstChild.focus();
  }

  function show(number) {
    current = number;
    const waiting = inPile(board.state, null);
    const done = number === undefined;
    buttons.hidden = done;
    choice.hidden = done;
    select.replaceChildren(...waiting.map((other) => el("option", { value: other, selected: other === number }, `${other}. ${board.tips.get(other).title}`)));
    for (const { pile, label, count, element } of piles) {
      const lying = inPile(board.state, pile).length;
      count.textContent = lying;
      element.setAttribute("aria-label", `${label}, ${counted(lying, "kaart", "kaarten")}`);
    }
    card.replaceChildren(done
      ? el("p", { class: "tw-board__done", tabIndex: -1 }, "Alle kaarten liggen op een stapel. Ga verder met de volgende stap.")
      : bigCard(board, number));
  }

  show(current);
  return [card, buttons, choice, undoButton(board, (number) => show(inPile(board.state, null).includes(number) ? number : current))];
}

function remaining(number) {
  return number ? `Nog ${counted(number, "kaart", "kaarten")}.` : "Alle kaarten zijn verdeeld.";
}

function bigCard({ data, tips }, number) {
  const tip = tips.get(number);
  return el("article", { class: `tw-big tw-theme-${tip.theme}` },
    el("p", { class: "tw-big__theme" }, icon(`theme-${tip.theme}`), labelOf(data, "thema", tip.theme)),
    el("h3", { class: "tw-big__title" }, el("span", { class: "tw-big__number" }, String(number), el("span", { class: "tw-hidden" }, ". ")), tip.title),
    el("p", { class: "tw-big__text" }, tip.summary),
    el("p", { class: "tw-big__facts" },
      el("span", {}, icon(`effort-${tip.effort}`), `Moeite: ${labelOf(data, "moeite", tip.effort).toLowerCase()}`),
      el("a", { href: base + tip.address }, "Lees de tip")));
}

function undoButton(board, onUndone) {
  return el("p", { class: "tw-board__buttons" }, button("Maak de laatste zet ongedaan", () => {
    const number = undo(board.state);
    if (number === null) return void board.say("Er is geen zet om ongedaan te maken.");
    board.save();
    onUndone(number);
    const pile = board.state.stapels[number];
    board.say(pile ? `Tip ${number} ligt weer op ${PILES[pile]}.` : `Tip ${number} ligt niet meer op een stapel.`);
  }));
}

// ---------------------------------------------------------------- all piles

export function discussScreen(board) {
  const view = el("div", { class: "tw-columns" });
  let open = false;
  const draw = () => {
    const rest = inPile(board.state, null);
    const others = el("details", { class: "tw-column--rest", open, ontoggle: (event) => (open = event.target.open) },
      el("summary", {}, `Nog niet verdeeld: ${counted(rest.length, "kaart", "kaarten")}`), cardList(board, rest, draw));
    view.replaceChildren(
      ...Object.entries(PILES).map(([pile, label]) => {
        const lying = inPile(board.state, pile);
        return el("section", { class: `tw-column tw-pile--${pile}` },
          el("h3", {}, label, el("span", { class: "tw-column__count" }, counted(lying.length, "kaart", "kaarten"))),
          lying.length ? cardList(board, lying, draw) : el("p", { class: "tw-column__none" }, "Nog leeg"));
      }),
      rest.length ? others : "");
  };
  draw();
  return [view, undoButton(board, draw)];
}

// Every card has the choice of its pile, which keeps the focus when the card moves.
function cardList(board, numbers, draw) {
  return el("ul", { class: "tw-column__cards" }, numbers.map((number) => {
    const tip = board.tips.get(number);
    const onchange = (event) => {
      const pile = event.target.value || null;
      move(board.state, number, pile);
      board.save();
      draw();
      const moved = document.getElementById(`stapel-${number}`);
      moved.closest("details")?.setAttribute("open", "");
      moved.focus();
      board.say(pile ? `Tip ${number} ligt nu op ${PILES[pile]}.` : `Tip ${number} ligt niet meer op een stapel.`);
    };
    const options = [["", "Nog niet verdeeld"], ...Object.entries(PILES)];
    return el("li", { class: `tw-theme-${tip.theme}` },
      el("p", {}, el("span", { class: "tw-column__number" }, `${number}. `), tip.title),
      el("select", { id: `stapel-${number}`, "aria-label": `Stapel van tip ${number}`, onchange },
        options.map(([value, label]) => el("option", { value, selected: (board.state.stapels[number] ?? "") === value }, label))));
  }));
}
