// Adds what only works with JavaScript: the search button, keeping tips, sharing and printing. Everything else is plain HTML.

import "./shared/save-button.js";

const search = document.querySelector("#__search");
const query = document.querySelector("[data-md-component=search-query]");

// Firefox remembers over a reload that the search was open.
if (search.checked) search.click();

for (const button of document.querySelectorAll("[data-tw-search]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    search.checked = true;
    search.dispatchEvent(new Event("change"));
    query?.focus(); // The window of another builder takes the focus by itself.
  });
}

// Material makes each result a heading of level 1, and a page has one of those.
const results = document.querySelector(".md-search-result__list");
new MutationObserver(() => {
  for (const heading of results.querySelectorAll("h1:not([aria-level])")) heading.setAttribute("aria-level", "2");
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
