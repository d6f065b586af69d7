// What the page does by itself; everything else is Gradio's or the server's.
"use strict";

// The server accepts 2,000 characters. One more is enough for it to say "too long", and a
// pasted file of megabytes never has to travel.
const LONGEST_QUESTION = 2001;

document.addEventListener("input", (event) => {
  const box = event.target;
  if (box.matches?.("#o-hoi textarea") && box.value.length > LONGEST_QUESTION) {
    box.value = box.value.slice(0, LONGEST_QUESTION);
  }
}, true);

// A link into this page ("#s3"): with Gradio's <base> it would load the page anew.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  const target = link && document.getElementById(link.getAttribute("href").slice(1));
  if (target) {
    event.preventDefault();
    target.scrollIntoView({ block: "start" });
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
  const target = document.querySelector(".trang-doc mark") || document.querySelector("[data-dich]");
  if (target) {
    target.scrollIntoView({ block: "center" });
  }
});
