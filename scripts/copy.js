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
