// The rules' page: fields follow what is chosen, sentences what is typed, and buttons change the page in place. Without
// this the page has buttons for the first two, and each button brings the page anew.
"use strict";

(() => {
  const PAUSE = 350;
  const turns = new WeakMap();
  const suggested = new Map();

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
    const address = condition.closest(".rules").dataset.conditionUrl;
    const answer = await fetch(address, { method: "POST", body: sent });
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
    condition.replaceChildren(made, ...(tools ? [tools] : []));
    const more = condition.querySelector("details.rule__more");
    if (more && isOpen) more.open = true;
    if (focused) document.getElementById(focused)?.focus();
    // The new fields have values of their own, which the sentence does not know yet.
    await read(condition);
  }

  async function read(condition) {
    const made = await asked(condition);
    const sentence = made?.querySelector(".rule__sentence");
    if (sentence) condition.querySelector(".rule__sentence").textContent = sentence.textContent;
  }

  // A button that rearranges the page: its answer is put in place, and the moved or new thing is where one goes on.
  async function rearrange(form, name, value) {
    const sent = new FormData(form);
    sent.append(name, value);
    let answer = null;
    try {
      answer = await fetch(window.location.pathname, { method: "POST", body: sent });
    } catch {
      return false;
    }
    if (!answer.ok || answer.redirected) return false;
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = [...document.querySelectorAll("[data-rearranged]")];
    const fresh = parts.map((part) => made.getElementById(part.id));
    if (!parts.length || fresh.includes(null)) return false;
    parts.forEach((part, place) => part.replaceWith(fresh[place]));
    return true;
  }

  function go(thing, label) {
    if (!thing) return;
    const buttons = [...thing.querySelectorAll("button")];
    const again = buttons.find((button) => button.textContent.trim() === label);
    const first = thing.querySelector("select, textarea, input:not([type=hidden])");
    (again || first || buttons[0])?.focus({ preventScroll: true });
    thing.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-rearranged] button[formnovalidate][formaction]");
    if (!button || event.defaultPrevented) return;
    event.preventDefault();
    const form = button.form;
    const label = button.textContent.trim();
    const target = button.getAttribute("formaction").slice(1);
    if (await rearrange(form, button.name, button.value)) go(document.getElementById(target), label);
    else form.requestSubmit(button);
  });

  // Where a row or column ends shows at once whether there are gaps or overlaps.
  document.addEventListener("change", async (event) => {
    const [name, value] = (event.target.dataset?.rearranges || "").split("=");
    if (!name) return;
    // Where the person has gone on to meanwhile is where they stay.
    if (await rearrange(event.target.form, name, value)) document.getElementById(resting)?.focus();
  });
  let resting = "";
  document.addEventListener("focusin", (event) => {
    resting = event.target.id || resting;
  });

  // What can be found is fetched once, when someone first comes to a field that suggests it.
  document.addEventListener("focusin", async (event) => {
    const what = event.target.dataset?.suggests;
    const page = event.target.closest(".rules");
    if (!what || !page) return;
    const id = `suggested-${what}`;
    event.target.setAttribute("list", id);
    if (suggested.has(what)) return;
    const list = document.createElement("datalist");
    list.id = id;
    suggested.set(what, list);
    document.body.append(list);
    const answer = await fetch(`${page.dataset.suggestionsUrl}?what=${what}`);
    if (answer.ok) list.innerHTML = await answer.text();
  });

  let waiting;
  document.addEventListener("change", (event) => {
    const condition = event.target.closest(".rule__condition");
    if (!condition) return;
    clearTimeout(waiting);
    if (event.target.hasAttribute("data-refreshes")) refresh(condition);
    else read(condition);
  });
  document.addEventListener("input", (event) => {
    const condition = event.target.closest(".rule__condition");
    if (!condition || event.target.hasAttribute("data-refreshes")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => read(condition), PAUSE);
  });
})();
