// Watches how far a preview is, and shows the result when it is done. Without it the page draws itself anew.
"use strict";

const box = document.querySelector("[data-progress]");

async function look() {
  try {
    const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) {
      window.location.reload();
      return;
    }
    const state = await answer.json();
    box.querySelector("progress").value = state.seen;
    box.querySelector("[data-seen]").textContent = state.seen;
    if (state.over) {
      window.location.reload();
      return;
    }
  } catch {
    // The network is away for a moment: look again later.
  }
  window.setTimeout(look, 1500);
}

if (box) {
  window.setTimeout(look, 700);
}
