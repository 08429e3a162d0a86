// A link that holds no longer: what was typed on this device and never sent is shown to be copied, and nothing else.
"use strict";

(async function () {
  const place = document.getElementById("not-sent");
  if (!place || !window.caches || !window.drafts) return;
  const PATH = location.pathname;
  const CLOSED = PATH + "/ban-giu"; // no address of the desk: a copy under it is not opened as a page any more

  async function copies() {
    const found = [];
    for (const name of await caches.keys()) {
      if (!name.endsWith(" " + PATH)) continue;
      const kept = await caches.open(name);
      for (const request of await kept.keys()) {
        const { pathname } = new URL(request.url);
        if (pathname === PATH) await kept.put(CLOSED + new URL(request.url).search, (await kept.match(request)).clone());
        if (pathname === PATH) await kept.delete(request);
      }
      for (const request of await kept.keys()) {
        if (new URL(request.url).pathname === CLOSED) found.push(await (await kept.match(request)).text());
      }
    }
    return found.map((text) => new DOMParser().parseFromString(text, "text/html"));
  }

  function labelOf(page, name) {
    const field = page.querySelector("[name='" + CSS.escape(name) + "']");
    if (!field) return name;
    const label = page.querySelector("label[for='" + CSS.escape(field.type === "radio" ? name : field.id) + "']");
    const legend = field.closest("fieldset") && field.closest("fieldset").querySelector("legend");
    return [legend, field.type === "radio" ? null : label].filter(Boolean).map((one) => one.textContent.trim().replace(/\s+/g, " ")).join(": ") || name;
  }

  function textOf(page, name, value) {
    const chosen = page.querySelector("input[type=radio][name='" + CSS.escape(name) + "'][value='" + CSS.escape(value) + "']");
    const label = chosen && page.querySelector("label[for='" + CSS.escape(chosen.id) + "']");
    return label ? label.textContent : value;
  }

  const list = place.querySelector("dl");
  for (const page of await copies()) {
    const form = page.querySelector("form[data-key]");
    if (!form) continue;
    const fields = await window.drafts.draft(form.dataset.key, form.dataset.seal).read();
    for (const [name, [value, , sent]] of Object.entries(fields)) {
      if (sent || !value) continue;
      const term = document.createElement("dt");
      const text = document.createElement("dd");
      term.textContent = labelOf(page, name);
      text.textContent = textOf(page, name, value);
      list.append(term, text);
    }
  }
  place.hidden = !list.children.length;
  place.querySelector("button").addEventListener("click", async function () {
    const [owner] = (await copies()).map((page) => page.querySelector("form[data-key]").dataset.key.split("/")[0]);
    if (owner) window.drafts.forget((name) => name.startsWith(owner + "/"));
    await window.drafts.forgetPages((_owner, path) => path === PATH);
    place.hidden = true;
  });
})();
