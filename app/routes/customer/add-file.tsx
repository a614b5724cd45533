import { customer } from "~/platform/http/guards.server";
import { AddFileScreen } from "../parts/add-file-page";
import { openFileForm, takeFile } from "../parts/receive-file.server";

export const meta = () => [{ title: "Add a file" }];
export const loader = customer.loader("attachment:add", openFileForm);
export const action = customer.stream("attachment:add", takeFile);

export default AddFileScreen;
