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
    for (const field of form.querySelectorAll("[id]:is(input, select)")) {
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
// A slider under each number that has stops. It has no name: the number's own field is what is sent.
for (const field of form?.querySelectorAll("[data-stops]") ?? []) {
  const stops = field.dataset.stops.split(" ");
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: 0, max: stops.length - 1, step: 1 });
  slider.setAttribute("aria-label", `${field.labels[0].textContent}: slider`);
  const tell = () => slider.setAttribute("aria-valuetext", stops[slider.value]);
  const follow = () => {
    const said = Number(field.value.replace(",", "."));
    const distance = stop => Math.abs(stop - said);
    if (!Number.isNaN(said)) slider.value = stops.reduce((best, stop, i) => (distance(stop) < distance(stops[best]) ? i : best), 0);
    tell();
  };
  slider.addEventListener("input", () => { field.value = stops[slider.value]; tell(); });
  field.addEventListener("input", follow);
  follow();
  field.after(slider);
}
// What opens over the page where one points, or is with the keyboard, goes away by Escape until one comes again.
document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  for (const known of document.querySelectorAll(".known:is(:hover, :focus-within)")) {
    known.classList.add("hushed");
    for (const leaving of ["mouseleave", "focusout"]) known.addEventListener(leaving, () => known.classList.remove("hushed"), { once: true });
  }
});
form?.addEventListener("input", () => { clearTimeout(later); later = setTimeout(ask, 400); });
form?.addEventListener("submit", event => { event.preventDefault(); clearTimeout(later); ask(); });
