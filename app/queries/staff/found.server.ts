import { type Column, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { SearchTerm } from "~/kernel/search-term";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { workOrderLines, workOrders } from "~/modules/work-orders/work-order.tables";
import { contains } from "~/platform/database/contains.server";

/** Rows that each way of finding a record adds at most: nobody reads further, and no search reads a whole shop. */
const MOST = 100;
const MOST_CUSTOMERS = 20;
/** After every other character, so a range up to it is what begins with the text. */
const LAST = "\u{10ffff}";

const begins = (column: Column, text: string): SQL => sql`${column} >= ${text} and ${column} < ${text + LAST}`;
const union = (parts: readonly (SQL | null)[]): SQL =>
  sql.join(
    parts.filter((part) => part !== null).map((part) => sql`select * from (${part})`),
    sql` union `,
  );

/** Ids of units by the beginning of their number or plate, and by the end of their VIN. */
export const unitsFound = (org: Id<"organization">, { lower, compact, vin }: SearchTerm): SQL =>
  union([
    sql`select ${assets.id} from ${assets} where ${assets.organizationId} = ${org} and ${begins(assets.lowerUnitNumber, lower)} limit ${MOST}`,
    compact === ""
      ? null
      : sql`select ${assets.id} from ${assets} where ${assets.organizationId} = ${org} and ${begins(assets.compactPlate, compact)} limit ${MOST}`,
    vin === null
      ? null
      : sql`select ${assets.id} from ${assets} where ${assets.organizationId} = ${org} and ${assets.vinEnd} = ${vin.slice(-6)} and substr(${assets.compactVin}, -${sql.raw(String(vin.length))}) = ${vin} limit ${MOST}`,
  ]);

/** Ids of customers by their phone number, whose indexed end narrows it down, and by words of name and email. A shop's customers are few enough to read for these. */
export const customersFound = (org: Id<"organization">, { text, phone }: SearchTerm): SQL =>
  union([
    sql`select ${customers.id} from ${customers} where ${customers.organizationId} = ${org} and ${contains(text, customers.name, customers.email)} limit ${MOST_CUSTOMERS}`,
    phone === null
      ? null
      : sql`select ${customers.id} from ${customers} where ${customers.organizationId} = ${org} and ${customers.phoneEnd} = ${phone.slice(-7)} and (substr(${customers.phoneDigits}, -${sql.raw(String(phone.length))}) = ${phone} or substr(${phone}, -length(${customers.phoneDigits})) = ${customers.phoneDigits}) limit ${MOST_CUSTOMERS}`,
  ]);

/** Ids of orders by number, PO and unit: what their invoices are found by too. */
export const ordersOf = (org: Id<"organization">, term: SearchTerm): SQL =>
  union([
    term.order === null
      ? null
      : sql`select ${workOrders.id} from ${workOrders} where ${workOrders.organizationId} = ${org} and ${workOrders.number} = ${term.order}`,
    sql`select ${workOrders.id} from ${workOrders} where ${workOrders.organizationId} = ${org} and ${begins(workOrders.lowerPurchaseOrder, term.lower)} limit ${MOST}`,
    sql`select ${workOrders.id} from ${workOrders} where ${workOrders.organizationId} = ${org} and ${workOrders.assetId} in (${unitsFound(org, term)}) order by ${workOrders.number} desc limit ${MOST}`,
  ]);

/** Ids of orders by number, PO, unit, customer, and the beginning of a part's number. */
export const ordersFound = (org: Id<"organization">, term: SearchTerm): SQL =>
  union([
    ordersOf(org, term),
    sql`select ${workOrders.id} from ${workOrders} where ${workOrders.organizationId} = ${org} and ${workOrders.customerId} in (${customersFound(org, term)}) order by ${workOrders.number} desc limit ${MOST}`,
    term.compact.length < 3
      ? null
      : sql`select ${workOrderLines.workOrderId} from ${workOrderLines} where ${workOrderLines.organizationId} = ${org} and ${begins(workOrderLines.compactPartNumber, term.compact)} and ${workOrderLines.removedAt} is null limit ${MOST}`,
  ]);
