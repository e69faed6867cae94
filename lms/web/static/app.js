// Everything works without this file. It only saves a click or shows something sooner.
const root = document.documentElement;

// View: show a choice at once and keep it in the background. Where that fails, the button comes back.
for (const form of document.querySelectorAll("[data-view]")) {
  const button = form.querySelector("button");
  button.hidden = true;
  form.addEventListener("change", async ({ target }) => {
    if (target.value) root.dataset[target.name] = target.value;
    else delete root.dataset[target.name];
    const kept = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
    }).then((answer) => answer.ok, () => false);
    button.hidden = kept;
  });
}

// Menus close on Escape, which gives the focus back, and on a click elsewhere.
const openMenus = () => [...document.querySelectorAll(".menu[open]")];
addEventListener("click", ({ target }) => {
  for (const menu of openMenus()) if (!menu.contains(target)) menu.open = false;
});
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const menu of openMenus()) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
});

// The summary of problems takes the focus, so that it is read first.
document.getElementById("errors")?.focus();

// Timer: the server keeps the time; this counts down what it sent, and says so aloud at 10, 5 and 1 minutes.
for (const clock of document.querySelectorAll("[data-timer]")) {
  const end = performance.now() + 1000 * clock.dataset.timer;
  const voice = Object.assign(document.createElement("span"), { className: "hidden", role: "status" });
  const marks = [600, 300, 60];
  clock.after(voice);
  const tick = () => {
    const left = Math.max(0, Math.round((end - performance.now()) / 1000));
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (left <= 300) clock.closest(".timer").dataset.state = "warn";
    if (marks.includes(left)) voice.textContent = clock.textContent;
    if (left) setTimeout(tick, 1000);
  };
  tick();
}

// A link to a problem puts the caret on its line of the text.
for (const link of document.querySelectorAll("[data-line]")) {
  link.addEventListener("click", (event) => {
    const text = document.querySelector(link.hash);
    const before = text.value.split("\n").slice(0, link.dataset.line - 1);
    const start = before.join("\n").length + (before.length ? 1 : 0);
    const end = text.value.indexOf("\n", start);
    event.preventDefault();
    text.focus();
    text.setSelectionRange(start, end < 0 ? text.value.length : end);
    text.scrollTop = (before.length - 4) * parseFloat(getComputedStyle(text).lineHeight);
  });
}

// Copy: the button exists only where it can work.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", () => navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value));
}
