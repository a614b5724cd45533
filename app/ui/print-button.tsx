import { Printer } from "lucide-react";
import { Button } from "./button";

/** Without JavaScript, the browser's own print command does the same. */
export const PrintButton = () => (
  <Button icon={Printer} kind="primary" onClick={() => window.print()}>
    Print
  </Button>
);
