// The description that a server gives, made into a client: types of it, and the journey checked against them.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** What the server says of itself. */
export async function served(base) {
  const answer = await fetch(`${base}/api/v1/openapi.json`);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-type"), /^application\/(vnd\.oai\.openapi\+)?json/);
  return answer.json();
}

/** Is it what docs/openapi.json says? */
export function isTheOneInTheGuide(document) {
  const kept = JSON.parse(readFileSync(here("../../docs/openapi.json"), "utf8"));
  const paths = (of) => Object.keys(of.paths).sort();
  assert.deepEqual(paths(document), paths(kept), "run `cargo xtask openapi`");
  for (const path of paths(kept)) assert.deepEqual(document.paths[path], kept.paths[path], path);
  assert.deepEqual(document, kept, "run `cargo xtask openapi`");
}

/** Writes made/api.d.ts. */
export async function generate(document) {
  rmSync(here("made"), { recursive: true, force: true });
  mkdirSync(here("made"));
  const blob = ts.factory.createTypeReferenceNode("Blob");
  const types = await openapiTS(document, {
    // What is uploaded is bytes, not text.
    transform: (schema) => (schema.format === "binary" ? blob : undefined),
  });
  const text = astToString(types);
  assert(!/\bany\b(?=[;\])>])/.test(text), "something of the description is `any`");
  writeFileSync(here("made/api.d.ts"), text);
}

/** Checks the journey against the types, strictly, and makes it something that runs. */
export function compile() {
  const tsc = here("node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "--project", here("tsconfig.json")], { stdio: "inherit" });
}
