// The clients of docs/examples, run as people run them.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { eventually, step } from "../node/steps.mjs";
import { folder } from "../node/tequio.mjs";
import { consenting } from "./browser.mjs";

const CHAIRS = "12 chairs for the choir";

/** `server` is one where Núria and Pau belong to the garden and to nothing else. */
export async function examples(closing, server) {
  const body = { purpose: "need", kind: "goods", title: CHAIRS, quantity: { total: "12" } };
  const listing = await server.api("POST", "collectives/garden/listings", body);
  await inShell(closing, server, listing);
  await inPython(closing, server, listing);
}

async function inShell(closing, server, listing) {
  const token = server.run("admin", "token", "--handle", "pau").trim();
  const client = new Example(closing, "client.sh", { TEQUIO_SERVER: server.base, TEQUIO_TOKEN: token });
  const guest = new Example(closing, "client.sh", { TEQUIO_SERVER: server.base });
  await step("client.sh says how it is used", () => helps(client));
  await step("client.sh posts, finds, and shows a need", async () => {
    assert.equal(await client.says("me"), `pau@${server.host}`);
    const [id, url] = (await client.says("need", "A \"blue\" pram & a cot")).split("\t");
    assert.equal((await fetch(url)).status, 200);
    const found = (await guest.says("list", "blue pram")).split("\n");
    assert.deepEqual(found, [`${id}\tneed\t@garden@${server.host}\tA "blue" pram & a cot`]);
    assert(6 < (await guest.says("list")).split("\n").length);
    assert.match(await guest.says("show", id), /^A "blue" pram & a cot\n@garden@\S+: open$/m);
  });
  await step("client.sh reads more than one page", async () => {
    const titles = Array.from({ length: 21 }, (_, number) => `Seeds of sort ${number}`);
    const post = (title) => server.api("POST", "collectives/garden/listings", { purpose: "offer", kind: "goods", title });
    for (const title of titles) await post(title);
    const lines = (await guest.says("list", "seeds")).split("\n");
    assert.deepEqual(lines.map((line) => line.split("\t")[3]), titles.toReversed());
  });
  await step("client.sh replies, and hears of it", async () => {
    const heard = client.listens("watch", `thread:${listing.id}`);
    await eventually("the stream", () => heard().includes("listening to thread:"));
    const id = await client.says("reply", listing.id, "We have 3 of them.");
    await eventually("the event", () => heard().includes(`reply\tposted\t${id}\n`));
    assert.match(await client.says("show", listing.id), /^pau@\S+: We have 3 of them\.$/m);
  });
  await step("client.sh notes what was found", async () => {
    const token = server.run("admin", "token", "--handle", "nuria").trim();
    const steward = new Example(closing, "client.sh", { TEQUIO_SERVER: server.base, TEQUIO_TOKEN: token });
    assert.equal(await steward.says("found", listing.id, "3"), "3 of 12");
  });
  await step("client.sh tells what went wrong, and fails", async () => {
    await guest.fails(/no_token/, "reply", listing.id, "Who am I?");
    await client.fails(/title .*\(invalid\)/, "need", "");
    await guest.fails(/no_token/, "watch", "home");
  });
}

async function inPython(closing, server, listing) {
  const file = join(folder(closing), "token.json");
  // The browser is this program.
  const settings = { TEQUIO_SERVER: server.base, TEQUIO_FILE: file, BROWSER: "true" };
  const client = new Example(closing, "client.py", settings);
  await step("client.py says how it is used", () => helps(client));
  await step("client.py is allowed by Núria in her browser, and keeps its token to itself", async () => {
    const heard = client.listens("authorise");
    const address = await eventually("the address", () => heard().match(/^Say yes here: (\S+)$/m)?.[1]);
    const consent = consenting(server.base, "nuria", server.password, "client.py");
    const back = await consent(address);
    assert.equal((await fetch(back)).status, 200);
    await eventually("its thanks", () => heard().includes(`nuria@${server.host} allowed it`));
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });
  await step("client.py posts, finds, and replies", async () => {
    const [id, url] = (await client.says("need", "A dry cellar")).split("\t");
    assert.equal((await fetch(url)).status, 200);
    const found = await client.says("list", "dry", "cellar");
    assert.equal(found, `${id}\tneed\t@garden@${server.host}\tA dry cellar`);
    assert(20 < (await client.says("list")).split("\n").length, "more than one page");
  });
  await step("client.py hears of a reply", async () => {
    const heard = client.listens("watch", `thread:${listing.id}`);
    await eventually("the stream", () => heard().includes("listening to thread:"));
    const id = await client.says("reply", listing.id, "Thank you.");
    await eventually("the event", () => heard().includes(`reply\tposted\t${id}\n`));
  });
  await step("client.py renews a token that is over, and posts once", async () => {
    const kept = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...kept, access_token: "over" }));
    await client.says("need", "A wood stove");
    const found = (await client.says("list", "wood stove")).split("\n");
    assert.equal(found.length, 1);
    assert.notEqual(JSON.parse(readFileSync(file, "utf8")).refresh_token, kept.refresh_token);
  });
  await step("client.py tells what went wrong, and fails", async () => {
    await client.fails(/title .*\(invalid\)/, "need", "");
    const guest = new Example(closing, "client.py", { TEQUIO_SERVER: server.base, TEQUIO_FILE: `${file}.none` });
    await guest.fails(/no_token/, "reply", listing.id, "Who am I?");
  });
}

async function helps(client) {
  const said = await client.says("--help");
  assert.match(said, /^Example:\n {2}export TEQUIO_SERVER=/m);
  await client.fails(/Example:/, "no-such-command");
}

/** One of them, with what its environment says. */
class Example {
  #closing;
  #path;
  #env;

  constructor(closing, name, settings) {
    this.#closing = closing;
    this.#path = fileURLToPath(new URL(`../../docs/examples/${name}`, import.meta.url));
    this.#env = { PATH: process.env.PATH, HOME: "/nonexistent", LC_ALL: "C.UTF-8", ...settings };
  }

  /** What it prints when all goes well. */
  async says(...args) {
    const { code, out, err } = await this.#run(args);
    assert.equal(code, 0, `${args.join(" ")}: ${err}`);
    return out.trimEnd();
  }

  /** It ends with an error that is told to people. */
  async fails(pattern, ...args) {
    const { code, out, err } = await this.#run(args);
    assert.notEqual(code, 0, out);
    assert.match(err, pattern);
    assert(!err.includes("Traceback"), err);
  }

  /** Starts it; what it has printed so far. */
  listens(...args) {
    const child = spawn(this.#path, args, { env: this.#env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    let said = "";
    child.stdout.on("data", (text) => (said += text));
    child.stderr.on("data", (text) => (said += text));
    const ended = new Promise((done) => child.once("exit", done));
    this.#closing(async () => {
      // A shell script is a group of processes.
      if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGTERM");
      await ended;
    });
    return () => said;
  }

  #run(args) {
    return new Promise((done) => {
      const options = { env: this.#env, timeout: 60_000 };
      execFile(this.#path, args, options, (error, out, err) => done({ code: error ? error.code ?? error.signal : 0, out, err }));
    });
  }
}
