import { vendor } from "~/platform/http/guards.server";
import { AddFileScreen } from "../parts/add-file-page";
import { openFileForm, takeFile } from "../parts/receive-file.server";

export const meta = () => [{ title: "Add a file" }];
export const loader = vendor.loader("attachment:add", openFileForm);
export const action = vendor.stream("attachment:add", takeFile);

export default AddFileScreen;
