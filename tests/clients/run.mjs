// A client that a public generator made of the description does the main journey, on each engine and with a second
// server; then the examples of docs/examples are tried.

import { randomBytes } from "node:crypto";

import { engines } from "../node/databases.mjs";
import { eventually, main, step } from "../node/steps.mjs";
import { Tequio } from "../node/tequio.mjs";
import { consenting } from "./browser.mjs";
import { compile, generate, isTheOneInTheGuide, served } from "./document.mjs";
import { everywhere } from "./everywhere.mjs";
import { examples } from "./examples.mjs";
import { fits } from "./fits.mjs";

const telling = { step, eventually };

/** Whoever tries everything within a minute is not to be told that it is too much. */
const PATIENT = { TEQUIO__API__ANONYMOUS_READS: "0", TEQUIO__API__ANONYMOUS_WRITES: "0", TEQUIO__API__WRITES: "0" };

await main(900, async (closing) => {
  let isMade = false;
  for (const { engine, database } of engines()) {
    console.log(`# ${engine}`);
    const here = await Tequio.start(closing, { database: database(closing), settings: PATIENT });
    const there = await Tequio.start(closing, { database: database(closing) });
    try {
      const document = await step("the server describes its API as docs/openapi.json does", async () => {
        const document = await served(here.base);
        isTheOneInTheGuide(document);
        return document;
      });
      if (!isMade) {
        await step("openapi-typescript makes types of it", () => generate(document));
        await step("the journey fits them, strictly", compile);
        isMade = true;
      }
      const watch = fits(document);
      await walk(here, there, watch);
      await everywhere(here, document, watch);
      const count = [...watch.seen.values()].reduce((sum, it) => sum + it, 0);
      console.log(`# ${count} answers of ${watch.seen.size} sorts were as described`);
      await examples(closing, here);
    } catch (error) {
      const tail = (server) => server.log().split("\n").slice(-40).join("\n");
      console.error(`the servers said:\n${tail(here)}\n\n${tail(there)}`);
      throw error;
    }
  }
});

async function walk(here, there, { check }) {
  const { journey } = await import("./made/journey.js");
  const { elsewhere } = await import("./made/elsewhere.js");
  const at = ({ base }) => ({ base, check });
  const people = {
    nuria: withBrowser(at(here), "nuria", here.password),
    pau: person(here, at(here), "pau", "Pau"),
    maren: person(here, at(here), "maren", "Maren"),
  };
  const { nuria } = await journey(telling, people);
  await elsewhere(telling, person(there, at(there), "zola", "Zola"), nuria, here.host);
}

/** Somebody with an account that was made for them. */
function person(tequio, server, handle, name) {
  const password = randomBytes(16).toString("hex");
  tequio.person(handle, name, password);
  return withBrowser(server, handle, password);
}

function withBrowser(server, handle, password) {
  return { server, handle, consent: consenting(server.base, handle, password, "Harvest") };
}
