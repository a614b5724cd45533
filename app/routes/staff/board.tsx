import { Monitor, Plus } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { Link, type ShouldRevalidateFunctionArgs, useFetcher, useLoaderData, useNavigate, useRevalidator, useSearchParams } from "react-router";
import * as z from "zod";
import { capitalized } from "~/kernel/capitalized";
import type { Id } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { err, type Result } from "~/kernel/result";
import { completeOrder } from "~/modules/vendor-jobs/complete-order.server";
import { AskMeter } from "~/modules/work-orders/ask-meter.view";
import { columnNote, emptyColumn, OrderCard } from "~/modules/work-orders/board/board.view";
import {
  type BoardFilter,
  boardFilterIn,
  type Card,
  columnOf,
  filtered,
  leadsOf,
  NOBODY,
  neighbor,
  notOlder,
  targetOf,
} from "~/modules/work-orders/board/board-view";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { stateTones } from "~/modules/work-orders/state.view";
import { type BoardState, boardStates, canMove, holdLabels, holdReasons, stateLabels } from "~/modules/work-orders/work-order";
import { idField } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { missing, unreadable } from "~/platform/http/refusals.server";
import { readBoard } from "~/queries/staff/board.server";
import { BoardColumn, BoardColumns, BoardIndex } from "~/ui/board";
import { Button, ButtonLink } from "~/ui/button";
import { Dialog } from "~/ui/dialog";
import { Empty } from "~/ui/empty";
import { FilterChips, SearchField } from "~/ui/filters";
import { useFormat } from "~/ui/format";
import { useNotices } from "~/ui/live/use-notices";
import { LiveDot } from "~/ui/live-dot";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader } from "~/ui/page";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Board" }];

type Moved = Awaited<ReturnType<typeof completeOrder>> | Awaited<ReturnType<typeof changeWorkOrder>>;
type MoveRefusal = Extract<Moved, { ok: false }>["error"];

const INCOMPLETE = "That move was incomplete. Reload the board and try again.";
const NOT_MOVED = "We couldn't move that order. Reload the board and try again.";

export const action = staff.commands({
  move: staff.command({
    permission: "work-order:move",
    form: z.object({ id: idField("workOrder", INCOMPLETE), version: z.coerce.number().int().positive(), to: z.string() }),
    async run({ services, form }): Promise<Result<unknown, MoveRefusal>> {
      const target = targetOf(form.to);
      if (!target) return err({ kind: "not-allowed", message: INCOMPLETE });
      return target.to === "completed"
        ? completeOrder(services, form.id, { seen: form.version, why: "" })
        : changeWorkOrder(services, form.id, { intent: "move", to: target.to, holdReason: target.holdReason, seen: form.version });
    },
    refusals: {
      "not-found": missing("This work order doesn't exist."),
      stale: "Someone else moved this order first. The board shows where it is now.",
      "still-open": ({ message }) => `${message} Open it to do so.`,
      "other-owner": ({ message }) => message,
      "no-reason": unreadable("Choose what the order is waiting for."),
      collides: NOT_MOVED,
      "line-offered": NOT_MOVED,
      "line-authorized": NOT_MOVED,
      "job-in-use": NOT_MOVED,
      "job-gone": NOT_MOVED,
      "bad-times": NOT_MOVED,
      "clock-elsewhere": NOT_MOVED,
    },
  }),
});

export const loader = staff.loader(
  "board:read",
  async ({ services, session }) => ({ organizationId: session.organization.id, cards: await readBoard(services.db, services.clock.now()) }),
  action,
);

export default function Board() {
  const { organizationId, cards: read } = useLoaderData<typeof loader>();
  const known = useRef<readonly Card[]>(read);
  const served = useMemo(() => notOlder(known.current, read), [read]);
  known.current = served;
  const { now } = useFormat();
  const { revalidate } = useRevalidator();
  const navigate = useNavigate();
  const mover = useFetcher<typeof action>();
  // Without JavaScript the browser posts the same forms, and the result comes with the page.
  const answered = useFormResult<typeof action>();
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  const [dragged, setDragged] = useState<Card | null>(null);
  const [over, setOver] = useState<BoardState | null>(null);
  const [holding, setHolding] = useState<Card | null>(null);
  const { live, viewers } = useNotices({ organizationId, as: "staff", reread: revalidate, onNotice: ({ id }) => setChanged(new Set([id])) });

  const [params] = useSearchParams();
  const filter = boardFilterIn(params);
  const all = useMemo(() => withPending(served, mover.formData), [served, mover.formData]);
  const cards = filtered(all, filter, now);
  const followed = useRef<string | null>(null);
  const underWay = useRef(false);
  // A card moved by keyboard is a new element in another column, so focus has to follow it.
  useEffect(() => {
    if (followed.current === null) return;
    document.querySelector<HTMLElement>(`[data-card="${followed.current}"]`)?.focus();
    if (mover.state !== "idle") underWay.current = true;
    else if (underWay.current) {
      followed.current = null;
      underWay.current = false;
    }
  });
  const [asked, setAsked] = useState<{ id: string; value: string } | null>(null);
  const move = (card: Card, value: string) => setAsked({ id: card.id, value });
  // Sent with the version known at sending time: a quick second move waits for the result of the first.
  useEffect(() => {
    if (asked === null || mover.state !== "idle") return;
    setAsked(null);
    const card = served.find(({ id }) => id === asked.id);
    if (card) mover.submit({ id: card.id, version: String(card.version), to: asked.value }, { method: "post" });
  }, [asked, mover, served]);
  const completed = useCompleted(mover, served);
  const moveTo = (card: Card, to: BoardState) => (to === "on-hold" ? setHolding(card) : move(card, to));

  const drop = (column: BoardState) => {
    if (dragged && dragged.state !== column && canMove(dragged.state, column) === true) moveTo(dragged, column);
    setDragged(null);
    setOver(null);
  };
  const onKey = (card: Card, event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === "Enter") return navigate(paths.staff.order(card.id));
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return walk(event);
    event.preventDefault();
    const target = neighbor(card.state, step);
    if (event.shiftKey && target) {
      followed.current = card.id;
      moveTo(card, target);
    }
    if (!event.shiftKey) walkColumns(event, step);
  };

  // On a phone one column fills the screen, so it opens at the first column with a card.
  useEffect(() => {
    if (window.matchMedia("(width >= 64rem)").matches) return;
    const first = document.querySelector("[data-card]")?.closest("section");
    first?.parentElement?.scrollTo({ left: first.offsetLeft - first.parentElement.offsetLeft });
  }, []);
  const refusal = mover.state === "idle" ? (mover.data ?? answered)?.problem : null;
  if (served.length === 0) {
    return (
      <>
        <PageHeader title="Board" state={<LiveDot {...live} now={now} />} />
        <PageBody>
          <Empty
            title="No work orders yet"
            body="Open a work order and it shows up here. It moves from column to column as the work gets done."
            action={
              <ButtonLink to={paths.staff.newOrder} kind="primary">
                New work order
              </ButtonLink>
            }
          />
        </PageBody>
      </>
    );
  }
  return (
    <div className="flex flex-1 flex-col">
      <PageHeader
        title="Board"
        state={<LiveDot {...live} now={now} />}
        action={
          <>
            <span className="sm:hidden">
              <ButtonLink to={paths.staff.newOrder} icon={Plus}>
                New work order
              </ButtonLink>
            </span>
            <ButtonLink to={paths.staff.wall} icon={Monitor}>
              Wall board
            </ButtonLink>
          </>
        }
      />
      <BoardFilters leads={leadsOf(all)} filter={filter} found={cards.length} of={all.length} />
      {refusal && (
        <div className="px-(--gutter) pb-2">
          <Notice tone="red" title={`Not moved. ${refusal.message}`} />
        </div>
      )}
      <BoardIndex
        stops={boardStates.map((state) => ({
          id: `column-${state}`,
          title: stateLabels[state],
          count: columnOf(cards, state, now).length,
          tone: stateTones[state],
        }))}
      />
      <BoardColumns>
        {boardStates.map((state) => {
          const column = columnOf(cards, state, now);
          const open = dragged !== null && dragged.state !== state && canMove(dragged.state, state) === true;
          return (
            <BoardColumn
              key={state}
              id={`column-${state}`}
              title={stateLabels[state]}
              tone={stateTones[state]}
              count={column.length}
              note={columnNote(column, now)}
              over={open && over === state}
              onDragOver={(event) => {
                if (!open) return;
                event.preventDefault();
                setOver(state);
              }}
              onDragLeave={() => setOver(null)}
              onDrop={(event) => {
                event.preventDefault();
                drop(state);
              }}
            >
              {column.length === 0 && <p className="py-2 text-ink-soft">{cards.length < all.length ? "No orders match the filter." : emptyColumn[state]}</p>}
              {column.map((card) => (
                <OrderCard
                  key={card.id}
                  card={card}
                  now={now}
                  changed={changed.has(card.id)}
                  MoveForm={mover.Form}
                  onDragStart={setDragged}
                  onDragEnd={() => {
                    setDragged(null);
                    setOver(null);
                  }}
                  onKey={onKey}
                  viewers={viewers[card.id]}
                />
              ))}
            </BoardColumn>
          );
        })}
      </BoardColumns>
      <AskMeter key={completed.card?.id} card={completed.card} onClose={completed.close} />
      <Dialog title="What is it waiting for?" open={holding !== null} onClose={() => setHolding(null)}>
        <div className="grid gap-2">
          {holdReasons.map((reason) => (
            <Button
              key={reason}
              wide
              onClick={() => {
                if (holding) move(holding, `on-hold:${reason}`);
                setHolding(null);
              }}
            >
              {capitalized(holdLabels[reason])}
            </Button>
          ))}
        </div>
      </Dialog>
    </div>
  );
}

/** The card whose order was just completed on this page, until the question about it is closed. */
function useCompleted({ state, formData, data }: { state: string; formData?: FormData; data?: { problem: unknown } }, cards: readonly Card[]) {
  const [card, setCard] = useState<Card | null>(null);
  const sent = useRef<string | null>(null);
  useEffect(() => {
    if (state !== "idle") {
      sent.current = formData?.get("to") === "completed" ? String(formData.get("id")) : sent.current;
      return;
    }
    const id = sent.current;
    sent.current = null;
    if (id !== null && data?.problem === null) setCard(cards.find((one) => one.id === id) ?? null);
  }, [state, formData, data, cards]);
  return { card, close: () => setCard(null) };
}

type FilterProps = { leads: readonly string[]; filter: BoardFilter; found: number; of: number };

/** Filters by lead, late orders and text. They live in the URL, so a filtered board can be bookmarked. */
function BoardFilters({ leads, filter, found, of }: FilterProps) {
  const to = ({ query, who, late }: BoardFilter) =>
    `?${new URLSearchParams({ ...(query ? { q: query } : {}), ...(who ? { who } : {}), ...(late ? { late: "yes" } : {}) })}`;
  const { query, who, late } = filter;
  const whos = [...leads.map((name) => ({ label: name, value: name })), { label: "Unassigned", value: NOBODY }];
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-(--gutter) pb-3">
      <div className="w-56 max-w-full">
        <SearchField
          label="Find on the board"
          value={query}
          placeholder="Number, unit, customer"
          keep={{ ...(who ? { who } : {}), ...(late ? { late: "yes" } : {}) }}
        />
      </div>
      <FilterChips
        label="Filter orders"
        chips={[
          ...whos.map(({ label, value }) => ({ label, to: to({ ...filter, who: who === value ? null : value }), current: who === value })),
          { label: "Late", to: to({ ...filter, late: !late }), current: late },
        ]}
      />
      {found < of && (
        <p className="text-ink-soft">
          {found} of {of}.{" "}
          <Link to={paths.staff.board} className="inline-flex min-h-[24px] items-center text-accent underline">
            Show all
          </Link>
        </p>
      )}
    </div>
  );
}

/** Search and filters work on the loaded cards; notices keep those current. */
export function shouldRevalidate({ currentUrl, nextUrl, formMethod, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean {
  const onlyNarrowed = !formMethod && currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search;
  return onlyNarrowed ? false : defaultShouldRevalidate;
}

/** Shows a card where it was dropped while the server is asked; a refused move puts it back. */
function withPending(cards: readonly Card[], pending: FormData | undefined): readonly Card[] {
  const target = pending && targetOf(String(pending.get("to")));
  if (!target) return cards;
  const id = String(pending.get("id")) as Id<"workOrder">; // compared with ids that the loader gave
  return cards.map((card) => (card.id === id ? { ...card, state: target.to, holdReason: target.holdReason } : card));
}

const cardsIn = (element: Element | null | undefined): HTMLElement[] => [...(element?.querySelectorAll<HTMLElement>("[data-card]") ?? [])];

/** Up and down within a column. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" || event.key === "j" ? 1 : event.key === "ArrowUp" || event.key === "k" ? -1 : 0;
  const cards = cardsIn(event.currentTarget.closest("section"));
  const next = cards[cards.indexOf(event.currentTarget) + step];
  if (step === 0 || !next) return;
  event.preventDefault();
  next.focus();
}

/** To the nearest column with cards, at about the same height. */
function walkColumns(event: KeyboardEvent<HTMLElement>, step: 1 | -1): void {
  const column = event.currentTarget.closest("section");
  const row = cardsIn(column).indexOf(event.currentTarget);
  let next = step === 1 ? column?.nextElementSibling : column?.previousElementSibling;
  while (next && cardsIn(next).length === 0) next = step === 1 ? next.nextElementSibling : next.previousElementSibling;
  const cards = cardsIn(next);
  (cards[row] ?? cards.at(-1))?.focus();
}
