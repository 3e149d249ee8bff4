// What is said where a whole list is given a basis. It lies with its card, which is read when somebody opens it.

import { room } from '../../lib/i18n.svelte';
import { inEnglish, inJapanese } from '../../lib/numbers';
import type { Same } from '../../lib/words';

export const ja = () => ({
  title: '送ってよい根拠を記録する',
  why: (count: number) => `選んだ${inJapanese(count)}名へ、何を、何で送ってよいかと、その根拠を一度に記録します。`,
  stands: '逝去された方、連絡を望まない方、すでに返事をいただいている方の記録は変わりません。',
  purposes: '何を送るか',
  channel: '何で送るか',
  basis: 'どうして送ってよいか',
  bases: {
    consent: '本人が「送ってよい」と答えた。',
    notified: 'これまでも会報や年賀状を送っていて、何のためかを知らせてある。郵便と電話に使えます。',
    requested: '本人から「送ってほしい」と言われた。',
  },
  none: 'どれにも当たらない方には、まだ送れません。電話や手紙で、送ってよいかをお尋ねください。',
  evidence: 'それが分かるもの（理由）',
  evidenceHint: '例：平成28年から会報を郵送。毎号に目的とやめ方を記載',
  on_day: 'いつから',
  give: '記録する',
  given: (count: number) => `${inJapanese(count)}名に、送ってよい根拠を記録しました。`,
  nobody: '新しく記録した方はいません。',
  standing: (count: number) => `${inJapanese(count)}名は前の記録のままです。`,
  closed: (count: number) => `${inJapanese(count)}名は逝去、または連絡を望まないため記録していません。`,
});

export const en = (): Same<ReturnType<typeof ja>> => ({
  title: 'Record why you may write to them',
  why: (count) => `For the ${inEnglish(count)} ${count === 1 ? 'person' : 'people'} you chose: what you may send, by which way, and why, all in one step.`,
  stands: 'Nothing changes for people who have died, who asked to be left alone, or who have answered already.',
  purposes: 'What you send',
  channel: 'By which way',
  basis: 'Why you may',
  bases: {
    consent: 'They said that you may.',
    notified: 'You have always written to them, and told them what for. Good for post and phone.',
    requested: 'They asked for it themselves.',
  },
  none: 'If none of these is true, you may not write yet. Please ask them first, by phone or letter.',
  evidence: 'How you know (the reason)',
  evidenceHint: 'e.g. newsletter by post since 2016; each issue says what for and how to stop it',
  on_day: 'Since when',
  give: 'Record',
  given: (count) => `Recorded for ${inEnglish(count)} ${count === 1 ? 'person' : 'people'}.`,
  nobody: 'Nobody new was recorded.',
  standing: (count) => `${inEnglish(count)} ${count === 1 ? 'keeps' : 'keep'} what was recorded before.`,
  closed: (count) => `${inEnglish(count)} left out: they have died or asked to be left alone.`,
});

export const w = room(ja, en);
