// What lies over a phone's screen for a moment: menus, sheets with a question, toasts, alerts, a picture.

import { button, el, iconButton } from "./dom.js";

const TOAST_MS = 3500;

export class Overlays {
  constructor(screen) {
    this.screen = screen;
  }

  // items: [[label, act], …]; x and y are the window's.
  menu(items, x, y, label = "Menu") {
    const shade = this.#shade("clear");
    const list = el("div", { class: "menu", role: "menu", "aria-label": label });
    for (const [name, act] of items.filter(Boolean)) {
      list.append(button(name, () => { shade.remove(); act(); }, { role: "menuitem" }));
    }
    shade.append(list);
    const frame = this.screen.getBoundingClientRect();
    list.style.left = `${Math.max(8, Math.min(x - frame.left, frame.width - list.offsetWidth - 8))}px`;
    list.style.top = `${Math.max(8, Math.min(y - frame.top, frame.height - list.offsetHeight - 8))}px`;
    list.querySelector("button")?.focus();
  }

  // A sheet with content; the answer of *done* to its form is awaited, and a refusal is shown in it.
  sheet(title, content, { action = null, done = null } = {}) {
    const shade = this.#shade();
    const wrong = el("p", { class: "wrong", role: "alert" });
    const submit = async (event) => {
      event.preventDefault();
      try {
        await done(new FormData(event.target), event.target);
        shade.remove();
      } catch (error) {
        wrong.textContent = error.message;
      }
    };
    const heading = el("header", {}, el("h2", {}, title), iconButton("close", "Close", () => shade.remove()));
    const end = action ? el("button", { type: "submit", class: "strong" }, action) : null;
    shade.append(el("form", { class: "sheet", role: "dialog", "aria-label": title, onsubmit: submit }, heading, content, wrong, end));
    shade.querySelector("input:not([type=checkbox])")?.focus();
    return () => shade.remove();
  }

  toast(text) {
    this.screen.querySelector(".toast")?.remove();
    const node = el("div", { class: "toast", role: "status" }, el("span", { dir: "auto" }, text));
    this.screen.append(node);
    setTimeout(() => node.remove(), TOAST_MS);
  }

  alert(text) {
    const shade = this.#shade();
    const close = button("OK", () => shade.remove(), { class: "strong" });
    shade.append(el("div", { class: "alert", role: "alertdialog", "aria-label": "Alert" }, el("p", {}, text), close));
    close.focus();
  }

  photo(url, name) {
    const shade = this.#shade("dark");
    shade.append(iconButton("close", "Close", () => shade.remove()), el("img", { src: url, alt: name }));
    shade.querySelector("img").addEventListener("click", () => shade.remove());
  }

  #shade(kind = "") {
    this.screen.querySelector(".shade")?.remove();
    const shade = el("div", { class: `shade ${kind}` });
    shade.addEventListener("click", (event) => { if (event.target === shade) shade.remove(); });
    shade.addEventListener("keydown", (event) => { if (event.key === "Escape") shade.remove(); });
    this.screen.append(shade);
    return shade;
  }
}
