// Comfort for the list of an office: ticking a run of cases with Shift, all of a page, and hearing how many.
"use strict";

function readyForBulk(form) {
  const boxes = Array.from(form.querySelectorAll('input[name="pick"]'));
  const all = form.querySelector("[data-all]");
  const told = form.querySelector("[data-picked]");
  let last = null;

  function count() {
    const picked = boxes.filter((box) => box.checked).length;
    told.textContent = picked ? told.dataset.picked.replace("{n}", String(picked)) : told.dataset.none;
    all.checked = picked === boxes.length;
    all.indeterminate = picked > 0 && picked < boxes.length;
  }

  // From the box that was ticked before to this one, all become as this one is.
  function run(event) {
    const at = boxes.indexOf(event.target);
    if (event.shiftKey && last !== null && at !== last) {
      for (let n = Math.min(at, last); n <= Math.max(at, last); n += 1) boxes[n].checked = event.target.checked;
    }
    last = at;
    count();
  }

  boxes.forEach((box) => box.addEventListener("click", run));
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    count();
  });
  all.closest("label").hidden = false;
  if (boxes.some((box) => box.checked)) count(); // the browser's back button keeps what was ticked
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-bulk]").forEach(readyForBulk);
});
