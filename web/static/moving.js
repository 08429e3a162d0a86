// While the service works on what was just decided, looks again by itself and shows the new state when it is there.
"use strict";

(function () {
  const MOST = 60;
  const main = document.querySelector("main");
  if (!main.querySelector("[data-moving]")) return;
  let looks = 0;

  async function look() {
    try {
      const answer = await fetch(location.href);
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
      if (answer.ok && found && !found.querySelector("[data-moving]")) return show(found);
    } catch (error) {
      // The desk is being restarted; the next look tells.
    }
    looks += 1;
    if (looks < MOST) setTimeout(look, looks < 10 ? 400 : 2000);
  }

  /** Put the new state in the place of the old one; what was said about the decision stays above it. */
  function show(found) {
    const said = main.querySelector(".said");
    const held = document.activeElement;
    if (said && !found.querySelector(".said")) found.prepend(said);
    main.replaceChildren(...found.childNodes);
    if (held && !document.contains(held)) main.focus();
  }

  setTimeout(look, 300);
})();
