// What JavaScript adds to the results: opening a door in its place, printing with everything open, copying the secret
// link. Without it every door is a link to its own page, and the pages are complete.
"use strict";

// A door's line opens below itself. The address stays, and what a link can do besides (a new tab) stays too.
const doors = document.querySelectorAll("a[data-door]");
for (const link of doors) link.setAttribute("aria-expanded", "false");

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-door]");
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain) return;
  event.preventDefault();
  toggle(link);
});

async function toggle(link) {
  const door = link.closest(".nb-door");
  let reasons = door.querySelector("[data-reasons]");
  if (reasons) {
    reasons.hidden = !reasons.hidden;
  } else {
    if (link.hasAttribute("aria-busy")) return;
    link.setAttribute("aria-busy", "true");
    reasons = await fetched(link);
    if (!reasons) {
      window.location.assign(link.href);
      return;
    }
    link.removeAttribute("aria-busy");
    door.append(reasons);
    link.setAttribute("aria-controls", reasons.id);
  }
  link.setAttribute("aria-expanded", String(!reasons.hidden));
}

// The reasons behind a link, or nothing if they cannot be had: its own page then says what is the matter.
async function fetched(link) {
  try {
    const response = await fetch(`${link.href}?part=reasons`);
    if (!response.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return document.adoptNode(page.querySelector("[data-reasons]"));
  } catch {
    return null;
  }
}

// On paper the groups that are far from this person stay folded, unless they opened them.
const FAR = "details.nb-group--brief:not([open])";
const folds = () =>
  [...document.querySelectorAll("details:not([open])")].filter((fold) => !fold.closest(FAR));
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
  if (!navigator.clipboard) {
    button.remove();
    continue;
  }
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
