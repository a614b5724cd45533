import { and, eq } from "drizzle-orm";
import type { Clock } from "~/kernel/time";
import { newSha256 } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { documents } from "~/platform/database/tenant.tables";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import type { PdfDocument } from "./document";
import { type Assets, typefacesFrom } from "./fonts.server";

/** Which paper of a record: an edition is printed once and stays as it is. */
export type DocumentName = { kind: string; id: string; edition: string };
/** Where its PDF lies among the organization's files. */
export type StoredDocument = { file: string; sha256: string; bytes: number };
/** With the name that it has when it is downloaded. */
export type NamedDocument = StoredDocument & { name: string };
/** A document made for one answer and kept nowhere. */
export type MadeDocument = { name: string; content: Uint8Array };

type Needs = { db: ScopedDatabase<"job">; files: ScopedFiles; clock: Clock; assets: Assets };

/**
 * PDFs of records. What was printed is served from then on: a shop's new logo, or a new release of ours, changes no
 * paper that somebody has. Documents are kept under a job's scope, whoever asked: read-only viewers leave no trace of their own.
 */
export function documentsOf({ db, files, clock, assets }: Needs) {
  /** The library is large; only an isolate that prints loads it. */
  async function print(document: PdfDocument, after?: Uint8Array): Promise<Uint8Array> {
    const { renderPdf } = await import("./render-pdf.server");
    return renderPdf(document, typefacesFrom(assets), after);
  }

  async function find({ kind, id, edition }: DocumentName): Promise<StoredDocument | null> {
    const [row] = await db.query({
      from: documents,
      columns: { sha256: documents.sha256, bytes: documents.bytes },
      where: and(eq(documents.recordKind, kind), eq(documents.recordId, id), eq(documents.edition, edition)),
      limit: 1,
    });
    return row ? { ...row, file: fileOf(row.sha256) } : null;
  }

  async function read({ file }: StoredDocument): Promise<Uint8Array> {
    const found = await files.read(file);
    if (!found) throw new Error(`a kept paper is not there: ${file}`);
    return new Uint8Array(await new Response(found).arrayBuffer());
  }

  return {
    /** The paper of that name; where there is none yet, what `make` answers is printed and kept. `after` is a kept one whose pages come first. */
    async kept(name: DocumentName, make: () => Promise<PdfDocument>, after?: StoredDocument): Promise<StoredDocument> {
      const found = await find(name);
      if (found) return found;
      const pdf = await print(await make(), after && (await read(after)));
      const sha256 = newSha256().update(pdf).digest("hex");
      // The file first: a row without its file would be a paper that cannot be had.
      await files.put(fileOf(sha256), pdf);
      const { kind, id, edition } = name;
      await db.batch([db.insertOnce(documents, { recordKind: kind, recordId: id, edition, sha256, bytes: pdf.length, printedAt: clock.now() })]);
      // Of two who printed at once the first counts.
      return (await find(name)) ?? { file: fileOf(sha256), sha256, bytes: pdf.length };
    },

    /** The paper of that name, if it was printed. */
    find,

    read,

    /** A document of the moment that is kept nowhere, such as a statement. `after` is a printed one whose pages come first. */
    print,
  };
}

const fileOf = (sha256: string): string => `documents/${sha256}.pdf`;

export type Documents = ReturnType<typeof documentsOf>;
