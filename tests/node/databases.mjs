// A database for each server: SQLite always, PostgreSQL where TEQUIO_TEST_POSTGRES names a superuser.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";

/** Every engine of this run, and how a new database is made of it. */
export function engines() {
  const postgres = process.env.TEQUIO_TEST_POSTGRES;
  assert(postgres || !process.env.TEQUIO_REQUIRE_POSTGRES, "TEQUIO_TEST_POSTGRES is not set");
  const all = [{ engine: "SQLite", database: () => undefined }];
  if (postgres) all.push({ engine: "PostgreSQL", database: (closing) => create(closing, postgres) });
  return all;
}

/** A new one, which is gone afterwards. */
function create(closing, superuser) {
  const name = `tequio_node_${randomBytes(6).toString("hex")}`;
  const ask = (text) => execFileSync("psql", ["--quiet", "--dbname", superuser, "--command", text]);
  ask(`CREATE DATABASE ${name}`);
  closing(() => ask(`DROP DATABASE ${name} WITH (FORCE)`));
  const url = new URL(superuser);
  url.pathname = `/${name}`;
  return url.href;
}
