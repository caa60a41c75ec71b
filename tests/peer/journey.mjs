// The main journey, with a Fedify server on the other side.

import assert from "node:assert/strict";

import {
  Accept,
  Announce,
  Create,
  Delete,
  Follow,
  Group,
  Like,
  Mention,
  Note,
  PUBLIC_COLLECTION,
  Tombstone,
  Undo,
  Update,
} from "@fedify/vocab";
import { Temporal } from "@js-temporal/polyfill";

import { eventually, step } from "../node/steps.mjs";

const NEED = {
  purpose: "need",
  kind: "goods",
  title: "20 chairs for the harvest supper",
  text: "We bring them back on Sunday.",
  quantity: { total: "20", unit: "one" },
  category: "food",
  terms: "loan",
  place: { name: "The mill", latitude: 41.4, longitude: 2.15, radius: 5000 },
  language: "en",
};

export async function journey(tequio, peer) {
  const collective = await step("a collective is founded over REST", () =>
    tequio.api("POST", "collectives", { handle: "garden", name: "Garden of the valley" }));
  const group = await find(tequio, peer, collective);
  const follow = await followed(peer, group);
  const listing = await told(tequio, peer, group);
  const answer = await answered(tequio, peer, group, listing);
  await liked(tequio, peer, group, listing);
  await replied(tequio, peer, group, listing, answer);
  await takenBack(tequio, peer, group, listing, answer);
  await left(tequio, peer, group, follow);
}

async function find(tequio, peer, collective) {
  const loader = { documentLoader: await peer.context.getDocumentLoader({ identifier: "alice" }) };
  const byHandle = await step("the peer finds it by its handle", async () => {
    const found = await peer.context.lookupObject(`@garden@${tequio.host}`, loader);
    assert(found instanceof Group, `not a Group: ${found}`);
    assert.equal(found.id.href, collective.uri);
    assert.equal(found.preferredUsername, "garden");
    assert.equal(String(found.name), "Garden of the valley");
    return found;
  });
  await step("and by its address", async () => {
    const found = await peer.context.lookupObject(new URL(collective.uri), loader);
    assert.equal(found.id.href, byHandle.id.href);
    assert(found.inboxId && found.outboxId && found.followersId, "it lacks inbox, outbox, or followers");
  });
  await step("our server finds the peer's person by handle", async () => {
    const found = await tequio.api("GET", `resolve?q=${encodeURIComponent(`@alice@${peer.host}`)}`);
    assert.equal(found.uri, peer.uri.href);
  });
  await step("the peer refuses what nobody has signed", async () => {
    const answer = await fetch(peer.id("/inbox"), {
      method: "POST",
      headers: { "content-type": "application/activity+json" },
      body: JSON.stringify({
        "@context": "https://www.w3.org/ns/activitystreams",
        id: `${tequio.base}/activities/forged`,
        type: "Create",
        actor: collective.uri,
        object: { type: "Note", content: "forged" },
      }),
    });
    assert.equal(answer.status, 401);
  });
  return byHandle;
}

async function followed(peer, group) {
  const follow = new Follow({
    id: peer.id("/follows/1"),
    actor: peer.uri,
    object: group.id,
    to: group.id,
  });
  await step("the peer follows, signed, and is accepted", async () => {
    await peer.send(group, follow);
    const { raw } = await eventually("the Accept", () => peer.received(Accept));
    assert.equal(raw.actor, group.id.href);
    assert.equal(raw.object.id, follow.id.href);
  });
  return follow;
}

/** A need and what becomes of it. */
async function told(tequio, peer, group) {
  const listing = await step("a need posted over REST arrives as Create{Note}", async () => {
    const listing = await tequio.api("POST", "collectives/garden/listings", NEED);
    const { activity, raw } = await eventually("the Create", () =>
      peer.received(Create, (raw) => raw.object.id === listing.uri));
    const note = raw.object;
    assert.equal(note.type, "Note");
    assert.equal(note.attributedTo, group.id.href);
    assert.equal(note.name, undefined, "a name would be folded as a content warning");
    assert.equal(note.summary, undefined, "a summary would be folded as a content warning");
    for (const words of [NEED.title, NEED.text, "The mill"]) {
      assert(note.content.includes(words), `“${words}” is not in ${note.content}`);
    }
    const read = await activity.getObject();
    assert(read instanceof Note, "Fedify does not read it as a Note");
    assert.equal(String(read.content), note.content);
    assert.equal(read.attributionId.href, group.id.href);
    return listing;
  });
  await step("its economic properties survive as JSON", () => {
    const note = peer.received(Create, (raw) => raw.object.id === listing.uri).raw.object;
    assert.equal(note.purpose, "request");
    assert.equal(note.publishes.action, "transferCustody");
    assert.equal(note.publishes.resourceQuantity.hasNumericalValue, "20");
    assert.equal(note.publishes.receiver, group.id.href);
    assert.equal(note.location.name, "The mill");
  });
  const changed = (wanted) => eventually("the Update", () => peer.received(Update, (raw) => wanted(raw.object)));
  await step("its edit arrives as Update", async () => {
    await tequio.api("PATCH", `listings/${listing.id}`, { title: "24 chairs" });
    const { activity } = await changed((note) => note.content.includes("24 chairs"));
    assert.equal((await activity.getObject()).id.href, listing.uri);
  });
  await step("“8 of 20 found” arrives as Update", async () => {
    await tequio.api("POST", `listings/${listing.id}/progress`, { found: "8" });
    const { raw } = await changed((note) => note.content.includes("8 of 20 found"));
    assert.equal(raw.object.publishes.availableQuantity.hasNumericalValue, "12");
  });
  return listing;
}

/** What the peer's person says under it. */
async function answered(tequio, peer, group, listing) {
  const note = (content, updated) =>
    new Note({
      id: peer.id("/notes/1"),
      attribution: peer.uri,
      to: PUBLIC_COLLECTION,
      cc: group.id,
      content: `<p><a href="${group.id.href}">@garden</a> ${content}</p>`,
      replyTarget: new URL(listing.uri),
      tags: [new Mention({ href: group.id, name: `@garden@${tequio.host}` })],
      published: Temporal.Instant.from("2026-01-01T10:00:00Z"),
      updated,
    });
  const thread = (wanted) =>
    eventually("the answer in our thread", async () => {
      const { items } = await tequio.api("GET", `listings/${listing.id}/replies`);
      return items.find((reply) => reply.uri === peer.id("/notes/1").href && wanted(reply));
    });
  const answer = await step("the peer answers, and its words stand in our thread", async () => {
    const object = note("We have 8 of them. <script>alert(1)</script>");
    peer.notes.set("1", object);
    await peer.send(group, new Create({ id: peer.id("/creates/1"), actor: peer.uri, object, to: PUBLIC_COLLECTION, cc: group.id }));
    const reply = await thread(() => true);
    assert(reply.text.includes("We have 8 of them."), reply.text);
    assert(!reply.html.includes("script"), reply.html);
    assert.equal(reply.author.uri, peer.uri.href);
    assert.equal(reply.author.name, "Alice");
    return reply;
  });
  await step("its edit replaces them", async () => {
    const object = note("We have 9 of them.", Temporal.Now.instant());
    peer.notes.set("1", object);
    await peer.send(group, new Update({ id: peer.id("/updates/1"), actor: peer.uri, object, to: PUBLIC_COLLECTION, cc: group.id }));
    await thread((reply) => reply.text.includes("We have 9 of them."));
  });
  return answer;
}

async function liked(tequio, peer, group, listing) {
  const object = new URL(listing.uri);
  for (const [kind, path, word] of [[Like, "likes", "likes"], [Announce, "boosts", "boosts"]]) {
    const activity = new kind({ id: peer.id(`/${path}/1`), actor: peer.uri, object, to: PUBLIC_COLLECTION, cc: group.id });
    const counted = (wanted) =>
      eventually(`${word} being ${wanted}`, async () =>
        (await tequio.api("GET", `listings/${listing.id}`))[word] === wanted);
    await step(`${word} of the peer are counted`, async () => {
      await peer.send(group, activity);
      await counted(1);
    });
    await step(`and an Undo takes them back`, async () => {
      await peer.send(group, new Undo({ id: peer.id(`/${path}/1/undo`), actor: peer.uri, object: activity }));
      await counted(0);
    });
  }
}

async function replied(tequio, peer, group, listing, answer) {
  await step("our voice answers, and the peer is mentioned", async () => {
    const reply = await tequio.api("POST", `listings/${listing.id}/replies`, {
      text: "Thank you, see you on Friday.",
      as: "voice",
      parent: answer.id,
    });
    const { activity, raw } = await eventually("the voice's Create", () =>
      peer.received(Create, (raw) => raw.object.id === reply.uri));
    assert.equal(raw.object.attributedTo, group.id.href);
    assert.equal(raw.object.inReplyTo, peer.id("/notes/1").href);
    assert(raw.object.content.includes("see you on Friday"), raw.object.content);
    const mentioned = [];
    for await (const tag of (await activity.getObject()).getTags()) {
      if (tag instanceof Mention) mentioned.push(tag.href.href);
    }
    // The Group too, although it speaks: whoever answers this keeps all who are mentioned.
    assert.deepEqual(mentioned, [peer.uri.href, group.id.href]);
    assert(!JSON.stringify(raw).includes("nuria"), "who spoke for the collective is not told");
  });
}

async function takenBack(tequio, peer, group, listing, answer) {
  await step("the peer deletes its answer, and our thread keeps an empty place", async () => {
    const object = new Tombstone({ id: peer.id("/notes/1") });
    peer.notes.delete("1");
    await peer.send(group, new Delete({ id: peer.id("/deletes/1"), actor: peer.uri, object, to: PUBLIC_COLLECTION }));
    const gone = await eventually("the answer going", async () => {
      const { items } = await tequio.api("GET", `listings/${listing.id}/replies`);
      return items.find((reply) => reply.id === answer.id && reply.state === "deleted");
    });
    assert.equal(gone.text, "");
    assert.equal(gone.author, null);
  });
}

async function left(tequio, peer, group, follow) {
  await step("a withdrawn and deleted need is deleted at the peer", async () => {
    const listing = await tequio.api("POST", "collectives/garden/listings", { ...NEED, title: "A rope" });
    await eventually("its Create", () => peer.received(Create, (raw) => raw.object.id === listing.uri));
    await tequio.api("POST", `listings/${listing.id}/withdraw`, {});
    await eventually("its Update", () =>
      peer.received(Update, (raw) => raw.object.id === listing.uri && raw.object.content.includes("[Withdrawn]")));
    await tequio.api("DELETE", `listings/${listing.id}`);
    await eventually("its Delete", () => peer.received(Delete, (raw) => (raw.object.id ?? raw.object) === listing.uri));
    assert.equal((await fetch(listing.uri, { headers: { accept: "application/activity+json" } })).status, 410);
  });
  await step("the peer unfollows, and the next need is not delivered", async () => {
    await peer.send(group, new Undo({ id: peer.id("/follows/1/undo"), actor: peer.uri, object: follow }));
    await eventually("the unfollow", async () => {
      const collective = await tequio.api("GET", "collectives/garden");
      return collective.followers === 0;
    });
    const unseen = await tequio.api("POST", "collectives/garden/listings", { ...NEED, title: "A ladder" });
    await new Promise((done) => setTimeout(done, 1_500));
    assert.equal(peer.raw.find((raw) => raw.object?.id === unseen.uri), undefined);
  });
}
