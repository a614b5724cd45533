/** More windows than anybody works with; a script that opens sockets meets it. Each limit is for one room. */
export const SOCKETS_OF_A_SESSION = 40;
/** One customer's or vendor's people must not use up what the shop's own screens need. */
export const SOCKETS_OF_A_PARTY = 300;
/** The shop's own people together. */
export const SOCKETS_OF_THE_SHOP = 3_000;
