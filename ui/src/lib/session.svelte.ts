// What all screens share: what is open, which screen stands, what was just done.

import { onDestroy } from 'svelte';
import type { Commands, EventFilter, EventId, FaultKind, Filter, InviteeId, IssueId, Leaving, PersonId, Progress, Restored, Step, StepId, State, Today } from '../gen/desk';
import { desk, faultIn, job, openSaved, saveFile, type Chosen, type JobName, type WriteName } from './desk';
import { faultText, language, t } from './i18n.svelte';
import { Unreadable, whyNot } from './form';
import { forget, type Why } from './locking';
import type { EventStep } from '../screens/events/words';

export type Screen = 'today' | 'people' | 'exits' | 'rites' | 'intake' | 'duplicates' | 'colleagues' | 'issues' | 'events' | 'dispatches' | 'steps' | 'settings' | 'backups' | 'offline' | 'made' | 'help' | 'audit' | 'removable';

interface Toast {
  text: string;
  /** How it sounds: said, a refusal that changed nothing, or a danger. */
  tone: 'said' | 'refused' | 'danger';
  /** What its one button does. */
  act?: { label: string; run: () => void };
}

/** The sizes of text offered, in percent. */
export const textSizes = ['100', '115', '125', '150', '175', '200'];

/** Work that lasts longer than a moment. */
interface Work {
  text: string;
  /** How far it is, when it says. */
  progress: Progress | null;
  /** Only what tells its progress listens. */
  stop: () => void;
}

const TOAST_MS = 10_000;
/** From here on somebody who waits wants to see why. */
const MOMENT_MS = 500;

class Session {
  state = $state<State | null>(null);
  screen = $state<Screen>('today');
  /** What the day asks for, as of the last change. */
  today = $state<Today | null>(null);
  /** When the register last changed; it is on the disk from then on. */
  savedAt = $state<number | null>(null);
  /** Counts changes, so that what shows the register reads it again. */
  changes = $state(0);
  /** Counts undone and redone steps: an editor must take what it shows from the register again. */
  turns = $state(0);
  toast = $state<Toast | null>(null);
  /** What takes longer than a moment. */
  works = $state<Work[]>([]);
  /** Only what this step touched is to be listed; the list of people takes it from here. */
  onlyStep = $state<StepId | null>(null);
  /** Another screen asks the list of people for this list, or to open this person; the list takes it from here. */
  wanted = $state<{ filter: Filter } | { person: PersonId } | null>(null);
  /** Whose requests are to be opened with their page; the page takes it from here. */
  request = $state<PersonId | null>(null);
  /** Somebody is leaving: their exit is to be opened or begun. */
  leaving = $state<Leaving | null>(null);
  /** Another screen asks for something to be sent; the ledger takes it from here. */
  sending = $state<{ issue: IssueId | null; event?: EventFilter; facts?: string[] } | null>(null);
  /** An event is to be opened at one of its steps; the screen takes it from here. */
  event = $state<{ id: EventId; step: EventStep; invitee?: InviteeId } | null>(null);
  /** What a visitor at the desk should not see is hidden. */
  discreet = $state(false);
  /** A backup was restored, and nobody has read yet what that did. */
  restored = $state.raw<Restored | null>(null);
  /** The program was started by opening this backup; the first screen takes it from here. */
  backup = $state.raw<Chosen | null>(null);
  /** The card with the keys is to be shown. */
  keys = $state(false);
}

export const session = new Session();

let toastTimer: ReturnType<typeof setTimeout> | undefined;

export function tell(text: string, act?: Toast['act'], tone: Toast['tone'] = 'said'): void {
  clearTimeout(toastTimer);
  session.toast = { text, tone, act };
  // What went wrong stays until it is read.
  if (tone === 'said') toastTimer = setTimeout(() => (session.toast = null), TOAST_MS);
}

export function hush(): void {
  clearTimeout(toastTimer);
  session.toast = null;
}

const tone = (kind: FaultKind) => (kind === 'trouble' || kind === 'bug' ? 'danger' : kind === 'cancelled' ? 'said' : 'refused');

/** Whether another window has the register: when that is closed, the same works. */
export const isOpenElsewhere = (thrown: unknown) => faultIn(thrown).code === 'open_elsewhere';

/** Shows what went wrong, with a button that tries `again` where that is given; with the register locked, the lock screen comes back. */
export function report(thrown: unknown, again?: () => void): void {
  if (thrown instanceof Unreadable) return tell(thrown.message, undefined, 'refused');
  const fault = faultIn(thrown);
  if (fault.code === 'bug') console.error(thrown);
  // Somebody closed it from elsewhere: what is still shown of it goes as after any lock.
  if (fault.kind === 'locked' && session.state?.open) return leave('hand', false, session.state);
  tell(faultText(fault), again && { label: t().app.again, run: again }, tone(fault.kind));
}

export async function refresh(): Promise<void> {
  session.state = await desk('state', {});
}

/** Takes note that the register changed. */
export function changed(): void {
  session.changes += 1;
  session.savedAt = Date.now();
  void refresh().catch(report);
}

/** The sentence of a step. */
export function stepText(label: string): string {
  const sentences: Record<string, string> = { ...t().otherSteps, ...t().steps };
  return sentences[label] ?? t().otherSteps.unknown;
}

/** Runs a command that may take long; once it does, the foot of the window shows how far it is and a way to stop it. */
export async function watched<N extends JobName>(name: N, input: Commands[N]['input']): Promise<Commands[N]['output']> {
  const mine: Work = $state({ text: t().app.working, progress: null, stop: () => running.stop() });
  const running = job(name, input, (told) => (mine.progress = told));
  const timer = setTimeout(() => session.works.push(mine), MOMENT_MS);
  try {
    return await running.answer;
  } finally {
    clearTimeout(timer);
    session.works = session.works.filter((work) => work !== mine);
  }
}

/**
 * Runs a command that writes, and offers to undo it. Throws a `Refusal` when nothing was written.
 * `quiet`: no offer, for what saves by itself while somebody types.
 */
export async function write<N extends WriteName>(
  name: N,
  input: Commands[N]['input'],
  { quiet = false } = {},
): Promise<Commands[N]['output']> {
  const answer = await watched(name, input);
  changed();
  // An offer to undo speaks of the last step; once another follows quietly, it would undo the wrong one.
  if (quiet) hush();
  else tell(stepText(name), { label: t().app.undo, run: () => void undo() });
  return answer;
}

async function turn(way: 'undo' | 'redo', step: StepId | null): Promise<Step | null> {
  try {
    const turned = await watched(way, { step });
    session.turns += 1;
    changed();
    const what = stepText(turned.label) + (turned.name ? `（${turned.name}）` : '');
    const back = { label: t().app.redo, run: () => void redo(turned.id) };
    const again = { label: t().app.undo, run: () => void undo(turned.id) };
    if (way === 'undo') tell(t().app.undone(what), back);
    else tell(t().app.redone(what), again);
    return turned;
  } catch (thrown) {
    report(thrown);
    return null;
  }
}

/** Saves a file where somebody says, tells them, and offers to open it. The name it got; `null` when no place was chosen. */
export async function saveAndTell(made: { file: string; name: string }, title: string, said: (name: string) => string = t().file.savedAs): Promise<string | null> {
  const saved = await saveFile(made.file, made.name, title);
  if (saved) tell(said(saved.name), { label: t().bulk.open, run: () => void openSaved(saved.id).catch(report) });
  return saved?.name ?? null;
}

/** Undoes a step, or the last one that stands. */
export const undo = (step: StepId | null = null) => turn('undo', step);
/** Redoes a step, or the last one that was undone. */
export const redo = (step: StepId | null = null) => turn('redo', step);

/** Goes to a screen. */
export function go(screen: Screen): void {
  if (session.screen !== screen && session.toast?.tone !== 'said') hush();
  session.screen = screen;
}

/** Opens the list of people with a filter: what a number on the screen counts. */
export function openList(filter: Filter): void {
  session.wanted = { filter };
  go('people');
}

/** Opens somebody in the list of people. */
export function openPerson(person: PersonId): void {
  session.wanted = { person };
  go('people');
}

/** Opens an event at one of its steps, with the reply card of somebody. */
export function openEvent(id: EventId, step: EventStep, invitee?: InviteeId): void {
  session.event = { id, step, invitee };
  go('events');
}

/** Opens somebody's exit, or the form with which it begins. */
export function openExit(leaving: Leaving): void {
  session.leaving = leaving;
  go('exits');
}

/** Saves what was typed, and throws when that is not possible; `mend`: somebody is there who can mend it. */
type Save = (mend: boolean) => Promise<void>;

const unsaved = new Set<Save>();

/**
 * Has what is typed saved when its part of the screen goes, and before the register is locked or the window closes. Whoever
 * locks by hand stays with what could not be saved; everywhere else nobody can mend anything any more.
 */
export function saveOnLeaving(save: Save): void {
  unsaved.add(save);
  onDestroy(() => {
    unsaved.delete(save);
    save(false).catch(report);
  });
}

/** Saves what is typed and not saved yet: all that can be, before it throws. */
export async function saveAll(mend: boolean): Promise<void> {
  const done = await Promise.allSettled([...unsaved].map((save) => save(mend)));
  const failed = done.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

/** How long an empty desk waits for what is typed to be saved. */
const FAREWELL_MS = 3_000;

/** Locks the register and loads the page anew. `own`: somebody in the sample wants to make the own company. */
export async function lock(why: Why = 'hand', own = false): Promise<void> {
  try {
    if (why === 'hand') await saveAll(true);
    else await Promise.race([saveAll(false).catch(report), new Promise((done) => setTimeout(done, FAREWELL_MS))]);
  } catch (thrown) {
    return tell(t().trust.notLocked(whyNot(thrown)), undefined, 'refused');
  }
  try {
    const { state } = session;
    await desk('lock', {});
    leave(why, own, state);
  } catch (thrown) {
    report(thrown);
  }
}

/** Loads the page anew after the register was closed: nothing of it stays. */
export function leave(why: Why, own: boolean, state: State | null): void {
  // Nothing is seen any more while the page goes.
  session.state = session.today = null;
  hush();
  forget({ why, own, lang: language.now, size: Number(state?.settings.text_size) || 100, user: (!state?.sample && state?.user?.id) || null });
}
