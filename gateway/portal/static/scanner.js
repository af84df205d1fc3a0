// The scanner: codes from the camera, a hand scanner, a photo or the keyboard are asked about one after the other, and
// the page stays. Without scripts its forms do the same, page by page. What was scanned is kept on this page only.

const MOST_WAITING = 200, MOST_SHOWN = 100, SAME_WITHIN = 4_000, LOOK_EVERY = 150, RETRY = 5_000, LONGEST_SIDE = 2_000;
const NOT_WRITTEN = /[\u0000-\u001f\u007f]/g;

const page = document.getElementById("scan");
const part = (name) => document.getElementById(`scan-${name}`);
const typed = part("typed"), input = part("text"), result = part("result");
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const pause = (milliseconds) => new Promise((resolve) => window.setTimeout(resolve, milliseconds));

// One request at a time, in the order of the scans; nothing is lost while the network is away or the limit is reached.
const waiting = [];
let asking = false;

const show = (text) => {
  part("waiting").textContent = text;
  part("waiting").hidden = !text;
};

const note = (state, words) => {
  const entry = document.createElement("li"), time = document.createElement("time"), said = document.createElement("span");
  const now = new Date();
  entry.dataset.state = state;
  time.dateTime = now.toISOString();
  time.textContent = now.toLocaleTimeString(document.documentElement.lang, { hour12: false });
  said.textContent = words;
  entry.append(said, time);
  const list = part("history").querySelector("ol");
  list.prepend(entry);
  if (list.children.length > MOST_SHOWN) list.lastElementChild.remove();
  part("history").hidden = false;
  const count = part("history").querySelector(".count");
  count.textContent = String(Number(count.textContent) + 1);
};

const tell = (state, words) => {
  const alert = document.createElement("div");
  alert.className = "alert alert-danger";
  alert.textContent = words;
  result.replaceChildren(alert);
  note(state, words);
};

const place = (html) => {
  // What the server sends has no scripts, and a parsed document runs none.
  const sent = new DOMParser().parseFromString(html, "text/html").body;
  const answer = sent.querySelector("[data-scan-state]");
  if (!answer) return false;
  note(answer.dataset.scanState, answer.dataset.scanWords);
  result.replaceChildren(...sent.childNodes);
  return true;
};

// A desk that has a list goes by it while the network, or the service behind it, is away (`desk.js`).
const without = (body) => {
  const detail = { body, note, show: (...nodes) => result.replaceChildren(...nodes) };
  if (!page.dispatchEvent(new CustomEvent("scan-offline", { detail, cancelable: true }))) return 0;
  show(page.dataset.offline);
  return RETRY;
};

const ask = async (body) => {
  let answer;
  try {
    answer = await fetch(page.dataset.address, { method: "POST", body, headers: { "HX-Request": "true" } });
  } catch {
    return without(body);
  }
  if (answer.status >= 502 && answer.status <= 504 && page.dataset.list) return without(body);
  if (answer.redirected || answer.status === 400 || answer.status === 401) {
    window.location.reload(); // The session has ended: the page leads on to signing in.
    return RETRY;
  }
  const seconds = Number(answer.headers.get("Retry-After"));
  if (answer.status === 429 && seconds) {
    show(filled(page.dataset.wait, { seconds }));
    return seconds * 1_000;
  }
  if (!place(await answer.text())) tell("problem", page.dataset.failed);
  return 0;
};

const work = async () => {
  if (asking) return;
  asking = true;
  while (waiting.length) {
    const wait = await ask(waiting[0]);
    if (wait) {
      await pause(wait);
      continue;
    }
    waiting.shift();
    show(waiting.length ? filled(page.dataset.waiting, { count: waiting.length }) : "");
  }
  asking = false;
};

const add = (name, value, form) => {
  if (waiting.length >= MOST_WAITING) {
    tell("problem", page.dataset.full);
    return;
  }
  const body = new FormData(form);
  body.set(name, value);
  waiting.push(body);
  work();
};

// The keyboard, and hand scanners, which type and end with Enter.
typed.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.replace(NOT_WRITTEN, "").trim();
  input.value = "";
  if (text) add("text", text, typed);
});

const byKeyboard = window.matchMedia("(pointer: fine)").matches;
if (byKeyboard) input.focus({ preventScroll: true });
document.addEventListener("keydown", (event) => {
  const at = document.activeElement;
  const free = at === document.body || (result.contains(at) && !at.matches("input, select, textarea"));
  if (free && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
    input.focus({ preventScroll: true });
  }
});

// A photo is shrunk before it is sent, and sent as soon as it was taken.
const shrunk = async (file) => {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    if (scale === 1 && file.size < 1_000_000) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return await new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), "image/jpeg", 0.9));
  } catch {
    return file;
  }
};

const photo = part("photo"), file = part("file"); // a desk that takes no photos has neither
const sendPhoto = async () => {
  const chosen = file.files[0];
  if (!chosen) return;
  const small = await shrunk(chosen);
  add("photo", new File([small], chosen.name, { type: small.type }), photo);
  photo.reset();
};
file?.addEventListener("change", sendPhoto);
photo?.addEventListener("submit", (event) => {
  event.preventDefault();
  sendPhoto();
});

// The camera, where the browser reads codes by itself: pictures stay on the device, only the code is sent.
const video = page.querySelector("video"), cameras = part("camera"), torch = part("torch");
const seen = new Map();
let stream = null, detector = null;

const stop = () => {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  video.srcObject = null;
  page.querySelector(".viewfinder").hidden = true;
  for (const [name, hidden] of [["start", false], ["stop", true], ["torch", true], ["camera", true]]) {
    part(name).hidden = hidden;
  }
};

const look = async (own) => {
  while (stream === own) {
    let found = [];
    try {
      found = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? await detector.detect(video) : [];
    } catch {
      // A frame that can't be read is followed by the next.
    }
    const now = performance.now();
    for (const { rawValue } of found) {
      const text = rawValue.replace(NOT_WRITTEN, "").trim();
      const last = seen.get(text);
      if (seen.size > MOST_SHOWN) seen.clear();
      seen.set(text, now);
      if (text && text.length <= Number(page.dataset.longest) && (last === undefined || now - last > SAME_WITHIN)) {
        add("text", text, typed);
      }
    }
    await pause(LOOK_EVERY);
  }
};

const offer = async (track) => {
  torch.hidden = !track.getCapabilities?.().torch;
  torch.setAttribute("aria-pressed", "false");
  const found = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === "videoinput");
  const id = track.getSettings().deviceId;
  cameras.hidden = found.length < 2;
  cameras.replaceChildren(...found.map((device) => new Option(device.label, device.deviceId, false, device.deviceId === id)));
};

const start = async (deviceId) => {
  stop();
  part("camera-problem").hidden = true;
  const wanted = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: "environment" };
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { ...wanted, width: { ideal: 1280 } } });
  } catch (error) {
    const refused = error.name === "NotAllowedError" || error.name === "SecurityError";
    part("camera-problem").textContent = refused ? page.dataset.refused : page.dataset.absent;
    part("camera-problem").hidden = false;
    return;
  }
  video.srcObject = stream;
  page.querySelector(".viewfinder").hidden = false;
  part("start").hidden = true;
  part("stop").hidden = false;
  await video.play();
  const [track] = stream.getVideoTracks();
  track.addEventListener("ended", stop);
  await offer(track);
  look(stream);
};

const readsCodes = async () => {
  if (!window.BarcodeDetector || !navigator.mediaDevices?.getUserMedia) return false;
  const formats = await window.BarcodeDetector.getSupportedFormats();
  return formats.includes("qr_code");
};

if (await readsCodes().catch(() => false)) {
  detector = new window.BarcodeDetector({ formats: ["qr_code"] });
  part("live").hidden = false;
  part("start").addEventListener("click", () => start());
  part("stop").addEventListener("click", stop);
  cameras.addEventListener("change", () => start(cameras.value));
  torch.addEventListener("click", async () => {
    const on = torch.getAttribute("aria-pressed") !== "true";
    await stream?.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] });
    torch.setAttribute("aria-pressed", String(on));
  });
  document.addEventListener("visibilitychange", () => document.hidden && stop());
  window.addEventListener("pagehide", stop);
}
