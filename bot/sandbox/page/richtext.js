// Text with entities becomes elements: paragraphs with a direction each, and what stands in them.

import { el } from "./dom.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code",
};
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200f]/u;
const ISOLATED = /[\u2066-\u2068][^\u2069\n]*\u2069/gu;

// Paragraphs of a text, each with the direction of its own first letter; acts: {link(url), command(text)}.
export function richText(text, entities, acts) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return blocks({ text, acts }, sorted, 0, text.length);
}

function blocks(source, entities, from, until) {
  const nodes = [];
  let at = from;
  entities.forEach((entity, i) => {
    const end = Math.min(entity.offset + entity.length, until);
    if (!BLOCKS.has(entity.type) || entity.offset < at || end <= entity.offset) return;
    nodes.push(...paragraphs(source, entities, at, entity.offset, { beforeBlock: true, afterBlock: at > from }));
    const covered = source.text.slice(entity.offset, end);
    const inner = blocks(source, entities.slice(i + 1), entity.offset, end);
    nodes.push(element(entity, covered, inner, source.acts));
    at = end;
  });
  nodes.push(...paragraphs(source, entities, at, until, { beforeBlock: false, afterBlock: at > from }));
  return nodes;
}

// A block ends its line itself: the line breaks at its edges are not empty lines.
function paragraphs(source, entities, from, until, { beforeBlock, afterBlock }) {
  const { text } = source;
  const start = afterBlock && text[from] === "\n" ? from + 1 : from;
  const end = beforeBlock && until > start && text[until - 1] === "\n" ? until - 1 : until;
  if (end <= start) return [];
  const nodes = [];
  let at = start;
  for (const line of text.slice(start, end).split("\n")) {
    const children = inline(source, entities, at, at + line.length);
    nodes.push(el("p", { dir: directionOf(line) }, children.length ? children : el("br")));
    at += line.length + 1;
  }
  return nodes;
}

function inline(source, entities, from, until) {
  const nodes = [];
  let at = from;
  entities.forEach((entity, i) => {
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, until);
    if (BLOCKS.has(entity.type) || end <= start) return;
    if (start > at) nodes.push(source.text.slice(at, start));
    const inner = inline(source, entities.slice(i + 1), start, end);
    nodes.push(element(entity, source.text.slice(start, end), inner, source.acts));
    at = end;
  });
  if (until > at) nodes.push(source.text.slice(at, until));
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
      return el("blockquote", {
        class: "folded", dir: directionOf(covered), onclick: (event) => event.currentTarget.classList.toggle("folded"),
      }, children);
    case "blockquote":
      return el("blockquote", { dir: directionOf(covered) }, children);
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

// The direction of a paragraph, as the bidirectional algorithm finds it: isolates do not count.
export function directionOf(line) {
  const first = line.replace(ISOLATED, "").match(/[\p{L}\u200e\u200f]/u);
  return first && RIGHT_TO_LEFT.test(first[0]) ? "rtl" : "ltr";
}

export function lastDirection(text) {
  return directionOf(text.slice(text.lastIndexOf("\n") + 1));
}
