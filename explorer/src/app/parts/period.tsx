import { useFormat } from '../words/format.ts';
import { SHELL } from '../words/shell.ts';
import { useWords } from '../words/words.ts';

interface PeriodProps {
  readonly since: string | null | undefined;
  readonly until: string | null | undefined;
  /** Whether to say that neither is known; else nothing is shown. */
  readonly saysUndated?: boolean;
}

/** Whether a date is exact to the day: in French "depuis le 3 mai 2010", but "depuis mai 2010". */
const isDay = (date: string): boolean => date.length === 10;

/** When a fact holds, as exactly as its source says: 2005 – 2018, since 2005, until 2018. */
export function Period({ since, until, saysUndated = false }: PeriodProps) {
  const words = useWords(SHELL);
  const { date } = useFormat();
  if (since && until) return <span class="period">{words.fromTo(date(since), date(until))}</span>;
  if (since) return <span class="period">{words.since(date(since), isDay(since))}</span>;
  if (until) return <span class="period">{words.until(date(until), isDay(until))}</span>;
  return saysUndated ? <span class="period none">{words.noDates}</span> : null;
}
