import { AwsError } from '../../../kernel/aws-error.ts';

/** A resource of the API with its methods. */
export interface Route<M> {
  readonly resourceId: string;
  /** `/orders/{id}`. */
  readonly resourcePath: string;
  readonly methods: ReadonlyMap<string, M>;
}

interface RouteMatch<M> {
  readonly route: Route<M>;
  /** Decoded values of the path's variables; null when it has none. */
  readonly pathParameters: Readonly<Record<string, string>> | null;
}

interface Node<M> {
  readonly fixed: Map<string, Node<M>>;
  variable: { readonly name: string; readonly node: Node<M> } | undefined;
  greedy: { readonly name: string; readonly route: Route<M> } | undefined;
  route: Route<M> | undefined;
}

/**
 * Finds the resource of a path: a fixed part goes before `{variable}`, that before `{greedy+}`. A resource that is
 * found but lacks the method is not looked for further: AWS answers 403, and no `{proxy+}` above takes it over.
 */
export class RouteTrie<M> {
  readonly #root: Node<M> = newNode();

  add(route: Route<M>): void {
    const parts = partsOf(route.resourcePath);
    let node = this.#root;
    for (const part of parts) {
      const greedyName = /^\{(.+)\+\}$/.exec(part)?.[1];
      if (greedyName !== undefined) {
        node.greedy = { name: greedyName, route };
        return;
      }
      node = childOf(node, part);
    }
    node.route = route;
  }

  /** `path` as on the wire, percent-encoded; a slash at the end is ignored, as on AWS. */
  match(path: string): RouteMatch<M> | undefined {
    const parts = partsOf(path).map(decodePart);
    const values: [string, string][] = [];
    const route = find(this.#root, parts, 0, values);
    if (!route) return undefined;
    if (values.length === 0) return { route, pathParameters: null };
    const pathParameters: Record<string, string> = Object.create(null);
    for (const [name, value] of values) pathParameters[name] = value;
    return { route, pathParameters };
  }
}

function find<M>(
  node: Node<M>,
  parts: readonly string[],
  at: number,
  values: [string, string][],
): Route<M> | undefined {
  if (at === parts.length) return node.route;
  const part = parts[at] as string;
  const fixed = node.fixed.get(part);
  const byFixed = fixed && find(fixed, parts, at + 1, values);
  if (byFixed) return byFixed;
  if (node.variable && part !== '') {
    values.push([node.variable.name, part]);
    const byVariable = find(node.variable.node, parts, at + 1, values);
    if (byVariable) return byVariable;
    values.pop();
  }
  if (!node.greedy) return undefined;
  values.push([node.greedy.name, parts.slice(at).join('/')]);
  return node.greedy.route;
}

function childOf<M>(node: Node<M>, part: string): Node<M> {
  const name = /^\{(.+)\}$/.exec(part)?.[1];
  if (name === undefined) {
    const existing = node.fixed.get(part) ?? newNode<M>();
    node.fixed.set(part, existing);
    return existing;
  }
  if (node.variable && node.variable.name !== name) {
    const message = `A sibling ({${node.variable.name}}) of this resource already has a variable path part -- only one is allowed`;
    throw new AwsError('BadRequestException', message);
  }
  node.variable ??= { name, node: newNode() };
  return node.variable.node;
}

function partsOf(path: string): string[] {
  const end = path.length > 1 && path.endsWith('/') ? path.length - 1 : path.length;
  return end <= 1 ? [] : path.slice(1, end).split('/');
}

function decodePart(part: string): string {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    // Not percent-encoding after all: the part means what it says.
    return part;
  }
}

function newNode<M>(): Node<M> {
  return { fixed: new Map(), variable: undefined, greedy: undefined, route: undefined };
}
