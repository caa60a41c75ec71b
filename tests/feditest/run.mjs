// Our server behind a small TLS proxy on the ports that the suite insists on, and then the suite.
// Runs inside of the namespace that run.sh makes.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer as plain, request } from "node:http";
import { createServer as tls } from "node:https";
import { join } from "node:path";

import { main, step } from "../node/steps.mjs";
import { Tequio } from "../node/tequio.mjs";

const { KEPT, WORK } = process.env;
const HOST = "tequio.test";

/** Listens, and stops when everything is over. */
async function listen(closing, server, port) {
  await new Promise((done, fail) => server.once("error", fail).listen(port, "127.0.0.1", done));
  closing(() => server.closeAllConnections() ?? server.close());
}

/** What comes to https://tequio.test goes to the server; what comes in plain is sent there. */
async function proxy(closing, tequio) {
  const to = Number(new URL(tequio.base).port);
  const pair = { key: readFileSync(join(WORK, "key.pem")), cert: readFileSync(join(WORK, "cert.pem")) };
  const pass = (asked, answer) => {
    const options = { port: to, host: "127.0.0.1", method: asked.method, path: asked.url, headers: asked.headers };
    const onward = request(options, (got) => {
      answer.writeHead(got.statusCode, got.headers);
      got.pipe(answer);
    });
    onward.once("error", () => answer.writeHead(502).end());
    asked.pipe(onward);
  };
  await listen(closing, tls(pair, pass), 443);
  const redirect = (asked, answer) => answer.writeHead(301, { location: `https://${HOST}${asked.url}` }).end();
  await listen(closing, plain(redirect), 80);
}

/** What the suite says, in TAP. */
function feditest() {
  const args = [
    "run", "--testsdir", join(KEPT, "tests/tests"), "--nodedriversdir", "drivers",
    "--filter-regex", "^webfinger.server", "--node", `client=${join(KEPT, "tests/nodes/imp.node.json")}`,
    "--node", "server=tequio.json", "--tap",
  ];
  const env = { ...process.env, SSL_CERT_FILE: join(WORK, "cert.pem"), REQUESTS_CA_BUNDLE: join(WORK, "cert.pem") };
  return new Promise((done, fail) => {
    const child = spawn(join(KEPT, "venv/bin/feditest"), args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    let troubles = "";
    child.stdout.on("data", (text) => (said += text));
    child.stderr.on("data", (text) => (troubles += text));
    child.once("error", fail);
    child.once("exit", (code) => done({ code, said, troubles }));
  });
}

await main(300, async (closing) => {
  const tequio = await Tequio.start(closing, { url: `https://${HOST}` });
  await proxy(closing, tequio);
  await step("FediTest finds nothing wrong with our WebFinger", async () => {
    const { code, said, troubles } = await feditest();
    const results = said.split("\n").filter((line) => /^(not )?ok /.test(line));
    for (const line of said.split("\n")) console.log(`# ${line}`);
    const passed = results.filter((line) => line.startsWith("ok ") && !line.includes("# SKIP"));
    const failed = results.filter((line) => line.startsWith("not ok"));
    assert.deepEqual(failed, [], troubles);
    assert(passed.length >= 10, `only ${passed.length} tests ran (exit ${code}): ${troubles}`);
  });
});
