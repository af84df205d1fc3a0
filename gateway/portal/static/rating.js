// Filling in an anonymous sheet: the token is made here and signed blind, then the sheet is handed in without an account.
// What was begun stands in this browser under the account's id, so that a reload or a lost answer loses nothing.
const form = document.querySelector("form[data-rating]");
const { rating, holder, group, fingerprint, started, api, module } = form.dataset;
const place = `gonghui-rating-${rating}-${holder}`;
const shape = JSON.parse(form.dataset.shape);

const say = (...which) => form.querySelectorAll("[data-when]").forEach((part) => {
  part.hidden = !which.includes(part.dataset.when);
});

let memory = null;
const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(place)) ?? memory;
  } catch {
    return memory;
  }
};
const keep = (state) => {
  memory = state;
  try {
    localStorage.setItem(place, JSON.stringify(state));
  } catch {
    // Without storage it lasts as long as this page.
  }
};

const send = async (address, body, more) => {
  const headers = { "Content-Type": "application/json", Accept: "application/json", ...more.headers };
  const answer = await fetch(address, { method: "POST", body: JSON.stringify(body), ...more, headers });
  return { ok: answer.ok, reply: await answer.json() };
};

/** The key of the own group, which everybody of the group has: asked for without an account and compared with the page. */
const keyOf = async (m) => {
  const answer = await fetch(`${api}/keys`, { credentials: "omit", headers: { Accept: "application/json" } });
  const { groups } = await answer.json();
  const told = m.bytesOf(JSON.stringify([rating, groups.map((one) => [one.group, one.key])]));
  if (m.toHex(await m.sha256(told)) !== fingerprint) return null;
  return m.registrarKey(m.fromBase64(groups.find((one) => one.group === Number(group)).key));
};

const begin = async () => {
  say("working");
  const m = await import(module);
  const key = await keyOf(m);
  if (!key) return say("forged");
  let state = kept();
  if (!state) {
    const prepared = m.prepare(m.random(32));
    const { message, inverse } = await m.blind(key, prepared);
    state = { prepared: m.toBase64(prepared), message: m.toBase64(message), inverse: m.toBase64(inverse) };
    keep(state);
  }
  if (!state.signature) {
    const csrf = { "X-CSRFToken": form.elements.csrf_token.value };
    const { ok, reply } = await send(`${api}/tokens`, { blinded: state.message }, { headers: csrf });
    if (!ok) {
      if (reply.rule === "ratings.request_is_the_first") {
        localStorage.removeItem(place);
        memory = null;
        return say("elsewhere");
      }
      return say(reply.rule === "ratings.round_is_open" ? "over" : "failed", "intro");
    }
    const signature = await m.finalize(
      key, m.fromBase64(state.prepared), m.fromBase64(reply.signature), m.fromBase64(state.inverse),
    );
    keep({ prepared: state.prepared, signature: m.toBase64(signature) });
  }
  return say("form");
};

const answersOf = () => shape.map((size, subject) => Array.from({ length: size }, (_, row) => {
  const chosen = form.elements[`g-${subject + 1}-${row + 1}`];
  return chosen ? Number(chosen.value) : 0;
}));

const handIn = async () => {
  const answers = answersOf();
  if (!answers.flat().some(Boolean)) return say("form", "blank");
  say("working");
  const { prepared, signature } = kept();
  const remark = form.querySelector("#remark")?.value.trim() || null;
  const sheet = { group: Number(group), token: prepared, signature, answers, remark };
  // No cookie and no address of this page goes along.
  const { ok, reply } = await send(`${api}/sheets`, sheet, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!ok && reply.rule !== "ratings.token_is_unused") {
    return say(reply.rule === "ratings.round_is_open" ? "over" : "failed", "form");
  }
  keep({ done: true });
  form.reset();
  return say("done");
};

const orSay = (act, otherwise) => () => act().catch(() => say("failed", otherwise));

if (!globalThis.crypto?.subtle) say("unsupported");
else if (kept()?.done) say("done");
else if (kept()?.signature) say("form");
else if (started && !kept()) say("elsewhere");
else say("intro");
form.querySelector("[data-start]").addEventListener("click", orSay(begin, "intro"));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  orSay(handIn, "form")();
});
