// Saved views of a list: one's own and those shared by others. A view keeps conditions, never rows or rights.
import { Button, Menu } from "@mantine/core";
import { IconBookmark, IconCheck, IconChevronDown, IconStar, IconUsers } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { request } from "@/api/client";
import { viewsQuery } from "@/api/queries";
import type { Entity, SavedView } from "@/api/types";
import { ask } from "@/lib/ask";
import { formatView, type ListWish } from "@/lib/conditions";
import { done, failed } from "@/lib/undo";
import { SavedViewsDialog } from "./parts";
import classes from "./SavedViews.module.css";
import type { ListState } from "./useListState";
import { ALL } from "./useListState";

interface Props {
  entity: Entity;
  views: SavedView[];
  state: ListState;
}

/** What can be done to views; the list of views is asked again after each. */
function useViewActs(entity: Entity, state: ListState) {
  const { t } = useTranslation("list");
  const client = useQueryClient();
  const act = async <T,>(run: () => Promise<T>, label: string, undo?: (made: T) => Promise<unknown>) => {
    try {
      const made = await run();
      await client.invalidateQueries(viewsQuery(entity.name));
      const back =
        undo &&
        (async () => {
          await undo(made);
          await client.invalidateQueries(viewsQuery(entity.name));
        });
      done(label, back);
      return made;
    } catch (error) {
      failed(error);
      return undefined;
    }
  };
  const patch = (view: SavedView, change: Partial<Pick<SavedView, "name" | "query" | "shared">>) =>
    act(
      () => request<SavedView>("PATCH", `/views/${view.id}`, { body: change, version: view.version }),
      t("views.changed", { name: change.name ?? view.name }),
      (now) =>
        request("PATCH", `/views/${view.id}`, {
          body: Object.fromEntries(Object.keys(change).map((k) => [k, view[k as "name"]])),
          version: now.version,
        }),
    );
  return {
    save: async (name: string, shared: boolean, wish: ListWish) => {
      const body = { entity: entity.name, name, query: formatView(wish), shared };
      const made = await act(
        () => request<SavedView>("POST", "/views", { body }),
        t("views.saved", { name }),
      );
      if (made) state.settle(made.id);
      return made !== undefined;
    },
    patch: async (...args: Parameters<typeof patch>) => (await patch(...args)) !== undefined,
    update: async (view: SavedView, wish: ListWish) => {
      if (await patch(view, { query: formatView(wish) })) state.settle(view.id);
    },
    setDefault: (view: SavedView) => {
      const path = `/views/${view.id}/default`;
      const [set, unset] = view.default ? (["DELETE", "PUT"] as const) : (["PUT", "DELETE"] as const);
      const label = view.default ? t("views.noDefault") : t("views.isDefault", { name: view.name });
      return act(
        () => request(set, path),
        label,
        () => request(unset, path),
      );
    },
    remove: async (view: SavedView) => {
      const gone = await act(
        async () => {
          await request("DELETE", `/views/${view.id}`, { version: view.version });
          return true;
        },
        t("views.removed", { name: view.name }),
        () =>
          request("POST", "/views", {
            body: { entity: view.entity, name: view.name, query: view.query, shared: view.shared },
          }),
      );
      if (gone) state.show(ALL);
    },
  };
}

export function SavedViews({ entity, views, state }: Props) {
  const { t } = useTranslation("list");
  const acts = useViewActs(entity, state);
  const [naming, setNaming] = useState<"new" | "rename" | null>(null);
  const { view, modified } = state;
  const wish = { q: state.q, conditions: state.conditions, sort: state.sort };
  const mine = views.filter((v) => v.mine);
  const shared = views.filter((v) => !v.mine);
  const item = (v: SavedView) => (
    <Menu.Item
      key={v.id}
      leftSection={
        v.id === view?.id ? <IconCheck size={14} aria-hidden /> : <span className={classes.blank} />
      }
      rightSection={
        v.default ? (
          <IconStar size={14} aria-label={t("views.default")} />
        ) : v.shared ? (
          <IconUsers size={14} aria-label={t("views.shared")} />
        ) : undefined
      }
      aria-current={v.id === view?.id || undefined}
      onClick={() => state.show(v.id)}
    >
      {v.name}
      {!v.mine && <span className={classes.owner}> · {v.owner.name}</span>}
    </Menu.Item>
  );
  const confirmRemoval = (v: SavedView) =>
    v.shared
      ? ask({
          title: t("views.remove"),
          children: t("views.removeShared", { name: v.name }),
          labels: { confirm: t("common:delete"), cancel: t("common:cancel") },
          onConfirm: () => void acts.remove(v),
        })
      : void acts.remove(v);
  return (
    <>
      <Menu position="bottom-start" width={280} returnFocus>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconBookmark size={16} aria-hidden />}
            rightSection={<IconChevronDown size={14} aria-hidden />}
            className={classes.target}
          >
            <span className={classes.name}>{view?.name ?? t(state.unknown ? "views.one" : "views.all")}</span>
            {modified && <span className={classes.modified}>&nbsp;· {t("views.modified")}</span>}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={
              view || state.unknown ? <span className={classes.blank} /> : <IconCheck size={14} aria-hidden />
            }
            aria-current={!(view || state.unknown) || undefined}
            onClick={() => state.show(ALL)}
          >
            {t("views.all")}
          </Menu.Item>
          {mine.length > 0 && <Menu.Label>{t("views.mine")}</Menu.Label>}
          {mine.map(item)}
          {shared.length > 0 && <Menu.Label>{t("views.fromOthers")}</Menu.Label>}
          {shared.map(item)}
          <Menu.Divider />
          {view?.mine && modified && (
            <Menu.Item onClick={() => void acts.update(view, wish)}>{t("views.update")}</Menu.Item>
          )}
          {view && modified && (
            <Menu.Item onClick={() => state.show(view.id)}>{t("views.discard")}</Menu.Item>
          )}
          <Menu.Item onClick={() => setNaming("new")}>{t("views.saveAs")}</Menu.Item>
          {view && (
            <Menu.Item onClick={() => void acts.setDefault(view)}>
              {view.default ? t("views.unsetDefault") : t("views.setDefault")}
            </Menu.Item>
          )}
          {view?.mine && (
            <>
              <Menu.Item onClick={() => setNaming("rename")}>{t("views.rename")}</Menu.Item>
              <Menu.Item onClick={() => void acts.patch(view, { shared: !view.shared })}>
                {view.shared ? t("views.unshare") : t("views.share")}
              </Menu.Item>
              <Menu.Item c="var(--k-danger)" onClick={() => confirmRemoval(view)}>
                {t("views.remove")}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <Suspense>
          <SavedViewsDialog
            view={naming === "rename" ? view : undefined}
            onClose={() => setNaming(null)}
            onSave={(name, isShared) =>
              naming === "rename" && view
                ? acts.patch(view, { name, shared: isShared })
                : acts.save(name, isShared, wish)
            }
          />
        </Suspense>
      )}
    </>
  );
}
