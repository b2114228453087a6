import { Button, Group, Stack, Tabs, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconRefresh } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { get, Problem } from "@/api/client";
import type { HistoryPage, LedgerEvent } from "@/api/types";
import { Page } from "@/ui/Page";
import { Empty, Ready } from "@/ui/States";
import { TabRow } from "@/ui/TabRow";
import { Events } from "./ledger/Events";
import { Filters } from "./ledger/Filters";
import { filtersOf, type LedgerFilters, queryOf } from "./ledger/filters";
import { CheckpointPanel, Verify } from "./ledger/Integrity";
import { ToDisclosures } from "./parts/ToDisclosures";
import { useTab, useUrl } from "./parts/useUrl";

const TABS = ["events", "integrity"] as const;

export default function Ledger() {
  const { t } = useTranslation("ledger");
  const [tab, setTab] = useTab(TABS);
  return (
    <Page title={t("title")} tab={t("title")} actions={<ToDisclosures />}>
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <TabRow open={tab}>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`ledger:tab.${name}`)}
            </Tabs.Tab>
          ))}
        </TabRow>
        <Tabs.Panel value="events" pt="md">
          <Browser />
        </Tabs.Panel>
        <Tabs.Panel value="integrity" pt="md">
          <Stack>
            <Verify />
            <CheckpointPanel />
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Browser() {
  const { t } = useTranslation("ledger");
  const [search, setSearch] = useUrl();
  const filters = filtersOf(search);
  const events = useQuery({
    queryKey: ["ledger", "events", filters],
    queryFn: ({ signal }) => get<HistoryPage<LedgerEvent>>("/ledger/events", queryOf(filters), signal),
    placeholderData: keepPreviousData,
  });
  const refused = events.error instanceof Problem && events.error.status === 403;
  // Other filters begin with the newest events again.
  const change = (some: Partial<LedgerFilters>) => setSearch({ ...some, before: undefined });
  return (
    <Stack>
      {!refused && <Filters value={filters} onChange={change} />}
      <Ready query={events} rows={12}>
        {(page) => (
          <>
            <Group justify="space-between">
              <Text size="sm" c="dimmed" role="status">
                {t("shown", { count: page.items.length })}
              </Text>
              {!filters.before && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  leftSection={<IconRefresh size={14} aria-hidden />}
                  loading={events.isFetching}
                  onClick={() => void events.refetch()}
                >
                  {t("again")}
                </Button>
              )}
            </Group>
            {page.items.length > 0 ? (
              <Events events={page.items} />
            ) : (
              <Empty title={t("none")}>{page.next_before !== null ? t("noneHere") : t("noneText")}</Empty>
            )}
            <Pages
              before={filters.before}
              next={page.next_before}
              onGo={(before) => setSearch({ before }, true)}
            />
          </>
        )}
      </Ready>
    </Stack>
  );
}

interface PagesProps {
  before: string;
  next: number | null;
  onGo: (before: string | undefined) => void;
}

function Pages({ before, next, onGo }: PagesProps) {
  const { t } = useTranslation("ledger");
  return (
    <Group justify="center">
      {before && (
        <Button
          variant="default"
          leftSection={<IconArrowUp size={16} aria-hidden />}
          onClick={() => onGo(undefined)}
        >
          {t("newest")}
        </Button>
      )}
      {next !== null && next !== undefined && (
        <Button
          variant="default"
          leftSection={<IconArrowDown size={16} aria-hidden />}
          onClick={() => onGo(String(next))}
        >
          {t("older")}
        </Button>
      )}
    </Group>
  );
}
