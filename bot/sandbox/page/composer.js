// Where a message is written: text, attachment, reply, edit, and the menu of commands.

import { post, postFile } from "./api.js";
import { button, el, iconButton } from "./dom.js";
import { shortOf } from "./chatlist.js";

const STICKERS = ["👍", "🙏", "😀", "🎉", "❤️", "🤔"];
const ACCEPTS = { photo: "image/*", voice: "audio/*", document: "" };

export class Composer {
  // acts: {failed(error), menu(items, x, y, label), sheet(…), sent(message)}
  constructor(personId, acts) {
    this.personId = personId;
    this.acts = acts;
    this.commands = [];
    this.about = null;
    this.drafts = new Map();
    this.field = el("textarea", {
      rows: "1", dir: "auto", placeholder: "Message", "aria-label": "Message",
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event), onpaste: (event) => this.#pasted(event),
    });
    this.note = el("div", { class: "composer-note", hidden: true });
    this.offered = el("div", { class: "offered", role: "listbox", "aria-label": "Commands", hidden: true });
    this.menuButton = button("/", () => this.#toggleMenu(), {
      class: "commands", "aria-label": "Commands", title: "Commands", hidden: true,
    });
    this.attach = iconButton("clip", "Attach", () => this.#attachMenu());
    const send = iconButton("send", "Send", () => this.send());
    send.classList.add("send");
    this.row = el("div", { class: "composer-row" }, this.menuButton, this.field, this.attach, send);
    this.instead = el("div", { class: "composer-instead", hidden: true });
    this.node = el("footer", { class: "composer" }, this.offered, this.note, this.row, this.instead);
  }

  // Write into this chat from now on; what was begun in another one waits there.
  turnTo(chat) {
    if (this.chat && this.chat.id !== chat.id) {
      this.drafts.set(this.chat.id, this.about?.kind === "edit" ? "" : this.field.value);
      this.#clear();
      this.field.value = this.drafts.get(chat.id) || "";
      this.#typed();
    }
    this.chat = chat;
  }

  // Show the writing row, or one button that stands in its place.
  show(chat, commands, { start, unblock }) {
    this.chat = chat;
    const offered = commands.menu_button.type === "commands" ? commands.commands : [];
    this.commands = offered;
    this.menuButton.hidden = offered.length === 0;
    let instead = null;
    if (chat.blocked) instead = button("Unblock", unblock, { class: "strong" });
    else if (!chat.started) instead = button("Start", start, { class: "strong" });
    else if (!chat.member) instead = el("p", {}, "You cannot write in this group any more.");
    this.row.hidden = instead !== null;
    this.instead.hidden = instead === null;
    this.instead.replaceChildren(...(instead ? [instead] : []));
  }

  reply(message) {
    this.#noted({ kind: "reply", message }, message.mine ? "Reply to yourself" : `Reply to ${message.from.name}`, shortOf(message));
  }

  edit(message) {
    this.#noted({ kind: "edit", message }, "Edit", shortOf(message));
    this.field.value = message.text;
    this.#typed();
  }

  attached(file, kind) {
    this.#noted({ kind: "file", file, as: kind }, { photo: "Photo", voice: "Voice message" }[kind] || "File", file.name);
  }

  async send() {
    const text = this.field.value;
    const { about } = this;
    if (!text.trim() && about?.kind !== "file") return;
    const to = { person: this.personId, chat: this.chat.id };
    this.#clear();
    try {
      if (about?.kind === "edit") await post("edit", { ...to, message: about.message.id, text });
      else if (about?.kind === "file") await postFile({ ...to, kind: about.as, file: about.file, caption: text });
      else await this.say(text, about?.message.id);
    } catch (error) {
      this.field.value = text;
      this.#typed();
      this.acts.failed(error);
    }
  }

  async say(text, replyTo = undefined) {
    await post("say", { person: this.personId, chat: this.chat.id, text, reply_to: replyTo });
  }

  #noted(about, title, text) {
    this.about = about;
    this.note.hidden = false;
    const drop = iconButton("close", "Drop", () => this.#clear());
    this.note.replaceChildren(el("span", {}, el("b", { dir: "auto" }, title), el("span", { dir: "auto" }, text)), drop);
    this.field.focus();
  }

  #clear() {
    this.about = null;
    this.note.hidden = true;
    this.field.value = "";
    this.#typed();
  }

  #typed() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 140)}px`;
    const begun = this.field.value.match(/^\/(\w*)$/u);
    this.#offer(begun ? this.commands.filter((known) => known.command.startsWith(begun[1].toLowerCase())) : []);
  }

  #toggleMenu() {
    this.#offer(this.offered.hidden ? this.commands : []);
  }

  #offer(commands) {
    this.offered.hidden = commands.length === 0;
    this.offered.replaceChildren(...commands.map((known) => el(
      "button", { type: "button", role: "option", onclick: () => this.#choose(known) },
      el("b", {}, `/${known.command}`), el("span", { dir: "auto" }, known.description),
    )));
  }

  async #choose(known) {
    this.#clear();
    const bot = this.chat.kind === "private" ? "" : `@${this.chat.botNames[known.bot] || ""}`;
    try {
      await this.say(`/${known.command}${bot}`);
    } catch (error) {
      this.acts.failed(error);
    }
  }

  #key(event) {
    if (event.key === "Escape") this.#offer([]);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  #pasted(event) {
    const [file] = event.clipboardData.files;
    if (!file) return;
    event.preventDefault();
    this.attached(file, file.type.startsWith("image/") ? "photo" : "document");
  }

  #attachMenu() {
    const box = this.attach.getBoundingClientRect();
    const items = [
      ["Picture", () => this.#pick("photo")],
      ["File", () => this.#pick("document")],
      ["Voice message from a file", () => this.#pick("voice")],
      ["Sticker", () => this.acts.menu(STICKERS.map((emoji) => [emoji, () => this.#sticker(emoji)]), box.left, box.top - 250, "Stickers")],
      ["Contact", () => this.#contact()],
    ];
    this.acts.menu(items, box.left, box.top - 210, "Attach");
  }

  #pick(kind) {
    const input = el("input", { type: "file", accept: ACCEPTS[kind] });
    input.addEventListener("change", () => { if (input.files[0]) this.attached(input.files[0], kind); });
    input.click();
  }

  #sticker(emoji) {
    post("send_sticker", { person: this.personId, chat: this.chat.id, emoji }).catch(this.acts.failed);
  }

  #contact() {
    const fields = [
      el("label", {}, "Name", el("input", { name: "first_name", required: true })),
      el("label", {}, "Phone number", el("input", { name: "phone_number", required: true, inputmode: "tel" })),
    ];
    const done = (form) => post("send_contact", { person: this.personId, chat: this.chat.id, ...Object.fromEntries(form) });
    this.acts.sheet("Send a contact", fields, { action: "Send", done });
  }
}
