// Soạn thảo: a long draft's precedents come in a few paragraphs at a time; words are copied with their source.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const progress = document.querySelector(".tien-do[data-lay]");
  if (progress) {
    fillIn(progress);
  }
});

async function fillIn(progress) {
  const bar = progress.querySelector("progress");
  const said = progress.querySelector("[role=status]");
  const last = Number(progress.dataset.den);
  let at = Number(progress.dataset.tu);
  while (at < last) {
    let came;
    try {
      const answer = await fetch(`${progress.dataset.lay}&tu=${at}`);
      came = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      came = null; // the server has ended, or the line is cut
    }
    const found = came ? [...came.querySelectorAll("article.doan-soan")] : [];
    if (!found.length) {
      said.textContent = `Dừng ở ${at}/${last} đoạn. ${came?.querySelector(".loi")?.textContent
        ?? "Mất kết nối. Anh/chị vui lòng tải lại trang."}`;
      return;
    }
    for (const article of found) {
      document.getElementById(article.id)?.replaceWith(article);
    }
    at += found.length;
    bar.value = at;
    said.textContent = `${at}/${last} đoạn`;
  }
  progress.querySelector("label").textContent = "Đã tìm xong";
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.(".chep-le");
  if (button) {
    button.textContent = (await copied(button.dataset.chep)) ? "Đã chép" : "Không chép được";
    setTimeout(() => { button.textContent = "Chép kèm nguồn"; }, 2000);
  }
});

// A file that the server would refuse is told before it travels.
document.addEventListener("change", (event) => {
  const most = Number(event.target.dataset?.toiDa);
  if (most) {
    const tooLarge = (event.target.files[0]?.size ?? 0) > most;
    event.target.setCustomValidity(tooLarge ? `Tệp lớn hơn ${most / 2 ** 20} MB, hãy chọn tệp nhỏ hơn.` : "");
    event.target.reportValidity();
    const shown = event.target.parentElement.querySelector(".ten-tep");
    if (shown) {
      shown.textContent = event.target.files[0]?.name ?? "";
    }
  }
});
