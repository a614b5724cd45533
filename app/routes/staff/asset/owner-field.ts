/** The field for whose a work order of a unit is when the unit is sold. */
export const ownerField = (orderId: string): string => `order-${orderId}`;
