import { factNetwork } from './facts.ts';
import { GRAPPE_LABEL, LABEL_TOPICS, POLE_LABEL } from './labels.ts';
import type { Raw, RawClaim } from './raw.ts';
import { AGORAVOX, AGORAVOX_REACTION, EDITORIAL, type SourceBook } from './sources.ts';
import type { Row } from './table.ts';

type Topic = Row<'topics.csv'> & { readonly id: string };

export const DELOCALISATION = 'topic/concept-delocalisation';

/** What a gathered statement speaks of, by its words. */
const SUBJECTS: readonly (readonly [words: RegExp, field: string])[] = [
  [/délocalis|relocalis|rapatri|faire revenir|à l’autre bout du monde/i, 'délocalisation'],
  [/brevet/i, 'brevets'],
  [/fabriqu|fabrication|production|produites|usine|atelier/i, 'production locale'],
  [/emploi|salari/i, 'emploi'],
];

/** The subject of a gathered statement: the field of its claim. */
export function subjectOf({ claim_fr }: RawClaim): string {
  return SUBJECTS.find(([words]) => words.test(claim_fr))?.[1] ?? 'remarque';
}

/** What the origin text defines or asks, in our words; where it only names a notion, we say what it takes it to mean. */
const CONCEPTS: readonly Topic[] = [
  {
    id: 'topic/concept-cluster',
    name: 'Cluster',
    nameEn: 'Cluster',
    scheme: 'CONCEPT',
    aliases: ["Grappe d'entreprises", 'Grappe', 'Business cluster'],
    definition:
      "Réseau d'entreprises et de partenaires d'un même secteur (santé, gastronomie, robotique…), dont la coopération développe et améliore le processus économique de chacun : production et distribution qui répondent mieux aux attentes des clients, logistique. Il développe l'aval d'une filière.",
    definitionEn:
      'A network of companies and partners of one sector (health, gastronomy, robotics…) whose cooperation develops and improves the economic process of each: production and distribution that meet customers’ expectations better, logistics. It develops the downstream of an industry.',
    sources: [AGORAVOX],
  },
  {
    id: 'topic/concept-filiere',
    name: 'Filière',
    nameEn: 'Industry (value chain)',
    scheme: 'CONCEPT',
    aliases: ['Chaîne de valeur', 'Industry', 'Value chain'],
    definition:
      "Suite des activités qui mènent de la recherche au marché. Un pôle de compétitivité en développe l'amont, un cluster l'aval.",
    definitionEn:
      'The activities that lead from research to the market. A competitiveness cluster develops its upstream, a cluster its downstream.',
    sources: [AGORAVOX, EDITORIAL],
  },
  {
    id: 'topic/concept-amont',
    name: "Amont d'une filière",
    nameEn: 'Upstream of an industry',
    scheme: 'CONCEPT',
    broader: 'topic/concept-filiere',
    aliases: ['Amont', 'Upstream'],
    definition:
      'Ce qui précède la production : recherche, formation, projets innovants communs, brevets et prototypes. Un pôle de compétitivité le développe.',
    definitionEn:
      'What comes before production: research, training, common innovative projects, patents and prototypes. A competitiveness cluster develops it.',
    sources: [AGORAVOX, EDITORIAL],
  },
  {
    id: 'topic/concept-aval',
    name: "Aval d'une filière",
    nameEn: 'Downstream of an industry',
    scheme: 'CONCEPT',
    broader: 'topic/concept-filiere',
    aliases: ['Aval', 'Downstream'],
    definition: 'Production, distribution et logistique, jusqu’au client. Un cluster le développe.',
    definitionEn: 'Production, distribution and logistics, up to the customer. A cluster develops it.',
    sources: [AGORAVOX, EDITORIAL],
  },
  {
    id: DELOCALISATION,
    name: 'Délocalisation',
    nameEn: 'Relocation abroad',
    scheme: 'CONCEPT',
    aliases: ['Délocalisations', 'Relocalisation', 'Relocation abroad', 'Offshoring', 'Production locale'],
    definition:
      "Transfert d'une production à l'étranger. Question d'un lecteur du texte d'origine : en quoi pôles et clusters la combattent-ils, puisqu'une fois brevets et prototypes déposés rien ne garantit que la production sera locale ? Ce que des pages en disent est dans les réserves (claims) des réseaux de ce sujet et de la France.",
    definitionEn:
      'Transfer of a production abroad. A reader of the origin text asks how poles and clusters fight it, since nothing guarantees that production is local once patents and prototypes are filed. What pages say of it stands in the claims of the networks of this topic, and of France.',
    sources: [AGORAVOX_REACTION],
  },
];

/** What a label means, where a source tells. */
const LABEL_TEXTS: Readonly<
  Record<string, Omit<Topic, 'id' | 'name' | 'scheme' | 'sources'> & { readonly from: readonly string[] }>
> = {
  [POLE_LABEL]: {
    nameEn: 'Competitiveness cluster (State label)',
    aliases: ['Pôles de compétitivité', 'Competitiveness cluster'],
    definition:
      "Label que l'État donne à des entreprises, des centres de formation et des unités de recherche, publiques ou privées, d'un territoire, en partenariat pour créer des synergies autour de projets innovants communs ; organisé autour d'un marché et d'un domaine technologique et scientifique, avec une masse critique suffisante pour gagner en compétitivité et être visible à l'étranger. Le pôle développe l'amont d'une filière.",
    definitionEn:
      'A label that the State gives to companies, training centres and research units, public or private, of a territory, in partnership for synergies around common innovative projects; organised around a market and a technological and scientific domain, heavy enough to gain in competitiveness and to be seen abroad. The pole develops the upstream of an industry.',
    from: [AGORAVOX],
  },
  [GRAPPE_LABEL]: {
    nameEn: 'Business cluster (label of the DATAR)',
    aliases: ['Grappes DATAR', 'Grappe d’entreprises DATAR', 'DATAR business cluster'],
    definition:
      "Label donné par la DATAR en 2010 et 2011, après deux appels à projets, à des réseaux d'entreprises d'un territoire.",
    definitionEn:
      'A label given by the DATAR in 2010 and 2011, after two calls for projects, to networks of companies of a territory.',
    from: ['cinq-clusters-innovants-midi-pyreneens', 'six-nouveaux-poles-competitivite-label-ecotechnologies'],
  },
};

/** The labels and the notions of the field, with their definitions. */
export function conceptRows(sources: SourceBook): Topic[] {
  const labels = LABEL_TOPICS.map((topic): Topic => {
    const { from = [], ...texts } = LABEL_TEXTS[topic.id] ?? {};
    return { ...topic, ...texts, sources: from.map(sources.find) };
  });
  return [...labels, ...CONCEPTS];
}

/** The networks of which a page says whether production goes abroad or stays, which is what the reader asks. */
export function networksOnDelocalisation(raw: Raw): Set<string> {
  const idOf = factNetwork(raw);
  const said = raw.gathered.claims.filter((row) => ['délocalisation', 'production locale'].includes(subjectOf(row)));
  return new Set(said.filter(({ about }) => about !== 'France').map(({ about }) => idOf(about)));
}
