import * as z from "zod";
import { defineEvents, event } from "~/kernel/events";
import { idOf, noFields } from "~/modules/audit/event-fields";

export const telematicsJournal = defineEvents({
  "tracker.assigned": event(z.object({ assetId: idOf("asset") }), "Tracker assigned"),
  "tracker.key-issued": event(noFields, "Tracker's own key issued"),
  "tracker.key-ended": event(noFields, "Tracker's own key ended"),
  "ingest-key.issued": event(noFields, "Ingest key issued"),
  "ingest-key.ended": event(noFields, "Ingest key ended"),
});
