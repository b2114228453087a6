// What the list is asked for: kept in the address as far as it is coded, in memory where it was typed.
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Entity, SavedView } from "@/api/types";
import { type ListWish, parseConditions, parseView, sameWish, splitConditions } from "@/lib/conditions";
import { useMe } from "@/lib/entities";
import { typedState, useTyped } from "@/lib/typed";
import type { Search } from "@/router";

/** In `?view=`: no view, not even the default one. */
export const ALL = "all";

const many = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
const one = (value: string | string[] | undefined): string => many(value)[0] ?? "";

export interface ListState extends ListWish {
  view?: SavedView;
  /** The list is no longer what the view says. */
  modified: boolean;
  /** An asked view is not known yet, so neither is the list. */
  unknown: boolean;
  change: (change: Partial<ListWish>, replace?: boolean) => void;
  /** Shows a view as it was saved, or all. */
  show: (view: string) => void;
  /** Stays with what is shown, as a view that was just saved. */
  settle: (view: string) => void;
  clear: () => void;
}

export function useListState(entity: Entity, views: SavedView[]): ListState {
  const go = useNavigate();
  const { search: raw } = useLocation();
  const typed = useTyped();
  const by = useMe().user.id;
  const search = raw as Search;

  const own = useMemo(
    (): ListWish => ({
      q: typed.q ?? "",
      conditions: parseConditions([...many(search.f), ...(typed.texts ?? [])]),
      sort: one(search.s),
    }),
    [search, typed],
  );
  const plain = !own.q && own.conditions.length === 0 && !own.sort;
  const asked = one(search.view);
  const view = asked
    ? views.find((v) => v.id === asked)
    : plain && !search.m
      ? views.find((v) => v.default)
      : undefined;
  // Marked as changed, the address speaks; otherwise the view does.
  const wish = view && !search.m && plain ? parseView(view.query) : own;

  const put = (next: ListWish, extra: Record<string, string | undefined>, replace: boolean) => {
    const { f, texts } = splitConditions(entity, next.conditions);
    void go({
      to: ".",
      search: ((before: Search) => ({ ...before, f, s: next.sort, ...extra })) as never,
      state: (before) => ({
        ...before,
        ...typedState(by, { q: next.q, texts }),
      }),
      replace,
      resetScroll: false,
    });
  };
  const nothing: ListWish = { q: "", conditions: [], sort: "" };

  return {
    ...wish,
    view,
    unknown: Boolean(asked) && asked !== ALL && !view && !search.m && plain,
    modified: view !== undefined && !sameWish(wish, parseView(view.query)),
    change: (change, replace = false) => {
      const next = { ...wish, ...change };
      const same = view && sameWish(next, parseView(view.query));
      put(same ? nothing : next, { view: view?.id, m: view && !same ? "1" : undefined }, replace);
    },
    show: (id) => put(nothing, { view: id, m: undefined }, false),
    settle: (id) => put(nothing, { view: id, m: undefined }, true),
    clear: () => put({ ...nothing, sort: wish.sort }, { view: view?.id, m: view && "1" }, false),
  };
}
