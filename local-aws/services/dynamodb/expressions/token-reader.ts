import type { AwsError } from '../../../kernel/aws-error.ts';
import { validation } from '../validation.ts';
import type { DocumentPath } from './document-path.ts';
import { isReserved } from './reserved-words.ts';

export type ExpressionKind =
  | 'ConditionExpression'
  | 'FilterExpression'
  | 'KeyConditionExpression'
  | 'ProjectionExpression'
  | 'UpdateExpression';

interface Token {
  readonly kind: 'word' | 'name' | 'value' | 'integer' | 'symbol' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html (expression parameters). */
const MAX_EXPRESSION_BYTES = 4096;
const TOKEN = /\s*(?:(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|([A-Za-z][A-Za-z0-9_]*)|(\d+)|("[^"]*"|<>|<=|>=|\S))/y;

/** Walks over an expression's tokens and notes which placeholders it uses. */
export class TokenReader {
  readonly kind: ExpressionKind;
  readonly names = new Set<string>();
  readonly values = new Set<string>();
  readonly #source: string;
  readonly #tokens: Token[];
  #position = 0;

  constructor(kind: ExpressionKind, source: string) {
    this.kind = kind;
    this.#source = source;
    if (source === '') throw this.error('The expression can not be empty;');
    if (Buffer.byteLength(source) > MAX_EXPRESSION_BYTES) {
      throw this.error(
        `Expression size has exceeded the maximum allowed size; expression size: ${Buffer.byteLength(source)}`,
      );
    }
    this.#tokens = this.#tokenize();
  }

  error(detail: string): AwsError {
    return validation(`Invalid ${this.kind}: ${detail}`);
  }

  syntaxError(): AwsError {
    const token = this.#current();
    const before = this.#tokens[this.#position - 1];
    const after = this.#tokens[this.#position + 1] ?? token;
    const near = this.#source.slice(before?.start ?? (token.kind === 'end' ? 0 : token.start), after.end);
    return this.error(`Syntax error; token: "${token.text}", near: "${near}"`);
  }

  #syntaxErrorAfter(): AwsError {
    this.#position += 1;
    return this.syntaxError();
  }

  isSymbol(symbol: string): boolean {
    const token = this.#current();
    return token.kind === 'symbol' && token.text === symbol;
  }

  takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.#position += 1;
    return true;
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.syntaxError();
  }

  /** Keywords are recognised in any case. */
  isKeyword(keyword: string): boolean {
    const token = this.#current();
    return token.kind === 'word' && token.text.toUpperCase() === keyword;
  }

  takeKeyword(keyword: string): boolean {
    if (!this.isKeyword(keyword)) return false;
    this.#position += 1;
    return true;
  }

  /** The name of the function whose call stands here. */
  takeFunctionName(): string | undefined {
    const token = this.#current();
    const next = this.#tokens[this.#position + 1];
    if (token.kind !== 'word' || next?.text !== '(') return undefined;
    this.#position += 2;
    return token.text;
  }

  takeComparator(): string | undefined {
    const token = this.#current();
    if (token.kind !== 'symbol' || !COMPARATORS.has(token.text)) return undefined;
    this.#position += 1;
    return token.text;
  }

  takeValue(): string | undefined {
    const token = this.#current();
    if (token.kind !== 'value') return undefined;
    this.#position += 1;
    this.values.add(token.text);
    return token.text;
  }

  /** For a grammar that needs to look further ahead than one token. */
  mark(): number {
    return this.#position;
  }

  returnTo(mark: number): void {
    this.#position = mark;
  }

  atEnd(): boolean {
    return this.#current().kind === 'end';
  }

  expectEnd(): void {
    if (!this.atEnd()) throw this.syntaxError();
  }

  /** `name.#placeholder[0].name`. */
  path(): DocumentPath {
    const elements: (string | number)[] = [this.#pathName()];
    for (;;) {
      if (this.takeSymbol('.')) elements.push(this.#pathName());
      else if (this.takeSymbol('[')) {
        const token = this.#current();
        if (token.kind !== 'integer') throw this.syntaxError();
        this.#position += 1;
        elements.push(Number(token.text));
        this.expectSymbol(']');
      } else return elements;
    }
  }

  #pathName(): string {
    const token = this.#current();
    if (token.kind === 'name') this.names.add(token.text);
    else if (token.kind !== 'word') throw this.syntaxError();
    else if (isReserved(token.text)) {
      if (this.#tokens[this.#position + 1]?.text === '(') throw this.#syntaxErrorAfter();
      if (STRUCTURE_WORDS.has(token.text.toUpperCase())) throw this.syntaxError();
      throw this.error(`Attribute name is a reserved keyword; reserved keyword: ${token.text}`);
    }
    this.#position += 1;
    return token.text;
  }

  #current(): Token {
    return this.#tokens[this.#position] as Token;
  }

  #tokenize(): Token[] {
    const source = this.#source;
    const tokens: Token[] = [];
    TOKEN.lastIndex = 0;
    for (let match = TOKEN.exec(source); match; match = TOKEN.exec(source)) {
      const [, name, value, word, integer, symbol] = match;
      const text = name ?? value ?? word ?? integer ?? symbol ?? '';
      const kind = name ? 'name' : value ? 'value' : word ? 'word' : integer ? 'integer' : 'symbol';
      tokens.push({ kind, text, start: TOKEN.lastIndex - text.length, end: TOKEN.lastIndex });
    }
    tokens.push({ kind: 'end', text: '<EOF>', start: source.length, end: source.length });
    return tokens;
  }
}

const COMPARATORS = new Set(['=', '<>', '<', '<=', '>', '>=']);
/** Words of the expression grammar itself: in the place of a name they are a syntax error, not a reserved name. */
const STRUCTURE_WORDS = new Set(['AND', 'OR', 'NOT', 'BETWEEN', 'IN', 'SET', 'ADD', 'DELETE', 'REMOVE']);
