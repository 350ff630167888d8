import { type JwtSettings, jwtSettings } from './jwt.ts';
import type { Reader } from './reader.ts';

/** Who may read and who may change the graph. */
export interface AccessSettings {
  /** The file with the tokens that allow more than reading, managed by `grappe token`. */
  readonly tokensFile: string | null;
  /** How tokens of an identity provider are checked; null: there is none. */
  readonly jwt: JwtSettings | null;
  /** Whether everything can be read without a token. */
  readonly publicRead: boolean;
  /** Cost that one client may ask for in a minute; 0: any. */
  readonly costPerMinute: number;
  /** How many servers have a part of each client's requests; null: those that are there on the same graph. */
  readonly rateServers: number | null;
}

/** Reads them. */
export function accessSettings(reader: Reader): AccessSettings {
  return {
    tokensFile: reader.text('GRAPPE_TOKENS_FILE'),
    jwt: jwtSettings(reader),
    publicRead: reader.flag('GRAPPE_PUBLIC_READ', true),
    costPerMinute: reader.integer('GRAPPE_COST_PER_MINUTE', 0, 0, 1_000_000_000),
    rateServers:
      reader.text('GRAPPE_RATE_SERVERS') === null ? null : reader.integer('GRAPPE_RATE_SERVERS', 1, 1, 1_000),
  };
}
