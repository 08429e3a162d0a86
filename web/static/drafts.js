// What somebody types and the desk has not got yet waits in this browser: sealed, for its owner alone, until sign-out.
"use strict";

(function () {
  const PREFIX = "nhap:";
  const person = document.currentScript.dataset.person; // whoever is signed in; nobody on a page opened by a link

  function storage(change) {
    // A browser may refuse its storage; then the desk alone keeps the draft.
    try { return change(window.localStorage); } catch (_error) { return undefined; }
  }

  function forget(isMeant) {
    storage(function (kept) {
      for (const key of Object.keys(kept)) if (key.startsWith(PREFIX) && isMeant(key.slice(PREFIX.length))) kept.removeItem(key);
    });
  }

  /** The names of the drafts here of which that is true. */
  function names(isMeant) {
    const keys = storage((kept) => Object.keys(kept)) || [];
    return keys.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length)).filter(isMeant);
  }

  /** The draft of that name. What is kept can be read only with the seal, which the desk gives to the draft's owner. */
  function draft(name, seal) {
    const key = PREFIX + name;
    const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    // Only where the page came safely; elsewhere the desk does not open anyway.
    const lock = window.crypto.subtle && crypto.subtle.importKey("raw", bytes(seal), "AES-GCM", false, ["encrypt", "decrypt"]);
    let last = Promise.resolve();

    async function read() {
      const kept = storage((all) => all.getItem(key)) || "";
      if (kept.startsWith("{")) return JSON.parse(kept); // from an earlier version, which did not seal
      if (!kept || !lock) return {};
      try {
        const [iv, text] = kept.split(".").map(bytes);
        return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await lock, text)));
      } catch (_error) {
        return {}; // sealed for somebody else
      }
    }

    async function write(fields) {
      if (!lock || !Object.keys(fields).length) return storage((all) => all.removeItem(key));
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const text = new TextEncoder().encode(JSON.stringify(fields));
      const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await lock, text));
      const letters = (given) => btoa(Array.from(given, (byte) => String.fromCharCode(byte)).join(""));
      return storage((all) => all.setItem(key, letters(iv) + "." + letters(sealed)));
    }

    return {
      read,
      /** Let `change` alter the fields that are kept; one change after the other. */
      change(change) {
        last = last.then(async function () {
          const fields = await read();
          change(fields);
          await write(fields);
        });
        return last;
      },
    };
  }

  /** Take away the copies of pages (offline.js) of which that is true, by their owner and path, and who opens them. */
  async function forgetPages(isMeant) {
    if (!navigator.serviceWorker || !window.caches) return;
    for (const one of await navigator.serviceWorker.getRegistrations()) {
      const worker = one.active || one.waiting || one.installing;
      const owner = worker ? new URL(worker.scriptURL).searchParams.get("cua") || "" : "";
      const path = new URL(one.scope).pathname;
      if (!isMeant(owner, path)) continue;
      await one.unregister();
      for (const name of await caches.keys()) if (name.endsWith(" " + path)) await caches.delete(name);
    }
  }

  // What is sent is nothing to keep -----------------------------------------------------------------------------------

  const SENDING = "dang-gui";

  function session(change) {
    try { return change(window.sessionStorage); } catch (_error) { return null; }
  }

  document.addEventListener("submit", function (event) {
    const button = event.submitter;
    if (button && button.name === "do" && button.value === "confirm") session((all) => all.setItem(SENDING, location.pathname));
  });

  /** A confirmed form that was taken leads to another page; then its text and the copy of its page go. */
  function forgetTaken() {
    const path = session((all) => all.getItem(SENDING));
    if (!path) return;
    session((all) => all.removeItem(SENDING));
    if (location.pathname === path) return;
    forgetPages((_owner, kept) => kept === path);
    const form = session((all) => all.getItem("ghi " + path));
    if (form) forget((name) => name.startsWith(form));
  }

  const typed = document.querySelector("form[data-key]");
  if (typed) session((all) => all.setItem("ghi " + location.pathname, typed.dataset.key));
  forgetTaken();

  window.drafts = {
    draft,
    forget,
    names,
    forgetPages,
    /** Whether a copy of this page is kept for use without a network (offline.js): then all that is typed stays here. */
    kept: Promise.resolve(false),
    /** A page with a form sets this: hands over what is still to be sent; whether the desk has everything then. */
    handOver: async () => true,
  };

  // Another person's drafts are nothing for whoever is signed in now.
  if (person) {
    forget((name) => name.startsWith("person:") && !name.startsWith("person:" + person + "/"));
    forgetPages((owner) => owner.startsWith("person:") && owner !== "person:" + person);
  }

  document.addEventListener("submit", async function (event) {
    const form = event.target;
    if (form.getAttribute("action") !== "/dang-xuat" || event.defaultPrevented) return;
    event.preventDefault();
    const hasAll = await window.drafts.handOver();
    if (!hasAll && !window.confirm("Có nội dung chưa lưu được về bàn làm việc. Đăng xuất thì nội dung đó bị xóa khỏi máy này. Vẫn đăng xuất?")) return;
    forget(() => true);
    await forgetPages(() => true);
    form.submit();
  });
})();
