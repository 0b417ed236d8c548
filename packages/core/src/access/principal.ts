import { principalTypes } from './names'

/** Somebody that rules can be about: a user, an application, a role or a scope. */
export class Principal {
  static readonly USER = principalTypes.USER
  static readonly APP = principalTypes.APP
  static readonly APPLICATION = principalTypes.APPLICATION
  static readonly ROLE = principalTypes.ROLE
  static readonly SCOPE = principalTypes.SCOPE

  /**
   * @param type `USER`, `APP`, `ROLE`, `SCOPE`, or the name of a user model
   * @param id id of the user or application, name or id of the role or scope
   * @param name shown in explanations
   */
  constructor(
    readonly type: string,
    readonly id: unknown,
    readonly name?: string,
  ) {}

  /** Whether both are the same somebody; ids are compared as texts. */
  equals(other: unknown): boolean {
    return other instanceof Principal && this.type === other.type && String(this.id) === String(other.id)
  }
}
