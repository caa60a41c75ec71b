// An independent peer follows a collective, gets its need, answers it, and leaves again; then an independent
// test suite looks at our actors.

import { main } from "../node/steps.mjs";
import { Tequio } from "../node/tequio.mjs";
import { conformance } from "./conformance.mjs";
import { journey } from "./journey.mjs";
import { Peer, speakPlainlyAtHome } from "./peer.mjs";

await main(180, async (closing) => {
  speakPlainlyAtHome();
  const tequio = await Tequio.start(closing);
  const peer = await Peer.start(closing);
  try {
    await journey(tequio, peer);
    await conformance(tequio);
  } catch (error) {
    console.error(`the server said:\n${tequio.log().split("\n").slice(-40).join("\n")}`);
    throw error;
  }
});
