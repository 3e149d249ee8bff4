// Which topics of a contact are 慶弔, and which contacts only went out.

import type { Contact, ContactKind, ContactTopic } from '../../gen/desk';

const rites: readonly ContactTopic[] = ['wedding', 'birth', 'long_life', 'award', 'joy', 'death', 'family_death', 'disaster', 'grief'];

export const isRite = ({ topic }: Pick<Contact, 'topic'>) => rites.includes(topic);

/** A newsletter, a gift, a telegram: nobody answered. */
export const isOneWay = (kind: ContactKind) => kind === 'newsletter' || kind === 'sent';
