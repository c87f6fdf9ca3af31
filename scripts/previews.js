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
