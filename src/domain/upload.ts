/** Bytes of one piece of a file, as a client sends it to a running server, at the most. */
export const MAX_PIECE_BYTES = 16 * 2 ** 20;
