// Saves answers while they are being given. Without this file they are saved by every button of the page.
//
// A changed answer is put into an outbox in the browser at once, sent a second later, and taken out when the server has
// it. The outbox outlives a closed tab and is sent again from the next page of the attempt; each change has a key of its
// own, so that sending twice saves once. The words come from the page, which is translated.
const AFTER_CHANGE = 1000;
const SLOW = 3000; // with the second above, “not saved yet” stands there within five
const GIVE_UP = 10000;
const AGAIN = 4000;
const OURS = new Set(["csrf_token", "save_key", "shown", "n"]);

const sign = document.querySelector("[data-saved]");
const form = document.querySelector("form[data-answers]");
const url = form?.dataset.answers ?? document.querySelector("[data-unsent]")?.dataset.unsent;
const say = (state, words) => {
  sign.dataset.state = state;
  if (sign.textContent !== words) sign.textContent = words;
};

// The outbox: one entry for each question of this attempt, the last change only. Where storage is shut, memory serves.
const memory = new Map();
const prefix = `unsent ${url} `;
const outbox = {
  put(n, entry) {
    memory.set(n, entry);
    try { localStorage.setItem(prefix + n, JSON.stringify(entry)); } catch { /* kept in memory */ }
  },
  drop(n, entry) {
    if (this.all().get(n)?.key !== entry.key) return; // changed meanwhile
    memory.delete(n);
    try { localStorage.removeItem(prefix + n); } catch { /* it was in memory */ }
  },
  all() {
    const entries = new Map(memory);
    try {
      for (const [name, text] of Object.entries(localStorage)) {
        if (name.startsWith(prefix)) entries.set(name.slice(prefix.length), JSON.parse(text));
      }
    } catch { /* only memory then */ }
    return entries;
  },
};

// Send one entry; true if it needs no sending any more. What only time can mend throws.
let hasEnded = false;
async function send(n, entry) {
  const slow = setTimeout(() => say("bad", sign.dataset.waiting), SLOW);
  const reply = await fetch(url, {
    method: "POST",
    body: new URLSearchParams(entry.body),
    headers: { Accept: "application/json", "X-CSRFToken": document.querySelector("[name=csrf_token]").value },
    signal: AbortSignal.timeout(GIVE_UP),
    keepalive: entry.body.length < 60000, // browsers allow no more to what may outlive the page
  }).finally(() => clearTimeout(slow));
  hasEnded = reply.status === 401 || reply.status === 400;
  if (hasEnded) {
    say("bad", sign.dataset.ended);
    return false;
  }
  if (reply.status >= 500 || reply.status === 429) throw new Error(`status ${reply.status}`);
  const told = await reply.json();
  outbox.drop(n, entry);
  if (!reply.ok) {
    say("bad", told.message);
    return false;
  }
  if (form?.elements.n.value === n && form.elements.save_key.value === entry.key) form.elements.shown.value = told.shown;
  if (!outbox.all().size) say("ok", `${sign.dataset.done} ${told.saved_at}`);
  return true;
}

// Send everything, one after the other; true if all of it arrived. Two calls at once share one run.
let isCut = false;
let running = null;
let again;
const flush = () => (running ??= run().finally(() => (running = null)));
async function run() {
  clearTimeout(again);
  let isSent = true;
  try {
    for (const [n, entry] of outbox.all()) isSent = (await send(n, entry)) && isSent;
    isCut = false;
  } catch {
    isCut = true;
    isSent = false;
    say("bad", sign.dataset.waiting);
    again = setTimeout(flush, AGAIN);
  }
  return isSent;
}

let waiting;
function keep() {
  const key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  form.elements.save_key.value = key;
  const fields = new FormData(form);
  fields.delete("csrf_token");
  outbox.put(form.elements.n.value, { key, body: new URLSearchParams(fields).toString() });
  if (!isCut) say("now", sign.dataset.saving);
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    if (running) await running; // it may be sending the answer before this one
    await flush();
  }, AFTER_CHANGE);
}

const answerFields = () =>
  [...form.elements].filter((field) => field.name && !OURS.has(field.name) && field.type !== "submit");

// Whether somebody has answered before this file arrived, on a slow line; browsers fill in nothing of their own here.
const isChanged = (field) =>
  field.options
    ? field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected))
    : field.checked !== field.defaultChecked || field.value !== field.defaultValue;

// Show an answer that was given here before and has not been sent yet.
function restore(entry) {
  const fields = new URLSearchParams(entry.body);
  form.elements.save_key.value = entry.key;
  for (const field of answerFields()) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = fields.getAll(field.name).includes(field.value);
    else if (fields.has(field.name)) field.value = fields.get(field.name);
  }
}

if (form) {
  const unsent = outbox.all().get(form.elements.n.value);
  if (unsent) restore(unsent);
  else if (answerFields().some(isChanged)) keep();
  form.addEventListener("input", keep);
  // While nothing gets through, the page stays: leaving it would only show the browser's own error.
  form.addEventListener("submit", async (event) => {
    if (navigator.onLine && !isCut) return;
    event.preventDefault();
    say("bad", sign.dataset.waiting);
    if (navigator.onLine && ((await flush()) || hasEnded)) form.requestSubmit(event.submitter);
  });
}

if (url) {
  addEventListener("online", flush);
  addEventListener("offline", () => outbox.all().size && say("bad", sign.dataset.waiting));
  addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flush());
  if (outbox.all().size) {
    // The check before handing in lists what is saved: when more has arrived, it is drawn anew.
    flush().then((isSent) => isSent && !form && location.reload());
  }
}

// When the time is over, what is left is sent and the attempt handed in; the server would do it, only later.
const clock = document.querySelector("[data-timer]");
const handIn = document.querySelector("[data-hand-in]");
if (handIn && Number(clock.dataset.timer) > 0) {
  setTimeout(async () => {
    if (url) await flush();
    handIn.requestSubmit();
  }, 1000 * clock.dataset.timer);
}
