import type { RawLabelled } from './raw.ts';

/** How a network stands to a project that a page names: it labelled it, carries it, or only supports it. */
export type Backing = 'labelled' | 'carried' | 'supported';

/** What a line of facts/labelled.csv says of a project. */
export interface LabelledReading {
  readonly name: string;
  /** Its full title, where the brackets spell the name out. */
  readonly title?: string;
  readonly programme?: string;
  readonly participantCount?: number;
  readonly backing: Backing;
  /** What else stands between the brackets. */
  readonly remark?: string;
}

const SUPPORTED_ANR = { programme: 'ANR', backing: 'supported', remark: 'Projet ANR que le pôle soutient.' } as const;

/** Lines that hold more than a name, by their text before the bracket. */
const READINGS: Readonly<Record<string, Partial<Omit<LabelledReading, 'name'>>>> = {
  'Nouvelles Vagues': { backing: 'carried', remark: "Plate-forme d'innovation." },
  'Cosmetomique / Cosmetomics': { remark: 'Plateforme mutualisée, Open Lab Codde.' },
  'Censol PV': { remark: 'Site de Thémis.' },
  PEGASE: { title: "Production d'électricité par turbine à gaz et énergie solaire" },
  'Projet collaboratif de Pulsar Innovation': { remark: 'La page ne dit pas le nom du projet.' },
  'Marseille Immunology Biocluster': { backing: 'supported', remark: 'Soutenu par le pôle, qui en est fondateur.' },
  Actena: SUPPORTED_ANR,
  Argic: SUPPORTED_ANR,
  Erinoh: SUPPORTED_ANR,
  Propice: SUPPORTED_ANR,
  Rives: SUPPORTED_ANR,
  Senso: SUPPORTED_ANR,
  Bluering: { remark: 'Ports de plaisance en silos.' },
  CHEEF: { remark: 'Génératrice hydroélectrique pour écluse fluviale.' },
  AVELEC: { title: 'Acoustique des Véhicules ELECtriques' },
  Flower: { remark: 'Moteur à taux de compression variable.' },
  CEVST: { title: "Centre européen d'expérimentation de véhicules et systèmes de transport" },
  ERINI: { remark: "Plateforme d'analyse des extraits naturels." },
  'Test in vitro du pouvoir allergisant': { programme: 'FUI' },
  CLAY: { programme: 'Interreg Europe', participantCount: 6 },
  BIOECOI: { programme: 'Interreg VI', backing: 'carried' },
  'Eco-Ex': { backing: 'carried', remark: "Plate-forme d'éco-extraction." },
  LOVe: { title: "Logiciel d'observation des vulnérables" },
  Algasud: { backing: 'carried' },
  Salinalgue: { participantCount: 12, remark: 'Quatre pôles.' },
};

/** Reads the project of a line. Throws for brackets that nobody has read: they may say that the label was none. */
export function readingOf({ project }: Pick<RawLabelled, 'project'>): LabelledReading {
  const [, name, brackets] = /^(.*?)(?: \((.*)\))?$/.exec(project)!;
  const reading = READINGS[name!];
  if (brackets !== undefined && !reading) throw new Error(`The project "${project}" is not read: see labelled.ts.`);
  return { name: name!, backing: 'labelled', ...reading };
}
