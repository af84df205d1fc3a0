// Applying to join: what the identity number says is filled in and said, and only what the chosen form of employment
// needs is shown. The server reads the same from the number and decides; without this the page asks for all of it.

const form = document.querySelector("[data-joining]");
const number = form?.elements.id_number;

// Digits 7 to 14 are the date of birth and the 17th is odd for men (GB 11643).
function read(text) {
  const plain = text.normalize("NFKC").replace(/[\s-]/g, "").toUpperCase();
  const found = /^[1-9]\d{5}(\d{4})(\d{2})(\d{2})\d{2}(\d)[\dX]$/.exec(plain);
  if (!found) return null;
  const [, year, month, day, order] = found;
  const birth = `${year}-${month}-${day}`;
  const known = new Date(`${birth}T00:00:00Z`);
  if (Number.isNaN(known.getTime()) || known.toISOString().slice(0, 10) !== birth) return null;
  return { birth, gender: Number(order) % 2 ? "male" : "female" };
}

const said = document.createElement("p");
said.className = "read-off";
said.setAttribute("role", "status");
number?.closest(".form-field").append(said);

number?.addEventListener("input", () => {
  const found = read(number.value);
  said.textContent = "";
  if (!found) return;
  form.elements.birth_date.value = found.birth;
  const box = [...form.elements.gender].find((one) => one.value === found.gender);
  if (box) box.checked = true;
  const words = box?.labels[0]?.textContent ?? "";
  said.textContent = form.dataset.read.replace("{birth}", found.birth).replace("{gender}", words);
});

const employment = form?.elements.employment;
function onlyNeeded() {
  form.querySelectorAll("[data-of-employment] [data-employment]").forEach((item) => {
    item.hidden = employment.value !== "" && item.dataset.employment !== employment.value;
  });
}
employment?.addEventListener("change", () => {
  onlyNeeded();
  const papers = form.querySelector("[data-of-employment]");
  if (papers && employment.value) papers.open = true;
});
