// One draft of a new record: what was typed, what the server said, and saving it exactly once.
import { type InfiniteData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem, request } from "@/api/client";
import { changed, listQuery } from "@/api/queries";
import type { Entity, Fields, Me, Page, RecordView, Value } from "@/api/types";
import { inWords } from "@/i18n";
import { findEntity, onlyFields, reaches, titleOf, useEntities, useMe } from "@/lib/entities";
import type { QuickAddArgs } from "@/lib/overlay";
import { recordPath } from "@/lib/paths";
import { done } from "@/lib/undo";
import { beginning, filled, isTyped } from "./QuickAddFields";

export interface Parent {
  entity: string;
  id: string | null;
  title?: string;
}

/** Fields that the caller may write, as the server says with any list; unknown until it has said so. */
export function useWritable(entity: Entity): string[] | undefined {
  const client = useQueryClient();
  const me = useMe();
  const known = client
    .getQueriesData<Partial<Page & InfiniteData<Page>>>({ queryKey: ["list", entity.plural] })
    .flatMap(([, list]) => (list?.access ?? list?.pages?.[0]?.access)?.writable ?? [])
    .filter((name, at, all) => all.indexOf(name) === at);
  const { data } = useQuery({
    ...listQuery(entity.plural, { limit: 1, fields: onlyFields(me, entity, [entity.title]) }),
    enabled: known.length === 0 && reaches(me, "read", entity.name),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const writable = known.length > 0 ? known : data?.access.writable;
  return writable && writable.length > 0 ? writable : undefined;
}

function firstParent(entity: Entity, args: QuickAddArgs, me: Me): Parent | null {
  if (args.parent && entity.parents.includes(args.parent.entity)) return args.parent;
  const first = entity.parents.find((name) => reaches(me, "read", name));
  return first ? { entity: first, id: null } : null;
}

export interface Draft {
  values: Fields;
  owner: string | null;
  parent: Parent | null;
  typed: boolean;
  problem: Problem | null;
  saving: boolean;
  set: (name: string, value: Value) => void;
  setOwner: (owner: string | null) => void;
  setParent: (parent: Parent) => void;
  save: (allowDuplicate?: boolean) => Promise<RecordView | null>;
  /** A new draft of the same entity and owner, hanging on the same record. */
  again: () => void;
}

export function useDraft(entity: Entity, args: QuickAddArgs): Draft {
  const me = useMe();
  const start = () => beginning(entity, args, me.user.id);
  const typed = args.entity === entity.name ? args.typed : undefined;
  /** What the draft began with. */
  const [before, setBefore] = useState(() => {
    const parent = firstParent(entity, args, me);
    return { values: start(), owner: null as string | null, parent };
  });
  const [values, setValues] = useState<Fields>(typed?.values ?? before.values);
  const [owner, setOwner] = useState<string | null>(typed?.owner ?? before.owner);
  const [parent, setParent] = useState<Parent | null>(typed?.parent ?? before.parent);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [key, setKey] = useState(() => crypto.randomUUID());
  const after = useAfter(entity, parent);
  const { mutateAsync, isPending } = useMutation({
    mutationFn: (allowDuplicate: boolean) =>
      request<RecordView>("POST", `/${entity.plural}`, {
        body: {
          fields: filled(values),
          owner: owner ?? undefined,
          parent: parent?.id ? { entity: parent.entity, id: parent.id } : undefined,
          allow_duplicate: allowDuplicate || undefined,
        },
        idempotencyKey: key,
      }),
  });
  const save = async (allowDuplicate = false): Promise<RecordView | null> => {
    if (isPending) return null;
    setProblem(null);
    try {
      const record = await mutateAsync(allowDuplicate);
      after(record);
      return record;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // An answer without issues to this key may stand for another body: the next try is a new one.
      if (error.status === 409 && error.issues.length === 0) setKey(crypto.randomUUID());
      setProblem(error);
      return null;
    }
  };
  return {
    values,
    owner,
    parent,
    typed: isTyped(values, before.values) || owner !== before.owner || parent?.id !== before.parent?.id,
    problem,
    saving: isPending,
    set: (name, value) => {
      setValues((old) => ({ ...old, [name]: value }));
      setProblem((old) => old && without(old, name));
    },
    setOwner,
    setParent,
    save,
    again: () => {
      const fresh = start();
      setBefore({ values: fresh, owner, parent });
      setValues(fresh);
      setProblem(null);
      setKey(crypto.randomUUID());
    },
  };
}

/** The problem without what was said of a field that has been changed since. */
function without(problem: Problem, field: string): Problem | null {
  const issues = problem.issues.filter((issue) => issue.field !== field);
  if (issues.length === problem.issues.length) return problem;
  if (issues.length === 0) return null;
  return new Problem({
    type: problem.code,
    title: problem.title,
    status: problem.status,
    detail: problem.message,
    issues,
    duplicate: problem.duplicate,
  });
}

/** What follows a saved record: lists anew, and a message with the way to it and back. */
function useAfter(entity: Entity, parent: Parent | null) {
  const { t } = useTranslation("add");
  const client = useQueryClient();
  const entities = useEntities();
  const go = useNavigate();
  return (record: RecordView) => {
    const over = parent?.id ? findEntity(entities, parent.entity) : undefined;
    const refresh = () => {
      changed(client, entity.plural);
      if (over && parent?.id) changed(client, over.plural, parent.id);
    };
    refresh();
    const what = titleOf(entity, record.fields) || inWords(entity.label);
    const path = `/${entity.plural}/${record.id}`;
    const takeBack = async () => {
      await request("DELETE", path, { version: record.version });
      refresh();
    };
    done(
      t("saved", { entity: inWords(entity.label), what }),
      record.access.actions?.includes("delete") ? takeBack : undefined,
      () => void go({ to: recordPath(entity.plural, record.id) }),
    );
  };
}
