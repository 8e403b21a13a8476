// Shows the day under the pointer, a finger or the arrow keys. Without it every day keeps its own title and the table.
for (const field of document.querySelectorAll(".plot-field")) {
  const days = [...field.querySelectorAll(".days > .day")];
  if (!days.length) continue;
  const told = days.map(day => day.querySelector("title").textContent);
  const readout = document.createElement("p");
  readout.className = "readout";
  readout.textContent = "Point at a day, or use the arrow keys.";
  field.closest(".plot-frame").after(readout);

  // One stop for the keyboard; the arrows go from day to day.
  const stops = days.filter(day => day.hasAttribute("tabindex"));
  stops.slice(1).forEach(day => day.setAttribute("tabindex", "-1"));
  // The title would show a second, slower tip over the readout; its words stay as the name.
  days.forEach((day, i) => { day.querySelector("title").remove(); day.setAttribute("aria-label", told[i]); });

  let shown = null;
  const show = i => {
    shown?.classList.remove("shown");
    shown = days[i];
    shown.classList.add("shown");
    readout.textContent = told[i];
  };
  const at = event => {
    const box = field.getBoundingClientRect();
    return Math.max(0, Math.min(days.length - 1, Math.floor((event.clientX - box.left) / box.width * days.length)));
  };
  field.addEventListener("pointermove", event => show(at(event)));
  field.addEventListener("pointerdown", event => show(at(event)));
  field.addEventListener("focusin", event => {
    const i = days.indexOf(event.target.closest(".day"));
    if (i >= 0) show(i);
  });
  field.addEventListener("keydown", event => {
    const from = stops.indexOf(document.activeElement);
    const to = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (from < 0 || to === undefined || !stops[to]) return;
    event.preventDefault();
    stops[from].setAttribute("tabindex", "-1");
    stops[to].setAttribute("tabindex", "0");
    stops[to].focus();
  });
}
