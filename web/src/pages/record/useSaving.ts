// Changes of one record: at once on screen, one after another to the server, each upon the version it was made on.
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { get, Problem, request } from "@/api/client";
import { changed, recordQuery } from "@/api/queries";
import type { Entity, Fields, Id, RecordView } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf } from "@/lib/entities";
import { recordPath } from "@/lib/paths";
import { done, failed } from "@/lib/undo";
import { backTo, clashing, merged } from "./values";

export interface Patch {
  fields?: Fields;
  owner?: Id;
}

/** Why a value was not taken; a duplicate may be accepted. */
export interface Refusal {
  reason: string;
  duplicate: boolean;
  /** The record that has the same value; its title, if it may be read. */
  other?: { to: string; title?: string };
}

export interface Conflict {
  wanted: Fields;
  names: string[];
  theirs: RecordView;
}

export interface SaveOptions {
  /** What was done, for the message. */
  label?: string;
  /** Values that the change was made upon, if they are older than those on screen. */
  base?: Fields;
  /** Accepts that another record has the same unique value. */
  anyway?: boolean;
  /** Whoever asks shows at the field why a value was refused. */
  atField?: boolean;
}

export interface Saving {
  save: (patch: Patch, options?: SaveOptions) => Promise<Refusal | null>;
  conflict: Conflict | null;
  settle: (mine: boolean) => void;
  /** The record's version, once what is being saved is saved. */
  version: () => Promise<number>;
}

const isStale = (error: unknown) => error instanceof Problem && error.status === 412;

/** Takes the answer to a change for the record: it names what the record refers to, as opening it does. */
export function take(client: QueryClient, entity: Entity, answer: RecordView): void {
  client.setQueryData(recordQuery(entity.plural, answer.id).queryKey, answer);
  changed(client, entity.plural);
}

/** Sends a change that puts old values back, also when the page is left; never over what others wrote since. */
export async function putBack(
  client: QueryClient,
  entity: Entity,
  made: RecordView,
  patch: Patch,
): Promise<RecordView> {
  const path = `/${entity.plural}/${made.id}`;
  const send = (version: number) =>
    request<RecordView>("PATCH", path, { body: { ...patch, allow_duplicate: true }, version });
  let answer: RecordView;
  try {
    answer = await send(made.version);
  } catch (error) {
    if (!isStale(error)) throw error;
    const now = await get<RecordView>(path);
    if (clashing(patch.fields ?? {}, made.fields, now.fields).length > 0) throw error;
    if (patch.owner && now.owner.id !== made.owner.id) throw error;
    answer = await send(now.version);
  }
  take(client, entity, answer);
  return answer;
}

export function useSaving(entity: Entity, id: Id): Saving {
  const { t } = useTranslation("record");
  const client = useQueryClient();
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const key = recordQuery(entity.plural, id).queryKey;
  const path = `/${entity.plural}/${id}`;

  const run = async (patch: Patch, options: SaveOptions, tries = 0): Promise<Refusal | null> => {
    const before = client.getQueryData<RecordView>(key) ?? (await get<RecordView>(path));
    const wanted = patch.fields ?? {};
    const base = options.base ?? backTo(before.fields, Object.keys(wanted));
    const clash = clashing(wanted, base, before.fields);
    if (clash.length > 0) {
      // A second one, saved while the first is asked about, joins it.
      setConflict((open) => ({
        wanted: { ...open?.wanted, ...wanted },
        names: [...new Set([...(open?.names ?? []), ...clash])],
        theirs: before,
      }));
      return null;
    }
    await client.cancelQueries({ queryKey: key });
    client.setQueryData(key, merged(before, withoutReferences(entity, wanted)));
    try {
      const body = { ...patch, allow_duplicate: options.anyway };
      const answer = await request<RecordView>("PATCH", path, { body, version: before.version });
      take(client, entity, answer);
      const back: Patch = {
        ...(patch.fields && { fields: backTo(before.fields, Object.keys(wanted)) }),
        ...(patch.owner && { owner: before.owner.id }),
      };
      const label = options.label ?? t("saved", { names: labels(entity, wanted) });
      if (answer.version !== before.version) done(label, () => putBack(client, entity, answer, back));
      return null;
    } catch (error) {
      client.setQueryData<RecordView>(key, (now) => (now && now.version > before.version ? now : before));
      if (isStale(error) && tries < 3) {
        const theirs = await get<RecordView>(path);
        client.setQueryData(key, theirs);
        // Who gave the record away first is told to whoever comes second.
        if (patch.owner && theirs.owner.id !== before.owner.id) throw error;
        return run(patch, { ...options, base }, tries + 1);
      }
      if (!options.atField) throw error;
      return refusal(entity, error, wanted);
    }
  };

  const latest = useRef(run);
  latest.current = run;
  const save = useCallback((patch: Patch, options: SaveOptions = {}) => {
    const next = queue.current.then(() =>
      latest.current(patch, options).catch((error) => {
        failed(error);
        return { reason: error instanceof Error ? error.message : "", duplicate: false };
      }),
    );
    queue.current = next;
    return next;
  }, []);

  const settle = (mine: boolean) => {
    if (!conflict) return;
    const { wanted, names, theirs } = conflict;
    setConflict(null);
    const kept = mine
      ? wanted
      : Object.fromEntries(Object.entries(wanted).filter(([n]) => !names.includes(n)));
    if (Object.keys(kept).length > 0) void save({ fields: kept }, { base: theirs.fields });
  };
  const version = async () => {
    await queue.current;
    return client.getQueryData<RecordView>(key)?.version ?? 0;
  };
  return { save, conflict, settle, version };
}

const labels = (entity: Entity, fields: Fields) =>
  Object.keys(fields)
    .map((name) => inWords(fieldOf(entity, name)?.label) || name)
    .join(", ");

/** A new reference has no title yet: it waits for the answer. */
const withoutReferences = (entity: Entity, fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => value === null || fieldOf(entity, name)?.kind !== "reference",
    ),
  );

/** A reason at the field; without one the failure is told loudly. */
function refusal(entity: Entity, error: unknown, wanted: Fields): Refusal | null {
  if (!(error instanceof Problem)) throw error;
  const names = Object.keys(wanted);
  const found = error.issues.find((issue) => names.includes(issue.field)) ?? error.issues[0];
  if (!found || names.length === 0) throw error;
  const other = found.code === "duplicate" ? error.duplicate : undefined;
  return {
    reason: other ? i18next.t("record:edit.taken") : (error.issue(found.field) ?? found.reason),
    duplicate: found.code === "duplicate",
    other: other && { to: recordPath(entity.plural, other.id), title: other.title },
  };
}
