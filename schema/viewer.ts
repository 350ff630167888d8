import type { Author } from '../src/domain/role.ts';
import { builder } from './builder.ts';

export const Role = builder.enumType('Role', {
  description: 'What someone may do, each more than the one before.',
  values: {
    READER: { description: 'Ask everything, change nothing.' },
    EDITOR: { description: 'Record and correct facts.' },
    ADMIN: { description: 'Merge and delete records too.' },
  } as const,
});

const ANONYMOUS: Author = { name: null, role: 'READER' };

const Viewer = builder.objectRef<Author>('Viewer').implement({
  description: 'Who asks, and what they may do.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: true, description: 'The name of the token; null for someone anonymous.' }),
    role: t.expose('role', { type: Role, description: 'What they may do.' }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    description: 'Who you are to this server, and what you may do.',
    resolve: (_, __, { author }) => author ?? ANONYMOUS,
  }),
);
