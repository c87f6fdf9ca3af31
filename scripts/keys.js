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
