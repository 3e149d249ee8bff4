// What there is to say about the safety of the register, the same on every screen.

import type { At, Safety } from '../../gen/desk';
import { clock, dayText, today } from '../../lib/days';
import { faultText, language, t } from '../../lib/i18n.svelte';

/** A moment: 今日 10:42, or the day with it. */
export function whenText(at: At): string {
  const day = today(new Date(at));
  return `${day === today() ? t().history.today : dayText(day, language.now)} ${clock(at)}`;
}

/** What stands in the way of the register's safety, the worst first. */
export function dangers(safety: Safety): string[] {
  const { trouble, damaged, disk_full, place } = safety;
  const said: string[] = [];
  if (damaged) said.push(t().backups.damaged);
  if (disk_full) said.push(t().backups.diskFull);
  if (trouble !== null && !(damaged && trouble === 'register_damaged'))
    said.push(t().backups.trouble(faultText({ kind: 'trouble', code: trouble, data: {} })));
  if (place !== 'own') said.push(t().backups.place[place]);
  return said;
}
