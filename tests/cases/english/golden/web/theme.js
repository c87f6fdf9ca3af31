// Light, dark or as the system has it: the reader's choice, which every page of every visit keeps.
//
// This script stands in the head and is not deferred, so that the page is never shown in the other colours first. The dark
// colours are a sheet of their own, whose `media` says when it holds; without scripts that is when the system is dark.
"use strict";

(() => {
  const KEY = "octavo-theme";
  const MEDIA = { system: "screen and (prefers-color-scheme: dark)", light: "not all", dark: "screen" };

  // A browser may forbid that anything is kept; the choice then holds for as long as the page is open.
  function kept() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  function keep(choice) {
    try {
      if (choice === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, choice);
    } catch {
      // nothing to be done
    }
  }

  function show(choice) {
    const known = Object.hasOwn(MEDIA, choice) ? choice : "system";
    document.documentElement.dataset.theme = known;
    const dark = document.getElementById("octavo-dark");
    if (dark) dark.media = MEDIA[known];
  }

  document.documentElement.classList.add("scripts"); // controls that do nothing without scripts are shown now
  show(kept());
  window.octavoTheme = {
    choices: Object.keys(MEDIA),
    current: () => document.documentElement.dataset.theme,
    choose(choice) {
      show(choice);
      keep(choice);
    },
  };
  // Other pages of the book may be open, and one that is gone back to was left as it was.
  window.addEventListener("storage", event => event.key === KEY && show(event.newValue));
  window.addEventListener("pageshow", event => event.persisted && show(kept()));
})();
