// A page of an original: opens at the words marked; arrows turn the page, + and - change its size.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector(".to-chu")?.scrollIntoView({ block: "center", inline: "center" });
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, select, textarea");
  if (typing || event.ctrlKey || event.altKey || event.metaKey || !document.querySelector(".thanh-trang")) {
    return;
  }
  const sheet = document.querySelector(".to-giay");
  const scrolls = event.key.startsWith("Arrow") && sheet === document.activeElement
    && sheet.scrollWidth > sheet.clientWidth; // then the arrows move the sheet
  const key = event.key === "=" ? "+" : event.key;
  const way = [...document.querySelectorAll("a[data-phim]")].find((link) => link.dataset.phim === key);
  if (way && !scrolls) {
    event.preventDefault();
    way.click();
  }
});
