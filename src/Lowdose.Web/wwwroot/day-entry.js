// The day page, tap by tap: each answer is handed over at once and can be taken back. Without this script the page is a plain form.
import * as post from "./post.js";

const form = document.querySelector("form.day-entry");
const pad = n => String(n).padStart(2, "0");
const iso = day => `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
const today = () => iso(new Date());
const dayBefore = date => { const d = new Date(`${date}T12:00`); d.setDate(d.getDate() - 1); return iso(d); };

// Where Lowdose cannot be reached the page is an empty form; which day it is about stands in the address.
const isShell = !form.dataset.date;
const date = form.dataset.date || location.pathname.match(/^\/day\/(\d{4}-\d\d-\d\d)$/)?.[1] || today();
const subject = `day/${date}`;
const bar = document.querySelector("#saved"), told = bar.querySelector("[data-told]"), undo = bar.querySelector("[data-undo]");

const named = name => [...form.elements].filter(e => e.name === name);
const fields = () => [...new Set([...form.elements].filter(e => e.dataset.field !== undefined).map(e => e.name))];

const valueOf = name => {
  const inputs = named(name);
  if (inputs[0].type === "radio") return inputs.find(i => i.checked)?.value || null;
  if (inputs[0].type === "checkbox") return inputs[0].checked ? inputs[0].value : null;
  return inputs[0].value.trim() || null;
};

// A dose is shown by what was taken; the time of day is kept with it.
const matches = (input, value) => input.value === (value ?? "") || Boolean(value && input.value && value.startsWith(`${input.value} at `));

const shown = new Map();
const show = (name, value) => {
  shown.set(name, value);
  for (const input of named(name)) {
    if (input.type === "radio" || input.type === "checkbox") input.checked = matches(input, value);
    else input.value = value ?? "";
  }
  const other = form.querySelector(`[data-said="${CSS.escape(name)}"]`);
  if (other) other.textContent = value && !named(name).some(i => i.checked) ? `Written: ${value}` : "";
};

let undoable = null;
const write = (changes, said = "Saved.") => {
  const before = Object.fromEntries(Object.keys(changes).map(name => [name, shown.get(name) ?? null]));
  post.put(subject, changes);
  for (const [name, value] of Object.entries(changes)) show(name, value);
  undoable = before;
  undo.hidden = false;
  bar.dataset.said = said;
  say(post.status());
};

const now = () => { const t = new Date(); return `${pad(t.getHours())}:${pad(t.getMinutes())}`; };

// The clock says when, as long as the tap is on the day itself or in its night.
const timed = value => {
  if (!value?.startsWith("taken ") || value.includes(" at ")) return value;
  if (date === today()) return `${value} at ${now()}`;
  // Before four in the morning the night still belongs to the day before.
  return date === dayBefore(today()) && new Date().getHours() < 4 ? `${value} at ${now()} next day` : value;
};

const doseOf = () => {
  const [amount, time] = ["dose-amount", "dose-time"].map(n => named(n)[0]?.value ?? "");
  const taken = amount ? `taken ${Number(amount).toFixed(6).replace(/\.?0+$/, "")} mg` : (valueOf("dose") ?? shown.get("dose") ?? "taken unknown").replace(/ at .*/, "");
  return time ? `${taken.startsWith("taken") ? taken : "taken unknown"} at ${time}` : timed(taken);
};

const save = name => {
  if (name === "dose-amount" || name === "dose-time") return write({ dose: doseOf() });
  if (named(name)[0].dataset.field === undefined) return;
  const value = name === "dose" ? timed(valueOf(name)) : valueOf(name);
  if (value === (shown.get(name) ?? null) || name === "dose" && valueOf(name) && matches({ value: valueOf(name) }, shown.get(name))) return;
  write({ [name]: value });
};

const counted = n => n === 1 ? "1 answer waits" : `${n} answers wait`;

const say = ({ unsent, stores, state, conflicts, refused }) => {
  const waits = unsent === 0 ? "" : state === "sending" ? "Saving." : state === "full" ? `${counted(unsent)}: Lowdose cannot keep more just now. Make room on its disk.`
    : state === "locked" ? `${counted(unsent)}: Lowdose is locked. Open it with your passphrase in the settings.`
    : stores ? `${counted(unsent)} on this device, to be sent later.`
    : `${counted(unsent)}. Keep this page open until Lowdose is back.`;
  told.textContent = unsent === 0 ? bar.dataset.said ?? "" : waits;
  bar.dataset.unsent = unsent;
  bar.hidden = !told.textContent && undo.hidden;
  const asks = document.querySelector("#asks");
  asks.replaceChildren(...conflicts.map(s => {
    const p = document.createElement("p"), a = document.createElement("a");
    p.append(`${s.slice(4)} was also filled in elsewhere. Both answers are kept. `);
    Object.assign(a, { href: `/${s}`, className: "button quiet", textContent: "Choose one" });
    p.append(a);
    return p;
  }), ...refused.map(r => {
    const p = document.createElement("p"), b = document.createElement("button");
    // All of it stands here, so that nothing is lost by leaving it out.
    const answers = Object.entries(r.write.changes).map(([name, value]) => `${name}: ${value ?? "cleared"}`).join(", ");
    p.append(`One answer could not be kept (${r.write.subject.slice(4)}, ${answers}): ${r.what}. What to do: ${r.do}. `);
    Object.assign(b, { type: "button", className: "button quiet", textContent: "Leave it out", onclick: () => post.discardRefused() });
    p.append(b);
    return p;
  }));
  asks.hidden = !asks.children.length;
};

const copyable = () => {
  if (!isShell) return JSON.parse(form.dataset.yesterday || "{}");
  const all = Object.assign({}, ...post.waiting(`day/${dayBefore(date)}`).map(w => w.changes));
  return Object.fromEntries(Object.entries(all).filter(([name, value]) => value !== null && named(name).some(i => i.dataset.copied !== undefined)));
};

const copyYesterday = () => {
  const values = copyable();
  // What is already answered today stays.
  const names = Object.keys(values).filter(name => !shown.get(name)).sort();
  if (names.length === 0) return;
  write({ ...Object.fromEntries(names.map(n => [n, values[n]])), "same-as-yesterday": names.join(",") }, "Copied from yesterday.");
};

const addTreatment = () => {
  const [name, change] = ["treatment-name", "treatment-change"].map(n => named(n)[0]);
  if (!name.value.trim()) return name.focus();
  write({ [`treatment/${name.value.trim()}`]: change.value }, `${name.value.trim()}: ${change.value}. Saved.`);
  name.value = "";
};

// What was asked for first on the days that wait stands first again; the amount taken last is offered again.
const shellLike = () => {
  const writes = post.waiting().filter(w => w.subject.startsWith("day/")).flatMap(w => Object.entries(w.changes));
  const first = writes.map(([name]) => form.querySelector(`.score:has([name="${CSS.escape(name)}"])`)).find(score => score);
  if (first) form.querySelector(".picks").before(first);
  const dose = writes.findLast(([name, value]) => name === "dose" && /^taken [\d.]+ mg/.test(value ?? ""))?.[1].replace(/ at .*/, "");
  const taken = named("dose")[0];
  if (dose) [taken.value, taken.nextElementSibling.textContent] = [dose, `T${dose.slice(1)}`];
};

const shellDay = () => {
  form.action = `/day/${date}`;
  const long = new Date(`${date}T12:00`).toLocaleDateString("en-GB", { weekday: date === today() ? undefined : "long", day: "numeric", month: "long" });
  document.querySelector("[data-day]").textContent = date === today() ? `Today, ${long}` : long;
  for (const [name, days] of [["before", -1], ["after", 1]]) {
    const link = document.querySelector(`[data-${name}]`), day = new Date(`${date}T12:00`);
    day.setDate(day.getDate() + days);
    link.href = `/day/${iso(day)}`;
    link.hidden = iso(day) > today();
  }
};

const start = async () => {
  // A phone elsewhere, or a page left open past midnight: today is what the device says.
  const stale = () => location.pathname === "/today" && date !== today();
  if (stale()) return location.replace(`/day/${today()}`);
  addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && stale()) location.reload(); });

  if (isShell) shellDay();
  post.saw(subject, form.dataset.head);
  for (const name of fields()) shown.set(name, isShell ? null : form.querySelector(`[name="was/${CSS.escape(name)}"]`)?.value ?? null);
  const early = fields().filter(name => valueOf(name) !== (shown.get(name) ?? null) && !matches({ value: valueOf(name) ?? "" }, shown.get(name))).map(name => [name, valueOf(name)]);
  for (const button of form.querySelectorAll("[data-plain]")) button.hidden = true;

  await post.ready;
  if (isShell) shellLike();
  for (const waiting of post.waiting(subject)) for (const [name, value] of Object.entries(waiting.changes)) show(name, value);
  // Taps made before this script was there.
  for (const [name, value] of early) { show(name, shown.get(name) ?? null); named(name).forEach(i => { if (i.type === "radio" || i.type === "checkbox") i.checked = i.value === value; else i.value = value ?? ""; }); save(name); }

  let typing = 0;
  form.addEventListener("change", event => { clearTimeout(typing); save(event.target.name); });
  form.addEventListener("input", event => {
    if (event.target.name !== "note") return;
    clearTimeout(typing);
    typing = setTimeout(() => save("note"), 700);
  });
  addEventListener("pagehide", () => { if (named("note").length) save("note"); });
  form.addEventListener("submit", event => event.preventDefault());
  form.querySelector("[data-copy]").addEventListener("click", event => { event.preventDefault(); copyYesterday(); });
  form.querySelector("[data-add]")?.addEventListener("click", event => { event.preventDefault(); addTreatment(); });
  form.querySelector("[data-copy]").hidden = Object.keys(copyable()).length === 0;
  undo.addEventListener("click", () => { if (undoable) write(undoable, "Undone."); });
  form.dataset.ready = "";
  post.onStatus(say);
  post.flush();
};

const install = () => {
  const hint = document.querySelector("#install");
  const isApp = matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
  const isApple = /iPhone|iPad|iPod/.test(navigator.userAgent) || navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1;
  hint.hidden = isApp || !isApple || !("serviceWorker" in navigator);
};

if (form) {
  start();
  install();
  // On a shared device nothing stays, not even the empty page.
  post.ready.then(() => { if (post.status().stores) navigator.serviceWorker?.register("/sw.js").catch(() => {}); });
}
