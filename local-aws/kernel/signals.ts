/** "Something arrived at this ARN": how a queue or stream wakes those that poll it, without either knowing the other. */
export class Signals {
  readonly #watchers = new Map<string, (() => void)[]>();

  watch(arn: string, wake: () => void): void {
    const watchers = this.#watchers.get(arn);
    if (watchers) watchers.push(wake);
    else this.#watchers.set(arn, [wake]);
  }

  raise(arn: string): void {
    for (const wake of this.#watchers.get(arn) ?? []) wake();
  }
}
