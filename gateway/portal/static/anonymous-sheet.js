// An anonymous sheet: the token is made here and signed blind, then the sheet is handed in without an account.
// What was begun stands in this browser under the account's id, so that a reload or a lost answer loses nothing.
// The form says in data-about, -holder, -group, -fingerprint, -started, -api and -module what it is about.

/** Show some of the parts that the form has for its states. */
export const saying = (form) => (...which) => form.querySelectorAll("[data-when]").forEach((part) => {
  part.hidden = !which.includes(part.dataset.when);
});

/**
 * Let somebody begin, fill in and hand in a sheet.
 * @param form the form.
 * @param rules where the rules of its refusals begin, and the one that says that it is over.
 * @param read returns what is handed in beside token and group; null where it has said what is missing.
 * @param refused is told of a refusal that is about the answers; says nothing by itself.
 */
export const fillIn = (form, { rules, over, place, read, refused = () => false }) => {
  const { about, holder, group, fingerprint, started, api, module } = form.dataset;
  const key = `${place}-${about}-${holder}`;
  const say = saying(form);

  let memory = null;
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? memory;
    } catch {
      return memory;
    }
  };
  const keep = (state) => {
    memory = state;
    try {
      localStorage.setItem(key, JSON.stringify(state));
    } catch {
      // Without storage it lasts as long as this page.
    }
  };

  const send = async (address, body, more) => {
    const headers = { "Content-Type": "application/json", Accept: "application/json", ...more.headers };
    const answer = await fetch(address, { method: "POST", body: JSON.stringify(body), ...more, headers });
    return { ok: answer.ok, reply: await answer.json() };
  };

  /** The key of the own group, which everybody of the group has: asked for without an account, compared with the page. */
  const keyOf = async (m) => {
    const answer = await fetch(`${api}/keys`, { credentials: "omit", headers: { Accept: "application/json" } });
    const { groups } = await answer.json();
    const told = m.bytesOf(JSON.stringify([about, groups.map((one) => [one.group, one.key])]));
    if (m.toHex(await m.sha256(told)) !== fingerprint) return null;
    return m.registrarKey(m.fromBase64(groups.find((one) => one.group === Number(group)).key));
  };

  const begin = async () => {
    say("working");
    const m = await import(module);
    const found = await keyOf(m);
    if (!found) return say("forged");
    let state = kept();
    if (!state) {
      const prepared = m.prepare(m.random(32));
      const { message, inverse } = await m.blind(found, prepared);
      state = { prepared: m.toBase64(prepared), message: m.toBase64(message), inverse: m.toBase64(inverse) };
      keep(state);
    }
    if (!state.signature) {
      const csrf = { "X-CSRFToken": form.elements.csrf_token.value };
      const { ok, reply } = await send(`${api}/tokens`, { blinded: state.message }, { headers: csrf });
      if (!ok) {
        if (reply.rule === `${rules}.request_is_the_first`) {
          localStorage.removeItem(key);
          memory = null;
          return say("elsewhere");
        }
        return say(reply.rule === over ? "over" : "failed", "intro");
      }
      const signature = await m.finalize(
        found, m.fromBase64(state.prepared), m.fromBase64(reply.signature), m.fromBase64(state.inverse),
      );
      keep({ prepared: state.prepared, signature: m.toBase64(signature) });
    }
    return say("form");
  };

  const handIn = async () => {
    const filled = read(say);
    if (!filled) return undefined;
    say("working");
    const { prepared, signature } = kept();
    const sheet = { group: Number(group), token: prepared, signature, ...filled };
    // No cookie and no address of this page goes along.
    const { ok, reply } = await send(`${api}/sheets`, sheet, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!ok && reply.rule !== `${rules}.token_is_unused`) {
      if (refused(reply)) return say("form", "blank");
      return say(reply.rule === over ? "over" : "failed", "form");
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
};
