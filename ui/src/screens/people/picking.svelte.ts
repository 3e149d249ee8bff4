// Who is selected to be changed together: people one by one, or all whom a question finds but those taken out.

import { SvelteSet } from 'svelte/reactivity';
import type { PeopleQuery, PersonId, Selection } from '../../gen/desk';

/** The list that is selected from. */
interface Listed {
  /** Who stands at a place, if that row was read. */
  row: (at: number) => PersonId | undefined;
  total: () => number;
  /** The question that finds all of them. */
  query: () => PeopleQuery;
  /** Who stands from one place to another; `null` when another question came between. */
  read: (first: number, last: number) => Promise<PersonId[] | null>;
}

export class Picking {
  readonly #picked = new SvelteSet<PersonId>();
  /** All of these, but those who are left out. */
  #whole = $state.raw<PeopleQuery | null>(null);
  readonly #left = new SvelteSet<PersonId>();
  /** Where a range of rows begins, who was selected before it did, and where it ends. */
  #range: { from: number; before: PersonId[]; to: number } | null = null;

  constructor(readonly listed: Listed) {}

  get count(): number {
    return this.#whole ? this.listed.total() - this.#left.size : this.#picked.size;
  }

  /** All of the question, nobody left out. */
  get everybody(): boolean {
    return this.#whole !== null && this.#left.size === 0;
  }

  /** How many of all are left out; `null` when people are selected one by one. */
  get leftOut(): number | null {
    return this.#whole && this.#left.size;
  }

  get selection(): Selection {
    return { people: [...this.#picked], query: this.#whole, except: [...this.#left] };
  }

  has(id: PersonId): boolean {
    return this.#whole ? !this.#left.has(id) : this.#picked.has(id);
  }

  /** Selects a row, or takes it out. */
  one(at: number): void {
    const id = this.listed.row(at);
    if (id === undefined) return;
    const set = this.#whole ? this.#left : this.#picked;
    if (!set.delete(id)) set.add(id);
    if (this.count === 0) this.none();
    this.#range = { from: at, before: [...this.#picked], to: at };
  }

  /** Selects all rows from where the range began, or from `start`, to a row; the range may grow and shrink. */
  async range(start: number, to: number): Promise<void> {
    if (this.#whole) this.none();
    this.#range ??= { from: start, before: [...this.#picked], to };
    const range = this.#range;
    range.to = to;
    const ids = await this.listed.read(Math.min(range.from, to), Math.max(range.from, to));
    // A longer or shorter range may have come between.
    if (!ids || this.#range !== range || range.to !== to) return;
    this.#picked.clear();
    for (const id of [...range.before, ...ids]) this.#picked.add(id);
  }

  /** Selects everybody; once more, nobody. */
  all(): void {
    const everybody = this.everybody;
    this.none();
    if (!everybody) this.#whole = this.listed.query();
  }

  none(): void {
    this.#picked.clear();
    this.another();
  }

  /** Another question is asked: all of the last one are no longer meant. */
  another(): void {
    this.#left.clear();
    this.#whole = null;
    this.#range = null;
  }

  /** The next range begins anew. */
  pause(): void {
    this.#range = null;
  }

  /** Somebody is no longer in the register. */
  gone(id: PersonId): void {
    this.#picked.delete(id);
    this.#left.delete(id);
  }
}
