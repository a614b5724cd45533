import type { DefectSeverity, DefectState } from "./defects/defect";

/** The counts of a report's defects that its result is made from. */
export function countDefects(defects: readonly { state: DefectState; severity: DefectSeverity }[]) {
  const open = defects.filter(({ state }) => state === "open");
  return {
    defects: defects.length,
    open: open.length,
    openSafety: open.filter(({ severity }) => severity === "safety").length,
    certified: defects.filter(({ state }) => state === "certified").length,
  };
}
