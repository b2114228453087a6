// The record that the page is about, for all its parts.
import { createContext, useContext } from "react";
import type { Action, Entity, RecordView } from "@/api/types";
import type { Saving } from "./useSaving";

export interface Here {
  entity: Entity;
  record: RecordView;
  saving: Saving;
  title: string;
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
