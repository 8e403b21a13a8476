// Makes or uses a passkey for the form it stands in. Without this the form still takes a password. What the device is asked
// comes from the server with a note; the answer goes back with the note in the form, so the server's page follows as always.
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const ids = list => list?.map(one => ({ ...one, id: bytes(one.id) }));

const answers = {
  make: async options => {
    const made = await navigator.credentials.create({ publicKey: {
      ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: ids(options.excludeCredentials) } });
    return { made, response: { attestationObject: text(made.response.attestationObject), transports: made.response.getTransports?.() ?? [] } };
  },
  use: async options => {
    const made = await navigator.credentials.get({ publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: ids(options.allowCredentials) } });
    const { authenticatorData, signature, userHandle } = made.response;
    return { made, response: { authenticatorData: text(authenticatorData), signature: text(signature), userHandle: userHandle && text(userHandle) } };
  },
};

const ask = async form => {
  const asked = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", cache: "no-store" });
  if (!asked.ok) return false;
  const { options, ticket } = await asked.json();
  const { made, response } = await answers[form.dataset.passkey](options);
  form.elements.credential.value = JSON.stringify({
    id: made.id, rawId: text(made.rawId), type: made.type, authenticatorAttachment: made.authenticatorAttachment,
    clientExtensionResults: made.getClientExtensionResults(), response: { clientDataJSON: text(made.response.clientDataJSON), ...response } });
  form.elements.ticket.value = ticket;
  return true;
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[data-ask]"), said = form.querySelector("[data-said]");
  // A browser has it only on https and on this computer itself.
  if (!globalThis.PublicKeyCredential) continue;
  for (const part of form.querySelectorAll("[data-can]")) part.hidden = false;
  form.addEventListener("submit", async event => {
    if (event.submitter !== button) return;
    event.preventDefault();
    said.hidden = true;
    if (form.elements.name && !form.elements.name.reportValidity()) return;
    if (form.elements.organisation && !form.elements.organisation.reportValidity()) return;
    button.disabled = true;
    const done = await ask(form).catch(() => false);
    button.disabled = false;
    if (done) form.submit();
    else said.hidden = false;
  });
  form.dataset.ready = "";
}
