import { type AccessSettings, accessSettings } from './config/access.ts';
import { type DocumentSettings, documentSettings } from './config/documents.ts';
import { engineSettings } from './config/engine.ts';
import { type Limits, limits, statementBounds } from './config/limits.ts';
import { type MemorySettings, memorySettings } from './config/memory.ts';
import { type NetworkSettings, networkSettings } from './config/network.ts';
import { type ObserveSettings, observeSettings } from './config/observe.ts';
import { type ProfileSettings, profileSettings } from './config/profile.ts';
import { ConfigError, type Environment, Reader } from './config/reader.ts';
import type { EngineSettings } from './graph/open.ts';
import type { StatementBounds } from './scheduling/statement-places.ts';

/** The seed for an empty store at the first start. */
export const SEEDS = ['none', 'curated', 'full'] as const;
export type Seed = (typeof SEEDS)[number];

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The configuration from the environment, checked and frozen. Each group of settings has its file in config/. */
export interface Config
  extends NetworkSettings,
    ProfileSettings,
    AccessSettings,
    MemorySettings,
    DocumentSettings,
    ObserveSettings {
  readonly engine: EngineSettings;
  readonly seed: Seed;
  readonly limits: Limits;
  /** Maximum of statements executed at one time. */
  readonly statements: StatementBounds;
  readonly logLevel: LogLevel;
  /** A sentence for each setting without effect. */
  readonly warnings: readonly string[];
}

/** Reads the settings (docs/settings.md) from the environment. Throws one ConfigError with all problems. */
export function readConfig(environment: Environment = process.env): Config {
  const reader = new Reader(environment);
  const engine = engineSettings(reader);
  const config: Config = {
    engine,
    ...networkSettings(reader),
    ...profileSettings(reader),
    ...accessSettings(reader),
    ...memorySettings(reader),
    ...documentSettings(reader),
    ...observeSettings(reader),
    seed: reader.oneOf('GRAPPE_SEED', SEEDS, 'full'),
    limits: limits(reader),
    statements: statementBounds(reader, engine),
    logLevel: reader.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    // Last: what nothing above has read is not a setting.
    warnings: reader.unknownVariables().map((name) => `${name} is not a setting of Grappe: no effect.`),
  };
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return Object.freeze(config);
}
