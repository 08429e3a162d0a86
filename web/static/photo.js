// A photo is made smaller before it is sent, which spares the network at the cell. Without this the desk does it.
"use strict";

(function () {
  const LONGEST = 1600; // pixels; the desk draws it anew, and smaller still
  const field = document.querySelector("#photo-form input[type=file]");
  if (!field || !window.createImageBitmap || !window.DataTransfer) return;

  field.addEventListener("change", async function () {
    const file = field.files[0];
    if (!file || !file.type.startsWith("image/") || file.size < 400000) return;
    try {
      const drawn = await createImageBitmap(file);
      const scale = Math.min(1, LONGEST / Math.max(drawn.width, drawn.height));
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [Math.round(drawn.width * scale), Math.round(drawn.height * scale)];
      canvas.getContext("2d").drawImage(drawn, 0, 0, canvas.width, canvas.height);
      const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      if (!made || field.files[0] !== file) return;
      const holder = new DataTransfer();
      holder.items.add(new File([made], "anh.jpg", { type: "image/jpeg" }));
      field.files = holder.files;
    } catch (_error) {
      // It is sent as it is; the desk says whether it can be read.
    }
  });
})();
