// Casting a secret vote: nobody is signed in, no cookie is sent. What is voted on comes from the token of this device.
import { castable, fromBase64, toBase64 } from "./secret-ballot.js";
import { able, hashOf, kept, on, opened, save, say, sendAsNobody, show } from "./secret-page.js";

const root = document.querySelector("[data-ballot-box]");
const ballot = root.dataset.ballotBox;
const words = JSON.parse(root.dataset.refusals);
const store = kept("ballot", ballot);
const paper = root.querySelector("form");
const ANSWERS = ["yes", "no", "abstain"];

const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
};

const keysOf = ({ terms }) => (terms.kind === "yes_no" ? ANSWERS : terms.options.map((one) => one.key));
const nameOf = (record, key) => record.names[key] ?? root.dataset.abstain;

const tick = (record, key, type) => element(
  "div", { class: "form-check" },
  element("input", { class: "form-check-input", type, name: "choice", value: key, id: `choice-${key}` }),
  element("label", { for: `choice-${key}` }, nameOf(record, key)),
);

const place = (record, key) => {
  const select = element("select", { class: "form-select", id: `place-${key}`, name: key });
  select.append(element("option", { value: "" }, root.dataset.place));
  keysOf(record).forEach((_, at) => select.append(element("option", { value: at + 1 }, String(at + 1))));
  return element(
    "div", { class: "form-field" }, element("label", { for: `place-${key}` }, nameOf(record, key)), select,
  );
};

const draw = (record) => {
  const { kind, most } = record.terms;
  const parts = keysOf(record).map((key) => (kind === "ranking"
    ? place(record, key) : tick(record, key, kind !== "yes_no" && most > 1 ? "checkbox" : "radio")));
  if (kind !== "yes_no") parts.push(tick(record, "abstain", kind === "ranking" || most > 1 ? "checkbox" : "radio"));
  paper.querySelector("fieldset").replaceChildren(paper.querySelector("legend"), ...parts);
  say(root, "title", record.terms.title);
  show(root, "paper", `paper-${kind === "election" ? "choose" : kind}`);
  say(root, "most", String(most));
};

/** The choices as they are written in a vote, or null where they don't fit. */
const chosen = ({ terms }) => {
  const ticked = [...paper.querySelectorAll("input:checked")].map((one) => one.value);
  if (ticked.includes("abstain")) return ticked.length === 1 ? ticked : null;
  if (terms.kind !== "ranking") {
    const fits = ticked.length > 0 && ticked.length <= (terms.kind === "yes_no" ? 1 : terms.most);
    return fits ? ticked : null;
  }
  const places = [...paper.querySelectorAll("select")].map((one) => [Number(one.value), one.name]);
  const ranked = places.filter(([at]) => at > 0).sort(([a], [b]) => a - b);
  return new Set(ranked.map(([at]) => at)).size === places.length ? ranked.map(([, key]) => key) : null;
};

const look = () => {
  const record = store.read(), choices = chosen(record);
  if (choices === null) throw Object.assign(new Error("choices"), { told: root.dataset.unfit });
  say(root, "choices", choices.map((key) => nameOf(record, key)).join(root.dataset.comma));
  show(root, "confirm");
};

const cast = async () => {
  const record = store.read();
  const { definition, prepared, pair, signatures } = record;
  if (!record.cast) {
    const token = { pair, prepared: fromBase64(prepared) };
    const made = await castable(ballot, fromBase64(definition.vote_key), definition.length, token, chosen(record));
    record.cast = { sealed: toBase64(made.sealed), signature: toBase64(made.signature), tracker: made.tracker };
    store.write(record);
  }
  const { sealed, signature, tracker } = record.cast;
  const answer = await sendAsNobody(ballot, "sealed-votes", { token: prepared, signatures, sealed, signature }, words);
  if (answer.tracker !== tracker) throw new Error("another tracker");
  // What could open or repeat the vote is forgotten; what was chosen was never kept.
  store.write({ ballot, terms: record.terms, fingerprint: record.fingerprint, cast: { tracker, receipt: answer.receipt } });
  stand();
};

const isAsKept = async (record) => {
  const { definition } = await sendAsNobody(ballot, "board?limit=1", null, words);
  return await hashOf(definition) === record.fingerprint;
};

const stand = () => {
  const record = store.read();
  if (record?.cast?.receipt) {
    say(root, "title", record.terms.title);
    say(root, "tracker", record.cast.tracker);
    say(root, "receipt", record.cast.receipt);
    return show(root, "cast");
  }
  if (!record || record.signatures.length === 0 || record.asked) return show(root, "none");
  if (record.cast) {
    say(root, "title", record.terms.title);
    return show(root, "again");
  }
  return draw(record);
};

const take = async (input) => {
  const record = await opened(input, root.dataset.noToken);
  if (record?.ballot !== ballot || !record.pair) throw Object.assign(new Error("token"), { told: root.dataset.noToken });
  store.write(record);
  await start();
};

const start = async () => {
  const record = store.read();
  if (record?.pair && !await isAsKept(record)) return show(root, "other");
  return stand();
};

if (able()) {
  paper.addEventListener("submit", (event) => event.preventDefault());
  on(root, "look", look);
  on(root, "back", () => draw(store.read()));
  on(root, "cast", cast);
  on(root, "take", take);
  on(root, "drop", () => { store.drop(); stand(); });
  on(root, "save", () => save(`ballot-tracker-${ballot.slice(0, 8)}.json`, store.read()));
  start().catch(() => show(root, "away"));
} else {
  show(root, "unable");
}
