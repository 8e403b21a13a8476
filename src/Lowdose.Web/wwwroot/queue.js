// What this device has not handed over yet. Each write lies in IndexedDB under a key of its own that no script can read out;
// taking the write out takes its key along, so an empty queue holds nothing. Without WebCrypto (plain HTTP from another
// computer) or on a shared device nothing is stored: the writes live in the open page, and the page says so.
let place = null;

const opened = () => place ??= new Promise((resolve, reject) => {
  const asked = indexedDB.open("lowdose", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("unsent", { autoIncrement: true });
    asked.result.createObjectStore("device");
  };
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

// Resolves when the browser has the change on disk, not when it has it in mind.
const inside = async (store, mode, act) => {
  const database = await opened();
  return new Promise((resolve, reject) => {
    const step = database.transaction(store, mode, { durability: "strict" });
    const asked = act(step.objectStore(store));
    step.oncomplete = () => resolve(asked?.result);
    step.onabort = () => reject(step.error);
  });
};

const cipher = { name: "AES-GCM", length: 256 };

const seal = async write => {
  const key = await crypto.subtle.generateKey(cipher, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  // Spaces to a multiple of 512, so that the length says little about the answer.
  const text = JSON.stringify(write);
  const bytes = new TextEncoder().encode(text.padEnd(Math.ceil((text.length + 1) / 512) * 512));
  return { key, iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes) };
};

const unseal = async ({ key, iv, sealed }) =>
  JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed)));

// One after the other: the order of the taps is the order in the queue.
let last = Promise.resolve();
const inTurn = act => last = last.then(act, act);

/** Whether the browser could keep writes: it has WebCrypto only on HTTPS and on this computer itself. */
export const can = () => Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);

/** Whether this device may keep writes while Lowdose cannot be reached. */
export const keeps = async () => {
  if (!can()) return false;
  try { return !await inside("device", "readonly", store => store.get("shared")); } catch { return false; }
};

/** Keeps a write; resolves to its place in the queue once it is on disk. */
export const add = write => inTurn(async () => {
  const record = await seal(write);
  return inside("unsent", "readwrite", store => store.add(record));
});

/** Puts another write at a place. */
export const replace = (at, write) => inTurn(async () => {
  const record = await seal(write);
  return inside("unsent", "readwrite", store => store.put(record, at));
});

/** Every write with its place, oldest first. */
export const all = () => inTurn(async () => {
  const [places, records] = await Promise.all([
    inside("unsent", "readonly", store => store.getAllKeys()), inside("unsent", "readonly", store => store.getAll())]);
  return Promise.all(records.map(async (record, i) => ({ at: places[i], write: await unseal(record) })));
});

/** Forgets the write at a place, with its key. */
export const remove = at => inTurn(() => inside("unsent", "readwrite", store => store.delete(at)));

/** Forgets everything; says whether this device is shared from now on. */
export const forget = shared => inTurn(async () => {
  await inside("unsent", "readwrite", store => store.clear());
  await inside("device", "readwrite", store => shared ? store.put(true, "shared") : store.delete("shared"));
});
