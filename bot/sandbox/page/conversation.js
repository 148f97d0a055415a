// One open chat: its header, pinned message, messages and composer.

import { get, post } from "./api.js";
import { shortOf } from "./chatlist.js";
import { Composer } from "./composer.js";
import { avatar, el, icon, iconButton } from "./dom.js";
import { messageNode } from "./message.js";
import { day } from "./times.js";

const PAGE = 50;
const NEAR_END = 60;
const NEAR_START = 60;
const ANSWER_MS = 15_000;
const TYPING_MS = 5000;

export class Conversation {
  // acts: {overlays, back(), start(chat), unblock(chat), follow(url), about(chat, x, y), forward(message), failed(error)}
  constructor(person, zone, acts) {
    this.person = person;
    this.zone = zone;
    this.acts = acts;
    this.messages = new Map();
    this.presses = new Map();
    this.answered = new Map();
    this.isAtEnd = true;
    this.list = el("ol", { class: "messages", role: "log", "aria-label": "Messages" });
    this.scroller = el("div", { class: "scroller", tabindex: "-1", onscroll: () => this.#scrolled() }, this.list);
    // Pictures arrive later than their message, and a keyboard takes half the screen.
    const grown = new ResizeObserver(() => { if (this.isAtEnd) this.#toEnd(); });
    grown.observe(this.list);
    grown.observe(this.scroller);
    this.head = el("button", { type: "button", class: "title", onclick: () => {
      const box = this.head.getBoundingClientRect();
      acts.about(this.chat, box.left, box.bottom);
    } });
    this.pinned = el("button", { type: "button", class: "pinned", hidden: true });
    this.down = iconButton("down", "To the newest", () => this.#toEnd(), { class: "round down", hidden: true });
    const { overlays, failed } = acts;
    this.composer = new Composer(person.id, {
      failed,
      menu: (...given) => overlays.menu(...given),
      sheet: (...given) => overlays.sheet(...given),
    });
    this.node = el(
      "section", { class: "conversation", "aria-label": "Conversation" },
      el("header", { class: "bar" }, iconButton("back", "Back", acts.back), this.head),
      this.pinned,
      el("div", { class: "wall" }, this.scroller, this.down),
      this.composer.node,
    );
  }

  async open(chat) {
    this.chat = chat;
    this.messages = new Map();
    this.list.replaceChildren();
    this.composer.turnTo(chat);
    const { messages, more } = await get("messages", { person: this.person.id, chat: chat.id, limit: PAGE });
    if (this.chat.id !== chat.id) return;
    // What happened while these were on their way is newer than they are.
    const met = this.messages;
    this.messages = new Map(messages.map((message) => [message.id, message]));
    for (const [id, message] of met) this.messages.set(id, message);
    this.hasMore = more;
    const others = messages.filter((message) => !message.mine);
    this.firstUnread = chat.unread && chat.unread < PAGE ? others.at(-chat.unread)?.id : null;
    await this.refresh(chat);
    this.#draw();
    const line = this.list.querySelector(".unread-line");
    this.isAtEnd = !line;
    if (line) line.scrollIntoView({ block: "start" });
    else this.#toEnd();
  }

  // The chat's title, members, pins or standing may have changed.
  async refresh(chat) {
    this.chat = chat;
    this.#showHead(`${{ private: "bot", group: "group", supergroup: "supergroup" }[chat.kind]}${chat.kind === "private" ? "" : `, ${chat.members.length} members`}`);
    this.#showPinned(chat.pinned);
    const commands = await get("commands", { person: this.person.id, chat: chat.id });
    if (this.chat.id !== chat.id) return;
    this.composer.show(chat, commands, { start: () => this.acts.start(chat), unblock: () => this.acts.unblock(chat) });
    if (!chat.started) this.#draw();
  }

  put(message) {
    const known = this.messages.has(message.id);
    this.messages.set(message.id, message);
    const old = this.#nodeOf(message.id);
    if (known && old) old.replaceWith(this.#node(message));
    else this.#append(message);
    if (this.isAtEnd || (message.mine && !known)) this.#toEnd();
    if (!known && !message.mine) this.#showHead();
  }

  drop(messageId) {
    this.messages.delete(messageId);
    this.#nodeOf(messageId)?.remove();
  }

  typing() {
    this.#showHead("typing…", true);
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => this.#showHead(), TYPING_MS);
  }

  answer(event) {
    const release = this.presses.get(event.query);
    if (!release) {
      this.answered.set(event.query, event);
      return;
    }
    this.presses.delete(event.query);
    release();
    if (event.url) this.acts.follow(event.url);
    else if (event.text && event.alert) this.acts.overlays.alert(event.text);
    else if (event.text) this.acts.overlays.toast(event.text);
  }

  #showHead(about = this.standing, isTyping = false) {
    if (!isTyping) this.standing = about;
    this.head.replaceChildren(
      avatar(this.chat.id, this.chat.title, "small"),
      el("span", { class: "names" }, el("b", { dir: "auto" }, this.chat.title), el("small", { class: isTyping ? "typing" : "" }, about)),
    );
    this.head.setAttribute("aria-label", `${this.chat.title}, ${about}`);
  }

  #showPinned(pinned) {
    const newest = pinned.at(-1);
    this.pinned.hidden = !newest;
    if (!newest) return;
    this.pinned.replaceChildren(icon("pin"), el("span", {}, el("b", {}, "Pinned"), el("span", { dir: "auto" }, shortOf(newest))));
    this.pinned.onclick = () => this.#jump(newest.id);
  }

  #draw() {
    if (!this.chat.started && this.messages.size === 0) {
      const about = this.chat.description || "This bot says nothing about itself yet.";
      this.list.replaceChildren(el("li", { class: "introduction" }, el("b", {}, "What can this bot do?"), el("p", {}, about)));
      return;
    }
    this.list.replaceChildren();
    this.lastDay = null;
    const ordered = [...this.messages.values()].sort((a, b) => a.id - b.id);
    for (const message of ordered) this.#append(message);
  }

  #append(message) {
    this.list.querySelector(".introduction")?.remove();
    const today = day(message.at, this.zone);
    if (today !== this.lastDay) this.list.append(el("li", { class: "service day" }, el("span", {}, today)));
    this.lastDay = today;
    if (message.id === this.firstUnread) this.list.append(el("li", { class: "unread-line" }, el("span", {}, "Unread messages")));
    this.list.append(this.#node(message));
  }

  #node(message) {
    return messageNode(message, {
      zone: this.zone,
      isGroup: this.chat.kind !== "private",
      acts: {
        link: this.acts.follow,
        command: (text) => this.composer.say(text).catch(this.acts.failed),
        press: (...given) => this.#press(...given),
        menu: (...given) => this.#menu(...given),
        jump: (id) => this.#jump(id),
        photo: (url, name) => this.acts.overlays.photo(url, name),
      },
    });
  }

  async #press(message, shown, node) {
    if (shown.url) {
      this.acts.follow(shown.url);
      return;
    }
    if (node.classList.contains("pending")) return;
    node.classList.add("pending");
    node.setAttribute("aria-busy", "true");
    const release = () => {
      node.classList.remove("pending");
      node.removeAttribute("aria-busy");
    };
    try {
      const press = { person: this.person.id, chat: this.chat.id, message: message.id, data: shown.data };
      const { query } = await post("press", press);
      this.presses.set(query, release);
      setTimeout(() => { this.presses.delete(query); release(); }, ANSWER_MS);
      const early = this.answered.get(query);
      this.answered.clear();
      if (early) this.answer(early);
    } catch (error) {
      release();
      this.acts.failed(error);
    }
  }

  #menu(message, x, y) {
    const at = { person: this.person.id, chat: this.chat.id, message: message.id };
    this.acts.overlays.menu([
      ["Reply", () => this.composer.reply(message)],
      message.text ? ["Copy text", () => navigator.clipboard.writeText(message.text).catch(this.acts.failed)] : null,
      message.mine && message.text && !message.forwarded_from ? ["Edit", () => this.composer.edit(message)] : null,
      ["Forward", () => this.acts.forward(message)],
      message.mine || this.chat.kind === "private" || this.#isAdmin() ? ["Delete", () => post("delete", at).catch(this.acts.failed)] : null,
    ], x, y, "Message");
  }

  #isAdmin() {
    const own = this.chat.members.find((member) => member.id === this.person.id);
    return ["creator", "administrator"].includes(own?.status);
  }

  async #jump(id) {
    while (!this.#nodeOf(id) && this.hasMore) await this.#older();
    const node = this.#nodeOf(id);
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.add("found");
    setTimeout(() => node.classList.remove("found"), 1500);
  }

  async #older() {
    const first = Math.min(...this.messages.keys());
    const { messages, more } = await get("messages", { person: this.person.id, chat: this.chat.id, before: first, limit: PAGE });
    this.hasMore = more;
    const below = this.scroller.scrollHeight - this.scroller.scrollTop;
    for (const message of messages) this.messages.set(message.id, message);
    this.#draw();
    this.scroller.scrollTop = this.scroller.scrollHeight - below;
  }

  async #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    this.down.hidden = this.isAtEnd;
    if (scrollTop > NEAR_START || !this.hasMore || this.loading) return;
    this.loading = true;
    try {
      await this.#older();
    } catch (error) {
      this.acts.failed(error);
    } finally {
      this.loading = false;
    }
  }

  #nodeOf(id) {
    return this.list.querySelector(`[data-id="${id}"]`);
  }

  #toEnd() {
    this.isAtEnd = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }
}
