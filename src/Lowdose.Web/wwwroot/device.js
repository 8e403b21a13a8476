// This device: how much it has not handed over, whether it may keep anything, and forgetting it all.
import * as queue from "./queue.js";

const section = document.querySelector("#device"), told = section.querySelector("[data-told]"), shared = section.querySelector("[data-shared]");

const tell = async () => {
  const keeps = await queue.keeps(), can = queue.can();
  const unsent = can ? (await queue.all()).length : 0;
  section.dataset.kept = unsent;
  shared.checked = can && !keeps;
  for (const part of section.querySelectorAll("[data-device]")) part.hidden = !can;
  told.textContent = !can ? "This address is not secure, so this device keeps nothing. Keep the page open until your answers are saved."
    : !keeps ? "This device keeps nothing. Without a network, keep the page open until your answers are saved."
    : unsent === 0 ? "This device keeps no answer now. Without a network it keeps new ones, encrypted, until they are sent."
    : `${unsent} ${unsent === 1 ? "answer waits" : "answers wait"} on this device, encrypted. They are sent when you open the diary with a network.`;
};

// The worker and its files go too where the device is shared; the next visit to the diary brings them back where it is not.
const withoutWorker = async () => {
  for (const worker of await navigator.serviceWorker?.getRegistrations() ?? []) await worker.unregister();
  for (const name of await globalThis.caches?.keys() ?? []) await caches.delete(name);
};

shared.addEventListener("change", async () => {
  const waiting = (await queue.all()).length;
  if (shared.checked && waiting > 0 && !confirm(`${waiting} not yet sent. They would be lost. Go on?`)) { shared.checked = false; return; }
  await queue.forget(shared.checked);
  if (shared.checked) await withoutWorker();
  await tell();
});

section.querySelector("[data-forget]").addEventListener("click", async () => {
  const waiting = (await queue.all()).length;
  if (waiting > 0 && !confirm(`${waiting} not yet sent. They would be lost. Go on?`)) return;
  await queue.forget(shared.checked);
  await withoutWorker();
  await tell();
});

tell();
