// Lets a form be filled in where there is no network: keeps a copy of it on this device, says so, and takes it away again.
"use strict";

(function () {
  const HOURS = 72; // as in worker.js
  const box = document.getElementById("offline");
  const form = document.querySelector("form[data-key]");
  // Marked since the copy was made: nothing of it may stay here.
  if (document.querySelector("meta[name=ban-giu][content=khong]") && window.drafts) window.drafts.forgetPages((_owner, path) => path === location.pathname);
  if (!box || !form || !window.drafts || !window.caches || !navigator.serviceWorker) return;

  const PATH = location.pathname;
  const worker = box.dataset.worker + "&cua=" + encodeURIComponent(box.dataset.owner);
  const NAME = "giu " + new URL(worker, location.href).searchParams.get("v") + " " + PATH;
  const REFUSED = "khong-giu " + box.dataset.owner;
  const copied = Number(document.documentElement.dataset.kept || 0); // when, on a page that is a copy

  async function isKept() {
    const found = await navigator.serviceWorker.getRegistration(PATH);
    return Boolean(found) && new URL(found.scope).pathname === PATH;
  }

  /** What the page is made of, fetched anew: a copy must have what was saved until now. */
  async function keep() {
    await window.drafts.handOver();
    await navigator.serviceWorker.register(worker, { scope: PATH });
    const answer = await fetch(location.href, { redirect: "manual" });
    if (!answer.ok) throw new Error("not to be kept");
    const kept = await caches.open(NAME);
    await kept.put(PATH + location.search, answer);
    const parts = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]");
    await kept.addAll(Array.from(parts, (part) => part.href || part.src));
    localStorage.removeItem(REFUSED);
  }

  let keeping = Promise.resolve();

  async function drop() {
    await keeping.catch(() => undefined); // or what is just being kept would come after it
    await window.drafts.forgetPages((_owner, path) => path === PATH);
    try { localStorage.setItem(REFUSED, "1"); } catch (_error) { /* then it is asked again */ }
  }

  const told = box.querySelector("p");
  const button = box.querySelector("button");

  function moment(at) {
    const [day, time] = [new Date(at), { hour: "2-digit", minute: "2-digit" }];
    return day.toLocaleTimeString("vi-VN", time) + " ngày " + day.getDate() + "/" + (day.getMonth() + 1);
  }

  function show(text, label, act) {
    box.hidden = false;
    told.textContent = text;
    button.textContent = label;
    button.onclick = async function () {
      button.disabled = true;
      try { await act(); } catch (_error) { told.textContent = "Chưa làm được; có mạng thì bấm lại."; }
      button.disabled = false;
    };
  }

  function showKept() {
    window.drafts.kept = Promise.resolve(true);
    show("Không có mạng vẫn mở và ghi được: biểu mẫu và nội dung đang ghi được giữ trên máy này đến " + moment(Date.now() + HOURS * 3600000)
      + ", ai mở được máy thì đọc được. Gửi xong" + (box.dataset.by === "person" ? " hoặc đăng xuất" : "") + " thì tự xóa.",
      "Xóa khỏi máy này", async function () { await drop(); showNotKept(); });
  }

  function showNotKept() {
    window.drafts.kept = Promise.resolve(false);
    show("Nơi dự không có mạng? Giữ biểu mẫu trên máy này trước; chỉ giữ trên máy của riêng mình.",
      "Giữ trên máy này", async function () { await keep(); showKept(); });
  }

  function showCopy(text) {
    show(text, "Tải lại trang", async () => location.reload());
  }

  async function begin() {
    if (copied) {
      window.drafts.kept = Promise.resolve(true);
      showCopy("Không có mạng: đây là bản giữ trên máy này từ " + moment(copied) + ". Cứ ghi tiếp; nội dung được giữ ở đây, có mạng thì tải lại trang rồi gửi.");
      window.addEventListener("online", () => showCopy("Có mạng trở lại. Tải lại trang rồi gửi; nội dung đã ghi vẫn còn."));
      return;
    }
    window.drafts.kept = isKept();
    let refused = false;
    try { refused = Boolean(localStorage.getItem(REFUSED)); } catch (_error) { refused = true; }
    const before = await window.drafts.kept;
    if (!before && (box.dataset.by === "person" || refused)) return showNotKept();
    if (before) showKept();
    try {
      keeping = keep();
      await keeping; // anew: the copy has to be as this page is
      if (!before) showKept();
    } catch (_error) {
      if (!before) showNotKept();
    }
  }

  begin();
})();
