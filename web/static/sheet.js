// Keeps what is typed into a score sheet as "Lưu tạm" does, without being asked. Without this script the button does it.
"use strict";
(() => {
  const form = document.getElementById("score-form");
  const told = document.getElementById("sheet-kept");
  if (!form || !told) return;
  const QUIET = 1500; // ms without a key
  const AGAIN = 10000; // ms until a failed try is repeated
  let timer = 0, changed = false, sending = false, going = null;

  const body = () => {
    const typed = new URLSearchParams(new FormData(form));
    typed.set("do", "save");
    return typed;
  };

  const save = async () => {
    if (!changed || sending) return;
    changed = false;
    going = new AbortController();
    try {
      const answer = await fetch(form.action, { method: "POST", body: body(), redirect: "manual", signal: going.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const now = new Date();
      told.textContent = `Đã lưu tạm lúc ${now.toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" })}. Phiếu chưa được gửi.`;
    } catch {
      if (sending) return;
      changed = true;
      told.textContent = form.dataset.key
        ? "Chưa lưu tạm lên máy chủ được, sẽ thử lại. Nội dung đã ghi vẫn nằm trong trình duyệt này."
        : "Chưa lưu tạm được, sẽ thử lại. Đừng đóng trang này.";
      timer = window.setTimeout(save, AGAIN);
    }
  };

  form.addEventListener("input", () => {
    changed = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(save, QUIET);
  });
  // What is being sent is newer than any draft: a save that is under way must not come after it.
  form.addEventListener("submit", () => {
    sending = true;
    window.clearTimeout(timer);
    if (going) going.abort();
  });
  window.addEventListener("pageshow", () => { sending = false; });
  window.addEventListener("pagehide", () => {
    if (changed && !sending) navigator.sendBeacon(form.action, body());
  });
})();
