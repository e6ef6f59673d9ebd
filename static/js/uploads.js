// Comfort on the pages of her papers: a picture goes up the moment it is chosen, made small first, with its state in
// words. One at a time, so that a slow network carries one whole picture rather than pieces of five; what a broken
// network stopped waits and goes by itself once there is a network again. Without this file each form has its button.
"use strict";

const LONG_EDGE = 1600;
const SMALL_ENOUGH = 400 * 1024;
const SILENCE_MS = 30_000; // a network that carries nothing for so long carries nothing any more
const words = document.documentElement.lang.startsWith("en")
  ? {
      waiting: "Waiting, another picture goes first.",
      offline: "No network. It will be sent by itself.",
      sending: "Sending %",
      failed: "Not sent, the network broke off. Press “Send again”.",
      signedOut: "Not sent. Sign in again, then send it.",
      refused: "Not sent. Press “Send again”, or call us.",
      again: "Send again",
    }
  : {
      waiting: "等待中，前一张传好就传。",
      offline: "没有网，连上了自己会传。",
      sending: "正在传 %",
      failed: "没传上，网断了。点“再传一次”。",
      signedOut: "没传上。重新登录，再传一次。",
      refused: "没传上。点“再传一次”，还不行就打电话。",
      again: "再传一次",
    };

class BrokenOff extends Error {}

// Old phones fail at this in many ways: then the picture goes as it is, and the server makes it small.
async function shrunk(file) {
  if (file.size <= SMALL_ENOUGH || !window.createImageBitmap) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONG_EDGE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.75));
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  }
}

// The page that the server answers with. Rejects with BrokenOff where none came: no network, or too long a silence.
function sent(form, content, onProgress) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    let silence;
    const alive = () => {
      clearTimeout(silence);
      silence = setTimeout(() => request.abort(), SILENCE_MS);
    };
    request.open("POST", form.action);
    request.responseType = "document";
    request.upload.addEventListener("progress", (event) => {
      alive();
      onProgress(Math.round((100 * event.loaded) / event.total));
    });
    request.addEventListener("progress", alive);
    request.addEventListener("loadend", () => {
      clearTimeout(silence);
      if (request.status) done(request);
      else fail(new BrokenOff());
    });
    alive();
    request.send(content);
  });
}

function say(form, text, { isError = false } = {}) {
  const state = form.closest("li").querySelector("[data-state]");
  state.className = isError ? "st er" : "st";
  state.textContent = text;
}

function offerAgain(form, text) {
  const button = form.querySelector("[data-send]");
  button.textContent = words.again;
  button.hidden = false;
  say(form, text, { isError: true });
}

const queue = [];
let isSending = false;

function enqueue(form) {
  if (!form.elements.photo.files.length || queue.includes(form)) return;
  form.querySelector("[data-send]").hidden = true;
  queue.push(form);
  say(form, navigator.onLine ? words.waiting : words.offline);
  work();
}

async function work() {
  if (isSending) return;
  isSending = true;
  while (queue.length && navigator.onLine) await upload(queue.shift());
  isSending = false;
}

async function upload(form) {
  const file = form.elements.photo.files[0];
  const bar = document.createElement("progress");
  bar.className = "prog";
  bar.max = 100;
  form.closest("li").querySelector("[data-state]").after(bar);
  const show = (percent) => {
    bar.value = percent;
    say(form, words.sending.replace("%", `${percent}%`));
  };
  show(0);
  try {
    form.small ??= await shrunk(file);
    const content = new FormData(form);
    content.set("photo", form.small, file.name);
    arrived(form, await sent(form, content, show));
  } catch (error) {
    if (!(error instanceof BrokenOff)) throw error;
    if (navigator.onLine) {
      offerAgain(form, words.failed);
      form.dataset.brokenOff = "yes";
    } else {
      queue.unshift(form);
      say(form, words.offline);
    }
  } finally {
    bar.remove();
  }
}

// The line as the server draws it now, with its picture or with what is wrong with it.
function arrived(form, request) {
  const page = request.response;
  const line = form.closest("li");
  const fresh = page && page.getElementById(line.id);
  if (!fresh) {
    const isElsewhere = request.status < 400 || request.status === 403; // led to the page where one signs in
    offerAgain(form, isElsewhere ? words.signedOut : words.refused);
    return;
  }
  document.getElementById("sent").replaceWith(page.getElementById("sent"));
  line.replaceWith(fresh);
  fresh.querySelectorAll("form[data-upload]").forEach(enhance);
}

function enhance(form) {
  const input = form.elements.photo;
  input.className = "vh";
  form.querySelector("[data-pick]").hidden = false;
  form.querySelector("[data-send]").hidden = true;
  input.addEventListener("change", () => {
    delete form.small;
    enqueue(form);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    enqueue(form);
  });
}

function resume() {
  document.querySelectorAll("form[data-broken-off]").forEach((form) => {
    delete form.dataset.brokenOff;
    enqueue(form);
  });
  work();
}

document.querySelectorAll("form[data-upload]").forEach(enhance);
window.addEventListener("online", resume);
