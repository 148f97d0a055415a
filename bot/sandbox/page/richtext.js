// Text with entities becomes elements; each line takes its own direction by the style sheet (unicode-bidi: plaintext).

import { el } from "./dom.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200f]/u;
const ISOLATED = /[\u2066-\u2068][^\u2069\n]*\u2069/gu;

// acts: {link(url), command(text)}
export function richText(text, entities, acts) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nested(text, sorted, 0, text.length, acts);
}

function nested(text, entities, from, until, acts) {
  const nodes = [];
  let at = from;
  let afterBlock = false;
  const plain = (end) => {
    // The line break after a block is the block's own end.
    const start = afterBlock && text[at] === "\n" ? at + 1 : at;
    if (end > start) nodes.push(text.slice(start, end));
    if (end > at) afterBlock = false;
    at = end;
  };
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    const end = Math.min(entity.offset + entity.length, until);
    if (entity.offset < at || end <= entity.offset) continue;
    plain(entity.offset);
    const inner = entities.slice(i + 1).filter((other) => other.offset < end);
    nodes.push(element(entity, text.slice(entity.offset, end), nested(text, inner, entity.offset, end, acts), acts));
    at = end;
    afterBlock = BLOCKS.has(entity.type);
  }
  plain(until);
  return nodes;
}

function element(entity, covered, children, acts) {
  switch (entity.type) {
    case "url":
      return link(/^[a-z]+:/iu.test(covered) ? covered : `https://${covered}`, children, acts);
    case "text_link":
      return link(entity.url, children, acts);
    case "email":
      return link(`mailto:${covered}`, children, acts);
    case "bot_command":
      return el("button", { type: "button", class: "inline", onclick: () => acts.command(covered) }, children);
    case "spoiler":
      return spoiler(children);
    case "expandable_blockquote":
      return el("blockquote", { class: "folded", onclick: (e) => e.currentTarget.classList.toggle("folded") }, children);
    case "pre":
      return el("pre", { "data-language": entity.language }, children);
    case "mention": case "text_mention": case "hashtag": case "cashtag": case "phone_number":
      return el("span", { class: "named" }, children);
    default:
      return el(TAGS[entity.type] || "span", {}, children);
  }
}

function link(url, children, acts) {
  const open = (event) => {
    event.preventDefault();
    acts.link(url);
  };
  return el("a", { href: isSafe(url) ? url : null, title: url, rel: "noopener noreferrer", onclick: open }, children);
}

export function isSafe(url) {
  try {
    return ["http:", "https:", "mailto:", "tg:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

function spoiler(children) {
  const show = (event) => event.currentTarget.classList.add("shown");
  return el("button", { type: "button", class: "spoiler", "aria-label": "Hidden text", onclick: show }, children);
}

// The direction of a text's last line, as the bidirectional algorithm finds it: isolates do not count.
export function lastDirection(text) {
  const line = text.slice(text.lastIndexOf("\n") + 1).replace(ISOLATED, "");
  const first = line.match(/[\p{L}\u200e\u200f]/u);
  return first && RIGHT_TO_LEFT.test(first[0]) ? "rtl" : "ltr";
}
