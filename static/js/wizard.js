// The questionnaire with JavaScript: the same pages, with fewer trips. Nothing here is needed.
"use strict";

// Errors: read the summary first, and land in the field that a line of it names.
const summary = document.querySelector("[data-error-summary]");
if (summary) summary.focus();
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.closest(".nb-field").scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
});

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

// Further questions appear as soon as an answer brings them up. The server says which: it draws the page for what is
// typed so far, storing nothing, and what differs is taken over.
const form = document.querySelector("[data-questions]");
let latest = 0;

async function redraw() {
  const turn = ++latest;
  const typed = new FormData(form);
  typed.set("preview", "1");
  const response = await fetch(window.location.pathname, { method: "POST", body: typed });
  if (!response.ok || turn !== latest) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-questions]");
  if (fresh) takeOver(fresh);
}

function takeOver(fresh) {
  const wanted = [...fresh.querySelectorAll("[id^='question-']")];
  const ids = new Set(wanted.map((question) => question.id));
  for (const question of form.querySelectorAll("[id^='question-']")) {
    if (!ids.has(question.id)) question.remove();
  }
  let previous = null;
  for (const question of wanted) {
    const here = document.getElementById(question.id);
    const kept = here && sameQuestion(here, question) ? here : document.importNode(question, true);
    if (here && kept !== here) here.replaceWith(kept);
    if (!here) {
      if (previous) previous.after(kept);
      else form.querySelector("[name='shown']").after(kept);
    }
    previous = kept;
  }
  form.querySelector("[name='shown']").value = fresh.querySelector("[name='shown']").value;
  listen();
}

// A question is left alone while it asks the same: the same words, and the same choices.
function sameQuestion(here, there) {
  const asked = (question) =>
    [...question.querySelectorAll("legend, .nb-label, .nb-hint, input[type=radio]")]
      .map((each) => each.value || each.textContent.trim())
      .join("|");
  return asked(here) === asked(there);
}

function listen() {
  for (const button of form.querySelectorAll("[data-find]")) button.parentElement.hidden = true;
}

if (form) {
  let waiting;
  form.addEventListener("change", (event) => {
    if (event.target.matches("[type=radio], select, [data-occupation-search]")) redraw();
  });
  form.addEventListener("input", (event) => {
    if (!event.target.matches("[data-occupation-search]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => suggest(event.target.value), 250);
  });
  listen();
}

async function suggest(title) {
  const question = document.getElementById("question-noc");
  if (!question || !title.trim()) return redraw();
  const turn = ++latest;
  const response = await fetch(`/occupations/search?q=${encodeURIComponent(title)}`);
  if (!response.ok || turn !== latest) return;
  const { results } = await response.json();
  const list = question.querySelector(".nb-radios");
  const chosen = list.querySelector(":checked")?.value;
  const kept = [...list.children].filter((label) => ["unknown", chosen].includes(label.querySelector("input").value));
  const labels = results.filter(({ code }) => code !== chosen).map((found, index) => choice(found, index));
  list.replaceChildren(...labels, ...kept);
}

function choice({ code, title, hint, apart, lists, more }, index) {
  const label = document.createElement("label");
  const radio = Object.assign(document.createElement("input"), {
    type: "radio", name: "noc", value: code, id: `id_noc_found_${index}`,
  });
  const words = document.createElement("span");
  const small = Object.assign(document.createElement("span"), { className: "nb-hint", textContent: hint });
  for (const textContent of [apart, [lists, more].filter(Boolean).join(" ")].filter(Boolean)) {
    small.append(Object.assign(document.createElement("span"), { className: "nb-hint__line", textContent }));
  }
  label.htmlFor = radio.id;
  words.append(title, small);
  label.append(radio, words);
  return label;
}
