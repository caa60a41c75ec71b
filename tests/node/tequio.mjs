// The program itself, started as people start it, in a folder of its own.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { eventually } from "./steps.mjs";

/** TEQUIO_BIN, else what cargo builds. */
export function binary() {
  const built = fileURLToPath(new URL("../../target/debug/tequio", import.meta.url));
  const path = process.env.TEQUIO_BIN || built;
  assert(existsSync(path), `${path} is not there: run \`cargo build\`, or name the program in TEQUIO_BIN`);
  return path;
}

/** A folder that is gone afterwards. */
export function folder(closing) {
  const path = mkdtempSync(join(tmpdir(), "tequio-"));
  closing(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A port that nobody listens on at the moment. */
export function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Starts a process, and ends exactly this one when everything is over. */
export function start(closing, args, options = {}) {
  const child = spawn(binary(), args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  const said = { out: "", err: "" };
  child.stdout.on("data", (text) => (said.out += text));
  child.stderr.on("data", (text) => (said.err += text));
  const ended = new Promise((done) => child.once("exit", (code, signal) => done(code ?? signal)));
  let running = true;
  ended.then(() => (running = false));
  closing(async () => {
    if (!running) return;
    child.kill("SIGTERM");
    const patience = setTimeout(() => child.kill("SIGKILL"), 15_000);
    await ended;
    clearTimeout(patience);
  });
  return { said, ended, isRunning: () => running };
}

/** A server on a free port, with a database nobody has used: SQLite where no other is named. */
export class Tequio {
  /**
   * `url` is what it calls itself, where that is not the address it listens at; `settings` go before ours.
   * Where nobody is made its admin, `said()` tells where the first person becomes one.
   */
  static async start(closing, { url, database, settings, admin = true } = {}) {
    const home = folder(closing);
    const port = await freePort();
    const server = new Tequio();
    server.base = `http://127.0.0.1:${port}`;
    server.host = `127.0.0.1:${port}`;
    server.options = {
      cwd: home,
      env: {
        TEQUIO__DEVELOPMENT__ENABLED: "true",
        TEQUIO__INSTANCE__NAME: "Commons",
        TEQUIO__INSTANCE__URL: url ?? server.base,
        TEQUIO__HTTP__BIND: server.host,
        TEQUIO__METRICS__BIND: "",
        TEQUIO__DATABASE__URL: database ?? `sqlite://${join(home, "tequio.sqlite3")}`,
        TEQUIO__LOG__FILTER: "info,federation=debug",
        ...settings,
      },
    };
    if (admin) {
      const made = server.run("admin", "create", "--handle", "nuria", "--name", "Núria");
      server.password = made.match(/^password: (.+)$/m)[1];
      server.token = server.run("admin", "token", "--handle", "nuria").trim();
    }
    const process = start(closing, ["serve"], server.options);
    server.log = () => process.said.err;
    server.said = () => process.said.out;
    await eventually("the server's answer", async () => {
      assert(process.isRunning(), `the server ended: ${process.said.err}`);
      const health = await fetch(`${server.base}/health`).catch(() => null);
      return health?.ok;
    });
    return server;
  }

  /** Runs a command to its end; what it printed. */
  run(...args) {
    return this.tell("", ...args);
  }

  /** The same, with something to read. */
  tell(input, ...args) {
    const stdio = ["pipe", "pipe", "pipe"];
    return execFileSync(binary(), args, { ...this.options, input, stdio, encoding: "utf8" });
  }

  /** The letters to an address that were written so far, oldest first: there is no mail server here. */
  letters(to) {
    const mail = join(this.options.cwd, "data", "mail");
    const files = existsSync(mail) ? readdirSync(mail).sort() : [];
    return files.map((file) => readFileSync(join(mail, file), "utf8")).filter((it) => it.includes(to));
  }

  /** Makes an ordinary account. */
  person(handle, name, password) {
    this.tell(`${password}\n`, "admin", "create", "--member", "--handle", handle, "--name", name, "--password-stdin");
  }

  /** Asks the API as the admin. */
  async api(method, path, body) {
    const answer = await fetch(`${this.base}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    assert(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  }
}
