// What three people come for, walked on a phone without a line of JavaScript: somebody who keeps the place,
// somebody who belongs to a collective, and somebody who is only looking.

import assert from "node:assert/strict";

import { eventually, step } from "../node/steps.mjs";
import { Tequio } from "../node/tequio.mjs";
import { signIn } from "./demo.mjs";

const PASSWORD = "a long enough password";
const PHONE = { width: 360, height: 740 };

/** The three journeys, one after the other, on one server with this database. */
export async function journeys(closing, browser, database) {
  const server = await Tequio.start(closing, { database, admin: false });
  const open = () => phone(browser, server.base);

  const nuria = await open();
  await step("whoever starts a server makes the first account, once", () => firstAccount(nuria, server));
  await step("she says who may come, and founds a collective", () => found(nuria));

  const pau = await open();
  await step("somebody asks for an account, and confirms the address", () => signUp(pau, server));
  await step("the collective lets them in, and among its members", () => letIn(nuria, pau));
  await step("a member corrects a form, looks at a preview, and publishes", () => publish(pau));
  const need = new URL(pau.page.url()).pathname;

  const visitor = await open();
  await step("a visitor finds the need by its words, and in another language", () => find(visitor, need));
  await step("a visitor is sent on to a server of their own", () => onward(visitor, need));

  await step("an offer is made, accepted, and done, and thanks are said", () => meet(nuria, pau, need));
  await step("a member leaves with all they wrote, and is gone", () => leave(pau, server));

  const [joan, mallory] = [await open(), await open()];
  await step("a report becomes a case, a decision, and an appeal", () => decide(nuria, joan, mallory, server, need));
}

/** A phone that runs no scripts. */
async function phone(browser, base) {
  const context = await browser.newContext({ baseURL: base, javaScriptEnabled: false, viewport: PHONE });
  await context.addCookies([{ name: "tequio-language", value: "en", url: base }]);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const press = (name, within = page.getByRole("main")) =>
    within.getByRole("button", { name, exact: false }).first().click();
  const reads = (text) => page.getByText(text).first().waitFor();
  return { page, base, press, reads };
}

async function firstAccount({ page, press }, server) {
  const address = server.said().match(/^ {2}(http\S+setup\?token=\S+)$/m)?.[1];
  assert(address, server.said());
  const closed = await page.goto(address.replace(/.$/, (last) => (last === "0" ? "1" : "0")));
  assert.equal(closed.status(), 404, "another word opens nothing");
  await page.goto(address);
  await page.getByLabel("Handle").fill("nuria");
  await page.getByLabel("Name").fill("Núria");
  await page.getByLabel("Password").fill("short");
  await page.getByLabel("Password").evaluate((it) => it.removeAttribute("minlength"));
  await press("Make the account");
  assert.equal(await page.getByLabel("Handle").inputValue(), "nuria", "what was typed is kept");
  await page.getByLabel("Password").fill(PASSWORD);
  await press("Make the account");
  await signInAs(page, server.base, "nuria");
  assert.equal((await page.goto(address)).status(), 404, "the page works once");
}

async function signInAs(page, base, handle) {
  if (await page.getByRole("button", { name: "Sign out" }).count()) return;
  await signIn({ page, base }, handle, PASSWORD);
}

async function found({ page, press, reads }) {
  await page.goto("/admin/settings");
  await page.getByLabel("Who may ask for an account").selectOption("approval");
  await press("Save");
  await page.goto("/collectives/new");
  await page.getByLabel("Name").fill("Hort de Gràcia");
  await page.getByLabel("Handle").fill("hort");
  await page.locator("#f-summary").fill("We grow vegetables between the houses.");
  await press("Start");
  await reads("We grow vegetables");
  assert.equal(new URL(page.url()).pathname, "/c/hort");
  await page.goto("/c/hort/joining");
  await page.locator("input[name=policy][value=request]").check();
  await page.locator("#f-questions").fill("What would you like to do?");
  await press("Save");
}

async function signUp({ page, press, reads }, server) {
  await page.goto("/");
  await page.goto("/join");
  await page.locator("#f-handle").fill("pau");
  await page.locator("#f-name").fill("Pau");
  await page.locator("#f-email").fill("pau@mail.example");
  await page.locator("#f-password").fill(PASSWORD);
  await page.locator("#f-collective").fill("no-such-collective");
  await page.locator("#f-application").fill("I bring water on Tuesdays.");
  await page.locator("input[name=agreement]").check();
  await press("Ask for an account");
  await page.locator("#f-collective[aria-invalid]").waitFor();
  assert.equal(await page.locator("#f-email").inputValue(), "pau@mail.example", "what was typed is kept");
  await page.locator("#f-collective").fill("hort");
  await page.locator("#f-password").fill(PASSWORD);
  await press("Ask for an account");
  const [letter] = await eventually("a letter", () => some(server.letters("pau@mail.example")));
  const link = letter.match(/http\S+\/account\/confirm\S+/)?.[0];
  assert(link, letter);
  await page.goto(link);
  await press("It is mine");
  await page.waitForLoadState();
}

const some = (list) => (list.length > 0 ? list : null);

async function letIn(nuria, pau) {
  await nuria.page.goto("/c/hort/accounts");
  await nuria.reads("I bring water on Tuesdays.");
  await nuria.press("Let in");
  await signInAs(pau.page, pau.base, "pau");
  await pau.page.goto("/c/hort/joining");
  if (await pau.page.getByLabel("What would you like to do?").count()) {
    await pau.page.getByLabel("What would you like to do?").fill("Water.");
    await pau.press("Ask");
    await nuria.page.goto("/c/hort/joining");
    await nuria.reads("Water.");
    await nuria.page.locator("form[action$='/accept'] button").first().click();
  }
  await pau.page.goto("/c/hort");
  await pau.page.getByRole("link", { name: "Post a need" }).waitFor();
}

async function publish({ page, press, reads }) {
  await page.getByRole("link", { name: "Post a need" }).click();
  await page.getByLabel("In a few words").fill("Twenty chairs for the harvest");
  await page.locator("input[name=kind][value=goods]").check({ force: true });
  await page.getByLabel("How much (optional)").fill("a few");
  await page.getByLabel("Place (optional)").fill("Gràcia");
  await press("Publish");
  await page.locator("#f-quantity[aria-invalid]").waitFor();
  assert.equal(await page.getByLabel("In a few words").inputValue(), "Twenty chairs for the harvest");
  await page.getByLabel("How much (optional)").fill("20");
  await press("Preview");
  await reads("On Mastodon and its kin");
  await press("Publish");
  await page.getByRole("heading", { level: 1, name: "Twenty chairs" }).waitFor();
}

async function find({ page, reads }, need) {
  await page.goto("/");
  await page.getByRole("link", { name: "See needs and offers" }).click();
  await page.getByLabel("With these words").fill("CHAIRS gracia");
  await page.getByRole("button", { name: "Show" }).first().click();
  await page.getByRole("link", { name: "Twenty chairs for the harvest" }).first().click();
  assert.equal(new URL(page.url()).pathname, need);
  await page.getByRole("link", { name: "Català" }).click();
  assert.equal(new URL(page.url()).pathname, need);
  await reads("Encara cap resposta");
  await page.getByRole("link", { name: "English" }).click();
}

async function onward({ page, press, reads, base }, need) {
  await page.goto(`/interact?about=${need}`);
  await page.getByLabel("Your handle").fill("not a handle");
  await press("Go to my server");
  await page.locator("#f-handle[aria-invalid]").waitFor();
  assert.equal(await page.getByLabel("Your handle").inputValue(), "not a handle");
  // The only other server that this one can reach is itself.
  await page.getByLabel("Your handle").fill(`@nuria@${new URL(base).host}`);
  await press("Go to my server");
  await reads(new URL(base).host);
}

async function meet(nuria, pau, need) {
  await nuria.page.goto(need);
  const offer = nuria.page.locator("#offer");
  if (await offer.count()) {
    await offer.getByLabel("How much?").fill("12");
    await offer.getByLabel("A few words").fill("From our cellar.");
    await nuria.press("Offer it", offer);
  }
  await nuria.page.goto("/c/hort/agreements");
  await nuria.reads("From our cellar.");
  await nuria.press("Yes, gladly");
  await nuria.press("It is done");
  await pau.page.goto(need);
  await pau.reads("12");
  await pau.page.getByText("Fulfilled", { exact: true }).and(pau.page.locator("summary")).click();
  await pau.page.getByLabel("Say thank you (optional)").fill("Thank you all, there were enough chairs!");
  await pau.page.locator("form[action$='/fulfil'] button").first().click();
  await pau.reads("Thank you all, there were enough chairs!");
}

async function leave({ page, press, reads }, server) {
  await page.goto("/account");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("a[href*='export'], form[action*='export'] button").first().click(),
  ]);
  assert.match(download.suggestedFilename(), /\.zip$/);
  await page.goto("/account/delete");
  await page.getByLabel("Password").fill(PASSWORD);
  const sure = page.locator("input[type=checkbox]");
  if (await sure.count()) await sure.first().check();
  await press("Delete");
  const gone = await fetch(`${server.base}/u/pau`);
  assert([404, 410].includes(gone.status), `${gone.status}`);
  await reads("Sign in");
}

async function decide(nuria, joan, mallory, server, need) {
  for (const [who, handle] of [[joan, "joan"], [mallory, "mallory"]]) {
    server.person(handle, handle, PASSWORD);
    await signInAs(who.page, who.base, handle);
  }
  await mallory.page.goto(need);
  await mallory.page.getByLabel("Your answer").fill("Buy my chairs, very cheap!");
  await mallory.press("Send the answer");
  await joan.page.goto(need);
  await joan.page.getByRole("link", { name: /^Report mallory/ }).click();
  await joan.page.locator("#f-text").fill("An advertisement.");
  await joan.press("Report");
  await nuria.page.goto("/admin/cases");
  await nuria.press("Open a case");
  await nuria.page.goto("/admin/cases?show=open");
  await nuria.page.getByRole("link", { name: /mallory/ }).first().click();
  await nuria.page.locator("input[name=kind]").first().check();
  await nuria.page.locator("#f-text").fill("No advertisements here, please.");
  await nuria.press("Decide");
  await mallory.page.goto("/decisions");
  await mallory.reads("No advertisements here, please.");
  await mallory.page.locator("textarea[name=text]").fill("It was meant as help.");
  await mallory.press("appeal");
  await nuria.page.goto("/admin/cases?show=appeals");
  await nuria.page.getByRole("link", { name: /mallory/ }).first().click();
  await nuria.reads("It was meant as help.");
}
