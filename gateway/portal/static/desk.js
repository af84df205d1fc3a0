// A desk's list. It is fetched every minute while there is a network, and gone by when there is none: the scanner asks
// here (`scan-offline`). Names stay in this page's memory. What was noted is kept in the browser as codes with times,
// so that a reload loses nothing, and is handed in as soon as the network is back.

const REFRESH = 60_000, TRY_AGAIN = 15_000, MOST_SENT = 200;
const SUBJECT = [4, 20], END = 22;

const desk = document.getElementById("desk"), page = document.getElementById("scan");
const typed = document.getElementById("scan-typed"), age = document.getElementById("desk-age");
const told = document.getElementById("desk-told"), words = desk.dataset;
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const key = `desk-${words.activity}`;

let list = null, syncing = false;

const kept = () => {
  try {
    return JSON.parse(window.localStorage.getItem(key)) ?? [];
  } catch {
    return [];
  }
};
const keep = (lines) => {
  if (lines.length) window.localStorage.setItem(key, JSON.stringify(lines));
  else window.localStorage.removeItem(key);
  showAge();
};

const showAge = () => {
  const minutes = list ? Math.floor((performance.now() - list.at) / 60_000) : null;
  const count = kept().length;
  const parts = [list ? filled(minutes ? words.age : words.fresh, { minutes, count: list.people.size }) : words.none];
  if (count) parts.push(filled(words.waiting, { count }));
  age.textContent = parts.join(" ");
  age.dataset.old = String(minutes === null || minutes > 2);
};

const load = async () => {
  try {
    const answer = await fetch(page.dataset.list, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const { token, now, items } = await answer.json();
    const people = new Map(items.map((one) => [one.registration_id, one]));
    list = { token, people, at: performance.now(), ahead: now - Date.now() };
  } catch {
    // The list that is there goes on.
  } finally {
    showAge();
  }
};

// What a code says of itself; whether it is genuine is found out when it is handed in.
const read = (text) => {
  const token = text.trim().split("/").pop();
  const found = /^check_in\.([A-Za-z0-9_-]{51})$/.exec(token);
  if (!found) return null;
  const raw = window.atob(found[1].replaceAll("-", "+").replaceAll("_", "/") + "=");
  const bytes = Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
  const hex = [...bytes.slice(...SUBJECT)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return { token, id, end: new DataView(bytes.buffer).getUint32(END) * 1_000 };
};

const panel = (good, title, text) => {
  const section = document.createElement("section"), head = document.createElement("h2"), line = document.createElement("p");
  section.className = `panel verdict verdict-${good ? "good" : "bad"}`;
  head.textContent = title;
  line.textContent = text;
  line.className = "mb-0";
  section.append(head, line);
  return section;
};

const put = (code) => {
  keep([...kept(), { scan: crypto.randomUUID(), code: code.token, at: Date.now(), token: list.token }]);
};

const letIn = (code, detail, title) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-primary mt-3";
  button.textContent = words.let;
  button.addEventListener("click", () => {
    put(code);
    detail.note("good", `${title} · ${words.noted}`);
    detail.show(panel(true, title, words.noted));
  });
  return button;
};

const noteDown = (detail, code) => {
  const person = list.people.get(code.id);
  const title = person ? [person.name, person.unit].filter(Boolean).join(" · ") : words.unknown;
  const before = kept().some((one) => read(one.code)?.id === code.id);
  if (before || person?.state === "present") {
    detail.note("ended", `${title} · ${words.already}`);
    detail.show(panel(false, title, words.already));
  } else if (person?.state === "confirmed") {
    put(code);
    const party = person.companions ? filled(words.party, { count: person.companions }) : "";
    detail.note("good", `${title} · ${words.noted}`);
    detail.show(panel(true, title, [words.noted, party].filter(Boolean).join(" ")));
  } else {
    const shown = panel(false, title, person ? words.ended : words.absent);
    shown.append(letIn(code, detail, title));
    detail.note("ended", `${title} · ${person ? words.ended : words.absent}`);
    detail.show(shown);
  }
};

page.addEventListener("scan-offline", (event) => {
  if (!list) return; // Nothing to go by: the scanner waits for the network.
  event.preventDefault();
  const code = read(String(event.detail.body.get("text") ?? ""));
  const problem = !code ? words.foreign : code.end < Date.now() + list.ahead ? words.expired : null;
  if (problem) {
    event.detail.note("problem", problem);
    event.detail.show(panel(false, words.offline, problem));
  } else {
    noteDown(event.detail, code);
  }
});

const handIn = async (lines) => {
  const body = new FormData(typed), now = Date.now();
  body.delete("text");
  body.set("token", lines[0].token);
  body.set("lines", JSON.stringify(lines.map(({ scan, code, at }) => (
    { scan, code, seconds_ago: Math.max(0, Math.round((now - at) / 1_000)) }
  ))));
  const answer = await fetch(words.sync, { method: "POST", body });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return (await answer.json()).outcomes;
};

const sync = async () => {
  if (syncing || !kept().length) return;
  syncing = true;
  try {
    const { token } = kept()[0];
    const outcomes = await handIn(kept().filter((one) => one.token === token).slice(0, MOST_SENT));
    const done = new Set(outcomes.map((one) => one.scan));
    keep(kept().filter((one) => !done.has(one.scan)));
    for (const one of outcomes) {
      const item = document.createElement("li");
      item.dataset.state = one.outcome === "recorded" ? "good" : "problem";
      item.textContent = one.words;
      told.querySelector("ol").prepend(item);
    }
    told.hidden = false;
    load();
  } catch {
    // The next try hands the same scans in; each has a name of its own and counts once.
  } finally {
    syncing = false;
    showAge();
  }
};

load().then(sync);
window.addEventListener("online", sync);
window.setInterval(load, REFRESH);
window.setInterval(sync, TRY_AGAIN);
window.setInterval(showAge, TRY_AGAIN);
