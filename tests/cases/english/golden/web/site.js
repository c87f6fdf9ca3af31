"use strict";

(() => {
// Keys for those who read without a mouse. They do nothing while something has the focus that a key is meant for.

function hasModifier(event) {
  return event.ctrlKey || event.metaKey || event.altKey;
}

function isTyping() {
  return document.activeElement?.matches("input, textarea, select, [contenteditable]");
}

function isAtRest() {
  return document.activeElement === null || document.activeElement.matches("body, main");
}

// A key of one sign gets in the way of those who speak to their machine (WCAG 2.2, 2.1.4): it can be turned off for good.
const KEYS = "octavo-keys";

function hasKeys() {
  return document.documentElement.dataset.keys !== "off";
}

function setUpChoiceOfKeys() {
  const choice = document.querySelector(".search-keys input");
  if (!choice) return;
  try {
    choice.checked = localStorage.getItem(KEYS) !== "off";
  } catch {
    // the choice holds for as long as the page is open
  }
  const show = () => (document.documentElement.dataset.keys = choice.checked ? "on" : "off");
  choice.addEventListener("change", () => {
    show();
    try {
      localStorage.setItem(KEYS, document.documentElement.dataset.keys);
    } catch {
      // as above
    }
  });
  show();
}

/** Do something when a key is pressed that `isMeant` knows, unless somebody is writing or a dialog is open. */
function onShortcut(isMeant, act) {
  document.addEventListener("keydown", event => {
    if (event.defaultPrevented || event.isComposing || isTyping() || document.querySelector("dialog[open]")) return;
    if (!isMeant(event)) return;
    event.preventDefault();
    act();
  });
}

// Left and right turn the pages; a table or a formula that has the focus is scrolled by them.
for (const [key, name] of [["ArrowLeft", "prev"], ["ArrowRight", "next"]]) {
  const link = document.querySelector(`.turn a[rel=${name}]`);
  const isMeant = event => event.key === key && hasKeys() && !hasModifier(event) && !event.shiftKey && isAtRest();
  if (link) onShortcut(isMeant, () => link.click());
}

setUpChoiceOfKeys();

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

// The search: a dialog with a field and a list of links. Arrows move between them, Enter follows, Escape closes.
//
// The links are links, so that they can be opened elsewhere too; what is found is said by a region that is read aloud.

const SHOWN = 30; // at once; a word that is everywhere would else be slow to list

function setUpSearch() {
  const dialog = document.getElementById("octavo-search");
  if (!dialog?.showModal) return;
  const field = dialog.querySelector(".search-line input");
  const list = dialog.querySelector(".search-results");
  const status = dialog.querySelector("[role=status]");
  const more = dialog.querySelector(".search-more");
  const index = new URL(dialog.dataset.index, location.href); // addresses in it are relative to it
  let found = [];
  let asked = 0;

  function open() {
    if (!dialog.open) dialog.showModal();
    field.select();
    loadSections(index.href).catch(() => {});
  }

  async function search() {
    const turn = ++asked;
    const words = wordsOf(field.value);
    let all;
    try {
      all = await loadSections(index.href);
    } catch {
      status.textContent = dialog.dataset.failed;
      return;
    }
    if (turn !== asked) return; // something else was typed meanwhile
    found = sectionsWith(words, all);
    list.replaceChildren();
    show(found.slice(0, SHOWN), words);
    more.hidden = found.length <= SHOWN;
    list.scrollTop = 0;
    const said = found.length ? dialog.dataset.found.replace("{}", found.length) : dialog.dataset.none;
    status.textContent = words.length ? said.replace("{}", () => field.value.trim()) : dialog.dataset.hint;
  }

  function show(results, words) {
    for (const section of results) list.append(resultFor(section, words, field.value, index));
  }

  function showAll() {
    const next = list.children.length;
    show(found.slice(next), wordsOf(field.value));
    more.hidden = true;
    list.children[next]?.querySelector("a").focus();
  }

  function move(step) {
    const stops = [field, ...list.querySelectorAll("a"), ...(more.hidden ? [] : [more])];
    const at = stops.indexOf(document.activeElement);
    const next = stops[at + step];
    if (at >= 0 && next) next.focus();
  }

  for (const button of document.querySelectorAll(".search-open")) button.addEventListener("click", open);
  dialog.querySelector(".search-close").addEventListener("click", () => dialog.close());
  more.addEventListener("click", showAll);
  // What an input method is still composing is no word yet.
  field.addEventListener("input", event => event.isComposing || search());
  field.addEventListener("compositionend", search);
  dialog.addEventListener("keydown", event => {
    if (event.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      move(step);
    } else if (event.key === "Enter" && event.target === field) {
      event.preventDefault();
      list.querySelector("a")?.click();
    }
  });
  // The page of a result may be the one that is open.
  list.addEventListener("click", event => event.target.closest("a") && !event.ctrlKey && !event.metaKey && dialog.close());
  dialog.addEventListener("click", event => event.target === dialog && dialog.close()); // beside it
  onShortcut(event => (event.key === "/" && hasKeys() && !hasModifier(event)) || isFind(event), open);
}

function isFind(event) {
  return event.key.toLowerCase() === "k" && (event.ctrlKey !== event.metaKey) && !event.altKey && !event.shiftKey;
}

function resultFor(section, words, query, root) {
  const link = document.createElement("a");
  const address = new URL(section.address, root);
  address.searchParams.set("find", query.trim());
  link.href = address.href;
  const title = partsOf(section.title, passagesOf(section.title, words), 0, section.title.length);
  link.append(piece("search-title", title));
  if (section.path.length) link.append(piece("search-path", [{ text: section.path.join(" › "), found: false }]));
  if (section.text) link.append(piece("search-excerpt", excerptOf(section.text, words)));
  const item = document.createElement("li");
  item.append(link);
  return item;
}

function piece(name, parts) {
  const element = document.createElement("span");
  element.className = name;
  for (const { text, found } of parts) {
    const mark = found ? document.createElement("mark") : null;
    mark?.append(text);
    element.append(mark ?? text);
  }
  return element;
}

setUpSearch();

// On a page that a search led to: the words are marked, and the first of them in its section is brought into view.
//
// The marks are no elements: the text stays as it is for those who copy it or have it read aloud. Escape takes them away.

const BLOCKS = "p, li, dt, dd, h1, h2, h3, h4, h5, h6, td, th, caption, figcaption, pre, div, section, summary, aside";
// Here and not in the sheet of the site: checkers of CSS do not know such marks yet, and would call that sheet wrong.
const LOOK = `::highlight(octavo-found) {
  background-color: var(--code-marked); color: var(--ink); text-decoration: underline .12em var(--accent);
}`;
const UNSOUGHT = "rt, rp, .note-call, .turn, .downloads, .edit-page, .copy, script";

function showFound() {
  const address = new URL(location.href);
  const words = wordsOf(address.searchParams.get("find") ?? "");
  const main = document.querySelector("main");
  if (!words.length || !main) return;
  address.searchParams.delete("find"); // who copies the address wants the page
  try {
    history.replaceState(null, "", address);
  } catch {
    // some browsers forbid it to a page from a disk
  }
  const ranges = rangesOf(main, words);
  bringIntoView(ranges);
  if (!CSS.highlights) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(LOOK);
  document.adoptedStyleSheets.push(sheet);
  CSS.highlights.set("octavo-found", new Highlight(...ranges));
  document.addEventListener("keydown", event => event.key === "Escape" && CSS.highlights.delete("octavo-found"));
}

function rangesOf(root, words) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = "";
  let block = null;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement.closest(UNSOUGHT)) continue;
    const own = node.parentElement.closest(BLOCKS);
    if (own !== block) text += "\n";
    block = own;
    nodes.push({ node, begin: text.length });
    text += node.data.replaceAll("\n", " ");
  }
  return passagesOf(text, words).map(([begin, end]) => rangeOf(nodes, begin, end));
}

function rangeOf(nodes, begin, end) {
  const holding = at => nodes[upperBound(nodes, at) - 1];
  const range = document.createRange();
  const first = holding(begin);
  const last = holding(end - 1);
  range.setStart(first.node, begin - first.begin);
  range.setEnd(last.node, Math.min(end - last.begin, last.node.length));
  return range;
}

/** Return how many of the nodes begin at a place or before it. */
function upperBound(nodes, at) {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nodes[middle].begin <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function bringIntoView(ranges) {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const isBehind = range => !target || target.contains(range.startContainer)
    || target.compareDocumentPosition(range.startContainer) & Node.DOCUMENT_POSITION_FOLLOWING;
  const range = ranges.find(isBehind) ?? ranges[0];
  if (!range) return;
  for (let at = range.startContainer.parentElement; at; at = at.parentElement) if (at.matches("details")) at.open = true;
  const { top, bottom } = range.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight * 0.8) scrollBy(0, top - innerHeight / 3);
}

// The browser goes to the section first.
if (document.readyState === "complete") showFound();
else window.addEventListener("load", showFound);

// The outline of the page follows the reading: the entry of the section that is being read is the current one.

function followReading() {
  const links = new Map();
  for (const link of document.querySelectorAll(".site-outline a[href^='#']")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  if (!links.size) return;
  const headings = [...links.keys()];
  let current = null;

  function update() {
    const line = innerHeight * 0.3;
    const heading = headings.findLast(each => each.getBoundingClientRect().top <= line) ?? null;
    if (heading === current) return;
    links.get(current)?.removeAttribute("aria-current");
    links.get(heading)?.setAttribute("aria-current", "location");
    showWithin(links.get(heading), document.querySelector(".site-outline"));
    current = heading;
  }

  // It tells when a heading passes the line, and costs nothing meanwhile. All that is above the line counts as seen, since a
  // heading that is jumped over is never seen between the line and the top.
  const observer = new IntersectionObserver(update, { rootMargin: "10000000px 0px -70% 0px", threshold: [0, 1] });
  headings.forEach(heading => observer.observe(heading));
}

/** Scroll a box so that something in it is seen; the page stays where it is. */
function showWithin(element, box) {
  if (!element || !box || box.scrollHeight <= box.clientHeight) return;
  const { top, bottom } = element.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  if (top < frame.top || bottom > frame.bottom) box.scrollTop += top - frame.top - box.clientHeight / 3;
}

followReading();
// The contents of a long book begin with this page, and not with the first.
showWithin(document.querySelector(".site-contents [aria-current]"), document.querySelector(".site-contents"));

// Where the contents lie over the text, they begin at this page when they are opened, and close when they have been used or
// left: what has the focus is never under them.

function setUpContents() {
  const details = document.querySelector(".site-contents details");
  if (!details) return;
  const summary = details.querySelector("summary");
  const list = details.querySelector("summary + ol");
  const isOver = () => getComputedStyle(list).position === "absolute";
  const close = () => {
    if (isOver()) details.open = false;
  };
  details.addEventListener("toggle", () => showWithin(list.querySelector("[aria-current]"), list));
  details.addEventListener("click", event => event.target.closest("a") && close());
  details.addEventListener("focusout", event => event.relatedTarget && !details.contains(event.relatedTarget) && close());
  document.addEventListener("click", event => details.contains(event.target) || close());
  details.addEventListener("keydown", event => {
    if (event.key !== "Escape" || !details.open || !isOver()) return;
    close();
    summary.focus();
  });
}

setUpContents();

// A button on each listing that copies its code: without the numbers of lines, which are no text, and without prompts.

function setUpCopying() {
  const template = document.getElementById("octavo-copy");
  if (!template) return;
  for (const code of document.querySelectorAll("main pre > code")) {
    const button = template.content.firstElementChild.cloneNode(true);
    button.addEventListener("click", () => copy(code, button));
    code.parentElement.classList.add("copied-from");
    code.before(button);
  }
}

async function copy(code, button) {
  const label = button.querySelector("span");
  const before = label.textContent;
  if (before === button.dataset.done) return;
  if (!await write(commandsOf(code.textContent, code.className))) {
    getSelection().selectAllChildren(code); // so that a key can copy it
    return;
  }
  label.textContent = button.dataset.done;
  document.getElementById("octavo-said").textContent = button.dataset.done;
  setTimeout(() => {
    label.textContent = before;
    document.getElementById("octavo-said").textContent = "";
  }, 2000);
}

// What is typed at a prompt, by the language of the listing: the first line of a command, and those that carry it on.
const PROMPTS = {
  console: [/^[$#%] /, /^> /],
  "shell-session": [/^[$#%] /, /^> /],
  pycon: [/^>>> ?/, /^\.\.\. ?/],
};

/** Return code as one wants to have it: of a session, what was typed; of anything else, all of it. */
function commandsOf(text, className) {
  const [first, next] = PROMPTS[/language-(\S+)/.exec(className)?.[1]] ?? [];
  const lines = text.replace(/\n$/, "").split("\n");
  if (!first || !lines.some(line => first.test(line))) return lines.join("\n");
  const typed = [];
  let inside = false; // a command, which may go on
  for (const line of lines) {
    const prompt = first.test(line) ? first : inside && next.test(line) ? next : null;
    const carries = inside && typed.at(-1).endsWith("\\");
    inside = Boolean(prompt) || carries;
    if (inside) typed.push(prompt ? line.replace(prompt, "") : line);
  }
  return typed.join("\n");
}

/** Put a text into the clipboard, and tell whether that went well. */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeByCommand(text); // a page that came without encryption has no clipboard
  }
}

function writeByCommand(text) {
  const field = document.createElement("textarea");
  const focused = document.activeElement;
  field.value = text;
  field.className = "unseen";
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    focused?.focus();
  }
}

setUpCopying();

// What a link of the page leads to, a note, a work, a figure, is shown beside the link when that is pointed at or has the focus,
// so that nobody loses the place. The box says nothing that is not on the page: who listens follows the link as ever.

const LEADING = ".note-call a, a.citation, a.reference";
const SHORT = "aside.note, .bibliography li, figure, .table, .equation, .theorem, .callout";
const OF_THE_PAGE = ".back, .cited-at, .permalink, .copy, .note-number, .entry-number";
const SOON = 200; // ms: a pointer that only passes by shows nothing
const LATER = 350; // ms, to get from the link into the box

function setUpPreviews() {
  if (!matchMedia("(hover: hover)").matches) return;
  const box = document.createElement("div");
  box.className = "preview";
  box.hidden = true;
  box.setAttribute("aria-hidden", "true");
  document.body.append(box);
  let shown = null;
  let timer = 0;

  function after(time, act) {
    clearTimeout(timer);
    timer = setTimeout(act, time);
  }

  function hide() {
    clearTimeout(timer);
    shown = null;
    box.hidden = true;
  }

  function show(link) {
    clearTimeout(timer);
    const target = targetOf(link);
    if (!target) return hide();
    shown = link;
    box.replaceChildren(...copyOf(target));
    box.hidden = false;
    place(box, link.getBoundingClientRect());
  }

  document.addEventListener("pointerover", event => {
    const link = event.target.closest(LEADING);
    if (box.contains(event.target) || (link && link === shown)) clearTimeout(timer);
    else if (link && targetOf(link)) after(SOON, () => show(link));
    else after(LATER, hide);
  });
  document.addEventListener("focusin", event => {
    const link = event.target.closest(LEADING);
    if (link?.matches(":focus-visible")) show(link);
    else hide();
  });
  document.addEventListener("keydown", event => event.key === "Escape" && hide());
  document.addEventListener("click", hide);
}

/** Return what a link of the page leads to, where that is short and not seen anyway. */
function targetOf(link) {
  if (!link.closest("main") || link.pathname !== location.pathname) return null;
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target?.matches(SHORT) || target.contains(link)) return null;
  const { top, bottom } = target.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight ? null : target;
}

/** Return what is to be shown: without what belongs to its place on the page, and out of the way of the Tab key. */
function copyOf(target) {
  const copy = target.cloneNode(true);
  for (const each of copy.querySelectorAll(OF_THE_PAGE)) each.remove();
  for (const each of [copy, ...copy.querySelectorAll("[id]")]) each.removeAttribute("id");
  for (const each of copy.querySelectorAll("a[href], button, summary, [tabindex]")) each.tabIndex = -1;
  return target.matches("aside.note, li") ? copy.childNodes : [copy];
}

/** Put a box below what was pointed at, or above it where there is more room, and into the window. */
function place(box, at) {
  const { width, height } = box.getBoundingClientRect();
  const gap = 6;
  const isAbove = at.bottom + gap + height > innerHeight && at.top > innerHeight - at.bottom;
  box.style.top = `${scrollY + (isAbove ? at.top - gap - height : at.bottom + gap)}px`;
  box.style.left = `${scrollX + Math.max(16, Math.min(at.left - 16, document.documentElement.clientWidth - 16 - width))}px`;
}

setUpPreviews();

// The button that goes through the choices of light and dark; its name says which one holds.

function setUpThemeButton() {
  const button = document.querySelector(".theme-choice");
  if (!button) return;
  const { choices, current, choose } = window.octavoTheme;
  const name = () => {
    const said = button.dataset.name.replace("{}", button.dataset[current()]);
    button.querySelector("span").textContent = said;
    button.title = said;
  };
  button.addEventListener("click", () => {
    choose(choices[(choices.indexOf(current()) + 1) % choices.length]);
    name();
  });
  window.addEventListener("storage", name);
  name();
}

setUpThemeButton();
})();
