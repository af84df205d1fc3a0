// Photos and papers of a form: shrunk before they are sent, shown, sent one at a time with the progress. Without this
// the form is sent as it stands.

const QUALITY = 0.85;
const PLAIN = ["image/jpeg", "image/png"];
const PREVIEW = 96;
const SMALL_ENOUGH = 2 * 1024 * 1024;

// Return a photo as a JPEG no larger than so many pixels each way, upright; what is no picture stays as it is.
async function shrunk(file, side) {
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return { file, picture: null };
  }
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size <= SMALL_ENOUGH && PLAIN.includes(file.type)) return { file, picture };
  const canvas = drawn(picture, scale);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob) return { file, picture };
  const name = `${file.name.replace(/\.[^.]*$/, "") || "photo"}.jpg`;
  return { file: new File([blob], name, { type: "image/jpeg" }), picture };
}

function drawn(picture, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

class Uploads {
  constructor(box) {
    this.box = box;
    this.form = box.closest("form");
    this.words = box.dataset;
    this.inputs = [...box.querySelectorAll('input[type="file"]')];
    this.list = box.querySelector("[data-upload-list]");
    this.error = box.querySelector("[data-upload-error]");
    this.progress = box.querySelector("[data-upload-progress]");
    this.chosen = [];
    this.preparing = Promise.resolve();
    this.inputs.forEach((input) => input.addEventListener("change", () => this.take(input)));
    this.form.addEventListener("submit", (event) => this.submit(event));
  }

  // Add what was chosen; the field is emptied, so that the camera can take another photo.
  take(input) {
    const files = [...input.files];
    input.value = "";
    this.complain("");
    this.preparing = this.preparing.then(async () => {
      for (const file of files) await this.add(file);
    });
  }

  async add(original) {
    if (this.chosen.length >= Number(this.words.most)) return this.complain(this.words.tooMany);
    const { file, picture } = await shrunk(original, Number(this.words.side));
    if (file.size > Number(this.words.largest)) return this.complain(`${original.name}: ${this.words.tooLarge}`);
    const entry = { file, row: this.row(original, file, picture) };
    this.chosen.push(entry);
    entry.row.querySelector("button").addEventListener("click", () => this.drop(entry));
    picture?.close();
    this.list.append(entry.row);
    this.list.hidden = false;
  }

  row(original, file, picture) {
    const row = document.createElement("li");
    if (picture) {
      const preview = drawn(picture, PREVIEW / Math.max(picture.width, picture.height));
      preview.setAttribute("aria-hidden", "true");
      row.append(preview);
    }
    const text = document.createElement("span");
    text.textContent = `${original.name} · ${Math.ceil(file.size / 1024)} KB`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-plain btn-sm";
    button.textContent = this.words.remove;
    button.setAttribute("aria-label", `${this.words.remove}: ${original.name}`);
    row.append(text, button);
    return row;
  }

  drop(entry) {
    this.chosen = this.chosen.filter((other) => other !== entry);
    entry.row.remove();
    this.list.hidden = this.chosen.length === 0;
  }

  complain(text) {
    this.error.textContent = text;
    this.error.hidden = text === "";
  }

  async submit(event) {
    if (this.busy) return event.preventDefault();
    if (this.sent) return;
    event.preventDefault();
    this.busy = true;
    const button = event.submitter;
    await this.preparing;
    const refused = await this.sendAll();
    this.busy = false;
    this.progress.hidden = true;
    button?.removeAttribute("aria-disabled");
    if (refused.length) return this.complain(refused.join("\n"));
    const target = new URL(this.form.getAttribute("action") ?? "", window.location.href).href;
    if (this.some && target === this.address) return window.location.assign(this.form.dataset.uploadThen);
    this.sent = true;
    // Later: while the event that was prevented is still on its way, the browser takes no other submission.
    window.setTimeout(() => this.form.requestSubmit(button));
  }

  get address() {
    return new URL(this.form.dataset.uploadTo, window.location.href).href;
  }

  // Send each file; those that were taken leave the list, so that sending again sends the others.
  async sendAll() {
    const refused = [];
    const waiting = [...this.chosen];
    this.complain("");
    for (const [order, entry] of waiting.entries()) {
      const shown = `${this.words.sending} ${order + 1}/${waiting.length}`;
      const wrong = await this.send(entry.file, (part) => this.show(shown, (100 * (order + part)) / waiting.length));
      if (wrong) refused.push(wrong);
      else {
        this.some = true;
        this.drop(entry);
      }
    }
    return refused;
  }

  show(text, percent) {
    this.progress.hidden = false;
    const status = this.progress.querySelector("[data-upload-status]");
    if (status.textContent !== text) status.textContent = text;
    this.progress.querySelector("progress").value = percent;
  }

  // The form says which version of the page's subject it is about; what changes by these files alone is no surprise.
  follow(version) {
    const field = this.form.elements.version;
    if (field && Number(field.value) + 1 === version) field.value = version;
  }

  // Send one file; return what is wrong with it, or nothing.
  send(file, progressed) {
    const body = new FormData();
    for (const name of ["csrf_token", "once", "file-kind", "file-people_shown", "file-caption"]) {
      body.append(name, this.form.elements[name]?.value ?? "");
    }
    body.append("file", file, file.name);
    progressed(0);
    return new Promise((done) => {
      const failed = () => done(`${file.name}: ${this.words.failed}`);
      const call = new XMLHttpRequest();
      call.open("POST", this.address);
      call.setRequestHeader("Accept", "application/json");
      call.responseType = "json";
      call.upload.addEventListener("progress", (event) => event.lengthComputable && progressed(event.loaded / event.total));
      call.addEventListener("error", failed);
      call.addEventListener("load", () => {
        if (call.response?.versions?.length) {
          this.follow(call.response.versions[0]);
          done("");
        }
        else if (call.response?.refused?.length) done(call.response.refused.join("\n"));
        else failed();
      });
      call.send(body);
    });
  }
}

document.querySelectorAll("[data-upload]").forEach((box) => new Uploads(box));
