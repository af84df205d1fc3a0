// The scrutineer's part: a pair of keys made and kept on this device, the share opened with it after the end.
import { fromBase64, newPair, pairOf, pointOf, secretOf, shareOf, toBase64 } from "./secret-ballot.js";
import { able, kept, on, opened, save, send, show } from "./secret-page.js";

const root = document.querySelector("[data-scrutineer]");
const told = JSON.parse(root.dataset.scrutineer);
const words = JSON.parse(root.dataset.refusals);
const store = kept("scrutineer", told.ballot);

const mine = () => {
  const key = store.read();
  return key && (!told.public || key.public === told.public) ? key : null;
};

const make = async () => {
  const pair = await newPair();
  store.write({ ballot: told.ballot, public: toBase64(pointOf(pair)), secret: toBase64(secretOf(pair)) });
  keep();
};

const keep = () => {
  save(`scrutineer-key-${told.ballot.slice(0, 8)}.json`, store.read());
  show(root, "made");
};

const enrol = async () => {
  if (!root.querySelector("#key-kept").checked) throw Object.assign(new Error("kept"), { told: root.dataset.keepFirst });
  await send(told.ballot, "scrutineer-keys", { public_key: store.read().public }, root.dataset.form, words);
  window.location.reload();
};

const share = async () => {
  const key = mine();
  if (!key) throw Object.assign(new Error("key"), { told: root.dataset.noKey });
  try {
    return toBase64(await shareOf(pairOf(fromBase64(key.public), fromBase64(key.secret)), told.ballot, fromBase64(told.sealed)));
  } catch {
    throw Object.assign(new Error("key"), { told: root.dataset.noKey });
  }
};

const give = async () => {
  await send(told.ballot, "shares", { share: await share() }, root.dataset.form, words);
  window.location.reload();
};

const take = async (input) => {
  const key = await opened(input, root.dataset.noKey);
  if (key?.ballot !== told.ballot || !key.secret || (told.public && key.public !== told.public)) {
    throw Object.assign(new Error("key"), { told: root.dataset.noKey });
  }
  store.write(key);
  stand();
};

const stand = () => {
  const key = mine() ? "with" : "without";
  if (told.state === "preparing") return show(root, told.public ? "enrolled" : key === "with" ? "made" : "begin");
  if (told.state === "ready" || told.state === "open") return show(root, "waiting", `waiting-${key}`);
  if (told.given || told.state !== "closed") return show(root, told.given ? "given" : "over");
  return show(root, `give-${key}`);
};

if (able()) {
  on(root, "make", make);
  on(root, "keep", keep);
  on(root, "enrol", enrol);
  on(root, "give", give);
  on(root, "take", take);
  on(root, "try", async () => { await share(); show(root, "waiting", "tried"); });
  stand();
} else {
  show(root, "unable");
}
