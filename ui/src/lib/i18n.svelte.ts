// The language of the screen, and its words.

import { untrack } from 'svelte';
import { calledIn, usual, type Called } from './called';
import type { Lang } from './days';
import { ja } from './ja';
import type { Messages, Same } from './words';
import type { Fault, Settings } from '../gen/desk';

/** The dictionaries read so far: Japanese is in the page, English is read when somebody asks for it. */
const all: { ja: typeof ja } & Partial<Record<Lang, (called: Called) => Messages>> = { ja };

class Language {
  now = $state<Lang>('ja');
  called = $state<Called>(usual);
  words = $derived<Messages>((all[this.now] ?? all.ja)(this.called));
}

export const language = new Language();

/** The words of the screen in its language. */
export const t = (): Messages => language.words;

/** The words of screens that are not read with the page: they lie beside them in both languages. */
export function room<M>(ja: (called: Called) => M, en: (called: Called) => Same<M>): () => Same<M> {
  const words = $derived(language.now === 'en' ? en(language.called) : (ja(language.called) as Same<M>));
  return () => words;
}

/** Speaks of those who left as the company does. */
export function callPeople(settings: Pick<Settings, 'people_screen' | 'people_paper'> | undefined): void {
  const called = calledIn(settings);
  const before = untrack(() => language.called);
  // The same words anew would make every sentence of the screen anew.
  if (called.screen !== before.screen || called.paper !== before.paper) language.called = called;
}

export async function speak(lang: Lang): Promise<void> {
  if (lang === 'en') all.en ??= (await import('./en')).en;
  language.now = lang;
  document.documentElement.lang = lang;
}

/** What to say of a fault: what happened, what was kept, what to do. */
export function faultText(fault: Fault): string {
  const faults: Record<string, string | ((data: Fault['data']) => string)> = t().faults;
  // A field that was not understood: the sentence is that of the cell of a list.
  const doubts: Record<string, string> = t().doubts;
  if (!Object.hasOwn(faults, fault.code) && Object.hasOwn(doubts, fault.code)) return `${doubts[fault.code]} ${t().app.stillTyped}`;
  const sentence = Object.hasOwn(faults, fault.code) ? faults[fault.code]! : t().faults.unknown;
  return typeof sentence === 'string' ? sentence : sentence(fault.data);
}
