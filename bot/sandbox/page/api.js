// The control API: what the page may see and do. Refusals become errors with the server's own sentence.

const BASE = "/sandbox/api/";

export class Refused extends Error {}

async function answerOf(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error || `The sandbox answered ${response.status}.`);
  return body;
}

export async function get(name, parameters = {}, signal = undefined) {
  const query = new URLSearchParams(parameters).toString();
  return answerOf(await fetch(BASE + name + (query ? `?${query}` : ""), { signal, cache: "no-store" }));
}

export async function post(name, body) {
  const headers = { "Content-Type": "application/json" };
  return answerOf(await fetch(BASE + name, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function postFile(fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined && value !== "") form.append(name, value);
  }
  return answerOf(await fetch(BASE + "send_file", { method: "POST", body: form }));
}

export function fileUrl(fileId) {
  return `${BASE}files/${encodeURIComponent(fileId)}`;
}

export async function pageSettings() {
  return answerOf(await fetch("/page/settings.json"));
}
