const DAY_MS = 86_400_000;
/** São Paulo is UTC-3 the whole year: no daylight saving since 2019. */
const SAO_PAULO_OFFSET_MS = -3 * 3_600_000;

/** Days without a session that fall on the same date every year: B3's calendar (municipal holidays trade since 2022). */
const FIXED_HOLIDAYS = [
  '01-01',
  '04-21',
  '05-01',
  '09-07',
  '10-12',
  '11-02',
  '11-15',
  '11-20',
  '12-24',
  '12-25',
  '12-31',
];
/** Carnival Monday and Tuesday, Good Friday, Corpus Christi, in days from Easter. */
const EASTER_OFFSETS = [-48, -47, -2, 60];

/** The date on São Paulo's wall clock, `YYYY-MM-DD`. */
export function saoPauloDate(atMs: number): string {
  return new Date(atMs + SAO_PAULO_OFFSET_MS).toISOString().slice(0, 10);
}

/** The instant at which São Paulo's clock shows this date and `HH:MM`. */
export function saoPauloInstant(date: string, time: string): number {
  return Date.parse(`${date}T${time}:00Z`) - SAO_PAULO_OFFSET_MS;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

export function isTradingDay(date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !isHoliday(date);
}

function isHoliday(date: string): boolean {
  if (FIXED_HOLIDAYS.includes(date.slice(5))) return true;
  const easter = easterSunday(Number(date.slice(0, 4)));
  return EASTER_OFFSETS.some((offset) => addDays(easter, offset) === date);
}

/** Gauss's rule as given by Meeus, Jones and Butcher. */
function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const dayOfYear = h + l - 7 * m + 114;
  const month = String(Math.floor(dayOfYear / 31)).padStart(2, '0');
  return `${year}-${month}-${String((dayOfYear % 31) + 1).padStart(2, '0')}`;
}
