// The year is wider than a phone: its picture opens at today, not in January.
"use strict";

(function () {
  const box = document.querySelector(".year-box");
  const today = box && box.querySelector("line.today");
  if (!today) return;
  const names = box.querySelector(".year-names").offsetWidth;
  const place = parseFloat(today.getAttribute("x1")) / 100 * box.querySelector(".year-canvas").offsetWidth;
  box.scrollLeft = place - (box.clientWidth - names) / 2;
})();
