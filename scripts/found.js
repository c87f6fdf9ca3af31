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
