// Makes long forms easier: adds and removes lines, keeps what is typed here and at the desk. Without it all works too.
"use strict";

(function () {
  const MOST = 60;

  // Days and hours ---------------------------------------------------------------------------------------------------

  // Typed with a thumb on a keyboard of digits: 14052024 is 14/05/2024, 1400 is 14:00. The browser's own field is not
  // used for it, because on an English machine it shows the month first, and 03/01 would be two different days.
  document.addEventListener("change", function (event) {
    const field = event.target;
    const parts = field.matches("[data-day]") ? [/^(\d{2})(\d{2})(\d{4})$/, "$1/$2/$3"]
      : field.matches("[data-time]") ? [/^(\d{2})(\d{2})$/, "$1:$2"] : null;
    if (!parts || !parts[0].test(field.value.trim())) return;
    field.value = field.value.trim().replace(parts[0], parts[1]);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // Lines that may be added ------------------------------------------------------------------------------------------

  /** Put a new line, made of a pattern, at the end of `into`; returns it. */
  function addLine(pattern, into, number, outer) {
    const holder = document.createElement("div");
    holder.innerHTML = document.getElementById(pattern).innerHTML.replaceAll("__n__", number).replaceAll("__o__", outer || "");
    const line = holder.firstElementChild;
    into.append(line);
    renumber();
    return line;
  }

  function numberOf(line) {
    return Number((line.dataset.row || line.dataset.line).split("-").pop());
  }

  function nextNumber(into) {
    return Math.max(0, ...Array.from(into.children, numberOf)) + 1;
  }

  /** Lines are called by their place as one sees it; their fields keep the number they were made with. */
  function renumber() {
    for (const [selector, word] of [["[data-row]", "Tổ chức đảng"], ["fieldset.limitation", "Hạn chế"]]) {
      let place = 0;
      for (const line of document.querySelectorAll(selector)) {
        if (!line.hidden) line.querySelector(".row-number").textContent = word + " " + ++place;
      }
    }
  }

  /** A field of a row that is not there yet, as in `venue-3`: make rows until it is. */
  window.lines = {
    ensureRow(name) {
      const into = document.getElementById("list-rows");
      const number = Number(name.split("-").pop());
      if (!into || !(number <= MOST) || into.querySelector("[data-row='" + number + "']")) return;
      addLine("row-pattern", into, number);
    },
  };

  document.addEventListener("click", function (event) {
    const button = event.target.closest("button[data-add], button[data-remove]");
    if (!button) return;
    event.preventDefault();
    if (button.dataset.add) {
      const into = document.getElementById(button.dataset.into);
      const number = nextNumber(into);
      if (number > MOST) return;
      const line = addLine(button.dataset.add, into, number, button.dataset.outer);
      const first = line.querySelector("input, select, textarea");
      if (first) first.focus();
      return;
    }
    const line = button.closest("[data-line], [data-row]");
    for (const field of line.querySelectorAll("input:not([type=hidden]), textarea, select")) {
      if (!field.value) continue;
      field.value = "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    line.hidden = true;
    renumber();
  });

  // A whole part of the checklist ------------------------------------------------------------------------------------

  document.addEventListener("click", function (event) {
    const button = event.target.closest("button[data-met]");
    if (!button) return;
    event.preventDefault();
    let met = 0;
    for (const item of button.closest("section").querySelectorAll("fieldset.item")) {
      if (item.querySelector("input[type=radio]:checked")) continue;
      const radio = item.querySelector("input[type=radio][value=met]");
      radio.checked = true;
      radio.dispatchEvent(new Event("input", { bubbles: true }));
      met += 1;
    }
    say(met ? "Đã ghi “Đạt” cho " + met + " mục chưa ghi của nhóm; mục nào khác thì chọn lại." : "Nhóm này mục nào cũng đã có kết quả.");
  });

  // Nothing is sent into nowhere -------------------------------------------------------------------------------------

  document.addEventListener("submit", function (event) {
    if (navigator.onLine !== false) {
      if (!document.documentElement.dataset.kept) return;
      event.preventDefault(); // a copy of the page (worker.js) may be older than what the desk takes
      location.reload();
      return;
    }
    event.preventDefault();
    say("Mất kết nối: chưa gửi được. Nội dung vẫn ở trên trang; có mạng thì bấm lại.", true);
  });

  function say(text, bad) {
    const place = document.getElementById("keeping");
    if (!place) {
      if (bad) window.alert(text);
      return;
    }
    place.textContent = text;
    place.classList.toggle("bad", Boolean(bad));
  }

  // The draft --------------------------------------------------------------------------------------------------------

  const form = document.getElementById("findings-form");
  if (!form) return;

  const NAME = form.dataset.key;
  const kept = window.drafts.draft(NAME, form.dataset.seal);
  const DRAFT = /^(attended_on|(result|remark|reason)-R\d+(-\d+)?|(strength|limitation|cause|difficulty)-\d+|limitation-\d+-items|(strength|limitation)-\d+-meeting|meeting-\d+-[a-z_]+|remedy-\d+-\d+-(text|owner|due|followed_by|urgent))$/;
  const times = JSON.parse(form.dataset.times || "{}");
  const pending = new Map(); // typed here, not yet kept at the desk
  let timer = 0, sending = false;

  function keepHere(name, value, at) {
    return kept.change((fields) => { fields[name] = [value, at]; });
  }

  /** What the desk has need not lie in this browser; beside a copy of the page it stays, or the copy would lack it. */
  async function forgetSent(sent) {
    const stays = await window.drafts.kept;
    return kept.change(function (fields) {
      for (const [name, one] of sent) {
        if (!fields[name] || fields[name][1] > one[1]) continue;
        if (stays) fields[name] = [...fields[name].slice(0, 2), 1];
        else delete fields[name];
      }
    });
  }

  function valueOf(name) {
    const field = form.elements[name];
    return field ? field.value : undefined; // for radio buttons: that of the chosen one
  }

  function same(name, value) {
    return (valueOf(name) || "") === value;
  }

  /** Make sure that the line of that field is there. */
  function ensure(name) {
    if (form.elements[name]) return;
    const [kind, first, second] = name.split("-");
    if (kind === "remedy") {
      ensure("limitation-" + first);
      const into = document.getElementById("remedies-" + first);
      if (into && !form.elements[name]) addLine("remedy-pattern", into, second, first);
    } else if (document.getElementById(kind + "-pattern")) {
      addLine(kind + "-pattern", document.getElementById(kind + "-lines"), first);
    }
  }

  function put(name, value) {
    if (value) ensure(name);
    const field = form.elements[name];
    if (!field || field === document.activeElement) return false;
    field.value = value;
    return true;
  }

  function count() {
    const chosen = form.querySelectorAll("input[type=radio]:checked").length;
    document.getElementById("answered").textContent = chosen;
  }

  form.addEventListener("input", function (event) {
    const name = event.target.name;
    if (!DRAFT.test(name || "")) return;
    const one = [event.target.value, Date.now()];
    pending.set(name, one);
    keepHere(name, one[0], one[1]);
    count();
    schedule(1200);
  });

  function schedule(delay) {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  }

  function body() {
    const sent = new URLSearchParams();
    sent.set("turn", form.elements.turn.value);
    sent.set("csrf", form.dataset.csrf);
    sent.set("fields", JSON.stringify(Object.fromEntries(pending)));
    return sent;
  }

  async function send() {
    if (sending || !pending.size) return;
    sending = true;
    const sent = new Map(pending);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: body(), redirect: "manual" });
      if (answer.ok) {
        taken(sent, await answer.json());
      } else if (answer.status === 409) {
        say((await answer.json()).refused, true);
      } else if (answer.status === 404 || answer.status === 410) {
        say("Liên kết này không còn dùng được, chưa gửi thêm được. Nội dung vẫn ở trên trang và trên máy này; chép lại, hoặc liên hệ nơi đã gửi thư.", true);
      } else {
        say("Trang đã mở quá lâu hoặc hết phiên làm việc. Nội dung được giữ trên máy này; tải lại trang rồi ghi tiếp.", true);
      }
    } catch (_error) {
      say("Mất kết nối. Nội dung được giữ trên máy này và tự lưu khi có mạng.", true);
      schedule(10000);
    } finally {
      sending = false;
    }
  }

  /** The desk has it; what somebody has typed elsewhere meanwhile is shown here. */
  function taken(sent, answer) {
    for (const [name, one] of sent) if (pending.get(name) === one) pending.delete(name);
    forgetSent(sent);
    let changed = 0;
    for (const [name, [value]] of Object.entries(answer.fields)) {
      if (pending.has(name) || same(name, value) || (!value && valueOf(name) === undefined)) continue;
      if (put(name, value)) changed += 1;
    }
    say("Đã lưu nháp lúc " + answer.saved_at + "." + (changed ? " Có " + changed + " ô mới hơn từ máy khác, đã hiện ở đây." : ""));
    if (pending.size) schedule(1200);
  }

  /** What was typed on this machine and never reached the desk comes back; of each field the newer counts. */
  async function restore() {
    const old = [];
    let restored = 0;
    for (const [name, [value, at, sent]] of Object.entries(await kept.read())) {
      if (pending.has(name)) continue; // typed while this was read
      if (!DRAFT.test(name) || at <= (times[name] || 0)) {
        old.push([name, [value, at]]);
        continue;
      }
      if (!same(name, value)) {
        put(name, value);
        restored += 1;
      }
      if (!sent) pending.set(name, [value, at]);
    }
    if (old.length) forgetSent(old);
    count();
    if (pending.size) schedule(200);
    if (!restored) return;
    const told = document.getElementById("restored");
    told.hidden = false;
    told.textContent = "Đã khôi phục " + restored + " ô ghi trên máy này mà chưa kịp lưu; ô nào có hai bản thì giữ bản mới hơn.";
  }

  /** Whether the desk has everything, after a last try. */
  async function handOver() {
    clearTimeout(timer);
    while (sending) await new Promise((done) => setTimeout(done, 50));
    await send();
    return !pending.size;
  }

  window.drafts.handOver = handOver;
  window.unsent.takeUp(form, keepHere).then(restore);
  count();
  window.addEventListener("online", () => schedule(100));
  window.addEventListener("pagehide", function () {
    if (pending.size && navigator.sendBeacon) navigator.sendBeacon(form.dataset.draft, body());
  });
})();
