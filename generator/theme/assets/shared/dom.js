// Small helpers to make elements. Text is always set as text, never as HTML.

export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name in element && name !== "list") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export const icon = (name) => el("span", { class: `tw-icon tw-icon--${name}`, "aria-hidden": "true" });

export function button(label, onclick, extra = {}) {
  return el("button", { type: "button", class: "tw-button", onclick, ...extra }, label);
}

// A box for lines that a visitor must see and hear.
export function newNotices() {
  return el("div", { class: "tw-check__notices", role: "status" });
}

export function showNotices(box, lines) {
  box.replaceChildren(...lines.map((text) => el("p", { class: "tw-notice" }, text)));
}

// A status message is announced when its text changes; setting the same text again must be heard too.
export function announce(box, text) {
  box.textContent = "";
  requestAnimationFrame(() => (box.textContent = text));
}

// Copies a text. Where the browser forbids it, returns a field with the text, to show and to copy from by hand.
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return null;
  } catch {
    return el("textarea", { readOnly: true, rows: 3, value: text, "aria-label": "Tekst om te kopiëren" });
  }
}

export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
