// What is said when somebody has died. It lies with its screen, which is read when it is needed.

import { english, type Called } from '../../lib/called';
import { room } from '../../lib/i18n.svelte';
import type { Same } from '../../lib/words';

export const ja = ({ screen }: Called) => ({
  title: (name: string) => `${name}さんの訃報`,
  why: '記録すると、この方へは何も送られなくなります。お名前は名簿に残ります。',
  on: 'いつ（分かるところまで）',
  note: 'どなたから、何とうかがったか',
  noteHint: '例：ご長女より電話。葬儀は家族で済まされたとのこと',
  family: 'ご家族（喪主など）',
  familyHint: '例：ご長女',
  phone: 'ご家族の電話',
  record: '記録する',
  recorded: '訃報を記録しました。',
  stops: '止まるもの',
  stopped: ['会報とその名簿', '行事の案内', '年賀状などの季節の葉書', '宛名とラベル', '「今日」の連絡の一覧'],
  papers: '作った紙・送った紙',
  made: (title: string, place: number) => `「${title}」の${place}番の紙を抜いてください。まだ出していません。`,
  sent: (day: string, title: string) => `${day}に「${title}」を送っています。ご家族に届いているかもしれません。`,
  tell: '電話でお知らせする方',
  inCharge: (name: string) => `まず連絡担当の${name}さんへ。`,
  together: (department: string) => `${department}で一緒`,
  none: `同じ部署にいた${screen}で、お知らせできる方は見つかりませんでした。`,
  noPhone: '電話は未記入',
  words: 'お悔やみの言葉（例）',
  telegram: (name: string) => `${name}様のご逝去の報に接し、心からお悔やみ申し上げます。ご生前のご厚情に深く感謝し、安らかなご永眠をお祈りいたします。`,
  obituary: '会報に訃報を載せるときは、ご家族のお許しを先にいただいてください。',
});

export const en: (called: Called) => Same<ReturnType<typeof ja>> = ({ screen }) => ({
  title: (name) => `${name} has died`,
  why: 'Once this is recorded nothing is sent to them any more. The name stays in the register.',
  on: 'When (as far as you know)',
  note: 'Who told you, and what',
  noteHint: 'e.g. the daughter called; the funeral was held by the family',
  family: 'Family (chief mourner)',
  familyHint: 'e.g. eldest daughter',
  phone: 'The family’s phone',
  record: 'Record',
  recorded: 'Recorded.',
  stops: 'What stops',
  stopped: ['The newsletter and its list', 'Invitations', 'New Year and season’s cards', 'Addresses and labels', 'The lists of Today'],
  papers: 'Papers made and sent',
  made: (title, place) => `Take out paper ${place} of “${title}”. It has not been posted.`,
  sent: (day, title) => `“${title}” was sent on ${day}. The family may have received it.`,
  tell: 'Whom to call',
  inCharge: (name) => `First ${name}, who kept the tie.`,
  together: (department) => `together in ${department}`,
  none: `Nobody of the ${english(screen)[1]} who served in the same department can be called.`,
  noPhone: 'no phone',
  words: 'Words of condolence (an example)',
  telegram: (name) => `We are deeply sorry to hear that ${name} has passed away. We remember their kindness with gratitude, and our thoughts are with the family.`,
  obituary: 'Before an obituary is printed in the newsletter, please ask the family for leave.',
});

export const w = room(ja, en);
