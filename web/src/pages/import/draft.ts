// What has been chosen for an import so far. It lives in memory only, beside the other data of the session, so
// that it outlives a look at another page, and goes with everything else at the end of the session.
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { Query } from "@/api/client";
import type { Entity, ImportPreview } from "@/api/types";
import { changesOf, guessed } from "./mapping";

export type OnDuplicate = "skip" | "update" | "create";

export const STEPS = ["file", "columns", "duplicates", "check", "run"] as const;
export type Step = (typeof STEPS)[number];

export interface Draft {
  step: Step;
  /** Name of the entity. */
  entity: string | null;
  file: File | null;
  sheet: string | null;
  preview: ImportPreview | null;
  /** Target by heading; "" if the column is not used. */
  map: Record<string, string>;
  onDuplicate: OnDuplicate;
  /** Jobs of the dry run and of the import. */
  dryRun: string | null;
  run: string | null;
  /** An earlier import that is to go on. */
  resume: { id: string; line: number } | null;
}

export const EMPTY: Draft = {
  step: "file",
  entity: null,
  file: null,
  sheet: null,
  preview: null,
  map: {},
  onDuplicate: "skip",
  dryRun: null,
  run: null,
  resume: null,
};

const KEY = ["import-draft"];
const KEPT_MS = 30 * 60_000;

/** What an import is made from: whatever is found out, is found out under these. */
const CHOICES = ["entity", "file", "sheet", "map", "onDuplicate", "resume"] as const;

/** A choice makes what was found out under the old one worthless. */
export function choose(draft: Draft, change: Partial<Draft>): Draft {
  const next = { ...draft, ...change };
  const other = (name: keyof Draft) => name in change && change[name] !== draft[name];
  if (other("preview") && next.preview) next.map = guessed(next.preview.columns);
  if (other("entity") || other("file")) Object.assign(next, { preview: null, map: {}, sheet: null });
  if (CHOICES.some(other)) Object.assign(next, { dryRun: null, run: null });
  return next;
}

/** Takes an answer to what was asked about `asked`: nothing, if something else has been chosen meanwhile. */
export function answer(draft: Draft, asked: Draft, change: Partial<Draft>): Draft {
  const brings = (name: keyof Draft) => name in change || (name === "map" && "preview" in change);
  return CHOICES.every((name) => brings(name) || draft[name] === asked[name]) ? choose(draft, change) : draft;
}

export interface Drafting {
  change: (change: Partial<Draft>) => void;
  /** For what the server says, which may come after the page was left or something else was chosen. */
  answered: (asked: Draft, change: Partial<Draft>) => void;
  clear: () => void;
}

export function useDraft(): [Draft, Drafting] {
  const client = useQueryClient();
  const [draft, show] = useState<Draft>(() => client.getQueryData<Draft>(KEY) ?? EMPTY);
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const keep = (next: (now: Draft) => Draft) => {
    const now = client.getQueryData<Draft>(KEY) ?? (here.current ? draft : undefined);
    // Left, and forgotten with everything else of the session.
    if (!now) return;
    client.setQueryDefaults(KEY, { gcTime: KEPT_MS });
    client.setQueryData(KEY, next(now));
    show(next(now));
  };
  return [
    draft,
    {
      change: (change) => keep((now) => choose(now, change)),
      answered: (asked, change) => keep((now) => answer(now, asked, change)),
      clear: () => keep(() => EMPTY),
    },
  ];
}

/** The kind of a file is all that is told of its name, which may be a person's. */
export function nameFor(entity: Entity, file: File): string {
  const kind = /\.(csv|tsv|txt|xlsx|vcf)$/i.exec(file.name)?.[1]?.toLowerCase();
  return kind ? `${entity.plural}.${kind}` : entity.plural;
}

/** A sheet by its number: its name may be a person's too. */
export function sheetIn(sheets: string[] | null | undefined, name: string | null): string | undefined {
  const at = sheets && name !== null ? sheets.indexOf(name) : -1;
  return at < 0 ? undefined : `#${at + 1}`;
}

export function queryFor(entity: Entity, draft: Draft, dryRun: boolean): Query {
  return {
    name: draft.file ? nameFor(entity, draft.file) : undefined,
    sheet: sheetIn(draft.preview?.sheets, draft.sheet),
    map: draft.preview ? changesOf(draft.preview.columns, draft.map) : undefined,
    on_duplicate: draft.onDuplicate,
    dry_run: dryRun,
    background: true,
    resume: draft.resume?.id,
  };
}
