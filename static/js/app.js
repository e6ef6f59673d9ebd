// Comfort only: every page and form works without this file.
"use strict";

const ERRORS = ".errbox";

// After a failed check the reader begins at the list of what to change.
function focusErrors(root) {
  const box = root.querySelector(ERRORS);
  if (box) box.focus();
}

// A second press of the button would send the form twice; the server refuses it, but the wait should show.
function guardAgainstDoubleSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  setTimeout(releaseForms, 8000); // a form that answers with a file leaves the page as it is
}

function releaseForms() {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
}

// Without a network a form waits on its page, unsent and stored nowhere, and goes by itself when there is one again.
// Only pages with the bar that says so do that; a form of pictures has a queue of its own (uploads.js).
// Browsers often call a dead line a network, so the form is sent from here: where nothing comes back it is still there.
const TRY_AGAIN_MS = 4000;
const PATIENCE_MS = 20000;
let held = null;

function sendOrHold(event) {
  const form = event.target;
  const bar = document.querySelector("[data-offline]");
  if (!bar || !window.fetch || form.method !== "post" || form.matches("[data-upload], [data-plain], [hx-post]")) return;
  event.preventDefault();
  if (form.dataset.sent) return;
  if (navigator.onLine) send(form, event.submitter, bar);
  else hold(form, event.submitter, bar);
}

async function send(form, button, bar) {
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  const content = new URLSearchParams(new FormData(form));
  if (button && button.name) content.append(button.name, button.value);
  let answer;
  try {
    const signal = AbortSignal.timeout?.(PATIENCE_MS);
    answer = await fetch(form.action, { method: "POST", body: content, headers: { "X-Sent-By": "script" }, signal });
  } catch {
    releaseForms();
    hold(form, button, bar);
    return;
  }
  held = null;
  const next = answer.headers.get("X-Go-To");
  if (next) return goTo(next);
  // Nothing was written (config/middleware.py): the browser sends it, and shows the page that says why.
  releaseForms();
  form.dataset.plain = "yes";
  submitBy(form, button);
}

function hold(form, button, bar) {
  held = { form, button };
  bar.hidden = false;
  bar.querySelector("[data-held]").hidden = false;
  setTimeout(sendHeld, TRY_AGAIN_MS);
}

function sendHeld() {
  if (!held || !navigator.onLine || held.form.dataset.sent) return;
  submitBy(held.form, held.button);
}

function submitBy(form, button) {
  if (form.requestSubmit) form.requestSubmit(button);
  else if (button) button.click();
}

function goTo(address) {
  const next = new URL(address, location.href);
  const isThisPage = next.pathname + next.search === location.pathname + location.search;
  location.assign(next.href);
  if (isThisPage && next.hash) location.reload(); // to go to a mark alone draws nothing anew
}

function showNetwork() {
  const bar = document.querySelector("[data-offline]");
  if (bar && !held) bar.hidden = navigator.onLine;
  sendHeld();
}

// <button data-wait="60" data-wait-text="60 秒后可以重新发">: counts down in words, then can be pressed again.
function countDown(button) {
  const label = button.textContent;
  let seconds = Number(button.dataset.wait);
  const show = () => {
    button.disabled = seconds > 0;
    button.textContent = seconds > 0 ? button.dataset.waitText.replace("60", String(seconds)) : label;
  };
  const timer = setInterval(() => {
    seconds -= 1;
    show();
    if (seconds <= 0) clearInterval(timer);
  }, 1000);
  show();
}

// Inside WeChat nothing is printed, so nothing is offered.
function offerPrinting(button) {
  if (/MicroMessenger/.test(navigator.userAgent)) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Buttons that do by a press what htmx does by itself step back where it was loaded.
function hideSubstitutes() {
  if (!window.htmx) return;
  for (const substitute of document.querySelectorAll("[data-without-script]")) substitute.hidden = true;
}

// A photograph grows in its frame; without this the link loads the page again, and the look is written down again.
function zoom(event) {
  const link = event.target.closest("[data-zoom]");
  if (!link) return;
  event.preventDefault();
  link.closest(".view").querySelector(".sheet").className = `sheet ${link.dataset.zoom}`;
  for (const one of link.parentElement.querySelectorAll("[data-zoom]")) one.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
}

// Signing out on a shared phone: what the browser keeps of us goes too, also where the header that says so is ignored.
function forget(event) {
  if (!("clear" in event.target.dataset)) return;
  localStorage.clear();
  sessionStorage.clear();
}

document.addEventListener("submit", sendOrHold, true); // before anybody else counts it as sent
document.addEventListener("submit", guardAgainstDoubleSubmit);
document.addEventListener("click", zoom);
window.addEventListener("online", showNetwork);
window.addEventListener("offline", showNetwork);
document.addEventListener("submit", forget);
window.addEventListener("pageshow", releaseForms); // the browser's back button shows the page as it was left
document.addEventListener("DOMContentLoaded", () => {
  focusErrors(document);
  showNetwork();
  document.querySelectorAll("[data-wait]").forEach(countDown);
  document.querySelectorAll("[data-print]").forEach(offerPrinting);
  hideSubstitutes();
});
document.addEventListener("htmx:afterSettle", (event) => focusErrors(event.target));
