// 「听一听」: the device's own voice reads the page; where it has none, the page's recording is played.
"use strict";

(() => {
  const box = document.querySelector("[data-listen]");
  const button = box.querySelector("button");
  const words = button.querySelector("[data-idle]");
  const audio = box.querySelector("audio");
  const language = document.documentElement.lang.slice(0, 2).toLowerCase();
  const NOT_READ = ".back, .trust, .help, script, [data-listen], [hidden], [aria-hidden=true]";
  let isReading = false;

  // Only a voice of the device itself: one that lies elsewhere would be told what stands on her page.
  function voice() {
    if (!window.speechSynthesis) return null;
    const fits = (one) => one.localService && one.lang.toLowerCase().startsWith(language);
    return window.speechSynthesis.getVoices().find(fits) || null;
  }

  // One sentence at a time: some phones fall silent in the middle of a long text.
  function sentences() {
    const parts = [...document.getElementById("main").children].filter((part) => !part.matches(NOT_READ));
    const said = parts.map((part) => part.innerText).join("\n").split(/[\n。！？；]+/);
    return said.map((sentence) => sentence.trim()).filter(Boolean);
  }

  function show(reading) {
    isReading = reading;
    words.textContent = reading ? words.dataset.busy : words.dataset.idle;
  }

  function read(speaker) {
    const said = sentences().map((sentence) => {
      const utterance = new SpeechSynthesisUtterance(sentence);
      utterance.voice = speaker;
      utterance.lang = speaker.lang;
      utterance.rate = 0.9;
      return utterance;
    });
    said[said.length - 1].onend = () => show(false);
    said.forEach((utterance) => window.speechSynthesis.speak(utterance));
  }

  function stop() {
    if (window.speechSynthesis) window.speechSynthesis.cancel();
    if (audio) {
      audio.pause();
      audio.currentTime = 0;
    }
    show(false);
  }

  function press() {
    if (isReading) {
      stop();
      return;
    }
    const speaker = voice();
    show(true);
    if (speaker) read(speaker);
    else audio.play().catch(() => show(false));
  }

  // Voices may come later than the page.
  function offer() {
    if (!voice() && !audio) return;
    box.hidden = button.hidden = false;
    if (audio) audio.hidden = true;
  }

  button.addEventListener("click", press);
  if (audio) audio.addEventListener("ended", () => show(false));
  if (window.speechSynthesis && window.speechSynthesis.addEventListener) {
    window.speechSynthesis.addEventListener("voiceschanged", offer);
  }
  window.addEventListener("pagehide", stop);
  offer();
})();
