// The questions asked, kept in this browser alone; can be cleared, and turned off. Those of the conversation on
// the page are kept as long as its tab, so that it is there again when one comes back from another place.
"use strict";

const HISTORY = "lich-su", OFF = "lich-su-tat", MOST_KEPT = 50, CONVERSATION = "hoi-thoai";

function readHistory() {
  try {
    const kept = JSON.parse(localStorage.getItem(HISTORY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((question) => typeof question === "string") : [];
  } catch {
    return []; // a browser that keeps nothing, or something else of that name
  }
}
function writeHistory(questions) {
  try {
    if (questions.length) {
      localStorage.setItem(HISTORY, JSON.stringify(questions.slice(0, MOST_KEPT)));
    } else {
      localStorage.removeItem(HISTORY);
    }
  } catch { /* full, or forbidden: the page works without */ }
}
function historyIsOff() {
  try { return localStorage.getItem(OFF) === "1"; } catch { return true; }
}

function showHistory() {
  const panel = document.querySelector(".lich-su");
  if (!panel) {
    return;
  }
  const questions = readHistory();
  panel.hidden = false;
  panel.querySelector(".luu-lich-su").checked = !historyIsOff();
  panel.querySelector(".trong").hidden = questions.length > 0;
  panel.querySelector(".xoa-lich-su").hidden = questions.length === 0;
  panel.querySelector("ul").replaceChildren(...questions.map((question) => {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: question });
    button.className = "hoi-tiep";
    item.append(button);
    return item;
  }));
}

// Questions that may follow the latest answer: found after it is shown, so that it need not wait.
async function offerFurther() {
  const after = [...document.querySelectorAll("#hoi-dap .sau-tra-loi")].at(-1);
  const room = after?.querySelector(".hoi-them");
  const save = after?.querySelector("a.luu"); // Gradio lets no data-ma through; the address names the answer too
  if (!room || !save || after.dataset.hoi || room.childElementCount) {
    return;
  }
  after.dataset.hoi = "1"; // asked once
  const answer = await fetch(`./hoi-tiep${new URL(save.href).search}`).catch(() => null);
  if (answer?.ok) {
    room.innerHTML = await answer.text(); // made by the server, every word of it escaped
  }
}

let asked = 0, resuming = false;
function noteQuestions() {
  const shown = [...document.querySelectorAll("#hoi-dap .cau-hoi")].map((question) => question.textContent.trim());
  if (shown.length > asked && !historyIsOff() && !resuming) {
    const question = shown.at(-1);
    writeHistory([question, ...readHistory().filter((other) => other !== question)]);
    showHistory();
  }
  if (shown.length !== asked) {
    keepConversation(historyIsOff() ? [] : shown);
    resuming = false;
  }
  asked = shown.length;
}
function keepConversation(questions) {
  try {
    if (questions.length) {
      sessionStorage.setItem(CONVERSATION, JSON.stringify(questions));
    } else {
      sessionStorage.removeItem(CONVERSATION);
    }
  } catch { /* then a conversation ends with its page */ }
}
// The server answers them once more; it reads nothing but questions here.
let resumed = false;
function resumeConversation() {
  const box = document.querySelector("#da-hoi textarea, #da-hoi input");
  if (!box || resumed) {
    return;
  }
  resumed = true;
  let kept = null;
  try { kept = sessionStorage.getItem(CONVERSATION); } catch { /* nothing is kept */ }
  if (kept && !historyIsOff()) {
    resuming = true;
    box.value = kept;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// The latest question stands at the top of the conversation, its answer below it, read from the beginning.
let turnsShown = 0;
function showLatest() {
  const turns = document.querySelectorAll("#hoi-dap :is(.cau-hoi, .tra-loi, .loi)").length;
  if (turns > turnsShown) {
    toLatest();
    for (const later of [100, 300, 700]) { // Gradio goes on laying out for a moment
      setTimeout(toLatest, later);
    }
  }
  turnsShown = turns;
}
function toLatest() {
  const wrap = document.querySelector("#hoi-dap .bubble-wrap");
  const question = [...document.querySelectorAll("#hoi-dap .cau-hoi")].at(-1);
  if (!question || !wrap) {
    return;
  }
  if (matchMedia("(max-width: 860px)").matches) { // there the page itself scrolls
    question.scrollIntoView({ block: "start" });
  } else {
    wrap.scrollTop += question.getBoundingClientRect().top - wrap.getBoundingClientRect().top - 24;
  }
}

function askNow(question) {
  const box = document.querySelector("#o-hoi textarea");
  fillBox(box, question);
  // Gradio takes the words up before its button is pressed.
  requestAnimationFrame(() => document.querySelector("#o-hoi .submit-button").click());
}

// Only the latest question is asked again: what came after an earlier one leans on it as it was.
let pressed = 0;
function askOtherwise(chip) {
  const box = document.querySelector("#bo-dieu-kien textarea, #bo-dieu-kien input");
  if (box && chip.closest(".tra-loi") === [...document.querySelectorAll("#hoi-dap .tra-loi")].at(-1)) {
    pressed += 1;
    box.value = `${pressed} ${chip.textContent}`;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

document.addEventListener("click", (event) => {
  const chip = event.target.closest?.("#hoi-dap .bo");
  if (chip) {
    askOtherwise(chip);
    return;
  }
  const further = event.target.closest?.(".hoi-tiep");
  if (further) {
    further.closest("details")?.removeAttribute("open");
    askNow(further.textContent);
  } else if (event.target.closest?.(".xoa-lich-su")) {
    writeHistory([]);
    keepConversation([]);
    showHistory();
  } else if (!event.target.closest?.(".lich-su")) {
    document.querySelector(".lich-su[open]")?.removeAttribute("open");
  }
});
document.addEventListener("change", (event) => {
  if (event.target.matches?.(".luu-lich-su")) {
    try {
      if (event.target.checked) {
        localStorage.removeItem(OFF);
      } else {
        localStorage.setItem(OFF, "1"); // turned off also means forgotten
      }
    } catch { /* nothing is kept anyway */ }
    if (!event.target.checked) {
      writeHistory([]);
      keepConversation([]);
    }
    showHistory();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    document.querySelector(".lich-su[open]")?.removeAttribute("open");
  }
});
document.addEventListener("DOMContentLoaded", () => {
  if (document.querySelector(".trang")) {
    return;
  }
  const wait = new MutationObserver(() => {
    if (document.querySelector(".lich-su[hidden]")) {
      showHistory();
    }
    resumeConversation();
    noteQuestions();
    offerFurther();
    showLatest();
  });
  wait.observe(document.body, { subtree: true, childList: true });
});
