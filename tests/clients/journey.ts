// The main journey: a need is posted, found, answered, and fulfilled; all of it by a client that was made from the
// description.

import assert from "node:assert/strict";

import { clientOf, cursorOfNext, full, good, header, refused, there, type Api, type Schemas, type Server } from "./client.js";
import { Events } from "./events.js";
import { App, type Consent, type Grant } from "./oauth.js";

type Listing = Schemas["ListingView"];
type Reply = Schemas["ReplyView"];

/** How steps are told, and how long one waits for what comes by itself. */
export interface Telling {
  step<T>(sentence: string, work: () => T | Promise<T>): Promise<T>;
  eventually<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T>;
}

/** Somebody on a server, in front of a browser. */
export interface Person {
  server: Server;
  handle: string;
  consent: Consent;
}

/** Who takes part: Núria founds, Pau belongs to it, Maren helps. */
export interface People {
  nuria: Person;
  pau: Person;
  maren: Person;
}

/** Somebody with an app that acts for them. */
export interface Member {
  api: Api;
  grant: Grant;
  handle: string;
}

const SCOPE = "read write";

/** A ladder, seen from very far away. */
const LADDER = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const NEED: Schemas["PostListingForm"] = {
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

/** Walks it; hands back who belongs to the collective. */
export async function journey(telling: Telling, people: People): Promise<{ nuria: Member; listing: Listing }> {
  const app = await telling.step("an app introduces itself", () => App.register(people.nuria.server.base, SCOPE));
  const [nuria, pau, maren] = [
    await allowed(telling, app, people.nuria),
    await allowed(telling, app, people.pau),
    await allowed(telling, app, people.maren),
  ];
  await founded(telling, nuria, pau);
  const listing = await posted(telling, pau);
  await found(telling, maren, listing);
  await answered(telling, nuria, maren, listing);
  await edited(telling, pau, listing);
  await agreed(telling, nuria, maren, listing);
  await paged(telling, pau, maren);
  await wrong(telling, pau, maren, listing);
  await ended(telling, people.maren, maren);
  return { nuria, listing };
}

/** Somebody allows the app, in their browser. */
export async function allowed(telling: Telling, app: App, person: Person): Promise<Member> {
  return telling.step(`${person.handle} signs in, reads what the app wants, and allows it`, async () => {
    const grant = await app.allowed(SCOPE, person.consent);
    const api = clientOf(person.server, () => grant.access);
    const me = await good(api.GET("/me"));
    assert.equal(me.person.handle, person.handle);
    assert.deepEqual(me.account.scopes, SCOPE.split(" "));
    return { api, grant, handle: person.handle };
  });
}

async function founded({ step, eventually }: Telling, nuria: Member, pau: Member): Promise<void> {
  const garden = { params: { path: { collective: "garden" } } };
  await step("Núria founds a collective", async () => {
    const body = { handle: "garden", name: "Garden of the valley" };
    const collective = await good(nuria.api.POST("/collectives", { body }));
    assert.equal(collective.handle, "garden");
    assert.equal(collective.local, true);
  });
  await step("and invites Pau, who is told", async () => {
    const invited = await good(nuria.api.POST("/collectives/{collective}/members", { ...garden, body: { handle: "pau", role: "member" } }));
    assert.equal(invited.state, "invited");
    await told(eventually, pau, (it) => it.kind === "invitation" && it.collective?.handle === "garden");
    const { invitations } = await good(pau.api.GET("/me"));
    assert.deepEqual(invitations.map((it) => it.collective.handle), ["garden"]);
  });
  await step("Pau accepts, and is a member", async () => {
    await good(pau.api.POST("/collectives/{collective}/invitation", { ...garden, body: { accept: true } }));
    const { items } = await good(nuria.api.GET("/collectives/{collective}/members", garden));
    const standing = items.map((it) => [it.person.handle, it.role, it.state]);
    assert.deepEqual(standing, [["nuria", "steward", "active"], ["pau", "member", "active"]]);
  });
}

/** A need with a picture, posted twice under one name. */
async function posted({ step }: Telling, pau: Member): Promise<Listing> {
  const picture = await step("Pau uploads a picture and says what there is to see", async () => {
    const { data, response } = await full(pau.api.POST("/media", {
      body: { file: new Blob([Buffer.from(LADDER, "base64")], { type: "image/png" }), alt: "Chairs in a row" },
      bodySerializer({ file, alt }) {
        const form = new FormData();
        form.set("file", file, "chairs.png");
        form.set("alt", alt);
        return form;
      },
    }));
    assert.equal(response.status, 201);
    assert.equal(data.alt, "Chairs in a row");
    assert.deepEqual([data.width, data.height, data.listing], [1, 1, null]);
    const file = await fetch(data.url);
    assert.equal(file.headers.get("content-type"), data.media_type);
    return data;
  });
  return step("posts a need with it twice under one name, and it is there once", async () => {
    const request = {
      params: { path: { collective: "garden" }, header: { "Idempotency-Key": "the-chairs" } },
      body: { ...NEED, media: [picture.id] },
    };
    const first = await full(pau.api.POST("/collectives/{collective}/listings", request));
    const second = await full(pau.api.POST("/collectives/{collective}/listings", request));
    assert.equal(first.response.status, 201);
    assert.deepEqual(second.data, first.data);
    assert.equal(second.response.headers.get("idempotency-replayed"), "true");
    const location = header(first.response, "location");
    assert.equal(new URL(location).pathname, `/api/v1/listings/${first.data.id}`);
    const { items } = await good(pau.api.GET("/collectives/{collective}/listings", { params: { path: { collective: "garden" } } }));
    assert.deepEqual(items.map((it) => it.id), [first.data.id]);
    const listing = first.data;
    assert.equal(listing.state, "open");
    assert.deepEqual(listing.quantity, { total: "20", found: "0", remaining: "20", unit: "one" });
    assert.deepEqual(listing.media.map((it) => it.alt), ["Chairs in a row"]);
    assert.equal(listing.author, null, "the collective speaks");
    return listing;
  });
}

async function found({ step, eventually }: Telling, maren: Member, listing: Listing): Promise<void> {
  await step("Maren finds it by one of its words", async () => {
    const query = { q: "chair", purpose: "need", open: true } as const;
    const { items } = await good(maren.api.GET("/search", { params: { query } }));
    const titles = items.map((it) => it.type === "listing" ? it.title : it.type);
    assert.deepEqual(titles, [listing.title]);
  });
  await step("follows the collective, and reads it in her feed", async () => {
    const follow = await good(maren.api.POST("/follows", { body: { who: "garden" } }));
    assert.equal(follow.state, "accepted");
    assert.equal(follow.actor.id, listing.collective.id);
    await eventually("the need in her feed", async () => {
      const { items } = await good(maren.api.GET("/feeds/home"));
      return items.some((it) => it.type === "listing" && it.id === listing.id);
    });
  });
}

async function answered({ step, eventually }: Telling, nuria: Member, maren: Member, listing: Listing): Promise<void> {
  const thread = { params: { path: { listing: listing.id } } };
  const events = await step("Núria listens to the thread", () => Events.of(nuria.api, `thread:${listing.id}`));
  const reply = await step("Maren replies, and Núria hears of it at once", async () => {
    const { data, response } = await full(maren.api.POST("/listings/{listing}/replies", { ...thread, body: { text: "We have 8 of them." } }));
    assert.equal(response.status, 201);
    const event = await eventually("the event", async () => events.seen.find((it) => it.data.id === data.id));
    assert.deepEqual([event.name, event.data.type, event.data.change], ["reply", "reply", "posted"]);
    events.close();
    return data;
  });
  await step("Núria is told, and answers in the thread with the collective's voice", async () => {
    await told(eventually, nuria, (it) => it.kind === "reply" && it.reply === reply.id);
    const body = { text: "Thank you, see you on Friday.", as: "voice", parent: reply.id } as const;
    const said = await good(nuria.api.POST("/listings/{listing}/replies", { ...thread, body }));
    assert.equal(said.author?.handle, "garden");
  });
  await step("Maren is told, and reads both in their order", async () => {
    await told(eventually, maren, (it) => it.kind === "reply" && it.listing === listing.id);
    const { items } = await good(maren.api.GET("/listings/{listing}/replies", thread));
    const words = items.map((it: Reply) => [it.text, it.depth, it.parent]);
    assert.deepEqual(words, [["We have 8 of them.", 0, null], ["Thank you, see you on Friday.", 1, reply.id]]);
  });
}

/** Waits until somebody is told something, and lets it count as read. */
async function told(
  eventually: Telling["eventually"],
  member: Member,
  wanted: (it: Schemas["NotificationView"]) => boolean,
): Promise<void> {
  const it = await eventually(`what ${member.handle} is told`, async () => {
    const { items } = await good(member.api.GET("/notifications", { params: { query: { unread: true } } }));
    return items.find(wanted);
  });
  await good(member.api.POST("/notifications/read", { body: { until: it.id } }));
  const { unread } = await good(member.api.GET("/notifications/count"));
  assert.equal(unread, 0, "nothing came after it");
}

async function edited({ step }: Telling, pau: Member, listing: Listing): Promise<void> {
  const path = { listing: listing.id };
  await step("Pau changes what he has seen, but not what somebody changed meanwhile", async () => {
    const seen = await full(pau.api.GET("/listings/{listing}", { params: { path } }));
    const etag = header(seen.response, "etag");
    const again = await pau.api.GET("/listings/{listing}", { params: { path, header: { "If-None-Match": etag } } });
    assert.equal(again.response.status, 304, "it is not sent again");
    const request = (title: string) =>
      pau.api.PATCH("/listings/{listing}", { params: { path, header: { "If-Match": etag } }, body: { title } });
    const changed = await full(request("20 chairs for Friday’s supper"));
    assert.equal(changed.data.title, "20 chairs for Friday’s supper");
    assert.notEqual(header(changed.response, "etag"), etag);
    await refused(request("30 chairs"), 412, "stale");
  });
}

async function agreed({ step, eventually }: Telling, nuria: Member, maren: Member, listing: Listing): Promise<void> {
  const path = { listing: listing.id };
  const offer = await step("Maren offers 8, and Núria is told", async () => {
    const body = { quantity: "8", text: "We can bring them on Friday." };
    const offer = await good(maren.api.POST("/listings/{listing}/agreements", { params: { path }, body }));
    assert.equal(offer.state, "offered");
    assert.deepEqual(offer.quantity, { amount: "8", unit: "one" });
    await told(eventually, nuria, (it) => it.kind === "agreement_offered" && it.listing === listing.id);
    return offer;
  });
  const agreement = { params: { path: { agreement: offer.id } } };
  await step("Núria finds it among what waits and accepts, and 12 are still open", async () => {
    const waiting = { params: { path: { collective: "garden" }, query: { state: "offered" } } } as const;
    const { items } = await good(nuria.api.GET("/collectives/{collective}/agreements", waiting));
    assert.deepEqual(items.map((it) => [it.id, it.responder.handle]), [[offer.id, "maren"]]);
    const accepted = await good(nuria.api.POST("/agreements/{agreement}/accept", agreement));
    assert.equal(accepted.state, "accepted");
    await told(eventually, maren, (it) => it.kind === "agreement_answered");
    const now = await good(maren.api.GET("/listings/{listing}", { params: { path } }));
    assert.equal(now.state, "partly");
    assert.deepEqual(now.quantity, { total: "20", found: "8", remaining: "12", unit: "one" });
    await refused(nuria.api.POST("/agreements/{agreement}/accept", agreement), 409, "already_answered");
  });
  await step("notes what else was found, and says that it is done", async () => {
    const progress = await good(nuria.api.POST("/listings/{listing}/progress", { params: { path }, body: { found: "15" } }));
    assert.equal(there(progress.quantity, "the quantity").remaining, "5");
    const done = await good(nuria.api.POST("/agreements/{agreement}/fulfil", agreement));
    assert.notEqual(done.fulfilled_at, null);
    const fulfilled = await good(nuria.api.POST("/listings/{listing}/fulfil", { params: { path } }));
    assert.equal(fulfilled.state, "fulfilled");
    const mine = await good(maren.api.GET("/agreements"));
    assert.deepEqual(mine.items.map((it) => [it.id, it.state]), [[offer.id, "fulfilled"]]);
  });
}

async function paged({ step }: Telling, pau: Member, maren: Member): Promise<void> {
  await step("Pau posts four more, and Maren reads all five on three pages, each once", async () => {
    const titles = ["A ladder", "A rope", "A saw", "A wheelbarrow"];
    for (const title of titles) {
      const body = { purpose: "need", kind: "goods", title } as const;
      await good(pau.api.POST("/collectives/{collective}/listings", { params: { path: { collective: "garden" } }, body }));
    }
    const read: string[] = [];
    let pages = 0;
    let cursor: string | null = null;
    do {
      const query: { limit: number; cursor?: string } = cursor === null ? { limit: 2 } : { limit: 2, cursor };
      const page: { data: Schemas["Page_ListingView"]; response: Response } = await full(
        maren.api.GET("/collectives/{collective}/listings", { params: { path: { collective: "garden" }, query } }),
      );
      cursor = cursorOfNext(page.response);
      assert.equal(page.data.next, cursor);
      read.push(...page.data.items.map((it) => it.title));
      pages += 1;
    } while (cursor !== null);
    assert.equal(pages, 3);
    assert.deepEqual(read, [...titles.toReversed(), "20 chairs for Friday’s supper"]);
  });
}

/** What goes wrong is told so that a program can act on it. */
async function wrong({ step }: Telling, pau: Member, maren: Member, listing: Listing): Promise<void> {
  const board = { params: { path: { collective: "garden" } } };
  const post = (body: Schemas["PostListingForm"]) => pau.api.POST("/collectives/{collective}/listings", { ...board, body });
  await step("a wrong field is named", async () => {
    assert.equal((await refused(post({ ...NEED, title: "" }), 422, "invalid")).field, "title");
    assert.equal((await refused(post({ ...NEED, quantity: { total: "0" } }), 422, "invalid")).field, "quantity.total");
    const typing = { ...NEED, titel: "20 chairs" };
    assert.equal((await refused(post(typing), 422, "unknown_field")).field, "titel");
  });
  await step("what is not theirs to do, not there, or over is refused with its own word", async () => {
    const body = { ...NEED };
    await refused(maren.api.POST("/collectives/{collective}/listings", { ...board, body }), 403, "not_a_member");
    const nothing = { params: { path: { collective: "nothing" } } };
    await refused(maren.api.GET("/collectives/{collective}", nothing), 404, "not_found");
    const path = { listing: listing.id };
    await refused(maren.api.POST("/listings/{listing}/agreements", { params: { path }, body: {} }), 409, "no_longer_open");
  });
}

async function ended({ step }: Telling, person: Person, maren: Member): Promise<void> {
  await step("Maren's app gets itself a new token, and the old one is over", async () => {
    const old = maren.grant.access;
    await maren.grant.renew();
    await good(maren.api.GET("/me"));
    await refused(clientOf(person.server, () => old).GET("/me"), 401, "invalid_token");
  });
  await step("gives it back, and speaks for her no more", async () => {
    await maren.grant.revoke();
    await refused(maren.api.GET("/me"), 401, "invalid_token");
    await refused(clientOf(person.server, () => null).GET("/me"), 401, "no_token");
  });
}
