// Words that come back all over the site.

// A number with its noun: "1 tip", "1.234 tips".
export function counted(number, one, more) {
  return `${number.toLocaleString("nl")} ${number === 1 ? one : more}`;
}

// "tijd, plaats en taal"
export function listed(words) {
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} en ${words.at(-1)}` : words.join("");
}
