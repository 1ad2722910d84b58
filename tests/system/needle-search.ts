/** Something that must lie nowhere in clear: `what` may be shown, `text` may not. */
export interface Needle {
  readonly what: string;
  readonly text: string;
}

export interface Place {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Shorter ones are found in random bytes by chance. */
const MIN_ENCODED_LENGTH = 8;

/** How a text may be written: as it is, in either case, escaped for JSON or a URL, in hex, and in base 64 wherever in a longer text it stands. */
export function formsOf(text: string): ReadonlyMap<string, string> {
  const hex = Buffer.from(text).toString('hex');
  const encoded: [string, string][] = [
    ['lower case', text.toLowerCase()],
    ['upper case', text.toUpperCase()],
    ['URL', encodeURIComponent(text)],
    ['form', encodeURIComponent(text).replaceAll('%20', '+')],
    [
      'JSON in ASCII',
      text.replaceAll(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ],
    ['hex', hex],
    ['HEX', hex.toUpperCase()],
    ...[0, 1, 2].flatMap((bytesBefore): [string, string][] => {
      const core = base64Core(text, bytesBefore);
      return [
        [`base 64 at ${bytesBefore}`, core],
        [`base 64 of URLs at ${bytesBefore}`, core.replaceAll('+', '-').replaceAll('/', '_')],
      ];
    }),
  ];
  const forms = new Map([['plain', text]]);
  for (const [name, form] of encoded) {
    if (form.length >= MIN_ENCODED_LENGTH && ![...forms.values()].includes(form)) forms.set(name, form);
  }
  return forms;
}

/** The characters that do not depend on what stands before and after. */
function base64Core(text: string, bytesBefore: number): string {
  const bytes = Buffer.concat([Buffer.alloc(bytesBefore), Buffer.from(text)]);
  const firstOwn = Math.ceil((bytesBefore * 8) / 6);
  return bytes.toString('base64').slice(firstOwn, Math.floor((bytes.length * 8) / 6));
}

/** What was found where, in words that do not repeat it. */
export function findings(places: readonly Place[], needles: readonly Needle[]): string[] {
  return needles.flatMap(({ what, text }) =>
    [...formsOf(text)].flatMap(([form, written]) =>
      places.filter(({ bytes }) => bytes.includes(written)).map(({ name }) => `${what} (${form}) in ${name}`),
    ),
  );
}
