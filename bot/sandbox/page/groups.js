// Founding groups, and who is in them.

import { post } from "./api.js";
import { button, el } from "./dom.js";

// everyone: {people, bots}; opened(chatId) is told the new group.
export function newGroupSheet(overlays, person, everyone, opened) {
  const others = [
    ...everyone.bots.map((bot) => [bot.id, `${bot.name} (bot)`]),
    ...everyone.people.filter((other) => other.id !== person.id).map((other) => [other.id, other.name]),
  ];
  const fields = [
    el("label", {}, "Title", el("input", { name: "title", required: true, dir: "auto" })),
    el("fieldset", {}, el("legend", {}, "Members"), others.map(([id, name]) => el(
      "label", { class: "check" }, el("input", { type: "checkbox", name: "member", value: String(id) }), el("span", { dir: "auto" }, name),
    ))),
    el("label", { class: "check" }, el("input", { type: "checkbox", name: "supergroup" }), "Supergroup"),
  ];
  const done = async (form) => {
    const { chat } = await post("create_group", {
      person: person.id, title: form.get("title"), members: form.getAll("member").map(Number),
      supergroup: form.has("supergroup"),
    });
    opened(chat);
  };
  overlays.sheet("New group", fields, { action: "Create", done });
}

export function groupSheet(overlays, person, chat, everyone, failed) {
  const at = { person: person.id, chat: chat.id };
  const run = async (close, name, more) => {
    try {
      await post(name, { ...at, ...more });
      close();
    } catch (error) {
      failed(error);
    }
  };
  let close = () => {};
  const act = (label, name, more) => button(label, () => run(close, name, more));
  const inside = new Set(chat.members.map((member) => member.id));
  const members = chat.members.map((member) => el(
    "li", {},
    el("span", {}, el("span", { dir: "auto" }, member.name), el("small", {}, member.is_bot ? `bot, ${member.status}` : member.status)),
    el("span", { class: "acts" },
      member.status === "member" ? act("Make admin", "set_admin", { member: member.id, admin: true }) : null,
      member.status === "administrator" ? act("Not admin", "set_admin", { member: member.id, admin: false }) : null,
      act(member.id === person.id ? "Leave" : "Remove", "remove", { member: member.id })),
  ));
  const bots = everyone.bots.filter((bot) => !inside.has(bot.id));
  const people = everyone.people.filter((other) => !inside.has(other.id));
  const outside = [
    ...bots.map((bot) => el("li", {}, el("span", {}, `${bot.name} (bot)`), el("span", { class: "acts" },
      act("Add", "add_bot", { bot: bot.id }), act("Add as admin", "add_bot", { bot: bot.id, admin: true })))),
    ...people.map((other) => el("li", {}, el("span", { dir: "auto" }, other.name), el("span", { class: "acts" },
      act("Add", "add_member", { member: other.id })))),
  ];
  const content = [
    el("label", {}, "Title", el("input", { name: "title", value: chat.title, required: true, dir: "auto" })),
    el("h3", {}, "Members"), el("ul", { class: "roster" }, members),
    outside.length ? el("h3", {}, "Add") : null, el("ul", { class: "roster" }, outside),
    chat.kind === "group" ? act("Make it a supergroup", "upgrade", {}) : null,
  ];
  const done = (form) => post("rename_group", { ...at, title: form.get("title") });
  close = overlays.sheet(chat.title, content, { action: "Rename", done });
}
