import type { ReactNode } from "react";
import type { Draft, DraftUnit } from "../draft";

/** What every step of an inspection can do. */
export type StepProps = {
  draft: Draft;
  change(by: (draft: Draft) => Draft): Promise<void>;
  /** Goes on; the step that follows is that of the draft as changed. */
  next(): void;
  /** Where the driver is, with the way to give up. */
  progress: ReactNode;
};
export type UnitStepProps = StepProps & { index: number; unit: DraftUnit; changeThis(by: (unit: DraftUnit) => Partial<DraftUnit>): Promise<void> };
