// A database for each server: SQLite always, PostgreSQL where TEQUIO_TEST_POSTGRES names a superuser.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";

import pg from "pg";

/** Every engine of this run, and how a new database is made of it. */
export function engines() {
  const postgres = process.env.TEQUIO_TEST_POSTGRES;
  assert(postgres || !process.env.TEQUIO_REQUIRE_POSTGRES, "TEQUIO_TEST_POSTGRES is not set");
  const all = [{ engine: "SQLite", database: () => undefined }];
  if (postgres) all.push({ engine: "PostgreSQL", database: (closing) => create(closing, postgres) });
  return all;
}

/** A new one, which is gone afterwards. */
async function create(closing, superuser) {
  const name = `tequio_clients_${randomBytes(6).toString("hex")}`;
  await ask(superuser, `CREATE DATABASE ${name}`);
  closing(() => ask(superuser, `DROP DATABASE ${name} WITH (FORCE)`));
  const url = new URL(superuser);
  url.pathname = `/${name}`;
  return url.href;
}

async function ask(url, statement) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
