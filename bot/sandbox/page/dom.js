// Builds elements. Text always becomes a text node, so that nothing a person writes can become markup.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name in node && typeof value !== "string") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SHAPES = {
  back: "M15 5l-7 7 7 7",
  menu: "M4 7h16M4 12h16M4 17h16",
  clip: "M8 12.5l6-6a3 3 0 014.2 4.2l-7.7 7.7a5 5 0 01-7-7l7-7",
  send: "M4 12l16-8-5 16-3.5-6.5z",
  more: "M12 5v.01M12 12v.01M12 19v.01",
  link: "M10 14a4 4 0 005.7 0l3-3a4 4 0 00-5.7-5.7l-1 1M14 10a4 4 0 00-5.7 0l-3 3a4 4 0 005.7 5.7l1-1",
  people: "M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.500 20a6.500 6.500 0 0113 0M16 4.500a3.500 3.500 0 010 6.500M18 14.500a6 6 0 013.500 5.500",
  group: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  down: "M6 9l6 6 6-6",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  file: "M6 3h8l4 4v14H6zM14 3v5h4",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, more = {}) {
  return el("button", { type: "button", class: "round", "aria-label": label, title: label, onclick, ...more }, icon(name));
}

export function button(label, onclick, more = {}) {
  return el("button", { type: "button", onclick, ...more }, label);
}

const HUES = 8;

export function hueOf(id) {
  return `hue-${(Math.imul(Math.abs(id), 0x9e3779b1) >>> 16) % HUES}`;
}

export function avatar(id, name, size = "") {
  const letters = name.split(/\s+/u).filter((word) => /^\p{L}/u.test(word)).slice(0, 2);
  const initials = letters.map((word) => [...word][0]).join("\u200c");
  return el("span", { class: `avatar ${hueOf(id)} ${size}`, "aria-hidden": "true" }, initials || "?");
}
