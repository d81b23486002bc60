// Words that come back all over the site.

// A number with its noun: "1 tip", "1.234 tips".
export function counted(number, one, more) {
  return `${number.toLocaleString("nl")} ${number === 1 ? one : more}`;
}

// At most so many letters of a text, but never half a character, such as half an emoji: that can't stand in an address.
export function shortened(text, most) {
  return text.length > most ? text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "") : text;
}

// "tijd, plaats en taal"
export function listed(words) {
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} en ${words.at(-1)}` : words.join("");
}
