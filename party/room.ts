import { type Connection, type ConnectionContext, Server, type WSMessage } from "partyserver";
import { log } from "~/platform/log.server";
import { SOCKETS_OF_A_PARTY, SOCKETS_OF_A_SESSION, SOCKETS_OF_THE_SHOP } from "./limits";
import { SESSION_ENDED, TOO_MANY_SOCKETS } from "./protocol";
import { portalTag, readViewer, scopeTag, sessionTag, type Viewer } from "./viewer";

const RETRY_MS = 5_000;
const EXPIRY = "session-expiry";

/**
 * What all rooms share. Nothing thrown inside reaches a client; everything that must happen later
 * is in one table behind the object's one alarm; no timer ever keeps the object awake.
 */
export abstract class Room extends Server<Env> {
  static override options = { hibernate: true };

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    // In the constructor, because an RPC reaches the object without partyserver's onStart.
    this.ctx.storage.sql.exec("create table if not exists due (kind text primary key, at integer not null) without rowid");
    this.ctx.storage.sql.exec("create table if not exists running (kind text primary key) without rowid");
    this.takeUp();
    this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  /** More tags for a viewer's socket, beside who may hear what. */
  protected tagsOf(_viewer: Viewer, _url: URL): string[] {
    return [];
  }
  /** A viewer came in through the gate. */
  protected abstract joined(connection: Connection<Viewer>, viewer: Viewer, url: URL): void | Promise<void>;
  /** Something scheduled has come due. It may come twice. */
  protected abstract onDue(kind: string): Promise<void>;

  override getConnectionTags(_connection: Connection, { request }: ConnectionContext): string[] {
    const viewer = this.viewerOf(request);
    return viewer ? [scopeTag(viewer), sessionTag(viewer.sessionId), portalTag(viewer.audience), ...this.tagsOf(viewer, new URL(request.url))] : [];
  }

  override async onConnect(connection: Connection<Viewer>, { request }: ConnectionContext): Promise<void> {
    try {
      const viewer = this.viewerOf(request);
      if (!viewer) return connection.close(SESSION_ENDED, "not through the gate");
      if (this.isOverLimit(viewer)) return connection.close(TOO_MANY_SOCKETS, "too many open sockets");
      connection.setState(viewer);
      await this.schedule(EXPIRY, viewer.expiresAt);
      await this.joined(connection, viewer, new URL(request.url));
    } catch (cause) {
      log.error("room.connect", cause, { room: this.name });
      connection.close(1011, "the room could not answer");
    }
  }

  // Clients send nothing: they act through forms, and pings are answered without waking us.
  override onMessage(connection: Connection, _message: WSMessage): void {
    connection.close(1008, "this room only speaks");
  }

  override onRequest(): Response {
    return new Response("Not found", { status: 404 });
  }

  override onError(_connection: Connection, error: unknown): void {
    log.warn("room.socket", { room: this.name, problem: error instanceof Error ? error.message : "unknown" });
  }

  override onException(error: unknown): void {
    log.error("room.exception", error, { room: this.name });
  }

  override async onAlarm(): Promise<void> {
    try {
      const now = Date.now();
      const due = this.ctx.storage.sql.exec<{ kind: string }>("select kind from due where at <= ?", now).toArray();
      for (const { kind } of due) {
        // Moved, not removed: whoever starts after a crash finds what was begun and not finished.
        this.ctx.storage.sql.exec("delete from due where kind = ?", kind);
        this.ctx.storage.sql.exec("insert or ignore into running values (?)", kind);
        try {
          if (kind === EXPIRY) await this.closeExpired(now);
          else await this.onDue(kind);
        } catch (cause) {
          log.error("room.due", cause, { room: this.name, kind });
          this.ctx.storage.sql.exec("insert or ignore into due values (?, ?)", kind, now + RETRY_MS);
        }
        this.ctx.storage.sql.exec("delete from running where kind = ?", kind);
      }
    } finally {
      await this.arm();
    }
  }

  /** Closes every open socket with this tag and answers how many there were. */
  async closeTagged(tag: string): Promise<number> {
    let closed = 0;
    for (const connection of this.getConnections(tag)) {
      connection.close(SESSION_ENDED, "signed out");
      closed += 1;
    }
    return closed;
  }

  /** Has `kind` come due at `at`, or earlier if it already was to. */
  protected async schedule(kind: string, at: number): Promise<void> {
    const when = Math.min(at, Number.MAX_SAFE_INTEGER);
    const written = this.ctx.storage.sql.exec(
      "insert into due values (?, ?) on conflict (kind) do update set at = excluded.at where excluded.at < due.at",
      kind,
      when,
    ).rowsWritten;
    if (written > 0) await this.arm();
  }

  /** A client that is gone must not take the others' news with it. */
  protected send(connection: Connection, text: string): void {
    try {
      connection.send(text);
    } catch {
      connection.close(1011, "could not be reached");
    }
  }

  /** What an earlier life of this object began and did not finish is due again. */
  private takeUp(): void {
    const { sql } = this.ctx.storage;
    if (sql.exec("select 1 from running").toArray().length === 0) return;
    sql.exec("insert or ignore into due select kind, ? from running", Date.now());
    sql.exec("delete from running");
    void this.ctx.blockConcurrencyWhile(() => this.arm());
  }

  private async arm(): Promise<void> {
    const [next] = this.ctx.storage.sql.exec<{ at: number | null }>("select min(at) as at from due").toArray();
    if (next?.at && Number.isFinite(next.at)) await this.ctx.storage.setAlarm(Math.max(next.at, Date.now() + 1));
  }

  private async closeExpired(now: number): Promise<void> {
    let next = Number.POSITIVE_INFINITY;
    for (const connection of this.getConnections<Viewer>()) {
      const expiresAt = connection.state?.expiresAt ?? 0;
      if (expiresAt <= now) connection.close(SESSION_ENDED, "session expired");
      else next = Math.min(next, expiresAt);
    }
    if (Number.isFinite(next)) await this.schedule(EXPIRY, next);
  }

  /** The socket that is asked about is among those that are counted. */
  private isOverLimit(viewer: Viewer): boolean {
    const ofParty = viewer.audience === "staff" ? SOCKETS_OF_THE_SHOP : SOCKETS_OF_A_PARTY;
    return this.countOpen(sessionTag(viewer.sessionId)) > SOCKETS_OF_A_SESSION || this.countOpen(scopeTag(viewer)) > ofParty;
  }

  protected countOpen(tag: string): number {
    return this.ctx.getWebSockets(tag).filter(({ readyState }) => readyState === WebSocket.OPEN).length;
  }

  private viewerOf(request: Request): Viewer | null {
    try {
      return readViewer(request);
    } catch {
      return null;
    }
  }
}
