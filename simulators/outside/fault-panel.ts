import type { Random } from './random.ts';

interface FaultSetting {
  readonly fault: string;
  readonly probability: number;
}

/** The faults that are on, at most one setting of each name. Whether one strikes is drawn from the seeded randomness. */
export class FaultPanel<Setting extends FaultSetting> {
  readonly #random: Random;
  readonly #onChange: () => void;
  readonly #active = new Map<string, Setting>();

  /** `onChange` runs after every change, so that what a fault held back goes on. */
  constructor(random: Random, onChange: () => void = () => {}) {
    this.#random = random;
    this.#onChange = onChange;
  }

  set(setting: Setting): void {
    this.#active.set(setting.fault, setting);
    this.#onChange();
  }

  clear(): void {
    this.#active.clear();
    this.#onChange();
  }

  list(): Setting[] {
    return [...this.#active.values()];
  }

  /** The setting when this fault strikes now, else undefined. A fault that is off draws nothing. */
  strike(fault: Setting['fault']): Setting | undefined {
    const setting = this.#active.get(fault);
    return setting !== undefined && this.#random() < setting.probability ? setting : undefined;
  }

  /** Whether it is on, whatever its probability. */
  isOn(fault: Setting['fault']): boolean {
    return this.#active.has(fault);
  }
}
