// What the API speaks. The generated types are the truth; records of all entities share one generic shape here,
// since every entity, custom fields included, is described by data.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Id = string;
export type Lang = "pl" | "en";
export type Text = Schemas["Text"];
export type Money = Schemas["Money"];
export type MaskedValue = Schemas["Masked"];
export type Named = Schemas["Named"];
export type Action = Schemas["Action"];
export type Scope = Schemas["Scope"];
export type Level = Schemas["Level"];
export type Access = Schemas["Access"];
export type Issue = Schemas["Issue"];
export type Colleague = Schemas["Colleague"];
export type User = Schemas["User"];
export type Team = Schemas["Team"];
export type Role = Schemas["Role"];
export type RoleInput = Schemas["RoleInput"];
export type EntityRights = Schemas["EntityRights"];
export type Session = Schemas["Session"];
export type TokenScope = Schemas["TokenScope"];
export type LedgerEvent = Schemas["LedgerEvent"];
export type RecordChange = Schemas["RecordChange"];
export type Total = Schemas["Total"];
export type Notice = Schemas["Notice"];
export type ImportReport = Schemas["ImportReport"];
export type ImportEntry = Schemas["Import"];
export type KeyStatus = Schemas["KeyStatus"];
export type EventProof = Schemas["EventProof"];

export type Value = string | number | boolean | string[] | Money | MaskedValue | null;
export type Fields = Record<string, Value>;

export interface Flags {
  personal: boolean;
  special: boolean;
  searchable: boolean;
  unique: boolean;
  sorts_as_name: boolean;
  required: boolean;
  read_only: boolean;
  trade: boolean;
  custom: boolean;
}

export interface Choice {
  code: string;
  label: Text;
  probability?: number;
  outcome?: "won" | "lost";
}

export type FieldKind =
  | "text"
  | "long_text"
  | "email"
  | "phone"
  | "url"
  | "nip"
  | "regon"
  | "krs"
  | "pesel"
  | "iban"
  | "postal_code"
  | "country"
  | "integer"
  | "decimal"
  | "money"
  | "date"
  | "date_time"
  | "bool"
  | "choice"
  | "choices"
  | "tags"
  | "reference"
  | "user";

export interface Field {
  name: string;
  label: Text;
  kind: FieldKind;
  flags: Flags;
  max?: number;
  min?: number;
  choices?: Choice[];
  /** Of a reference: the entity referred to. */
  entity?: string;
}

export interface Entity {
  name: string;
  plural: string;
  label: Text;
  label_plural: Text;
  fields: Field[];
  parents: string[];
  /** The field that names a record. */
  title: string;
}

export interface Ref {
  entity: string;
  title: string;
}
export type Refs = Record<Id, Ref>;

export interface NextActivity {
  id: Id;
  title?: string;
  kind: string;
  due: string | null;
  overdue: boolean;
}

export interface Row {
  id: Id;
  owner: Id;
  team: Id;
  parent?: Id;
  version: number;
  created_at: string;
  updated_at: string;
  fields: Fields;
  /** Absent if the caller may not see activities. */
  next_activity?: NextActivity | null;
}

export interface Page {
  items: Row[];
  next_cursor: string | null;
  count?: number;
  access: Access;
  refs?: Refs;
}

export interface RecordView {
  id: Id;
  entity: string;
  subject: Id;
  owner: Named;
  team: Named;
  parent: { entity: string; id: Id } | null;
  version: number;
  created_at: string;
  created_by: Named;
  updated_at: string;
  updated_by: Named;
  deleted_at: string | null;
  fields: Fields;
  access: Access;
  refs?: Refs;
}

export interface HistoryPage<T> {
  items: T[];
  next_before: number | null;
  /** What the values of changes refer to. */
  refs?: Refs;
}

export interface Items<T> {
  items: T[];
}

export type Thing = "users" | "teams" | "roles" | "fields" | "ledger" | "keys" | "sessions" | "system";
export type Verb = "read" | "manage";

export interface Me {
  user: User;
  session_ends_at: string;
  session_idle_s: number;
  policy_version: number;
  administrators: Named[];
  organisation: string;
  roles: { id: Id; name: string; label: string }[];
  team: Named;
  entities: Record<string, Partial<Record<Action, Scope>>>;
  things: Partial<Record<Thing, Verb>>;
}

export interface Preferences {
  lang?: Lang;
  theme?: "light" | "dark" | "auto";
  density?: "compact" | "default" | "comfortable";
  shortcuts?: boolean;
  columns?: Record<string, string[]>;
  idle_days?: number;
}

export type JobKind =
  | "bulk"
  | "bulk_undo"
  | "export"
  | "import"
  | "import_dry_run"
  | "import_undo"
  | "verify"
  | "rebuild";
export type JobState = "queued" | "running" | "done" | "failed" | "cancelled";

export interface BulkResult {
  changed: number;
  unchanged: number;
  refused: number;
  problems: { id: Id; title?: string; code: string; reason: string }[];
}

export interface VerifyResult {
  events: number;
  rows: number;
  findings: { code: string; text: string }[];
  checkpoint: { size: number; root: string };
}

export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  issues?: Issue[];
  missing?: { action?: Action; entity?: string; thing?: string };
  ask?: Named[];
  /** The record that has a unique value already; its title, if it may be read. */
  duplicate?: { entity: string; id: Id; title?: string };
}

export interface Job {
  id: Id;
  kind: JobKind;
  entity?: string;
  state: JobState;
  done: number;
  total: number | null;
  created_at: string;
  finished_at: string | null;
  result?: unknown;
  problem?: ProblemDocument;
  can_cancel: boolean;
  can_undo: boolean;
  undone: boolean;
  file?: { name: string; media_type: string; size: number; expires_at: string };
}

export interface ImportPreview {
  kind: "csv" | "xlsx" | "vcard";
  encoding?: string;
  delimiter?: string;
  sheets?: string[];
  columns: { heading: string; field: string | null; samples: string[] }[];
  rows: number | null;
}

export interface SearchGroup {
  entity: string;
  items: { id: Id; title: string; subtitle?: string; matched?: string }[];
  more: boolean;
}

export interface Duplicate {
  entity: string;
  id: Id;
  title: string;
  on: string[];
  certain: boolean;
  owner: Named;
}

export interface AccessReason {
  action: Action;
  rule: string;
  role: { id: Id; name: string; label: string };
  scope: Scope;
  via: "owner" | "team" | "below" | "all" | "parent";
  parent?: { entity: string; id: Id };
  label: string;
}

export interface WhoCanSee {
  items: {
    user: Named;
    team: Named;
    actions: Action[];
    fields: { hidden: string[]; masked: string[]; writable: string[] };
    reasons: AccessReason[];
  }[];
  next_after: Id | null;
  count: number;
}

export interface ViewAs {
  user: Named;
  entities: {
    entity: string;
    scopes: Partial<Record<Action, Scope>>;
    levels: Record<string, Level>;
    count: number | null;
  }[];
  things: Partial<Record<Thing, Verb>>;
}

export interface SavedView {
  id: Id;
  entity: string;
  name: string;
  query: string;
  shared: boolean;
  default: boolean;
  owner: Named;
  mine: boolean;
  version: number;
}

export interface SystemState {
  version: string;
  started_at: string;
  uptime_s: number;
  ready: boolean;
  organisation: string;
  engine: { kind: string; version: string };
  store: { bytes: number; free_bytes: number | null; reserve_ok: boolean; records: number; events: number };
  index: { bytes: number; applied: number; last_change: number; behind: number };
  ledger: { size: number; root: string; checkpoint_at: string | null };
  keys: KeyStatus;
  certificate: { subject: string; not_after: string; days_left: number; own: boolean } | null;
  clock: string;
  jobs: { running: number; queued: number };
  sessions: number;
  csp_reports: number;
  checks: { code: string; ok: boolean; level: "ok" | "warn" | "fail"; text: string }[];
}
