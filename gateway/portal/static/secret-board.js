// Finding the own vote on the board: the board is read to its end here, so that the tracker is told to nobody.
import { kept, on, say, sendAsNobody, show } from "./secret-page.js";

const root = document.querySelector("[data-board]");
const ballot = root.dataset.board;
const typed = root.querySelector("#own-tracker");

const find = async () => {
  show(root);
  const tracker = typed.value.trim().toLowerCase();
  if (!/^[0-9a-f]{20}$/.test(tracker)) throw Object.assign(new Error("tracker"), { told: root.dataset.unfit });
  let place = 0;
  for (let cursor = ""; cursor !== null;) {
    const query = cursor && `&cursor=${encodeURIComponent(cursor)}`;
    const page = await sendAsNobody(ballot, `board?limit=500${query}`, null, {});
    const at = page.items.findIndex((one) => one.tracker === tracker);
    if (at >= 0) {
      const words = JSON.parse(root.dataset.words);
      const vote = page.items[at].vote;
      say(root, "place", String(place + at + 1));
      say(root, "vote", vote === null ? "" : vote.split(",").map((key) => words[key] ?? key).join(root.dataset.comma));
      return show(root, "found", ...(page.state === "counted" ? ["opened"] : []));
    }
    place += page.items.length;
    cursor = page.next_cursor;
  }
  return show(root, "missing");
};

typed.value = kept("ballot", ballot).read()?.cast?.tracker ?? "";
root.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
on(root, "find", find);
