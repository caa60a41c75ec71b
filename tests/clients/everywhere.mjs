// Whatever can be read, read by everybody: by an admin, a member, a guest, and with a token that is none; and whatever
// can be written, in all the ways in which it cannot be done.

import assert from "node:assert/strict";

import { step } from "../node/steps.mjs";

/** It does not end. */
const ENDLESS = ["/streaming"];
/** As it should be, with something to find, and with something wrong. */
const QUERIES = ["", "?q=nuria", "?limit=0"];
/** No JSON, no form of ours, and too much of both. */
const BODIES = ["{", '{"nonsense": true}', `"${"x".repeat(300_000)}"`];
/** An id, but of nothing. */
const NOTHING = "01960000-0000-7000-8000-000000000000";

export async function everywhere(tequio, document, { check }) {
  await step("whatever can be read answers as described, well or not", async () => {
    const { items } = await tequio.api("GET", "collectives/garden/listings");
    const listing = items.find((it) => 1 < it.reply_count);
    assert(listing, "nobody has replied");
    const { items: replies } = await tequio.api("GET", `listings/${listing.id}/replies`);
    const form = { purpose: "offer", kind: "goods", title: "Vegetable boxes" };
    const known = {
      collective: "garden",
      listing: listing.id,
      reply: replies[0].id,
      agreement: (await tequio.api("GET", "collectives/garden/agreements")).items[0].id,
      media: listing.media[0].id,
      template: (await tequio.api("POST", "collectives/garden/templates", { name: "Boxes", form })).id,
      search: (await tequio.api("POST", "searches", { name: "Chairs", query: "q=chairs" })).id,
    };
    const admin = "read,write,admin:read,admin:write";
    const speakers = [
      undefined,
      "Bearer none",
      `Bearer ${tequio.run("admin", "token", "--handle", "maren").trim()}`,
      `Bearer ${tequio.run("admin", "token", "--handle", "nuria", "--scopes", admin).trim()}`,
    ];
    for (const [path, { get }] of Object.entries(document.paths)) {
      if (!get || ENDLESS.includes(path)) continue;
      for (const authorization of speakers) {
        for (const query of QUERIES) {
          const headers = authorization ? { authorization } : {};
          // What is not known is not there: that answer is described too.
          const filled = path.replace(/\{(\w+)\}/g, (_, name) => known[name] ?? listing.id);
          const answer = await fetch(`${tequio.base}/api/v1${filled}${query}`, { headers });
          await check("GET", path, answer);
        }
      }
    }
  });
  await step("whatever can be written is refused as described", async () => {
    const token = (...scopes) => `Bearer ${tequio.run("admin", "token", "--handle", "maren", ...scopes).trim()}`;
    const speakers = [undefined, "Bearer none", token("--scopes", "read"), token()];
    for (const [path, item] of Object.entries(document.paths)) {
      for (const method of Object.keys(item).filter((it) => it !== "get")) {
        for (const authorization of speakers) {
          for (const body of BODIES) {
            const headers = { "content-type": "application/json", ...(authorization && { authorization }) };
            const filled = path.replace("{collective}", "garden").replace(/\{\w+\}/g, NOTHING);
            const address = `${tequio.base}/api/v1${filled}`;
            const answer = await fetch(address, { method: method.toUpperCase(), headers, body });
            await check(method.toUpperCase(), path, answer);
          }
        }
      }
    }
  });
}
