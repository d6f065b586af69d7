// Theo dõi: what is followed, kept in this browser alone; the server is asked only what is new of it.
"use strict";

const WATCHED = "theo-doi", MOST_WATCHED = 50;
const NEWS = "./theo-doi/moi", MOMENT = "./theo-doi/moc";

// Each: kind, address (of the place that shows it), name, since (a moment), news (how many, at `counted`).
function readWatched() {
  try {
    const kept = JSON.parse(localStorage.getItem(WATCHED) ?? "{}");
    const sound = kept?.version === 1 && Array.isArray(kept.items);
    return sound ? kept.items.filter((item) => typeof item?.address === "string") : [];
  } catch {
    return []; // a browser that keeps nothing, or something else of that name
  }
}
function writeWatched(items) {
  try {
    localStorage.setItem(WATCHED, JSON.stringify({ version: 1, items }));
    return true;
  } catch {
    return false;
  }
}
function canKeep() {
  try {
    localStorage.setItem("thu", "1");
    localStorage.removeItem("thu");
    return true;
  } catch {
    return false;
  }
}
function changeWatched(address, change) {
  const items = readWatched(); // read anew: another tab may have changed it
  writeWatched(items.map((item) => (item.address === address ? { ...item, ...change } : item)));
  showCount();
}
function forget(address) {
  writeWatched(readWatched().filter((item) => item.address !== address));
  showCount();
}

function showButton(button) {
  const followed = readWatched().some((item) => item.address === button.dataset.noi);
  button.hidden = followed && button.dataset.cach === "library"; // the list has it, with a button to stop
  button.textContent = followed ? "Đang theo dõi" : button.dataset.chua;
  button.setAttribute("aria-pressed", String(followed));
  button.title = followed ? "Bấm để thôi theo dõi" : "Báo khi kho có văn bản mới về việc này";
}
function showButtons() {
  document.querySelectorAll("button.theo-doi").forEach(showButton);
}
function toggle(button) {
  const { cach: kind, noi: address, goi: name, moc } = button.dataset;
  const items = readWatched();
  if (items.some((item) => item.address === address)) {
    forget(address);
  } else if (items.length >= MOST_WATCHED) {
    button.textContent = `Đã theo dõi ${MOST_WATCHED} mục, hãy bỏ bớt`;
    return;
  } else {
    writeWatched([{ kind, address, name, since: Number(moc), news: 0, counted: Number(moc) }, ...items]);
    showCount();
  }
  showButtons();
  if (document.getElementById("theo-doi")) {
    showWatched();
  }
}

// The news of one thing followed, made by the server, every word of it escaped; null without an answer.
async function newsOf(item) {
  const fields = new URLSearchParams(item.address.split("?")[1] ?? "");
  fields.set("cach", item.kind);
  fields.set("tu", item.since);
  const answer = await fetch(`${NEWS}?${fields}`).catch(() => null);
  if (!answer?.ok) {
    return null;
  }
  const came = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".moi");
  if (came) {
    changeWatched(item.address, { news: Number(came.dataset.so), counted: Number(came.dataset.moc) });
  }
  return came;
}

function showCount() {
  const bell = document.querySelector(".chuong");
  const news = readWatched().filter((item) => item.news > 0).length;
  if (bell) {
    bell.querySelector(".dem").textContent = news ? String(news) : "";
    bell.title = news ? `${news} mục theo dõi có văn bản mới` : "Những gì đang theo dõi";
  }
}
// Counted anew only when something has come into the library since it was counted last.
async function countNews() {
  const items = readWatched();
  if (!items.length) {
    return;
  }
  const answer = await fetch(MOMENT).catch(() => null);
  const moment = answer?.ok ? Number(await answer.text()) : NaN;
  for (const item of Number.isNaN(moment) ? [] : items) {
    if (item.counted !== moment) {
      await newsOf(item);
    }
  }
}

function card(item) {
  const box = document.createElement("article");
  box.className = "van-ban-thay";
  const heading = document.createElement("h2");
  const link = Object.assign(document.createElement("a"), { textContent: item.name });
  link.href = item.address.startsWith("./") ? item.address : "./"; // never an address of elsewhere
  heading.append(link);
  const news = Object.assign(document.createElement("div"), { className: "moi", textContent: "Đang xem…" });
  const todo = Object.assign(document.createElement("p"), { className: "viec" });
  const seen = Object.assign(document.createElement("button"), { type: "button", className: "nut", textContent: "Đã xem" });
  seen.hidden = true;
  const stop = Object.assign(document.createElement("button"), { type: "button", className: "nut", textContent: "Thôi theo dõi" });
  stop.addEventListener("click", () => { forget(item.address); showWatched(); showButtons(); });
  todo.append(seen, stop);
  box.append(heading, news, todo);
  const fill = async () => {
    const came = await newsOf(item);
    box.querySelector(".moi").replaceWith(came ?? Object.assign(news, { textContent: "Mất kết nối. Anh/chị vui lòng tải lại trang." }));
    seen.hidden = !Number(came?.dataset.so);
  };
  seen.addEventListener("click", () => {
    item.since = Number(box.querySelector(".moi").dataset.moc);
    changeWatched(item.address, { since: item.since, news: 0 });
    fill();
  });
  return { box, fill };
}
async function showWatched() {
  const room = document.getElementById("theo-doi");
  const items = readWatched();
  if (!items.length) {
    room.replaceChildren(document.getElementById("chua-theo-doi").content.cloneNode(true));
    return;
  }
  const cards = items.map(card);
  room.replaceChildren(...cards.map(({ box }) => box));
  for (const { fill } of cards) {
    await fill();
  }
  // What has news stands first, in the order it was followed.
  const withNews = cards.map(({ box }) => box).filter((box) => box.isConnected && Number(box.querySelector(".moi").dataset.so));
  room.prepend(...withNews);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button.theo-doi");
  if (button) {
    toggle(button);
  }
});
addEventListener("storage", (event) => { // another tab
  if (event.key === WATCHED) {
    showCount();
    showButtons();
  }
});
document.addEventListener("DOMContentLoaded", () => {
  if (!canKeep()) {
    return;
  }
  for (const hidden of document.querySelectorAll("button.theo-doi, .chuong")) {
    hidden.hidden = false;
  }
  showButtons();
  showCount();
  if (document.getElementById("theo-doi")) {
    showWatched();
  } else {
    countNews();
  }
});
