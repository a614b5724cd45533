import { paths } from "~/kernel/paths";
import type { Tab } from "~/modules/vendor-jobs/labels";

export const pathOf: Record<Tab, string> = { pending: paths.vendor.home, active: paths.vendor.active, completed: paths.vendor.completed };
