// "Đúng", "Chưa đúng" below an answer: said to the server of this page alone.
"use strict";

const saidOf = new Map(); // name of an answer -> what stands there after it was judged, for Gradio may draw anew

function offerFeedback() {
  for (const link of document.querySelectorAll("#hoi-dap a.gop-y-cho")) {
    const name = new URL(link.href).searchParams.get("ma");
    const room = Object.assign(document.createElement("div"), { className: "gop-y-o" });
    room.dataset.ma = name;
    showIn(room, saidOf.get(name));
    link.replaceWith(room);
  }
}
function showIn(room, said) {
  if (said) {
    room.innerHTML = said; // made by the server, every word of it escaped
    return;
  }
  room.innerHTML = '<span role="group" aria-label="Câu trả lời này">Câu trả lời này: '
    + '<button type="button" class="khen">Đúng</button>'
    + '<button type="button" class="che">Chưa đúng</button></span>';
}

async function sayOf(room, fields) {
  const name = room.dataset.ma;
  const body = new URLSearchParams([["ma", name], ...fields]);
  const answer = await fetch("./gop-y", { method: "POST", body }).catch(() => null);
  const said = answer ? await answer.text() : '<p class="loi" role="alert">Mất kết nối, chưa ghi được.</p>';
  if (answer?.ok) {
    saidOf.set(name, said);
    room.innerHTML = said;
  } else {
    room.querySelector(".bao-loi")?.remove();
    room.append(Object.assign(document.createElement("div"), { className: "bao-loi", innerHTML: said }));
  }
}

document.addEventListener("click", async (event) => {
  const room = event.target.closest?.(".gop-y-o");
  if (!room) {
    return;
  }
  if (event.target.closest(".khen")) {
    sayOf(room, [["viec", "dung"]]);
  } else if (event.target.closest(".che")) {
    const form = await fetch(`./gop-y-mau?ma=${encodeURIComponent(room.dataset.ma)}`).catch(() => null);
    if (form?.ok) {
      room.innerHTML = await form.text();
      room.querySelector("input:not([type=hidden])").focus({ preventScroll: true });
      room.scrollIntoView({ block: "nearest" });
    }
  } else if (event.target.closest(".thoi, .doi-y")) {
    saidOf.delete(room.dataset.ma);
    showIn(room);
    room.querySelector(".che").focus();
  }
});
document.addEventListener("submit", (event) => {
  const room = event.target.closest?.(".gop-y-o");
  if (room) {
    event.preventDefault();
    const fields = [...new FormData(event.target)].filter(([name]) => name !== "ma");
    sayOf(room, [["viec", "chua-dung"], ...fields]);
  } else if (event.target.dataset?.hoiLai && !confirm(event.target.dataset.hoiLai)) {
    event.preventDefault();
  }
});
document.addEventListener("DOMContentLoaded", () => {
  if (!document.querySelector(".trang")) {
    new MutationObserver(offerFeedback).observe(document.body, { subtree: true, childList: true });
  }
});
