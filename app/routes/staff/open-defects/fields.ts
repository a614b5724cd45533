/** The field that names the order for a unit's defects. */
export const orderField = (assetId: string): string => `order-${assetId}`;
