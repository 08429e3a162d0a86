// What somebody types into a form that is sent as a whole waits in this browser, sealed (drafts.js), until it is sent.
"use strict";

(function () {
  const form = document.querySelector("form[data-key]:not([data-draft])");
  if (!form || !window.drafts) return;

  const NAME = form.dataset.key;
  const kept = window.drafts.draft(NAME, form.dataset.seal);
  const times = JSON.parse(form.dataset.times || "{}");

  function isTyped(field) {
    return Boolean(field.name) && !["hidden", "file", "password", "submit", "button"].includes(field.type);
  }

  function valueOf(name) {
    const field = form.elements[name];
    if (!field) return "";
    return field.type === "checkbox" ? (field.checked ? field.value : "") : field.value;
  }

  function put(name, value) {
    if (value && !form.elements[name] && window.lines) window.lines.ensureRow(name);
    const field = form.elements[name];
    if (!field || field === document.activeElement) return false;
    if (field.type === "checkbox") field.checked = Boolean(value);
    else field.value = value;
    const fold = field.closest && field.closest("details");
    if (fold && value) fold.open = true;
    return true;
  }

  form.addEventListener("input", function (event) {
    const field = event.target;
    if (!isTyped(field)) return;
    const one = [valueOf(field.name), Date.now()];
    kept.change((fields) => { fields[field.name] = one; });
  });

  /** A page that answers a press shows what counts now; what lies here must not say otherwise later. */
  function follow() {
    return kept.change(function (fields) {
      for (const name of Object.keys(fields)) {
        if (form.elements[name]) fields[name] = [valueOf(name), Date.now()];
        else delete fields[name];
      }
    });
  }

  async function restore() {
    let restored = 0;
    for (const [name, [value, at]] of Object.entries(await kept.read())) {
      if (at <= (times[name] || 0) || valueOf(name) === value) continue;
      if (put(name, value)) restored += 1;
    }
    if (restored) tell(restored);
  }

  function tell(restored) {
    const told = document.getElementById("restored");
    if (!told) return;
    told.hidden = false;
    told.textContent = "Đã khôi phục " + restored + " ô ghi trên máy này mà chưa gửi. ";
    const away = document.createElement("button");
    away.type = "button";
    away.className = "quiet";
    away.textContent = "Bỏ phần khôi phục";
    away.addEventListener("click", async function () {
      await kept.change((fields) => { for (const name of Object.keys(fields)) delete fields[name]; });
      location.reload();
    });
    told.append(away);
  }

  const hint = document.getElementById("typed-here");
  if (hint) hint.hidden = false;
  if (!form.dataset.opened) follow();
  else if (form.dataset.turned) window.unsent.takeUp(form, (name, value, at) => kept.change((fields) => { fields[name] = [value, at]; })).then(restore);
  else restore();
})();
