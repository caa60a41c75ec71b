// Every page that a link leads to, a few of each sort.

import assert from "node:assert/strict";

/** So many pages of one sort: two listings are enough to know what listings look like. */
const OF_A_SORT = 2;
/** A place where everything links to everything is walked through all the same. */
const MOST = 400;

/** What a path is a path of: ids and handles are left out, and of a query only the names. */
export function sort(url) {
  const path = url.pathname
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID")
    .replace(/^\/(c|u|tags|categories|places)\/[^/]+/, "/$1/NAME")
    .replace(/^\/(admin\/servers)\/[^/]+/, "/$1/HOST");
  return `${path}?${[...new Set(url.searchParams.keys())].sort()}`;
}

/**
 * Walks from page to page and shows each to `see(path)`; hands back the paths.
 *
 * Links that lead elsewhere, to a file, or to another form of a page are left alone.
 */
export async function crawl({ page, base }, starts, see) {
  const seen = new Set();
  const sorts = new Map();
  const waiting = [...starts];
  while (waiting.length > 0) {
    const path = waiting.shift();
    const url = new URL(path, base);
    const key = sort(url);
    if (seen.has(path) || (sorts.get(key) ?? 0) >= OF_A_SORT) continue;
    const head = await page.request.get(url.href, { headers: { accept: "text/html" } });
    if (!head.headers()["content-type"]?.startsWith("text/html")) continue;
    seen.add(path);
    sorts.set(key, (sorts.get(key) ?? 0) + 1);
    assert(seen.size <= MOST, `more than ${MOST} pages: ${[...sorts.keys()].join(" ")}`);
    await see(path);
    waiting.push(...(await links(page, base)));
  }
  return [...seen];
}

/** Where the page leads on this server; the language it is read in stays. */
async function links(page, base) {
  const hrefs = await page.$$eval("a[href]:not([download])", (all) => all.map((link) => link.href));
  return hrefs
    .map((href) => new URL(href))
    .filter((url) => url.origin === base && !url.pathname.startsWith("/language/"))
    .map((url) => url.pathname + url.search);
}
