// An app as its makers write it: it introduces itself, sends people to the page of consent, and keeps what it is
// given (RFC 8414, 7591, 7636, 6749, 7009). None of this is in the description: OAuth has words of its own.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";

/** A person in front of a browser: is sent to an address, signs in, says yes, and ends where the app listens. */
export type Consent = (address: URL) => Promise<URL>;

type Told = { status: number; body: Record<string, unknown> };

/** Somewhere on the person's own machine; the port is free (RFC 8252). */
const BACK = "http://127.0.0.1/back";

/** What an app is given for one person. */
export class Grant {
  #app: App;
  access: string;
  refresh: string;

  constructor(app: App, told: Told) {
    this.#app = app;
    this.access = text(told.body, "access_token");
    this.refresh = text(told.body, "refresh_token");
    assert.equal(told.body["token_type"], "Bearer");
    assert.equal(told.body["expires_in"], 3600);
  }

  /** Shows the refresh token, and keeps the new pair. */
  async renew(): Promise<void> {
    const told = await this.#app.ask("token_endpoint", { grant_type: "refresh_token", refresh_token: this.refresh });
    assert.equal(told.status, 200, JSON.stringify(told.body));
    const next = new Grant(this.#app, told);
    assert.notEqual(next.access, this.access);
    assert.notEqual(next.refresh, this.refresh);
    this.access = next.access;
    this.refresh = next.refresh;
  }

  /** Gives it back. */
  async revoke(): Promise<void> {
    const told = await this.#app.ask("revocation_endpoint", { token: this.refresh });
    assert.equal(told.status, 200, JSON.stringify(told.body));
  }
}

/** An app that runs where everybody can read it, and so keeps no secret. */
export class App {
  #metadata: Record<string, unknown>;
  #id: string;

  private constructor(metadata: Record<string, unknown>, id: string) {
    this.#metadata = metadata;
    this.#id = id;
  }

  /** Finds out where everything is, and registers. */
  static async register(base: string, scope: string): Promise<App> {
    const found = await told(await fetch(`${base}/.well-known/oauth-authorization-server`));
    assert.equal(found.status, 200);
    assert.equal(found.body["issuer"], base);
    const registered = await told(await fetch(text(found.body, "registration_endpoint"), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        client_name: "Harvest",
        redirect_uris: [BACK],
        scope,
        token_endpoint_auth_method: "none",
      }),
    }));
    assert.equal(registered.status, 201, JSON.stringify(registered.body));
    assert.equal(registered.body["client_secret"], undefined);
    return new App(found.body, text(registered.body, "client_id"));
  }

  /** Asks somebody, who says yes in their browser. */
  async allowed(scope: string, consent: Consent): Promise<Grant> {
    const back = BACK.replace("127.0.0.1", "127.0.0.1:49152");
    const verifier = randomBytes(32).toString("base64url");
    const state = randomBytes(8).toString("hex");
    const address = new URL(text(this.#metadata, "authorization_endpoint"));
    address.search = new URLSearchParams({
      response_type: "code",
      client_id: this.#id,
      redirect_uri: back,
      scope,
      state,
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    }).toString();
    const arrived = await consent(address);
    assert.equal(arrived.origin + arrived.pathname, back);
    assert.equal(arrived.searchParams.get("state"), state, "somebody else's answer");
    assert.equal(arrived.searchParams.get("iss"), this.#metadata["issuer"], "RFC 9207");
    const code = arrived.searchParams.get("code");
    assert(code !== null, `no code: ${arrived.search}`);
    const fields = { grant_type: "authorization_code", code, redirect_uri: back, code_verifier: verifier };
    const given = await this.ask("token_endpoint", fields);
    assert.equal(given.status, 200, JSON.stringify(given.body));
    assert.equal(given.body["scope"], scope);
    return new Grant(this, given);
  }

  /** Sends a form to one of the endpoints, and says who it is. */
  async ask(endpoint: string, fields: Record<string, string>): Promise<Told> {
    const body = new URLSearchParams({ ...fields, client_id: this.#id });
    return told(await fetch(text(this.#metadata, endpoint), { method: "POST", body }));
  }
}

async function told(answer: Response): Promise<Told> {
  const words = await answer.text();
  const said: unknown = words === "" ? {} : JSON.parse(words);
  assert(isObject(said), `no object: ${words}`);
  return { status: answer.status, body: said };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function text(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  assert(typeof value === "string", `${name} is no text in ${JSON.stringify(body)}`);
  return value;
}
