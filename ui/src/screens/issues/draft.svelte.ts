// One issue under the pen: what is typed is saved by itself after a short pause, and the page is set anew.

import type { Article, ArticleKind, Issue, IssueEdition, IssueId, IssueOutput, IssuePrinted, NewLeavers } from '../../gen/desk';
import { dayTyped } from '../../lib/days';
import { desk, faultIn, type Chosen } from '../../lib/desk';
import { WHOLE } from './crop';
import { Unreadable, readDay, readNumber, type Value } from '../../lib/form';
import { faultText, language } from '../../lib/i18n.svelte';
import { report, write } from '../../lib/session.svelte';

const PAUSE_MS = 400;

/** An article nobody has written yet. */
export const blank = (kind: ArticleKind, heading = '', body = ''): Article => ({
  kind,
  heading,
  body,
  byline: '',
  photos: [],
  wide: false,
  audience: 'everybody',
  agreed: [],
  english_heading: '',
  english: '',
  link: '',
});

export class Draft {
  /** What the register holds; the issue under the pen is compared with it. */
  kept = $state.raw<Issue | null>(null);
  issue = $state<Issue | null>(null);
  // Days and the number stay text while they are typed.
  number = $state<Value>('');
  days = $state({ dated_on: '' as Value, leavers_from: '' as Value, leavers_until: '' as Value });
  problems = $state<Record<string, string>>({});
  leavers = $state<NewLeavers | null>(null);
  savedAt = $state<number | null>(null);
  unsaved = $state(false);
  /** The newest pages; what is saved as a PDF are these. */
  sheet = $state<IssuePrinted | null>(null);
  /** How many settings of the page are asked for and not done. */
  composing = $state(0);
  composeProblem = $state('');
  /** Counts what was saved: the pages that were printed before are older then. */
  version = $state(0);

  /** Which edition is seen, and for whom it is printed; not part of the issue. */
  edition = $state<IssueEdition>('standard');
  output = $state<IssueOutput>('office');

  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> = Promise.resolve();
  private composed: Promise<void> = Promise.resolve();
  private asked = 0;

  constructor(readonly id: IssueId) {}

  /** Takes the issue from the register; throws when it is gone. */
  async load(): Promise<void> {
    if (this.unsaved) await this.save();
    const issue = await desk('issue', { id: this.id });
    this.kept = structuredClone(issue);
    this.issue = issue;
    this.number = String(issue.number);
    this.days = {
      dated_on: dayTyped(issue.dated_on, language.now),
      leavers_from: dayTyped(issue.leavers_from, language.now),
      leavers_until: dayTyped(issue.leavers_until, language.now),
    };
    this.unsaved = false;
    await this.took();
  }

  /** Something was typed; it is saved when the hand rests. */
  touched = (): void => {
    if (!this.issue) return;
    this.unsaved = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save().catch(report), PAUSE_MS);
  };

  /** Saves what differs. One save follows the other, so that the last typed wins. What cannot be saved stays under the pen. */
  save = (): Promise<void> => {
    clearTimeout(this.timer);
    const saved = this.saving.then(() => this.saveNow());
    this.saving = saved.catch(() => {});
    return saved;
  };

  /** Shows another edition, or the same for another printer. */
  show(edition: IssueEdition, output: IssueOutput): void {
    this.edition = edition;
    this.output = output;
    this.version += 1;
    void this.compose();
  }

  /** Makes the letters so much smaller that the issue has the pages it is meant to have; by how many percent, if that is possible. */
  async fit(): Promise<number | null> {
    await this.save();
    const { tighter } = await desk('fit_issue', { id: this.id });
    if (tighter === null) return null;
    this.issue!.tighter = tighter;
    this.touched();
    await this.save();
    return tighter;
  }

  /** The words alone, for mail. */
  async mail(): Promise<IssuePrinted> {
    await this.save();
    return desk('print_issue', { id: this.id, edition: 'mail' });
  }

  /** Sets the pages anew: design, colour or seal are others. */
  again(): void {
    this.version += 1;
    void this.compose();
  }

  /** Waits for the newest pages; whether there are any. */
  async pages(): Promise<boolean> {
    await (this.composeProblem ? this.compose() : this.composed);
    return !this.composeProblem && this.sheet !== null;
  }

  /** Puts a photo into an article; what is typed meanwhile stays. */
  async addPhoto(article: Article, file: Chosen): Promise<void> {
    await this.save();
    const at = this.issue!.articles.indexOf(article);
    const picture = await write('add_picture', { issue: this.id, article: at, file: file.token });
    const kept = structuredClone(this.kept!);
    for (const shown of [article, kept.articles[at]!]) shown.photos.push({ picture, caption: '', wide: false, crop: { ...WHOLE } });
    this.kept = kept;
    await this.took();
  }

  /** Takes the issue away. */
  async remove(): Promise<void> {
    clearTimeout(this.timer);
    this.unsaved = false;
    this.issue = null;
    await write('remove_issue', { id: this.id });
  }

  private async saveNow(): Promise<void> {
    if (!this.issue || !this.kept) return;
    const { next, problems } = await this.read(this.issue, this.kept);
    this.problems = problems;
    const entries = Object.entries(next) as [keyof Issue, Issue[keyof Issue]][];
    const changes = Object.fromEntries(
      entries.filter(([name, value]) => JSON.stringify(this.kept![name]) !== JSON.stringify(value)),
    ) as Partial<Issue>;
    if (Object.keys(changes).length) {
      await write('change_issue', { id: this.id, changes }, { quiet: true });
      this.kept = next;
      await this.took();
    }
    this.savedAt = Date.now();
    this.unsaved = Object.keys(problems).length > 0;
  }

  /** What is typed as an issue; what cannot be read stays as it is kept and is named. */
  private async read(issue: Issue, kept: Issue): Promise<{ next: Issue; problems: Record<string, string> }> {
    const next: Issue = $state.snapshot(issue);
    const problems: Record<string, string> = {};
    const field = async (name: string, read: () => void | Promise<void>) => {
      try {
        await read();
      } catch (thrown) {
        if (!(thrown instanceof Unreadable)) throw thrown;
        problems[name] = thrown.message;
      }
    };
    await field('number', () => void (next.number = readNumber(String(this.number)) ?? kept.number));
    for (const name of ['dated_on', 'leavers_from', 'leavers_until'] as const) {
      await field(name, async () => void (next[name] = await readDay(String(this.days[name]))));
    }
    return { next, problems };
  }

  /** What the register holds is another issue than before: its pages and its leavers follow. */
  private async took(): Promise<void> {
    this.version += 1;
    void this.compose();
    this.leavers = await desk('new_leavers', { id: this.id });
  }

  /** Sets the pages of what is saved. One setting follows the other, and those that a newer one overtook are left out. */
  private compose(): Promise<void> {
    const mine = ++this.asked;
    this.composing += 1;
    this.composed = this.composed.then(async () => {
      try {
        if (mine !== this.asked) return;
        const pages = await desk('print_issue', { id: this.id, edition: this.edition, output: this.output });
        if (mine !== this.asked) return;
        this.sheet = pages;
        this.composeProblem = '';
      } catch (thrown) {
        if (mine === this.asked) this.composeProblem = faultText(faultIn(thrown));
      } finally {
        this.composing -= 1;
      }
    });
    return this.composed;
  }
}
