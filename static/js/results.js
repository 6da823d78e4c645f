// What JavaScript adds to the results page: printing with everything open, copying the secret link, opening the door a
// link leads to. Without it the page is complete.
"use strict";

// On paper the doors that are not for this person now stay one line each, unless they opened them.
const BRIEF = ".nb-group--brief .nb-door:not([open])";
const folds = () =>
  [...document.querySelectorAll("details:not([open])")].filter((fold) => !fold.closest(BRIEF));
let openedForPrint = [];

window.addEventListener("beforeprint", () => {
  openedForPrint = folds();
  for (const fold of openedForPrint) fold.open = true;
});
window.addEventListener("afterprint", () => {
  for (const fold of openedForPrint) fold.open = false;
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    document.querySelector("[data-copy-status]").textContent = button.dataset.copied;
  });
}

function openTarget() {
  const target = document.getElementById(window.location.hash.slice(1));
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target.scrollIntoView();
}
window.addEventListener("hashchange", openTarget);
openTarget();
