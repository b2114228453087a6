import { SegmentedControl, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/entities";
import { EventHistory } from "@/pages/admin/parts/EventHistory";
import { Panel } from "@/pages/admin/parts/Panel";
import { one, useUrl } from "@/pages/admin/parts/useUrl";
import { watchEdges } from "@/ui/edges";

const ACTS: Record<string, string[]> = {
  reveals: ["field.reveal"],
  exports: ["record.export", "job.file"],
  refusals: ["access.refused", "login.refused", "login.locked"],
};
const FILTERS = ["all", "reveals", "exports", "refusals"] as const;

export function History() {
  const { t } = useTranslation("account");
  const { partner } = useMe();
  const [search, setSearch] = useUrl();
  const only = FILTERS.find((name) => name === one(search.only)) ?? "all";
  return (
    <Panel title={t("tab.history")} about={t("history.about")}>
      <Stack>
        {!partner && (
          <div ref={watchEdges} style={{ overflowX: "auto" }}>
            <SegmentedControl
              size="sm"
              aria-label={t("history.filter")}
              data={FILTERS.map((name) => ({ value: name, label: t(`account:only.${name}`) }))}
              value={only}
              onChange={(value) => setSearch({ only: value === "all" ? undefined : value })}
            />
          </div>
        )}
        <EventHistory path="/me/events" acts={ACTS[only]} />
      </Stack>
    </Panel>
  );
}
