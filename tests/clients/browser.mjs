// As much of a browser as a page of consent needs: cookies, redirects, and forms.

import assert from "node:assert/strict";

/** Enough for where we go: more would be a loop. */
const MOST_REDIRECTS = 10;

export class Browser {
  #cookies = new Map();

  /** `base` is the server whose cookies are kept here. */
  constructor(base) {
    this.base = base;
  }

  /** Goes to an address of the server and on to where it leads; `away` is where it leads out of it. */
  async go(address, form) {
    let url = new URL(address, this.base);
    let body = form;
    for (let tries = 0; tries < MOST_REDIRECTS; tries += 1) {
      if (url.origin !== this.base) return { away: url };
      const answer = await fetch(url, {
        method: body ? "POST" : "GET",
        body,
        redirect: "manual",
        headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      });
      for (const cookie of answer.headers.getSetCookie()) {
        const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/);
        this.#cookies.set(name, value);
      }
      if (answer.status !== 303) return { url, status: answer.status, html: await answer.text() };
      url = new URL(answer.headers.get("location"), url);
      body = undefined;
    }
    throw new Error(`${address} leads round and round`);
  }

  /** Sends the form of a page that goes to `action`, with some fields filled in. */
  async submit(page, action, fields) {
    const html = page.html.match(new RegExp(`<form[^>]* action="${action}"[^>]*>(.*?)</form>`, "s"))?.[1];
    assert(html, `no form to ${action} at ${page.url}: ${page.status} ${page.html}`);
    const form = new URLSearchParams();
    for (const [input] of html.matchAll(/<input[^>]*>/g)) {
      const name = input.match(/ name="([^"]*)"/)?.[1];
      if (name) form.set(name, plain(input.match(/ value="([^"]*)"/)?.[1] ?? ""));
    }
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return this.go(action, form);
  }
}

/** Somebody who is sent to a page of consent, signs in there, reads which app asks, and says yes. */
export function consenting(base, handle, password, app) {
  return async (address) => {
    const browser = new Browser(base);
    const door = await browser.go(address);
    assert.equal(door.url?.pathname, "/login", "consent is asked of nobody in particular");
    const asked = await browser.submit(door, "/login", { login: handle, password });
    assert.equal(asked.url?.pathname, "/oauth/authorize", asked.html);
    assert(asked.html.includes(app) && asked.html.includes(`@${handle}@`), asked.html);
    const { away } = await browser.submit(asked, "/oauth/authorize", { decision: "allow" });
    assert(away, "nobody was sent back to the app");
    return away;
  };
}

/** Text as it stands in HTML, as it is meant. */
function plain(text) {
  const named = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return text.replace(/&(?:#(\d+)|(\w+));/g, (whole, number, name) =>
    number ? String.fromCodePoint(Number(number)) : (named[name] ?? whole));
}
