import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { rightsInScope } from "~/modules/customers/contacts/rights-in-scope.server";
import { printEstimate } from "~/modules/estimates/documents/print-estimate.server";
import { printInvoice } from "~/modules/invoices/documents/print-invoice.server";
import { printOrderSummary } from "~/modules/work-orders/documents/print-order.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { Settings } from "~/platform/env.server";
import { namedByContent } from "~/platform/files/safe-name";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import { type ZipEntry, zipStream } from "~/platform/files/zip.server";
import { exceededQuota, type OverQuota } from "~/platform/http/quotas.server";
import type { Documents, NamedDocument } from "~/platform/pdf/documents.server";
import { csvHead, csvRow, type ExportList, jsonRow, namesApart, onePlace } from "./customer-export";
import { customerExportStore } from "./customer-export.store.server";
import { inspectionExport } from "./export-inspections.step.server";

type Needs = {
  db: ScopedDatabase<"customer">;
  directory: Directory;
  files: ScopedFiles;
  documents: Documents;
  clock: Clock;
  settings: Pick<Settings, "linkKey">;
};

/**
 * Streams all data of a customer as one archive: lists as CSV and JSON, PDFs of its documents, and files shared with it.
 * A contact without document rights only gets the vehicles. The export is recorded in the journal before the first byte
 * is sent.
 */
export async function exportCustomerData(s: Needs): Promise<Result<ReadableStream<Uint8Array>, OverQuota>> {
  const over = await exceededQuota(s, "export");
  if (over) return err(over);
  const rights = await rightsInScope(s.db);
  const now = s.clock.now();
  const store = customerExportStore(s.db);
  const inspections = inspectionExport(s.db);
  const lists = rights.documents ? [store.fleet, ...store.documents(now), inspections.list] : [store.fleet];
  await store.note(
    lists.map(({ name }) => name),
    now,
  );
  return ok(zipStream(entries()));

  async function* entries(): AsyncGenerator<ZipEntry> {
    for (const list of lists) {
      yield { name: `${list.name}.csv`, packed: false, content: encoded(csvOf(list)) };
      yield { name: `${list.name}.json`, packed: false, content: encoded(jsonOf(list)) };
    }
    if (!rights.documents) return;
    const apart = namesApart();
    for await (const document of documents()) if (document) yield* stored(apart(`documents/${document.name}`), document.file);
    for await (const { folder, name, file, mediaType } of store.files())
      yield* stored(apart(`files/${onePlace(folder)}/${onePlace(namedByContent(name, mediaType))}`), file);
    for await (const { name, file } of inspections.photos()) yield* stored(name, file);
  }

  /** The documents, rendered if they weren't yet. Add further kinds here. */
  async function* documents(): AsyncGenerator<NamedDocument | null> {
    for await (const { id } of store.issued()) yield printInvoice(s, id);
    for await (const { id } of store.sent()) yield printEstimate(s, id, null);
    for await (const { id, state } of store.orders()) if (state === "completed" || state === "invoiced") yield printOrderSummary(s, id);
  }

  async function* stored(name: string, file: string): AsyncGenerator<ZipEntry> {
    const content = await s.files.read(file);
    if (content) yield { name, packed: true, content: taken(content) };
  }
}

async function* csvOf(list: ExportList): AsyncGenerator<string> {
  yield csvHead(list);
  for await (const row of list.rows()) yield csvRow(list, row);
}

async function* jsonOf({ rows }: ExportList): AsyncGenerator<string> {
  let before = "[\n";
  for await (const row of rows()) {
    yield before + jsonRow(row);
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const text of texts) yield encoder.encode(text);
}

async function* taken(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
