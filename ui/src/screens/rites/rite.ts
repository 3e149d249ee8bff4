// Which topics of a contact are 慶弔.

import type { Contact, ContactTopic } from '../../gen/desk';

const rites: readonly ContactTopic[] = ['wedding', 'birth', 'long_life', 'award', 'joy', 'death', 'family_death', 'disaster', 'grief'];

export const isRite = ({ topic }: Pick<Contact, 'topic'>) => rites.includes(topic);
