import { useDebouncedCallback } from "@mantine/hooks";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useState } from "react";
import { useMe } from "@/lib/entities";
import { typedState, useTyped } from "@/lib/typed";
import type { Search } from "@/router";

type Change = Record<string, string | string[] | undefined>;

/** The address's parameters, and a way to change some of them. What stands there is codes and ids only. */
export function useUrl(): [Search, (change: Change, push?: boolean) => void] {
  const go = useNavigate();
  const search = useRouterState({ select: (s) => s.location.search }) as Search;
  const set = (change: Change, push = false) =>
    void go({
      to: ".",
      search: ((old: Search) => ({ ...old, ...change })) as never,
      state: true,
      replace: !push,
      resetScroll: false,
    });
  return [search, set];
}

/** The open tab, kept in the address. */
export function useTab<T extends string>(tabs: readonly T[]): [T, (tab: string | null) => void] {
  const [search, set] = useUrl();
  const first = tabs[0] as T;
  const found = tabs.find((tab) => tab === search.tab) ?? first;
  return [found, (tab) => set({ tab: tab === first ? undefined : (tab ?? undefined) }, true)];
}

/**
 * Words searched for: kept in memory only, since they may be a person's name. What is being typed is at
 * hand at once, and kept when the typing pauses.
 */
export function useWords(): [string, (words: string) => void] {
  const go = useNavigate();
  const { q: kept = "" } = useTyped();
  const by = useMe().user.id;
  const [typed, setTyped] = useState<string | null>(null);
  const keep = useDebouncedCallback(async (q: string) => {
    await go({
      to: ".",
      search: true as never,
      state: ((old: object) => ({ ...old, ...typedState(by, { q }) })) as never,
      replace: true,
      resetScroll: false,
    });
    setTyped((now) => (now === q ? null : now));
  }, 150);
  const set = (q: string) => {
    setTyped(q);
    keep(q);
  };
  return [typed ?? kept, set];
}

/** A parameter that may stand there several times. */
export const many = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
/** A parameter that stands there once. */
export const one = (value: string | string[] | undefined): string => many(value)[0] ?? "";
