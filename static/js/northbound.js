// What a browser with JavaScript gets on every page: leaving without a trace in this tab's history.
"use strict";

for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.body.hidden = true;
    window.location.replace(link.href);
  });
}

// Three times Escape leaves, as the link at the top does.
let escapes = [];
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  escapes = [...escapes, event.timeStamp].filter((time) => event.timeStamp - time < 2000);
  if (escapes.length >= 3) document.querySelector("[data-leave]")?.click();
});
