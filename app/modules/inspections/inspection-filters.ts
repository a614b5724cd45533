/** Filters of the list of inspections; the first is the default. */
export const inspectionFilters = {
  all: { label: "All", empty: "No inspections yet" },
  defects: { label: "With defects", empty: "No inspection found a defect" },
  safety: { label: "Not safe to drive", empty: "No inspection found a unit unsafe" },
  open: { label: "Open defects", empty: "No defect is open" },
  photos: { label: "Photos missing", empty: "All photos arrived" },
  unmatched: { label: "Unit not matched", empty: "Every report names a unit of yours" },
  fast: { label: "Too fast", empty: "No inspection was too fast" },
} as const;
export type InspectionFilter = keyof typeof inspectionFilters;
export const inspectionFilterNames = Object.keys(inspectionFilters) as InspectionFilter[]; // the keys of the table above

export const parseInspectionFilter = (text: string | null): InspectionFilter => inspectionFilterNames.find((name) => name === text) ?? "all";
