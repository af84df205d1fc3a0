// What changes while one looks: seats, to-dos, progress of long work. One stream per browser: the tab that holds the lock
// reads it and passes its events on to the others. Pages work without it.
(() => {
  const address = document.body.dataset.live;
  if (!address || !window.EventSource || !window.BroadcastChannel || !navigator.locks) return;

  const TOPICS = ["seats", "todos", "messages", "job", "session", "contest", "reload", "signed_out"];
  const OPEN_AFTER = 500, FIRST_PAUSE = 5_000, LONGEST_PAUSE = 300_000, MOST_SEEN = 500, MOST_COUNTED = 99;
  const channel = new BroadcastChannel("gonghui-live");
  const seen = new Set();
  // A part is not replaced under a panel that is open in it, but when the panel closes.
  const renew = (part) => {
    if (part.querySelector("details[open]")) part.dataset.stale = "";
    else window.htmx?.trigger(part, "live");
  };
  const jobs = new Set();
  let source = null, lastId = "", pause = FIRST_PAUSE, leads = false, ended = false, release = () => {};

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

  const count = (what, number) => {
    document.querySelectorAll(`[data-live-count="${what}"]`).forEach((part) => {
      part.firstElementChild.textContent = number > MOST_COUNTED ? `${MOST_COUNTED}+` : number;
      part.hidden = !number;
    });
  };

  const show = {
    seats(data) {
      document.querySelectorAll(`[data-seats="${CSS.escape(data.activity_id)}"]`).forEach((part) => {
        const { capacity, taken, left, full } = part.dataset;
        const values = { taken: data.seats_taken, left: data.seats_left, waiting: data.waiting, capacity };
        const write = (name, text) => part.querySelectorAll(`[data-part="${name}"]`).forEach((one) => {
          one.textContent = filled(text, values);
        });
        write("taken", taken);
        if (!capacity) return;
        write("left", data.seats_left ? left : full);
        const share = Math.min(100, (100 * data.seats_taken) / Number(capacity));
        part.querySelector(".bar-first")?.setAttribute("width", String(share));
      });
    },
    todos(data) {
      count("todos", data.count);
    },
    messages(data) {
      count("messages", data.count);
    },
    job(data) {
      document.querySelectorAll(`[data-job="${CSS.escape(`${data.service}:${data.id}`)}"]`).forEach((part) => {
        window.htmx?.trigger(part, "live");
      });
    },
    session(data) {
      document.querySelectorAll(`[data-session="${CSS.escape(data.session_id)}"]`).forEach(renew);
    },
    contest(data) {
      document.querySelectorAll(`[data-contest="${CSS.escape(data.activity_id)}"]`).forEach(renew);
    },
    async reload() {
      document.querySelectorAll("[data-session], [data-contest]").forEach(renew);
      const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const which of ["data-seats", "data-live-count"]) {
        const now = fresh.querySelectorAll(`[${which}]`);
        const here = document.querySelectorAll(`[${which}]`);
        if (now.length === here.length) here.forEach((part, at) => part.replaceWith(document.adoptNode(now[at])));
      }
    },
    signed_out() {
      document.dispatchEvent(new Event("signed-out"));
    },
  };

  document.addEventListener("toggle", (event) => {
    const part = event.target.closest?.("[data-stale]");
    if (!part || part.querySelector("details[open]")) return;
    delete part.dataset.stale;
    renew(part);
  }, true);

  const take = ({ topic, data, id }) => {
    if (id) {
      if (seen.has(id)) return;
      seen.add(id);
      if (seen.size > MOST_SEEN) seen.delete(seen.values().next().value);
    }
    show[topic]?.(data);
  };

  const open = () => {
    source?.close();
    if (ended) return;
    const query = new URLSearchParams();
    if (lastId) query.set("last_event_id", lastId);
    if (jobs.size) query.set("jobs", [...jobs].slice(-5).join(","));
    source = new EventSource(`${address}?${query}`);
    source.addEventListener("open", () => {
      pause = FIRST_PAUSE;
    });
    TOPICS.forEach((topic) => source.addEventListener(topic, (event) => {
      const told = { topic, data: JSON.parse(event.data), id: event.lastEventId };
      lastId = event.lastEventId || lastId;
      if (topic === "signed_out") end();
      channel.postMessage(told);
      take(told);
    }));
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return;
      window.setTimeout(open, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    });
  };

  const end = () => {
    ended = true;
    source?.close();
    leads = false;
    release();
  };

  const want = (job) => {
    if (jobs.has(job)) return;
    jobs.add(job);
    if (leads) open();
  };

  channel.addEventListener("message", ({ data }) => {
    if (data.topic) take(data);
    else if (data.job) want(data.job);
  });

  // The session ends before the next page is here; a stream that is opened meanwhile would be refused.
  document.addEventListener("submit", ({ target }) => {
    if (target.getAttribute("action")?.endsWith("/sign-out")) end();
  });

  window.setTimeout(() => {
    document.querySelectorAll("[data-job]").forEach((part) => {
      want(part.dataset.job);
      channel.postMessage({ job: part.dataset.job });
    });
    navigator.locks.request("gonghui-live", () => new Promise((resolve) => {
      if (ended) {
        resolve();
        return;
      }
      leads = true;
      release = resolve;
      open();
    }));
  }, OPEN_AFTER);
})();
