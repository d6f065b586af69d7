// What the frame and the places made on the server do by themselves; without it they still work.
"use strict";

const WAIT_SAID_MS = 400; // work that is done sooner needs no word

document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll(".sang-toi")) {
    button.hidden = false;
    button.addEventListener("click", window.doiSangToi);
  }
  document.querySelectorAll("input.thu-gon").forEach((box) => { box.hidden = false; });
  if (matchMedia("(max-width: 860px)").matches) { // on a phone the results come first
    document.querySelectorAll(".loc > details").forEach((d) => { d.open = false; });
  }
  const found = document.querySelectorAll("mark.thay[id]");
  if (found.length) {
    step(0);
  }
});

// Filters act as soon as they are chosen.
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-tu-gui]");
  if (form && event.target.type !== "search") {
    form.requestSubmit();
  }
});

// A long list of filters is narrowed while one types, with or without diacritics.
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
document.addEventListener("input", (event) => {
  if (event.target.matches?.("input.thu-gon")) {
    const words = plain(event.target.value).split(/\s+/);
    for (const choice of event.target.closest("details").querySelectorAll(".chon")) {
      const name = plain(choice.textContent);
      choice.hidden = !words.every((word) => name.includes(word));
    }
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("input.thu-gon")) {
    event.preventDefault(); // it sends nothing
  }
});

// Work that takes a while is said to be under way.
document.addEventListener("submit", (event) => {
  const button = event.target.querySelector("button");
  const said = event.target.dataset.cho;
  for (const field of event.target.querySelectorAll("input, select")) {
    if (field.value === "" && field.name) {
      field.disabled = true; // an address without empty fields
      setTimeout(() => { field.disabled = false; });
    }
  }
  setTimeout(() => {
    document.querySelector(".ket-qua")?.classList.add("cho");
    if (button && said) {
      button.dataset.ten = button.textContent;
      button.textContent = said;
    }
  }, WAIT_SAID_MS);
});
window.addEventListener("pageshow", () => { // back again, from the browser's memory
  document.querySelector(".ket-qua")?.classList.remove("cho");
  for (const button of document.querySelectorAll("button[data-ten]")) {
    button.textContent = button.dataset.ten;
  }
});

// From one place found in a document to the next.
let at = 0;
function step(by) {
  const found = [...document.querySelectorAll("mark.thay[id]")];
  document.querySelector("mark.thay.dang")?.classList.remove("dang");
  at = (at + by + found.length) % found.length;
  found[at].classList.add("dang");
  found[at].scrollIntoView({ block: "center" });
  const said = document.querySelector(".tim-trong .so-luong");
  if (said && by) {
    said.textContent = `Chỗ ${at + 1}/${found.length}`;
  }
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-buoc]");
  if (link) {
    event.preventDefault();
    step(Number(link.dataset.buoc));
  }
});
