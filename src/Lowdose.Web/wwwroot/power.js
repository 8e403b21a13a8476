// The curve point by point: each is asked for by itself and shown as it comes; then the form goes as it always would, and
// the page finds every point worked out. Without this module the form goes at once and the page comes when all are done.
const form = document.querySelector("form[data-curve]");
const list = form?.querySelector(".arriving");
form?.addEventListener("submit", async event => {
  if (event.submitter?.formAction && !event.submitter.formAction.endsWith("/power")) return;
  event.preventDefault();
  list.replaceChildren();
  list.hidden = false;
  const button = form.querySelector("button[type=submit]");
  button.disabled = true;
  try {
    for (let point = 0; ; point++) {
      const body = new URLSearchParams(new FormData(form));
      body.set("point", point);
      const answer = await fetch("/power/point", { method: "POST", body });
      if (answer.status !== 200 || !answer.headers.get("content-type")?.startsWith("text/plain")) break;
      const line = document.createElement("li");
      line.textContent = await answer.text();
      list.append(line);
    }
  } catch { /* The form says what is wrong. */ }
  button.disabled = false;
  HTMLFormElement.prototype.submit.call(form);
});
