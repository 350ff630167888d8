import { step } from './steps.ts';

/** The territories that networks work on, those of their seats included. */
export const territoriesOfNetworks = step('territoriesOfNetworks', ['COVERS', 'LOCATED_IN'], 'out', 'ends');

/** What territories are part of at once. */
export const wholesOfTerritories = step('wholesOfTerritories', ['PART_OF'], 'out', 'ends');

/** The projects that networks labelled or take part in. */
export const projectsOfNetworks = step('projectsOfNetworks', ['LABELS', 'PARTICIPATES_IN'], 'out', 'ends');

/**
 * The patents that actors filed or that came out of projects; beside each the date of filing as written, empty where unknown.
 * One step at a time: a chain of two fails on Grafeo where the first finds nothing.
 */
export const patentsBehind = step('patentsBehind', ['FILED', 'RESULTED_IN'], 'out', 'ends', 'filedOn');

/** Where what patents protect is made. */
export const placesOfProduction = step('placesOfProduction', ['PRODUCED_AT'], 'out', 'ends');
