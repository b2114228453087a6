// What the API speaks. The generated types are the truth; records of all entities share one generic shape here,
// since every entity, custom fields included, is described by data.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Id = Schemas["Id"];
export type Text = Schemas["Text"];
export type Lang = keyof Text;
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
export type UserView = Schemas["UserView"];
export type EmailState = Schemas["EmailState"];
export type Team = Schemas["Team"];
export type Role = Schemas["Role"];
export type RoleInput = Schemas["RoleInput"];
export type EntityRights = Schemas["EntityRights"];
export type Session = Schemas["Session"];
export type ServiceAccount = Schemas["ServiceAccount"];
export type TokenScope = Schemas["TokenScope"];
export type LedgerEvent = Schemas["LedgerEvent"];
export type RecordChange = Schemas["RecordChange"];
export type Total = Schemas["Total"];
export type Notice = Schemas["Notice"];
export type KeyStatus = Schemas["KeyStatus"];
export type Me = Schemas["Me"];
export type Preferences = Schemas["Preferences"];
export type SavedView = Schemas["View"];
export type SystemState = Schemas["System"];
export type SearchGroup = Schemas["SearchGroup"];
export type Duplicate = Schemas["Duplicate"];
export type WhoCanSee = Schemas["RecordAccessPage"];
export type Grant = Schemas["Grant"];
export type Disclosure = Schemas["Disclosure"];
export type Agreement = Schemas["Agreement"];
export type AgreementInput = Schemas["AgreementInput"];
export type PartnerUpdate = Schemas["PartnerUpdate"];
export type Partner = Schemas["Partner"];
export type Registration = Schemas["Registration"];
export type RegistrationCreate = Schemas["RegistrationCreate"];
export type RegistrationMade = Schemas["RegistrationMade"];
export type RegistrationPage = Schemas["RegistrationPage"];
export type GrantCreate = Schemas["GrantCreate"];
export type GrantRenewal = Schemas["GrantRenewal"];
/** A grant that the user gave or was given, wherever the record is. */
export type OwnGrant = Schemas["OwnGrant"];
export type GrantableRole = Schemas["GrantableRole"];
export type GrantableRoles = Schemas["GrantableRoles"];
export type GrantPage = Schemas["GrantPage"];
export type Cover = Schemas["Cover"];
export type CoverCreate = Schemas["CoverCreate"];
export type AccessAsk = Schemas["AccessAsk"];
export type AccessApproval = Schemas["AccessApproval"];
export type AccessRequest = Schemas["AccessRequest"];
export type AccessReason = Schemas["AccessReason"];
export type ViewAs = Schemas["UserReach"];
export type ImportEntry = Schemas["Import"];
export type ImportPreview = Schemas["ImportPreview"];
export type ImportReport = Schemas["ImportReport"];
export type Job = Schemas["Job"];
export type DeadJob = Schemas["DeadJob"];
export type JobKind = Job["kind"];
export type OwnedRecords = Schemas["OwnedRecords"];
export type BulkResult = Schemas["BulkResult"];
export type VerifyResult = Schemas["Verification"];
/** What forms, tables and filters are made from; the rest is for other programs. */
export type Entity = Omit<Schemas["EntityDescriptor"], "code" | "schema" | "subject">;
export type Field = Schemas["FieldDescriptor"];
export type FieldKind = Field["kind"];
export type Flags = Field["flags"];
export type Choice = Schemas["FieldChoice"];
export type Refs = Schemas["Refs"];
export type NextActivity = Schemas["NextActivity"];

export type Thing = "users" | "teams" | "roles" | "fields" | "ledger" | "keys" | "sessions" | "system";
export type Verb = Schemas["Things"][string];

export type Account = Schemas["Account"];
export type Providers = Schemas["Providers"];
export type SignOnBegun = Schemas["SignOnBegun"];
export type SignOnSettings = Schemas["SignOnSettings"];
export type ProviderSettings = Schemas["ProviderSettings"];
export type SignedIn = Schemas["SignedIn"];
export type FactorKind = Schemas["FactorKind"];
export type FactorNeed = Schemas["FactorNeed"];
export type Factor = Schemas["Factor"];
export type UserFactors = Schemas["UserFactors"];
export type SignInWays = Schemas["SignInWays"];
export type FactorReset = Schemas["FactorReset"];
export type Place = Schemas["Place"];
export type SessionRule = Schemas["SessionRule"];
export type WorkingHours = Schemas["WorkingHours"];
export type HoursSpan = WorkingHours["spans"][number];
export type ManyAct = Schemas["ManyAct"];
export type ActPreview = Schemas["ActPreview"];
export type Approval = Schemas["Approval"];
export type ApprovalDetail = Schemas["ApprovalDetail"];
export type ApprovalRules = Schemas["ApprovalRules"];
export type ApprovalRulesRead = Schemas["ApprovalRulesRead"];
export type SessionRules = Schemas["SessionRules"];
export type Finding = Schemas["Finding"];
export type FindingPage = Schemas["FindingPage"];
export type AccessReview = Schemas["AccessReview"];
export type AccessReviewItem = Schemas["AccessReviewItem"];
export type AccessReviewItems = Schemas["AccessReviewItems"];
export type AccessReviewReport = Schemas["AccessReviewReport"];
export type AccessReviewReportItem = Schemas["AccessReviewReportItem"];
export type RoleConflicts = Schemas["RoleConflicts"];
export type RoleConflictsRead = Schemas["RoleConflictsRead"];
export type SessionRulesRead = Schemas["SessionRulesRead"];
export type Requirement = Schemas["FactorRequirement"];
export type RequirementRead = Schemas["FactorRequirementRead"];
/** What is awaited after a password, or to confirm to be there. */
export type FactorAwaited = Schemas["FactorAwaited"];
export type TotpBegun = Schemas["TotpBegun"];
export type Proof = Schemas["Proof"];

/** Some kinds of problems are made here: those of the network. */
export type ProblemDocument = Omit<Schemas["Problem"], "type"> & { type: string };

export type Value = string | number | boolean | string[] | Money | MaskedValue | null;
export type Fields = Record<string, Value>;

export type Row = Schemas["RowHead"] & {
  fields: Fields;
  /** Absent if the caller may not see activities. */
  next_activity?: NextActivity | null;
};

export interface Page {
  items: Row[];
  next_cursor: string | null;
  count?: number;
  access: Access;
  refs?: Refs;
}

export type RecordView = Schemas["RecordHead"] & { entity: string; fields: Fields };

export interface HistoryPage<T> {
  items: T[];
  next_before: number | null;
  /** What the values of changes refer to. */
  refs?: Refs;
}

export interface Items<T> {
  items: T[];
}
