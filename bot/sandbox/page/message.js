// One message as it stands in a conversation: bubble, media, buttons.

import { fileUrl } from "./api.js";
import { el, hueOf, icon, iconButton } from "./dom.js";
import { lastDirection, richText } from "./richtext.js";
import { hour } from "./times.js";

const HOLD_MS = 450;

// acts: {link, command, press(message, button, node), menu(message, x, y), jump(id), photo(url, name)}
export function messageNode(message, { zone, isGroup, acts }) {
  if (message.service) {
    return el("li", { class: "service", data: { id: message.id } }, el("span", {}, message.service));
  }
  const parts = [
    isGroup && !message.mine ? el("div", { class: `sender ${hueOf(message.from.id)}` }, message.from.name) : null,
    message.forwarded_from ? el("div", { class: "forwarded" }, "Forwarded from ", el("b", {}, message.forwarded_from)) : null,
    message.reply_to ? quoted(message.reply_to, acts) : null,
    message.media ? media(message.media, acts) : null,
    message.text ? textNode(message, acts) : null,
  ];
  const bubble = el("div", { class: "bubble" }, parts, meta(message, zone), reactions(message));
  const open = (x, y) => acts.menu(message, x, y);
  const more = iconButton("more", "More", () => {
    const box = more.getBoundingClientRect();
    open(box.left, box.bottom);
  });
  more.classList.add("more");
  bubble.addEventListener("contextmenu", (event) => {
    if (window.getSelection().toString()) return;
    event.preventDefault();
    open(event.clientX, event.clientY);
  });
  onHold(bubble, open);
  const kind = message.media && !message.text ? ` only-${message.media.kind}` : "";
  return el(
    "li",
    { class: `message ${message.mine ? "mine" : "theirs"}${kind}`, data: { id: message.id } },
    el("div", { class: "stack" }, el("div", { class: "line" }, bubble, more), keyboard(message, acts)),
  );
}

// The hour stands in the last line where there is room for it: an unseen box of its size keeps the words away.
function textNode(message, acts) {
  const nodes = richText(message.text, message.entities, acts);
  const room = el("span", { class: `room ${message.edited ? "wide" : ""}`, "aria-hidden": "true" });
  const last = nodes.at(-1);
  if (last.tagName === "P") last.append(room);
  else nodes.push(el("p", {}, room));
  return el("div", { class: "text" }, nodes);
}

function meta(message, zone) {
  const direction = message.text ? lastDirection(message.text) : "ltr";
  const said = `${message.edited ? "edited " : ""}${hour(message.at, zone)}`;
  return el("div", { class: `meta at-${direction}` }, el("time", { datetime: message.at }, said));
}

function reactions(message) {
  if (!message.reactions.length) return null;
  return el("div", { class: "reactions" }, message.reactions.map((emoji) => el("span", {}, emoji)));
}

function quoted(reply, acts) {
  return el(
    "button",
    { type: "button", class: "quoted", onclick: () => acts.jump(reply.id) },
    el("b", {}, reply.name), el("span", { dir: "auto" }, reply.text),
  );
}

function media(item, acts) {
  const url = item.file ? fileUrl(item.file) : null;
  switch (item.kind) {
    case "photo": {
      const name = item.name || "Photo";
      const shape = item.width && item.height ? { width: String(item.width), height: String(item.height) } : {};
      return el(
        "button",
        { type: "button", class: "photo", "aria-label": "Open the picture", onclick: () => acts.photo(url, name) },
        el("img", { src: url, alt: name, ...shape }),
      );
    }
    case "voice": case "audio":
      return el("audio", { controls: true, preload: "none", src: url, "aria-label": item.name || "Voice message" });
    case "video":
      return el("video", { controls: true, preload: "metadata", src: url });
    case "sticker":
      return el("div", { class: "sticker" }, item.emoji || "🙂");
    case "contact":
      return el("div", { class: "document" }, icon("people"), el("span", {}, `${item.first_name} ${item.phone_number}`));
    default:
      return el(
        "a", { class: "document", href: url, download: item.name || "file" },
        icon("file"),
        el("span", {}, el("b", { dir: "auto" }, item.name || "file"), el("small", {}, sized(item.size))),
      );
  }
}

function sized(bytes) {
  if (!bytes) return "";
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function keyboard(message, acts) {
  if (!message.keyboard.length) return null;
  return el("div", { class: "keyboard" }, message.keyboard.map((row) => el(
    "div", { class: "row" },
    row.map((shown) => {
      const node = el("button", {
        type: "button", title: shown.text, class: shown.url ? "leads-out" : "", disabled: Boolean(shown.other),
        onclick: () => acts.press(message, shown, node),
      }, el("span", { dir: "auto" }, shown.text));
      return node;
    }),
  )));
}

// A finger that stays opens the menu; one that scrolls or taps does not.
function onHold(node, open) {
  let timer = null;
  const stop = () => clearTimeout(timer);
  node.addEventListener("pointerdown", (event) => {
    stop();
    if (event.pointerType !== "mouse") timer = setTimeout(() => open(event.clientX, event.clientY), HOLD_MS);
  });
  for (const name of ["pointerup", "pointercancel", "pointermove", "pointerleave"]) {
    node.addEventListener(name, stop);
  }
}
