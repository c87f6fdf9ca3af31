// What `octavo serve` puts into each page on its way: it loads the page anew when the site is another, at the place where the
// reader was, and shows the errors of a build above the last good site. The files of the site know nothing of it. On the page
// that shows the PDF it opens another one in the frame, at the page whose text has changed.
"use strict";

(() => {
  let { site: shown } = document.currentScript.dataset;
  const { events: address = "/octavo-live/events" } = document.currentScript.dataset;
  let frame = document.getElementById("octavo-pdf"); // on the page that shows the PDF
  const nothing = document.documentElement.hasAttribute("data-nothing"); // there has been no good site yet
  const KEY = `octavo-place ${location.pathname}`;
  const NEIGHBOURS = 8;
  const WORDS = {
    en: {
      title: "The build has failed",
      below: `Shown is the last good ${frame ? "PDF" : "site"}.`,
      close: "Close",
      page: (number) => `Opened at page ${number}, where the text changed last.`,
    },
    zh: {
      title: "生成失败",
      below: `显示的是上一次成功生成的${frame ? " PDF" : "网站"}。`,
      close: "关闭",
      page: (number) => `已翻到第 ${number} 页，即正文最近改动之处。`,
    },
  };
  const words = WORDS[document.documentElement.lang.startsWith("zh") ? "zh" : "en"];

  // The colours are those of the site, also where the reader has chosen light or dark; a page without has the system's.
  const STYLE = `
    section { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto; box-sizing: border-box;
      padding: 1rem max(1.25rem, calc(50vw - 26rem)); border-top: .25rem solid var(--accent, #b3261e); background: var(--paper, Canvas);
      color: var(--ink, CanvasText); font: 1rem/1.5 system-ui, sans-serif; box-shadow: 0 -.25rem 1.5rem rgb(0 0 0 / .25); }
    section:focus-visible, button:focus-visible { outline: .15rem solid var(--accent, #b3261e); outline-offset: -.2rem; }
    .head { display: flex; gap: 1rem; align-items: start; justify-content: space-between; }
    h2 { margin: 0; font-size: 1.1rem; }
    ul { margin: .75rem 0 0; padding: 0; list-style: none; }
    li { margin-top: .75rem; overflow-wrap: anywhere; }
    p { margin: .15rem 0 0; }
    code { font: .9em/1.5 ui-monospace, monospace; }
    .place { font-weight: 600; }
    button { flex: none; padding: .25rem .75rem; border: 1px solid currentcolor; border-radius: .25rem; background: none; color: inherit;
      font: inherit; cursor: pointer; }
    @media print { section { display: none; } }`;

  let panel = null; // where errors are shown
  let closed = ""; // the state whose errors the reader has closed
  let events = null;
  let reloading = false;

  // Text only, never markup: messages quote what the author wrote.
  function element(name, text, children = []) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    made.append(...children);
    return made;
  }

  function item({ file, line, column, message, hint, rule }) {
    const parts = [];
    if (file) {
      const place = element("code", `${file}:${line}:${column}`);
      place.className = "place";
      parts.push(element("p", "", [place]));
    }
    parts.push(element("p", "", [`${message} `, element("code", `[${rule}]`)]));
    if (hint) parts.push(element("p", hint));
    const made = element("li", "", parts);
    made.lang = "en"; // of the messages, in a book of any language
    return made;
  }

  function hide() {
    panel?.remove();
    panel = null;
  }

  function show(errors, state) {
    hide();
    const close = element("button", words.close);
    close.type = "button";
    const dismiss = () => {
      closed = state;
      hide();
    };
    close.addEventListener("click", dismiss);
    const title = element("h2", words.title);
    title.id = "title";
    const head = element("div", "", [title, close]);
    head.className = "head";
    const section = element("section", "", [
      head,
      ...(nothing ? [] : [element("p", words.below)]),
      element("ul", "", errors.map(item)),
    ]);
    section.tabIndex = 0; // a long list is scrolled with keys
    section.setAttribute("role", "alert");
    section.setAttribute("aria-labelledby", "title");
    section.addEventListener("keydown", (event) => {
      if (event.key === "Escape") dismiss();
    });
    panel = element("div");
    panel.id = "octavo-errors";
    const root = panel.attachShadow({ mode: "open" });
    root.append(element("style", STYLE), section);
    document.body.append(panel);
  }

  // What tells a place is a text that stands once on the page: what is above it may have come or gone, and it has no name.
  function blocks() {
    const found = new Map();
    for (const block of document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6, p, li, pre, tr, figcaption)")) {
      const text = block.textContent.trim();
      if (text && block.getClientRects().length) found.set(text, found.has(text) ? null : block);
    }
    return found;
  }

  function topOf(block) {
    return block.getBoundingClientRect().top;
  }

  // Some of those nearest to the top of the window, for the first may be the one that is being rewritten.
  function nearest() {
    const unique = [...blocks()].filter(([, block]) => block).map(([text, block]) => ({ text, top: topOf(block) }));
    return unique.sort((one, other) => Math.abs(one.top) - Math.abs(other.top)).slice(0, NEIGHBOURS);
  }

  function reload() {
    events?.close();
    reloading = true;
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ y: scrollY, nearest: nearest() }));
      history.scrollRestoration = "manual";
    } catch {
      // nothing may be kept: the browser then finds the place as well as it can
    }
    location.reload();
  }

  function restore({ y, nearest }) {
    const found = blocks();
    const known = nearest.find(({ text }) => found.get(text));
    const top = known ? scrollY + topOf(found.get(known.text)) - known.top : y;
    scrollTo({ top, behavior: "instant" });
  }

  function takeUp() {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(KEY));
      sessionStorage.removeItem(KEY);
    } catch {
      // as above
    }
    if (!place) return;
    restore(place);
    addEventListener("load", () => restore(place)); // pictures and fonts have their sizes now
    // Not before: the browser would put its own place in the stead of ours once all is loaded.
    addEventListener("pagehide", () => {
      if (!reloading) history.scrollRestoration = "auto";
    });
  }

  // A frame of its own for each file: the browser's viewer opens a page when it begins, and the way back stays as it was.
  function reopen(site, page) {
    shown = site;
    const next = frame.cloneNode();
    next.src = `${frame.dataset.file}?build=${site}#page=${page ?? 1}`;
    frame.replaceWith(next);
    frame = next;
  }

  function tellPage(page) {
    if (frame && page) document.getElementById("octavo-page").textContent = words.page(page);
  }

  function hear({ data }) {
    const { site, errors, page } = JSON.parse(data);
    if (site !== shown && !frame) return reload();
    if (site !== shown) reopen(site, page);
    tellPage(page);
    if (!errors.length) hide();
    else if (data !== closed) show(errors, data);
  }

  // A browser has six connections to a server: pages that nobody sees leave theirs to the others, and ask when they are seen.
  function listen() {
    events?.close();
    events = null;
    if (document.visibilityState === "hidden") return;
    events = new EventSource(address);
    events.addEventListener("build", hear);
  }

  takeUp();
  document.addEventListener("visibilitychange", listen);
  listen();
})();
