// What the detail of an event says, in words: whom it is about, why something was refused, what was changed.
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { colleaguesQuery, partnersQuery, rolesQuery, teamsQuery } from "@/api/queries";
import type { Entity, LedgerEvent, Role, Text } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, mayManage, useMe } from "@/lib/entities";
import { dateTime } from "@/lib/format";

type Detail = Record<string, unknown>;

/** Names by id; the id itself where there is none to be seen. */
export interface EventNames {
  user: (id: string) => string;
  team: (id: string) => string;
  partner: (id: string) => string;
  /** By id, or by the name it is kept under. */
  role: (id: string) => string;
}

interface Saying {
  event: LedgerEvent;
  detail: Detail;
  entity: Entity | undefined;
  names: EventNames;
  t: TFunction<"events">;
  /** Words of a code, or the code if it is newer than this interface. */
  coded: (key: string, code: string) => string;
}

const detailOf = ({ detail }: LedgerEvent): Detail => (detail ?? {}) as Detail;

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((v) => typeof v === "string") : [];

/** What was and what is, as lists of ids. */
const pairOf = (value: unknown): [string[], string[]] | null =>
  Array.isArray(value) && value.length === 2 && value.every(Array.isArray)
    ? [strings(value[0]), strings(value[1])]
    : null;

const inOrder = <T extends { id: string }>(list: T[] | undefined, name: (one: T) => string) => {
  const names = new Map(list?.map((one) => [one.id, name(one)]));
  return (id: string) => names.get(id) || id;
};

/** What roles are called which everybody may give, for those who may not look at the roles. */
const MADE_TO_SHARE = ["viewer", "contributor"] as const;

function roleNames(roles: Role[] | undefined, t: TFunction<"events">): (role: string) => string {
  const label = ({ label }: Role) => inWords(label);
  const names = new Map<string, string>(MADE_TO_SHARE.map((name) => [name, t(`record:share.${name}`)]));
  for (const role of roles ?? []) names.set(role.id, label(role)).set(role.name, label(role));
  return (role) => names.get(role) || role;
}

const speaksOf = (detail: Detail, ...keys: string[]) => keys.some((key) => detail[key] != null);

/** Only what the event speaks of is asked for, and only what the reader may see. */
function useEventNames(detail: Detail): EventNames {
  const me = useMe();
  const enabled = (...keys: string[]) => speaksOf(detail, ...keys);
  const { t } = useTranslation("events");
  const users = useQuery({
    ...colleaguesQuery,
    enabled: enabled("user", "name", "owner", "owners", "to", "begun"),
  });
  const teams = useQuery({ ...teamsQuery, enabled: enabled("team", "teams", "parent", "to") });
  const partners = useQuery({ ...partnersQuery, enabled: speaksOf((detail.to ?? {}) as Detail, "partner") });
  const unnamed = (enabled("roles") && !enabled("labels")) || enabled("to");
  const roles = useQuery({ ...rolesQuery, enabled: unnamed && mayManage(me, "roles") });
  return {
    user: inOrder(users.data, ({ name }) => name),
    team: inOrder(teams.data, ({ name }) => name),
    partner: inOrder(partners.data, ({ name }) => name),
    role: roleNames(roles.data, t),
  };
}

/** What an event says beside its act, sentence by sentence. */
export function useEventWords(event: LedgerEvent, entity: Entity | undefined): string[] {
  const { t, i18n } = useTranslation("events");
  const names = useEventNames(detailOf(event));
  return eventWords(event, entity, names, t, (key) => i18n.exists(key));
}

export function eventWords(
  event: LedgerEvent,
  entity: Entity | undefined,
  names: EventNames,
  t: TFunction<"events">,
  exists: (key: string) => boolean,
): string[] {
  const coded = (key: string, code: string) => (exists(key) ? t(key as never) : code);
  const saying: Saying = { event, detail: detailOf(event), entity, names, t, coded };
  return [whom, shared, handedOver, changes, tried, parts, why, from].flatMap((say) => say(saying));
}

const SIGN_IN = ["login.refused", "login.locked"];
/** Refusals of somebody who said no name. */
const NAMELESS = ["nothing-begun", "wrong-passkey"];

const isUnknown = ({ name }: Detail) => typeof name === "object" && name !== null && "mac" in name;

function whom({ event, detail, names, t }: Saying): string[] {
  const { name, user, reason } = detail;
  if (SIGN_IN.includes(event.act)) {
    if (isUnknown(detail)) return NAMELESS.includes(String(reason)) ? [] : [t("unknownName")];
    const { user: id } = (name ?? {}) as Detail;
    return typeof id === "string" ? [t("account", { name: names.user(id) })] : [];
  }
  if (typeof user !== "string") return [];
  const named = names.user(user);
  if (event.act === "user.update" || event.act === "service_account.update") {
    const active = strings(detail.fields).includes("active") ? detail.active : null;
    if (active === false) return [t("suspended", { name: named })];
    if (active === true) return [t("reactivated", { name: named })];
  }
  // What people do to themselves needs no name twice.
  return user === event.user?.id ? [] : [t("user", { name: named })];
}

/** Of a record that was shared, and of the end of that: with whom, as what, and from when until when. */
function shared({ event, detail, names, t }: Saying): string[] {
  if (!event.act.startsWith("grant.")) return [];
  const { role, from: begins, until } = detail;
  const { user, team, partner } = (detail.to ?? {}) as Detail;
  const words: string[] = [];
  if (typeof user === "string") words.push(t("sharedWith", { name: names.user(user) }));
  if (typeof team === "string") words.push(t("sharedWithTeam", { name: names.team(team) }));
  if (typeof partner === "string") words.push(t("sharedWithPartner", { name: names.partner(partner) }));
  // Who had given it, where somebody else ended or renewed it.
  const by = detail.by ?? detail.by_before;
  if (typeof by === "string" && by !== event.user?.id) words.push(t("sharedBy", { name: names.user(by) }));
  if (typeof role === "string") words.push(t("role", { name: names.role(role) }));
  const later = typeof begins === "string" && Date.parse(begins) > Date.parse(event.at);
  if (later) words.push(t("sharedFrom", { when: dateTime(begins) }));
  if (typeof until === "string") words.push(t("sharedUntil", { when: dateTime(until) }));
  if (until === null) words.push(t("sharedWithoutEnd"));
  if (typeof detail.was_until === "string")
    words.push(t("sharedWasUntil", { when: dateTime(detail.was_until) }));
  if (detail.with_related === true) words.push(t("sharedRelated"));
  return words;
}

/** Of what somebody owned and was handed over: from whom, and to whom. */
function handedOver({ event, detail, names, t }: Saying): string[] {
  const to = strings(((detail.begun ?? {}) as Detail).to)
    .map(names.user)
    .join(", ");
  if (event.act !== "record.bulk" || !to) return [];
  return [
    typeof detail.from === "string"
      ? t("handedOver", { from: names.user(detail.from), to })
      : t("owner", { name: to }),
  ];
}

/** Of users and service accounts: what of them was changed, and to what. */
function changes({ event, detail, names, t, coded }: Saying): string[] {
  const words: string[] = [];
  // What roles were called then is in the event; in older ones it is not.
  const labels = (detail.labels ?? {}) as Record<string, Text>;
  const list = (ids: string[]) => ids.map((id) => inWords(labels[id]) || names.role(id)).join(", ");
  const roles = pairOf(detail.roles);
  if (roles) {
    const [was, is] = roles;
    const [given, taken] = [is.filter((id) => !was.includes(id)), was.filter((id) => !is.includes(id))];
    if (given.length > 0) words.push(t("rolesGiven", { names: list(given) }));
    if (taken.length > 0) words.push(t("rolesTaken", { names: list(taken) }));
  } else if (strings(detail.roles).length > 0) {
    words.push(t("roles", { names: list(strings(detail.roles)) }));
  }
  const [wasIn, isIn] = strings(detail.teams);
  if (wasIn && isIn && wasIn !== isIn)
    words.push(t("moved", { from: names.team(wasIn), to: names.team(isIn) }));
  if (event.act !== "user.update" && event.act !== "service_account.update") return words;
  const fields = strings(detail.fields);
  const said = ["roles", "active", "ends_at", ...(isIn ? ["team"] : [])];
  if (fields.includes("ends_at")) {
    const when = typeof detail.ends_at === "string" && dateTime(detail.ends_at);
    const leaves = event.act === "user.update";
    words.push(!when ? t("stays") : leaves ? t("leaves", { when }) : t("ends", { when }));
  }
  const rest = fields.filter((field) => !said.includes(field));
  if (rest.length > 0)
    words.push(
      t("changed", { names: rest.map((field) => coded(`events:userField.${field}`, field)).join(", ") }),
    );
  return fields.length === 0 ? [t("nothingChanged")] : words;
}

/** Of an attempt outside one's rights: what was tried, how often, and by which request. */
function tried({ event, detail, t, coded }: Saying): string[] {
  const { tried: kind, action, thing, count, since, unknown, route } = detail;
  if (event.act !== "access.refused" || typeof kind !== "string") return [];
  const words = [coded(`events:tried.${kind}`, kind)];
  if (typeof count === "number" && typeof since === "string")
    words.push(t("tried.count", { count, when: dateTime(since) }));
  const done = (name: string) =>
    name === "manage" ? t("tried.manage") : coded(`record:access.action.${name}`, name);
  if (typeof action === "string") words.push(t("tried.action", { name: done(action) }));
  if (typeof thing === "string")
    words.push(t("tried.thing", { name: coded(`events:tried.things.${thing}`, thing) }));
  if (typeof unknown === "number") words.push(t("tried.unknown", { count: unknown }));
  if (typeof route === "string") words.push(t("tried.route", { route }));
  if (detail.by_token === true) words.push(t("tried.byToken"));
  return words;
}

/** Acts that give a link, which is good for a time. */
const LINKS = ["invitation.create", "password.reset_send"];

/** Teams, roles, owners and fields that an event names. */
function parts({ event, detail, entity, names, t, coded }: Saying): string[] {
  const words: string[] = [];
  const label = (name: string) => inWords(entity && fieldOf(entity, name)?.label) || name;
  const { team, parent, owner, provider, field, ends_at: ends, until, after } = detail;
  if (event.act.startsWith("role.")) {
    const { label: named } = ((detail.after ?? detail.before ?? {}) as { label?: Text }) ?? {};
    const name = inWords(named) || String(detail.name ?? detail.role ?? "");
    if (name) words.push(t("role", { name }));
  }
  if (typeof team === "string") words.push(t("team", { name: names.team(team) }));
  if (typeof parent === "string") words.push(t("parent", { name: names.team(parent) }));
  const hung = event.act === "team.update" ? ((detail.before ?? {}) as Detail).parent : null;
  if (typeof hung === "string" && hung !== parent) words.push(t("parentBefore", { name: names.team(hung) }));
  if (typeof owner === "string") words.push(t("owner", { name: names.user(owner) }));
  const [before, now] = strings(detail.owners);
  if (before && now) words.push(t("handedOver", { from: names.user(before), to: names.user(now) }));
  if (typeof provider === "string") words.push(t("provider", { name: provider }));
  if (typeof ends === "string" && LINKS.includes(event.act))
    words.push(t("validUntil", { when: dateTime(ends) }));
  if (typeof ends === "string" && event.act === "service_account.create")
    words.push(t("ends", { when: dateTime(ends) }));
  if (event.act === "login.locked" && typeof until === "string")
    words.push(t("lockedUntil", { when: dateTime(until) }));
  if (event.act === "login.locked" && typeof after === "string")
    words.push(coded(`events:after.${after}`, after));
  if (event.act !== "user.update" && event.act !== "service_account.update") {
    const fields = strings(detail.fields);
    if (fields.length > 0) words.push(t("fields", { names: fields.map(label).join(", ") }));
  }
  const filters = strings(detail.filters);
  if (filters.length > 0) words.push(t("filters", { names: filters.map(label).join(", ") }));
  if (typeof field === "string") words.push(t("field", { name: label(field) }));
  if (detail.owner_changed === true) words.push(t("ownerChanged"));
  return words;
}

/** Refusals give a code; people who reveal or erase give their own words. */
const CODED = ["login.refused", "access.refused", "sign_on.refuse", "sign_on.roles", "sign_on.end"];

function why({ event, detail, t, coded }: Saying): string[] {
  const { reason } = detail;
  if (typeof reason !== "string") return [];
  if (!CODED.includes(event.act)) return [t("reason", { reason })];
  // That nobody has the name is said already.
  if (isUnknown(detail) && ["unknown-name", "wrong"].includes(reason)) return [];
  return [coded(`events:why.${event.act}.${reason}`, reason)];
}

function from({ detail: { network, client }, t }: Saying): string[] {
  if (typeof network !== "string") return [];
  return [
    typeof client === "string" && client ? t("from", { network, client }) : t("fromNetwork", { network }),
  ];
}
