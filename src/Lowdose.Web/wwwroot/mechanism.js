// Shows the answer while the question changes: the page is asked for again and its answer put in place. Without this module the button does the same.
const form = document.querySelector("form[data-question]");
const place = document.querySelector("[data-answer]");
const status = form?.querySelector("[data-status]");
let later, running;
const ask = async () => {
  running?.abort();
  running = new AbortController();
  const address = `/mechanism?${new URLSearchParams(new FormData(form))}`;
  status.textContent = "Working it out.";
  try {
    const answer = await fetch(address, { signal: running.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const open = [...place.querySelectorAll("details")].map(d => d.open);
    place.replaceChildren(...page.querySelector("[data-answer]").childNodes);
    if (answer.ok) place.querySelectorAll("details").forEach((d, i) => { d.open = open[i] ?? false; });
    for (const field of form.querySelectorAll("input, select")) {
      const fresh = page.getElementById(field.id);
      for (const name of ["aria-invalid", "aria-describedby"]) {
        const value = fresh?.getAttribute(name);
        if (value) field.setAttribute(name, value); else field.removeAttribute(name);
      }
      field.closest(".field").querySelector(".mend")?.remove();
      const wrong = fresh?.closest(".field").querySelector(".mend");
      if (wrong) field.closest(".field").append(wrong);
    }
    history.replaceState(null, "", address);
    status.textContent = answer.ok ? "Shown below." : "Please mend what is marked.";
  } catch (stopped) {
    if (stopped.name !== "AbortError") form.submit();
  }
};
form?.addEventListener("input", () => { clearTimeout(later); later = setTimeout(ask, 400); });
form?.addEventListener("submit", event => { event.preventDefault(); clearTimeout(later); ask(); });
