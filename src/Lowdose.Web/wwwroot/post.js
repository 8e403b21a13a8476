// Hands writes over to Lowdose: at once where it can be reached, later from the queue where not, each as often as it takes and
// kept only once (the id is made here). A write builds on the last one of its subject that this device knows, sent or not.
import * as queue from "./queue.js";

const mostAtOnce = 50, patienceMs = 8000, againMs = 15000;
const accepted = 200, conflict = 409, unknownBase = 425, refused = 422, locked = 423, cannotKeep = [503, 507];

let stores = false, unsent = [], busy = null, again = false, timer = 0;
const seen = new Map(), told = { state: "idle", conflicts: [], refused: [] };
const listeners = [];

// UUID version 7 (RFC 9562): ids of one device sort by time. crypto.randomUUID is missing over plain HTTP.
const newId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  new DataView(bytes.buffer).setUint32(0, Math.floor(Date.now() / 65536));
  new DataView(bytes.buffer).setUint16(4, Date.now() % 65536);
  bytes[6] = 0x70 | bytes[6] & 0x0f;
  bytes[8] = 0x80 | bytes[8] & 0x3f;
  const hex = Array.from(bytes, b => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

const tell = () => { for (const listener of listeners) listener(status()); };

/** What there is to say: how much waits, whether this device keeps it, what needs the person. */
export const status = () => ({ ...told, unsent: unsent.length, stores });

/** Calls back whenever the status changes. */
export const onStatus = listener => { listeners.push(listener); listener(status()); };

/** What waits for a subject, or for any, oldest first. */
export const waiting = subject => unsent.map(w => w.write).filter(w => subject === undefined || w.subject === subject);

/** What the page shows of a subject: its last write, or null. */
export const saw = (subject, head) => { if (!seen.has(subject)) seen.set(subject, head || null); };

const reload = async () => {
  if (!stores) return;
  const kept = await queue.all();
  const known = new Map(unsent.map(w => [w.write.id, w]));
  // A write that is still on its way into the queue stays.
  unsent = [...kept.map(k => Object.assign(known.get(k.write.id) ?? k, k)), ...unsent.filter(w => w.at === undefined && !kept.some(k => k.write.id === w.write.id))];
};

export const ready = (async () => {
  stores = await queue.keeps();
  await reload();
  tell();
})();

/** Writes some fields of a subject (null clears one); it is on its way before this returns. */
export const put = (subject, changes) => {
  const before = unsent.findLast(w => w.write.subject === subject)?.write.id ?? seen.get(subject) ?? null;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const one = { write: { id: newId(), subject, base: before, changes, writtenAt: new Date().toISOString(), zone } };
  unsent.push(one);
  if (stores) one.kept = queue.add(one.write).then(at => { one.at = at; if (one.gone) return queue.remove(at); });
  // The request leaves in this very turn: a tab that is closed now has already sent it.
  flush();
  tell();
  return one.write.id;
};

const drop = async one => {
  unsent = unsent.filter(w => w !== one);
  one.gone = true;
  if (one.at !== undefined) await queue.remove(one.at);
};

const rewrite = async (one, changed) => {
  one.write = { ...one.write, ...changed };
  if (one.at !== undefined) await queue.replace(one.at, one.write);
};

// What was refused is out of the chain: what came after builds on what it built on.
const rebased = write => {
  let base = write.base;
  for (let out; (out = told.refused.find(r => r.write.id === base)); ) base = out.write.base;
  return base === write.base ? write : { ...write, base };
};

// True where it is worth going on at once.
const settle = async (one, answer) => {
  const { id, subject } = one.write;
  if (answer.status === accepted || answer.state === "conflict") {
    seen.set(subject, id);
    if (answer.status === conflict) told.conflicts = [...told.conflicts.filter(s => s !== subject), subject];
    await drop(one);
    return true;
  }
  if (answer.status === refused) {
    if (!told.refused.some(r => r.write.id === id)) told.refused.push({ write: one.write, what: answer.what, do: answer.do });
    return true;
  }
  if (answer.status === conflict) {
    // The id is taken by something else: the same answer, under a new one.
    await rewrite(one, { id: newId() });
    return true;
  }
  if (answer.status === unknownBase && !unsent.some(w => w.write.id === one.write.base)) {
    // Lowdose has lost what it built on (an older backup was restored). It goes in beside what is there, for the person to choose.
    await rewrite(one, { base: null });
    return true;
  }
  return false;
};

const send = writes => {
  const body = JSON.stringify(writes);
  return fetch("/writes", {
    method: "POST", headers: { "Content-Type": "application/json" }, body, credentials: "same-origin", cache: "no-store",
    // Goes on when the page is closed; browsers allow it 64 KB.
    keepalive: body.length < 60000, signal: AbortSignal.timeout(patienceMs),
  });
};

const round = async () => {
  const batch = unsent.filter(w => !told.refused.some(r => r.write.id === w.write.id)).slice(0, mostAtOnce);
  if (batch.length === 0) return false;
  const reply = await send(batch.map(w => rebased(w.write)));
  if (!reply.ok) {
    told.state = cannotKeep.includes(reply.status) ? "full" : reply.status === locked ? "locked" : "unreachable";
    return false;
  }
  let moved = false;
  for (const [i, answer] of (await reply.json()).entries()) {
    moved = await settle(batch[i], answer) || moved;
  }
  return moved && unsent.length > told.refused.length;
};

/** Hands over what waits. */
export const flush = () => {
  if (busy) { again = true; return busy; }
  clearTimeout(timer);
  busy = (async () => {
    // Asked again on the way (a tap, or the network is back): one more try, also where this one failed.
    do {
      again = false;
      told.state = "sending";
      try {
        while (await round());
        if (told.state === "sending") told.state = "idle";
      } catch {
        told.state = "unreachable";
      }
    } while (again);
    busy = null;
    if (unsent.length > told.refused.length) timer = setTimeout(() => reload().then(flush), againMs);
    tell();
  })();
  return busy;
};

/** Gives up what was refused. */
export const discardRefused = async () => {
  for (const { write } of told.refused) {
    const one = unsent.find(w => w.write.id === write.id);
    if (one) await drop(one);
  }
  // What was built on it builds on what that was built on, for good.
  for (const one of unsent) if (rebased(one.write) !== one.write) await rewrite(one, { base: rebased(one.write).base });
  told.refused = [];
  tell();
};

addEventListener("online", () => flush());
addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") ready.then(reload).then(flush); });
