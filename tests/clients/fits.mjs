// Types are gone when a program runs, so each answer is held against the description too: its status, its headers,
// and its body, in which nothing may be missing, of another type, or there without being described.

import assert from "node:assert/strict";

import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** Only where there is another page. */
const NOT_ALWAYS = ["Link"];

/** Checks answers to what the description calls `schemaPath`, and keeps what sorts were seen. */
export function fits(document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(closed(document), "api");
  const seen = new Map();
  const check = async (method, schemaPath, response) => {
    const name = `${method} ${schemaPath}: ${response.status}`;
    assert(response.status !== 500, `${name}: it broke`);
    const described = document.paths[schemaPath][method.toLowerCase()].responses[response.status];
    assert(described, `${name} is not described`);
    for (const header of Object.keys(described.headers ?? {}).filter((it) => !NOT_ALWAYS.includes(it))) {
      assert(response.headers.has(header), `${name} has no ${header}`);
    }
    const [type] = (response.headers.get("content-type") ?? "").split(";");
    const content = described.content ?? {};
    assert.deepEqual(type === "" ? [] : [type], Object.keys(content), `${name} is of another type`);
    seen.set(name, (seen.get(name) ?? 0) + 1);
    if (!type.endsWith("json")) return;
    const steps = ["paths", schemaPath, method.toLowerCase(), "responses", response.status, "content", type, "schema"];
    const pointer = steps.map((it) => encodeURIComponent(String(it).replaceAll("~", "~0").replaceAll("/", "~1")));
    const validate = ajv.getSchema(`api#/${pointer.join("/")}`);
    const body = await response.clone().json();
    assert(validate(body), `${name}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(body)}`);
  };
  return { check, seen };
}

/** The same description, in which what is not described may not be there. */
function closed(document) {
  const copy = structuredClone(document);
  const { schemas } = copy.components;
  // Of a part, the whole says what else may be there.
  const parts = new Map();
  visit(copy, (it) => {
    for (const part of it.allOf ?? []) {
      if (!part.$ref) continue;
      const name = part.$ref.split("/").at(-1);
      parts.set(`Part_${name}`, structuredClone(schemas[name]));
      part.$ref = `#/components/schemas/Part_${name}`;
    }
  });
  for (const schema of Object.values(schemas)) {
    for (const it of schema.oneOf ?? [schema]) if (it.properties || it.allOf) it.unevaluatedProperties = false;
  }
  Object.assign(schemas, Object.fromEntries(parts));
  return copy;
}

function visit(value, look) {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) look(value);
  Object.values(value).forEach((it) => visit(it, look));
}
