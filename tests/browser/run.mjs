// The pages of the demo in a real browser: readable by everybody, on small screens, in the dark, by keyboard,
// and without a word to anybody else.

import assert from "node:assert/strict";

import { chromium } from "playwright-core";

import { engines } from "../node/databases.mjs";
import { main, step } from "../node/steps.mjs";
import { crawl } from "./crawl.mjs";
import { PASSWORD, signIn, startDemo } from "./demo.mjs";
import { hostile } from "./hostile.mjs";
import { journeys } from "./journeys.mjs";
import { postByKeyboard } from "./keyboard.mjs";
import { glance, look, watched } from "./look.mjs";

await main(1_200, async (closing) => {
  const demo = await step("the demo starts and walks its journey", () => startDemo(closing));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  closing(() => browser.close());

  const guest = await watched(browser, demo.a);
  for (const [name, path] of [
    ["front", "/"],
    ["listings", "/listings"],
    ["directory", "/collectives"],
    ["collective", "/c/ateneu"],
    ["listing", new URL(demo.need).pathname],
    ["person", "/u/nuria"],
    ["about", "/about"],
    ["near", "/near?place=Gr%C3%A0cia"],
    ["map", "/map"],
    ["categories", "/categories"],
    ["category", "/categories/food"],
    ["tag", "/tags/cosecha"],
    ["interact", "/interact?about=/c/ateneu"],
    ["interact-how", "/interact"],
    ["board", "/c/ateneu/board"],
    ["poster", `${new URL(demo.need).pathname}/poster`],
    ["login", "/login"],
    ["nothing", "/nothing-is-here"],
  ]) {
    await step(`a guest reads ${path}`, () => look(guest, name, path));
  }

  const steward = await watched(browser, demo.a);
  await step("Núria signs in", () => signIn(steward, "nuria"));
  for (const [name, path] of [
    ["steward-collective", "/c/ateneu"],
    ["steward-listing", new URL(demo.need).pathname],
    ["listing-form", "/c/ateneu/listings/new"],
    ["collective-form", "/collectives/new"],
    ["collective-edit", "/c/ateneu/edit"],
    ["members", "/c/ateneu/members"],
    ["joining", "/c/ateneu/joining"],
    ["statistics", "/c/ateneu/statistics"],
    ["templates", "/c/ateneu/templates"],
    ["pictures", `${new URL(demo.need).pathname}/pictures`],
    ["my-listings", "/listings/mine"],
    ["account", "/account"],
    ["settings", "/account/settings"],
    ["blocks", "/account/blocks"],
    ["searches", "/searches"],
  ]) {
    await step(`she reads ${path}`, () => look(steward, name, path));
  }

  const neighbour = await watched(browser, demo.a);
  const need = new URL(demo.need).pathname;
  await step("Pau signs in, offers help, and reports the listing", async () => {
    await signIn(neighbour, "pau");
    await offerAndReport(neighbour, need);
  });
  await step("he reads the form of a report", () => look(neighbour, "report", `/report?about=${need}`));
  for (const [name, path] of [
    ["stewards", "/c/ateneu/stewards"],
    ["notifications", "/notifications"],
    ["queue", "/c/ateneu/queue"],
    ["agreements", "/c/ateneu/agreements"],
    ["reports", "/c/ateneu/reports"],
    ["log", "/c/ateneu/log"],
    ["admin", "/admin"],
    ["admin-accounts", "/admin/accounts"],
    ["admin-collectives", "/admin/collectives"],
    ["admin-cases", "/admin/cases"],
    ["admin-servers", "/admin/servers"],
    ["admin-domains", "/admin/domains"],
    ["admin-inbound", "/admin/inbound"],
    ["admin-jobs", "/admin/jobs"],
    ["admin-lost", "/admin/lost"],
    ["admin-settings", "/admin/settings"],
    ["admin-announcements", "/admin/announcements"],
    ["admin-log", "/admin/log"],
    ["admin-health", "/admin/health"],
    ["decisions", "/decisions"],
  ]) {
    await step(`Núria reads ${path}`, () => look(steward, name, path));
  }
  await step("she looks after an answer", async () => {
    await steward.page.goto(`${steward.base}${need}`);
    const path = await steward.page.locator("a[href$='/moderate']").first().getAttribute("href");
    await look(steward, "moderate", path);
  });

  const reader = await watched(browser, demo.b);
  await step("Maren signs in on the other server", () => signIn(reader, "maren"));
  for (const [name, path] of [
    ["home-feed", "/home"],
    ["remote-listing", new URL(demo.seen).pathname],
  ]) {
    await step(`she reads ${path}`, () => look(reader, name, path));
  }

  for (const [who, visitor, starts] of [
    ["a guest", guest, ["/"]],
    ["Núria", steward, ["/home", "/account", "/c/ateneu", "/admin"]],
  ]) {
    await step(`${who} reads every other page that a link leads to`, async () => {
      const seen = await crawl(visitor, starts, (path) => glance(visitor, `crawled${path.replace(/[^a-z0-9]+/gi, "-").slice(0, 60)}`, path));
      console.log(`# ${seen.length} pages`);
    });
  }

  const keyboard = await watched(browser, demo.a);
  await step("Pau signs in and posts a need with the keyboard alone", () =>
    postByKeyboard(keyboard, "pau", PASSWORD));

  for (const { engine, database } of engines()) {
    console.log(`# ${engine}`);
    await journeys(closing, browser, database(closing));
    await hostile(closing, browser, database(closing));
  }
});

/** What the stewards of the next steps find: an offer that waits for them, and a report. */
async function offerAndReport({ page, base }, need) {
  await page.goto(`${base}${need}`);
  const offer = page.locator("#offer");
  await offer.getByLabel("A few words").fill("I can bring some on Friday, after six.");
  await offer.getByRole("button").first().click();
  await page.getByText("I can bring some on Friday").first().waitFor();
  await page.goto(`${base}/report?about=${need}`);
  await page.getByLabel("What is wrong").fill("The date is last year’s.");
  await page.getByRole("main").getByRole("button", { name: "Report" }).click();
  await page.waitForLoadState();
}
