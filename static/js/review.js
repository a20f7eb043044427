// The keyboard of the review pages, and marks and cards that point at each other. Everything works without it.
"use strict";

(() => {
  const OFF = "newsdesk-keys-off";

  function keysAreOff() {
    try {
      return localStorage.getItem(OFF) === "1";
    } catch {
      return false;
    }
  }

  function isTyping(target) {
    if (!(target instanceof HTMLElement)) return false;
    if (target.isContentEditable || target.matches("textarea, select")) return true;
    return target.matches("input") && !target.matches("[type=radio], [type=checkbox], [type=button], [type=submit]");
  }

  function showKeys() {
    const dialog = document.getElementById("keys");
    if (dialog && !dialog.open) dialog.showModal();
  }

  // -- marks and cards
  function choose(id, { scroll = true } = {}) {
    const card = document.getElementById(`card-${id}`);
    if (!card) return;
    for (const old of document.querySelectorAll(".claim--here, .card--here")) {
      old.classList.remove("claim--here", "card--here");
    }
    card.classList.add("card--here");
    for (const mark of document.querySelectorAll(`[data-claims~="${CSS.escape(id)}"]`)) mark.classList.add("claim--here");
    if (!scroll) return;
    card.scrollIntoView({ block: "nearest" });
    document.getElementById(`claim-${id}`)?.scrollIntoView({ block: "nearest" });
  }

  function chooseFromAddress() {
    const found = /^#(?:card|claim)-(\d+)$/.exec(location.hash);
    if (found) choose(found[1], { scroll: false });
  }

  // -- moving through cards (article) or rows (queue)
  function step(by) {
    const items = [...document.querySelectorAll("[data-item], .card--claim")];
    if (!items.length) return false;
    const now = items.findIndex((item) => item.classList.contains("card--here") || item === document.activeElement);
    const next = items[Math.min(items.length - 1, Math.max(0, now < 0 ? 0 : now + by))];
    next.focus({ preventScroll: true });
    if (next.dataset.claim) choose(next.dataset.claim);
    else next.scrollIntoView({ block: "nearest" });
    return true;
  }

  function press(target) {
    if (target.matches("[aria-disabled=true], :disabled")) return;
    if (target.matches("input[type=radio]")) {
      target.checked = true;
      target.dispatchEvent(new Event("change", { bubbles: true }));
      openAround(target);
      document.getElementById(target.dataset.then)?.focus();
    } else if (target.matches("input, textarea")) {
      openAround(target);
      target.focus();
    } else {
      target.click();
    }
  }

  function openAround(target) {
    for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  }

  function onKey(event) {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest?.("form") || document.getElementById("ruling-form");
      if (form && form.method === "post") {
        event.preventDefault();
        (form.querySelector("[data-submit]") || form.querySelector("button"))?.click();
      }
      return;
    }
    if (event.key === "Escape" && isTyping(event.target)) {
      event.target.blur();
      return;
    }
    const open = document.querySelector("dialog[open]");
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || open) return;
    if (event.key === "?") {
      event.preventDefault();
      showKeys();
      return;
    }
    if (!keysAreOff() && act(event.key)) event.preventDefault();
  }

  function act(key) {
    const target = document.querySelector(`[data-hotkey="${CSS.escape(key)}"]`);
    if (target) {
      press(target);
      return true;
    }
    if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
    const link = key === "o" && document.querySelector(".card--here [data-open]");
    if (link) link.click();
    return Boolean(link);
  }

  function onClick(event) {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("[data-keys]")) showKeys();
    const card = target?.closest(".card--claim");
    if (card && !target.closest("a, button")) choose(card.dataset.claim);
    const mark = target?.closest("a[href^='#card-'], a[href^='#claim-']");
    if (mark) choose(mark.getAttribute("href").replace(/^#(card|claim)-/, ""));
  }

  // -- after htmx put a fresh panel in: to the error, to the message, or to the claim that came next
  let shown = document.getElementById("review")?.dataset.claim;

  function onSettle() {
    const review = document.getElementById("review");
    if (!review) return;
    const moved = shown !== review.dataset.claim;
    shown = review.dataset.claim;
    const wrong = review.querySelector("[aria-invalid=true]");
    if (moved) {
      window.scrollTo(0, 0);
      document.getElementById("claim-title")?.focus({ preventScroll: true });
    } else if (wrong) {
      openAround(wrong);
      wrong.focus();
    }
  }

  // What is empty filters nothing and stays out of the address.
  function dropEmpty(event) {
    if (event.detail.verb !== "get" || !event.target.closest(".filters")) return;
    for (const [name, value] of [...event.detail.formData.entries()]) {
      if (value === "") event.detail.formData.delete(name);
    }
  }

  document.addEventListener("htmx:configRequest", dropEmpty);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("htmx:afterSettle", onSettle);
  window.addEventListener("hashchange", chooseFromAddress);
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-keys-off]")) return;
    try {
      localStorage.setItem(OFF, event.target.checked ? "1" : "0");
    } catch {
      event.target.checked = false;
    }
  });
  for (const box of document.querySelectorAll("[data-keys-off]")) box.checked = keysAreOff();
  chooseFromAddress();
})();
