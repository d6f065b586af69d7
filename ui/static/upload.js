// Kho văn bản: files are dropped or chosen, sent one after another, and followed until they can be asked about.
"use strict";

const AT_ONCE = 2; // files sent at the same time
const LOOK_MS = 600;

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form.tha-tep");
  if (!form) {
    return;
  }
  form.classList.add("co-js-tep");
  const input = form.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    sendAll(form, [...input.files]);
    input.value = "";
  });
  let inside = 0; // dragging over a child leaves its parent
  const mark = (by) => {
    inside = Math.max(0, inside + by);
    form.classList.toggle("dang-keo", inside > 0);
  };
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragenter", (event) => carriesFiles(event) && mark(1));
  document.addEventListener("dragleave", (event) => carriesFiles(event) && mark(-1));
  document.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (carriesFiles(event)) { // anywhere: a file that misses would replace the page
      event.preventDefault();
      mark(-inside);
      sendAll(form, droppedFiles(event.dataTransfer));
    }
  });
  followAll();
});

function droppedFiles(transfer) {
  const folders = new Set([...transfer.items ?? []]
    .map((item) => item.webkitGetAsEntry?.())
    .filter((entry) => entry?.isDirectory)
    .map((entry) => entry.name));
  return [...transfer.files].map((file) => (folders.has(file.name) ? { name: file.name, folder: true } : file));
}

const waiting = [];
let sending = 0;

function sendAll(form, files) {
  const list = document.querySelector("ul.cac-tep");
  const replaces = form.querySelector("[name=thay]")?.value;
  for (const file of replaces ? files.slice(0, 1) : files) {
    const row = newRow(file.name);
    list.prepend(row);
    if (file.folder) {
      failed(row, "Đây là một thư mục. Hãy mở thư mục và chọn các tệp bên trong.");
    } else if (file.size > Number(form.dataset.toiDa)) {
      failed(row, `Tệp lớn hơn ${form.dataset.toiDa / 2 ** 20} MB. Hãy chia thành các tệp nhỏ hơn.`);
    } else {
      waiting.push(() => send(form, file, replaces, row));
    }
  }
  sendNext();
}

function sendNext() {
  while (sending < AT_ONCE && waiting.length) {
    sending += 1;
    waiting.shift()().finally(() => {
      sending -= 1;
      sendNext();
    });
  }
}

function newRow(name) {
  const row = document.createElement("li");
  row.className = "tep-gui";
  const head = Object.assign(document.createElement("p"), { className: "dau-tep" });
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  bar.setAttribute("aria-label", "Đang gửi");
  head.append(Object.assign(document.createElement("strong"), { textContent: name }), " ",
    Object.assign(document.createElement("span"), { className: "tinh-trang", textContent: "Đang gửi" }), bar);
  row.append(head);
  return row;
}

function failed(row, html) {
  row.classList.add("hong");
  row.querySelector("progress")?.remove();
  row.querySelector(".tinh-trang").textContent = "Chưa gửi được";
  const said = new DOMParser().parseFromString(html, "text/html").body.textContent;
  row.append(Object.assign(document.createElement("p"), { textContent: said }));
}

// The bar shows how much has gone; a request that tells this is still made the old way.
function send(form, file, replaces, row) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ ten: file.name, ...(replaces ? { thay: replaces } : {}) });
    request.open("POST", `${form.dataset.gui}?${query}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => {
      row.querySelector("progress").value = event.loaded / Math.max(event.total, 1);
    };
    request.onload = () => {
      let said = {};
      try {
        said = JSON.parse(request.responseText);
      } catch { /* an answer that is none of ours */ }
      if (request.status === 200 && said.html) {
        row.replaceWith(rowOf(said.html));
        followAll();
      } else {
        failed(row, said.loi ?? said.detail ?? "Máy chủ không nhận tệp này. Hãy thử lại.");
      }
      done();
    };
    request.onerror = () => {
      failed(row, "Mất kết nối tới chương trình. Hãy kiểm tra chương trình còn chạy rồi gửi lại.");
      done();
    };
    request.send(file);
  });
}

function rowOf(html) {
  return new DOMParser().parseFromString(html, "text/html").querySelector("li");
}

let following = false;

async function followAll() {
  if (following) {
    return;
  }
  following = true;
  const form = document.querySelector("form.tha-tep");
  for (;;) {
    const rows = [...document.querySelectorAll(".tep-gui[data-ma]:not([data-xong])")].slice(0, 100);
    if (!rows.length) {
      break;
    }
    await new Promise((go) => { setTimeout(go, LOOK_MS); });
    let came;
    try {
      const query = rows.map((row) => `ma=${row.dataset.ma}`).join("&");
      came = await (await fetch(`${form.dataset.gui}?${query}`)).json();
    } catch {
      continue; // the server has ended, or the line is cut; it may come back
    }
    let ended = false;
    for (const { ma, xong, html } of came.tep) {
      const row = document.getElementById(`tep-${ma}`);
      const fresh = html && rowOf(html);
      if (!html) { // another server answers now and knows nothing of this file
        row.dataset.xong = "1";
        row.querySelector("progress")?.remove();
        row.querySelector(".tinh-trang").textContent = "Chương trình đã khởi động lại, hãy xem danh sách bên dưới";
      } else if (row.querySelector(".tinh-trang").textContent !== fresh.querySelector(".tinh-trang").textContent) {
        row.replaceWith(fresh);
      }
      ended ||= xong;
    }
    if (ended) {
      await refreshList();
    }
  }
  following = false;
}

// The list below shows what is in the library now; what is being chosen or typed above it stays.
async function refreshList() {
  try {
    const answer = await fetch(location.href);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of [".ket-qua", ".da-go"]) {
      const [old, now] = [document.querySelector(part), fresh.querySelector(part)];
      if (old && now) {
        old.replaceWith(now);
      } else if (now) {
        document.querySelector(".them-vb").after(now);
      }
    }
  } catch { /* it is shown when the page is loaded again */ }
}
