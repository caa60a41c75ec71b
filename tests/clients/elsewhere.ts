// Somebody on another server takes part; both sides are seen through the client.

import assert from "node:assert/strict";

import { good, type Schemas } from "./client.js";
import { allowed, type Member, type Person, type Telling } from "./journey.js";
import { App } from "./oauth.js";

/** Zola, on a server of her own, finds the collective of `nuria` at `host`. */
export async function elsewhere(telling: Telling, zola: Person, nuria: Member, host: string): Promise<void> {
  const { step, eventually } = telling;
  const app = await App.register(zola.server.base, "read write");
  const { api } = await allowed(telling, app, zola);
  await step("Zola finds the collective from her server, follows it, and is accepted", async () => {
    const found = await good(api.GET("/resolve", { params: { query: { q: `@garden@${host}` } } }));
    if (found.type !== "actor") assert.fail(`not an actor: ${found.type}`);
    assert.deepEqual([found.address, found.kind, found.local], [`garden@${host}`, "Group", false]);
    await good(api.POST("/follows", { body: { who: found.uri } }));
    await eventually("the yes of its server", async () => {
      const { items } = await good(api.GET("/follows"));
      return items.find((it) => it.actor.uri === found.uri && it.state === "accepted");
    });
  });
  const seen = await step("a new need comes to her feed", async () => {
    const body = { purpose: "need", kind: "goods", title: "A tent for the seedlings" } as const;
    const need = await good(nuria.api.POST("/collectives/{collective}/listings", { params: { path: { collective: "garden" } }, body }));
    const there = await eventually("the need in her feed", async () => {
      const { items } = await good(api.GET("/feeds/home"));
      return items.find((it) => it.uri === need.uri);
    });
    assert.equal(there.type, "listing");
    return { here: need.id, there: there.id };
  });
  await step("her reply stands in the thread at home, and Núria is told", async () => {
    const path = { listing: seen.there };
    const reply = await good(api.POST("/listings/{listing}/replies", { params: { path }, body: { text: "We have one." } }));
    const arrived: Schemas["ReplyView"] = await eventually("the reply at home", async () => {
      const { items } = await good(nuria.api.GET("/listings/{listing}/replies", { params: { path: { listing: seen.here } } }));
      return items.find((it) => it.uri === reply.uri);
    });
    // Between servers it calls whom it answers by name, as microblogs do.
    assert.equal(arrived.text, "@garden We have one.");
    assert.deepEqual([arrived.author?.handle, arrived.author?.local], ["zola", false]);
    await eventually("what Núria is told", async () => {
      const { items } = await good(nuria.api.GET("/notifications", { params: { query: { unread: true } } }));
      return items.some((it) => it.kind === "reply" && it.reply === arrived.id);
    });
  });
}
