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
