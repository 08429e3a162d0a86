// What was typed on this device and never sent, of a form that was sent meanwhile or of a link that holds no longer.
"use strict";

(function () {
  // Lines that a person adds: sent with empty ones between, they come back under other numbers.
  const LINE = /^(strength|limitation|cause|difficulty|remedy)-/;

  /** The field, or one of its kind where the page has fewer lines than were typed. */
  function fieldOf(page, name) {
    return page.querySelector("[name='" + CSS.escape(name) + "']") || page.querySelector("[name^='" + CSS.escape(name.split("-")[0]) + "-']");
  }

  function labelOf(page, name) {
    const field = fieldOf(page, name);
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

  /** Show that field, called as on that page, to be copied by hand. */
  function show(place, page, name, value) {
    const [term, text] = ["dt", "dd"].map((kind) => document.createElement(kind));
    term.textContent = labelOf(page, name);
    text.textContent = textOf(page, name, value);
    place.querySelector("dl").append(term, text);
    place.hidden = false;
  }

  // Turns of a draft that were answered -------------------------------------------------------------------------------

  /** The desk writes 01/7/2024 for 1/7/2024, and one space for two. */
  function plain(text) {
    return text.normalize("NFC").trim().replace(/\s+/g, " ").replace(/\b0+(?=\d)/g, "");
  }

  function valueOf(form, name) {
    const field = form.elements[name];
    if (!field) return undefined;
    return field.type === "checkbox" ? (field.checked ? field.value : "") : field.value;
  }

  /** Whether the page says that already, be it under another number. */
  function says(form, name, value) {
    const kind = (one) => one.replace(/\d+/g, "n");
    const places = LINE.test(name) ? Array.from(form.elements, (one) => one.name).filter((one) => kind(one) === kind(name)) : [name];
    return places.some((one) => plain(valueOf(form, one) || "") === plain(value));
  }

  /** Whether a text stands here in the place in which it was typed, and takes no other's away. */
  function fits(form, name, value, fields) {
    const here = valueOf(form, name);
    if (!LINE.test(name)) return here !== undefined;
    if (here) return plain(value).startsWith(plain(here)); // somebody has written on
    const line = name.replace(/^remedy-/, "limitation-").match(/^[a-z]+-\d+/)[0];
    const head = line === name ? "" : valueOf(form, line);
    return !head || Boolean(fields[line]) && plain(fields[line][0]) === plain(head);
  }

  /**
   * Take up what turns that were answered have left on this device: what was typed after the answer, and has its place in
   * this turn, goes into it (`take`); what only a person can place is shown to be copied, and stays until it is taken away.
   */
  async function takeUp(form, take) {
    const key = form.dataset.key;
    const [begins, turn] = [key.slice(0, key.lastIndexOf("/") + 1), Number(key.slice(key.lastIndexOf("/") + 1))];
    if (document.documentElement.dataset.kept) return; // a copy may be of a turn that was answered meanwhile
    const times = JSON.parse(form.dataset.times || "{}");
    const isEarlier = (name) => name.startsWith(begins) && Number(name.slice(begins.length)) < turn;
    const place = document.getElementById("not-sent");
    for (const name of window.drafts.names(isEarlier)) {
      const draft = window.drafts.draft(name, form.dataset.seal);
      const fields = await draft.read();
      const left = {};
      for (const [field, [value, at, sent]] of Object.entries(fields)) {
        if (sent || !value || says(form, field, value)) continue;
        const isLater = at > Math.max(Number(form.dataset.answered || 0), times[field] || 0);
        if (isLater && fits(form, field, value, fields)) await take(field, value, at);
        else left[field] = [value, at];
      }
      await draft.change((all) => { for (const field of Object.keys(all)) if (!left[field]) delete all[field]; });
      for (const [field, [value]] of Object.entries(left)) if (place) show(place, form, field, value);
    }
    if (place) place.querySelector("button").addEventListener("click", function () {
      window.drafts.forget(isEarlier);
      place.hidden = true;
    });
  }

  window.unsent = { show, takeUp };
})();
