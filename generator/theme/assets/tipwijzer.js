// Adds what only works with JavaScript: the search button, tidier search results, keeping tips, sharing and printing. Everything else is plain HTML.

import "./shared/save-button.js";

const search = document.querySelector("#__search");
const query = document.querySelector("[data-md-component=search-query]");

for (const button of document.querySelectorAll("[data-tw-search]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    search.checked = true;
    search.dispatchEvent(new Event("change"));
    query.focus();
  });
}

// Material takes what is typed as the beginning of a word. Who types '12' or 'tip 12' means that number: '+' says so.
const post = Worker.prototype.postMessage;
const QUERY = 2; // Material's type of message for a search.
Worker.prototype.postMessage = function (message, ...rest) {
  const number = message.type === QUERY && /^\s*(?:tip\s*)?(\d+)\s*$/i.exec(message.data);
  post.call(this, number ? { ...message, data: `+${number[1]}` } : message, ...rest);
};

// Material marks the labels of every search result as a landmark; that would bury the real ones.
const results = document.querySelector(".md-search-result__list");
new MutationObserver(() => {
  for (const labels of results.querySelectorAll("nav:not([role])")) labels.setAttribute("role", "none");
}).observe(results, { childList: true, subtree: true });

const status = document.querySelector("[data-tw-status]");

async function share() {
  const address = (document.querySelector("link[rel=canonical]")?.href ?? location.href) + location.hash;
  try {
    if (navigator.share) {
      await navigator.share({ title: document.title, url: address });
    } else {
      await navigator.clipboard.writeText(address);
      status.textContent = "De link is gekopieerd.";
    }
  } catch (error) {
    if (error.name !== "AbortError") status.textContent = `Kopiëren lukt niet. Het adres is ${address}`;
  }
}

const actions = { "[data-tw-share]": share, "[data-tw-print]": () => window.print() };
for (const [selector, action] of Object.entries(actions)) {
  for (const button of document.querySelectorAll(selector)) {
    button.hidden = false;
    button.addEventListener("click", action);
  }
}
