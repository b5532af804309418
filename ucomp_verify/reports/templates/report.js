"use strict";
(() => {
  const form = document.querySelector("form.filter");
  const items = [...document.querySelectorAll("[data-status]")];
  const rows = [...document.querySelectorAll("table.verdicts tbody tr")];
  const nodes = [...document.querySelectorAll(".claims-graph a")];
  const search = form.querySelector("#search");
  const found = form.querySelector("#found");

  const chosen = (name) =>
    new Set([...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value));

  function filter() {
    const status = chosen("status");
    const variant = chosen("variant");
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (item) =>
      status.has(item.dataset.status) &&
      variant.has(item.dataset.variant) &&
      words.every((word) => item.dataset.text.includes(word));
    const kept = new Set();
    for (const item of items) {
      const fit = fits(item);
      if (item.matches("article")) item.hidden = !fit;
      else item.classList.toggle("faded", !fit);
      if (fit && item.dataset.claim) kept.add(`#claim-${item.dataset.claim}`);
    }
    for (const row of rows) row.hidden = !row.querySelector("[data-status]:not(.faded)");
    for (const node of nodes) node.classList.toggle("faded", !kept.has(node.getAttribute("href")));
    found.value = `${kept.size} of ${nodes.length} claims`;
  }

  // A link to a claim that the filter hides shows everything again.
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.hidden) {
      form.reset();
      filter();
      target.scrollIntoView();
    }
    if (target.matches("article")) target.focus({ preventScroll: true });
  }

  async function copy(button, code) {
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      getSelection().selectAllChildren(code);
      document.execCommand("copy");
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  }

  for (const line of document.querySelectorAll(".reproduce")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy the command");
    button.addEventListener("click", () => copy(button, line.querySelector("code")));
    line.append(button);
  }

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("details")) part.open = true;
  });
  form.hidden = false;
  filter();
  reveal();
})();
