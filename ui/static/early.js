// Before anything is drawn: light or dark, as the system says or as was chosen on this page.
"use strict";

(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => { try { return localStorage.getItem("sang-toi"); } catch { return null; } };
  const apply = () => {
    const dark = chosen() ? chosen() === "toi" : system.matches;
    document.documentElement.classList.toggle("toi", dark);
    document.body?.classList.toggle("dark", dark); // Gradio's own word for it
  };
  document.documentElement.classList.add("co-js");
  apply();
  system.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", apply);
  window.doiSangToi = () => {
    const dark = document.documentElement.classList.contains("toi");
    try { localStorage.setItem("sang-toi", dark ? "sang" : "toi"); } catch { /* it lasts as long as the page */ }
    apply();
  };
})();
