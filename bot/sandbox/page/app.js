// The page: who there is, the clock, and one or two phones.

import { get, pageSettings } from "./api.js";
import { Clock } from "./clock.js";
import { avatar, button, el, iconButton } from "./dom.js";
import { Phone } from "./phone.js";

const LOOK_MS = 3000;

class Page {
  constructor(settings) {
    this.settings = settings;
    this.clock = new Clock(settings);
    this.everyone = { people: [], bots: [] };
    this.phones = [];
    this.active = 0;
    this.place = document.querySelector("#phones");
    this.people = el("ul", { class: "people" });
    this.faults = el("p", { class: "wrong", role: "alert" });
    this.second = button("Two phones", () => this.#toggleSecond(), { class: "second wide-only", "aria-pressed": "false" });
    document.querySelector("#panel").append(
      el("header", {}, el("h1", {}, "Local messenger"), this.second, iconButton("close", "Close", () => this.#panel(false), { class: "round narrow-only" })),
      this.clock.node,
      el("nav", { "aria-label": "Be somebody else" }, this.people),
      this.faults,
    );
  }

  async run() {
    await this.look();
    await this.clock.run();
    const asked = location.hash.slice(1).split(",").filter(Boolean).map((part) => part.split("/").map(Number));
    const known = asked.filter(([personId]) => this.#person(personId));
    if (!known.length && this.everyone.people.length) known.push([this.everyone.people[0].id]);
    known.slice(0, 2).forEach(([personId, chatId], at) => this.show(at, personId, chatId));
    this.active = 0;
    this.#mark();
    setInterval(() => this.look().catch(() => {}), LOOK_MS);
  }

  async look() {
    this.everyone = await get("people");
    const { faults } = await get("faults");
    this.faults.textContent = faults.length ? `The bot's mistakes: ${faults.slice(-3).join("; ")}` : "";
    this.#showPeople();
  }

  show(at, personId, chatId = null) {
    const person = this.#person(personId);
    this.phones[at]?.stop();
    const zone = this.settings.zones[personId] || this.settings.clocks[0].zone;
    const phone = new Phone(person, zone, {
      clock: (now) => this.clock.set(now),
      happened: () => this.#soon(),
      moved: () => this.#remember(),
      people: () => this.#panel(true),
      everyone: () => this.everyone,
      now: () => this.clock.now(),
    });
    phone.openId = chatId;
    phone.node.addEventListener("pointerdown", () => this.#activate(phone), { capture: true });
    phone.node.addEventListener("focusin", () => this.#activate(phone));
    this.phones[at] = phone;
    this.place.replaceChildren(...this.phones.map((shown) => shown.node));
    this.active = at;
    phone.run();
    this.#remember();
    this.#mark();
  }

  #person(personId) {
    return this.everyone.people.find((person) => person.id === personId);
  }

  #activate(phone) {
    const at = this.phones.indexOf(phone);
    if (at === this.active || at < 0) return;
    this.active = at;
    this.#mark();
  }

  #toggleSecond() {
    if (this.phones.length > 1) {
      this.phones.pop().stop();
      this.active = 0;
      this.#remember();
      this.#mark();
      return;
    }
    const language = this.phones[0].person.language_code;
    const others = this.everyone.people.filter((person) => person.id !== this.phones[0].person.id);
    const other = others.find((person) => person.language_code !== language) || others[0];
    if (other) this.show(1, other.id, this.phones[0].openId > 0 ? this.phones[0].openId : null);
  }

  #remember() {
    const parts = this.phones.map((phone) => (phone.openId === null ? phone.person.id : `${phone.person.id}/${phone.openId}`));
    history.replaceState(null, "", `#${parts.join(",")}`);
  }

  #mark() {
    this.phones.forEach((phone, at) => phone.node.classList.toggle("active", this.phones.length > 1 && at === this.active));
    this.second.setAttribute("aria-pressed", String(this.phones.length > 1));
    this.#showPeople();
  }

  #soon() {
    clearTimeout(this.gathering);
    this.gathering = setTimeout(() => this.look().catch(() => {}), 200);
  }

  #showPeople() {
    const shown = this.phones.map((phone) => phone.person.id);
    const focused = document.activeElement?.closest?.(".people button")?.dataset.person;
    this.people.replaceChildren(...this.everyone.people.map((person) => el("li", {}, el(
      "button", {
        type: "button", data: { person: person.id }, "aria-pressed": String(shown.includes(person.id)),
        onclick: () => this.#choose(person.id),
      },
      avatar(person.id, person.name, "small"),
      el("span", { class: "about" }, el("b", { dir: "auto" }, person.name), el("small", { dir: "auto" }, person.note)),
      person.unread ? el("span", { class: "badge", "aria-label": `${person.unread} unread` }, String(person.unread)) : null,
    ))));
    if (focused) this.people.querySelector(`[data-person="${focused}"]`)?.focus();
  }

  #choose(personId) {
    this.#panel(false);
    const already = this.phones.findIndex((phone) => phone.person.id === personId);
    if (already >= 0) {
      this.active = already;
      this.#mark();
      return;
    }
    const open = this.phones[this.active]?.openId ?? null;
    this.show(this.phones.length ? this.active : 0, personId, open);
  }

  #panel(isOpen) {
    document.body.classList.toggle("panel-open", isOpen);
  }
}

const page = new Page(await pageSettings());
await page.run();
