// Waits for what concerns one person, and begins anew after a break in the connection or a restart of the sandbox.

import { get } from "./api.js";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 4000;

export class Feed {
  // told: {loaded() whenever everything has to be loaded, happened(event), connected(boolean)}
  constructor(personId, told) {
    this.personId = personId;
    this.told = told;
    this.stopping = new AbortController();
    this.asking = null;
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.asking?.abort();
    }, { signal: this.stopping.signal });
  }

  async run() {
    let pause = FIRST_PAUSE;
    let after = -1;
    while (!this.stopping.signal.aborted) {
      if (document.hidden) await seen();
      try {
        const answer = await get("events", { person: this.personId, after, timeout: 25 }, this.#waiting());
        this.told.connected(true);
        if (after < 0 || answer.reset) await this.told.loaded();
        else for (const event of answer.events) this.told.happened(event);
        after = answer.last;
        pause = FIRST_PAUSE;
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        if (document.hidden) continue;
        console.warn("The connection broke:", error.message);
        this.told.connected(false);
        after = -1;
        await new Promise((resume) => setTimeout(resume, pause));
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      }
    }
  }

  stop() {
    this.stopping.abort();
    this.asking?.abort();
  }

  // A browser keeps six connections to an address: a window out of sight gives its own back.
  #waiting() {
    this.asking = new AbortController();
    return this.asking.signal;
  }
}

function seen() {
  return new Promise((resume) => document.addEventListener("visibilitychange", resume, { once: true }));
}
