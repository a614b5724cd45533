export type ShopBrand = {
  name: string;
  /** #rrggbb; petrol where a shop has none. */
  color?: string | null;
  logoUrl?: string | null;
  phone?: string | null;
  email?: string | null;
  /** Lines of the postal address. */
  address?: string | null;
};

/** The shop's logo, or its initials on a plate of its color, and its name. */
export function BrandMark({ brand, size = "small" }: { brand: ShopBrand; size?: "small" | "large" }) {
  const large = size === "large";
  return (
    <span className={`inline-flex min-w-0 items-center ${large ? "gap-3" : "gap-2.5"}`}>
      {brand.logoUrl ? (
        <img src={brand.logoUrl} alt="" className={`w-auto max-w-40 shrink-0 object-contain ${large ? "h-12" : "h-8"}`} />
      ) : (
        <span
          aria-hidden="true"
          className={`grid aspect-square shrink-0 place-items-center rounded-plate bg-accent font-condensed font-semibold text-accent-ink ${large ? "h-11 text-[1.375rem]" : "h-8 text-[1.0625rem]"}`}
        >
          {initials(brand.name)}
        </span>
      )}
      <span className={`truncate font-condensed leading-tight font-semibold ${large ? "text-[1.625rem]" : "text-[1.1875rem]"}`}>{brand.name}</span>
    </span>
  );
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase())
    .join("");
