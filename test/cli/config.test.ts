import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { BlockList } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/config/limits.ts';
import { ConfigError, type ConfigProblem, type Environment } from '../../src/config/reader.ts';
import { readConfig } from '../../src/config.ts';

function problemsOf(environment: Environment): readonly ConfigProblem[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('the settings', () => {
  it('have defaults that only this machine can reach', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      slowMs: null,
      tracing: false,
      tracingHeaders: null,
      engine: { engine: 'grafeo', folder: './data' },
      seed: 'full',
      profile: 'development',
      graphiql: true,
      introspection: true,
      showSchema: true,
      plan: true,
      plainGet: true,
      allowedHosts: [],
      metricsPort: null,
      corsOrigins: [],
      embedOrigins: [],
      exportOrigins: ['https://lite.gephi.org', 'https://app.vosviewer.com'],
      publicUrl: null,
      compression: true,
      tokensFile: null,
      jwt: null,
      publicRead: true,
      costPerMinute: 0,
      rateServers: null,
      persistedDocuments: [],
      trustedDocumentsOnly: false,
      limits: DEFAULT_LIMITS,
      statements: {
        statements: expect.any(Number),
        longStatements: expect.any(Number),
        statementsOfOne: expect.any(Number),
        statementsBesideOthers: expect.any(Number),
      },
      stopDelayMs: 0,
      trustedProxies: expect.any(BlockList),
      keepChanges: 1_000_000,
      keepChangesDays: 0,
      cache: { bytes: 64 * 1_048_576, stalenessMs: 0 },
      snapshotBytes: expect.any(Number),
      logLevel: 'info',
      warnings: [],
    });
  });

  it('stand in docs/settings.md, and the limits in docs/errors.md', () => {
    const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    const sources = [
      'config.ts',
      ...readdirSync(new URL('../../src/config', import.meta.url)).map((f) => `config/${f}`),
    ];
    const names = sources.flatMap((file) => [...read(`src/${file}`).matchAll(/'((?:GRAPPE|NEO4J|OTEL)_[A-Z_]+)'/g)]);
    const variables = new Set(names.map(([, name]) => name!));
    expect(variables.size).toBeGreaterThan(40);
    const pages = read('docs/settings.md') + read('docs/errors.md');
    expect([...variables].filter((name) => !pages.includes(`\`${name}\``))).toEqual([]);
  });

  it('cannot be changed', () => {
    const config = readConfig({});
    expect(Object.isFrozen(config) && Object.isFrozen(config.limits) && Object.isFrozen(config.corsOrigins)).toBe(true);
  });

  it('report every problem at once, with the value and what it should be', () => {
    const problems = problemsOf({
      PORT: '70000',
      NEO4J_URI: 'http://localhost',
      GRAPPE_SEED: 'half',
      GRAPPE_PROFILE: 'test',
      GRAPPE_PUBLIC_READ: 'no',
      GRAPPE_CORS_ORIGINS: 'https://a.example, example.org',
      GRAPPE_EXPORT_ORIGINS: 'https://a.example/path',
      GRAPPE_EMBED_ORIGINS: '*',
      GRAPPE_PUBLIC_URL: 'graph.example.org',
      GRAPPE_ALLOWED_HOSTS: 'graph.example.org, http://a.example, b.example:80',
      GRAPPE_METRICS_PORT: 'yes',
      GRAPPE_MAX_DEPTH: '1000',
      LOG_LEVEL: 'loud',
      GRAPPE_SLOW_MS: 'always',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost:4318',
    });
    expect(problems.map(({ variable, value }) => [variable, value]).sort()).toEqual([
      ['GRAPPE_ALLOWED_HOSTS', 'b.example:80'],
      ['GRAPPE_ALLOWED_HOSTS', 'http://a.example'],
      ['GRAPPE_CORS_ORIGINS', 'example.org'],
      ['GRAPPE_EMBED_ORIGINS', '*'],
      ['GRAPPE_EXPORT_ORIGINS', 'https://a.example/path'],
      ['GRAPPE_MAX_DEPTH', '1000'],
      ['GRAPPE_METRICS_PORT', 'yes'],
      ['GRAPPE_PROFILE', 'test'],
      ['GRAPPE_PUBLIC_READ', 'no'],
      ['GRAPPE_PUBLIC_URL', 'graph.example.org'],
      ['GRAPPE_SEED', 'half'],
      ['GRAPPE_SLOW_MS', 'always'],
      ['LOG_LEVEL', 'loud'],
      ['NEO4J_PASSWORD', null],
      ['NEO4J_URI', 'http://localhost'],
      ['OTEL_EXPORTER_OTLP_ENDPOINT', 'localhost:4318'],
      ['PORT', '70000'],
    ]);
    for (const { expected } of problems) expect(expected).toMatch(/\.$/);
  });

  it.each(['', '0x10', '-1', '1.5', '1e3', ' ', 'NaN'])('take no %j for a number', (PORT) => {
    const isNone = PORT.trim() === '';
    expect(problemsOf({ PORT })).toHaveLength(isNone ? 0 : 1);
  });

  it('name the address of the server without a slash at the end, and nobody who may read files', () => {
    const { publicUrl, exportOrigins } = readConfig({
      GRAPPE_PUBLIC_URL: 'https://Example.org/grappe/',
      GRAPPE_EXPORT_ORIGINS: 'none',
    });
    expect({ publicUrl, exportOrigins }).toEqual({ publicUrl: 'https://example.org/grappe', exportOrigins: [] });
  });

  it('trust documents of manifests only where there are manifests', () => {
    const GRAPPE_TRUSTED_DOCUMENTS_ONLY = 'true';
    expect(problemsOf({ GRAPPE_TRUSTED_DOCUMENTS_ONLY })).toMatchObject([{ value: 'true' }]);
    const GRAPPE_PERSISTED_DOCUMENTS = 'web.json, mobile.json';
    expect(readConfig({ GRAPPE_TRUSTED_DOCUMENTS_ONLY, GRAPPE_PERSISTED_DOCUMENTS })).toMatchObject({
      persistedDocuments: ['web.json', 'mobile.json'],
      trustedDocumentsOnly: true,
    });
  });

  it('send traces where OpenTelemetry has a receiver, and is not switched off', () => {
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://localhost:4318';
    const tracing = (more: Record<string, string>): boolean => readConfig(more).tracing;
    expect(tracing({ OTEL_SERVICE_NAME: 'grappe' })).toBe(false);
    expect(tracing({ OTEL_EXPORTER_OTLP_ENDPOINT })).toBe(true);
    expect(tracing({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/v1/traces' })).toBe(true);
    expect(tracing({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SDK_DISABLED: 'true' })).toBe(false);
    expect(tracing({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_EXPORTER: 'none' })).toBe(false);
  });

  it('of an identity provider stand together', () => {
    const GRAPPE_JWT_JWKS_URL = 'https://login.example.org/keys';
    expect(problemsOf({ GRAPPE_JWT_JWKS_URL }).map(({ variable }) => variable)).toEqual([
      'GRAPPE_JWT_ISSUER',
      'GRAPPE_JWT_AUDIENCE',
    ]);
    expect(problemsOf({ GRAPPE_JWT_ISSUER: 'x' })).toMatchObject([{ variable: 'GRAPPE_JWT_ISSUER' }]);
    const needed = {
      GRAPPE_JWT_JWKS_URL,
      GRAPPE_JWT_ISSUER: 'https://login.example.org/',
      GRAPPE_JWT_AUDIENCE: 'grappe',
    };
    const wrong = { GRAPPE_JWT_JWKS_URL: 'http://login.example.org/keys', GRAPPE_JWT_ALGORITHMS: 'HS256, none' };
    expect(problemsOf({ ...needed, ...wrong, GRAPPE_JWT_ROLES: 'OWNER=x' })).toHaveLength(4);
    const roles = 'EDITOR=graph-editors, ADMIN=graph-admins';
    expect(readConfig({ ...needed, GRAPPE_JWT_ROLES: roles }).jwt).toEqual({
      ...{ jwksUrl: GRAPPE_JWT_JWKS_URL, issuer: 'https://login.example.org/', audiences: ['grappe'] },
      ...{ algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'], clockSkewS: 30, nameClaim: 'sub', rolesClaim: 'roles' },
      roles: { READER: 'READER', EDITOR: 'graph-editors', ADMIN: 'graph-admins' },
    });
    expect(readConfig({ ...needed, GRAPPE_JWT_JWKS_URL: 'http://127.0.0.1:8080/keys' }).jwt).not.toBeNull();
  });

  it('take an empty value for none', () => {
    expect(readConfig({ NEO4J_URI: '', GRAPPE_SEED: ' ' })).toMatchObject({
      engine: { engine: 'grafeo' },
      seed: 'full',
    });
  });

  it('use a Neo4j where one is named', () => {
    const { engine } = readConfig({ NEO4J_URI: 'neo4j+s://graph.example.org', NEO4J_PASSWORD: 's' });
    expect(engine).toEqual({
      engine: 'neo4j',
      uri: 'neo4j+s://graph.example.org',
      user: 'neo4j',
      password: 's',
      database: 'neo4j',
      shared: false,
    });
  });

  it('read a password from a file, but not from two places', () => {
    const folder = mkdtempSync(join(tmpdir(), 'grappe-config-'));
    const file = join(folder, 'password');
    writeFileSync(file, 'secret\n');
    try {
      const NEO4J_URI = 'bolt://localhost';
      expect(readConfig({ NEO4J_URI, NEO4J_PASSWORD_FILE: file }).engine).toMatchObject({ password: 'secret' });
      expect(problemsOf({ NEO4J_URI, NEO4J_PASSWORD_FILE: file, NEO4J_PASSWORD: 'x' })).toHaveLength(1);
      expect(problemsOf({ NEO4J_URI, NEO4J_PASSWORD_FILE: `${file}.missing` })[0]?.expected).toContain('ENOENT');
      writeFileSync(file, '\n');
      expect(problemsOf({ NEO4J_URI, NEO4J_PASSWORD_FILE: file })).toMatchObject([{ variable: 'NEO4J_PASSWORD_FILE' }]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([undefined, '', ' '])('ask for the password of a Neo4j where it is %j', (NEO4J_PASSWORD) => {
    const problems = problemsOf({ NEO4J_URI: 'bolt://localhost', NEO4J_PASSWORD });
    expect(problems).toMatchObject([{ variable: 'NEO4J_PASSWORD', value: null }]);
    expect(problems[0]!.expected).toContain('NEO4J_PASSWORD_FILE');
  });

  it('close what is for developers in production, unless it is allowed', () => {
    expect(readConfig({ GRAPPE_PROFILE: 'production' })).toMatchObject({
      graphiql: false,
      introspection: false,
      showSchema: false,
      plan: false,
      plainGet: false,
    });
    const allowed = { GRAPPE_PROFILE: 'production', GRAPPE_ALLOW_GRAPHIQL: 'true', GRAPPE_ALLOW_INTROSPECTION: 'TRUE' };
    expect(readConfig(allowed)).toMatchObject({ graphiql: true, introspection: true });
  });

  it('warn of names that begin like ours and are not', () => {
    expect(readConfig({ GRAPPE_PUBLIC_REED: 'false', HOME: '/' }).warnings).toEqual([
      expect.stringContaining('GRAPPE_PUBLIC_REED'),
    ]);
  });
});
