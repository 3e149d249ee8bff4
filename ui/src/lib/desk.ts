// The page's way to the program: every command by its name, files by their tokens. The only file that knows Tauri.

import { Channel, convertFileSrc, invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Commands, Fault, Progress } from '../gen/desk';

export type Name = keyof Commands;
/** The commands that leave a step in the journal. */
export type WriteName = { [N in Name]: Commands[N]['kind'] extends 'write' | 'writejob' ? N : never }[Name];
/** The commands that may take long, tell their progress and can be stopped. */
export type JobName = { [N in Name]: Commands[N]['kind'] extends 'job' | 'writejob' | 'write' | 'step' ? N : never }[Name];

/** What a command answers with when it did nothing. */
export class Refusal extends Error {
  constructor(readonly fault: Fault) {
    super(fault.code);
  }
}

/** The fault in whatever was thrown; what is not the program's own answer is our mistake. */
export function faultIn(thrown: unknown): Fault {
  if (thrown instanceof Refusal) return thrown.fault;
  return { kind: 'bug', code: 'bug', data: { detail: String(thrown) } };
}

type Answer<T> = { ok: T } | { fault: Fault };

function settled<T>(answer: Answer<T>): T {
  if ('fault' in answer) throw new Refusal(answer.fault);
  return answer.ok;
}

/** Runs a command. Throws a `Refusal` when it did nothing. */
export async function desk<N extends Name>(
  name: N,
  input: Commands[N]['input'] | Record<string, never>,
): Promise<Commands[N]['output']> {
  return settled(JSON.parse(await invoke<string>('run', { name, input: JSON.stringify(input) })) as Answer<Commands[N]['output']>);
}

export interface Job<T> {
  answer: Promise<T>;
  /** Asks the job to stop; `answer` then throws a fault of kind `cancelled`. */
  stop(): void;
}

let jobs = 0;

/** Runs a command that takes long. */
export function job<N extends JobName>(
  name: N,
  input: Commands[N]['input'],
  told: (progress: Progress) => void,
): Job<Commands[N]['output']> {
  const number = ++jobs;
  const progress = new Channel<Progress>();
  progress.onmessage = told;
  const answer = invoke<string>('run', { name, input: JSON.stringify(input), job: number, progress }).then(
    (text) => settled(JSON.parse(text) as Answer<Commands[N]['output']>),
  );
  return { answer, stop: () => void invoke('cancel', { job: number }) };
}

/** A file that the user chose; the page never learns where it lies. */
export interface Chosen {
  token: string;
  name: string;
}

/** A file that was saved. */
export interface Saved {
  id: number;
  name: string;
}

const choose = (kind: 'list' | 'picture' | 'backup' | 'folder' | 'postal' | 'whole' | 'any') => async (title: string) =>
  settled(await invoke<Answer<Chosen | null>>('choose_file', { kind, title }));

/** Asks for a list of people; `null` when none was chosen. */
export const chooseList = choose('list');

/** Asks for a picture; `null` when none was chosen. */
export const choosePicture = choose('picture');

/** Asks for a backup; `null` when none was chosen. */
export const chooseBackup = choose('backup');

/** Asks for a register that was saved whole; `null` when none was chosen. */
export const chooseWhole = choose('whole');

/** Asks for Japan Post's file of postal codes; `null` when none was chosen. */
export const choosePostal = choose('postal');

/** Asks for any file; `null` when none was chosen. */
export const chooseAny = choose('any');

/** Asks for a folder; `null` when none was chosen. */
export const chooseFolder = choose('folder');

/** The address of a picture in the tray: `token`, or `token/page/percent` of a PDF. It differs by system. */
export const pageAddress = (path: string) => convertFileSrc('', 'page') + path;

/** Asks where to save what lies under a token, and saves it; `null` when no place was chosen. */
export async function saveFile(token: string, name: string, title: string): Promise<Saved | null> {
  return settled(await invoke<Answer<Saved | null>>('save_file', { token, name, title }));
}

/** Opens a saved file in the system's own program for it. */
export async function openSaved(id: number): Promise<void> {
  settled(await invoke<Answer<null>>('open_saved', { id }));
}

/** How the program was started: on the sample company, or by opening a backup, which is told once. */
export const launch = () => invoke<{ sample: boolean; backup: Chosen | null }>('launch');

/** Calls back with the files dropped on the window. */
export const onDropped = (hear: (files: Chosen[]) => void) => listen<Chosen[]>('dropped', (event) => hear(event.payload));

/** Calls back when the computer is about to sleep, where the system says so. */
export const onSleeping = (hear: () => void) => listen('sleeping', hear);

/** Calls back when the window is about to close, and closes it when that is done. */
export const onClosing = (save: () => Promise<unknown>) =>
  listen('closing', () => save().finally(() => invoke('close_window')));
