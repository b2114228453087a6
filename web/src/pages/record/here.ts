// The record that the page is about, for all its parts.
import { createContext, useContext } from "react";
import type { Action, Entity, RecordView } from "@/api/types";
import type { Editing } from "@/ui/InlineField";
import type { Saving } from "./useSaving";
import { same } from "./values";

/** What is being written on the page: it outlives the tab it is written in. */
export interface Drafts {
  /** The note; its key makes it one note however often it is sent. */
  note: { text: string; key: string };
  fields: Map<string, Editing>;
}

export const noDrafts = (): Drafts => ({ note: { text: "", key: crypto.randomUUID() }, fields: new Map() });

export const isWriting = ({ note, fields }: Drafts): boolean =>
  note.text.trim() !== "" || [...fields.values()].some(({ base, draft }) => !same(draft, base));

export interface Here {
  entity: Entity;
  record: RecordView;
  saving: Saving;
  title: string;
  drafts: Drafts;
}

const Context = createContext<Here | null>(null);
export const HereProvider = Context.Provider;

export function useHere(): Here & { may: (action: Action) => boolean } {
  const here = useContext(Context);
  if (!here) throw new Error("outside a record's page");
  return { ...here, may: (action) => here.record.access.actions?.includes(action) ?? false };
}

/** Entities that activities and notes can hang on. */
export const carries = (entity: Entity, entities: Entity[]): boolean =>
  entities.some((e) => e.parents.includes(entity.name));
