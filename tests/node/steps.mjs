// Steps that are told one by one (TAP), and waiting for what comes over the network.

import assert from "node:assert/strict";

let number = 0;

/** Does one step, says so, and hands back what came of it. */
export async function step(sentence, work) {
  const mine = (number += 1);
  try {
    const done = await work();
    console.log(`ok ${mine} - ${sentence}`);
    return done;
  } catch (error) {
    console.log(`not ok ${mine} - ${sentence}`);
    throw error;
  }
}

/** Looks until there is something; gives up after a while. */
export async function eventually(what, look, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
    assert(Date.now() < end, `${what} did not happen within ${seconds} seconds`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Runs everything and ends the process: 0 when all went well, 1 with the reason when not. */
export async function main(seconds, work) {
  const closing = [];
  const close = async () => {
    for (const end of closing.reverse().splice(0)) await end();
  };
  const late = new Promise((_, fail) => {
    setTimeout(() => fail(new Error(`not done after ${seconds} seconds`)), seconds * 1000);
  });
  let code = 0;
  try {
    await Promise.race([work((end) => closing.push(end)), late]);
    console.log(`1..${number}`);
  } catch (error) {
    console.error(error);
    code = 1;
  }
  await close();
  process.exit(code);
}
