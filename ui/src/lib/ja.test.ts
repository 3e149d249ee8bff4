import { expect, test } from 'vitest';
import { usual } from './called';
import { en as english } from './en';
import { ja as japanese } from './ja';

/** The words that lie with their screens, under the name of the folder. */
const rooms = import.meta.glob<{ ja: typeof japanese; en: typeof english }>('../screens/*/words.ts', { eager: true });
const manuals = import.meta.glob<string>('../screens/help/*.md', { query: '?raw', import: 'default', eager: true });
const whole = (lang: 'ja' | 'en') => ({
  manual: manuals[`../screens/help/${lang}.md`]!,
  ...(lang === 'ja' ? japanese(usual) : english(usual)),
  rooms: Object.fromEntries(Object.entries(rooms).map(([path, room]) => [path.split('/').at(-2)!, room[lang](usual)])),
});
const [ja, en] = [whole('ja'), whole('en')];

/** Every sentence of a dictionary with its place; functions are asked with plausible things. */
function sentences(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]): [string, string][] => {
    const at = path ? `${path}.${name}` : name;
    if (typeof value === 'string') return [[at, value]];
    if (typeof value === 'function') return [[at, String(value(2, 2, 2))]];
    return sentences(value as object, at);
  });
}

test('both languages have every sentence, and none is empty', () => {
  const [inJapanese, inEnglish] = [sentences(ja), sentences(en)];
  expect(inEnglish.map(([at]) => at).sort()).toEqual(inJapanese.map(([at]) => at).sort());
  for (const [at, sentence] of [...inJapanese, ...inEnglish]) {
    expect(sentence.trim(), at).not.toBe('');
    expect(sentence, at).not.toMatch(/undefined|NaN|\[object/);
  }
});

test('no word stands on the screen that an office clerk would not know', () => {
  const strange = [
    '窓口', '封緘', 'パスフレーズ', 'パスワード', '体裁', 'ブロック', '途絶え', '通信なし', 'データベース', 'エクスポート',
    'インポート', 'エンコード', 'エンコーディング', '文字コード', 'トークン', 'JSON', 'エラーコード', 'エラー', 'レコード',
    'マッピング', 'インデックス', 'フィルタ', 'アカウント', '卒業', 'キャンセル', 'バリデーション', 'ジョブ', 'デフォルト',
    '暗号', '封印', 'レジスター', 'プロパティ', '引用符', 'バイト', 'サーバ', 'クラウド', 'ブラウザ', 'コマンド', 'ダイアログ',
    'モーダル', 'ログイン', 'ログアウト', 'ステータス', 'フォーマット', 'ソート', 'ハッシュ', 'トグル', 'セッション', 'タイムアウト',
    '正規化', '永続', '同期', 'コミット', 'ロールバック', 'レンダリング', 'フォント', 'スキーマ', '構文', 'パラメータ', 'オプション',
    'ウィザード', 'オフライン', 'アップデート', 'バージョン', 'インストール', 'ストレージ', 'モジュール', 'ライブラリ',
  ];
  for (const [at, sentence] of sentences(ja)) {
    expect(strange.filter((word) => sentence.includes(word)), `${at}: ${sentence}`).toEqual([]);
  }
});

test('Latin letters stand only where an office knows them', () => {
  const known = ['Enishi', 'Excel', 'CSV', 'xlsx', 'PDF', 'JPEG', 'USB', 'LINE', 'Windows', 'English', 'Ctrl', 'Shift', 'Enter', 'Esc', 'OB', 'OG', 'iPhone', 'MB', 'QR'];
  // For whoever wants to know exactly, and always beside plain words.
  const exact: Record<string, string[]> = {
    // As it stands on the paper.
    trust: ['No'],
    audit: ['No'],
    encodings: ['UTF', 'JIS', 'EUC', 'UNIX', 'Unicode'],
    offline: ['enishi', 'WebView'],
    made: ['LICENCES', 'txt'],
    // Names of files and systems, where it says how to install.
    manual: [
      'enishi', 'windows', 'linux', 'amd', 'exe', 'deb', 'tar', 'xz', 'sh', 'sudo', 'apt', 'install', 'Microsoft', 'Edge', 'WebView', 'Update',
      'PC', 'Linux', 'Debian', 'Ubuntu', 'LOCALAPPDATA', 'local', 'share',
    ],
    backups: ['NAS', 'OneDrive', 'enishi'],
    start: ['OneDrive'],
    faults: ['OneDrive', 'HEIC', 'PNG', 'CMYK', 'RGB'],
  };
  for (const [at, sentence] of sentences(ja)) {
    const here = [...known, ...at.split('.').flatMap((part) => exact[part] ?? [])];
    // What stands in braces is filled in before anybody sees it.
    const seen = sentence.replace(/\{\w+\}/g, '');
    for (const [word] of seen.matchAll(/[A-Za-z]{2,}/g)) expect(here, `${at}: ${sentence}`).toContain(word);
  }
});

test('every fault that the program can name has a sentence', () => {
  const sources: Record<string, string> = import.meta.glob('../../../src-tauri/crates/{desk,register,intake}/src/**/*.rs', {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  const codes = new Set<string>();
  for (const source of Object.values(sources)) {
    const told = [
      /Fault::new\(\s*(?:FaultKind::\w+|kind),\s*"(\w+)"/g,
      /Fault::field\(\s*(?:FaultKind::\w+|kind),\s*"?\w+"?,\s*"(\w+)"/g,
      /Fault::Invalid \{[^}]*code: "(\w+)"/g,
      /=> "(file_\w+|disk_full)"/g,
      /Self::\w+(?:\([\w:]+\)| \{ \.\. \})? => "(\w+)"/g,
      /, "(nothing_to_\w+)"\)/g,
    ];
    for (const pattern of told) for (const [, code] of source.matchAll(pattern)) codes.add(code!);
  }
  expect(codes.size).toBeGreaterThan(25);
  expect(codes).toContain('wrong_passphrase');
  expect(codes).toContain('not_a_table');
  const missing = [...codes].filter((code) => !Object.hasOwn(ja.faults, code));
  expect(missing).toEqual([]);
});
