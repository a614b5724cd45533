/** The mails that a person can't switch off, on their settings page. */
export function AlwaysSent({ rows }: { rows: readonly { label: string; why: string }[] }) {
  return (
    <ul aria-label="Always sent" className="divide-y divide-line border-y border-line">
      {rows.map(({ label, why }) => (
        <li key={label} className="flex flex-wrap items-baseline justify-between gap-x-4 py-2">
          <span className="grid">
            <span className="font-semibold">{label}</span>
            <span className="text-small text-ink-soft">Because {why}.</span>
          </span>
          <span className="text-ink-soft">Always sent</span>
        </li>
      ))}
    </ul>
  );
}
