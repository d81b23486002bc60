// Answers Material's search box: takes the messages of its own worker and gives results in its form, which are set as HTML.

const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3]; // Material's types of message.
const MOST_RESULTS = 20;
const FAILED = [{ location: "tips/", title: "Zoeken lukt nu niet", text: "<p>Kijk of je verbinding hebt, of blader door alle tips.</p>", score: 1, terms: {} }];
let engine = null; // Fetched when somebody types.
let newest = 0;

const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const paragraph = (text, name = "") => `<p class="${name}">${escaped(text)}</p>`;

function openEngine() {
  engine ??= import("./engine.js").then(({ openSearch }) => openSearch(new URL("../../", self.location.href)));
  engine.catch(() => { engine = null; });
  return engine;
}

async function items(question) {
  const { search, texts } = await openEngine();
  const { results, corrected } = await search(question);
  const shown = results.slice(0, MOST_RESULTS);
  const said = corrected.length ? paragraph(`Gezocht op ${corrected.map(({ used }) => `‘${used}’`).join(" en ")}`, "tw-used") : "";
  return (await texts(shown.map(({ document }) => document))).map(({ location, title, summary }, place) => [{
    location,
    title: escaped(title),
    text: (place ? "" : said) + paragraph(summary),
    score: shown[place].score,
    terms: {},
  }]);
}

// A question that a newer one overtook gets no answer.
async function answer(question) {
  const place = ++newest;
  const found = question.trim() ? await items(question).catch(() => [FAILED]) : [];
  if (place === newest) postMessage({ type: RESULT, data: { items: found } });
}

addEventListener("message", ({ data: { type, data } }) => {
  if (type === SETUP) postMessage({ type: READY });
  if (type === QUERY) answer(data);
});
