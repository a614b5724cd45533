/** Journal counter of changes to owners, devices or sharing, which the fleet room compares. */
export const ROSTER = "roster";
