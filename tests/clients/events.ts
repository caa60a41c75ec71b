// Server-sent events, read with fetch: the EventSource of browsers can send no token.

import assert from "node:assert/strict";

import { good, type Api, type Schemas } from "./client.js";

type Happened = Schemas["HappenedView"];

/** A stream that is open, and what has come of it. */
export class Events {
  readonly seen: { id: string; name: string; data: Happened }[] = [];
  #end: AbortController;

  private constructor(end: AbortController) {
    this.#end = end;
  }

  /** Listens from now on. */
  static async of(api: Api, topic: string): Promise<Events> {
    const end = new AbortController();
    const body = await good(api.GET("/streaming", {
      params: { query: { topic } },
      parseAs: "stream",
      signal: end.signal,
    }));
    assert(body !== null, "a stream has a body");
    const events = new Events(end);
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    const { value: first = "" } = await reader.read();
    assert(first.includes("retry:"), "it says when to come back");
    void events.#read(reader, first).catch((error: unknown) => assert(end.signal.aborted, String(error)));
    return events;
  }

  /** Listens no more. */
  close(): void {
    this.#end.abort();
  }

  async #read(reader: ReadableStreamDefaultReader<string>, left: string): Promise<void> {
    let text = left;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += value;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) this.#keep(block);
    }
  }

  #keep(block: string): void {
    const fields = new Map(block.split("\n").map((line) => {
      const at = line.indexOf(": ");
      return [line.slice(0, at), line.slice(at + 2)];
    }));
    const [id, name, data] = [fields.get("id"), fields.get("event"), fields.get("data")];
    if (id === undefined || name === undefined || data === undefined) return;
    const said: unknown = JSON.parse(data);
    assert(isHappened(said), `not what the description says: ${data}`);
    this.seen.push({ id, name, data: said });
  }
}

function isHappened(value: unknown): value is Happened {
  return typeof value === "object" && value !== null
    && "type" in value && typeof value.type === "string"
    && "change" in value && typeof value.change === "string"
    && "id" in value && typeof value.id === "string"
    && "occurred_at" in value && typeof value.occurred_at === "string";
}
