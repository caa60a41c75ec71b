// What pages weigh, and how soon their first byte comes: `node weights.mjs` in this folder.
//
// The demo is looked at as whoever each page is for. Pictures of it are kept where SHOTS names a folder.

import { chromium } from "playwright-core";

import { main } from "../node/steps.mjs";
import { PASSWORD, signIn, startDemo } from "./demo.mjs";
import { shots, watched } from "./look.mjs";
import { twelve } from "./twelve.mjs";

/** So often is a page asked for; the median is told. */
const TIMES = 9;

await main(300, async (closing) => {
  const demo = await startDemo(closing);
  const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  closing(() => browser.close());
  const people = { guest: await watched(browser, demo.a) };
  console.log("page                         who      HTML KB   all KB  requests  first byte ms");
  for (const { name, path, who } of twelve(demo)) {
    if (!people[who]) {
      people[who] = await watched(browser, demo.a);
      await signIn(people[who], who, PASSWORD);
    }
    const { html, all, requests, first } = await weigh(people[who], path);
    const kilo = (bytes) => (bytes / 1000).toFixed(1);
    console.log(
      `${path.replace(/[0-9a-f-]{36}/, "ID").slice(0, 28).padEnd(28)} ${who.padEnd(8)} ${kilo(html).padStart(7)} ` +
        `${kilo(all).padStart(8)} ${String(requests).padStart(9)} ${first.toFixed(1).padStart(14)}`,
    );
    if (process.env.SHOTS) await shots(people[who], name, path);
  }
});

/** Bytes as they are sent, without pictures; nothing is taken from what the browser kept. */
async function weigh({ page, base }, path) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  const kinds = new Map();
  let all = 0;
  let html = 0;
  session.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (kinds.get(requestId) === "Image") return;
    all += encodedDataLength;
    if (kinds.get(requestId) === "Document") html += encodedDataLength;
  });
  await page.goto(`${base}${path}`, { waitUntil: "networkidle" });
  const requests = kinds.size;
  await session.detach();
  const firsts = [];
  for (let time = 0; time < TIMES; time += 1) {
    await page.goto(`${base}${path}`);
    firsts.push(
      await page.evaluate(() => {
        const [entry] = performance.getEntriesByType("navigation");
        return entry.responseStart - entry.requestStart;
      }),
    );
  }
  firsts.sort((a, b) => a - b);
  return { html, all, requests, first: firsts[Math.floor(TIMES / 2)] };
}
