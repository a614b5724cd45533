import { and, asc, eq, gt, inArray, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { type Id, newId } from "~/kernel/ids";
import { moneyText } from "~/kernel/money";
import { toUtcMs, type UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { attachments } from "~/modules/attachments/attachment.tables";
import { estimateRevisions, estimates } from "~/modules/estimates/estimate.tables";
import { answeredTotal, linesIn } from "~/modules/estimates/estimate-snapshot";
import { invoiceNumber, statusOf } from "~/modules/invoices/invoice";
import { invoices, ledgerEntries } from "~/modules/invoices/invoice.tables";
import { pendingColumns, pendingOfRow } from "~/modules/payments/payment.tables";
import { stageLabels, stageOf } from "~/modules/work-orders/tracker/tracker";
import { workOrderJobs, workOrders } from "~/modules/work-orders/work-order.tables";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type ExportList, inDecimals } from "./customer-export";
import { reportJournal } from "./report.journal";

const PAGE = 200;
const MOST_JOBS = 4_000;
/** Ids per statement; D1 limits bound values to 100. */
const AT_ONCE = 80;

export type ExportedFile = { folder: string; name: string; file: string; mediaType: string };

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** All of a customer's data, page by page. Every column is listed by name, so nothing internal is exported. */
export function customerExportStore(db: ScopedDatabase<"customer">) {
  const { currency } = db.scope.organization;
  const customerId = db.scope.partyId as Id<"customer">; // a customer's session names its customer
  const ownAssets = eq(assets.customerId, customerId);
  const ownOrders = and(eq(workOrders.customerId, customerId), sql`${workOrders.state} <> 'canceled'`);
  const ownEstimates = eq(estimates.customerId, customerId);
  const ownInvoices = and(eq(invoices.customerId, customerId), isNotNull(invoices.number));

  /** Reads a list page by page, by a column that increases from row to row. */
  async function* paged<Row, Place>(first: Place, read: (after: Place) => Promise<Row[]>, place: (row: Row) => Place): AsyncGenerator<Row> {
    for (let after = first; ; ) {
      const rows = await read(after);
      yield* rows;
      const last = rows.at(-1);
      if (rows.length < PAGE || last === undefined) return;
      after = place(last);
    }
  }

  const units = () =>
    paged(
      "" as Id<"asset">, // sorts before every id
      (after) =>
        db.query({
          from: assets,
          columns: {
            id: assets.id,
            unitNumber: assets.unitNumber,
            kind: assets.kind,
            vin: assets.vin,
            plate: assets.plate,
            year: assets.year,
            make: assets.make,
            model: assets.model,
            archivedAt: assets.archivedAt,
          },
          where: and(ownAssets, gt(assets.id, after)),
          orderBy: [asc(assets.id)],
          limit: PAGE,
        }),
      ({ id }) => id,
    );

  const orders = () =>
    paged(
      0,
      (after) =>
        db.query({
          from: workOrders,
          columns: {
            id: workOrders.id,
            number: workOrders.number,
            unitNumber: assets.unitNumber,
            title: workOrders.title,
            state: workOrders.state,
            holdReason: workOrders.holdReason,
            purchaseOrder: workOrders.purchaseOrder,
            createdAt: workOrders.createdAt,
            completedAt: workOrders.completedAt,
          },
          join: [[assets, eq(assets.id, workOrders.assetId)]],
          where: and(ownOrders, gt(workOrders.number, after)),
          orderBy: [asc(workOrders.number)],
          limit: PAGE,
        }),
      ({ number }) => number,
    );

  const sent = () =>
    paged(
      0,
      (after) =>
        db.query({
          from: estimates,
          columns: { id: estimates.id, number: estimates.number },
          where: and(ownEstimates, isNotNull(estimates.latestSentRevision), gt(estimates.number, after)),
          orderBy: [asc(estimates.number)],
          limit: PAGE,
        }),
      ({ number }) => number,
    );

  const issued = () =>
    paged(
      0,
      (after) =>
        db.query({
          from: invoices,
          columns: {
            id: invoices.id,
            number: invoices.number,
            state: invoices.state,
            contents: invoices.contents,
            total: invoices.total,
            applied: invoices.applied,
            issuedAt: invoices.issuedAt,
            dueDay: invoices.dueDay,
            dueAt: invoices.dueAt,
            ...pendingColumns(db.scope.organizationId),
          },
          where: and(ownInvoices, gt(invoices.number, after)),
          orderBy: [asc(invoices.number)],
          limit: PAGE,
        }),
      ({ number }) => number ?? 0,
    );

  /** The sent revisions of an estimate, as the customer saw them. */
  const revisionsOf = (id: Id<"estimate">) =>
    db.query({
      from: estimateRevisions,
      columns: {
        revision: estimateRevisions.revision,
        state: estimateRevisions.state,
        snapshot: estimateRevisions.snapshot,
        sentAt: estimateRevisions.sentAt,
        decision: estimateRevisions.decision,
      },
      join: [[estimates, eq(estimates.id, estimateRevisions.estimateId)]],
      where: and(eq(estimates.id, id), ownEstimates, isNotNull(estimateRevisions.snapshot)),
      orderBy: [asc(estimateRevisions.revision)],
      limit: 100,
    });

  const fleet: ExportList = {
    name: "assets",
    columns: ["id", "unit", "kind", "vin", "plate", "year", "make", "model", "archived_at"],
    async *rows() {
      for await (const { id, unitNumber, kind, vin, plate, year, make, model, archivedAt } of units())
        yield { cells: { id, unit: unitNumber, kind, vin, plate, year, make, model, archived_at: instant(archivedAt) } };
    },
  };

  const work: ExportList = {
    name: "work-orders",
    columns: ["id", "number", "unit", "title", "stage", "purchase_order", "opened_at", "completed_at", "complaints", "corrections"],
    async *rows() {
      for await (const page of inPages(orders())) {
        const [first, last] = [page[0]?.number ?? 0, page.at(-1)?.number ?? 0];
        const jobs = await db.query({
          from: workOrderJobs,
          columns: { orderId: workOrderJobs.workOrderId, complaint: workOrderJobs.complaint, correction: workOrderJobs.correction },
          join: [[workOrders, eq(workOrders.id, workOrderJobs.workOrderId)]],
          where: and(ownOrders, isNull(workOrderJobs.removedAt), sql`${workOrders.number} between ${first} and ${last}`),
          orderBy: [asc(workOrderJobs.position)],
          limit: MOST_JOBS,
        });
        for (const { id, number, unitNumber, title, state, holdReason, purchaseOrder, createdAt, completedAt } of page) {
          const isDone = state === "completed" || state === "invoiced";
          const its = jobs.filter(({ orderId }) => orderId === id).map(({ complaint, correction }) => ({ complaint, correction: isDone ? correction : null }));
          const stage = stageOf({ state, holdReason }, false);
          const cells = {
            id,
            number: `WO-${number}`,
            unit: unitNumber,
            title,
            stage: stage && (stage === "diagnosing" ? "In progress" : stageLabels[stage]),
            purchase_order: purchaseOrder,
            opened_at: instant(createdAt),
            completed_at: instant(completedAt),
            complaints: its.map(({ complaint }) => complaint).join("\n"),
            corrections: its.flatMap(({ correction }) => correction ?? []).join("\n"),
          };
          yield { cells, more: { jobs: its } };
        }
      }
    },
  };

  const offers: ExportList = {
    name: "estimates",
    columns: [
      "id",
      "number",
      "revision",
      "unit",
      "title",
      "state",
      "sent_at",
      "valid_through",
      "total",
      "approved_total",
      "currency",
      "decided_by",
      "decided_at",
    ],
    async *rows() {
      for await (const { id, number } of sent()) {
        for (const { revision, state, snapshot, sentAt, decision } of await revisionsOf(id)) {
          if (!snapshot) continue;
          const cells = {
            id,
            number: `E-${number}`,
            revision,
            unit: snapshot.unitNumber,
            title: snapshot.title,
            state,
            sent_at: instant(sentAt),
            valid_through: snapshot.validThrough,
            total: moneyText(answeredTotal(snapshot, decision)),
            approved_total: decision && moneyText(decision.approvedTotal),
            currency,
            decided_by: decision?.who ?? null,
            decided_at: instant(decision?.at ?? null),
          };
          yield {
            cells,
            more: {
              snapshot: inDecimals(snapshot),
              approved: decision?.approved ?? null,
              declined: decision?.declined ?? null,
              unchosen: decision?.unchosen ?? null,
            },
          };
        }
      }
    },
  };

  const invoiceList = (now: UtcMs): ExportList => ({
    name: "invoices",
    columns: ["id", "number", "status", "issued_at", "due_day", "total", "paid", "on_its_way", "expected_day", "currency"],
    async *rows() {
      for await (const row of issued()) {
        const { id, number, contents, total, applied, issuedAt, dueDay } = row;
        const pending = pendingOfRow(row);
        const cells = {
          id,
          number: invoiceNumber(number),
          status: statusOf(row, now),
          issued_at: instant(issuedAt),
          due_day: dueDay,
          total: moneyText(total),
          paid: moneyText(applied),
          on_its_way: pending && moneyText(pending.amount),
          expected_day: pending?.expectedDay ?? null,
          currency,
        };
        yield { cells, more: { contents: inDecimals(contents) } };
      }
    },
  });

  /** The account's payments, credits and allocations, without internal reasons. */
  const payments: ExportList = {
    name: "payments",
    columns: ["id", "kind", "source", "invoice", "amount", "currency", "method", "reference", "day", "at"],
    async *rows() {
      const l = ledgerEntries;
      for (let [version, position] = [0, -1]; ; ) {
        const rows = await db.query({
          from: l,
          columns: {
            id: l.id,
            kind: l.kind,
            sourceId: l.sourceId,
            amount: l.amount,
            method: l.method,
            reference: l.reference,
            day: l.day,
            at: l.at,
            version: l.version,
            position: l.position,
            invoice: sql<number | null>`${invoices.number}`,
          },
          leftJoin: [[invoices, eq(invoices.id, l.invoiceId)]],
          where: and(eq(l.customerId, customerId), or(gt(l.version, version), and(eq(l.version, version), gt(l.position, position)))),
          orderBy: [asc(l.version), asc(l.position)],
          limit: PAGE,
        });
        for (const { id, kind, sourceId, amount, method, reference, day, at, invoice } of rows) {
          const number = invoice === null ? null : invoiceNumber(invoice);
          yield { cells: { id, kind, source: sourceId, invoice: number, amount: moneyText(amount), currency, method, reference, day, at: instant(at) } };
        }
        const last = rows.at(-1);
        if (rows.length < PAGE || !last) return;
        [version, position] = [last.version, last.position];
      }
    },
  };

  const kept = { id: attachments.id, name: attachments.name, file: attachments.file, mediaType: attachments.mediaType };
  const shared = and(isNull(attachments.hiddenAt), sql`exists (select 1 from json_each(${attachments.audiences}) where value = 'customer')`);
  const filesOf = (where: SQL | undefined) =>
    db.query({ from: attachments, columns: kept, where: and(shared, where), orderBy: [asc(attachments.addedAt), asc(attachments.id)], limit: 1_000 });
  const ofRecord = (kind: "asset" | "workOrder" | "customer", id: string) => filesOf(and(eq(attachments.recordKind, kind), eq(attachments.recordId, id)));

  async function* files(): AsyncGenerator<ExportedFile> {
    const put = (folder: string, rows: Omit<ExportedFile, "folder">[]) => rows.map(({ name, file, mediaType }) => ({ folder, name, file, mediaType }));
    for await (const { id, unitNumber } of units()) yield* put(`unit ${unitNumber}`, await ofRecord("asset", id));
    for await (const { id, number } of orders()) yield* put(`WO-${number}`, await ofRecord("workOrder", id));
    for await (const { id, number } of sent()) {
      const photos = (await revisionsOf(id)).flatMap(({ snapshot }) =>
        snapshot ? linesIn(snapshot).flatMap((line) => line.photos.map((photo) => photo.id)) : [],
      );
      const unique = [...new Set(photos)];
      for (let at = 0; at < unique.length; at += AT_ONCE) yield* put(`E-${number}`, await filesOf(inArray(attachments.id, unique.slice(at, at + AT_ONCE))));
    }
    yield* put("account", await ofRecord("customer", customerId));
  }

  return {
    fleet,
    documents: (now: UtcMs): ExportList[] => [work, offers, invoiceList(now), payments],
    files,
    orders,
    sent,
    issued,

    /** Records the export: when and by whom. */
    note: (lists: readonly string[], at: UtcMs) =>
      save(
        db,
        {
          record: { kind: "export", id: newId("event", at), version: 1 },
          at: toUtcMs(at),
          event: reportJournal.of("data.exported", { lists }),
          about: customerId,
        },
        [],
      ),
  };
}

async function* inPages<Row>(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let page: Row[] = [];
  for await (const row of rows) {
    page.push(row);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
