// What is held about somebody, as parts of a sheet: a table for each kind of record.

import type { Address, Agreement, Consent, Contact, Disclosure, Employment, Exit, ExitItem, Invitee, FormPart, Kept, Mail, OwnField, OwnValue, Person, Phone, Received, Sending, Tag } from '../../gen/desk';
import { dayText, today } from '../../lib/days';
import { capital } from '../../lib/called';
import { language, t } from '../../lib/i18n.svelte';
import { inJapanese } from '../../lib/numbers';
import { w as exitWords, type Question } from '../exit/words';
import { w as eventWords } from '../events/words';
import { w as cardWords } from '../cards/words';
import { w } from './words';

interface Tables {
  person: Person;
  address: Address;
  phone: Phone;
  mail: Mail;
  employment: Employment;
  contact: Contact;
  consent: Consent;
  tag: Tag;
  own_value: OwnValue;
  exit: Exit;
  exit_item: ExitItem;
  agreement: Agreement;
  attachment: { name: string };
  sending: Sending;
  invitee: Invitee;
  received: Received;
}
type Labels = { [T in keyof Tables]: Record<Exclude<keyof Tables[T], 'person'>, string> };

/** What each field is called; a field without a name does not compile. */
function labels(): Labels {
  const { parts, contact, consent, fields: person } = t().person;
  const own = w().fields;
  const { label, best, confirmed_on, number } = parts;
  return {
    person,
    address: { label, best, confirmed_on, postal: parts.postal, prefecture: parts.prefecture, city: parts.city, street: parts.street, building: parts.building },
    phone: { label, best, confirmed_on, number },
    mail: { label, best, confirmed_on, address: parts.address },
    employment: { from_on: parts.from_on, until_on: parts.until_on, department: parts.department, post: parts.post, contract: parts.contract },
    contact: { on_day: contact.on_day, kind: contact.kind, topic: contact.topic, note: own.contactNote, gift: contact.gift, yen: contact.yen, next_on: contact.next_on, colleague: contact.colleague },
    consent: { purpose: consent.purpose, channel: consent.channel, basis: consent.basis, state: consent.state, on_day: consent.on_day, wording: consent.wording, evidence: consent.evidence.replace(/\s*[（(].*$/, '') },
    tag: { name: own.tag },
    own_value: { field: own.kind, value: own.ownValue },
    exit: { begun_on: own.begun_on, finished_on: own.finished_on, page: own.page, handover: own.handover, readers: exitWords().readers },
    exit_item: { kind: own.kind, name: own.name, done_on: own.done_on },
    sending: { dispatch: own.dispatch, place: own.place, doubts: own.doubts, printed: own.printed, reason: own.reason, returned_on: own.returned_on },
    invitee: w().invitee,
    received: { occasion: own.kind, year: own.year },
    attachment: { name: own.file },
    agreement: { kind: own.kind, signed_on: own.signed_on, until_on: own.until_on, scope: own.scope, compensation: own.compensation, evidence: own.evidence },
  };
}

/** What labour law keeps of the main fields (労働基準法施行規則 53条). */
const labour: readonly string[] = ['family', 'given', 'family_kana', 'given_kana', 'maiden', 'maiden_kana', 'employee_number', 'joined_on', 'left_on', 'born_on'];
/** The field by which a record is called. */
const first: Record<string, string> = {
  address: 'label', phone: 'label', mail: 'label', employment: 'department', contact: 'kind', consent: 'purpose',
  tag: 'name', own_value: 'field', exit: 'begun_on', exit_item: 'name', agreement: 'kind', invitee: 'event', sending: 'dispatch', received: 'occasion', attachment: 'name',
};

const isDay = (field: string) => /(_on|_until|^on_day)$/.test(field);

/** A value in words; nothing for what says nothing. */
function said(table: string, field: string, value: unknown, own: Kept<OwnField>[]): string {
  if (value === null || value === '' || value === false) return '';
  if (value === true) return w().yes;
  const lists: Record<string, Record<string, string>> = {
    'contact.kind': t().contactKinds,
    'contact.topic': t().contactTopics,
    'consent.purpose': t().purposes,
    'consent.channel': t().channels,
    'consent.basis': t().bases,
    'consent.state': t().consentStates,
    'exit.page': exitWords().pages,
    'exit.readers': exitWords().readersWords,
    'exit_item.kind': exitWords().itemKinds,
    'invitee.channel': t().channels,
    'invitee.reply': eventWords().reply.replies,
    'invitee.news_print': eventWords().reply.prints,
    'agreement.kind': exitWords().agreementKinds,
    'received.occasion': cardWords().occasions,
  };
  const list = lists[`${table}.${field}`];
  if (list) return field === 'topic' && value === 'none' ? '' : (list[String(value)] ?? String(value));
  if (field === 'in_charge' || field === 'colleague') return w().colleague;
  if (table === 'own_value' && field === 'field') return own.find(({ id }) => id === value)?.fields.name ?? '';
  if (field === 'yen') return inJapanese(Number(value));
  if (field === 'year') return String(value);
  // Yes and no are kept as numbers, as are these.
  if (table === 'invitee' && ['companions', 'paid', 'table_number'].includes(field)) return value ? String(value) : '';
  if (['sending', 'attachment'].includes(table) && typeof value === 'number') return '';
  if (field === 'hours_a_month') return t().person.hours(Number(value));
  // One and nought are how the register keeps yes and no.
  if (typeof value === 'number') return value ? w().yes : '';
  return isDay(field) ? dayText(String(value), language.now) : String(value);
}

/** So many columns find room on a sheet. */
const COLUMNS = 6;

/** Records as a table with a column for each field of which any says something; field by field where those are too many. */
function tabled(records: Map<string, string>[], head: string[]): string[][] {
  const columns = [...new Set(records.flatMap((record) => [...record.keys()]))];
  if (columns.length < 2 || columns.length > COLUMNS) return [head, ...records.flatMap((record) => [...record])];
  return [columns, ...records.map((record) => columns.map((column) => record.get(column) ?? ''))];
}

/** A sheet's parts, and one list of all that is on it. */
export function held(disclosed: Disclosure, own: Kept<OwnField>[]): FormPart[] {
  const words = w().sheet;
  const head = [...words.head];
  const named = labels() as Record<string, Record<string, string>>;
  const line = (table: string, field: string, value: unknown) => [named[table]?.[field] ?? field, said(table, field, value, own)];
  const sections = new Map<string, string[][]>();
  const add = (heading: string, row: string[]) => sections.set(heading, [...(sections.get(heading) ?? [head]), row]);
  /** Records of one kind, each as what its fields say. */
  const records = new Map<string, Map<string, string>[]>();
  for (const { table, fields } of disclosed.held) {
    const heading = capital((w().tables as Record<string, string>)[table] ?? table);
    // In the order in which the fields are named; what has no name yet comes last.
    const names = [...new Set([...Object.keys(named[table] ?? {}), ...Object.keys(fields)])];
    const all = names.map((field) => [field, ...line(table, field, fields[field] ?? null)]);
    const told = all.filter(([, , text]) => text);
    if (table === 'person') {
      for (const [field = '', label = '', text = ''] of told) add(labour.includes(field) ? words.labour : heading, [label, text]);
    } else if (table === 'employment') {
      const [from, until, ...rest] = ['from_on', 'until_on', 'department', 'post', 'contract'].map((field) => said(table, field, fields[field] ?? null, own));
      add(words.labour, [heading, [(from || until) && `${from}–${until}`, ...rest].filter(Boolean).join('　')]);
    } else if (table !== 'photo' && table !== 'sealed_note' && table !== 'merged') {
      const by = told.findIndex(([field]) => field === first[table]);
      const ordered = by > 0 ? [told[by]!, ...told.slice(0, by), ...told.slice(by + 1)] : told;
      records.set(heading, [...(records.get(heading) ?? []), new Map(ordered.map(([, label = '', text = '']) => [label, text]))]);
    } else if (table === 'photo') add(heading, [heading, w().yes]);
  }
  for (const [heading, all] of records) sections.set(heading, tabled(all, head));
  const sealed = capital(w().tables.sealed_note);
  for (const note of disclosed.sealed) {
    const on = dayText(today(new Date(note.at)), language.now);
    const talk = note.interview;
    if (!talk) add(sealed, [on, note.text ?? w().fields.broken]);
    else if (talk.readers === 'tally') add(sealed, [on, w().fields.tally]);
    else {
      const reasons = talk.reasons.map((reason) => exitWords().reasonWords[reason]).join(' / ');
      const officials: Record<string, string> = exitWords().officials;
      if (reasons || talk.official) add(sealed, [on, [reasons, officials[talk.official] ?? ''].filter(Boolean).join(' / ')]);
      for (const { question, text } of talk.answers) {
        if (text) add(sealed, [exitWords().questions[question as Question] ?? question, text]);
      }
    }
  }
  return [...sections].map(([heading, rows]) => ({ heading, rows }));
}
