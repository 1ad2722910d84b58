import { accountId } from '@brokerage/domain/identifiers';
import { DEFAULT_CLIENT_LIMITS } from '@brokerage/domain/risk/client-limits';
import type { IssuedKeyRecord } from '../api-key-record.ts';
import { directoryKeys, STAFF_DIRECTORY } from '../registered-client.ts';
import type { StaffAction } from '../staff-action.ts';
import type { StaffMember } from '../staff-member.ts';
import type { KeptStaff, StaffStore } from '../staff-store.ts';
import { type MemoryRegistry, NOW_MS } from './memory-registry.ts';

export function aStaffMember(id: string): StaffMember {
  return {
    accountId: accountId(id),
    personalData: 'sealed {"name":"Root","cpf":null}',
    maskedName: 'R***',
    cpfIndex: null,
    role: 'ADMINISTRATOR',
    plan: 'PROFESSIONAL',
    state: 'ACTIVE',
    limits: DEFAULT_CLIENT_LIMITS,
    feeBand: 'UP_TO_3M',
    ...directoryKeys(STAFF_DIRECTORY, id, NOW_MS - 1),
  };
}

/** Staff in memory, their keys and actions in a registry's. */
export class MemoryStaff implements StaffStore {
  readonly members = new Map<string, StaffMember>();
  readonly #registry: MemoryRegistry;

  constructor(registry: MemoryRegistry, ...members: readonly StaffMember[]) {
    this.#registry = registry;
    for (const member of members) this.members.set(member.accountId, member);
  }

  async find(staffId: string): Promise<StaffMember | null> {
    return this.members.get(staffId) ?? null;
  }

  async all(): Promise<readonly StaffMember[]> {
    return [...this.members.values()].toReversed();
  }

  async add(member: StaffMember, action: StaffAction): Promise<KeptStaff> {
    return this.#keep(action, !this.members.has(member.accountId), () => this.members.set(member.accountId, member));
  }

  async suspend(
    staffId: string,
    keys: readonly IssuedKeyRecord[],
    atMs: number,
    action: StaffAction,
  ): Promise<KeptStaff> {
    const member = this.members.get(staffId);
    return this.#keep(action, member !== undefined, () => {
      if (member) this.members.set(staffId, { ...member, state: 'BLOCKED' });
      this.#registry.endKeys(keys, atMs);
    });
  }

  async addKey(
    key: IssuedKeyRecord,
    ending: readonly IssuedKeyRecord[],
    atMs: number,
    action: StaffAction,
  ): Promise<KeptStaff> {
    return this.#keep(action, this.members.get(key.accountId)?.state === 'ACTIVE', () => {
      this.#registry.keysByHash.set(key.keyHash, key);
      this.#registry.endKeys(ending, atMs);
    });
  }

  #keep(action: StaffAction, isAllowed: boolean, change: () => void): KeptStaff {
    const actor = this.members.get(action.actor);
    if (actor?.role !== 'ADMINISTRATOR' || actor.state !== 'ACTIVE') return 'FORBIDDEN';
    if (!isAllowed) return 'REFUSED';
    change();
    this.#registry.actions.push(action);
    return 'KEPT';
  }
}
