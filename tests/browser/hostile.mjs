// A server on which somebody typed the corpus into every field there is, and a browser that looks at all of it.

import assert from "node:assert/strict";

import { step } from "../node/steps.mjs";
import { Tequio } from "../node/tequio.mjs";
import { ALL, one } from "./corpus.mjs";
import { crawl } from "./crawl.mjs";
import { signIn } from "./demo.mjs";
import { watched } from "./look.mjs";

const PASSWORD = "a long enough password";
/** Whoever tries everything within a minute is not to be told that it is too much. */
const PATIENT = Object.fromEntries(
  ["READS", "WRITES", "ANONYMOUS_READS", "ANONYMOUS_WRITES"].map((it) => [`TEQUIO__API__${it}`, "0"]),
);

/** Nothing of the corpus acts on any page, whoever looks (MED-01). */
export async function hostile(closing, browser, database) {
  const server = await Tequio.start(closing, { database, settings: PATIENT });
  const { listing } = await step("somebody types the corpus into every field", () => furnish(server));
  const starts = ["/", "/listings", "/collectives", "/about", "/c/garden", `/listings/${listing.id}`, "/map"];
  const more = ["/home", "/notifications", "/account", "/decisions", "/admin", "/admin/accounts", "/c/garden/queue"];
  for (const [who, password, paths] of [
    ["guest", null, starts],
    ["eve", PASSWORD, [...starts, ...more]],
    ["nuria", server.password, [...starts, ...more]],
  ]) {
    await step(`nothing of it acts in the browser of ${who}`, async () => {
      const visitor = await watched(browser, server.base);
      if (password) await signIn(visitor, who, password);
      const seen = await crawl(visitor, paths, (path) => harmless(visitor, path));
      assert(seen.length >= 8, `only ${seen.length} pages were seen: ${seen.join(" ")}`);
      console.log(`# ${seen.length} pages`);
      await visitor.page.context().close();
    });
  }
}

/** Opens a page and gives whatever is on it time to act. */
async function harmless({ page, base, complaints }, path) {
  await page.goto(`${base}${path}`, { waitUntil: "load" });
  await page.evaluate(() => {
    for (const it of document.querySelectorAll("details")) it.open = true;
    for (const it of document.querySelectorAll("input, textarea, select, button, a")) it.focus?.();
  });
  await page.waitForTimeout(30);
  const where = await page.evaluate(() => location.href);
  assert.equal(new URL(where).origin, base, `${path} led to ${where}`);
  const wrong = complaints.splice(0).filter((it) => !/the server responded with a status of (40[34]|410)/.test(it));
  assert.deepEqual(wrong, [], path);
}

async function furnish(server) {
  server.person("eve", one(), PASSWORD);
  server.person("mallory", one(), PASSWORD);
  const tokens = {};
  const scopes = (who) => (who === "nuria" ? ["--scopes", "read,write,admin:read,admin:write"] : []);
  const token = (who) => (tokens[who] ??= server.run("admin", "token", "--handle", who, ...scopes(who)).trim());
  const as = async (who, method, path, body) => {
    const answer = await fetch(`${server.base}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${token(who)}`, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    assert(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  };
  await as("nuria", "POST", "collectives", { handle: "garden", name: one(), summary: ALL });
  await as("nuria", "PUT", "collectives/garden/joining", { policy: "request", questions: [one(), one()] });
  const form = {
    purpose: "need",
    kind: "goods",
    title: one(),
    text: ALL,
    language: "en",
    quantity: { total: "20", unit: "one" },
    place: { name: one(40), latitude: 41.4, longitude: 2.16 },
  };
  const listing = await as("nuria", "POST", "collectives/garden/listings", form);
  await as("nuria", "POST", "collectives/garden/listings", { ...form, purpose: "offer", title: one(), publish: false });
  await as("nuria", "POST", "collectives/garden/templates", { name: one(40), form: { ...form, title: one() } });
  const reply = await as("eve", "POST", `listings/${listing.id}/replies`, { text: ALL });
  await as("mallory", "POST", `replies/${reply.id}/replies`, { text: ALL });
  await as("eve", "POST", "reports", { listing: listing.id, text: ALL });
  await as("eve", "POST", "searches", { name: one(40), query: new URLSearchParams({ q: one(40) }).toString(), notify: true });
  await as("eve", "POST", "collectives/garden/join-requests", { answers: [ALL, one()] });
  await as("nuria", "POST", `replies/${reply.id}/hide`, { reason: one() });
  await as("nuria", "POST", `listings/${listing.id}/lock`, { reason: one() });
  const account = { email: "x@a.example", handle: "sam", name: one(), password: PASSWORD, agreement: true };
  await as("nuria", "PATCH", "admin/sign-up", { mode: "approval" });
  await as("nuria", "POST", "accounts", { ...account, collective: "garden", application: ALL });
  await as("nuria", "PUT", "admin/domains/evil.test", { severity: "limit", public_comment: one(), private_comment: ALL });
  return { listing };
}
