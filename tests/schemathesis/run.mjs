// A server with something in it on each engine, and what Schemathesis finds wrong with its answers.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";

import { engines } from "../node/databases.mjs";
import { main, step } from "../node/steps.mjs";
import { Tequio } from "../node/tequio.mjs";

const { SCHEMATHESIS } = process.env;
/** Nobody is too quick for this test. */
const UNLIMITED = Object.fromEntries(
  ["READS", "WRITES", "ANONYMOUS_READS", "ANONYMOUS_WRITES", "LOOKUPS"].map((it) => [`TEQUIO__API__${it}`, "0"]),
);

/** Something for every kind of path to find. */
async function furnish(tequio) {
  await tequio.api("POST", "collectives", { handle: "garden", name: "Garden" });
  const form = { purpose: "need", kind: "goods", title: "20 chairs", text: "For the harvest", language: "en" };
  const listing = await tequio.api("POST", "collectives/garden/listings", form);
  await tequio.api("POST", `listings/${listing.id}/replies`, { text: "We have ten." });
}

/** Runs it; what it says is shown where it finds something. */
function schemathesis(tequio) {
  const args = ["--config-file", "schemathesis.toml", "run", `${tequio.base}/api/v1/openapi.json`];
  args.push(...process.argv.slice(2));
  const env = { ...process.env, TEQUIO_TOKEN: tequio.token };
  return new Promise((done, fail) => {
    const child = spawn(SCHEMATHESIS, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
    child.once("error", fail);
    child.once("exit", (code) => done({ code, said }));
  });
}

/** One server on one engine, asked all there is to ask. */
async function ask(closing, { engine, database }) {
  const tequio = await Tequio.start(closing, { database: database(closing), settings: UNLIMITED });
  const scopes = "read,write,admin:read,admin:write";
  tequio.token = tequio.run("admin", "token", "--handle", "nuria", "--scopes", scopes).trim();
  await furnish(tequio);
  await step(`on ${engine}, every answer is as the description says`, async () => {
    const { code, said } = await schemathesis(tequio);
    assert.equal(code, 0, said);
    const tested = Number(/Operations:\s+(\d+) selected/.exec(said)?.[1] ?? 0);
    assert(100 < tested, `it tested ${tested} operations: ${said}`);
    console.log(/^Test cases:\n.*$/m.exec(said)?.[0].replace(/\s+/g, " ").replace(/^/, "# "));
    // It asks first what no HTTP client would: a header with a NUL in it.
    const lines = tequio.log().split("\n").filter((line) => / ERROR /.test(line));
    const broken = lines.filter((line) => !line.includes("request parse error: invalid Header provided"));
    assert.deepEqual(broken, []);
  });
}

await main(1_500, async (closing) => {
  // Side by side, for each alone keeps one processor busy; what each finds is told in any case.
  const all = await Promise.allSettled(engines().map((it) => ask(closing, it)));
  const wrong = all.filter((it) => it.status === "rejected");
  for (const { reason } of wrong.slice(1)) console.error(reason);
  if (wrong.length) throw wrong[0].reason;
});
