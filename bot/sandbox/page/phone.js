// One person's phone: the chats, or one of them, and everything that happens to the person.

import { get, post } from "./api.js";
import { ChatList } from "./chatlist.js";
import { Conversation } from "./conversation.js";
import { button, el } from "./dom.js";
import { Feed } from "./feed.js";
import { groupSheet, newGroupSheet } from "./groups.js";
import { Overlays } from "./overlays.js";
import { isSafe } from "./richtext.js";

const GATHER_MS = 60;
const LANGUAGES = { fa: "فارسی", tg: "Тоҷикӣ", ru: "Русский", en: "English" };

export class Phone {
  // told: {clock(now), happened(), moved(), people(), everyone(), now()}
  constructor(person, zone, told) {
    this.person = person;
    this.told = told;
    this.zone = zone;
    this.chats = [];
    this.openId = null;
    this.screen = el("div", { class: "screen" });
    this.overlays = new Overlays(this.screen);
    this.offline = el("div", { class: "offline", role: "status", hidden: true }, "Connecting…");
    this.node = el("article", { class: "phone", "aria-label": `Phone of ${person.name}`, data: { person: person.id } }, this.screen);
    const failed = (error) => this.overlays.toast(error.message);
    this.failed = failed;
    this.chatList = new ChatList(person, zone, {
      open: (chatId) => this.open(chatId),
      link: () => this.askLink(),
      newGroup: () => newGroupSheet(this.overlays, person, told.everyone(), (chatId) => this.#openNew(chatId)),
      people: told.people,
      client: (x, y) => this.#clientMenu(x, y),
    });
    this.conversation = new Conversation(person, zone, {
      overlays: this.overlays, failed,
      back: () => this.close(),
      start: () => this.#run(() => post("open_link", { person: person.id, payload: "", bot: this.openId })),
      unblock: () => this.#run(() => post("unblock", { person: person.id, bot: this.openId })),
      follow: (url) => this.follow(url),
      about: (chat, x, y) => this.#about(chat, x, y),
      forward: (message) => this.#forward(message),
    });
    this.screen.append(this.chatList.node, this.conversation.node, this.offline);
    this.conversation.node.hidden = true;
    this.feed = new Feed(person.id, {
      connected: (isConnected) => { this.offline.hidden = isConnected; },
      loaded: () => this.#loaded(),
      happened: (event) => this.#happened(event),
    });
  }

  run() {
    this.feed.run();
  }

  stop() {
    this.feed.stop();
    this.node.remove();
  }

  async open(chatId) {
    const chat = this.chats.find((known) => known.id === chatId);
    if (!chat) {
      this.close();
      return;
    }
    this.openId = chatId;
    this.told.moved();
    try {
      // What is not shown cannot be scrolled to its end.
      this.chatList.node.hidden = true;
      this.conversation.node.hidden = false;
      await this.conversation.open(this.#withBots(chat));
      if (window.matchMedia("(hover: hover)").matches) this.conversation.composer.field.focus({ preventScroll: true });
      await this.#reload();
    } catch (error) {
      this.failed(error);
    }
  }

  close() {
    this.openId = null;
    this.conversation.node.hidden = true;
    this.chatList.node.hidden = false;
    this.told.moved();
  }

  askLink() {
    const field = el("input", { name: "link", required: true, inputmode: "url", placeholder: "https://t.me/…?start=…" });
    const done = async (form) => this.#openInvitation({ link: form.get("link").trim() });
    this.overlays.sheet("Open an invitation link", el("label", {}, "Link", field), { action: "Open", done });
  }

  // A link somebody tapped: those of our own bot open it here, others a window of the browser.
  async follow(url) {
    const own = this.told.everyone().bots.some((bot) => url.toLowerCase().includes(`t.me/${bot.username.toLowerCase()}`));
    if (own) await this.#run(() => this.#openInvitation({ link: url }));
    else if (isSafe(url)) window.open(url, "_blank", "noopener,noreferrer");
    else this.overlays.toast("This link cannot be opened here.");
  }

  async #openInvitation(body) {
    const { chat } = await post("open_link", { person: this.person.id, ...body });
    await this.#openNew(chat);
  }

  async #openNew(chatId) {
    await this.#reload();
    await this.open(chatId);
  }

  async #loaded() {
    await this.#reload();
    if (this.openId !== null) await this.open(this.openId);
  }

  async #reload() {
    const { chats } = await get("chats", { person: this.person.id });
    this.chats = chats;
    this.chatList.show(chats, this.told.now());
    const chat = chats.find((known) => known.id === this.openId);
    if (chat && this.conversation.chat) await this.conversation.refresh(this.#withBots(chat));
    this.told.happened();
  }

  #soon() {
    clearTimeout(this.gathering);
    this.gathering = setTimeout(() => this.#run(() => this.#reload()), GATHER_MS);
  }

  #happened(event) {
    const isOpen = event.chat !== null && event.chat === this.openId;
    switch (event.kind) {
      case "message":
        if (isOpen) {
          this.conversation.put(event.message);
          get("messages", { person: this.person.id, chat: event.chat, limit: 1 }).then(() => this.#soon(), this.failed);
        } else this.#soon();
        break;
      case "edited":
        if (isOpen) this.conversation.put(event.message);
        this.#soon();
        break;
      case "deleted":
        if (isOpen) this.conversation.drop(event.message_id);
        this.#soon();
        break;
      case "typing":
        if (isOpen) this.conversation.typing();
        break;
      case "answer":
        this.conversation.answer(event);
        break;
      case "moved":
        if (isOpen) this.#openNew(event.to).catch(this.failed);
        else this.#soon();
        break;
      case "clock":
        this.told.clock(event.now);
        break;
      default:
        this.#soon();
    }
  }

  #withBots(chat) {
    const names = Object.fromEntries(this.told.everyone().bots.map((bot) => [bot.id, bot.username]));
    return { ...chat, botNames: names };
  }

  #about(chat, x, y) {
    if (chat.kind !== "private") {
      groupSheet(this.overlays, this.person, chat, this.told.everyone(), this.failed);
      return;
    }
    const at = { person: this.person.id, bot: chat.id };
    const standing = chat.blocked ? ["Unblock", "unblock"] : ["Block", "block"];
    this.overlays.menu([[standing[0], () => this.#run(() => post(standing[1], at))]], x, y, chat.title);
  }

  #clientMenu(x, y) {
    const choose = (code) => this.#run(async () => {
      await post("language", { person: this.person.id, language_code: code });
      this.overlays.toast(`The phone's language is ${LANGUAGES[code]} now.`);
    });
    this.overlays.menu(Object.entries(LANGUAGES).map(([code, name]) => [`Phone in ${name}`, () => choose(code)]), x, y, "Language of the phone");
  }

  #forward(message) {
    let close = () => {};
    const rows = this.chats.filter((chat) => chat.member && chat.started && !chat.blocked).map((chat) => button(chat.title, async () => {
      close();
      await this.#run(async () => {
        await post("forward", { person: this.person.id, from_chat: message.chat, message: message.id, chat: chat.id });
        await this.open(chat.id);
      });
    }, { class: "choice" }));
    close = this.overlays.sheet("Forward to", rows);
  }

  async #run(act) {
    try {
      await act();
    } catch (error) {
      this.failed(error);
    }
  }
}
