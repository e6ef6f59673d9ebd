// Comfort on the helper's survey: what is typed goes up as a draft, and a row that is saved without a network waits in
// this page and goes up by itself. Without this file the form sends by its button. Nothing is kept in the browser.
"use strict";

const form = document.getElementById("survey-form");
const state = document.getElementById("survey-state");
const waiting = []; // rows that are whole and not yet up, each with the key under which it is kept once
const KEPT = 204;
let isSending = false;
let draftTimer = 0;

function say(name) {
  state.textContent = state.dataset[name].replace("0", String(waiting.length));
}

function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function post(content) {
  return fetch(form.action, { method: "POST", body: content, redirect: "manual", signal: AbortSignal.timeout?.(20000) });
}

function keepDraft() {
  clearTimeout(draftTimer);
  draftTimer = setTimeout(async () => {
    if (!navigator.onLine || !form.elements.full_name.value.trim()) return;
    const content = new FormData(form);
    content.set("draft", "yes");
    await post(content).catch(() => {});
  }, 800);
}

// The whole row steps aside, and the form is empty for the next household.
function setAside() {
  clearTimeout(draftTimer);
  const row = new FormData(form);
  row.set("by", "script");
  waiting.push(row);
  const village = form.elements.village?.value;
  const token = form.elements.csrfmiddlewaretoken.value;
  for (const control of form.elements) {
    if (control.type === "radio") control.checked = false;
    else if (control.type !== "hidden") control.value = "";
  }
  form.elements.csrfmiddlewaretoken.value = token;
  form.elements.key.value = freshKey();
  if (village) form.elements.village.value = village;
  form.elements.full_name.focus();
  say("waiting");
}

async function sendWaiting() {
  if (isSending || !waiting.length || !navigator.onLine) return;
  isSending = true;
  try {
    while (waiting.length) {
      const answer = await post(waiting[0]);
      if (answer.status === KEPT) waiting.shift();
      else if (answer.status === 422 || answer.status === 409) return refused();
      else if (answer.status >= 500) throw new Error(String(answer.status));
      else return await signedOut();
    }
    say("sent");
    if (!form.elements.full_name.value) location.reload(); // the list below is the server's to draw
  } catch {
    say("waiting");
  } finally {
    isSending = false;
  }
}

// She was away too long. The rows stay here; a form that is signed in again has another token.
async function signedOut() {
  say("signedout");
  const page = await fetch(form.action, { redirect: "manual" });
  if (page.status !== 200) return;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  const token = fresh.querySelector("#survey-form [name=csrfmiddlewaretoken]").value;
  for (const row of waiting) row.set("csrfmiddlewaretoken", token);
  form.elements.csrfmiddlewaretoken.value = token;
  setTimeout(sendWaiting, 1000);
}

// What the server didn't take is in the form again, to be changed.
function refused() {
  const row = waiting.shift();
  for (const control of form.elements) {
    if (!row.has(control.name)) continue;
    if (control.type === "radio") control.checked = control.value === row.get(control.name);
    else control.value = row.get(control.name);
  }
  say("refused");
}

form.addEventListener("input", keepDraft);
form.addEventListener("submit", (event) => {
  const isWhole = form.elements.full_name.value.trim() && form.elements.willing.value;
  if (!isWhole) return; // the server says what is missing
  event.preventDefault();
  setAside();
  sendWaiting();
});
window.addEventListener("online", sendWaiting);
window.addEventListener("focus", sendWaiting); // back from signing in
window.addEventListener("offline", () => say("waiting"));
window.addEventListener("beforeunload", (event) => {
  if (waiting.length) event.preventDefault();
});
say("kept");
