import type { Scope } from "~/platform/scope/scope.server";

/** What R2 answers for a part, and asks for when the parts are put together. */
export type KeptPart = { number: number; etag: string };

export type StoredFile = { name: string; facts: Readonly<Record<string, string>> };

/** An organization's folder among the files: no name leads out of it. */
export function scopedFiles(bucket: R2Bucket, { organizationId }: Scope) {
  const folder = `${organizationId}/`;
  return {
    has: async (name: string): Promise<boolean> => (await bucket.head(folder + name)) !== null,

    /** Writes a file that is not there yet; false where it is, and then it stays as it was. */
    async create(name: string, text: string, facts: Record<string, string>): Promise<boolean> {
      const options = { onlyIf: new Headers({ "If-None-Match": "*" }), customMetadata: facts, httpMetadata: { contentType: "application/json" } };
      return (await bucket.put(folder + name, text, options)) !== null;
    },

    async put(name: string, bytes: Uint8Array): Promise<void> {
      await bucket.put(folder + name, bytes);
    },

    /** The whole file, or a stretch of it, as it comes; null where there is none. */
    async read(name: string, range?: { offset: number; length: number }): Promise<ReadableStream<Uint8Array> | null> {
      const found = await bucket.get(folder + name, range && { range });
      return found?.body ?? null;
    },

    remove: (...names: readonly string[]): Promise<void> => bucket.delete(names.map((name) => folder + name)),

    /** Begins a file that comes in parts, and answers what R2 calls this coming. */
    beginParts: async (name: string): Promise<string> => (await bucket.createMultipartUpload(folder + name)).uploadId,

    /** A part that is held in memory. */
    async putPart(name: string, coming: string, number: number, bytes: Uint8Array): Promise<KeptPart> {
      const { etag } = await bucket.resumeMultipartUpload(folder + name, coming).uploadPart(number, bytes);
      return { number, etag };
    },

    /**
     * A part that is passed on as it arrives, seen by `look` on its way. Null where it broke off, was not as long as
     * promised, is not `sound` or was given up meanwhile: the last piece waits for that word, so that such a part never takes an earlier one's place.
     */
    async streamPart(
      name: string,
      coming: string,
      part: { number: number; bytes: number; body: ReadableStream<Uint8Array>; onChunk(chunk: Uint8Array): void; sound(): boolean },
    ): Promise<KeptPart | null> {
      const { number, bytes, body, onChunk, sound } = part;
      const { readable, writable } = new FixedLengthStream(bytes);
      const kept = bucket.resumeMultipartUpload(folder + name, coming).uploadPart(number, readable);
      let last: Uint8Array | null = null;
      let seen = 0;
      let whole = false;
      const inspected = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, out) {
          onChunk(chunk);
          seen += chunk.length;
          if (last) out.enqueue(last);
          last = chunk;
        },
        flush(out) {
          whole = seen === bytes && sound();
          if (last && whole) out.enqueue(last);
        },
      });
      // Both are awaited whatever happens to the other: one left alone beside a failed one would hang.
      const [, done] = await Promise.allSettled([body.pipeThrough(inspected).pipeTo(writable), kept]);
      if (!whole || (done.status === "rejected" && isGone(done.reason))) return null;
      if (done.status === "rejected") throw done.reason;
      return { number, etag: done.value.etag };
    },

    /** Puts the parts together. False where R2 knows nothing of them any more: it has done so already, or given them up. */
    async finishParts(name: string, coming: string, parts: readonly KeptPart[]): Promise<boolean> {
      try {
        await bucket.resumeMultipartUpload(folder + name, coming).complete(parts.map(({ number, etag }) => ({ partNumber: number, etag })));
        return true;
      } catch (cause) {
        if (isGone(cause)) return false;
        throw cause;
      }
    },

    async dropParts(name: string, coming: string): Promise<void> {
      await bucket
        .resumeMultipartUpload(folder + name, coming)
        .abort()
        .catch((cause) => {
          if (!isGone(cause)) throw cause;
        });
    },

    /** Everything whose name begins so, with the facts that it was written with. */
    async list(start: string): Promise<StoredFile[]> {
      const files: StoredFile[] = [];
      let cursor: string | undefined;
      do {
        const page = await bucket.list({ prefix: folder + start, include: ["customMetadata"], cursor });
        files.push(...page.objects.map(({ key, customMetadata }) => ({ name: key.slice(folder.length), facts: customMetadata ?? {} })));
        cursor = page.truncated ? page.cursor : undefined;
      } while (cursor);
      return files;
    },
  };
}

/** R2's code for an upload that it does not know, at the end of its message. */
const isGone = (cause: unknown): boolean => cause instanceof Error && /NoSuchUpload|does not exist|\(10024\)/.test(cause.message);

export type ScopedFiles = ReturnType<typeof scopedFiles>;
