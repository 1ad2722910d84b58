export interface FuzzAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What an answer may never hold: where our code is, or what lets someone in. */
const NEVER_TOLD: readonly RegExp[] = [
  /\bat .+[(/][^\s]+:\d+:\d+\)?/,
  /node_modules|node:internal/,
  /local-key-/,
  /webhookSecret|secretAccessKey|AWS_SECRET/,
];

/** What is wrong with an answer to a malformed request; null when nothing is. */
export function faultOf({ status, headers, body }: FuzzAnswer): string | null {
  if (status >= 500) return `answered ${status}`;
  if (headers['x-injected'] !== undefined) return 'a header was injected';
  const told = NEVER_TOLD.find((pattern) => pattern.test(body));
  if (told) return `the answer matches ${told}`;
  if (body !== '' && !isJson(body)) return 'the answer is not JSON';
  return null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
