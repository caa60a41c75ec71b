// Looking at one page at a time, on a wide and a narrow screen, in the light and in the dark.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import axe from "axe-core";

const PHONE = { width: 360, height: 740 };
const SCREENS = [{ width: 1280, height: 900 }, PHONE];

/** A visitor of one server; whatever goes wrong in their browser is written down. */
export async function watched(browser, base) {
  const context = await browser.newContext({ baseURL: base });
  // The steps know buttons by their English names, whatever language an account is read in.
  await context.addCookies([{ name: "tequio-language", value: "en", url: base }]);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== "data:" && origin !== base) complaints.push(`asked elsewhere: ${request.url()}`);
  });
  return { page, base, complaints };
}

/** Pictures of a page on each screen, in the light and in the dark. */
export async function shots({ page, base }, name, path) {
  for (const screen of SCREENS) {
    await page.setViewportSize(screen);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${base}${path}`, { waitUntil: "load" });
      await shot(page, `${name}-${screen.width}-${colorScheme}`);
    }
  }
}

/** Nothing may be wrong with this page, on a phone. */
export const glance = (visitor, name, path) => look(visitor, name, path, [PHONE]);

/** Nothing may be wrong with this page. */
export async function look({ page, base, complaints }, name, path, screens = SCREENS) {
  for (const screen of screens) {
    await page.setViewportSize(screen);
    await page.emulateMedia({ colorScheme: "light" });
    const answer = await page.goto(`${base}${path}`);
    assert.equal(answer.status(), name === "nothing" ? 404 : 200, path);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const seen = `${path} at ${screen.width} px, ${colorScheme}`;
      await shot(page, `${name}-${screen.width}-${colorScheme}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert(wide <= 0, `${seen} is ${wide} px too wide`);
      await accessible(page, seen);
    }
    await otherWays(page, `${path} at ${screen.width} px`);
  }
  const wrong = complaints.splice(0).filter((it) => name !== "nothing" || !it.includes("404"));
  assert.deepEqual(wrong, [], path);
}

/** Sentences that run from right to left do not break the page, and whoever wants no motion sees none. */
async function otherWays(page, seen) {
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert(wide <= 0, `${seen} is ${wide} px too wide from right to left`);
  await page.evaluate(() => (document.documentElement.dir = "ltr"));
  await page.emulateMedia({ reducedMotion: "reduce" });
  const moving = await page.evaluate(
    () => document.getAnimations().filter((it) => it.effect.getTiming().duration > 10).length,
  );
  assert.equal(moving, 0, `${seen} moves`);
  await page.emulateMedia({ reducedMotion: "no-preference" });
}

async function accessible(page, seen) {
  // Not as a script of the page, which its policy forbids, but as one of the browser's debugger.
  await page.evaluate(axe.source);
  const { passes, violations } = await page.evaluate(() => globalThis.axe.run({ preload: false }));
  assert(passes.length > 0, `nothing was looked at on ${seen}`);
  const told = violations.map(({ id, help, nodes }) =>
    `${id}: ${help}\n${nodes.map((node) => `  ${node.html}\n  ${node.failureSummary}`).join("\n")}`);
  assert.equal(violations.length, 0, `${seen}\n${told.join("\n")}`);
}

/** Kept where SHOTS names a folder. */
async function shot(page, name) {
  const shots = process.env.SHOTS;
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}
