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
  asking: {
    title: '送ってよいかを手紙で尋ねる',
    why: (count: number) =>
      `選んだ${inJapanese(count)}名のうち、まだ根拠のない方だけに、送ってよいかを尋ねる手紙を1枚ずつ作ります。「送ってよい」と「やめてほしい」の返事の欄が付きます。`,
    print: 'PDF にする',
    save: 'お尋ねの手紙を保存する場所',
    printed: (name: string, count: number) => `${inJapanese(count)}名あての手紙を「${name}」に保存しました。`,
    nobody: 'お尋ねできる方はいませんでした。',
    leftOut: (count: number) => `${inJapanese(count)}名は、すでに返事や根拠があるか、連絡を望まない、または逝去のため除きました。`,
    noAddress: (count: number) => `${inJapanese(count)}名は、届く住所がないため除きました。`,
    sent: '送ったと記録する',
    sentWhy: '記録すると、返事のない方が「今日」の「返事待ち」に出ます。',
    letter: {
      title: 'お便りをお送りしてもよいでしょうか',
      greeting: (name: string) => `${name}様、お元気でお過ごしでしょうか。在職中は大変お世話になり、ありがとうございました。`,
      dated: (name: string) => `${name}　　　年　　月　　日`,
      wish: (company: string, what: string) =>
        `${company}では、退職された皆さまに「${what}」をお送りしたいと考えています。勝手にお送りすることのないよう、はじめにお尋ねいたします。お返事のないうちは、お送りしません。`,
      how: 'どちらかを切り取って、封筒か葉書に貼ってお送りください。お電話でもかまいません。',
      yes: '送ってよい',
      yesPost: (what: string) => `□ 「${what}」を郵便で送ってください。`,
      yesLines: [
        '□ メールで送ってください：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿',
        '住所などの変わったところ：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿',
      ],
      no: 'やめてほしい',
      noLines: ['□ これからは連絡しないでください（理由は要りません）。', '□ 私の情報を消してください。'],
    },
    evidence: (day: string) => `お尋ねの手紙（${day}）`,
  },
  seal: {
    title: '封をした記録へ移す',
    why: 'この文をいまの場所から消し、「封をした記録」に移します。書き直す前の文も、変更の履歴と検索から消えます。',
    reader: '移したあとに読めるのは、開ける人（社長・総務）だけです。',
    staff: '移したあとに読めるのは、開ける人（社長・総務）だけです。あなたは読めなくなります。',
    elsewhere: 'まだ残っているところ',
    backups: (count: number, oldest: string, newest: string) =>
      count === 1 ? `${newest}の控え1つ。この控えを戻すと、文も元の場所に戻ります。` : `${oldest}から${newest}までの控え${count}つ。戻すと、文も元の場所に戻ります。`,
    noBackups: '控えには残っていません。',
    aside: (names: string) => `わきに置いた以前の名簿（${names}）。`,
    papers: 'すでに印刷した紙と、書き出した表。',
    final: '元に戻すことはできません。',
    move: '封をして移す',
    done: '封をした記録へ移しました。元の場所と履歴には残っていません。',
  },
  meeting: {
    title: (count: number) => `選んだ${inJapanese(count)}名とのやりとりを記録する`,
    why: '同窓会や訪問のように、同じことを何人もと話したときに使います。逝去された方には記録しません。',
    record: '記録する',
    recorded: (count: number) => `${inJapanese(count)}名とのやりとりを記録しました。`,
  },
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
  asking: {
    title: 'Ask by letter whether you may write',
    why: (count) => `Of the ${inEnglish(count)} you chose, one sheet for each of whom no basis is recorded, to ask whether you may write. It carries a card for yes and a card for no.`,
    print: 'Make a PDF',
    save: 'Where to save the letters',
    printed: (name, count) => `${count === 1 ? 'One letter' : `${inEnglish(count)} letters`} saved as “${name}”.`,
    nobody: 'There is nobody to ask.',
    leftOut: (count) => `${inEnglish(count)} left out: answered already, may be written to, asked to be left alone, or died.`,
    noAddress: (count) => `${inEnglish(count)} left out: no good address.`,
    sent: 'Record that they were sent',
    sentWhy: 'Then those who have not answered stand on Today under “Answers awaited”.',
    letter: {
      title: 'May we write to you?',
      greeting: (name) => `Dear ${name}, we hope that you are well, and thank you for all you did while you were with us.`,
      dated: (name) => `${name}          Date:`,
      wish: (company, what) =>
        `${company} would like to send “${what}” to those who have left. We do not want to send you anything unasked, so we ask first. Until you answer, nothing is sent.`,
      how: 'Please cut out one of the two and send it back in an envelope or on a card. A telephone call will do as well.',
      yes: 'Yes, please',
      yesPost: (what) => `□ Send me “${what}” by post.`,
      yesLines: [
        '□ Send it by mail to: ________________________________',
        'What has changed (address): ________________________________',
      ],
      no: 'No, thank you',
      noLines: ['□ Please do not contact me any more (no reason needed).', '□ Please erase my data.'],
    },
    evidence: (day) => `letter that asked (${day})`,
  },
  seal: {
    title: 'Move this behind the seal',
    why: 'The text leaves its place and becomes a sealed note. Its earlier wordings leave the history of changes and the search as well.',
    reader: 'From then on only those who may open sealed notes (the president, general affairs) read it.',
    staff: 'From then on only those who may open sealed notes (the president, general affairs) read it. You will not.',
    elsewhere: 'Where it still is',
    backups: (count, oldest, newest) =>
      count === 1 ? `One backup of ${newest}. Restoring it brings the text back to its old place.` : `${count} backups, from ${oldest} to ${newest}. Restoring one brings the text back to its old place.`,
    noBackups: 'In no backup.',
    aside: (names) => `Registers that were set aside (${names}).`,
    papers: 'Paper that was printed and tables that were exported.',
    final: 'This cannot be undone.',
    move: 'Move it',
    done: 'Moved behind the seal. Neither its old place nor the history holds it any more.',
  },
  meeting: {
    title: (count) => `Write down a contact with the ${inEnglish(count)} you chose`,
    why: 'For a reunion or a visit, when you spoke with several people of the same thing. Nothing is written down for those who have died.',
    record: 'Write down',
    recorded: (count) => `Written down for ${inEnglish(count)} ${count === 1 ? 'person' : 'people'}.`,
  },
});

export const w = room(ja, en);
