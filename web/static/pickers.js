// On a phone a day or an hour may also be picked: the browser's own picker lies over a word beside the field that is typed into.
"use strict";

(function () {
  if (!window.matchMedia("(pointer: coarse)").matches) return;
  document.documentElement.classList.add("picks");

  const twoDigits = (number) => number.padStart(2, "0");

  /** What stands in the field, as the picker understands it; empty if it is no day or hour. */
  function toPicker(picker, text) {
    const parts = (text.match(/\d+/g) || []).map(twoDigits);
    if (picker.type === "date") return parts.length === 3 ? [parts[2], parts[1], parts[0]].join("-") : "";
    return parts.length === 2 ? parts.join(":") : "";
  }

  /** What was picked, as it is written here: the day first. */
  function fromPicker(picker) {
    return picker.type === "date" ? picker.value.split("-").reverse().join("/") : picker.value.slice(0, 5);
  }

  const pickerOf = (event) => event.target.closest && event.target.closest(".picker > input");
  const fieldOf = (picker) => picker.closest(".with-picker").querySelector("input:not([tabindex])");

  for (const kind of ["pointerdown", "focusin"]) {
    document.addEventListener(kind, function (event) {
      const picker = pickerOf(event);
      if (picker) picker.value = toPicker(picker, fieldOf(picker).value);
    });
  }

  document.addEventListener("change", function (event) {
    const picker = pickerOf(event);
    if (!picker || !picker.value) return;
    const field = fieldOf(picker);
    field.value = fromPicker(picker);
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  });
})();
