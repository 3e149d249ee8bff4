// What the office made its own: the checklist that every exit begins with, and questions of the interview.

import type { ExitItemKind } from '../../gen/desk';
import { session } from '../../lib/session.svelte';

type Items = Record<ExitItemKind, readonly string[]>;

/** The office's own checklist; null while it uses the one that comes with the program. */
export function ownItems(): Items | null {
  const said = session.state?.settings.exit_items;
  return said ? (JSON.parse(said) as Items) : null;
}

/** The office's own questions. */
export const ownQuestions = (): string[] => (session.state?.settings.interview_questions ?? '').split('\n').filter(Boolean);
