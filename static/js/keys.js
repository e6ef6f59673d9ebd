// Keys for whoever works through many cases: each needs Alt or Ctrl. /keys lists them and switches them off.
"use strict";

const FORM = ".chosen form";
const WHERE = {
  ArrowDown: '[data-key="next"], main th a[href^="/case/"]', // on a list: its first case
  ArrowUp: '[data-key="previous"]',
  KeyS: '#id_find, [data-key="search"]',
  KeyC: ".choices a.opt",
};

function follow(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = WHERE[event.code] && document.querySelector(WHERE[event.code]);
  if (!target || event.target.closest("select")) return; // there Alt and an arrow open the choices
  event.preventDefault();
  if (target.matches("input")) target.focus();
  else target.click();
}

function send(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
  const form = event.target.closest("main form") || document.querySelector(FORM);
  if (!form || form.method !== "post" || !form.requestSubmit) return;
  event.preventDefault();
  form.requestSubmit();
}

// Whoever opened a form goes on from its title: the next Tab is its first field.
function beginAtTheForm() {
  const title = document.querySelector(".chosen h3");
  if (!title || document.querySelector(".errbox")) return;
  title.tabIndex = -1;
  title.focus();
}

document.addEventListener("keydown", follow);
document.addEventListener("keydown", send);
window.addEventListener("load", beginAtTheForm); // earlier, the #desk of the address takes the focus away again
