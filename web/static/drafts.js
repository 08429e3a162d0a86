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

  window.drafts = {
    draft,
    forget,
    /** A page with a form sets this: hands over what is still to be sent; whether the desk has everything then. */
    handOver: async () => true,
  };

  // Another person's drafts are nothing for whoever is signed in now.
  if (person) forget((name) => name.startsWith("person:") && !name.startsWith("person:" + person + "/"));

  document.addEventListener("submit", async function (event) {
    const form = event.target;
    if (form.getAttribute("action") !== "/dang-xuat" || event.defaultPrevented) return;
    event.preventDefault();
    const hasAll = await window.drafts.handOver();
    if (!hasAll && !window.confirm("Có nội dung chưa lưu được về bàn làm việc. Đăng xuất thì nội dung đó bị xóa khỏi máy này. Vẫn đăng xuất?")) return;
    forget(() => true);
    form.submit();
  });
})();
