// The sheet of a round of ratings: a grade for each criterion, and a remark.
import { fillIn } from "./anonymous-sheet.js";

const form = document.querySelector("form[data-about]");
const shape = JSON.parse(form.dataset.shape);

const answersOf = () => shape.map((size, subject) => Array.from({ length: size }, (_, row) => {
  const chosen = form.elements[`g-${subject + 1}-${row + 1}`];
  return chosen ? Number(chosen.value) : 0;
}));

const read = (say) => {
  const answers = answersOf();
  if (answers.flat().some(Boolean)) return { answers, remark: form.querySelector("#remark")?.value.trim() || null };
  say("form", "blank");
  return null;
};

fillIn(form, { rules: "ratings", over: "ratings.round_is_open", place: "gonghui-rating", read });
