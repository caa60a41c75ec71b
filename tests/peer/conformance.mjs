// activitypub-testing looks at our actors; nothing may fail.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

import { step } from "../node/steps.mjs";

const CLI = fileURLToPath(new URL("node_modules/activitypub-testing/src/cli.js", import.meta.url));

export async function conformance(tequio) {
  const actors = [
    ["the collective", `${tequio.base}/c/garden`],
    ["its voice", `${tequio.base}/c/garden/voice`],
    ["a person", `${tequio.base}/u/nuria`],
    ["the instance", `${tequio.base}/`],
  ];
  for (const [who, address] of actors) {
    await step(`activitypub-testing finds nothing wrong with ${who}`, async () => {
      const results = await test(address);
      const counts = {};
      for (const { result } of results) counts[result.outcome] = (counts[result.outcome] ?? 0) + 1;
      console.log(`# ${who}: ${Object.entries(counts).map(([word, count]) => `${count} ${word}`).join(", ")}`);
      const failed = results.filter(({ result }) => result.outcome === "failed");
      const told = failed.map(({ test, result }) => `${test.slug}: ${result.info}`);
      assert.equal(failed.length, 0, told.join("\n"));
      assert((counts.passed ?? 0) > 0, "nothing was tested");
    });
  }
}

/** One line of JSON for each of its tests. */
function test(address) {
  const args = [CLI, "test", "actor", address];
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { timeout: 60_000, maxBuffer: 1 << 26 }, (error, out, err) => {
      const lines = out.split("\n").filter((line) => line.startsWith("{"));
      if (lines.length === 0) return fail(error ?? new Error(`it said nothing: ${err}`));
      done(lines.map((line) => JSON.parse(line)));
    });
  });
}
