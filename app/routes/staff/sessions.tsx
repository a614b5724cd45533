import { staff } from "~/platform/http/guards.server";
import { AccountForm, changeOwnAccount, readOwnAccount } from "../own-account.server";
import { SessionsScreen } from "../sessions-screen";

export const meta = () => [{ title: "Your sign-ins" }];
export const loader = staff.loader("session:own", readOwnAccount);
export const action = staff.action("session:own", AccountForm, changeOwnAccount);

export default SessionsScreen;
