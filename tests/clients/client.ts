// The client that openapi-fetch makes of the description, and what each call of it must come to.

import assert from "node:assert/strict";

import createClient, { type Client } from "openapi-fetch";

import type { components, paths } from "./made/api.js";

export type Schemas = components["schemas"];
export type Api = Client<paths>;
type Problem = Schemas["Problem"];

/** What every call answers, well or not. */
type Answer<T> =
  | { data: T; error?: never; response: Response }
  | { data?: never; error: Problem; response: Response };

/** Where a token comes from, at the moment it is needed; nobody's where there is none. */
export type Bearer = () => string | null;

/** A server, and what looks at each of its answers. */
export interface Server {
  base: string;
  check(method: string, schemaPath: string, response: Response): Promise<void>;
}

/** A client of a server. */
export function clientOf(server: Server, bearer: Bearer): Api {
  const api = createClient<paths>({ baseUrl: `${server.base}/api/v1` });
  api.use({
    async onResponse({ request, schemaPath, response }) {
      await server.check(request.method, schemaPath, response);
    },
    onRequest({ request }) {
      const token = bearer();
      if (token !== null) request.headers.set("Authorization", `Bearer ${token}`);
      return request;
    },
  });
  return api;
}

/** What came of a call that went well. */
export async function good<T>(asked: Promise<Answer<T>>): Promise<T> {
  return (await full(asked)).data;
}

/** The same, with its headers. */
export async function full<T>(asked: Promise<Answer<T>>): Promise<{ data: T; response: Response }> {
  const { data, error, response } = await asked;
  if (error !== undefined) assert.fail(told(error, response));
  assert(response.ok, `${response.status} without a problem`);
  return { data, response };
}

/** The problem that a call must come to. */
export async function refused<T>(asked: Promise<Answer<T>>, status: number, code: string): Promise<Problem> {
  const { error, response } = await asked;
  if (error === undefined) assert.fail(`${response.status} where ${status} ${code} was to come`);
  assert.equal(response.status, status, told(error, response));
  assert.equal(error.code, code, told(error, response));
  assert.equal(error.status, status);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  return error;
}

function told(error: Problem, response: Response): string {
  const field = error.field === undefined || error.field === null ? "" : ` (${error.field})`;
  return `${response.url}: ${response.status} ${error.code}${field}: ${error.detail}`;
}

/** A header that the description says is there. */
export function header(response: Response, name: string): string {
  const value = response.headers.get(name);
  assert(value !== null, `${response.url}: the answer has no ${name}`);
  return value;
}

/** The `cursor` of the page after this one, as `Link` has it (RFC 8288); null on the last one. */
export function cursorOfNext(response: Response): string | null {
  const link = response.headers.get("link");
  if (link === null) return null;
  const next = /<([^>]+)>; rel="next"/.exec(link)?.[1];
  assert(next !== undefined, `no next page in ${link}`);
  const cursor = new URL(next).searchParams.get("cursor");
  assert(cursor !== null, `no cursor in ${next}`);
  return cursor;
}

/** What is there must be there. */
export function there<T>(value: T | null | undefined, what: string): T {
  assert(value !== null && value !== undefined, `${what} is not there`);
  return value;
}
