import { useFormat } from "~/ui/format";
import { pickField } from "./decisions/answer-choice";
import { type EstimateSnapshot, type Picks, pricedOptions, type SnapshotGroup, type SnapshotLine } from "./estimate-snapshot";

type Props = {
  snapshot: EstimateSnapshot;
  group: SnapshotGroup;
  picks: Picks;
  /** Whether the customer chooses here. */
  isForm: boolean;
  /** Ids of the lines that were answered yes or no; null before. */
  answered: ReadonlySet<string> | null;
  lineOf(line: SnapshotLine): React.ReactNode;
};

/**
 * The options of a job side by side, each with its lines, its price and the estimate's total with it. On a phone they are
 * compared by one line of text each; the lines are those of the one that is chosen.
 */
export function SheetOptions({ snapshot, group, picks, isForm, answered, lineOf }: Props) {
  const { money } = useFormat();
  const options = pricedOptions(snapshot, group, picks);
  const current = picks[group.id] ?? group.options?.preselected;
  return (
    <fieldset className="grid grid-cols-[repeat(auto-fit,minmax(min(14rem,100%),1fr))] gap-3">
      <legend className="pb-1 text-small text-ink-soft">{isForm ? "Choose one" : answered ? "Options" : "The customer chooses one"}</legend>
      {options.map(({ id, name, lines, price, total }) => {
        const isChosen = answered ? lines.some((line) => answered.has(line.id)) : id === current;
        const head = (
          <span className="grid min-w-0 flex-1">
            <span className="flex flex-wrap items-baseline justify-between gap-x-3 font-semibold">
              {name} <span className="tabular-nums">{money(price)}</span>
            </span>
            <span className="flex flex-wrap justify-between gap-x-3 text-small text-ink-soft">
              <span>{answered ? (isChosen ? "Chosen" : "Not chosen") : isChosen && !isForm ? "Preselected" : "Total with it"}</span>
              {!(answered || (isChosen && !isForm)) && <span className="tabular-nums">{money(total)}</span>}
            </span>
          </span>
        );
        return (
          <div
            key={id}
            className={`group/option content-start rounded-corner border px-3 pb-1 has-checked:border-accent ${isChosen && !isForm ? "border-ink" : "border-control"} ${answered && !isChosen ? "text-ink-soft" : ""}`}
          >
            {isForm ? (
              <label className="flex min-h-(--target) cursor-pointer items-center gap-2.5 py-2">
                <input type="radio" name={pickField(group.id)} value={id} defaultChecked={isChosen} className="size-4 shrink-0" />
                {head}
              </label>
            ) : (
              <p className="flex py-2">{head}</p>
            )}
            <p
              className={`line-clamp-2 border-t border-line py-1.5 text-small text-ink-soft sm:hidden ${isForm ? "group-has-[>label>input:checked]/option:hidden" : isChosen ? "hidden" : ""}`}
            >
              {lines.map(({ text }) => text).join(", ")}
            </p>
            <ul
              aria-label={`Lines of ${name}`}
              className={`divide-y divide-line border-t border-line ${isForm ? "max-sm:hidden max-sm:group-has-[>label>input:checked]/option:block" : isChosen ? "" : "max-sm:hidden"}`}
            >
              {lines.map(lineOf)}
            </ul>
          </div>
        );
      })}
    </fieldset>
  );
}
