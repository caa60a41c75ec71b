// The demo: two servers with collectives, people, and a journey that was walked.

import assert from "node:assert/strict";

import { eventually } from "../node/steps.mjs";
import { folder, start } from "../node/tequio.mjs";

/** Everybody's password in the demo. */
export const PASSWORD = "solidarity";

/** Starts it; where its servers are, and its need on both of them. */
export async function startDemo(closing) {
  const data = folder(closing);
  const demo = start(closing, ["demo", "--ports", "0,0", "--data", `${data}/demo`], { cwd: data });
  await eventually("the demo being ready", () => {
    assert(demo.isRunning(), `the demo ended: ${demo.said.out}${demo.said.err}`);
    return demo.said.out.includes("Press Ctrl-C to stop.");
  }, 120);
  const address = (pattern) => {
    const found = demo.said.out.match(pattern);
    assert(found, `${pattern} is not in what the demo said:\n${demo.said.out}`);
    return found[1];
  };
  return {
    a: new URL(address(/^ {2}A +(http:\S+)/m)).origin,
    b: new URL(address(/^ {2}B +(http:\S+)/m)).origin,
    need: address(/The need on A +(http:\S+)/),
    seen: address(/The same need, seen from B +(http:\S+)/),
  };
}

/** Signs somebody in through the page that is for it. */
export async function signIn({ page, base }, handle, password = PASSWORD) {
  await page.goto(`${base}/login`);
  await page.getByLabel("Handle or e-mail").fill(handle);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}
