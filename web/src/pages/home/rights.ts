// Which blocks somebody's home has. It follows the rights that the server names, not names of roles.
import type { Action, Me, Scope } from "@/api/types";
import { mayAt, mayManage } from "@/lib/entities";

const WIDE: (Scope | undefined)[] = ["below", "all"];
const RECORDS = ["company", "person", "lead", "deal"];

export interface Blocks {
  /** Nothing may be read and nothing managed, nor was anything shared. */
  nothing: boolean;
  /** Whether there is nothing but what was shared. */
  onlyShared: boolean;
  /** Own activities, own deals, own changes. */
  activities: boolean;
  deals: boolean;
  recent: string[];
  pipeline: boolean;
  /** The forecast and the teams: for those who see beyond their own team. */
  overview: boolean;
  /** Leads and people by source: for those who look after them but not after deals. */
  marketing: boolean;
  ledger: boolean;
  /** Erasures concern whoever sees personal records or erases them. */
  erasures: boolean;
  /** Sign-ins concern whoever looks after the users, or has nothing but the ledger to look after. */
  signIns: boolean;
  system: boolean;
}

const reach = (me: Me, entity: string, action: Action = "read") => me.entities[entity]?.[action];

export function blocksOf(me: Me): Blocks {
  const ledger = mayManage(me, "ledger");
  const given = Object.keys(me.granted).length > 0;
  const none =
    !Object.keys(me.entities).some((entity) => mayAt(me, "read", entity)) &&
    !Object.values(me.things).some((thing) => thing === "read" || thing === "manage");
  const sees = RECORDS.some((entity) => mayAt(me, "read", entity));
  return {
    nothing: none && !given,
    onlyShared: none && given,
    activities: mayAt(me, "read", "activity") && mayAt(me, "create", "activity"),
    deals: mayAt(me, "read", "deal") && mayAt(me, "create", "deal"),
    recent: RECORDS.filter((entity) => mayAt(me, "read", entity) && mayAt(me, "create", entity)),
    pipeline: mayAt(me, "read", "deal"),
    overview: WIDE.includes(reach(me, "deal")),
    marketing: mayAt(me, "read", "lead") && !mayAt(me, "read", "deal"),
    ledger,
    erasures: ledger && sees,
    signIns: ledger && (!sees || me.things.users === "manage"),
    system: mayManage(me, "system"),
  };
}
