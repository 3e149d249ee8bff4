import { expect, test, vi } from 'vitest';
import type { Issue } from '../../gen/desk';

const asked: string[] = [];
let isFull = false;
vi.mock('../../lib/session.svelte', () => ({
  report: () => {},
  write: async (name: string) => {
    asked.push(name);
    if (isFull) throw new Error('disk_full');
  },
}));
vi.mock('../../lib/desk', () => ({
  desk: async (name: string) => (name === 'issue' ? ({ number: 12, name: '縁だより', articles: [] } as unknown as Issue) : {}),
  faultIn: (thrown: unknown) => thrown,
}));

test('what cannot be saved stays under the pen, and is saved when that is possible again', async () => {
  const { Draft } = await import('./draft.svelte');
  const draft = new Draft(1 as never);
  await draft.load();
  draft.issue!.name = '縁だより 秋';
  draft.touched();
  isFull = true;
  await expect(draft.save()).rejects.toThrow('disk_full');
  expect([draft.unsaved, draft.issue!.name, draft.kept!.name]).toEqual([true, '縁だより 秋', '縁だより']);
  isFull = false;
  await draft.save();
  expect([draft.unsaved, draft.kept!.name]).toEqual([false, '縁だより 秋']);
  expect(asked).toEqual(['change_issue', 'change_issue']);
});
