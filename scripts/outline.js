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
