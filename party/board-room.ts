import type { Connection } from "partyserver";
import type { BoardNotice } from "~/platform/live/board";
import type { BoardMessage } from "./protocol";
import { Room } from "./room";
import { scopeTag, type Viewer } from "./viewer";

/** A client that missed more than this reads everything again. */
const REMEMBERED = 1_000;
const TRIM_EVERY = 100;

/** One per organization. It names what changed, never the contents: clients re-read through their own loader. */
export class BoardRoom extends Room {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.ctx.storage.sql.exec(
      "create table if not exists changes (seq integer primary key autoincrement, key text not null unique, audiences text not null, notice text not null)",
    );
  }

  protected override joined(connection: Connection<Viewer>, viewer: Viewer, url: URL): void {
    this.catchUp(connection, viewer, url);
    // Who of the staff looks at what is the staff's alone; customers and vendors hear what is addressed to them.
    if (viewer.audience !== "staff") return;
    if (viewer.at !== null) this.sendPresence(viewer.at);
    else for (const record of new Set(this.viewers().flatMap((other) => other.state?.at ?? []))) this.sendPresenceTo(connection, record);
  }

  override onClose(connection: Connection<Viewer>): void {
    const at = connection.state?.at ?? null;
    if (at !== null) this.sendPresence(at, connection.id);
  }

  private catchUp(connection: Connection<Viewer>, viewer: Viewer, url: URL): void {
    const { first, last } = this.ctx.storage.sql
      .exec<{ first: number; last: number }>("select ifnull(min(seq), 1) as first, ifnull(max(seq), 0) as last from changes")
      .one();
    const asked = url.searchParams.get("since");
    const since = asked === null ? last : Number(asked);
    if (!Number.isSafeInteger(since) || since > last || since < first - 1) return this.sendMessage(connection, { type: "reload", seq: last });
    for (const row of this.changesAfter(since)) {
      if (row.audiences.split(" ").includes(scopeTag(viewer))) this.send(connection, asMessage(row.seq, row.notice));
    }
    this.sendMessage(connection, { type: "hello", seq: last });
  }

  /** RPC of the outbox. A key that was already published is not published again. */
  async publish(key: string, notice: BoardNotice, audiences: readonly string[]): Promise<void> {
    const { sql } = this.ctx.storage;
    // Asked first: an insert that meets a known key would use up a number all the same.
    if (sql.exec("select 1 from changes where key = ?", key).toArray().length > 0) return;
    const text = JSON.stringify(notice);
    const row = sql.exec<{ seq: number }>("insert into changes (key, audiences, notice) values (?, ?, ?) returning seq", key, audiences.join(" "), text).one();
    if (row.seq % TRIM_EVERY === 0) sql.exec("delete from changes where seq <= ?", row.seq - REMEMBERED);
    const message = asMessage(row.seq, text);
    for (const audience of audiences) for (const connection of this.getConnections(audience)) this.send(connection, message);
  }

  protected override async onDue(): Promise<void> {}

  private viewers(without?: string): Connection<Viewer>[] {
    return [...this.getConnections<Viewer>("staff")].filter(({ id }) => id !== without);
  }

  /** To those who have the same record open, and to boards, which show all of them. */
  private sendPresence(at: string, without?: string): void {
    for (const connection of this.viewers(without)) {
      const here = connection.state?.at ?? null;
      if (here === null || here === at) this.sendPresenceTo(connection, at, without);
    }
  }

  private sendPresenceTo(connection: Connection<Viewer>, at: string, without?: string): void {
    const mine = connection.state?.sessionId;
    const others = this.viewers(without).filter(({ state }) => state?.at === at && state.sessionId !== mine);
    this.sendMessage(connection, { type: "looking", at, people: [...new Set(others.map(({ state }) => state?.name ?? ""))].filter(Boolean).sort() });
  }

  private changesAfter(seq: number) {
    return this.ctx.storage.sql.exec<{ seq: number; audiences: string; notice: string }>(
      "select seq, audiences, notice from changes where seq > ? order by seq",
      seq,
    );
  }

  private sendMessage(connection: Connection, message: BoardMessage): void {
    this.send(connection, JSON.stringify(message));
  }
}

const asMessage = (seq: number, notice: string): string =>
  JSON.stringify({ type: "changed", seq, ...(JSON.parse(notice) as BoardNotice) } satisfies BoardMessage); // written by publish alone
