// The voter's part of a secret ballot: RSABSSA-SHA384-PSS-Randomized (RFC 9474) and HPKE (RFC 9180) with
// DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM. docs/ballots.md describes what is computed for which purpose.
const subtle = globalThis.crypto?.subtle;
const PREFIX = 32, SALT = 48, HASH = 48, POINT = 65;
const PSS = { name: "RSA-PSS", saltLength: SALT };
const ECDSA = { name: "ECDSA", namedCurve: "P-256" }, SIGNED = { name: "ECDSA", hash: "SHA-256" };
const ECDH = { name: "ECDH", namedCurve: "P-256" };

const encoder = new TextEncoder();
export const bytesOf = (text) => encoder.encode(text);
export const random = (length) => crypto.getRandomValues(new Uint8Array(length));
export const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
export const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
export const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const fromUrl = (text) => fromBase64(text.replace(/-/g, "+").replace(/_/g, "/"));
const toUrl = (bytes) => toBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

export const joined = (...parts) => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => { whole.set(part, at); return at + part.length; }, 0);
  return whole;
};

const digest = async (hash, bytes) => new Uint8Array(await subtle.digest(hash, bytes));
export const sha256 = (bytes) => digest("SHA-256", bytes);

// Whole numbers

const number = (bytes) => BigInt("0x" + (toHex(bytes) || "0"));
const padded = (value, length) => fromHex(value.toString(16).padStart(2 * length, "0"));

const power = (base, exponent, modulus) => {
  let result = 1n;
  for (let square = base % modulus; exponent > 0n; exponent >>= 1n, square = (square * square) % modulus) {
    if (exponent & 1n) result = (result * square) % modulus;
  }
  return result;
};

/** The inverse modulo n, or null where there is a common divisor. */
const inverse = (value, n) => {
  let [before, rest, x, y] = [n, value % n, 0n, 1n];
  while (rest > 0n) {
    const quotient = before / rest;
    [before, rest, x, y] = [rest, before - quotient * rest, y, x - quotient * y];
  }
  return before === 1n ? ((x % n) + n) % n : null;
};

// Blind signatures

/** A registrar's key from its DER form (SubjectPublicKeyInfo). */
export const registrarKey = async (der) => {
  const key = await subtle.importKey("spki", der, { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);
  const told = await subtle.exportKey("jwk", key);
  const n = number(fromUrl(told.n));
  return { key, n, e: number(fromUrl(told.e)), bits: n.toString(2).length };
};

const lengthOf = (key) => Math.ceil(key.bits / 8);

const mask = async (seed, length) => {
  const blocks = [];
  for (let count = 0; count * HASH < length; count += 1) {
    blocks.push(await digest("SHA-384", joined(seed, padded(BigInt(count), 4))));
  }
  return joined(...blocks).slice(0, length);
};

/** EMSA-PSS of RFC 8017, section 9.1.1. */
export const encoded = async (message, bits, salt) => {
  const length = Math.ceil(bits / 8);
  const hash = await digest("SHA-384", joined(new Uint8Array(8), await digest("SHA-384", message), salt));
  const block = joined(new Uint8Array(length - salt.length - HASH - 2), Uint8Array.of(1), salt);
  const masked = (await mask(hash, block.length)).map((byte, at) => byte ^ block[at]);
  masked[0] &= 0xff >> (8 * length - bits);
  return joined(masked, hash, Uint8Array.of(0xbc));
};

export const prepare = (message) => joined(random(PREFIX), message);

const factorBelow = (n, length) => {
  for (;;) {
    const factor = number(random(length));
    if (factor > 0n && factor < n) return factor;
  }
};

/** Blind a prepared message; salt and factor are given for test vectors only. */
export const blind = async (key, prepared, salt = random(SALT), factor = factorBelow(key.n, lengthOf(key))) => {
  const message = number(await encoded(prepared, key.bits - 1, salt));
  const undone = inverse(factor, key.n);
  if (undone === null || inverse(message, key.n) === null) throw new Error("invalid input");
  const hidden = (message * power(factor, key.e, key.n)) % key.n;
  return { message: padded(hidden, lengthOf(key)), inverse: padded(undone, lengthOf(key)) };
};

export const isSigned = (key, prepared, signature) => subtle.verify(PSS, key.key, signature, prepared);

/** Make the signature from the registrar's answer; an answer that is none throws. */
export const finalize = async (key, prepared, answer, undone) => {
  if (answer.length !== lengthOf(key)) throw new Error("unexpected input size");
  const signature = padded((number(answer) * number(undone)) % key.n, lengthOf(key));
  if (!await isSigned(key, prepared, signature)) throw new Error("invalid signature");
  return signature;
};

// HPKE in base mode

const KEM = joined(bytesOf("KEM"), Uint8Array.of(0, 0x10));
const HPKE = joined(bytesOf("HPKE"), Uint8Array.of(0, 0x10, 0, 1, 0, 1));
const NONE = new Uint8Array(0);

const hmac = async (secret, ...parts) => {
  // HMAC pads a key with zeros, and WebCrypto refuses an empty one.
  const raw = secret.length ? secret : new Uint8Array(32);
  const key = await subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", key, joined(...parts)));
};
const extract = (suite, salt, label, text) => hmac(salt, bytesOf("HPKE-v1"), suite, bytesOf(label), text);
const expand = async (suite, secret, label, text, length) => (await hmac(
  secret, Uint8Array.of(0, length), bytesOf("HPKE-v1"), suite, bytesOf(label), text, Uint8Array.of(1),
)).slice(0, length);

const cipherOf = async (own, theirs, encapsulated, recipient, info) => {
  const shared = new Uint8Array(await subtle.deriveBits({ name: "ECDH", public: theirs }, own, 256));
  const seed = await extract(KEM, NONE, "eae_prk", shared);
  const agreed = await expand(KEM, seed, "shared_secret", joined(encapsulated, recipient), 32);
  const context = joined(
    Uint8Array.of(0), await extract(HPKE, NONE, "psk_id_hash", NONE), await extract(HPKE, NONE, "info_hash", info),
  );
  const secret = await extract(HPKE, agreed, "secret", NONE);
  const raw = await expand(HPKE, secret, "key", context, 16);
  const key = await subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  return { key, iv: await expand(HPKE, secret, "base_nonce", context, 12) };
};

const point = (raw) => subtle.importKey("raw", raw, ECDH, true, []);
const rawOf = async (key) => new Uint8Array(await subtle.exportKey("raw", key));

/** Encrypt to a public key; the answer is the encapsulated key and the ciphertext. */
export const seal = async (recipient, text, info, bound = NONE) => {
  const pair = await subtle.generateKey(ECDH, true, ["deriveBits"]);
  const encapsulated = await rawOf(pair.publicKey);
  const { key, iv } = await cipherOf(pair.privateKey, await point(recipient), encapsulated, recipient, info);
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv, additionalData: bound }, key, text);
  return joined(encapsulated, new Uint8Array(sealed));
};

/** Decrypt what was encrypted to a pair of `newPair`. */
export const unseal = async (pair, sealed, info, bound = NONE) => {
  const own = await subtle.importKey("jwk", { ...pair, key_ops: ["deriveBits"] }, ECDH, false, ["deriveBits"]);
  const encapsulated = sealed.slice(0, POINT);
  const { key, iv } = await cipherOf(own, await point(encapsulated), encapsulated, pointOf(pair), info);
  const text = await subtle.decrypt({ name: "AES-GCM", iv, additionalData: bound }, key, sealed.slice(POINT));
  return new Uint8Array(text);
};

// Keys of voters and scrutineers

const kept = ({ kty, crv, x, y, d }) => ({ kty, crv, x, y, d });

/** A new pair on P-256 in the form of RFC 7517. */
export const newPair = async () => kept(
  await subtle.exportKey("jwk", (await subtle.generateKey(ECDSA, true, ["sign"])).privateKey),
);
export const pointOf = (pair) => joined(Uint8Array.of(4), fromUrl(pair.x), fromUrl(pair.y));
export const secretOf = (pair) => fromUrl(pair.d);

/** The pair of a public key and its 32 secret bytes. */
export const pairOf = (public_, secret) => ({
  kty: "EC", crv: "P-256", d: toUrl(secret), x: toUrl(public_.slice(1, 33)), y: toUrl(public_.slice(33)),
});
export const signedBy = async (pair, text) => new Uint8Array(
  await subtle.sign(SIGNED, await subtle.importKey("jwk", pair, ECDSA, false, ["sign"]), text),
);

// What a ballot consists of

const ABOUT = "gonghui-ballot/1";
const about = (what, ballotId) => bytesOf(`${ABOUT} ${what}\n${ballotId}\n`);

/** The vote of a token: encrypted, signed by the token's key, with the tracker by which it is found on the board. */
export const castable = async (ballotId, ballotKey, length, token, choices) => {
  const text = bytesOf(choices.join(",").padEnd(length, " "));
  const sealed = await seal(ballotKey, text, about("vote", ballotId), token.prepared);
  const signature = await signedBy(token.pair, joined(about("vote", ballotId), sealed));
  return { sealed, signature, tracker: await trackerOf(token.prepared, sealed) };
};
export const trackerOf = async (prepared, sealed) => toHex((await sha256(joined(prepared, sealed))).slice(0, 10));
export const shareOf = (pair, ballotId, sealed) => unseal(pair, sealed, about("share", ballotId));
