import { AGORAVOX, CORDIS } from './sources.ts';

/** What one source says of one field, or what we inferred; without `from`, the network's own sources say it. */
export interface Note {
  readonly field: string;
  readonly value: string;
  /** The field shows it. */
  readonly preferred?: true;
  readonly inferred?: true;
  readonly note?: string;
  /** Fragments of addresses, or identifiers of sources. */
  readonly from?: readonly string[];
}

const shown = (field: string, value: string, note?: string, from?: readonly string[]): Note => ({
  field,
  value,
  preferred: true,
  ...(note ? { note } : {}),
  ...(from ? { from } : {}),
});
const other = (field: string, value: string, note?: string, from?: readonly string[]): Note => ({
  field,
  value,
  ...(note ? { note } : {}),
  ...(from ? { from } : {}),
});
const inferred = (claim: Note): Note => ({ ...claim, inferred: true });

const LA_TRIBUNE = 'toulouse.latribune.fr/node/2457';
const LA_GAZETTE = 'lagazettedescommunes.com/54612';
const FEDERATED = other(
  'labels',
  '2019-2022',
  'Le label est alors celui de France Water Team, qui fédère les trois pôles ; la structure continue.',
  ['les-poles-competitivite-filiere-eau-regroupent'],
);
const TWO_YEARS = "Le texte d'origine donne 2010 et 2011 ensemble pour cinq grappes, sans les partager entre elles.";

/** The two years that the origin text gives for five clusters; other sources settle four of them. */
function twoYears(datedBy: readonly string[]): readonly Note[] {
  const settled = `${TWO_YEARS} La liste de la DATAR du 21 janvier 2011 tranche.`;
  return [
    other('since', '2010', TWO_YEARS, [AGORAVOX]),
    datedBy.length > 0
      ? shown('since', '2011', settled, [AGORAVOX, ...datedBy])
      : other('since', '2011', TWO_YEARS, [AGORAVOX]),
  ];
}

/** The remarks of poles_notes.csv, read one by one; those that recur word for word are in claims.ts. */
export const NOTES: Readonly<Record<string, readonly Note[]>> = {
  aerocentre: [inferred(shown('since', '2009', "Année de création ; celle d'un label n'est pas connue."))],
  'agri-sud-ouest-innovation': [
    shown('covers', 'Midi-Pyrénées, Aquitaine depuis 2012', 'Né en Midi-Pyrénées, étendu en 2012.', [
      'agri-sud-ouest-innovation-l-annee-de-tous-les-developpements',
    ]),
    shown('territory', 'Auzeville-Tolosane'),
    other('territory', 'Toulouse', 'La presse donne aussi Toulouse.'),
  ],
  'alpha-rlh': [
    shown('since', '2017-01-01', 'Opérationnel le 1er janvier 2017.', [
      'les-poles-route-des-lasers-et-elopsys-fusionnent',
    ]),
    other('since', '2016', 'Année où la fusion est annoncée.', ['les-poles-route-des-lasers-et-elopsys-fusionnent']),
    shown('territory', 'Bordeaux'),
    other('territory', 'Talence', 'La presse annonçait le campus de Talence, près de Bordeaux.'),
  ],
  'aqua-valley': [FEDERATED],
  'bioeconomy-for-change': [
    shown('rank', 'WORLD_VOCATION', 'Compté parmi les neuf pôles à vocation mondiale.', [
      'pole-de-competitivite-ii-1553',
    ]),
    other('rank', 'NATIONAL', 'Compté parmi les 52 pôles nationaux de juillet 2005.', [
      '12-poles-de-competitivite-agroalimentaires',
    ]),
    shown('territory', 'Laon'),
    other('territory', 'Reims', 'Les sources donnent Laon et Reims.'),
    shown('name', 'Bioeconomy For Change', "Ce nom n'est connu que par une source secondaire."),
  ],
  'cancer-bio-sante': [
    shown('since', '2005', "Année du label d'après La Gazette des communes.", ['lagazettedescommunes.com/18691']),
    other('since', '2006', 'Un de ces articles le dit créé en 2006.', [
      'explorimmoneuf.com',
      'fusion-eurobiomed-et-cancer-bio-sante',
    ]),
    shown('covers', 'Midi-Pyrénées, Limousin', "Les régions d'avant 2016.", ['missions-et-strategie-du-pole']),
  ],
  'cap-digital': [
    shown('predecessors', 'Advancity (mai 2018)', 'Absorption.', ['cap-digital-pour-la-transition-numerique']),
    shown('predecessors', 'PICOM (fin 2019)', 'Absorption.'),
  ],
  cara: [shown('since', '2017-11-21', 'Succède ce jour-là à LUTB et au Rhône-Alpes Automotive Cluster.')],
  'cereales-vallee': [
    shown('territory', 'Clermont-Ferrand'),
    other('territory', 'Chappes', 'Dossier de 2005 déposé depuis Chappes par Limagrain.', [
      '12-poles-de-competitivite-agroalimentaires',
    ]),
  ],
  'clubster-sante': [
    shown('successors', 'Nutrition Santé Longévité (2019)', 'Réunis sous le nom Clubster NSL.', [
      'clubster-nsl-labellise-pour-4-ans',
    ]),
  ],
  'derbi-cemater': [shown('since', '2025', 'Fusion votée le 5 juin 2025 ; le label de DERBI continue.')],
  'digital-113': [
    shown('since', '2019', 'Lancé le 5 février 2019.'),
    shown('territory', 'Toulouse'),
    other('territory', 'Montpellier', 'Équipes à Toulouse et à Montpellier.'),
    other('companies', 'environ 400', 'Nombre annoncé au lancement.'),
  ],
  'digital-place': twoYears([LA_TRIBUNE, LA_GAZETTE]),
  dream: [FEDERATED],
  eurobiomed: [
    shown('since', '2009', 'Nom et fusion officiels depuis le 1er janvier 2009.', [
      'polescompet.canalblog.com/archives/2009/01/11',
    ]),
  ],
  'fibres-energivie': [
    shown('since', '2015-01-01', 'La fusion prend effet le 1er janvier 2015.', ['acpresse.fr']),
    other('since', '2014', 'Année où la fusion est votée.', ['acpresse.fr']),
  ],
  'french-south-digital': [inferred(shown('since', '2015', "Année de création ; celle d'un label n'est pas connue."))],
  hydreos: [FEDERATED, shown('territory', 'Nancy'), other('territory', 'Strasbourg', 'Les sources donnent les deux.')],
  'images-et-reseaux': [
    other('labels', '2019-2022', 'Label commun avec TES (« Images & Réseaux-TES »), sans fusion.', [
      'usinenouvelle.com/editorial/les-fusions-de-poles-relancees',
      'images-reseaux-officialise-son-alliance',
    ]),
  ],
  'infra-2050': [inferred(other('until', '2025', 'Label de deux ans, reçu en 2023 ; le pôle est porté par Indura.'))],
  lutb: [
    shown('since', '2005', "Retenu à l'appel à projets de novembre 2004."),
    shown('foundedOn', '2006', "Année de fondation de l'association."),
  ],
  materalia: [
    shown('since', '2008-12-20', 'Né de MIPI (Lorraine, 2005) et de P2MI (Champagne-Ardenne, 2007).', [
      'naissance-dun-pole-de-competitivite-commun',
    ]),
    other('since', '2005', 'France 3 donne au pôle le label de MIPI, dont il est issu.', [
      'lorraine---les-poles-de-competitivite-evalues',
    ]),
    shown('territory', 'Metz'),
    other('territory', 'Charleville-Mézières', 'Une antenne.', ['naissance-dun-pole-de-competitivite-commun']),
  ],
  'mecanic-vallee': [
    shown('since', '2009', 'Première vague des grappes de la DATAR : le texte et la presse disent 2009.', [
      LA_TRIBUNE,
      AGORAVOX,
    ]),
    other('since', '2010-05', 'Les grappes du premier appel sont annoncées le 4 mai 2010.', [
      'grappes-dentreprises-les-candidatures-se-precisent',
    ]),
    other('since', '1999', '« Labellisé cluster en 1999 ».', ['mecanic-vallee-un-cluster-qui-met-le-turbo']),
    shown('foundedOn', '1998', 'Fondé comme système productif local fin 1998.', [
      'midi-pyrenees.cci.fr/mecanic-vallee',
      'artetmaisons.fr',
    ]),
    shown('companies', 'plus de 210', 'Le texte dit « plus de » : 210 est un plancher.', [AGORAVOX]),
    other('members', '195 (155 entreprises et 40 organismes)', 'Chiffre sans date.', ['atoutaveyron.fr']),
    other('members', '200', 'Chiffre sans date.', ['mecanic-vallee-un-cluster-qui-met-le-turbo']),
  ],
  medee: [
    other(
      'labels',
      '2010',
      "Une page le donne pour septième entrant de 2010 ; trois autres disent qu'il n'a pas eu le label.",
      ['beaboss.fr'],
    ),
    other(
      'labels',
      'aucun',
      'Renvoyé à un nouvel examen en mai 2010, il renonce au label pour de bon en 2014 ; cluster depuis.',
      [
        'eco121.fr/me-de-e-a-la-croise',
        'nosdeputes.fr/intervention/543383',
        'actu-environnement.com/ae/news/six-nouveaux-poles',
      ],
    ),
  ],
  'midi-pyrenees-saveurs': twoYears([LA_TRIBUNE, LA_GAZETTE]),
  'mont-blanc-industries': [
    shown('until', '2019', "Fin du label ; s'est retiré de CIMES en 2021 et continue comme réseau d'entreprises.", [
      'pourquoi-le-reseau-mont-blanc-industries',
    ]),
  ],
  nextmove: [
    shown('since', '2021-01-07', "Mov'eo prend ce nom, après avoir réuni ARIA Normandie et RAVI (novembre 2019)."),
  ],
  novalog: [
    shown(
      'until',
      '2020-09-11',
      'Liquidation judiciaire ouverte ce jour-là ; la fusion avec Logistique Seine Normandie avait été refusée.',
      ['supplychainmagazine.fr/nl/2020/3204'],
    ),
  ],
  nsl: [
    shown('territory', 'Loos', 'GIE Eurasanté, 2005.', ['12-poles-de-competitivite-agroalimentaires']),
    other('territory', 'Lille', 'Presse de 2019 à 2023.', [
      'sept-poles-regionaux-labellises-par-le-premier-ministre',
      'les-sept-poles-de-competitivite-regionaux',
    ]),
  ],
  'nuclear-valley': [
    inferred(
      shown('territory', 'Chalon-sur-Saône', 'Annoncé en 2005 (« devrait avoir son siège à »).', ['terre-net.fr']),
    ),
  ],
  numelink: [
    shown('foundedOn', '2002', "Année de création de l'association."),
    shown('predecessors', 'Auvergne TIC (2016)', "Fusion ; Auvergne TIC n'a pas de fiche."),
  ],
  pegase: [
    shown('territory', 'Avignon', "À l'aéroport d'Avignon.", ['infoavignon.com']),
    other('territory', 'Aix-en-Provence', 'Fiche de participant CORDIS.', [CORDIS]),
    shown('until', '2015', "Fin du label ; la structure prend part à des projets H2020 jusqu'en 2022.", [CORDIS]),
  ],
  'pole-mer-mediterranee': [shown('name', 'Pôle Mer Méditerranée', 'Nom pris en juin 2013.')],
  polymeris: [
    shown('since', '2020-12-31', 'La fusion prend effet le 31 décembre 2020.'),
    shown('territory', 'Lyon', 'Siège statutaire.'),
    other('territory', 'Bellignat', 'La presse diffère.'),
    other('territory', 'Orléans', 'La presse diffère.'),
    other('territory', 'Charbonnières-les-Bains', 'La presse diffère.'),
  ],
  prodinnov: [
    other(
      'successors',
      'Agri Sud-Ouest Innovation',
      'Une centaine de membres repris par AgriMip en 2012 (aussi Les Échos).',
      ['aboironassocies.wordpress.com'],
    ),
  ],
  'pyrenees-bien-etre': [
    ...twoYears([]),
    shown('name', 'Pyrénées bien-être', "Seul le texte d'origine le nomme.", [AGORAVOX]),
    other('name', 'Saveurs des Pyrénées', 'Le cinquième nom dans la liste de la DATAR du 21 janvier 2011.', [
      LA_TRIBUNE,
      LA_GAZETTE,
    ]),
  ],
  'pyrenees-industries-ceramiques': [
    ...twoYears([LA_TRIBUNE, LA_GAZETTE]),
    inferred(
      shown('territory', 'Bazet', 'Siège non dit ; les six entreprises groupées sont à Bazet, près de Tarbes.', [
        'tresordesregions.mgm.fr',
      ]),
    ),
    other('companies', '6', 'Chiffre sans date.', ['tresordesregions.mgm.fr']),
  ],
  'safe-cluster': [
    shown('since', '2015-12-18', 'Fusion votée ce jour-là.'),
    shown('territory', 'Aix-en-Provence', "À l'Arbois."),
  ],
  'saveurs-des-pyrenees': [
    shown('since', '2011', 'Nommé dans la liste de la DATAR du 21 janvier 2011 ; son domaine reste à trouver.'),
  ],
  scs: [
    shown('city', 'Sophia Antipolis', 'Technopole, et non commune.'),
    inferred(shown('territory', 'Valbonne', 'Commune de la technopole.')),
    shown('predecessors', 'Optitec (1er janvier 2024)', 'Absorption.', ['le-pole-scs-absorbe-optitec']),
  ],
  sporaltec: [shown('until', '2010', 'Fin du label ; continue comme cluster régional de Rhône-Alpes.')],
  systematic: [shown('territory', 'Saint-Aubin', 'Fiche de participant CORDIS (2015-2017).', [CORDIS])],
  tes: [
    inferred(
      other('since', '2007', "Un article de 2015 lui donne huit ans d'existence.", [
        'pole-tes-ouvre-antenne-seine-innopolis',
      ]),
    ),
    other('successors', 'Images & Réseaux', 'Fusion prévue, annoncée pour 2020, abandonnée le 17 décembre 2020.', [
      'images-reseaux-officialise-son-alliance',
      'pole-de-competitivite-tes-labellise-de-nouveau',
    ]),
    inferred(
      other(
        'labels',
        '2020-12-17',
        "Jour où la fusion est abandonnée : l'État compte ensuite deux pôles, 54 en 2022, dont 53 reconduits en 2023.",
        ['images-reseaux-officialise-son-alliance', 'entreprises.gouv.fr/la-dge'],
      ),
    ),
  ],
  trimatec: [
    inferred(
      shown(
        'until',
        '2018',
        'Au plus tard : redressement judiciaire le 12 avril 2017, absent de la phase IV. Avec lui la liste compte les 66 pôles de la fin de 2018 ; aucune page ne dit le jour.',
        ['trimatec-en-redressement-judiciaire'],
      ),
    ),
  ],
  'vehicule-du-futur': [shown('territory', 'Étupes'), other('territory', 'Mulhouse', 'Les sources donnent les deux.')],
  aquanova: [
    other(
      'territory',
      'non dit',
      'Aucune page citée ne dit le siège ; les deux pôles réunis avaient le leur à Orléans et à Nancy.',
      ['lancement-d-aquanova-nouveau-pole'],
    ),
  ],
  wsm: twoYears([LA_TRIBUNE, LA_GAZETTE]),
};

/** What projects.csv says of a project that no column of ours holds. */
export const PROJECT_NOTES: Readonly<Record<string, readonly Note[]>> = {
  'ELISE (Efficient constelLation Initiative for Space and Environment)': [
    shown('funding', '4800000', 'La source parle de budget.'),
  ],
  Vegepack: [other('funding', '5,9 M€', 'Pour trois projets ensemble.')],
  'CAPTOR (Cancer Pharmacology of Toulouse Oncopole & Region)': [shown('funding', '10000000', 'Sur cinq ans.')],
  ACTT4Cosmetics: [shown('funding', '3600000', 'Sur cinq ans.')],
  Infomagic: [shown('funding', '40000000', 'La source parle de subvention.')],
  'Turbo-Sudoe': [other('cooperation', 'Portugal et Espagne')],
};
