// Finds documents by Dutch words, in the index that generator/search.py makes. Nothing of a page is in here.
// Documents are numbered: first the tips, in the order of tips/gegevens.json, then the other pages.

const MOST_LETTERS = 400; // Of a question; who pastes a page gets an answer to its beginning.
const MOST_WORDS = 12;
const MOST_SHARDS = 4; // Files of words fetched for the beginning of a word.
const MOST_BEGINNINGS = 30; // Words that a beginning may stand for.
const SHORTEST_BEGINNING = 3;
const SHORTEST_PART = 4;
const SHORTEST_MISTAKE = 5;
// How much a word counts that is not the one typed.
const [REDUCED, SPLIT, BEGINNING, MISTAKE] = [0.9, 0.5, 0.8, 0.8];
const ALL_WORDS = 10_000; // Documents with all words come before others, whatever these score …
const MOST_STRICT = 3; // … but not for a whole sentence.
const LEAST_HELD = 0.4; // Of what the best result holds of the question; rare words are more of it.
const ENDINGS = [
  "ingen", "heden", "elijke", "elijk", "lijke", "lijk", "tjes", "heid", "ende", "jes", "tje", "ing", "den", "ten", "end", "je", "de", "te", "en", "er", "es", "e", "s", "t", "d", "n",
];
const LINKS = ["", "s", "en", "e", "n"];

// Returns {search, texts} for the site at `base`. Fetches nothing but index.json until asked.
export async function openSearch(base) {
  const folder = new URL("search/", base);
  const index = await fetchJson(new URL("index.json", folder), { cache: "no-cache" });
  const stopWords = new Set(index.stop);
  const waiting = new Map();

  // Each file is fetched once. The version keeps files of an older build out.
  function part(name) {
    if (!waiting.has(name)) {
      const asked = fetchJson(new URL(`${name}.json?${index.version}`, folder));
      waiting.set(name, asked);
      asked.catch(() => waiting.delete(name));
    }
    return waiting.get(name);
  }

  const words = new Map();
  async function shard(place) {
    if (!words.has(place)) {
      const [forms, roots] = await part(`words-${place}`);
      words.set(place, { forms: new Map(Object.entries(forms)), roots: new Map(Object.entries(roots)) });
    }
    return words.get(place);
  }

  // The place of the file that a word stands in.
  function placeOf(word) {
    let [low, high] = [0, index.first.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (index.first[middle] <= word) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  async function rootOf(word) {
    const { forms, roots } = await shard(placeOf(word));
    return forms.get(word) ?? (roots.has(word) ? word : null);
  }

  // Returns a map from document to score of one root; a rare word counts more.
  async function scores(root, weight) {
    const { roots } = await shard(placeOf(root));
    const [found, list] = [new Map(), roots.get(root)];
    const rarity = Math.log(1 + (2 * index.documents) / list.length);
    for (let place = 0, document = 0; place < list.length; place += 2) {
      document += list[place];
      found.set(document, weight * rarity * list[place + 1]);
    }
    return found;
  }

  // The documents with both parts of a compound that stands together in the question: kanaalkeuze, kanaal and keuze.
  async function ofParts(word) {
    for (const [start, end] of splits(word)) {
      const first = await rootOf(start);
      const second = first && (await rootOf(end));
      if (!second) continue;
      const [one, other] = [await scores(first, SPLIT), await scores(second, SPLIT)];
      const both = [...one].filter(([document]) => other.has(document));
      if (both.length) return new Map(both.map(([document, score]) => [document, Math.min(score, other.get(document))]));
    }
    return null;
  }

  async function beginningWith(start) {
    const [from, to] = [placeOf(start), Math.min(placeOf(`${start}\uffff`), placeOf(start) + MOST_SHARDS - 1)];
    const found = new Set();
    for (let place = from; place <= to; place++) {
      const { forms, roots } = await shard(place);
      for (const [form, root] of [...[...roots.keys()].map((key) => [key, key]), ...forms]) if (form.startsWith(start)) found.add(root);
    }
    return [...found].slice(0, MOST_BEGINNINGS);
  }

  // The most common word that differs in one letter, or in the order of two.
  async function spelled(word) {
    const lengths = [0, -1, 1].map((more) => word.length + more).filter((length) => index.spelling.includes(length));
    const known = await Promise.all(lengths.map((length) => part(`spelling-${length}`)));
    const close = known.flat().filter((other) => differInOne(word, other));
    return close.find((other) => other[0] === word[0]) ?? close[0] ?? null;
  }

  // Returns {found: map from document to score, used: the word searched for in place of this one}, or null for a word that is nowhere.
  async function find(word) {
    for (const form of reduced(word)) {
      const root = await rootOf(form);
      if (root) return { found: best(await scores(root, form === word ? 1 : REDUCED), await ofParts(word)) };
    }
    const together = await ofParts(word);
    if (together) return { found: together };
    if (word.length >= SHORTEST_BEGINNING && !/^\d/.test(word)) {
      const roots = await beginningWith(word);
      if (roots.length) return { found: best(...(await Promise.all(roots.map((root) => scores(root, BEGINNING))))) };
    }
    const used = word.length >= SHORTEST_MISTAKE ? await spelled(word) : null;
    return used && { found: await scores(await rootOf(used), MISTAKE), used };
  }

  // Returns {results: [{document, score}], best first; corrected: [{typed, used}]}.
  async function search(text) {
    const typed = wordsOf(text);
    const telling = typed.filter((word) => !stopWords.has(word));
    const asked = telling.length ? telling : typed;
    const answers = (await Promise.all(asked.map(async (word) => ({ typed: word, ...await find(word) })))).filter(({ found }) => found);
    const whole = typed.length > 1 ? await rootOf(typed.join(" ")) : null; // The name of a page.
    return {
      results: ranked(answers.map(({ found }) => found), index.documents, whole ? await scores(whole, 1) : new Map()),
      corrected: answers.filter(({ used }) => used).map(({ typed, used }) => ({ typed, used })),
    };
  }

  // Returns [{location, title, summary}] of the documents, in that order.
  async function texts(documents) {
    const parts = await Promise.all(documents.map((document) => part(`texts-${Math.floor(document / index.texts)}`)));
    return documents.map((document, place) => {
      const [location, title, summary] = parts[place][document % index.texts];
      return { location, title, summary };
    });
  }

  return { search, texts };
}

async function fetchJson(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

// The words of a text, each once, folded as generator/search_words.py does.
function wordsOf(text) {
  const folded = text.slice(0, MOST_LETTERS).toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/['’‘]s(?![\p{L}\p{N}])/gu, "");
  const found = folded.match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(found.filter((word) => word.length > 1 || /\d/.test(word)))].slice(0, MOST_WORDS);
}

// A word without its ending, as it may stand elsewhere: bezwaren is bezwaar, brieven brief, stoppen stop, gehackt hack.
function reduced(word) {
  const whole = word.startsWith("ge") ? [word, word.slice(2)] : [word];
  const bases = whole.flatMap((one) => ["", ...ENDINGS].filter((ending) => one.endsWith(ending)).map((ending) => one.slice(0, one.length - ending.length)));
  return [...new Set(bases.flatMap((base) => [
    base,
    base.replace(/([^aeiou])([aeou])([^aeiouw])$/, "$1$2$2$3"),
    base.replace(/([^aeiou])\1$/, "$1"),
    base.replace(/v$/, "f").replace(/z$/, "s"),
  ]))].filter((base) => base === word || base.length >= 3);
}

// The ways to take a word apart, the longest beginning first, without the letters that link the parts.
function splits(word) {
  const cuts = Array.from({ length: Math.max(0, word.length - 2 * SHORTEST_PART + 1) }, (_, place) => word.length - SHORTEST_PART - place);
  return cuts.flatMap((cut) => LINKS
    .filter((link) => word.slice(0, cut).endsWith(link) && cut - link.length >= SHORTEST_PART)
    .map((link) => [word.slice(0, cut - link.length), word.slice(cut)]));
}

// Whether words differ in one letter that is more, less or another, or in the order of two letters side by side.
function differInOne(one, other) {
  const shortest = Math.min(one.length, other.length);
  let [start, end] = [0, 0];
  while (start < shortest && one[start] === other[start]) start++;
  while (end < shortest - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const [left, right] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && left[0] === right[1] && left[1] === right[0]);
}

// Maps from document to score as one, with the highest score of each document.
function best(...maps) {
  const found = new Map();
  for (const map of maps) for (const [document, score] of map ?? []) found.set(document, Math.max(score, found.get(document) ?? 0));
  return found;
}

// Documents by how well they match: first those `named` so, then those with all words, then by their scores and by how
// much of the question they hold.
function ranked(maps, documents, named) {
  const rarities = maps.map((map) => Math.log(1 + documents / map.size));
  const whole = rarities.reduce((sum, rarity) => sum + rarity, 0);
  const sums = new Map();
  maps.forEach((map, place) => {
    for (const [document, score] of map) {
      const sum = sums.get(document) ?? { score: 0, held: 0, words: 0 };
      sums.set(document, { score: sum.score + score, held: sum.held + rarities[place], words: sum.words + 1 });
    }
  });
  const most = [...sums.values()].reduce((highest, { held }) => Math.max(highest, held), 0);
  return [...sums]
    .filter(([, { held }]) => held >= LEAST_HELD * most)
    .map(([document, { score, held, words }]) => ({
      document,
      score: (score * held) / whole + (words === maps.length && words <= MOST_STRICT ? ALL_WORDS : 0) + (named.has(document) ? 2 * ALL_WORDS : 0),
    }))
    .sort((one, other) => other.score - one.score || one.document - other.document);
}
