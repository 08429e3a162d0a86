// A link that holds no longer: what was typed on this device and never sent is shown to be copied, and nothing else.
"use strict";

(async function () {
  const place = document.getElementById("not-sent");
  if (!place || !window.caches || !window.drafts) return;
  const HOURS = 72; // as in worker.js
  const PATH = location.pathname;
  const CLOSED = PATH + "/ban-giu"; // no address of the desk: a copy under it is not opened as a page any more

  const formOf = (page) => page.querySelector("form[data-key]");

  function isOf(pages) {
    const owners = pages.map((page) => formOf(page).dataset.key.split("/")[0] + "/");
    return (name) => owners.some((owner) => name.startsWith(owner));
  }

  /** Nothing of that form stays on this device. */
  async function drop(pages) {
    window.drafts.forget(isOf(pages));
    await window.drafts.forgetPages((_owner, path) => path === PATH);
  }

  /** The copies of the form, from now on under no address; and whether the time of one is over. */
  async function copies() {
    const found = [];
    let over = false;
    for (const name of await caches.keys()) {
      if (!name.endsWith(" " + PATH)) continue;
      const kept = await caches.open(name);
      for (const request of await kept.keys()) {
        const { pathname } = new URL(request.url);
        if (pathname === PATH) await kept.put(CLOSED + new URL(request.url).search, (await kept.match(request)).clone());
        if (pathname === PATH) await kept.delete(request);
      }
      for (const request of await kept.keys()) {
        if (new URL(request.url).pathname !== CLOSED) continue;
        const copy = await kept.match(request);
        over = over || Date.now() - (Date.parse(copy.headers.get("date")) || 0) > HOURS * 3600000;
        found.push(await copy.text());
      }
    }
    const pages = found.map((text) => new DOMParser().parseFromString(text, "text/html"));
    return [pages.filter(formOf), over];
  }

  const [pages, over] = await copies();
  if (over) return drop(pages);
  for (const draft of window.drafts.names(isOf(pages))) {
    const page = pages.find((one) => formOf(one).dataset.key === draft) || pages[0];
    const fields = await window.drafts.draft(draft, formOf(page).dataset.seal).read();
    for (const [name, [value, , sent]] of Object.entries(fields)) if (!sent && value) window.unsent.show(place, page, name, value);
  }
  if (place.hidden) return drop(pages);
  place.querySelector("button").addEventListener("click", async function () {
    await drop(pages);
    place.hidden = true;
  });
})();
