import type { Kernel } from '../../../kernel/kernel.ts';
import type { DeployedStage } from '../deployed-stage.ts';
import { logAccess } from './access-log.ts';
import type { ClientEvents, ClientSocket } from './client-socket.ts';
import { Connection } from './connection.ts';
import type { ConnectionFacts } from './connection-facts.ts';
import { ConnectionStore, type KeptConnection } from './connection-store.ts';
import { Departures } from './departures.ts';
import { disconnectEvent, openRequest } from './events.ts';
import { integrate } from './integrate.ts';
import { receiveMessage } from './receive-message.ts';

/** The connections of all stages, from the handshake that was admitted to the `$disconnect` that ran. */
export class Connections {
  readonly #kernel: Kernel;
  readonly #store: ConnectionStore;
  readonly #departures: Departures;
  readonly #open = new Map<string, Connection>();
  #isHungUp = false;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#store = new ConnectionStore(kernel.store);
    this.#departures = new Departures(kernel);
  }

  find(id: string): Connection | undefined {
    return this.#open.get(id);
  }

  /** `$connect` let it in: from now on it is owed a `$disconnect`. False when the stack is stopping. */
  admit(facts: ConnectionFacts): boolean {
    if (!this.#isHungUp) this.#store.insert(facts);
    return !this.#isHungUp;
  }

  /** The client's socket is open. */
  open(facts: ConnectionFacts, socket: ClientSocket): ClientEvents {
    const timeUp = (): void => this.close(connection, 1001, 'Going away');
    const connection = new Connection(this.#kernel, facts, socket, this.#departures, timeUp);
    this.#open.set(facts.id, connection);
    return {
      message: (data, isBinary) => {
        // What a client still sends once the connection is closing is for nobody.
        if (!this.#open.has(facts.id)) return;
        // API Gateway takes no binary frames. Source: websocket-api-develop-binary-media-types.html.
        if (isBinary) this.close(connection, 1003, '');
        else this.#during(receiveMessage(this.#kernel, connection, data.toString('utf8')));
      },
      ping: (data) => connection.pinged(data),
      closed: (code, reason) => this.#end(facts, code, reason),
    };
  }

  /** Closes from the gateway's side; the client need not answer. */
  close(connection: Connection, code: number, reason: string): void {
    connection.close(code, reason);
    this.#end(connection.facts, code, reason);
  }

  /** The client was gone before its socket opened. */
  abandon(facts: ConnectionFacts): void {
    this.#during(this.#disconnect(facts, 1006, ''));
  }

  /** The connections of an earlier process are gone, and nobody told the functions. */
  disconnectEarlier(stages: ReadonlyMap<string, DeployedStage>): void {
    const kept = this.#store.all();
    const disconnectAll = async (): Promise<void> => {
      // Every other service has to have started too.
      await Promise.resolve();
      for (const one of kept) await this.#disconnectKept(one, stages.get(one.stageName));
    };
    this.#during(disconnectAll());
  }

  /** Forgets all that are open: the process stops, and the next one runs their `$disconnect`. */
  hangUp(): void {
    this.#isHungUp = true;
    for (const connection of this.#open.values()) connection.ended();
    this.#open.clear();
  }

  #end(facts: ConnectionFacts, code: number, reason: string): void {
    const connection = this.#open.get(facts.id);
    if (!connection) return;
    this.#open.delete(facts.id);
    connection.ended();
    this.#during(this.#disconnect(facts, code, reason));
  }

  async #disconnectKept(
    { apiId, stageName: _, ...facts }: KeptConnection,
    stage: DeployedStage | undefined,
  ): Promise<void> {
    // The template no longer has the API: there is no function to tell.
    if (stage?.apiId !== apiId) this.#store.delete(facts.id);
    else await this.#disconnect({ ...facts, stage }, 1006, '');
  }

  /** Best effort, as on AWS: a function that fails is not asked again. One that did not get to answer is, after a restart. */
  async #disconnect(facts: ConnectionFacts, code: number, reason: string): Promise<void> {
    const route = facts.stage.routes.get('$disconnect');
    const request = openRequest(this.#kernel, facts);
    const integrated = route && (await integrate(this.#kernel, route, disconnectEvent(request, code, reason)));
    const status = integrated?.status ?? 200;
    logAccess(this.#kernel, { ...request, routeKey: route?.key, eventType: 'DISCONNECT', status });
    if (!this.#isHungUp) this.#store.delete(facts.id);
  }

  #during(work: Promise<void>): void {
    work.catch((error: unknown) => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#kernel.log({
        timeMs: this.#kernel.clock.nowMs(),
        source: 'local-aws/apigatewayv2',
        level: 'error',
        message,
      });
    });
  }
}
