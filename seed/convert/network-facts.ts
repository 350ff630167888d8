/** Short names, where the raw data hold them among the former names or use them as the key. */
export const ACRONYMS: Readonly<Record<string, string>> = {
  'alpha-rlh': 'ALPHA-RLH',
  lutb: 'LUTB',
  mta: 'MTA',
  nsl: 'NSL',
  'pyrenees-industries-ceramiques': 'PIC',
  raac: 'RAAC',
  scs: 'SCS',
  wsm: 'WSM',
};

/** Former names that hold two names, or a name and a remark. */
export const ALIASES: Readonly<Record<string, readonly string[]>> = {
  'ABEN (Alimentation, Bien-Être, Naturalité)': ['ABEN', 'Alimentation, Bien-Être, Naturalité'],
  'Industries et Pin Maritime du Futur (IPMF)': ['Industries et Pin Maritime du Futur', 'IPMF'],
  'POPsud (association porteuse)': ['POPsud'],
};

/** Names under which the origin text knows them. */
export const ORIGIN_TEXT_NAMES: Readonly<Record<string, readonly string[]>> = {
  'digital-place': ['Digital Place'],
  wsm: ['Water Sensor et Membrane'],
};

/** Seats that moved on a known day (Marseille, then Montpellier), and the commune of one that a page names by its technopole. */
export const SEATS: Readonly<Record<string, string>> = {
  scs: 'territory/commune-06152',
  eurobiomed: 'territory/commune-13055@..2022-12-31;territory/commune-34172@2023-01-01..',
};

/** The descriptions below, in English. */
export const DESCRIPTIONS_EN: Readonly<Record<string, string>> = {
  'aerospace-valley':
    'Pole of aeronautics, space and embedded systems, born on both sides of the border of Midi-Pyrénées and Aquitaine.',
  'cancer-bio-sante':
    'Pole of health and biotechnologies: companies, laboratories and training centres, committed above all against cancer.',
  'agri-sud-ouest-innovation': 'Pole of agriculture and the food industry, born in Midi-Pyrénées.',
  'mecanic-vallee':
    'Cluster of mechanical engineering, aeronautics, automotive industry and machine tools, of Lot, Aveyron, Corrèze and their neighbours.',
  'midi-pyrenees-saveurs': 'Cluster of food for pleasure in Midi-Pyrénées.',
  'pyrenees-industries-ceramiques': 'Cluster of technical ceramics, in the Pyrenees.',
  'digital-place': 'Cluster of information and communication technologies, in Toulouse.',
  wsm: 'Cluster of sensors, membranes and water treatment.',
  'pyrenees-bien-etre': 'Cluster of cosmetics and well-being, in the Pyrenees.',
};

/** What the poles and clusters of Midi-Pyrénées are for, in our words, after the origin text. */
export const DESCRIPTIONS: Readonly<Record<string, string>> = {
  'aerospace-valley':
    "Pôle de l'aéronautique, de l'espace et des systèmes embarqués, né à cheval sur Midi-Pyrénées et l'Aquitaine.",
  'cancer-bio-sante':
    'Pôle de la santé et des biotechnologies : entreprises, laboratoires et organismes de formation, engagés d’abord contre le cancer.',
  'agri-sud-ouest-innovation': "Pôle de l'agriculture et de l'industrie agroalimentaire, né en Midi-Pyrénées.",
  'mecanic-vallee':
    "Grappe de l'industrie mécanique, de l'aéronautique, de l'automobile et de la machine-outil, du Lot, de l'Aveyron, de la Corrèze et de leurs voisins.",
  'midi-pyrenees-saveurs': "Grappe de l'alimentation plaisir en Midi-Pyrénées.",
  'pyrenees-industries-ceramiques': 'Grappe de la céramique technique, dans les Pyrénées.',
  'digital-place': "Grappe des technologies de l'information et de la communication, à Toulouse.",
  wsm: "Grappe des capteurs, des membranes et du traitement de l'eau.",
  'pyrenees-bien-etre': 'Grappe de la cosmétique et du bien-être, dans les Pyrénées.',
};
