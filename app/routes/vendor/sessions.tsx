import { vendor } from "~/platform/http/guards.server";
import { AccountForm, changeOwnAccount, readOwnAccount } from "../own-account.server";
import { SessionsScreen } from "../sessions-screen";

export const meta = () => [{ title: "Your sign-ins" }];
export const loader = vendor.loader("session:own", readOwnAccount);
export const action = vendor.action("session:own", AccountForm, changeOwnAccount);

export default SessionsScreen;
