import { type ViewRefusal, viewRefusalMessages } from "~/modules/people/impersonation";
import { type Answer, notAllowed } from "~/platform/http/refusals.server";

/** Why a portal can't be viewed as one of its people. */
export const viewRefusal = ({ kind }: ViewRefusal): Answer => (kind === "not-allowed" ? notAllowed(viewRefusalMessages[kind]) : viewRefusalMessages[kind]);
