// What the page does by itself; everything else is Gradio's or the server's.
"use strict";

// The server accepts 2,000 characters and says so when there are more; a pasted file of
// megabytes never has to travel.
const LONGEST_SENT = 5000;

document.addEventListener("input", (event) => {
  const box = event.target;
  if (box.matches?.("#o-hoi textarea") && box.value.length > LONGEST_SENT) {
    box.value = box.value.slice(0, LONGEST_SENT);
  }
}, true);

// "Chép kèm nguồn": the answer, then where it stands.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.(".chep");
  if (!button) {
    return;
  }
  const lines = [];
  for (const shown of button.closest(".tra-loi").querySelectorAll(".cau-tra-loi, .ghi-chu, blockquote, .nguon a")) {
    const item = shown.closest("li") && shown.matches(".cau-tra-loi") ? "- " : "";
    lines.push(shown.matches("a") ? `(Nguồn: ${shown.textContent})` : item + shown.textContent);
  }
  const text = lines.join("\n");
  button.textContent = (await copied(text)) ? "Đã chép" : "Không chép được";
  setTimeout(() => { button.textContent = "Chép kèm nguồn"; }, 2000);
});

async function copied(text) {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(() => true, () => false);
  }
  // Without https a browser offers only the old way, on a box that holds the text.
  const box = Object.assign(document.createElement("textarea"), { value: text });
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}

// A link into this page ("#s3"): with Gradio's <base> it would load the page anew.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']:not([data-buoc])");
  const target = link && document.getElementById(link.getAttribute("href").slice(1));
  if (target) {
    event.preventDefault();
    target.scrollIntoView({ block: "start" });
    if (!target.hasAttribute("tabindex")) {
      target.tabIndex = -1; // so that the keyboard goes on from here
    }
    target.focus({ preventScroll: true });
    history.replaceState(null, "", location.pathname + location.search + link.getAttribute("href"));
  }
});

// Gradio calls the page English when it has loaded, and reads each message's source to
// screen readers ("bot's message: <div ..."): both are put right whenever they come up.
function speakVietnamese() {
  if (document.documentElement.lang !== "vi") {
    document.documentElement.lang = "vi";
  }
  const labels = {
    "[data-testid='user'][aria-label]": "Câu hỏi",
    "[data-testid='bot'][aria-label]": "Câu trả lời",
    "#hoi-dap [role='log'][aria-label]": "Cuộc trò chuyện",
  };
  // Gradio calls its starter questions a list, but its items are buttons.
  for (const list of document.querySelectorAll("#hoi-dap .examples[role='list']")) {
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", "Câu hỏi gợi ý");
  }
  // Words of Gradio's own that no dictionary of it reaches.
  for (const starter of document.querySelectorAll("#hoi-dap .example[aria-label^='Select']")) {
    starter.removeAttribute("aria-label"); // it says what it asks
  }
  for (const down of document.querySelectorAll("#hoi-dap [aria-label='Scroll down'], #hoi-dap [title='Scroll down']")) {
    down.setAttribute("aria-label", "Xuống cuối");
    down.title = "Xuống cuối";
  }
  for (const [selector, label] of Object.entries(labels)) {
    for (const element of document.querySelectorAll(selector)) {
      if (element.getAttribute("aria-label") !== label) {
        element.setAttribute("aria-label", label);
      }
    }
  }
}

document.addEventListener("DOMContentLoaded", () => {
  speakVietnamese();
  new MutationObserver(speakVietnamese).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["lang", "aria-label"],
  });
  // A document opens at the passage that was asked for.
  const target = document.querySelector(".trang-doc mark:not(.thay)") || document.querySelector("[data-dich]");
  if (target) {
    target.scrollIntoView({ block: "center" });
  }
  if (!document.querySelector(".trang")) {
    readyTheBox();
  }
});

// "./?hoi=...": the question stands in the box, to be read before it is asked. Otherwise the box is
// ready to type into, but not on a phone, where it would push the top of the page out of sight.
function readyTheBox() {
  const question = new URLSearchParams(location.search).get("hoi");
  const wait = new MutationObserver(() => {
    const box = document.querySelector("#o-hoi textarea");
    if (box) {
      wait.disconnect();
      if (question) {
        fillBox(box, question);
        history.replaceState(null, "", location.pathname);
      } else if (matchMedia("(min-width: 861px)").matches && document.activeElement === document.body) {
        box.focus({ preventScroll: true });
      }
    }
  });
  wait.observe(document.body, { subtree: true, childList: true });
}

function fillBox(box, text) {
  box.value = text.slice(0, LONGEST_SENT);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
}
