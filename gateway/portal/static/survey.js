// A survey: questions appear where the answers before them ask for it; an anonymous one is handed in as a sheet.
import { fillIn } from "./anonymous-sheet.js";

const form = document.querySelector("form[data-survey]");
const questions = Array.from(form.querySelectorAll("[data-question]"));
const controls = (part) => Array.from(part.querySelectorAll("input, textarea"));
const chosenOf = (part) => controls(part).filter((one) => one.checked).map((one) => Number(one.value)).filter(Boolean);

/** Show what is asked; what is not asked is not sent, though it stands there when it is asked again. */
const arrange = () => questions.forEach((part) => {
  const condition = JSON.parse(part.dataset.condition);
  const before = condition && questions[condition.question - 1];
  const asked = !condition || (!before.hidden && chosenOf(before).some((one) => condition.choices.includes(one)));
  part.hidden = !asked;
  controls(part).forEach((one) => { one.disabled = !asked; });
});

const say = (part, wrong) => {
  const place = part.querySelector("[data-wrong]");
  place.hidden = !wrong;
  place.querySelector("span").textContent = wrong ? place.dataset[wrong] : "";
  controls(part).forEach((one) => { if (wrong) one.setAttribute("aria-invalid", "true"); else one.removeAttribute("aria-invalid"); });
};

const answerOf = (part) => {
  const answer = { text: null, number: null, day: null, choices: [] };
  if (part.hidden) return answer;
  const kind = part.dataset.kind;
  const said = controls(part)[0].value.trim() || null;
  if (["line", "text"].includes(kind)) answer.text = said;
  else if (kind === "number") answer.number = said;
  else if (kind === "date") answer.day = said;
  else answer.choices = chosenOf(part);
  return answer;
};
const isBlank = (answer) => !answer.choices.length && !answer.text && !answer.number && !answer.day;

const goTo = (part) => {
  part.scrollIntoView({ block: "center" });
  controls(part)[0]?.focus({ preventScroll: true });
};

/** Return the answers; null where one that is required is missing, which is said beside it. */
const read = (show) => {
  const answers = questions.map(answerOf);
  const missing = questions.filter((part, at) => !part.hidden && part.dataset.required && isBlank(answers[at]));
  questions.forEach((part) => say(part, missing.includes(part) ? "required" : null));
  if (!missing.length && answers.some((one) => !isBlank(one))) return { answers };
  show("form", "blank");
  if (missing.length) goTo(missing[0]);
  return null;
};

/** Say beside the questions what the service found wrong; false where it is about something else. */
const refused = (reply) => {
  const wrong = reply.params?.wrong ?? {};
  questions.forEach((part, at) => {
    const rule = wrong[String(at + 1)];
    say(part, rule ? (rule.endsWith("required_is_answered") ? "required" : "fits") : null);
  });
  const first = questions.find((_, at) => wrong[String(at + 1)]);
  if (first) goTo(first);
  return Boolean(first) || reply.rule === "surveys.required_is_answered";
};

form.addEventListener("change", arrange);
form.addEventListener("reset", () => setTimeout(arrange));
arrange();
if (form.dataset.about) {
  fillIn(form, { rules: "surveys", over: "surveys.survey_is_open", place: "gonghui-survey", read, refused });
}
