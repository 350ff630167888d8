import { Counter, Gauge, type Registry } from 'prom-client';

/** A gauge whose value is read when the metrics are. */
export function gaugeOf(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    ...{ name, help, registers: [registry] },
    collect() {
      this.set(read());
    },
  });
}

/** A counter that something else counts: its value is read when the metrics are. */
export function counterOf(registry: Registry, name: string, help: string, read: () => number): void {
  new Counter({
    ...{ name, help, registers: [registry] },
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}

/** A gauge that is 1 for the present one of some values, and 0 for the others. */
export function stateOf<Label extends string>(
  registry: Registry,
  { name, help, label }: { readonly name: string; readonly help: string; readonly label: Label },
  values: readonly string[],
  read: () => string,
): void {
  new Gauge({
    ...{ name, help, labelNames: [label], registers: [registry] },
    collect() {
      for (const value of values) this.set({ [label]: value } as Record<Label, string>, value === read() ? 1 : 0);
    },
  });
}
