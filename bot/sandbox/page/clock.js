// The sandbox's clock: what it shows in each city, and the buttons that move it on.

import { get, post } from "./api.js";
import { button, el } from "./dom.js";
import { day, hour, instantOf, nextMorning, wallOf } from "./times.js";

export class Clock {
  constructor(settings) {
    this.settings = settings;
    this.home = settings.clocks[0];
    this.ahead = 0;
    this.faces = el("dl", { class: "clocks" });
    this.wrong = el("p", { class: "wrong", role: "alert" });
    this.field = el("input", { type: "datetime-local", "aria-label": `Jump to, time of ${this.home.city}` });
    const jump = el("form", { class: "jump", onsubmit: (event) => {
      event.preventDefault();
      if (this.field.value) this.#move({ to: instantOf(this.field.value, this.home.zone).toISOString() });
    } }, this.field, el("button", { type: "submit" }, "Jump"));
    this.node = el(
      "section", { class: "clock", "aria-label": "Clock" },
      this.faces,
      el("div", { class: "moves" },
        button("+1 hour", () => this.#move({ advance_seconds: 3600 })),
        button("+1 day", () => this.#move({ advance_seconds: 86_400 })),
        button(`Next ${settings.morning}`, () => this.#move({
          to: nextMorning(this.now(), this.home.zone, settings.morning).toISOString(),
        }), { title: `The next ${settings.morning} in ${this.home.city}` })),
      jump, this.wrong,
    );
  }

  now() {
    return new Date(Date.now() + this.ahead);
  }

  async run() {
    this.set((await get("clock")).now);
    this.field.value = wallOf(this.now(), this.home.zone);
    setInterval(() => this.#show(), 1000);
  }

  set(now) {
    this.ahead = Date.parse(now) - Date.now();
    this.#show();
  }

  async #move(body) {
    this.wrong.textContent = "";
    try {
      this.set((await post("clock", body)).now);
      this.field.value = wallOf(this.now(), this.home.zone);
    } catch (error) {
      this.wrong.textContent = error.message;
    }
  }

  #show() {
    const now = this.now();
    this.faces.replaceChildren(...this.settings.clocks.map(({ city, zone }) => el(
      "div", {}, el("dt", {}, city), el("dd", {}, el("b", {}, hour(now, zone)), el("small", {}, day(now, zone))),
    )));
  }
}
