import { staff } from "~/platform/http/guards.server";
import { SessionsScreen } from "~/sign-in/active-sessions";
import { AccountForm, changeOwnAccount, readOwnAccount } from "~/sign-in/my-account.server";

export const meta = () => [{ title: "Your sign-ins" }];
export const loader = staff.loader("session:own", readOwnAccount);
export const action = staff.action("session:own", AccountForm, changeOwnAccount);

export default SessionsScreen;
