// Says in words when an answer did not come, or was a refusal. Pages work without this file.
(() => {
  "use strict";

  const say = (title, text) => {
    const status = document.getElementById("status");
    if (!status) return;
    const notice = document.createElement("div");
    const body = document.createElement("div");
    notice.className = "notice notice--error";
    body.className = "notice__body";
    for (const [words, name] of [[title, "notice__title"], [text, ""]]) {
      const line = document.createElement("p");
      line.className = name;
      line.textContent = words;
      body.append(line);
    }
    notice.append(body);
    status.replaceChildren(notice);
  };

  const refusals = {
    403: ["Not allowed", "Your account may not do this, or the page is too old: load it again."],
    404: ["Not found", "What you asked for is not here any more."],
    429: ["Too many requests", "Wait a moment, then try again."],
  };

  document.addEventListener("htmx:responseError", (event) => {
    const known = refusals[event.detail.xhr.status];
    say(...(known || ["The desk could not do this", "Nothing was changed. Try again; if it stays, tell the chief."]));
  });

  document.addEventListener("htmx:sendError", () => {
    say("No answer from the desk", "The connection broke. What you typed is still here; try again.");
  });
})();
