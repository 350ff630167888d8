import type { Raw } from './raw.ts';

/** The identifier of the pole or cluster that a slug of the raw data names. */
export function networkIds({ poles, clusters }: Pick<Raw, 'poles' | 'clusters'>): (slug: string) => string {
  const ids = new Map([
    ...poles.map(({ slug }) => [slug, `pole/${slug}`] as const),
    ...clusters.map(({ slug }) => [slug, `cluster/${slug}`] as const),
  ]);
  return (slug) => {
    const id = ids.get(slug);
    if (!id) throw new Error(`No pole or cluster is called "${slug}".`);
    return id;
  };
}
