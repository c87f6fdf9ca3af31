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
