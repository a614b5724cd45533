/** The kinds of records that notices are about and whose changes open pages hear of: a change may have handled a notice. */
export const aboutKinds = ["estimate", "inspection", "vendor-job", "work-order", "account"] as const;
