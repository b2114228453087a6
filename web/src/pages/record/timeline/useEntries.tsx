// What happened around a record, from several lists, as entries of one timeline.
import { IconHistory, IconLayoutKanban, IconNote, IconUser } from "@tabler/icons-react";
import { type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, RecordChange, Refs, Row } from "@/api/types";
import { inWords } from "@/i18n";
import { fieldOf, findEntity, reaches, titleOf, useEntities, useMe, useNames } from "@/lib/entities";
import { recordPath } from "@/lib/paths";
import { kindIcon } from "@/pages/activities/kinds";
import { FieldValue } from "@/ui/FieldValue";
import type { TimelineEntry } from "@/ui/Timeline";
import { upTo } from "@/ui/timelineDays";
import { ChangeValues, refsWith, useKindWords } from "../ChangeValues";
import { useHere } from "../here";
import { changesQuery, pagesQuery } from "../queries";
import { NoteBody } from "./NoteBody";

export type EntryType = "activity" | "note" | "change" | "deal" | "person";

const LIMIT = 100;

const moment = (value: unknown, otherwise: string): string => (typeof value === "string" ? value : otherwise);

interface Paged<T> {
  data?: { pages: { items: T[] }[] };
  hasNextPage: boolean;
}

const itemsOf = <T,>({ data }: Paged<T>): T[] => data?.pages.flatMap((page) => page.items) ?? [];

/** The oldest moment that a list with older pages has told of. */
function endOf<T>({ data, hasNextPage }: Paged<T>, at: (item: T) => unknown): string | undefined {
  const last = hasNextPage ? data?.pages.at(-1)?.items.at(-1) : undefined;
  const end = last && at(last);
  return typeof end === "string" ? end : undefined;
}

export function useEntries(wanted: EntryType | "all") {
  const { entity, record } = useHere();
  const me = useMe();
  const is = (type: EntryType) => wanted === "all" || wanted === type;
  const reads = (name: string) => reaches(me, "read", name);
  const deals = ["person", "company"].includes(entity.name);
  const filter = [`${entity.name}:eq:${record.id}`];

  const activities = useInfiniteQuery({
    ...pagesQuery("activities", { parent: record.id, sort: "-due", limit: LIMIT }),
    enabled: reads("activity") && is("activity"),
  });
  const notes = useInfiniteQuery({
    ...pagesQuery("notes", { parent: record.id, sort: "-created_at", limit: LIMIT }),
    enabled: reads("note") && is("note"),
  });
  const changes = useInfiniteQuery({ ...changesQuery(entity.plural, record.id), enabled: is("change") });
  const dealList = useInfiniteQuery({
    ...pagesQuery("deals", { filter, sort: "-created_at", limit: LIMIT }),
    enabled: deals && reads("deal") && is("deal"),
  });
  const people = useInfiniteQuery({
    ...pagesQuery("people", { filter, sort: "-created_at", limit: LIMIT }),
    enabled: entity.name === "company" && reads("person") && is("person"),
  });

  const make = useMakers(refsWith(record.refs, changes.data?.pages));
  const created = (row: Row) => row.created_at;
  const isDone = (row: Row) => row.fields.done === true;
  const all: {
    type: EntryType;
    query: UseInfiniteQueryResult;
    end?: string;
    entries: () => TimelineEntry[];
  }[] = [
    {
      type: "activity",
      query: activities,
      end: endOf(activities, (row) => row.fields.due),
      entries: () => itemsOf(activities).filter(isDone).map(make.activity),
    },
    { type: "note", query: notes, end: endOf(notes, created), entries: () => itemsOf(notes).map(make.note) },
    {
      type: "change",
      query: changes,
      end: endOf(changes, (change) => change.at),
      entries: () => itemsOf(changes).map(make.change),
    },
    {
      type: "deal",
      query: dealList,
      end: endOf(dealList, created),
      entries: () => itemsOf(dealList).map((row) => make.record("deal", row)),
    },
    {
      type: "person",
      query: people,
      end: endOf(people, created),
      entries: () => itemsOf(people).map((row) => make.record("person", row)),
    },
  ];
  // What was read for another choice is there still, but of no concern to this one.
  const parts = all.filter(({ type }) => is(type));
  const queries = parts.map(({ query }) => query);
  const more = queries.filter((query) => query.hasNextPage);
  return {
    entries: upTo(
      parts.flatMap((part) => part.entries()),
      parts.map((part) => part.end),
    ),
    planned: is("activity") ? planned(itemsOf(activities)) : [],
    pending: queries.some((query) => query.isLoading),
    error: queries.find((query) => query.error)?.error,
    retry: () => queries.filter((query) => query.error).map((query) => query.refetch()),
    more: more.length > 0 ? () => more.map((query) => query.fetchNextPage()) : undefined,
    fetching: queries.some((query) => query.isFetchingNextPage),
  };
}

/** Not done yet, the earliest first; those without a day last. */
const planned = (rows: Row[]): Row[] =>
  rows
    .filter((row) => row.fields.done !== true)
    .sort((a, b) => moment(a.fields.due, "9999").localeCompare(moment(b.fields.due, "9999")));

function ActivityIcon({ kind }: { kind: unknown }) {
  const Icon = kindIcon(kind);
  return <Icon size={14} aria-hidden />;
}

function useMakers(refs: Refs) {
  const { t } = useTranslation("record");
  const { entity } = useHere();
  const entities = useEntities();
  const name = useNames();
  const words = useKindWords();
  const link = (target: Entity | undefined, row: Row): ReactNode =>
    target && (
      <Link to={recordPath(target.plural, row.id)}>{titleOf(target, row.fields) || t("untitled")}</Link>
    );
  const activities = findEntity(entities, "activity");
  const notes = findEntity(entities, "note");
  const kind = activities && fieldOf(activities, "kind");

  return {
    activity: (row: Row): TimelineEntry => ({
      key: row.id,
      at: moment(row.fields.done_at, moment(row.fields.due, row.updated_at)),
      icon: <ActivityIcon kind={row.fields.kind} />,
      head: (
        <>
          {kind && <FieldValue field={kind} value={row.fields.kind} plain />}: {link(activities, row)}
        </>
      ),
      by: name(String(row.fields.assignee ?? row.owner)),
    }),
    note: (row: Row): TimelineEntry => ({
      key: row.id,
      at: row.created_at,
      icon: <IconNote size={14} aria-hidden />,
      head: notes && <Link to={recordPath(notes.plural, row.id)}>{inWords(notes.label)}</Link>,
      by: name(row.owner),
      body: <NoteBody row={row} />,
    }),
    change: (change: RecordChange): TimelineEntry => ({
      key: `change ${change.event}`,
      at: change.at,
      icon: <IconHistory size={14} aria-hidden />,
      head: words(change),
      by: change.by.name || t("history.program"),
      body: change.kind === "update" && <ChangeValues entity={entity} change={change} refs={refs} max={5} />,
    }),
    record: (of: "deal" | "person", row: Row): TimelineEntry => {
      const target = findEntity(entities, of);
      const value = of === "deal" ? target && fieldOf(target, "value") : undefined;
      const Icon = of === "deal" ? IconLayoutKanban : IconUser;
      return {
        key: row.id,
        at: row.created_at,
        icon: <Icon size={14} aria-hidden />,
        head: (
          <>
            {t(`record:timeline.new.${of}`)}: {link(target, row)}
            {value && row.fields.value !== undefined && (
              <>
                {" · "}
                <FieldValue field={value} value={row.fields.value} plain />
              </>
            )}
          </>
        ),
        by: name(row.owner),
      };
    },
  };
}
