import { Button, SegmentedControl } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { inWords } from "@/i18n";
import { reaches, useEntity, useMe } from "@/lib/entities";
import { openQuickAdd } from "@/lib/overlay";
import { listPath } from "@/lib/paths";
import { typedState, useTyped } from "@/lib/typed";
import { EntityTable } from "@/pages/list/EntityTable";
import type { Search } from "@/router";
import { Page } from "@/ui/Page";
import { NoAccess } from "@/ui/States";
import { BoardView } from "./BoardView";
import { Forecast } from "./Forecast";
import { whoseAtFirst, whoseFilter } from "./whose";

const VIEWS = ["board", "table", "forecast"] as const;
type View = (typeof VIEWS)[number];

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

export default function Deals() {
  const { t } = useTranslation("deals");
  const entity = useEntity("deal");
  const me = useMe();
  const search: Search = useSearch({ strict: false });
  const { q: words = "" } = useTyped();
  const go = useNavigate();
  const title = inWords(entity.label_plural);
  const view = VIEWS.find((v) => v === one(search.v)) ?? "board";
  const who = one(search.who) ?? whoseAtFirst(me, "deal");
  const set = (next: Record<string, string>, q = words) =>
    void go({
      to: listPath(entity.plural),
      search: { v: view, who, ...next } as never,
      state: typedState(me.user.id, { q }),
      replace: true,
    });

  // The table begins with the same words and the same people's deals, as conditions of its own.
  const show = (v: View) =>
    void go({
      to: listPath(entity.plural),
      search: { v, who, f: v === "table" ? whoseFilter(who, me) : undefined } as never,
      state: typedState(me.user.id, { q: words }),
    });

  if (!reaches(me, "read", "deal")) {
    return (
      <Page title={title} tab={title}>
        <NoAccess missing={{ action: "read", what: title }} />
      </Page>
    );
  }
  return (
    <Page
      full={view !== "forecast"}
      title={title}
      tab={title}
      actions={
        <>
          <SegmentedControl
            aria-label={t("view.label")}
            size="xs"
            data={VIEWS.map((v) => ({ value: v, label: t(`view.${v}`) }))}
            value={view}
            onChange={(v) => show(v as View)}
          />
          {reaches(me, "create", "deal") && (
            <Button
              variant="default"
              leftSection={<IconPlus size={16} aria-hidden />}
              onClick={() => openQuickAdd({ entity: "deal" })}
            >
              {t("add")}
            </Button>
          )}
        </>
      }
    >
      {view === "board" && (
        <BoardView who={who} onWho={(next) => set({ who: next })} words={words} onWords={(q) => set({}, q)} />
      )}
      {view === "table" && <EntityTable entity={entity} embedded />}
      {view === "forecast" && <Forecast who={who} onWho={(next) => set({ who: next })} />}
    </Page>
  );
}
