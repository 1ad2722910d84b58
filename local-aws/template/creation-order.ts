import { TemplateError } from './template.ts';

/**
 * Logical ids so that each comes after all it depends on, else in the template's order.
 * @throws TemplateError naming the whole cycle, when there is one
 */
export function creationOrder(dependencies: ReadonlyMap<string, Iterable<string>>): string[] {
  const order: string[] = [];
  const done = new Set<string>();
  const trail: string[] = [];

  const visit = (logicalId: string): void => {
    if (done.has(logicalId)) return;
    const start = trail.indexOf(logicalId);
    if (start >= 0) {
      const cycle = [...trail.slice(start), logicalId].join(' → ');
      throw new TemplateError('Resources', `circular dependency: ${cycle}`);
    }
    trail.push(logicalId);
    for (const dependency of dependencies.get(logicalId) ?? []) visit(dependency);
    trail.pop();
    done.add(logicalId);
    order.push(logicalId);
  };

  for (const logicalId of dependencies.keys()) visit(logicalId);
  return order;
}
