// A person's chats, the newest first.

import { avatar, el, iconButton } from "./dom.js";
import { hour, shortDay } from "./times.js";

export class ChatList {
  // acts: {open(chatId), link(), newGroup(), people(), client(x, y)}
  constructor(person, zone, acts) {
    this.zone = zone;
    this.acts = acts;
    this.list = el("ul", { class: "chats" });
    const own = el("button", { type: "button", class: "own", "aria-label": `${person.name}, settings`, onclick: () => {
      const box = own.getBoundingClientRect();
      acts.client(box.left, box.bottom);
    } }, avatar(person.id, person.name, "small"));
    this.node = el(
      "section", { class: "chat-list", "aria-label": `Chats of ${person.name}` },
      el("header", { class: "bar" },
        own,
        el("div", { class: "title" }, el("div", { class: "names" }, el("b", { dir: "auto" }, person.name), el("small", { dir: "auto" }, person.note))),
        iconButton("link", "Open an invitation link", acts.link),
        iconButton("group", "New group", acts.newGroup),
        iconButton("people", "People and clock", acts.people, { class: "round narrow-only" })),
      this.list,
    );
  }

  show(chats, now) {
    this.list.replaceChildren(...chats.map((chat) => this.#row(chat, now)));
  }

  #row(chat, now) {
    const { last } = chat;
    return el("li", {}, el(
      "button", { type: "button", class: "chat", data: { chat: chat.id }, onclick: () => this.acts.open(chat.id) },
      avatar(chat.id, chat.title),
      el("span", { class: "about" },
        el("span", { class: "upper" },
          el("b", { dir: "auto" }, chat.title),
          last ? el("time", { datetime: last.at }, this.#when(last.at, now)) : null),
        el("span", { class: "lower" },
          el("span", { class: "preview", dir: "auto" }, previewOf(chat)),
          chat.unread ? el("span", { class: "badge", "aria-label": `${chat.unread} unread` }, String(chat.unread)) : null)),
    ));
  }

  #when(at, now) {
    return now - new Date(at) < 20 * 3600_000 ? hour(at, this.zone) : shortDay(at, this.zone);
  }
}

function previewOf(chat) {
  if (chat.blocked) return "Blocked";
  if (!chat.started) return "Not started yet";
  if (!chat.last) return "";
  return shortOf(chat.last);
}

export function shortOf(message) {
  if (message.service) return message.service;
  const kind = message.media ? message.media.emoji || { photo: "Photo", voice: "Voice message" }[message.media.kind] || message.media.name || message.media.kind : "";
  return (message.text || kind).replaceAll("\n", " ").trim();
}
