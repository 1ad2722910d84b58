import { type Function as FunctionNode, type Node, type ParseResult, parseSync, Visitor } from 'oxc-parser';

/** What the rules need to know of a file. Lines count from 1. */
export interface Source {
  readonly lineCount: number;
  readonly imports: readonly Located<string>[];
  /**
   * Calls, members and constructions by what they look like: `Date.now`, `setTimeout()`, `new Date()`, `it.only`,
   * `as any`. A name that is shadowed counts too: the rules would rather have it renamed.
   */
  readonly uses: readonly Located<string>[];
  readonly comments: readonly Located<string>[];
  readonly functions: readonly Located<number>[];
  /** Modules whose names are exported again. */
  readonly reExports: readonly Located<{ readonly from: string; readonly all: boolean }>[];
  readonly errors: readonly string[];
}

export interface Located<Value> {
  readonly value: Value;
  readonly line: number;
}

export function parseSource(path: string, text: string): Source {
  const parsed = parseSync(path, text);
  const lineAt = lineIndex(text);
  const { uses, functions, typeImports } = walk(parsed, lineAt);
  const reExports = readReExports(parsed, lineAt);
  const statics = parsed.module.staticImports.map(({ moduleRequest }) => ({
    value: moduleRequest.value,
    line: lineAt(moduleRequest.start),
  }));
  const dynamics = parsed.module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
    value: text.slice(start + 1, end - 1),
    line: lineAt(start),
  }));
  return {
    lineCount: lineAt(text.trimEnd().length),
    imports: [
      ...statics,
      ...dynamics,
      ...typeImports,
      ...reExports.map(({ value, line }) => ({ value: value.from, line })),
    ],
    uses,
    functions,
    reExports,
    comments: parsed.comments.map(({ value, start }) => ({ value, line: lineAt(start) })),
    errors: parsed.errors.map(({ message }) => message),
  };
}

function readReExports({ module }: ParseResult, lineAt: (offset: number) => number): Source['reExports'] {
  return module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, importName, start }) =>
      moduleRequest === null
        ? []
        : [{ value: { from: moduleRequest.value, all: importName.kind !== 'Name' }, line: lineAt(start) }],
    ),
  );
}

function walk({ program }: ParseResult, lineAt: (offset: number) => number) {
  const uses: Located<string>[] = [];
  const functions: Located<number>[] = [];
  const typeImports: Located<string>[] = [];
  const use = (value: string, node: Node) => uses.push({ value, line: lineAt(node.start) });
  const measure = (node: FunctionNode | Node) => {
    const line = lineAt(node.start);
    functions.push({ value: lineAt(node.end) - line + 1, line });
  };
  new Visitor({
    MemberExpression(node) {
      if (!node.computed && node.object.type === 'Identifier' && node.property.type === 'Identifier')
        use(`${node.object.name}.${node.property.name}`, node);
    },
    CallExpression(node) {
      if (node.callee.type === 'Identifier') use(`${node.callee.name}()`, node);
    },
    NewExpression(node) {
      if (node.callee.type === 'Identifier' && node.arguments.length === 0) use(`new ${node.callee.name}()`, node);
    },
    TSAsExpression(node) {
      if (node.typeAnnotation.type === 'TSAnyKeyword') use('as any', node);
    },
    TSImportType(node) {
      typeImports.push({ value: node.source.value, line: lineAt(node.start) });
    },
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  }).visit(program);
  return { uses, functions, typeImports };
}

/** Turns offsets into lines by halving, since a file is asked about hundreds of times. */
function lineIndex(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
