// Looking at one page at a time, on a wide and a narrow screen, in the light and in the dark.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import axe from "axe-core";

const SCREENS = [
  { width: 1280, height: 900 },
  { width: 360, height: 740 },
];

/** A visitor of one server; whatever goes wrong in their browser is written down. */
export async function watched(browser, base) {
  const context = await browser.newContext({ baseURL: base });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== "data:" && origin !== base) complaints.push(`asked elsewhere: ${request.url()}`);
  });
  return { page, base, complaints };
}

/** Nothing may be wrong with this page. */
export async function look({ page, base, complaints }, name, path) {
  for (const screen of SCREENS) {
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
  }
  const wrong = complaints.splice(0).filter((it) => name !== "nothing" || !it.includes("404"));
  assert.deepEqual(wrong, [], path);
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
