// Passkeys: a form with data-passkey asks the browser for one and is sent with its answer. Options and answer are the JSON
// of WebAuthn Level 3, sections 5.1.8 and 5.1.10; binary values are base64url.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (credentials = []) => credentials.map((one) => ({ ...one, id: bytes(one.id) }));

const ask = {
  create: (options) => navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: listed(options.excludeCredentials),
    },
  }),
  get: (options) => navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: listed(options.allowCredentials) },
  }),
};

const told = (credential) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response };
};

document.querySelectorAll("form[data-passkey]").forEach((form) => {
  const say = (which) => form.querySelectorAll("[data-when]").forEach((part) => {
    part.hidden = part.dataset.when !== which;
  });
  if (!window.PublicKeyCredential) {
    say("missing");
    return;
  }
  say("ready");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const credential = await ask[form.dataset.passkey](JSON.parse(form.dataset.options));
      form.elements.credential.value = JSON.stringify(told(credential));
    } catch (error) {
      say("ready");
      form.querySelector(`[data-when="${error.name === "InvalidStateError" ? "known" : "failed"}"]`)?.removeAttribute("hidden");
      return;
    }
    form.submit();
  });
});
