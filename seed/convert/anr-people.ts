/**
 * Where the dump gives a person for an organisation, or names one beside it. The raw data were to come without personal
 * names; these were found by reading. Records go by a digest of their identifier, which would tell the name.
 */

/** Records that name a person and nothing else, or say that there is no organisation. */
export const NOT_ORGANISATIONS: ReadonlySet<string> = new Set(
  `0063f731ecf91cb83c09 03192aed19f361d696bf 0791c2f8a5b657d7b4ee 0eb88a94cdfc76ca21a4 0fda1661a13160cd14b5
  104163142d4462f8168e 11e182ab16870ac3cb91 11faf8105ca076e3d4bb 13c2d62a42e79a26ddd5 1454cde665be5fb615a8
  1456899a023e50ec6952 147fe89a3437b40012e3 15cd9104ef8e189cecc0 16ded43ee57498298971 174b462d0778ebbb5459
  18f284207e35fbcf1b78 1aa4d806f0f8c91e76e3 1e3c04cd9a41b08762da 20910e48bc5fd14a6533 23da7bc083215c470e0e
  2792bf156c7716444134 29c8f2f1e816d8b6c1d5 2a5b0c74df515f6a739e 3247d30c27199269ac7a 37d2484f35391d9db516
  37ed21a8bc4863577cd4 3ef935be36617ecc3ee6 3f501dac0c905ba0ec20 4198d8137478650af6bc 41b136a4b67dee7c4fc5
  41c01c37a4868140abc9 41e3dfe289eb375c7509 43c93799e84cf5f34b20 43f792bce8450caab4e9 467387ef45f9e28facae
  47259681506640b18adc 4807f498f72ac74e16de 482b4b35af73dfea2aa0 48f354e02ab4627c59b1 4950d469e655d1c20bd4
  4aa71faa70263cad4dba 4cae243cf5e484e452d8 4dda07c7071c89899f73 4eb18df84c9524d03bf8 4f78abb3d280f64047f9
  514bef3a69643d934d80 53e22c8a0e1cedf12d06 55f66e8f7795eecd1c99 5741ea9a85f906ccb9b4 5b764bc0adb92600dfd5
  631d59683aca3b1c8e60 642a09c1e999183cc115 6863545923ee83c8ac64 6914feca27be2f4dfa9a 6917e026b707a95652fe
  6b9e77a18b96da6ff401 6c798217297cd978fb16 6d00f3207559c7c35411 6e56413b18794075e786 70c9f551d40f3725c2d0
  71ded51c44481b58d2e5 7682c819d65cd5a82ce2 80a7615a3cc9edca62f0 820421945f0a882f48d8 82d24924cfda2bc30574
  864244b9c744271ab6ef 8684cfe19c67cc32698d 86b8109b0e49dcba40b5 8a4c3c2b3ae5949f2e48 8abe745c5863071fcb36
  8ce8c87d5b1d6413170e 8e13d6bdc351189a1ede 8e230014adb55b9551bb 9032ca45531d822e5908 93e811f47147519e5edf
  93f9060614b138b7d16b 9407932ef50fad095d82 9474e5063a57e75635e7 948280e64bf2fbc339c7 9689bb9f760e69d9a7f6
  98f6c86048acfb62ce0e 9c06599e3d19ae5de681 9d0787ef590b31f08a8f 9dd6a6205794bac127bb 9fd7c875bcaecb84f3ef
  9ff3a8c92d18c20ce95f a1b4687304bf1a8d9444 a29721fbeabb976d75a8 a3b0dada1fb21d9e0217 a3f663cd1ad02daf9ef4
  a409065c6f414b19882f a797c336da01bd2af8fc abe815af32df2e427218 aeb3035e02872600f207 b140fb6020bfa6a12e1c
  b2930b69da440794e067 b3320f53fac9f409f66a b454789782f447c6532e b645b95f9a27fa41aae2 b9d3874525c549239e79
  c5d6a17a1bbb736bca5b c640de2de7ccffb15124 c8e563e040ab5ebfce02 c9167fc046acc1b3dab3 ccb650cc8ae1f370b5ab
  cf7c0357f2e3e55e03ed d24ae65e24d6e7d926bf d574a7703882a312d6c9 d7e154b5973f6bf1ed5b d7fa986b90e3f894677a
  e2f20e4f8ae5bb09806e e47722ec09032574f7da e5a8604024b3bd36cc3e e8e7468bc13e349fa14b f205a2807b18dee768c3
  f2217f700f6a6365d73c f2f440b4a400aadcad18 f7018a9a8f1d122da293 f866a60c7a517b95d265 f888c2e34cdcceb9fa12
  ff030cdd9e6e266fd444`.split(/\s+/),
);

/** What is left of a name without the person in it. */
export const WITHOUT_PERSON: ReadonlyMap<string, string> = new Map([
  ['009a1e51d2a823c0d7c0', 'Crédoc'],
  ['082583b4522de44ce1ea', 'USC'],
  ['0f4c9f8cf50b7e7bf648', 'Inserm UMR 991'],
  ['116d23f2e4ccfe9167e5', 'Infinytech3D'],
  ['167bc4cd6a846b3cbcb7', 'SVITEC'],
  ['1889e12b27a00f70d9a5', 'Max Planck Institute of Immunobiology and Epigenetics'],
  ['1df5b8d2b9c197bc89fa', 'BlackHole Lab'],
  ['2d5f623b863079145bce', 'Cell&Soft'],
  ['2d98438a316014b8949d', 'University of Duisburg-Essen, Essen, Germany'],
  [
    '3401c1da29674ddf42bf',
    'Association international pour le développement de lagroenvironnement / Direction collégiale',
  ],
  ['4373bc66b4925159cea0', 'BusterAI'],
  ['540dc14787a815510e53', 'Max Plank Institute'],
  ['5995e156a8ed7a986235', 'UNIGE Université de Genève'],
  ['60bf29a0132becc9d41b', 'SGDSN/ANSSI'],
  ['6ad961dafa7e509e7a72', 'NC State University / Department of Chemistry'],
  ['6afe1b41857f7d863ffb', 'Fenneteau Bois et compagnie'],
  ['72384e6c99425882e2fa', 'sisprobe'],
  ['761e6e7bf9ca30fae1cd', 'EUROPEAN SYNCHROTRON RADIATION FACILITY'],
  ['7cec0f7f6fb23072d1c0', 'National University of Singapore / Wireless Bioelectronics Group'],
  ['861ec0ee37bf4a7b8b64', 'CRITT-MDTS'],
  ['89f5576fc8560b2df0c0', 'ASEI Centre Paul Dottin'],
  ['8a5fa4a62a6ce21a8445', 'Ecole de lADN'],
  ['8f8553ccb19db67bc0fc', 'CANON Medical Systems France SAS'],
  ['92522021a94a6733713a', 'Quanten-Theorie des Materialien'],
  ['b59a91f8644c833c0490', 'CISTEME'],
  ['bc69d2e654a121aae7b0', 'Institut Européen de Chimie et Biologie, Bordeaux'],
  ['bd9dd81d26263741ada1', 'B CELL DESIGN'],
  ['bdbceef39885bbe44e0e', 'USC'],
  ['c03b9c3731dfa0120ec4', 'Tour du Valat'],
  ['c28a990912561fab0f3d', 'ISSM'],
  ['ca0a3036847762f35948', 'Andreil Game'],
  ['cb48c8e4cec21adde320', 'SOCIETE INDUSTRIELLE LIMOUSINE DAPPLICATION BIOLOGIQUE (SILAB)'],
  ['cf589cf9053558a04b95', 'Département dAérodynamique, dAéroélasticité et dAcoustique'],
  ['d38989c8c2e02b1b3378', 'ANNEALSYS'],
  ['dea827059371d5d80160', 'Service de Rhumatologie'],
  ['e732d7a2557a157c3621', 'Columbia University'],
  ['ea4213677608f3fe670e', 'American University of Beirut / Physics Department'],
  [
    'ef93fb2273839b245f07',
    'Centre de recherche et dinnovation technique et technologique moteur et acoustique automobiles',
  ],
  ['f80b4b12b7caa6e06906', 'izsum.it'],
  ['f8836e6d8fa8f10ddfde', 'IEM'],
  ['f891e0140b3501ee986c', 'Next Generation Photovoltaics Lab'],
  ['fc786f6131e184b4579b', 'Syracuse University / Dpt of Physics'],
]);
