// A server built on Fedify, with one person on it. It checks our signatures and reads our documents by its
// own lights.

import { createServer } from "node:http";

import {
  createFederation,
  generateCryptoKeyPair,
  InProcessMessageQueue,
  MemoryKvStore,
} from "@fedify/fedify";
import { Activity, Endpoints, Note, Person } from "@fedify/vocab";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";

const HANDLE = "alice";

/** Fedify asks the servers of handles over https alone; on this machine nobody speaks it. */
export function speakPlainlyAtHome() {
  const real = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (!address.startsWith("https://127.0.0.1:")) return real(input, init);
    const plain = address.replace("https:", "http:");
    return real(input instanceof Request ? new Request(plain, input) : plain, init);
  };
}

export class Peer {
  /** Bodies as they arrived, whatever Fedify thought of them. */
  raw = [];
  /** Activities whose signatures Fedify has checked. */
  verified = [];
  /** What its person wrote, by the last part of its address. */
  notes = new Map();

  static async start(closing) {
    const peer = new Peer();
    peer.federation = await peer.build();
    const app = new Hono();
    app.use(async (context, next) => {
      if (context.req.method === "POST") {
        peer.raw.push(JSON.parse(await context.req.raw.clone().text()));
      }
      await next();
    });
    app.all("*", (context) => peer.federation.fetch(context.req.raw, { contextData: undefined }));
    const server = createServer(getRequestListener(app.fetch));
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    peer.host = `127.0.0.1:${server.address().port}`;
    peer.base = `http://${peer.host}`;
    closing(() => server.closeAllConnections());
    peer.context = peer.federation.createContext(new URL(peer.base), undefined);
    peer.uri = peer.context.getActorUri(HANDLE);
    return peer;
  }

  async build() {
    const federation = createFederation({
      kv: new MemoryKvStore(),
      queue: new InProcessMessageQueue(),
      allowPrivateAddress: true,
    });
    const keys = [
      await generateCryptoKeyPair("RSASSA-PKCS1-v1_5"),
      await generateCryptoKeyPair("Ed25519"),
    ];
    federation
      .setActorDispatcher("/users/{identifier}", (context, identifier) => this.person(context, identifier))
      .setKeyPairsDispatcher((_, identifier) => (identifier === HANDLE ? keys : []));
    federation
      .setInboxListeners("/users/{identifier}/inbox", "/inbox")
      .on(Activity, (_, activity) => void this.verified.push(activity));
    federation.setObjectDispatcher(Note, "/notes/{id}", (_, { id }) => this.notes.get(id) ?? null);
    return federation;
  }

  async person(context, identifier) {
    if (identifier !== HANDLE) return null;
    const keys = await context.getActorKeyPairs(identifier);
    return new Person({
      id: context.getActorUri(identifier),
      preferredUsername: identifier,
      name: "Alice",
      inbox: context.getInboxUri(identifier),
      endpoints: new Endpoints({ sharedInbox: context.getInboxUri() }),
      publicKey: keys[0].cryptographicKey,
      assertionMethods: keys.map((key) => key.multikey),
      url: context.getActorUri(identifier),
    });
  }

  /** Delivers at once; throws when it is refused. */
  send(recipient, activity) {
    return this.context.sendActivity({ identifier: HANDLE }, recipient, activity, { immediate: true });
  }

  /** An address for something of this server. */
  id(path) {
    return new URL(path, this.base);
  }

  /** The first verified activity of a kind that is as wanted, with its body as it arrived. */
  received(kind, wanted = () => true) {
    for (const activity of this.verified) {
      if (!(activity instanceof kind)) continue;
      const raw = this.raw.find((body) => body.id === activity.id?.href);
      if (raw && wanted(raw)) return { activity, raw };
    }
    return null;
  }
}
