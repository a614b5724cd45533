import type { Connection } from "partyserver";
import type { BoardNotice } from "~/platform/live/board";
import { Presence } from "./presence";
import type { BoardMessage } from "./protocol";
import { Room } from "./room";
import { personTag, scopeTag, type Viewer } from "./viewer";

/** A client that missed more than this reads everything again. */
const REMEMBERED = 1_000;
const TRIM_EVERY = 100;
/** Up to so many are notified of each join at once; where more look at a record, once a second of all that changed. */
const NOTIFIED_AT_ONCE = 25;
const NOTIFY_MANY_AFTER = 1_000;
const PRESENCE = "presence ";

/** One per organization. It names what changed, never the contents: clients re-read through their own loader. */
export class BoardRoom extends Room {
  /** Made again of the open sockets after each hibernation. */
  private known: Presence<Connection<Viewer>> | null = null;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.ctx.storage.sql.exec(
      "create table if not exists changes (seq integer primary key autoincrement, key text not null unique, audiences text not null, notice text not null)",
    );
  }

  protected override tagsOf({ membershipId }: Viewer): string[] {
    return membershipId === null ? [] : [personTag(membershipId)];
  }

  protected override async joined(connection: Connection<Viewer>, viewer: Viewer, url: URL): Promise<void> {
    this.catchUp(connection, viewer, url);
    // Who of the staff looks at what is the staff's alone; customers and vendors hear what is addressed to them.
    if (viewer.audience !== "staff") return;
    const presence = this.presence();
    presence.add(connection, viewer);
    const { at, sessionId } = viewer;
    const sendOwn = (record: string) => this.sendPeople(connection, record, presence.people(record, sessionId));
    if (at === null) return presence.records().forEach(sendOwn);
    if (await this.notifyOfPresence(at)) return;
    sendOwn(at);
  }

  override async onClose(connection: Connection<Viewer>): Promise<void> {
    const viewer = connection.state;
    if (viewer?.audience !== "staff") return;
    this.presence().remove(connection, viewer.at);
    if (viewer.at !== null) await this.notifyOfPresence(viewer.at);
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

  /** RPC of what is pushed: who has a page open needs no message beside it. */
  async withOpenPage(people: readonly string[]): Promise<string[]> {
    return people.filter((one) => this.countOpen(personTag(one)) > 0);
  }

  protected override async onDue(kind: string): Promise<void> {
    if (kind.startsWith(PRESENCE)) this.sendPresence(kind.slice(PRESENCE.length));
  }

  private presence(): Presence<Connection<Viewer>> {
    if (this.known) return this.known;
    this.known = new Presence();
    for (const connection of this.getConnections<Viewer>("staff")) if (connection.state) this.known.add(connection, connection.state);
    return this.known;
  }

  /** True where all have been notified; where they are many, they are soon. */
  private async notifyOfPresence(at: string): Promise<boolean> {
    if (this.presence().countRecipients(at) <= NOTIFIED_AT_ONCE) {
      this.sendPresence(at);
      return true;
    }
    await this.schedule(`${PRESENCE}${at}`, Date.now() + NOTIFY_MANY_AFTER);
    return false;
  }

  /** To those who have the same record open, and to boards, which show all of them. */
  private sendPresence(at: string): void {
    for (const { socket, people } of this.presence().recipients(at)) this.sendPeople(socket, at, people);
  }

  private sendPeople(connection: Connection, at: string, people: string[]): void {
    this.sendMessage(connection, { type: "looking", at, people });
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
