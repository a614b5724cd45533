/** The counter that tells the live room that owners, devices or sharing changed. */
export const ROSTER = "roster";
