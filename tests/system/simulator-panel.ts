/** The panel of a simulator: faults and, at the exchange, market and session. */
export class SimulatorPanel {
  readonly #origin: string;
  readonly #apiKey: string;

  constructor(port: number, apiKey: string) {
    this.#origin = `http://127.0.0.1:${port}`;
    this.#apiKey = apiKey;
  }

  /** Runs something under a fault, which is off again when it ends. */
  async during<Result>(fault: object, run: () => Promise<Result>): Promise<Result> {
    await this.fault(fault);
    try {
      return await run();
    } finally {
      await this.clearFaults();
    }
  }

  fault(fault: object): Promise<unknown> {
    return this.call('PUT', '/admin/faults', fault);
  }

  clearFaults(): Promise<unknown> {
    return this.call('DELETE', '/admin/faults');
  }

  /** Any request of the simulator's own API; fails unless it is answered 2xx. */
  async call<Body>(method: string, path: string, body?: object): Promise<Body> {
    const answer = await fetch(`${this.#origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answers ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Body;
  }
}
