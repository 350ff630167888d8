import type { Plugin } from 'graphql-yoga';
import { DEFAULT_LIMITS, type Limits } from '../../config/limits.ts';
import { beyondLimit } from '../http/client-error.ts';

export type VariableLimits = Pick<Limits, 'depth' | 'listItems'>;

/**
 * Checks every value once, level by level: a hostile value would exhaust the stack of a recursion. Throws TOO_DEEP or
 * TOO_MANY_ITEMS.
 */
export function checkShape(variables: object, limits: VariableLimits): void {
  let level: object[] = [variables];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limits.depth) {
      const message = `The variables have more than ${limits.depth} objects and lists inside one another, the most that are allowed.`;
      throw beyondLimit('TOO_DEEP', message, depth, limits.depth);
    }
    const next: object[] = [];
    for (const holder of level) {
      if (Array.isArray(holder) && holder.length > limits.listItems) {
        const message = `A list in the variables has ${holder.length.toLocaleString('en')} values, at most ${limits.listItems} are allowed: ask for them in several requests.`;
        throw beyondLimit('TOO_MANY_ITEMS', message, holder.length, limits.listItems);
      }
      for (const value of Object.values(holder)) {
        if (typeof value === 'object' && value !== null) next.push(value);
      }
    }
    level = next;
  }
}

/** Rejects variables that are nested too deep or have too long a list, before they are coerced. */
export function useVariableLimits(limits: VariableLimits = DEFAULT_LIMITS): Plugin {
  return {
    onParams({ params }) {
      const { variables } = params;
      if (typeof variables === 'object' && variables !== null) checkShape(variables, limits);
    },
  };
}
