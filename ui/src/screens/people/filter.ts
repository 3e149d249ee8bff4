// The filter of the list in words.

import type { Colleague, Filter, Kept } from '../../gen/desk';
import { language } from '../../lib/i18n.svelte';
import { filterSentences, type Messages } from '../../lib/words';

/** Everybody. */
export const noFilter = (): Filter => ({
  tags: [],
  left_from: null,
  left_until: null,
  department: '',
  hours_at_least: null,
  help_field: '',
  in_charge: null,
  standing: null,
  step: null,
  nameable: false,
  may: null,
  unasked: null,
  asked: false,
  due_on: null,
  promised: false,
  waiting: false,
  unconfirmed_since: null,
  orphaned: false,
  topic: null,
  spoken: null,
  event: null,
});

export interface Chip {
  text: string;
  /** The filter without this condition. */
  without: (filter: Filter) => Filter;
}

export const nameOf = ({ family, given }: { family: string; given: string }) => `${family} ${given}`.trim();

/** The conditions of a filter, each as words that can be taken away. */
export function chipsOf(filter: Filter, t: Messages, colleagues: Kept<Colleague>[]): Chip[] {
  const words = t.people.chips;
  const chips: Chip[] = [];
  const chip = (text: string, empty: Partial<Filter>) =>
    chips.push({ text, without: (filter) => ({ ...filter, ...empty }) });
  if (filter.step !== null) chip(words.step, { step: null });
  for (const { text, empty } of filterSentences(filter, t, language.now)) chip(text, empty);
  if (filter.left_from !== null || filter.left_until !== null) {
    chip(words.left(filter.left_from, filter.left_until), { left_from: null, left_until: null });
  }
  for (const tag of filter.tags) {
    chips.push({
      text: words.tag(tag),
      without: (filter) => ({ ...filter, tags: filter.tags.filter((other) => other !== tag) }),
    });
  }
  if (filter.department) chip(words.department(filter.department), { department: '' });
  if (filter.hours_at_least !== null) chip(words.hours(filter.hours_at_least), { hours_at_least: null });
  if (filter.help_field) chip(words.help(filter.help_field), { help_field: '' });
  const charge = colleagues.find((colleague) => colleague.id === filter.in_charge);
  if (filter.in_charge !== null) chip(words.charge(charge ? nameOf(charge.fields) : '―'), { in_charge: null });
  if (filter.topic) chip(words.topic(t.contactTopics[filter.topic]), { topic: null });
  if (filter.standing) chip(t.standings[filter.standing], { standing: null });
  if (filter.nameable) chip(words.nameable, { nameable: false });
  for (const which of ['may', 'unasked'] as const) {
    const way = filter[which];
    if (way) chip(words[which](t.purposes[way.purpose], t.channels[way.channel]), { [which]: null });
  }
  return chips;
}
