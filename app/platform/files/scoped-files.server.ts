import type { Scope } from "~/platform/scope/scope.server";

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

export type ScopedFiles = ReturnType<typeof scopedFiles>;
