// Turns reminders on and off in this browser. Nothing is asked of the browser before the button is pressed.
const section = document.querySelector("#push");

const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
const said = subscription => {
  const { endpoint, keys } = subscription.toJSON();
  return { endpoint, p256dh: keys.p256dh, auth: keys.auth, zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
};
const post = (where, subscription) => fetch(where, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(said(subscription)), credentials: "same-origin",
});

if (section?.dataset.key && "serviceWorker" in navigator && "PushManager" in globalThis && globalThis.isSecureContext) {
  const told = section.querySelector("[data-told]"), on = section.querySelector("[data-on]"), off = section.querySelector("[data-off]");
  const worker = await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  const tell = async text => {
    const isOn = Boolean(await worker.pushManager.getSubscription());
    [on.hidden, off.hidden] = [isOn, !isOn];
    told.textContent = text ?? (isOn ? "It is on in this browser." : "It is off in this browser.");
  };
  on.addEventListener("click", async () => {
    if (await Notification.requestPermission() !== "granted") return tell("The browser does not allow messages from this page. Its settings can change that. The calendar works without.");
    try {
      await navigator.serviceWorker.ready;
      const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(section.dataset.key) });
      const reply = await post("/settings/reminders/browser", subscription);
      if (reply.ok) return tell();
      await subscription.unsubscribe();
      const why = reply.status === 422 ? await reply.json() : null;
      return tell(why ? `It could not be turned on: ${why.what}. To do: ${why.do}.` : "It could not be turned on. Try again later.");
    } catch {
      return tell("The browser could not reach its maker for this. The calendar works without.");
    }
  });
  off.addEventListener("click", async () => {
    const subscription = await worker.pushManager.getSubscription();
    if (subscription) {
      await post("/settings/reminders/browser/off", subscription);
      await subscription.unsubscribe();
    }
    tell();
  });
  tell();
}
