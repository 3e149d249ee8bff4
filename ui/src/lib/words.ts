// The shape of the dictionaries: Japanese is the source, every other language must match it or does not compile.

import type { Filter } from '../gen/desk';
import { dayText, type Lang } from './days';
import type { ja } from './ja';

/** The same sentences in another language. */
export type Same<T> = T extends string
  ? string
  : T extends (...given: infer G) => string
    ? (...given: G) => string
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [K in keyof T]: Same<T[K]> };

export type Messages = Same<ReturnType<typeof ja>>;

/** Those conditions of a filter that 今日 asks for, each as a sentence and with what takes it away. */
export function filterSentences(filter: Filter, t: Messages, lang: Lang): { text: string; empty: Partial<Filter> }[] {
  const say = t.today.conditions;
  const out: { text: string; empty: Partial<Filter> }[] = [];
  if (filter.due_on !== null) {
    const day = dayText(filter.due_on, lang);
    const text = filter.promised && !filter.waiting ? say.promised(day) : filter.waiting && !filter.promised ? say.waiting : say.due(day);
    out.push({ text, empty: { due_on: null, promised: false, waiting: false } });
  }
  if (filter.unconfirmed_since !== null) {
    out.push({ text: say.unconfirmed(dayText(filter.unconfirmed_since, lang)), empty: { unconfirmed_since: null } });
  }
  if (filter.asked) out.push({ text: say.asked, empty: { asked: false } });
  if (filter.spoken !== null) {
    const { month, kind } = filter.spoken;
    out.push({ text: say.spoken(dayText(month, lang), kind && t.contactKinds[kind]), empty: { spoken: null } });
  }
  if (filter.event !== null) out.push({ text: say.event[filter.event.attendance], empty: { event: null } });
  if (filter.orphaned) out.push({ text: say.orphaned, empty: { orphaned: false } });
  return out;
}
