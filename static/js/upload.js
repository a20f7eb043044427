// Shows what was chosen, with sizes, and says what is too large before it is sent. The form works without this file.
(() => {
  "use strict";
  const form = document.getElementById("upload");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector(".drop");
  const list = document.getElementById("chosen");
  const sum = document.getElementById("chosen-sum");
  const limits = form.dataset;
  const SHOWN = 100;

  const size = (bytes) => {
    if (bytes < 1000) return bytes === 1 ? "1 byte" : `${bytes} bytes`;
    return bytes < 1e6 ? `${(bytes / 1000).toFixed(1)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
  };

  const trouble = (file) => {
    if (file.size > Number(limits.maxFile)) return "too large, will be rejected";
    return file.size === 0 ? "empty" : "";
  };

  const row = (file) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const note = document.createElement("span");
    const wrong = trouble(file);
    name.textContent = file.name;
    note.textContent = wrong ? `${size(file.size)}: ${wrong}` : size(file.size);
    if (wrong) item.className = "chosen__bad";
    item.append(name, note);
    return item;
  };

  const problems = (files, bytes) => {
    if (files.length > Number(limits.maxFiles)) return `These are ${files.length} files; ${limits.maxFiles} are the most at once.`;
    if (bytes > Number(limits.maxAll)) return `These are ${size(bytes)} in all; ${size(Number(limits.maxAll))} are the most at once.`;
    return "";
  };

  const show = () => {
    const files = [...input.files];
    const bytes = files.reduce((total, file) => total + file.size, 0);
    const problem = problems(files, bytes);
    input.setCustomValidity(problem);
    list.replaceChildren(...files.slice(0, SHOWN).map(row));
    list.hidden = files.length === 0;
    const more = files.length > SHOWN ? ` The first ${SHOWN} are listed.` : "";
    sum.textContent = files.length ? problem || `${files.length} chosen, ${size(bytes)}.${more}` : "";
    sum.classList.toggle("is-wrong", Boolean(problem));
  };

  input.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      drop.classList.add("drop--over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    drop.addEventListener(name, () => drop.classList.remove("drop--over"));
  }
  drop.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    show();
  });
  // A second press while the first is on its way would send everything twice.
  const button = form.querySelector("button");
  const words = button.textContent;
  const send = (underWay) => {
    button.setAttribute("aria-disabled", String(underWay));
    button.textContent = underWay ? "Sending…" : words;
  };
  form.addEventListener("submit", (event) => {
    if (button.getAttribute("aria-disabled") === "true") event.preventDefault();
    send(true);
  });
  window.addEventListener("pageshow", () => {
    send(false);
    show();
  });
})();
