import type { ComponentType, KeyboardEvent } from "react";
import { type FormProps, Link } from "react-router";
import { paths } from "~/kernel/paths";
import { formatAge, type UtcMs } from "~/kernel/time";
import { BoardCard } from "~/ui/board";
import { Docket } from "~/ui/docket";
import { Presence } from "~/ui/presence";
import { StateMark } from "~/ui/state-mark";
import { UnitPlate } from "~/ui/unit-plate";
import { overLabel } from "../lines/line-labels";
import { stateTones } from "../state.view";
import { type BoardState, docketNumber, holdLabels, stateLabels } from "../work-order";
import { alarmOf, type Card, choicesFor, formatPromise, isLate, unsafeLabel } from "./board-view";

const formatHold = (card: Card) => (card.holdReason ? `On hold: ${holdLabels[card.holdReason]}` : null);

type Props = {
  card: Card;
  now: UtcMs;
  changed: boolean;
  /** The form that posts a move; a fetcher's form once JavaScript runs. */
  MoveForm: ComponentType<FormProps>;
  onDragStart(card: Card): void;
  onDragEnd(): void;
  onKey(card: Card, event: KeyboardEvent<HTMLElement>): void;
  /** Other people who have the order open. */
  viewers: readonly string[] | undefined;
};

/** A work order on the board. It can be dragged, moved with Shift and the arrow keys, or with "Move to". */
export function OrderCard({ card, now, changed, MoveForm, onDragStart, onDragEnd, onKey, viewers }: Props) {
  const alarm = alarmOf(card, now);
  const promise = isLate(card, now) && unsafeLabel(card) === null ? null : formatPromise(card, now);
  const number = docketNumber(card.number);
  const note = card.fleetRepaired ? "Fleet repaired it: decide about the job" : overLabel({ applies: true, overLines: card.overLines });
  return (
    <BoardCard
      data-card={card.id}
      tabIndex={0}
      aria-label={`${number}, unit ${card.unitNumber}, ${card.title}`}
      aria-keyshortcuts="Shift+ArrowRight Shift+ArrowLeft"
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", card.id);
        onDragStart(card);
      }}
      onDragEnd={onDragEnd}
      onKeyDown={(event) => onKey(card, event)}
      className="cursor-grab active:cursor-grabbing"
      changed={changed}
      docket={
        <Link to={paths.staff.order(card.id)} draggable={false} className="inline-flex min-h-[24px] items-center">
          <Docket number={number} state={stateTones[card.state]} stateLabel={stateLabels[card.state]} />
        </Link>
      }
      plate={<UnitPlate number={card.unitNumber} />}
      customer={
        <>
          <span className="block">{card.title}</span>
          <span className="block font-normal text-ink-soft">{card.customer}</span>
          {note && (
            <span className="block font-normal">
              <StateMark bare tone="amber" label={note} />
            </span>
          )}
        </>
      }
      late={alarm}
      hold={formatHold(card)}
      since={[promise, `${formatAge(Math.max(0, now - card.stateSince))} in this column`].filter(Boolean).join(" · ")}
      who={card.leadName ?? "Unassigned"}
      presence={<Presence people={viewers} />}
      move={<MoveTo card={card} MoveForm={MoveForm} />}
    />
  );
}

/** A button for every target; a disabled one shows the reason. */
function MoveTo({ card, MoveForm }: { card: Card; MoveForm: ComponentType<FormProps> }) {
  return (
    <details className="text-small" name="move-to">
      <summary className="inline-flex min-h-(--target) cursor-pointer items-center text-accent">Move to</summary>
      <MoveForm method="post" className="grid gap-1 pb-1">
        <input type="hidden" name="id" value={card.id} />
        <input type="hidden" name="version" value={card.version} />
        {choicesFor(card).map(({ value, label, blocked }) => (
          <span key={value} className="grid">
            <button
              type="submit"
              name="to"
              value={value}
              disabled={blocked !== null}
              className="min-h-(--target) rounded-corner border border-line px-2 text-left hover:bg-hover disabled:border-transparent disabled:text-ink-soft"
            >
              {label}
              {blocked && <span className="block text-ink-soft">{blocked}</span>}
            </button>
          </span>
        ))}
      </MoveForm>
    </details>
  );
}

export const columnNote = (cards: readonly Card[], now: UtcMs): string | undefined => {
  const oldest = Math.min(...cards.map(({ stateSince }) => stateSince));
  return cards.length === 0 ? undefined : `oldest ${formatAge(Math.max(0, now - oldest))}`;
};

export const emptyColumn: Record<BoardState, string> = {
  draft: "No drafts.",
  open: "Nothing is waiting for a bay.",
  "in-progress": "No work in progress.",
  "on-hold": "Nothing is on hold.",
  completed: "Nothing was completed this week.",
};
