import type { Author } from '../src/domain/role.ts';
import { builder } from './builder.ts';

export const Role = builder.enumType('Role', {
  description: 'Roles, each with more rights than the one before.',
  values: {
    READER: { description: 'Read everything, change nothing.' },
    EDITOR: { description: 'Record and correct facts.' },
    ADMIN: { description: 'Also merge and delete records.' },
  } as const,
});

const ANONYMOUS: Author = { name: null, role: 'READER' };

const Viewer = builder.objectRef<Author>('Viewer').implement({
  description: 'The caller and its rights.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: true, description: 'Name of the token. Null for an anonymous caller.' }),
    role: t.expose('role', { type: Role, description: 'Role of the caller.' }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    description: 'Who you are for this server, and your role.',
    resolve: (_, __, { author }) => author ?? ANONYMOUS,
  }),
);
