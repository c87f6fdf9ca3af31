// The sections of the book, and which of them hold some words.
//
// Each is [address, level, title, text]; the index is a script that states them all, since a page that was opened from a
// disk may load scripts and nothing else. It is asked for when somebody begins to search.

let sections = null;

/** Return a promise of the sections, from where the index is. */
function loadSections(address) {
  sections ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(prepare(window.octavoSections));
    script.onerror = () => {
      sections = null; // the next try may do better
      script.remove();
      reject(new Error("the index could not be loaded"));
    };
    document.head.append(script);
  });
  return sections;
}

/** Return sections with what is searched, and the titles of the sections that each one is part of. */
function prepare(stated) {
  const above = [];
  return stated.map(([address, level, title, text]) => {
    while (above.length && above.at(-1).level >= level) above.pop();
    const path = above.map(section => section.title);
    above.push({ level, title });
    return { address, title, text, path, foldedTitle: fold(title), folded: fold(text) };
  });
}

/** Return the sections that hold every word, those first that have all of them in their titles. */
function sectionsWith(words, all) {
  if (!words.length) return [];
  const holds = all.filter(section =>
    words.every(word => section.folded.includes(word) || section.foldedTitle.includes(word)));
  const isTitled = section => words.every(word => section.foldedTitle.includes(word));
  return [...holds.filter(isTitled), ...holds.filter(section => !isTitled(section))];
}

const BEFORE = 24;
const LENGTH = 110;

/** Return the piece of a text around the first of some words, as parts: each a text, and whether it is a word sought. */
function excerptOf(text, words) {
  const passages = passagesOf(text, words);
  const first = passages[0]?.[0] ?? 0;
  const begin = beginOfWord(text, Math.max(0, text.lastIndexOf("\n", first - 1) + 1, first - BEFORE), first);
  const end = Math.min(text.length, begin + LENGTH);
  const parts = partsOf(text, passages, begin, end);
  if (begin > 0) parts.unshift({ text: "…", found: false });
  if (end < text.length) parts.push({ text: "…", found: false });
  return parts;
}

/** Return a text between two places as parts: each a text, and whether it is a word sought. */
function partsOf(text, passages, begin, end) {
  const parts = [];
  let at = begin;
  for (const [from, to] of passages) {
    if (to <= begin || from >= end) continue;
    if (from > at) parts.push({ text: text.slice(at, from), found: false });
    parts.push({ text: text.slice(Math.max(at, from), Math.min(to, end)), found: true });
    at = Math.min(to, end);
  }
  if (at < end) parts.push({ text: text.slice(at, end), found: false });
  return parts;
}

// An excerpt does not begin within a word of Latin letters or within a sign of two units, nor with what ends a phrase.
function beginOfWord(text, at, first) {
  if (at === 0 || text[at - 1] === "\n") return at;
  let begin = /[\udc00-\udfff]/.test(text[at]) ? at + 1 : at;
  const cut = /^[\p{L}\p{M}\p{N}]*/u.exec(text.slice(begin - 1, begin + 16))[0];
  if (!EAST_ASIAN.test(cut) && cut.length > 1 && cut.length <= 15) begin += cut.length - 1;
  while (begin < first && /[\s\p{Pe}\p{Pf}\p{Po}]/u.test(text[begin])) begin++;
  return Math.min(begin, first);
}
