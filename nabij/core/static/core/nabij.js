/* Nabij: makes pages that already work a little quicker. Nothing here is needed to do the work. */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const remember = (key, value) => { try { return value === undefined ? localStorage.getItem(key) : localStorage.setItem(key, value); } catch { return null; } };

  /* Dialogs: <button data-opens="id"> opens, a click beside it closes. */
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    const dialog = opener ? document.getElementById(opener.dataset.opens) : null;
    if (dialog?.showModal) { event.preventDefault(); dialog.showModal(); }
    if (event.target.nodeName === "DIALOG") event.target.close();
  });

  /* Shortcuts: every element with data-shortcut="g d" is pressed by those keys. "?" lists them. */
  const typing = (node) => node.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  let keys = "";
  let keysTimer;
  const listShortcuts = (dialog) => {
    const list = dialog.querySelector("[data-shortcut-list]");
    const add = (key, text) => {
      const pair = document.createElement("div");
      const name = document.createElement("dt");
      const what = document.createElement("dd");
      name.textContent = key;
      what.textContent = text;
      pair.append(name, what);
      list.append(pair);
    };
    list.textContent = "";
    const known = new Set();
    for (const node of all("[data-shortcut]")) {
      if (known.has(node.dataset.shortcut)) continue;
      known.add(node.dataset.shortcut);
      add(node.dataset.shortcut, node.dataset.shortcutLabel || (node.querySelector("span") || node).textContent.trim());
    }
    add("?", list.dataset.shortcutHelp);
  };
  document.addEventListener("toggle", (event) => {
    if (event.target.id === "shortcuts" && event.target.open) listShortcuts(event.target);
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    if (remember("nabij.shortcuts") === "off" && event.key !== "?") return;
    if (event.key === "?") {
      const dialog = document.getElementById("shortcuts");
      if (dialog) { listShortcuts(dialog); dialog.showModal(); }
      return;
    }
    if (event.key.length !== 1) return;
    keys = `${keys} ${event.key}`.trim();
    clearTimeout(keysTimer);
    keysTimer = setTimeout(() => { keys = ""; }, 1200);
    const target = all("[data-shortcut]").find((node) => keys.endsWith(node.dataset.shortcut) && ` ${keys}`.endsWith(` ${node.dataset.shortcut}`));
    if (!target) return;
    event.preventDefault();
    keys = "";
    if (target.matches("input, textarea, select")) target.focus();
    else target.click();
  });

  /* Drafts: <form data-draft="key" data-draft-url="..."> is kept on the server while somebody types. */
  const keepDraft = (form) => {
    const state = document.createElement("p");
    state.className = "draft-state";
    state.setAttribute("role", "status");
    (form.querySelector(".form-actions") || form).append(state);
    const fields = () => {
      const kept = {};
      for (const [name, value] of new FormData(form)) {
        if (typeof value !== "string" || ["csrfmiddlewaretoken", "request_id", "version"].includes(name)) continue;
        kept[name] = name in kept ? [].concat(kept[name], value) : value;
      }
      return JSON.stringify(kept);
    };
    let last = fields();
    let timer;
    let sent = false;
    const save = async () => {
      clearTimeout(timer);
      const body = fields();
      if (sent || body === last) return;
      const token = form.elements.csrfmiddlewaretoken?.value || "";
      try {
        const answer = await fetch(form.dataset.draftUrl, {
          method: "POST", keepalive: body.length < 60000, credentials: "same-origin",
          headers: { "X-CSRFToken": token },
          body: new URLSearchParams({ key: form.dataset.draft, body }),
        });
        if (!answer.ok || answer.redirected) throw new Error(answer.status);
        last = body;
        const now = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
        state.textContent = `${form.dataset.draftSaved} ${now}`;
        state.classList.remove("is-bad");
      } catch {
        state.textContent = form.dataset.draftFailed;
        state.classList.add("is-bad");
        timer = setTimeout(save, 15000);
      }
    };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 1500); });
    form.addEventListener("submit", () => { sent = true; clearTimeout(timer); });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
    window.addEventListener("pageshow", () => { sent = false; });
  };

  /* Text boxes grow with the text. */
  const grow = (box) => { box.rows = Math.min(30, Math.max(Number(box.dataset.rows || box.rows), box.value.split("\n").length + Math.floor(box.value.length / 80))); };

  /* Who may read this: <div data-audience-hint data-hint-team="..."> follows the choice named "audience". */
  const showAudience = (form) => {
    const hint = form.querySelector("[data-audience-hint]");
    const chosen = form.querySelector("[name=audience]:checked, select[name=audience]");
    if (hint && chosen) hint.textContent = hint.getAttribute(`data-hint-${chosen.value}`) || hint.textContent;
  };

  const enhance = (root) => {
    for (const form of all("form[data-draft]", root)) if (form.dataset.draftUrl && !form.dataset.ready) { form.dataset.ready = "yes"; keepDraft(form); }
    for (const box of all("textarea", root)) { box.dataset.rows ||= box.rows; grow(box); }
    for (const form of all("form", root)) showAudience(form);
    for (const node of all("[data-opens][hidden]", root)) node.hidden = false;
  };

  document.addEventListener("input", (event) => { if (event.target.nodeName === "TEXTAREA") grow(event.target); });
  document.addEventListener("change", (event) => {
    if (event.target.name === "audience" && event.target.form) showAudience(event.target.form);
    if (event.target.id === "shortcuts-on") remember("nabij.shortcuts", event.target.checked ? "on" : "off");
  });

  /* A second click on "save" does nothing; the server would do the work only once as well. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.classList.contains("is-sent")) { event.preventDefault(); return; }
    form.classList.add("is-sent");
    setTimeout(() => form.classList.remove("is-sent"), 8000);
  });
  window.addEventListener("pageshow", () => { for (const form of all("form.is-sent")) form.classList.remove("is-sent"); });
  document.addEventListener("htmx:afterSettle", (event) => {
    all("form.is-sent").forEach((form) => form.classList.remove("is-sent"));
    enhance(event.target);
    event.target.querySelector?.("#errors")?.focus();
  });

  const start = () => {
    enhance(document);
    document.getElementById("errors")?.focus();
    const on = document.getElementById("shortcuts-on");
    if (on) on.checked = remember("nabij.shortcuts") !== "off";
    for (const menu of all("details.account, .nav-more > details")) {
      document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
      menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { menu.open = false; menu.querySelector("summary").focus(); } });
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
