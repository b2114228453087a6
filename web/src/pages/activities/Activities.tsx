import { Button, SegmentedControl } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { inWords } from "@/i18n";
import { useToday } from "@/lib/days";
import { reaches, useEntity, useMe } from "@/lib/entities";
import { openQuickAdd } from "@/lib/overlay";
import { whoseAtFirst } from "@/pages/deals/whose";
import type { Search } from "@/router";
import { Page } from "@/ui/Page";
import { NoAccess } from "@/ui/States";
import { ActivityList, QUICK } from "./ActivityList";
import { Calendar } from "./Calendar";
import { isDay, SPANS } from "./calendar";

const VIEWS = ["list", "calendar"] as const;

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export default function Activities() {
  const { t } = useTranslation("activities");
  const entity = useEntity("activity");
  const me = useMe();
  const today = useToday();
  const search: Search = useSearch({ strict: false });
  const go = useNavigate();
  const title = inWords(entity.label_plural);
  const view = VIEWS.find((v) => v === one(search.v)) ?? "list";
  const who = one(search.who) ?? whoseAtFirst(me, "activity");
  const on = one(search.on);
  const set = (change: Record<string, string>, replace = true) =>
    void go({
      to: ".",
      search: ((before: Search) => ({ ...before, v: view, ...change })) as never,
      // What was searched for and typed goes along.
      state: (before) => ({ ...before }),
      replace,
    });

  if (!reaches(me, "read", "activity")) {
    return (
      <Page title={title} tab={title}>
        <NoAccess missing={{ action: "read", what: title }} />
      </Page>
    );
  }
  return (
    <Page
      full
      title={title}
      tab={title}
      actions={
        <>
          <SegmentedControl
            aria-label={t("view.label")}
            size="xs"
            data={VIEWS.map((v) => ({ value: v, label: t(`view.${v}`) }))}
            value={view}
            onChange={(v) => set({ v }, false)}
          />
          {reaches(me, "create", "activity") && (
            <Button
              variant="default"
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => openQuickAdd({ entity: "activity", initial: { assignee: me.user.id } })}
            >
              {t("add")}
            </Button>
          )}
        </>
      }
    >
      {view === "list" ? (
        <ActivityList
          quick={QUICK.find((q) => q === one(search.quick)) ?? "open"}
          onChange={(quick) => set({ quick })}
        />
      ) : (
        <Calendar
          who={who}
          span={SPANS.find((s) => s === one(search.span)) ?? "month"}
          on={isDay(on) ? on : today}
          onChange={set}
        />
      )}
    </Page>
  );
}
