// Text as it is compared: what a reader does not mean to tell apart is made alike.
//
// Case, full and half width, curly and straight quotation marks, kinds of hyphens, what is never seen, and white space
// beside Han and kana, which lines of a source bring about. A line feed parts two blocks, and no word goes over it.

const EAST_ASIAN = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\u3000-\u303f]/u;
const SPACE = /[^\S\n]/;
const SPACE_BESIDE = new RegExp(`(?<=${EAST_ASIAN.source}) | (?=${EAST_ASIAN.source})`, "gu");
const ALIKE = [
  [/[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g, ""],
  [/[‘’‚‛′]/g, "'"],
  [/[“”„‟″«»]/g, '"'],
  [/[‐‑‒–−]/g, "-"],
];

function simplify(text) {
  // Some marks are taken apart by NFKC, so they are made alike before it and behind it.
  let simple = ALIKE.reduce((done, [marks, one]) => done.replace(marks, one), text).normalize("NFKC").toLowerCase();
  return simple.replace(/[‐–−]/g, "-");
}

/** Return a text as it is compared. */
function fold(text) {
  return simplify(text)
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(SPACE_BESIDE, "");
}

/** Return the same, sign by sign: `places[i]` is where in `text` the sign at `i` comes from; the last is its end. */
function foldWithPlaces(text) {
  let folded = "";
  const places = [];
  const drop = () => {
    folded = folded.slice(0, -1);
    places.pop();
  };
  for (const { 0: sign, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
    for (let part of simplify(sign)) {
      if (SPACE.test(part)) {
        if (!folded || / |\n/.test(folded.at(-1)) || EAST_ASIAN.test(lastSign(folded))) continue;
        part = " ";
      } else if (folded.endsWith(" ") && (part === "\n" || EAST_ASIAN.test(part))) drop();
      folded += part;
      for (let unit = 0; unit < part.length; unit++) places.push(index);
    }
  }
  places.push(text.length);
  return { folded, places };
}

function lastSign(text) {
  return String.fromCodePoint(text.codePointAt(text.length - (/[\udc00-\udfff]$/.test(text) ? 2 : 1)) ?? 32);
}

/** Return the words of a query as they are compared, each once; what stands between quotation marks is one. */
function wordsOf(query) {
  // Before it is folded: a space that parts two words of Han would else be gone.
  const found = simplify(query).matchAll(/"([^"]+)"|[^\s"]+/g);
  return [...new Set(Array.from(found, ([word, quoted]) => fold(quoted ?? word).trim()).filter(Boolean))];
}

/** Return where words stand in a text, as pairs of beginning and end, in order; what overlaps is one passage. */
function passagesOf(text, words) {
  const { folded, places } = foldWithPlaces(text);
  const found = [];
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      found.push([places[at], endOf(at + word.length, places)]);
    }
  }
  found.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const joined = [];
  for (const [begin, end] of found) {
    const last = joined.at(-1);
    if (last && begin < last[1]) last[1] = Math.max(last[1], end);
    else joined.push([begin, end]);
  }
  return joined;
}

// A sign that is folded into several, such as ㎏, belongs to the passage as a whole.
function endOf(at, places) {
  let end = at;
  while (end < places.length - 1 && places[end] === places[at - 1]) end++;
  return places[end];
}
