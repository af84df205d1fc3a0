// Fetching the token of a secret ballot: the keys are compared with the notice, the token is signed blind and kept on
// this device. Nothing of the token is sent but the blinded message.
import { blind, finalize, fromBase64, newPair, pointOf, prepare, registrarKey, toBase64 } from "./secret-ballot.js";
import { able, digestOf, hashOf, kept, on, save, send, show } from "./secret-page.js";

const root = document.querySelector("[data-secret-token]");
const told = JSON.parse(root.dataset.secretToken);
const words = JSON.parse(root.dataset.refusals);
const store = kept("ballot", told.ballot);

/** What a token is made of; it is kept before it is asked for, so that a lost answer is asked for again. */
const begun = async () => {
  const pair = await newPair();
  return {
    ballot: told.ballot, terms: told.terms, names: told.names, fingerprint: told.pinned, definition: told.definition,
    pair, prepared: toBase64(prepare(pointOf(pair))), asked: null, signatures: [],
  };
};

/** Where each registrar signs; both must, so that neither makes tokens alone. */
const PATHS = { union: "tokens", scrutiny: "scrutiny-tokens" };

const isAsNoticed = async () => {
  const { definition, pinned, pinnedKeys, ownKeys, terms, ballot } = told;
  const { registrars } = definition;
  const hashes = await Promise.all(registrars.map(({ key }) => digestOf(fromBase64(key))));
  return definition.ballot === ballot && await hashOf(definition) === pinned
    && await hashOf(terms) === definition.terms_sha256
    && (!pinnedKeys || hashes.join() === pinnedKeys.join())
    && registrars.slice(1).every(({ name, key }) => ownKeys[name] === key);
};

const fetchToken = async () => {
  const record = store.read() ?? await begun();
  for (const registrar of told.definition.registrars.slice(record.signatures.length)) {
    const key = await registrarKey(fromBase64(registrar.key));
    if (!record.asked) {
      const { message, inverse } = await blind(key, fromBase64(record.prepared));
      record.asked = { message: toBase64(message), inverse: toBase64(inverse) };
      store.write(record);
    }
    const path = PATHS[registrar.name];
    const { signature } = await send(told.ballot, path, { blinded: record.asked.message }, root.dataset.form, words);
    const made = await finalize(key, fromBase64(record.prepared), fromBase64(signature), fromBase64(record.asked.inverse));
    record.signatures.push(toBase64(made));
    record.asked = null;
    store.write(record);
  }
  stand();
};

const isComplete = (record) => record?.signatures.length === told.definition.registrars.length;

const stand = () => {
  const record = store.read();
  if (record?.cast?.receipt) show(root, "cast");
  else if (isComplete(record)) show(root, "ready");
  else if (told.hasToken && !record) show(root, "elsewhere");
  else show(root, told.open ? "none" : "late");
};

const start = async () => {
  if (!able()) return show(root, "unable");
  if (Object.values(told.ownKeys).includes(null)) return show(root, "away");
  if (!await isAsNoticed()) return show(root, "other");
  on(root, "fetch", fetchToken);
  on(root, "save", () => save(`ballot-token-${told.ballot.slice(0, 8)}.json`, store.read()));
  return stand();
};
start().catch(() => show(root, "unable"));
