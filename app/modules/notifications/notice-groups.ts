import { HOUR, MINUTE } from "~/kernel/time";
import type { StaffEvent } from "./notification-table";
import { staffRow } from "./staff-events";

/**
 * Notices of one event to one person that come close together are one row of the list and count once. Those about one
 * record join what came in the last five minutes; once there are five rows of an event within an hour, the fifth takes
 * what else comes of it, whatever record it is about.
 */
export const noticeGroups = { record: 5 * MINUTE, event: HOUR, rows: 5 };

/** A group begun longer ago takes no more. */
export const GROUP_LASTS = HOUR;

/** How many mails at once a person gets of a group; the others are in the daily mail. */
export const MAILS_OF_GROUP = 3;

/** Whether notices about several records may be one row: where somebody should stop or decide, each record has its own. */
export const joinsRecords = (event: StaffEvent): boolean => !staffRow(event).urgent;
