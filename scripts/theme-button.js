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
