// What the forms of all records share.

import { capital } from './called';
import type { Day, DoubtReason } from '../gen/desk';
import { bothCalendars } from './days';
import { desk, faultIn } from './desk';
import { faultText, language, t } from './i18n.svelte';

export type Value = string | number | boolean | null;

export interface Option {
  value: string | number | null;
  label: string;
}

/** A field of a form. */
export interface Spec<R = Record<string, Value>> {
  name: keyof R & string;
  label: string;
  kind?: 'text' | 'area' | Readable | 'number' | 'choice' | 'tick' | 'secret';
  options?: Option[];
  hint?: string;
  /** The field for its furigana, which fills itself. */
  reading?: keyof R & string;
  /** Takes the whole width. */
  wide?: boolean;
}

/** Which field holds the furigana of a name. */
export const readings: { [name: string]: 'family_kana' | 'given_kana' | undefined } = { family: 'family_kana', given: 'given_kana' };

/** Something typed that cannot be saved; its message is the sentence to show. */
export class Unreadable extends Error {}

/** Why what was typed was not taken, as a sentence. */
export const whyNot = (thrown: unknown): string => (thrown instanceof Unreadable ? thrown.message : faultText(faultIn(thrown)));

/** The day that somebody typed; none when nothing stands there. Throws `Unreadable`. */
export async function readDay(text: string): Promise<Day | null> {
  if (!text.trim()) return null;
  const read = await desk('read_day', { text });
  if (!read.day) throw new Unreadable(read.doubt ? t().doubts[read.doubt] : t().doubts.not_a_date);
  return read.day;
}

/** What is read while it is typed. */
export type Readable = 'day' | 'postal' | 'phone';

/** What the program makes of a text while it is typed: what to say of it, and what may have been meant. */
export async function understand(what: Readable, text: string): Promise<{ said: string; proposal: string | null }> {
  if (what === 'day') {
    const { day, japanese, doubt, proposal } = await desk('read_day', { text });
    return { said: day ? t().app.understood(bothCalendars(day, japanese, language.now)) : sentence(doubt), proposal };
  }
  const read = await desk(what === 'postal' ? 'read_postal' : 'read_phone', { text });
  const said = read.text === null ? sentence(read.doubt) : read.text === text.trim() ? '' : t().app.understood(read.text);
  return { said, proposal: read.proposal };
}

const sentence = (doubt: DoubtReason | null) => (doubt ? t().doubts[doubt] : '');

/** The number that somebody typed, in whichever width. Throws `Unreadable`. */
export function readNumber(text: string): number | null {
  const plain = text.normalize('NFKC').trim();
  if (!plain) return null;
  if (!/^\d{1,9}$/.test(plain)) throw new Unreadable(t().app.badNumber);
  return Number(plain);
}

/** The options of a closed list of words. */
export const optionsOf = (words: Readonly<Record<string, string>>): Option[] =>
  Object.entries(words).map(([value, label]) => ({ value, label: capital(label) }));
