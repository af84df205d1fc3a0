// What the pages of secret ballots share: parts that stand for a state, what the device keeps, calls, files.
import { bytesOf, sha256, toHex } from "./secret-ballot.js";

/** The JSON of RFC 8785, as it is hashed; there are no fractions. */
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
};
export const digestOf = async (bytes) => toHex(await sha256(bytes));
export const hashOf = async (value) => toHex(await sha256(bytesOf(canonical(value))));

/** Show the parts of a state, hide those of others; the first one with data-focus gets the focus. */
export const show = (root, ...states) => {
  root.querySelectorAll("[data-when]").forEach((part) => {
    part.hidden = !part.dataset.when.split(" ").some((state) => states.includes(state));
  });
};

export const say = (root, name, text) => root.querySelectorAll(`[data-say="${name}"]`).forEach((part) => {
  part.textContent = text;
});

/** Do what a button asks for; what fails is said beside it. */
export const on = (root, name, act) => root.querySelectorAll(`[data-do="${name}"]`).forEach((button) => {
  button.addEventListener(button.type === "file" ? "change" : "click", async () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    say(root, "failure", "");
    root.querySelectorAll("[data-failed]").forEach((part) => { part.hidden = true; });
    try {
      await act(button);
    } catch (error) {
      say(root, "failure", error.told ?? "");
      root.querySelectorAll("[data-failed]").forEach((part) => {
        part.hidden = part.dataset.failed !== (error.told ? "told" : "unknown");
      });
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
});

/** What this device keeps about a ballot; a browser that keeps nothing throws. */
export const kept = (kind, ballot) => {
  const name = `gonghui-${kind}-${ballot}`;
  return {
    read: () => JSON.parse(localStorage.getItem(name) ?? "null"),
    write: (value) => localStorage.setItem(name, JSON.stringify(value)),
    drop: () => localStorage.removeItem(name),
  };
};

/** A refusal in the words of the page; `told` is empty where the page has none. */
const refused = async (answer, words) => {
  const problem = await answer.json().catch(() => ({}));
  const error = new Error(problem.rule ?? String(answer.status));
  error.told = words[problem.rule];
  error.rule = problem.rule;
  return error;
};

const api = (ballot, path) => `/api/v1/governance/ballots/${ballot}/${path}`;

/** Send as who is signed in. */
export const send = async (ballot, path, body, token, words) => {
  const answer = await fetch(api(ballot, path), {
    method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify(body),
  });
  if (!answer.ok) throw await refused(answer, words);
  return answer.json();
};

/** Ask or send as nobody: no cookie, no page that it came from. */
export const sendAsNobody = async (ballot, path, body, words) => {
  const sent = body && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(api(ballot, path), { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", ...sent });
  if (!answer.ok) throw await refused(answer, words);
  return answer.json();
};

export const save = (name, value) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(value, null, 1)], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};

/** The value of a chosen file, or an error that says it is none of ours. */
export const opened = async (input, words) => {
  try {
    return JSON.parse(await input.files[0].text());
  } catch {
    throw Object.assign(new Error("file"), { told: words });
  } finally {
    input.value = "";
  }
};

/** Whether the browser computes and keeps what is needed. */
export const able = () => {
  try {
    localStorage.setItem("gonghui-able", "1");
    localStorage.removeItem("gonghui-able");
    return Boolean(globalThis.crypto?.subtle) && typeof BigInt === "function";
  } catch {
    return false;
  }
};
