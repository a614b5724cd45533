import { Link, useLoaderData, useRevalidator } from "react-router";
import { dateFormat } from "~/kernel/intl";
import { paths } from "~/kernel/paths";
import type { UtcMs } from "~/kernel/time";
import { alarmOf, type Card, columnOf } from "~/modules/work-orders/board/board-view";
import { stateTones } from "~/modules/work-orders/state.view";
import { type BoardState, docketNumber, holdLabels, stateLabels } from "~/modules/work-orders/work-order";
import { staff } from "~/platform/http/guards.server";
import { readBoard } from "~/queries/staff/board.server";
import { Docket } from "~/ui/docket";
import { useNotices } from "~/ui/live/use-notices";
import { useNow } from "~/ui/live/use-now";
import { LiveDot } from "~/ui/live-dot";
import { StateGlyph } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";

export const meta = () => [{ title: "Wall board" }];

export const loader = staff.loader("board:read", async ({ services, session }) => {
  const now = services.clock.now();
  const { id, name, zone, locale } = session.organization;
  return { organizationId: id, shop: name, zone, locale, cards: await readBoard(services.db, now), now };
});

/** The columns on the wall: what waits, what is in progress, what is on hold and what is done. */
const columns: readonly BoardState[] = ["open", "in-progress", "on-hold", "completed"];
/** As many as fit a 16:9 screen at this size; the rest is counted. */
const ROWS = 6;

/** The board for a screen on the wall: it fills the screen, never scrolls, and can be read from 4 m away. Sizes follow the screen. */
export default function Wall() {
  const { organizationId, shop, zone, locale, cards, now: servedAt } = useLoaderData<typeof loader>();
  const now = useNow(servedAt, 10_000);
  const { revalidate } = useRevalidator();
  const { live } = useNotices({ organizationId, as: "staff", reread: revalidate });
  const clock = dateFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: zone })
    .format(now)
    .replace(/[\u00a0\u202f]/g, " ");
  return (
    <main id="main" className="wall flex h-dvh flex-col gap-[1.2vh] overflow-hidden bg-panel p-[1.4vh] text-ink">
      <header className="flex items-center justify-between gap-6">
        <h1 className="font-condensed text-[1.35em] leading-none font-semibold">
          <Link to={paths.staff.board}>
            {shop}
            <span className="sr-only">: back to the board</span>
          </Link>
        </h1>
        <span className="flex items-center gap-[1em]">
          <LiveDot {...live} now={now} />
          <span className="font-condensed text-[1.35em] leading-none font-semibold tabular-nums">{clock}</span>
        </span>
      </header>
      <div className="grid min-h-0 flex-1 grid-cols-4 gap-[1vw]">
        {columns.map((state) => (
          <WallColumn key={state} state={state} cards={columnOf(cards, state, now)} now={now} />
        ))}
      </div>
    </main>
  );
}

function WallColumn({ state, cards, now }: { state: BoardState; cards: readonly Card[]; now: UtcMs }) {
  const visible = cards.slice(0, cards.length > ROWS ? ROWS - 1 : ROWS);
  const more = cards.length - visible.length;
  return (
    <section aria-label={stateLabels[state]} className="flex min-h-0 min-w-0 flex-col">
      <h2 className="flex items-center gap-[0.4em] border-b-[0.15em] border-ink pb-[0.2em] font-condensed text-[1.2em] leading-none font-semibold">
        <StateGlyph tone={stateTones[state]} />
        {stateLabels[state]} <span className="text-ink-soft tabular-nums">{cards.length}</span>
      </h2>
      <ul className="grid min-h-0 flex-1 grid-rows-6 divide-y-2 divide-line">
        {visible.map((card) => (
          <WallCard key={card.id} card={card} now={now} />
        ))}
        {more > 0 && <li className="flex items-center text-ink-soft">and {more} more</li>}
      </ul>
    </section>
  );
}

function WallCard({ card, now }: { card: Card; now: UtcMs }) {
  const late = alarmOf(card, now);
  const note = late ?? (card.holdReason ? holdLabels[card.holdReason] : (card.leadName ?? "Unassigned"));
  return (
    <li className={`grid min-h-0 min-w-0 content-center gap-[0.25em] overflow-hidden px-[0.35em] ${late ? "border-l-[0.3em] border-l-state-red" : ""}`}>
      <span className="flex min-w-0 items-center gap-[0.5em] text-[1.25em] leading-none">
        <UnitPlate number={card.unitNumber} size="inherit" />
        <Docket number={docketNumber(card.number)} state={stateTones[card.state]} stateLabel={stateLabels[card.state]} size="inherit" />
      </span>
      <span className={`flex items-center gap-[0.35em] truncate ${late ? "font-semibold text-state-red" : ""}`}>
        {late && <StateGlyph tone="red" />}
        <span className="truncate">{late ? `${note} · ${card.title}` : card.title}</span>
      </span>
      {!late && <span className="truncate text-ink-soft">{note}</span>}
    </li>
  );
}
