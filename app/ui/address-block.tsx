import { linesOf } from "~/kernel/text-block";

/** A postal address, or another short block, a line each. */
export const AddressBlock = ({ text }: { text: string }) => (
  <>
    {linesOf(text).map((line, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the same line may come twice
      <span key={at} className="block">
        {line}
      </span>
    ))}
  </>
);
