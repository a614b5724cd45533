import { staff } from "~/platform/http/guards.server";
import { AddFileScreen } from "../parts/add-file-page";
import { openFileForm, takeFile } from "../parts/receive-file.server";

export const meta = () => [{ title: "Add a file" }];
export const loader = staff.loader("attachment:add", openFileForm);
export const action = staff.stream("attachment:add", takeFile);

export default AddFileScreen;
