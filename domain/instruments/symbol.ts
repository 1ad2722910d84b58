/** B3's ticker: issuer of four characters (A1AP, B3SA), type of share, B on the organized over-the-counter market, and F for the fractional book. */
const SYMBOL = /^[A-Z][A-Z0-9]{3}\d{1,2}B?F?$/;
/** BR, issuer, type (ACN share, CDA unit, CTF fund …), title, and a check digit. */
const ISIN = /^BR[A-Z0-9]{4}[A-Z0-9]{5}\d$/;

export function isSymbol(text: string): boolean {
  return SYMBOL.test(text);
}

/** Whether a text is a Brazilian ISIN with the right check digit (ISO 6166: Luhn over letters as 10 to 35). */
export function isIsin(text: string): boolean {
  return ISIN.test(text) && luhnSum(text) % 10 === 0;
}

function luhnSum(isin: string): number {
  const digits = [...isin].map((character) => Number.parseInt(character, 36)).join('');
  return [...digits].reverse().reduce((sum, digit, index) => {
    const weighted = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return sum + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
}

export function isFractionalSymbol(symbol: string): boolean {
  return symbol.endsWith('F');
}

/** The symbol under which a position is shown: PETR4 for PETR4 and for PETR4F. */
export function mainSymbolOf(symbol: string): string {
  return isFractionalSymbol(symbol) ? symbol.slice(0, -1) : symbol;
}
