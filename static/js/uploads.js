// Comfort on the page of her papers: a picture goes up the moment it is chosen, made small first, with its state in
// words; what a broken network stopped is sent again by one press. Without this file each form sends by its button.
"use strict";

const LONG_EDGE = 1600;
const SMALL_ENOUGH = 400 * 1024;
const words = document.documentElement.lang.startsWith("en")
  ? { sending: "Sending %", failed: "Not sent, the network broke off. Press “Send again”.", again: "Send again" }
  : { sending: "正在传 %", failed: "没传上，网断了。点“再传一次”。", again: "再传一次" };

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

function sent(form, content, onProgress) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.upload.addEventListener("progress", (event) => onProgress(Math.round((100 * event.loaded) / event.total)));
    request.addEventListener("load", () => (request.response && request.status < 500 ? done(request.response) : fail()));
    request.addEventListener("error", fail);
    request.addEventListener("timeout", fail);
    request.send(content);
  });
}

async function upload(form) {
  const file = form.elements.photo.files[0];
  if (!file) return;
  const line = form.closest("li");
  const state = line.querySelector("[data-state]");
  const button = form.querySelector("[data-send]");
  const bar = document.createElement("progress");
  bar.className = "prog";
  bar.max = 100;
  button.hidden = true;
  state.className = "st";
  const show = (percent) => {
    bar.value = percent;
    state.textContent = words.sending.replace("%", `${percent}%`);
  };
  show(0);
  state.after(bar);
  try {
    const content = new FormData(form);
    content.set("photo", await shrunk(file), file.name);
    const page = await sent(form, content, show);
    const fresh = page.getElementById(line.id);
    if (!fresh) throw new Error("not the list");
    document.getElementById("sent").replaceWith(page.getElementById("sent"));
    line.replaceWith(fresh);
    fresh.querySelectorAll("form[data-upload]").forEach(enhance);
  } catch {
    bar.remove();
    state.className = "st er";
    state.textContent = words.failed;
    button.textContent = words.again;
    button.hidden = false;
  }
}

function enhance(form) {
  const input = form.elements.photo;
  input.className = "vh";
  form.querySelector("[data-pick]").hidden = false;
  form.querySelector("[data-send]").hidden = true;
  input.addEventListener("change", () => upload(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    upload(form);
  });
}

function showNetwork() {
  document.querySelector("[data-offline]").hidden = navigator.onLine;
}

document.querySelectorAll("form[data-upload]").forEach(enhance);
window.addEventListener("online", showNetwork);
window.addEventListener("offline", showNetwork);
