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
  if (link) onShortcut(event => event.key === key && !hasModifier(event) && !event.shiftKey && isAtRest(), () => link.click());
}
