export type Matcher = (text: string) => boolean;

/** IAM's wildcards: `*` stands for any characters, `?` for one. Source: IAM user guide, "IAM JSON policy elements: Resource". */
export function patternMatcher(pattern: string): Matcher {
  if (pattern === '*') return () => true;
  if (!/[*?]/.test(pattern)) return (text) => text === pattern;
  const prefix = pattern.slice(0, -1);
  if (pattern.endsWith('*') && !/[*?]/.test(prefix)) return (text) => text.startsWith(prefix);
  const expression = expressionOf(pattern);
  return (text) => expression.test(text);
}

/** Actions are matched without regard to case. */
export function actionMatcher(patterns: readonly string[]): Matcher {
  const matchers = patterns.map((pattern) => patternMatcher(pattern.toLowerCase()));
  return (action) => {
    const lower = action.toLowerCase();
    return matchers.some((matches) => matches(lower));
  };
}

/** ArnLike and ArnEquals, which are the same: each of the six parts is matched for itself, and only the last may hold colons. */
export function arnMatcher(pattern: string): Matcher {
  const matchers = arnParts(pattern).map(patternMatcher);
  return (arn) => {
    const parts = arnParts(arn);
    return parts.length === matchers.length && parts.every((part, index) => matchers[index]?.(part));
  };
}

function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function expressionOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}
