// Signing in and posting a need without a mouse.

import assert from "node:assert/strict";

const TITLE = "A ladder for picking olives";

export async function postByKeyboard({ page, base, complaints }, handle, password) {
  await page.goto(`${base}/`);
  await tabTo(page, "link", "Sign in");
  await enter(page);
  await tabTo(page, "field", "login");
  await page.keyboard.type(handle);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await enter(page);
  await tabTo(page, "link", "Collectives");
  await enter(page);
  await tabTo(page, "link", "Ateneu de Gràcia");
  await enter(page);
  await tabTo(page, "link", "Post a need");
  await enter(page);
  await choose(page, "purpose", "need");
  await choose(page, "kind", "goods");
  await tabTo(page, "field", "title");
  await page.keyboard.type(TITLE);
  await tabTo(page, "button", "Publish");
  await enter(page);
  assert.match(new URL(page.url()).pathname, /^\/listings\/[0-9a-f-]{36}$/);
  const heading = await page.getByRole("heading", { level: 1 }).innerText();
  assert(heading.includes(TITLE), heading);
  assert.deepEqual(complaints.splice(0), []);
}

/** Presses Tab until the wanted control has the focus; it must be seen to have it. */
async function tabTo(page, kind, name) {
  for (let pressed = 0; pressed < 200; pressed += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const it = document.activeElement;
      const style = getComputedStyle(it);
      return {
        tag: it.tagName,
        name: it.getAttribute("name"),
        text: it.innerText?.trim() ?? "",
        seen: style.outlineStyle !== "none" || style.boxShadow !== "none",
      };
    });
    const found = {
      link: at.tag === "A" && at.text.includes(name),
      button: at.tag === "BUTTON" && at.text === name,
      field: at.name === name,
    }[kind];
    if (!found) continue;
    if (kind !== "field") assert(at.seen, `nobody sees that ${name} has the focus`);
    return;
  }
  assert.fail(`the ${kind} ${name} is not reached with Tab on ${page.url()}`);
}

/** Presses Enter and waits for the next page. */
async function enter(page) {
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
}

/** Goes to a group of choices and through them until the wanted one is chosen. */
async function choose(page, name, value) {
  const chosen = () =>
    page.evaluate((group) => document.querySelector(`input[name="${group}"]:checked`)?.value ?? null, name);
  if ((await page.locator(`input[name="${name}"][type="radio"]`).count()) === 0) return;
  await tabTo(page, "field", name);
  if ((await chosen()) === null) await page.keyboard.press("Space");
  for (let pressed = 0; pressed < 10 && (await chosen()) !== value; pressed += 1) {
    await page.keyboard.press("ArrowDown");
  }
  assert.equal(await chosen(), value, name);
}
