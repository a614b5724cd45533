/** Square's records as they are answered, each a JSON document, in the object's own database. */
export type Kind = "link" | "order" | "payment" | "refund" | "dispute" | "evidence" | "payout" | "customer" | "invoice";
export type Money = { amount: number; currency: string };
export type Body = Record<string, unknown> & { id: string };
export type Merchant = {
  id: string;
  name: string;
  currency: string;
  locations: { id: string; name: string; currency: string; status: "ACTIVE" | "INACTIVE" }[];
};
export type Token = { token: string; kind: "access" | "refresh" | "code"; merchant: string; scopes: string[]; expiresAt: number; ended: boolean };
export type Event = { n: number; merchant: string; type: string; body: string; state: "queued" | "delivered" | "lost"; attempts: number };

export const newId = (): string => crypto.randomUUID().replaceAll("-", "").toUpperCase().slice(0, 26);
export const instant = (at: number): string => new Date(at).toISOString();

export const knownMerchants: Merchant[] = [
  {
    id: "MLHARBORDIESEL",
    name: "Harbor Diesel",
    currency: "USD",
    locations: [
      { id: "LHARBORMAIN", name: "Harbor Diesel, Cicero Ave", currency: "USD", status: "ACTIVE" },
      { id: "LHARBORYARD", name: "Harbor Diesel, Gary yard", currency: "USD", status: "ACTIVE" },
      { id: "LHARBORCA", name: "Harbor Diesel Windsor", currency: "CAD", status: "ACTIVE" },
      { id: "LHARBOROLD", name: "Harbor Diesel, closed", currency: "USD", status: "INACTIVE" },
    ],
  },
  {
    id: "MLRIDGETRUCK",
    name: "Ridge Truck Care",
    currency: "USD",
    locations: [{ id: "LRIDGEMAIN", name: "Ridge Truck Care", currency: "USD", status: "ACTIVE" }],
  },
];

type Sql = DurableObjectState["storage"]["sql"];

export function storeOf(sql: Sql) {
  sql.exec(`
    create table if not exists merchants (id text primary key, body text not null);
    create table if not exists tokens (token text primary key, kind text not null, merchant text not null, scopes text not null, expires_at integer not null, ended integer not null);
    create table if not exists records (id text primary key, kind text not null, merchant text not null, updated_at integer not null, body text not null);
    create index if not exists records_of on records (merchant, kind);
    create index if not exists records_by_change on records (updated_at);
    create table if not exists keys (key text primary key, request text not null, answer text not null);
    create table if not exists faults (n integer primary key autoincrement, kind text not null, path text not null);
    create table if not exists events (n integer primary key autoincrement, merchant text not null, type text not null, body text not null, state text not null, attempts integer not null);
    create index if not exists events_of on events (merchant);
    create index if not exists events_queued on events (state);
    create table if not exists settings (name text primary key, value text not null);
  `);
  for (const merchant of knownMerchants) addMerchant(merchant, "or ignore");

  function addMerchant(merchant: Merchant, clash: "or ignore" | "or replace" = "or replace"): void {
    sql.exec(`insert ${clash} into merchants values (?, ?)`, merchant.id, JSON.stringify(merchant));
  }
  const bodies = <T>(rows: { body: string }[]): T[] => rows.map(({ body }) => JSON.parse(body) as T); // written by this file
  const tokenOf = (row: Record<string, unknown> | undefined): Token | null =>
    row
      ? {
          token: String(row.token),
          kind: row.kind as Token["kind"], // written by addToken
          merchant: String(row.merchant),
          scopes: JSON.parse(String(row.scopes)),
          expiresAt: Number(row.expires_at),
          ended: row.ended === 1,
        }
      : null;

  return {
    addMerchant,
    merchant: (id: string): Merchant | null => bodies<Merchant>(sql.exec<{ body: string }>("select body from merchants where id = ?", id).toArray())[0] ?? null,
    merchants: (): Merchant[] => bodies<Merchant>(sql.exec<{ body: string }>("select body from merchants order by rowid").toArray()),

    addToken({ token, kind, merchant, scopes, expiresAt }: Omit<Token, "ended">): void {
      sql.exec("insert into tokens values (?, ?, ?, ?, ?, 0)", token, kind, merchant, JSON.stringify(scopes), expiresAt);
    },
    token: (token: string): Token | null => tokenOf(sql.exec("select * from tokens where token = ?", token).toArray()[0]),
    endToken: (token: string): void => void sql.exec("update tokens set ended = 1 where token = ?", token),
    endTokens: (merchant: string): void => void sql.exec("update tokens set ended = 1 where merchant = ?", merchant),
    expireAccess: (merchant: string): void => void sql.exec("update tokens set expires_at = 0 where merchant = ? and kind = 'access'", merchant),

    record<T extends Body>(kind: Kind, merchant: string, id: string): T | null {
      const rows = sql.exec<{ body: string }>("select body from records where id = ? and kind = ? and merchant = ?", id, kind, merchant).toArray();
      return bodies<T>(rows)[0] ?? null;
    },
    /** Whoever owns it: for pages, which carry no token. */
    anyRecord<T extends Body>(kind: Kind, id: string): { merchant: string; body: T } | null {
      const [row] = sql.exec<{ merchant: string; body: string }>("select merchant, body from records where id = ? and kind = ?", id, kind).toArray();
      return row ? { merchant: row.merchant, body: JSON.parse(row.body) as T } : null; // written by put
    },
    records: <T extends Body>(kind: Kind, merchant: string): T[] =>
      bodies<T>(sql.exec<{ body: string }>("select body from records where kind = ? and merchant = ? order by rowid", kind, merchant).toArray()),
    /** Keeps a record with the instant of its change, later than any before. */
    put<T extends Body>(kind: Kind, merchant: string, body: T): T & { updated_at: string } {
      const [last] = sql.exec<{ at: number | null }>("select max(updated_at) as at from records").toArray();
      const at = Math.max(Date.now(), (last?.at ?? 0) + 1);
      const kept = { ...body, updated_at: instant(at) };
      sql.exec("insert or replace into records values (?, ?, ?, ?, ?)", body.id, kind, merchant, at, JSON.stringify(kept));
      return kept;
    },
    remove: (id: string): void => void sql.exec("delete from records where id = ?", id),

    key: (key: string) => sql.exec<{ request: string; answer: string }>("select request, answer from keys where key = ?", key).toArray()[0] ?? null,
    addKey: (key: string, request: string, answer: string): void => void sql.exec("insert into keys values (?, ?, ?)", key, request, answer),

    addFault: (kind: string, path: string): void => void sql.exec("insert into faults (kind, path) values (?, ?)", kind, path),
    endFaults: (): void => void sql.exec("delete from faults"),
    /** The next fault that was asked for this address. */
    takeFault(path: string): string | null {
      const [next] = sql
        .exec<{ n: number; kind: string }>("select n, kind from faults where substr(?, 1, length(path)) = path order by n limit 1", path)
        .toArray();
      if (next) sql.exec("delete from faults where n = ?", next.n);
      return next?.kind ?? null;
    },

    addEvent: (merchant: string, type: string, body: string): void =>
      void sql.exec("insert into events (merchant, type, body, state, attempts) values (?, ?, ?, 'queued', 0)", merchant, type, body),
    events: (merchant: string | null): Event[] => sql.exec<Event>("select * from events where ?1 is null or merchant = ?1 order by n", merchant).toArray(),
    queued: (): Event[] => sql.exec<Event>("select * from events where state = 'queued' order by n").toArray(),
    setEvent: (n: number, state: Event["state"]): void => void sql.exec("update events set state = ?, attempts = attempts + 1 where n = ?", state, n),

    setting: (name: string): string | null => sql.exec<{ value: string }>("select value from settings where name = ?", name).toArray()[0]?.value ?? null,
    set: (name: string, value: string): void => void sql.exec("insert or replace into settings values (?, ?)", name, value),
    clear(): void {
      for (const table of ["merchants", "tokens", "records", "keys", "faults", "events", "settings"]) sql.exec(`delete from ${table}`);
      for (const merchant of knownMerchants) addMerchant(merchant);
    },
  };
}

export type Store = ReturnType<typeof storeOf>;
