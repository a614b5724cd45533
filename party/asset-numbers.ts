/**
 * A small permanent number for each asset that ever had a position, for frames that name assets by number. A number is
 * never given to another asset: a page that was away for a month still knows whose it is.
 */
export class AssetNumbers {
  private readonly numbers: Map<string, number>;

  constructor(private readonly sql: SqlStorage) {
    sql.exec("create table if not exists asset_numbers (asset text primary key, number integer not null) without rowid");
    this.numbers = new Map(
      sql
        .exec<{ asset: string; number: number }>("select asset, number from asset_numbers")
        .toArray()
        .map((row) => [row.asset, row.number]),
    );
  }

  of(assetId: string): number {
    const known = this.numbers.get(assetId);
    if (known !== undefined) return known;
    // None is ever deleted, so their count is the next.
    const number = this.numbers.size;
    this.sql.exec("insert into asset_numbers values (?, ?)", assetId, number);
    this.numbers.set(assetId, number);
    return number;
  }
}
