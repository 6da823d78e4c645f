// The rules' page: fields follow what is chosen, and sentences what is typed. Without this the page has buttons for it.
"use strict";

(() => {
  const page = document.querySelector(".rules");
  if (!page) return;
  const PAUSE = 350;
  const turns = new WeakMap();

  async function asked(condition) {
    const turn = (turns.get(condition) || 0) + 1;
    turns.set(condition, turn);
    const sent = new FormData();
    sent.append("prefix", condition.id);
    sent.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const field of condition.querySelectorAll("input, select, textarea")) {
      if ((field.type === "checkbox" || field.type === "radio") && !field.checked) continue;
      if (field.name) sent.append(field.name, field.value);
    }
    const answer = await fetch(page.dataset.conditionUrl, { method: "POST", body: sent });
    // A later change has asked already, or the server had no answer: the sentence then comes with saving.
    if (!answer.ok || answer.redirected || turns.get(condition) !== turn) return null;
    const made = document.createElement("template");
    made.innerHTML = await answer.text();
    return made.content;
  }

  async function refresh(condition) {
    const made = await asked(condition);
    if (!made) return;
    const focused = condition.contains(document.activeElement) ? document.activeElement.id : "";
    const isOpen = condition.querySelector("details.rule__more")?.open;
    const tools = condition.querySelector(":scope > .rule__tools");
    condition.replaceChildren(made, tools);
    const more = condition.querySelector("details.rule__more");
    if (more && isOpen) more.open = true;
    if (focused) document.getElementById(focused)?.focus();
  }

  async function read(condition) {
    const made = await asked(condition);
    const sentence = made?.querySelector(".rule__sentence");
    if (sentence) condition.querySelector(".rule__sentence").textContent = sentence.textContent;
  }

  // What is open stays open when a button brings the page anew.
  page.addEventListener(
    "toggle",
    (event) => {
      const mark = event.target.querySelector(":scope > .rule__open");
      if (mark) mark.disabled = !event.target.open;
    },
    true,
  );

  let waiting;
  page.addEventListener("change", (event) => {
    const condition = event.target.closest(".rule__condition");
    if (!condition) return;
    clearTimeout(waiting);
    if (event.target.hasAttribute("data-refreshes")) refresh(condition);
    else read(condition);
  });
  page.addEventListener("input", (event) => {
    const condition = event.target.closest(".rule__condition");
    if (!condition || event.target.hasAttribute("data-refreshes")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => read(condition), PAUSE);
  });
})();
